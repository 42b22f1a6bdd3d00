using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>
/// Meta's numbers by day. A few days are asked for directly; more of them, or what Meta finds too large, as a report that it makes in its own time; and what is too large for a report in halves.
/// </summary>
internal sealed class MetaInsights(MetaApi api, TimeProvider time) : IReadsInsights
{
    private const int DaysASlice = 30, DaysAtOnce = 7, IdsACall = 50;

    public Platform Platform => Platform.Meta;

    public async IAsyncEnumerable<Result<InsightRow>> ReadInsightsAsync(PlatformAccess access, InsightQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        var slices = new Stack<MetaSlice>();
        foreach (var ids in query.CampaignIds is { } some ? some.Distinct().Chunk(IdsACall).Cast<string[]?>() : (IEnumerable<string[]?>)[null])
            for (var end = query.To; end >= query.From; end = end.AddDays(-DaysASlice))
                slices.Push(new(end.AddDays(1 - DaysASlice) is var start && start < query.From ? query.From : start, end, ids));

        var reports = new MetaReports(api, time);
        while (slices.TryPop(out var slice))
        {
            // A slice is read whole before its rows go out: one that has to be halved would otherwise bring rows twice.
            var parameters = MetaInsightWords.Parameters(query, slice);
            var answer = slice.Days <= DaysAtOnce ? await reports.ReadAtOnceAsync(access, parameters, ct) : await reports.ReadAsync(access, parameters, ct);
            if (slice.Days <= DaysAtOnce && answer.Refusal is PlatformFailure { Kind: PlatformFailureKind.TooMuchData }) answer = await reports.ReadAsync(access, parameters, ct);
            if (answer.TryGet(out var rows, out var refusal))
            {
                foreach (var row in MetaInsightWords.Rows(query, rows)) yield return row;
                continue;
            }
            if (slice.Days > 1 && refusal is PlatformFailure { Kind: PlatformFailureKind.TooMuchData } or PlatformFailure { Code: MetaReports.Failed })
            {
                var middle = slice.From.AddDays((slice.Days - 1) / 2);
                slices.Push(slice with { From = middle.AddDays(1) });
                slices.Push(slice with { To = middle });
                continue;
            }
            yield return Result<InsightRow>.Refused(refusal);
            yield break;
        }
    }
}

/// <param name="Campaigns">Null is all of the account.</param>
internal sealed record MetaSlice(DateOnly From, DateOnly To, string[]? Campaigns)
{
    public int Days => To.DayNumber - From.DayNumber + 1;
}

/// <summary>What is asked of Meta's insights, and what its rows mean.</summary>
internal static class MetaInsightWords
{
    private static readonly Dictionary<BreakdownKind, string> Names = new()
    {
        [BreakdownKind.Country] = "country", [BreakdownKind.Age] = "age", [BreakdownKind.Gender] = "gender", [BreakdownKind.PublisherPlatform] = "publisher_platform", [BreakdownKind.Device] = "impression_device",
    };

    public static JsonObject Parameters(InsightQuery query, MetaSlice slice)
    {
        var ids = query.Level switch { MetricLevel.Campaign => "campaign_id", MetricLevel.AdSet => "campaign_id,adset_id", _ => "campaign_id,adset_id,ad_id" };
        var parameters = new JsonObject
        {
            ["level"] = query.Level.ToString().ToLowerInvariant(), ["fields"] = ids + ",impressions,clicks,spend,reach,actions,action_values",
            ["time_range"] = new JsonObject { ["since"] = Day(slice.From), ["until"] = Day(slice.To) }, ["time_increment"] = "1", ["use_account_attribution_setting"] = true,
        };
        if (query.Breakdown is { } breakdown) parameters["breakdowns"] = Names[breakdown];
        if (slice.Campaigns is { } campaigns)
            parameters["filtering"] = new JsonArray(new JsonObject { ["field"] = "campaign.id", ["operator"] = "IN", ["value"] = new JsonArray([.. campaigns.Select(c => (JsonNode)c)]) });
        return parameters;
    }

