using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms;

namespace AdStudio.Tests.Sandbox;

/// <summary>Where each platform lies in a sandbox that runs elsewhere than the studio.</summary>
internal static class SandboxAddresses
{
    /// <param name="sandbox">Without a slash at the end.</param>
    public static IEnumerable<KeyValuePair<string, string?>> Of(string sandbox) => PlatformSite.All.SelectMany(site => Of(site, sandbox));

    private static IEnumerable<KeyValuePair<string, string?>> Of(PlatformSite site, string sandbox)
    {
        string Here(string path) => $"{sandbox}/{site.Platform.Wire()}{path.Replace("{version}", site.Version, StringComparison.Ordinal)}";
        yield return new($"AdPlatforms:{site.Platform}:ApiBaseUrl", Here(site.VersionPath));
        yield return new($"AdPlatforms:{site.Platform}:AuthorizeUrl", Here(site.SandboxAuthorize));
        yield return new($"AdPlatforms:{site.Platform}:TokenUrl", site.Token is null ? Here(site.VersionPath) + site.SandboxToken : Here(site.SandboxToken));
    }
}
