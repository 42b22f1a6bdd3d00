using System.Diagnostics.CodeAnalysis;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Snapchat;

internal sealed record SnapchatSite : PlatformSite
{
    [SetsRequiredMembers]
    public SnapchatSite() : base(Platform.Snapchat, "v1")
    {
        (Api, Authorize, Token) = ("https://adsapi.snapchat.com", "https://accounts.snapchat.com/login/oauth2/authorize", "https://accounts.snapchat.com/login/oauth2/access_token");
        (SandboxAuthorize, SandboxToken) = ("/login/oauth2/authorize", "/login/oauth2/access_token");
        // Ten for each token; an app has twenty for all its tokens together.
        CallsPerSecond = 10;
    }
}
