using System.Diagnostics.CodeAnalysis;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Meta;

internal sealed record MetaSite : PlatformSite
{
    [SetsRequiredMembers]
    public MetaSite() : base(Platform.Meta, "v25.0")
    {
        (Api, Authorize) = ("https://graph.facebook.com", "https://www.facebook.com/{version}/dialog/oauth");
        (SandboxAuthorize, SandboxToken) = ("/{version}/dialog/oauth", "/oauth/access_token");
    }
}