    /// <summary>Rows that say something. Where several of Meta's values are one of our words, their numbers are added; how many different people that makes cannot be known.</summary>
    public static IEnumerable<InsightRow> Rows(InsightQuery query, IEnumerable<JsonObject> rows)
    {
        var read = rows.Select(r => Row(query, r)).Where(r => r is { Impressions: > 0 } or { Clicks: > 0 } or { SpendMicros: not 0 } or { ConversionsMicros: not 0 } or { ValueMicros: not 0 });
        if (query.Breakdown is null) return read;
        return read.GroupBy(r => (r.CampaignId, r.AdSetId, r.AdId, r.Day, r.BreakdownValue)).Select(same => same.Skip(1).Aggregate(same.First(), (sum, r) => sum with
        {
            Impressions = sum.Impressions + r.Impressions, Clicks = sum.Clicks + r.Clicks, SpendMicros = sum.SpendMicros + r.SpendMicros,
            ConversionsMicros = sum.ConversionsMicros + r.ConversionsMicros, ValueMicros = sum.ValueMicros + r.ValueMicros, Reach = null,
        }));
    }

    private static InsightRow Row(InsightQuery query, JsonObject row) => new(query.Level, row["campaign_id"]!.ToString(), query.Level >= MetricLevel.AdSet ? row["adset_id"]?.ToString() : null,
        query.Level == MetricLevel.Ad ? row["ad_id"]?.ToString() : null, DateOnly.ParseExact(row["date_start"]!.ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture),
        Whole(row["impressions"]), Whole(row["clicks"]), Micros(row["spend"]), MetaConversions.Sum(row["actions"] as JsonArray), MetaConversions.Sum(row["action_values"] as JsonArray),
        row["reach"] is { } reach ? Whole(reach) : null)
    {
        BreakdownValue = query.Breakdown is { } breakdown ? Word(breakdown, row[Names[breakdown]]?.ToString() ?? "unknown") : null,
    };

    private static string Word(BreakdownKind breakdown, string value) => (breakdown, value) switch
    {
        (BreakdownKind.Country, _) => value.ToUpperInvariant(),
        (BreakdownKind.Device, "iphone" or "ipod" or "android_smartphone" or "other_mobile_device" or "mobile") => "mobile",
        (BreakdownKind.Device, "ipad" or "android_tablet") => "tablet",
        (_, "Unknown" or "unknown") => "unknown",
        _ => value,
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static long Whole(JsonNode? value) => long.TryParse(value?.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>Millionths of a number that Meta writes as a text; of an amount, micros.</summary>
    public static long Micros(JsonNode? value) => decimal.TryParse(value?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? decimal.ToInt64(decimal.Round(number * Money.MicrosPerUnit)) : 0;
}

/// <summary>
/// What counts as a conversion: purchases, leads, completed registrations and installs of an app. Meta reports one purchase under several names, the wider ones including the narrower:
/// of each kind only the first name that is present counts, so nothing is counted twice.
/// </summary>
internal static class MetaConversions
{
    private static readonly string[][] Kinds =
    [
        ["omni_purchase", "purchase", "offsite_conversion.fb_pixel_purchase"],
        ["lead", "offsite_conversion.fb_pixel_lead", "onsite_conversion.lead_grouped"],
        ["omni_complete_registration", "complete_registration", "offsite_conversion.fb_pixel_complete_registration"],
        ["omni_app_install", "mobile_app_install", "app_install"],
    ];

    /// <summary>In millionths: of conversions for <c>actions</c>, of the account's currency for <c>action_values</c>.</summary>
    public static long Sum(JsonArray? actions)
    {
        if (actions is null) return 0;
        var values = actions.OfType<JsonObject>().ToLookup(a => a["action_type"]?.ToString() ?? "", a => MetaInsightWords.Micros(a["value"]));
        return Kinds.Sum(names => names.FirstOrDefault(values.Contains) is { } name ? values[name].Sum() : 0);
    }
}
