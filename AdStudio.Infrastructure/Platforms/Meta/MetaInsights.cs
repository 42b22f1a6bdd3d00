using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>Meta's numbers by day, in slices that halve when Meta finds them too large.</summary>
internal sealed class MetaInsights(MetaApi api) : IReadsInsights
{
    private const int DaysASlice = 30;

    public Platform Platform => Platform.Meta;

    public async IAsyncEnumerable<Result<InsightRow>> ReadInsightsAsync(PlatformAccess access, InsightQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        var (level, from, to) = query;
        var slices = new Stack<(DateOnly From, DateOnly To, int Limit)>();
        for (var end = to; end >= from; end = end.AddDays(-DaysASlice)) slices.Push((end.AddDays(1 - DaysASlice) < from ? from : end.AddDays(1 - DaysASlice), end, 500));

        while (slices.TryPop(out var slice))
        {
            // A slice is read whole before its rows go out: one that has to be halved would otherwise bring rows twice.
            var answer = await api.ListAsync(access, $"{access.Account!.ExternalId}/insights", Query(level, slice.From, slice.To, slice.Limit), ct);
            if (answer.TryGet(out var rows, out var refusal))
            {
                foreach (var row in rows.Select(r => Row(level, r)).Where(r => r is { Impressions: > 0 } or { Clicks: > 0 } or { SpendMicros: not 0 } or { ConversionsMicros: not 0 } or { ValueMicros: not 0 }))
                    yield return row;
                continue;
            }
            if (refusal is PlatformFailure { Code: MetaErrors.TooMuchData } && (slice.To > slice.From || slice.Limit > 25))
            {
                if (slice.To > slice.From)
                {
                    var middle = slice.From.AddDays((slice.To.DayNumber - slice.From.DayNumber) / 2);
                    slices.Push((middle.AddDays(1), slice.To, slice.Limit));
                    slices.Push((slice.From, middle, slice.Limit));
                }
                else slices.Push(slice with { Limit = slice.Limit / 2 });
                continue;
            }
            yield return Result<InsightRow>.Refused(refusal);
            yield break;
        }
    }

    private static List<(string, string)> Query(MetricLevel level, DateOnly from, DateOnly to, int limit)
    {
        var ids = level switch { MetricLevel.Campaign => "campaign_id", MetricLevel.AdSet => "campaign_id,adset_id", _ => "campaign_id,adset_id,ad_id" };
        var range = new JsonObject { ["since"] = Day(from), ["until"] = Day(to) };
        return
        [
            ("level", level.ToString().ToLowerInvariant()), ("fields", ids + ",impressions,clicks,spend,reach,actions,action_values"), ("time_range", range.ToJsonString()), ("time_increment", "1"),
            ("use_account_attribution_setting", "true"), ("limit", limit.ToString(CultureInfo.InvariantCulture)),
        ];
    }

    private static InsightRow Row(MetricLevel level, JsonObject row) => new(level, row["campaign_id"]!.ToString(), level >= MetricLevel.AdSet ? row["adset_id"]?.ToString() : null,
        level == MetricLevel.Ad ? row["ad_id"]?.ToString() : null, DateOnly.ParseExact(row["date_start"]!.ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture),
        Whole(row["impressions"]), Whole(row["clicks"]), Micros(row["spend"]), MetaConversions.Sum(row["actions"] as JsonArray), MetaConversions.Sum(row["action_values"] as JsonArray),
        row["reach"] is { } reach ? Whole(reach) : null);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static long Whole(JsonNode? value) => long.TryParse(value?.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;

    internal static long Micros(JsonNode? value) => decimal.TryParse(value?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? decimal.ToInt64(decimal.Round(number * Money.MicrosPerUnit)) : 0;
}

/// <summary>
/// What counts as a conversion: purchases, leads and completed registrations. Meta reports one purchase under several names, the wider ones including the narrower:
/// of each kind only the first name that is present counts, so nothing is counted twice.
/// </summary>
internal static class MetaConversions
{
    private static readonly string[][] Kinds =
    [
        ["omni_purchase", "purchase", "offsite_conversion.fb_pixel_purchase"],
        ["lead", "offsite_conversion.fb_pixel_lead", "onsite_conversion.lead_grouped"],
        ["omni_complete_registration", "complete_registration", "offsite_conversion.fb_pixel_complete_registration"],
    ];

    /// <summary>In millionths: of conversions for <c>actions</c>, of the account's currency for <c>action_values</c>.</summary>
    public static long Sum(JsonArray? actions)
    {
        if (actions is null) return 0;
        var values = actions.OfType<JsonObject>().ToLookup(a => a["action_type"]?.ToString() ?? "", a => MetaInsights.Micros(a["value"]));
        return Kinds.Sum(names => names.FirstOrDefault(values.Contains) is { } name ? values[name].Sum() : 0);
    }
}
