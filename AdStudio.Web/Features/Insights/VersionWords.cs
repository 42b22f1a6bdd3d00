using AdStudio.Core.Platforms;
using AdStudio.Web.Shared.Figures;

namespace AdStudio.Web.Features.Insights;

/// <summary>What is said about a version of a platform's API that ends.</summary>
public static class VersionWords
{
    public static string Title(SpokenVersion version) => version.HasEnded
        ? $"{PlatformLook.Of(version.Platform).Name} has switched off {version.Version} of its API"
        : $"{PlatformLook.Of(version.Platform).Name} switches off {version.Version} of its API in {Shown.Count(version.DaysLeft ?? 0, "day")}";

    public static string Text(SpokenVersion version) => version.HasEnded
        ? "Nothing can be read or changed there until AdStudio is updated. What runs goes on running."
        : $"Update AdStudio before {Shown.Date(version.Sunset)}; afterwards nothing can be read or changed there.";
}
