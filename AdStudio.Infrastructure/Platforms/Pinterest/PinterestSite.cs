using System.Diagnostics.CodeAnalysis;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Pinterest;

internal sealed record PinterestSite : PlatformSite
{
    [SetsRequiredMembers]
    public PinterestSite() : base(Platform.Pinterest, "v5")
    {
        (Api, Authorize) = ("https://api.pinterest.com", "https://www.pinterest.com/oauth/");
        (SandboxAuthorize, SandboxToken) = ("/oauth", "/oauth/token");
    }
}
