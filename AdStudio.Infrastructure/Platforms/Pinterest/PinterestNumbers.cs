using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Pinterest;

/// <param name="Value">Of the breakdown, in Pinterest's word; null without one.</param>
internal sealed record PinterestRow(JsonObject Metrics, string? Value);

/// <summary>What is asked of Pinterest's analytics, and what its rows mean. Amounts named dollar are of the account's currency; a column without a value is left out of its row.</summary>
internal static class PinterestNumbers
{
    private static readonly string[] Conversions = ["TOTAL_CHECKOUT", "TOTAL_LEAD", "TOTAL_SIGNUP"];

    /// <summary>Paid impressions and clicks alone: what people do later with a pin that somebody saved is not paid for.</summary>
    public static IEnumerable<string> Columns(MetricLevel level) =>
    [
        "CAMPAIGN_ID", .. level >= MetricLevel.AdSet ? ["AD_GROUP_ID"] : Array.Empty<string>(), .. level == MetricLevel.Ad ? ["AD_ID"] : Array.Empty<string>(),
        "SPEND_IN_MICRO_DOLLAR", "PAID_IMPRESSION", "CLICKTHROUGH_1", "TOTAL_IMPRESSION_USER", .. Conversions, "TOTAL_CHECKOUT_VALUE_IN_MICRO_DOLLAR",
    ];

    public static string TypeOf(BreakdownKind breakdown) => breakdown switch
    {
        BreakdownKind.Country => "COUNTRY",
        BreakdownKind.Age => "AGE_BUCKET",
        BreakdownKind.Gender => "GENDER",
        BreakdownKind.Device => "APPTYPE",
        _ => throw new InvalidOperationException($"Pinterest has no breakdown by {breakdown}."),
    };

    /// <summary>Rows that say something. Where several of Pinterest's values are one of our words, their numbers are added; how many different people that makes cannot be known.</summary>
    public static IEnumerable<InsightRow> Rows(InsightQuery query, IEnumerable<PinterestRow> rows)
    {
        var read = rows.Where(r => r.Metrics["DATE"] is not null).Select(r => Row(query, r)).Where(r => r is { Impressions: > 0 } or { Clicks: > 0 } or { SpendMicros: not 0 } or { ConversionsMicros: not 0 } or { ValueMicros: not 0 });
        if (query.Breakdown is null) return read;
        return read.GroupBy(r => (r.CampaignId, r.AdSetId, r.AdId, r.Day, r.BreakdownValue)).Select(same => same.Skip(1).Aggregate(same.First(), (sum, r) => sum with
        {
            Impressions = sum.Impressions + r.Impressions, Clicks = sum.Clicks + r.Clicks, SpendMicros = sum.SpendMicros + r.SpendMicros,
            ConversionsMicros = sum.ConversionsMicros + r.ConversionsMicros, ValueMicros = sum.ValueMicros + r.ValueMicros, Reach = null,
        }));
    }

    /// <summary>The rows of a report's file: of lists under the ids of what they are of, or of one list.</summary>
    public static IReadOnlyList<PinterestRow> ReportRows(JsonNode file)
    {
        var rows = file is JsonArray all ? all.OfType<JsonObject>() : ((JsonObject)file).Select(p => p.Value).OfType<JsonArray>().SelectMany(list => list.OfType<JsonObject>());
        return [.. rows.Select(r => new PinterestRow(r, r[PinterestFromMemory.TargetingValueColumn]?.ToString()))];
    }

    private static InsightRow Row(InsightQuery query, PinterestRow row)
    {
        var of = row.Metrics;
        return new(query.Level, of["CAMPAIGN_ID"]!.ToString(), query.Level >= MetricLevel.AdSet ? of["AD_GROUP_ID"]?.ToString() : null, query.Level == MetricLevel.Ad ? of["AD_ID"]?.ToString() : null,
            DateOnly.ParseExact(of["DATE"]!.ToString()[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture),
            Number(of["PAID_IMPRESSION"]), Number(of["CLICKTHROUGH_1"]), Number(of["SPEND_IN_MICRO_DOLLAR"]), Conversions.Sum(c => Number(of[c]) * Money.MicrosPerUnit), Number(of["TOTAL_CHECKOUT_VALUE_IN_MICRO_DOLLAR"]),
            of["TOTAL_IMPRESSION_USER"] is { } reach ? Number(reach) : null)
        {
            BreakdownValue = query.Breakdown is { } breakdown ? Word(breakdown, row.Value ?? "unknown") : null,
        };
    }

    private static string Word(BreakdownKind breakdown, string value) => (breakdown, value) switch
    {
        (BreakdownKind.Device, _) => PinterestFromMemory.Device(value.ToLowerInvariant()),
        (BreakdownKind.Age, "45-49" or "50-54") => "45-54",
        (BreakdownKind.Country, _) => PinterestFromMemory.CountryCode(value),
        (BreakdownKind.Gender, _) => value.ToLowerInvariant(),
        _ => value,
    };

    private static long Number(JsonNode? value) => decimal.TryParse(value?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? decimal.ToInt64(decimal.Round(number)) : 0;
}
