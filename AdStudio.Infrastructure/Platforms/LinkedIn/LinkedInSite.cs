using System.Diagnostics.CodeAnalysis;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.LinkedIn;

/// <summary>The version travels in a header, so the base address is the same for all of them.</summary>
internal sealed record LinkedInSite : PlatformSite
{
    [SetsRequiredMembers]
    public LinkedInSite() : base(Platform.LinkedIn, LinkedInCatalogue.Rules.Api!.Version)
    {
        (Api, VersionPath) = ("https://api.linkedin.com/rest", "");
        (Authorize, Token) = ("https://www.linkedin.com/oauth/v2/authorization", "https://www.linkedin.com/oauth/v2/accessToken");
        (SandboxAuthorize, SandboxToken) = ("/oauth/v2/authorization", "/oauth/v2/accessToken");
    }
}
