using AdStudio.Core.Common;
using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;

namespace AdStudio.Web.Api.Crm;

internal sealed record CrmRange(DateOnly StartDate, DateOnly EndDate)
{
    public static CrmRange Of(DayRange range) => new(range.From, range.To);
}

/// <summary>Figures of one currency. A ratio that would divide by nothing is null.</summary>
/// <param name="Ctr">Clicks per impression: 0.0123 is 1.23 %.</param>
/// <param name="Cpm">For a thousand impressions.</param>
/// <param name="Roas">Conversion value per money spent.</param>
internal sealed record CrmMetrics(
    long Impressions, long Clicks, decimal? Ctr, decimal? Cpc, decimal? Cpm, decimal Spend, decimal Conversions, decimal? CostPerConversion, decimal ConversionValue, decimal? Roas)
{
    /// <summary>Null where nothing was read: that is not zero.</summary>
    public static CrmMetrics? Of(MetricSums? sums) => sums is not { } s ? null : new(
        s.Impressions, s.Clicks, Ratio(s.Ctr), Units(s.CpcMicros), Units(s.CpmMicros), Units(s.SpendMicros)!.Value, s.Conversions, Units(s.CpaMicros), Units(s.ValueMicros)!.Value, Ratio(s.Roas));

    private static decimal? Units(long? micros) => micros / (decimal)Money.MicrosPerUnit;
    private static decimal? Ratio(decimal? ratio) => ratio is { } r ? Math.Round(r, 6) : null;
}

internal sealed record CrmPlatformNumbers(CrmMetrics? Metrics, CrmMetrics? Previous);
internal sealed record CrmDay(DateOnly Date, CrmMetrics? Metrics, bool MayChange);

/// <summary>All figures of one currency. Figures of several currencies are never added up.</summary>
internal sealed record CrmCurrencyNumbers(string Currency, CrmMetrics? Metrics, CrmMetrics? Previous, Dictionary<string, CrmPlatformNumbers> Platforms, IReadOnlyList<CrmDay> Days)
{
    public static CrmCurrencyNumbers Of(CurrencyNumbers c) => new(c.Currency, CrmMetrics.Of(c.Sums), CrmMetrics.Of(c.Previous),
        c.Platforms.ToDictionary(p => p.Platform.CrmWire(), p => new CrmPlatformNumbers(CrmMetrics.Of(p.Sums), CrmMetrics.Of(p.Previous))),
        [.. c.Days.Select(d => new CrmDay(d.Day, CrmMetrics.Of(d.Sums), d.MayChange))]);
}

/// <summary>How far the figures can be trusted.</summary>
/// <param name="AsOf">The last reading of that account which was read longest ago; null when nothing was read.</param>
/// <param name="MayChange">Whether a platform may still correct some of them, and from which day on.</param>
internal sealed record CrmFreshness(DateTime? AsOf, bool MayChange, DateOnly? MayChangeFrom, IReadOnlyList<string> Timezones)
{
    public static CrmFreshness Of(Freshness f) => new(f.AsOf?.UtcDateTime, f.MayChange, f.FirstOpenDay, f.TimeZones);
}

internal sealed record CrmOverview(CrmRange Range, CrmRange? Previous, IReadOnlyList<CrmCurrencyNumbers> Currencies, CrmFreshness Freshness);

/// <param name="Platforms">Each in its account's currency, its days in the account's zone.</param>
internal sealed record CrmCampaignMetrics(Guid CampaignId, string Name, CrmRange Range, CrmRange? Previous, IReadOnlyList<CrmCurrencyNumbers> Currencies, Dictionary<string, CrmAccountMetrics> Platforms, CrmFreshness Freshness);
internal sealed record CrmAccountMetrics(string Account, string Currency, string Timezone, CrmMetrics? Metrics, CrmMetrics? Previous, DateTime? AsOf, bool MayChange);

/// <param name="Deleted">A deleted campaign keeps its numbers.</param>
internal sealed record CrmPerformanceRow(Guid CampaignId, int Number, string Name, string Status, bool Deleted, string Currency, CrmMetrics? Metrics, CrmMetrics? Previous, Dictionary<string, CrmPlatformNumbers> Platforms, DateTime? AsOf, bool MayChange)
{
    public static CrmPerformanceRow Of(CampaignNumbersRow r, string status) => new(r.CampaignId, r.Number, r.Name, status, r.IsDeleted, r.Currency, CrmMetrics.Of(r.Sums), CrmMetrics.Of(r.Previous),
        r.Platforms.ToDictionary(p => p.Platform.CrmWire(), p => new CrmPlatformNumbers(CrmMetrics.Of(p.Sums), CrmMetrics.Of(p.Previous))), r.AsOf?.UtcDateTime, r.MayChange);
}

/// <param name="Totals">Of all rows that match, by currency, not only of this page.</param>
internal sealed record CrmPerformance(CrmRange Range, CrmRange? Previous, IReadOnlyList<CrmPerformanceRow> Data, int Count, int Total, int Limit, int Offset,
    [property: System.Text.Json.Serialization.JsonPropertyName("total_pages")] int TotalPages, Dictionary<string, CrmMetrics> Totals);

/// <param name="CampaignId">Null for all campaigns together.</param>
internal sealed record CrmComparedSide(Guid? CampaignId, string? Name, CrmRange Range, string Currency, CrmMetrics? Metrics, Dictionary<string, CrmPlatformNumbers> Platforms);
internal sealed record CrmComparison(IReadOnlyList<CrmComparedSide> Data, int Count, CrmFreshness Freshness);

internal sealed record CrmTrendPoint(DateOnly StartDate, DateOnly EndDate, CrmMetrics? Metrics, bool MayChange);

/// <param name="Platform">Null for all platforms of the currency together.</param>
internal sealed record CrmTrendSeries(string Currency, string? Platform, IReadOnlyList<CrmTrendPoint> Points);
internal sealed record CrmTrends(CrmRange Range, string Interval, IReadOnlyList<CrmTrendSeries> Data, int Count, CrmFreshness Freshness);
