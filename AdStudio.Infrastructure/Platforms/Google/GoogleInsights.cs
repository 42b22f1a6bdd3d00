using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Google;

/// <summary>Google's numbers by day. Conversions may be fractions there, so they are kept in millionths.</summary>
internal sealed class GoogleInsights(GoogleApi api) : IReadsInsights
{
    private const int DaysASlice = 60;

    public Platform Platform => Platform.Google;

    public async IAsyncEnumerable<Result<InsightRow>> ReadInsightsAsync(PlatformAccess access, InsightQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        var (level, from, to) = query;
        var (ids, resource) = level switch
        {
            MetricLevel.Campaign => ("campaign.id", "campaign"),
            MetricLevel.AdSet => ("campaign.id, ad_group.id", "ad_group"),
            _ => ("campaign.id, ad_group.id, ad_group_ad.ad.id", "ad_group_ad"),
        };
        for (var first = from; first <= to; first = first.AddDays(DaysASlice))
        {
            var last = first.AddDays(DaysASlice - 1) is var end && end > to ? to : end;
            var gaql = $"SELECT segments.date, {ids}, metrics.impressions, metrics.clicks, metrics.cost_micros, metrics.conversions, metrics.conversions_value FROM {resource} "
                + $"WHERE segments.date BETWEEN '{Day(first)}' AND '{Day(last)}' ORDER BY segments.date";
            var answer = await api.SearchAsync(access, GoogleApi.Customer(access), gaql, ct);
            if (!answer.TryGet(out var rows, out var refusal))
            {
                yield return Result<InsightRow>.Refused(refusal);
                yield break;
            }
            foreach (var row in rows.Select(r => Row(level, r)).Where(r => r is { Impressions: > 0 } or { Clicks: > 0 } or { SpendMicros: not 0 } or { ConversionsMicros: not 0 } or { ValueMicros: not 0 }))
                yield return row;
        }
    }

    private static InsightRow Row(MetricLevel level, JsonObject row)
    {
        var metrics = row["metrics"];
        return new(level, row["campaign"]!["id"]!.ToString(), level >= MetricLevel.AdSet ? row["adGroup"]?["id"]?.ToString() : null, level == MetricLevel.Ad ? row["adGroupAd"]?["ad"]?["id"]?.ToString() : null,
            DateOnly.ParseExact(row["segments"]!["date"]!.ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture),
            Whole(metrics?["impressions"]), Whole(metrics?["clicks"]), Whole(metrics?["costMicros"]), Micros(metrics?["conversions"]), Micros(metrics?["conversionsValue"]), null);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    private static long Whole(JsonNode? value) => long.TryParse(value?.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;
    private static long Micros(JsonNode? value) => decimal.TryParse(value?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? decimal.ToInt64(decimal.Round(number * Money.MicrosPerUnit)) : 0;
}
