using System.Diagnostics.CodeAnalysis;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Apple;

/// <summary>Campaign Management API v5. Apple has no consent page: each connection brings the keys of an API user of its own.</summary>
internal sealed record AppleSite : PlatformSite
{
    [SetsRequiredMembers]
    public AppleSite() : base(Platform.Apple, "v5")
    {
        (Api, Authorize, Token) = ("https://api.searchads.apple.com/api", "", "https://appleid.apple.com/auth/oauth2/token");
        (SandboxAuthorize, SandboxToken) = ("", "/auth/oauth2/token");
        HasClient = false;
    }
}
