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
/// <param name="Timezones">Of the accounts: each one's days are days of its own zone.</param>
/// <param name="Platforms">Each platform by itself.</param>
internal sealed record CrmFreshness(DateTime? AsOf, bool MayChange, DateOnly? MayChangeFrom, IReadOnlyList<string> Timezones, Dictionary<string, CrmPlatformFreshness> Platforms)
{
    public static CrmFreshness Of(Freshness f) => new(f.AsOf?.UtcDateTime, f.MayChange, f.FirstOpenDay, f.TimeZones,
        f.Platforms.ToDictionary(p => p.Platform.CrmWire(), p => new CrmPlatformFreshness(p.AsOf?.UtcDateTime, p.IsStale, p.Words)));
}

/// <param name="Stale">Older than the platform's rhythm explains.</param>
/// <param name="Rhythm">How fresh the platform's numbers are, in words.</param>
internal sealed record CrmPlatformFreshness(DateTime? AsOf, bool Stale, string Rhythm);

/// <summary>How figures of several currencies came to be one: each day at its stored rate, cost and value alike.</summary>
/// <param name="WithoutRate">These stand beside: some day has no rate.</param>
/// <param name="OldRateOf">The day of the last known rate, where it is far older than the days it was used for.</param>
internal sealed record CrmConversion(string Into, IReadOnlyList<string> From, IReadOnlyList<string> WithoutRate, DateOnly? OldRateOf)
{
    public static CrmConversion? Of(Conversion? c) => c is null ? null : new(c.Into, c.From, c.WithoutRate, c.OldRateOf);
}

/// <summary>One part of the figures.</summary>
/// <param name="Value">The platform's word, an ISO country, "25-34", "female", "instagram", "mobile"; "unknown" where the platform tells none.</param>
internal sealed record CrmBreakdownRow(string Value, string Currency, CrmMetrics Metrics, IReadOnlyList<string> Platforms);

/// <param name="Coverage">By currency, how much of the impressions the parts tell of: 1 is all.</param>
/// <param name="NotToldBy">Platforms with figures in the range that tell nothing of this kind.</param>
/// <param name="PartialOn">Platforms whose parts do not make up the whole.</param>
internal sealed record CrmBreakdown(string By, IReadOnlyList<CrmBreakdownRow> Rows, Dictionary<string, decimal?> Coverage, IReadOnlyList<string> NotToldBy, IReadOnlyList<string> PartialOn, DateTime? AsOf)
{
    public static CrmBreakdown Of(DividedNumbers d) => new(d.By.Word(),
        [.. d.Currencies.SelectMany(c => c.Rows.Select(r => new CrmBreakdownRow(d.By == Division.Platform && PlatformNames.TryParse(r.Key, out var platform) ? platform.CrmWire() : r.Key, c.Currency, CrmMetrics.Of(r.Sums)!, [.. r.Platforms.Select(p => p.CrmWire())])))],
        d.Currencies.ToDictionary(c => c.Currency, c => c.Coverage is { } part ? Math.Round(part, 4) : (decimal?)null), [.. d.Silent.Select(p => p.CrmWire())], [.. d.Partial.Select(p => p.CrmWire())], d.AsOf?.UtcDateTime);
}

/// <param name="Conversion">Null when nothing was converted. Then originals has the figures as the platforms gave them.</param>
internal sealed record CrmOverview(CrmRange Range, CrmRange? Previous, IReadOnlyList<CrmCurrencyNumbers> Currencies, CrmFreshness Freshness, CrmConversion? Conversion, IReadOnlyList<CrmCurrencyNumbers> Originals);

/// <param name="Platforms">Each in its account's currency, its days in the account's zone.</param>
internal sealed record CrmCampaignMetrics(Guid CampaignId, string Name, CrmRange Range, CrmRange? Previous, IReadOnlyList<CrmCurrencyNumbers> Currencies, Dictionary<string, CrmAccountMetrics> Platforms, CrmFreshness Freshness,
    CrmConversion? Conversion, IReadOnlyList<CrmCurrencyNumbers> Originals, CrmBreakdown? Breakdown);
internal sealed record CrmAccountMetrics(string Account, string Currency, string Timezone, CrmMetrics? Metrics, CrmMetrics? Previous, DateTime? AsOf, bool MayChange);

/// <param name="Deleted">A deleted campaign keeps its numbers.</param>
internal sealed record CrmPerformanceRow(Guid CampaignId, int Number, string Name, string Status, bool Deleted, string Currency, CrmMetrics? Metrics, CrmMetrics? Previous, Dictionary<string, CrmPlatformNumbers> Platforms, DateTime? AsOf, bool MayChange)
{
    public static CrmPerformanceRow Of(CampaignNumbersRow r, string status) => new(r.CampaignId, r.Number, r.Name, status, r.IsDeleted, r.Currency, CrmMetrics.Of(r.Sums), CrmMetrics.Of(r.Previous),
        r.Platforms.ToDictionary(p => p.Platform.CrmWire(), p => new CrmPlatformNumbers(CrmMetrics.Of(p.Sums), CrmMetrics.Of(p.Previous))), r.AsOf?.UtcDateTime, r.MayChange);
}

/// <param name="Totals">Of all rows that match, by currency, not only of this page.</param>
internal sealed record CrmPerformance(CrmRange Range, CrmRange? Previous, IReadOnlyList<CrmPerformanceRow> Data, int Count, int Total, int Limit, int Offset,
    [property: System.Text.Json.Serialization.JsonPropertyName("total_pages")] int TotalPages, Dictionary<string, CrmMetrics> Totals, CrmConversion? Conversion, CrmBreakdown? Breakdown);

/// <param name="CampaignId">Null for all campaigns together.</param>
internal sealed record CrmComparedSide(Guid? CampaignId, string? Name, CrmRange Range, string Currency, CrmMetrics? Metrics, Dictionary<string, CrmPlatformNumbers> Platforms);
internal sealed record CrmComparison(IReadOnlyList<CrmComparedSide> Data, int Count, CrmFreshness Freshness);

internal sealed record CrmTrendPoint(DateOnly StartDate, DateOnly EndDate, CrmMetrics? Metrics, bool MayChange);

/// <param name="Platform">Null for all platforms of the currency together.</param>
internal sealed record CrmTrendSeries(string Currency, string? Platform, IReadOnlyList<CrmTrendPoint> Points);
internal sealed record CrmTrends(CrmRange Range, string Interval, IReadOnlyList<CrmTrendSeries> Data, int Count, CrmFreshness Freshness);
