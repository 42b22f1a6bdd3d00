using System.Diagnostics.CodeAnalysis;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Google;

internal sealed record GoogleSite : PlatformSite
{
    [SetsRequiredMembers]
    public GoogleSite() : base(Platform.Google, "v25")
    {
        (Api, Authorize, Token) = ("https://googleads.googleapis.com", "https://accounts.google.com/o/oauth2/v2/auth", "https://oauth2.googleapis.com/token");
        (SandboxAuthorize, SandboxToken) = ("/o/oauth2/v2/auth", "/token");
    }
}
