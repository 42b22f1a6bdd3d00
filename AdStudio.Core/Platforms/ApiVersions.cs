namespace AdStudio.Core.Platforms;

/// <summary>A version of a platform's API that the studio speaks.</summary>
/// <param name="DaysLeft">Until the platform no longer serves it; null when no date is published.</param>
public sealed record SpokenVersion(Platform Platform, string Version, DateOnly? Sunset, int? DaysLeft, string Source)
{
    /// <summary>Close enough to its end that somebody should update AdStudio.</summary>
    public bool EndsSoon => DaysLeft is { } days && days <= ApiVersions.WarnDays;
    public bool HasEnded => DaysLeft <= 0;
}

public static class ApiVersions
{
    public const int WarnDays = 60;

    /// <summary>What the installed adapters speak, the one that ends first on top.</summary>
    public static IReadOnlyList<SpokenVersion> Of(IEnumerable<Platform> installed, DateOnly today) =>
    [
        .. installed.Select(p => (Platform: p, Catalogue.Of(p).Rules?.Api)).Where(p => p.Api is not null)
            .Select(p => new SpokenVersion(p.Platform, p.Api!.Version, p.Api.Sunset, p.Api.Sunset is { } end ? end.DayNumber - today.DayNumber : null, p.Api.Source))
            .OrderBy(v => v.DaysLeft ?? int.MaxValue).ThenBy(v => v.Platform),
    ];
}
