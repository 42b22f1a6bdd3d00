using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Insights;

/// <summary>One campaign's figures in one currency. A campaign that runs in several currencies has a row for each.</summary>
/// <param name="Sums">Null when no day of the range was read with delivery.</param>
/// <param name="AsOf">When the latest of its days was read.</param>
public sealed record CampaignNumbersRow(
    Guid CampaignId, int Number, string Name, CampaignStatus Status, bool IsDeleted, string Currency, MetricSums? Sums, MetricSums? Previous, IReadOnlyList<PlatformNumbers> Platforms,
    DateTimeOffset? AsOf, bool MayChange)
{
    /// <summary>As the platforms gave them, by currency, where some were converted.</summary>
    public IReadOnlyDictionary<string, MetricSums> Originals { get; init; } = new Dictionary<string, MetricSums>();
}

/// <param name="Totals">Of all rows that match, by currency, not only of this page.</param>
public sealed record CampaignNumbersPage(DayRange Range, DayRange? Previous, Page<CampaignNumbersRow> Rows, IReadOnlyDictionary<string, MetricSums> Totals)
{
    public Conversion? Conversion { get; init; }
}

public sealed record CampaignNumbersQuery
{
    public required NumbersQuery Numbers { get; init; }

    /// <summary>Null is every currency.</summary>
    public string? Currency { get; init; }

    /// <summary>A part of the name.</summary>
    public string? Search { get; init; }

    /// <summary>Null sorts by name.</summary>
    public Metric? SortBy { get; init; } = Metric.Spend;
    public bool Down { get; init; } = true;
    public int Offset { get; init; }
    public int Limit { get; init; } = 50;
}

/// <summary>A campaign on a platform, one of its ad sets, or one of its ads; with what lies beneath.</summary>
/// <param name="Status">The platform's own word, or ours for the campaign.</param>
public sealed record BreakdownRow(Guid Id, MetricLevel Level, Platform Platform, string Name, string Status, string Currency, MetricSums? Sums, IReadOnlyList<BreakdownRow> Parts);

public sealed record Breakdown(Guid CampaignId, string Name, DayRange Range, IReadOnlyList<BreakdownRow> Rows);

/// <summary>A campaign on one platform: its figures in the account's currency and days in the account's zone.</summary>
public sealed record PlatformMetrics(Platform Platform, string Account, string Currency, string TimeZone, MetricSums? Sums, MetricSums? Previous, DateTimeOffset? AsOf, bool MayChange);

public sealed record CampaignMetrics(
    Guid CampaignId, string Name, DayRange Range, DayRange? Previous, IReadOnlyList<CurrencyNumbers> Currencies, IReadOnlyList<PlatformMetrics> Platforms, Freshness Freshness)
{
    /// <summary>How figures of several currencies came to be one; null when nothing had to be converted.</summary>
    public Conversion? Conversion { get; init; }

    /// <summary>The figures as the platforms gave them, by currency, where some were converted.</summary>
    public IReadOnlyList<CurrencyNumbers> Originals { get; init; } = [];

    /// <summary>The figures of a currency, or of the first one when there are none of it.</summary>
    public CurrencyNumbers? In(string? currency) => Currencies.FirstOrDefault(c => c.Currency == currency) ?? Originals.FirstOrDefault(c => c.Currency == currency) ?? (Currencies.Count > 0 ? Currencies[0] : null);
}
