using AdStudio.Core.Platforms;

namespace AdStudio.Core.Insights;

/// <summary>By what numbers can be divided: the platforms themselves, or a kind of value that platforms tell.</summary>
public enum Division { Platform, Country, Age, Gender, PublisherPlatform, Device }

/// <param name="Key">The platform's word, an ISO country, "25-34", "female", "instagram", "mobile"; <see cref="BreakdownKeys.Unknown"/> where the platform knows nothing.</param>
/// <param name="Platforms">That told it.</param>
public sealed record DividedRow(string Key, MetricSums Sums, IReadOnlyList<Platform> Platforms);

/// <summary>The parts of one currency, the one with the highest spend first.</summary>
/// <param name="Whole">The totals of the same accounts and days; null when nothing was read.</param>
/// <param name="Told">The sum of the parts, which may be less than the whole.</param>
public sealed record DividedCurrency(string Currency, MetricSums? Whole, MetricSums? Told, IReadOnlyList<DividedRow> Rows)
{
    /// <summary>How much of the impressions the parts tell of: 1 is all.</summary>
    public decimal? Coverage => Whole is { Impressions: > 0 } whole ? (Told?.Impressions ?? 0) / (decimal)whole.Impressions : null;
}

/// <param name="Silent">Platforms with figures in the range that tell nothing of this kind.</param>
/// <param name="Partial">Platforms whose parts of this kind do not make up the whole.</param>
/// <param name="AsOf">When the parts were last read; null for platforms, whose figures are the totals.</param>
public sealed record DividedNumbers(
    Division By, DayRange Range, IReadOnlyList<DividedCurrency> Currencies, IReadOnlyList<Platform> Silent, IReadOnlyList<Platform> Partial, DateTimeOffset? AsOf, Conversion? Conversion)
{
    public DividedCurrency? In(string? currency) => Currencies.FirstOrDefault(c => c.Currency == currency) ?? (Currencies.Count > 0 ? Currencies[0] : null);
}

public static class Divisions
{
    /// <summary>Null for the platforms themselves.</summary>
    public static BreakdownKind? Kind(this Division by) => by switch
    {
        Division.Country => BreakdownKind.Country, Division.Age => BreakdownKind.Age, Division.Gender => BreakdownKind.Gender, Division.PublisherPlatform => BreakdownKind.PublisherPlatform,
        Division.Device => BreakdownKind.Device, _ => null,
    };

    /// <summary>What can be chosen where there are accounts on these platforms.</summary>
    public static IReadOnlyList<Division> Of(IEnumerable<Platform> platforms)
    {
        var kinds = platforms.SelectMany(p => Catalogue.Of(p).Rules?.Breakdowns ?? []).ToHashSet();
        return [.. Enum.GetValues<Division>().Where(d => d.Kind() is not { } kind || kinds.Contains(kind))];
    }
}
