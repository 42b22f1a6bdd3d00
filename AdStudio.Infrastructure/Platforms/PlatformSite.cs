using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms;

/// <summary>
/// Where a platform lives by default. Each adapter's folder has one, and is installed by it: the platform's channel and every capability beside it follow.
/// "{version}" stands for the API's version. Sandbox paths lie beneath /sandbox/{platform}.
/// </summary>
internal abstract record PlatformSite(Platform Platform, string Version)
{
    /// <summary>Without the version and without a slash at the end.</summary>
    public required string Api { get; init; }

    /// <summary>What follows the base address: "/{version}", or nothing where the version travels in a header.</summary>
    public string VersionPath { get; init; } = "/{version}";
    public required string Authorize { get; init; }

    /// <summary>Null when it lies beneath the API, at <see cref="SandboxToken"/>.</summary>
    public string? Token { get; init; }
    public required string SandboxAuthorize { get; init; }
    public required string SandboxToken { get; init; }

    /// <summary>Calls that it takes from one account (or token, where it counts those), on average over some seconds.</summary>
    public double CallsPerSecond { get; init; } = 20;

    /// <summary>Whether the studio itself is known to the platform; false where each connection brings keys of its own.</summary>
    public bool HasClient { get; init; } = true;

    public static IReadOnlyList<PlatformSite> All { get; } =
        [.. typeof(PlatformSite).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(PlatformSite))).Select(t => (PlatformSite)Activator.CreateInstance(t)!).OrderBy(s => s.Platform)];

    public static PlatformSite Of(Platform platform) => All.FirstOrDefault(s => s.Platform == platform) ?? throw new InvalidOperationException($"{platform} has no adapter.");
}
