using System.Diagnostics.CodeAnalysis;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.TikTok;

internal sealed record TikTokSite : PlatformSite
{
    [SetsRequiredMembers]
    public TikTokSite() : base(Platform.TikTok, "v1.3")
    {
        (Api, VersionPath, Authorize) = ("https://business-api.tiktok.com", "/open_api/{version}", "https://business-api.tiktok.com/portal/auth");
        (SandboxAuthorize, SandboxToken) = ("/portal/auth", "/oauth2/access_token/");
    }
}
