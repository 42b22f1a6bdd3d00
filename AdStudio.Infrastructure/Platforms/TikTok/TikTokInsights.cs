using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.TikTok;

/// <summary>TikTok's numbers by day, in slices of thirty days: read at once where the answer is short, ordered as a task where it is long.</summary>
internal sealed class TikTokInsights(TikTokApi api, TimeProvider time) : IReadsInsights
{
    private readonly TikTokReports reports = new(api, time);

    public Platform Platform => Platform.TikTok;

    internal TikTokReports Reports => reports;

    public async IAsyncEnumerable<Result<InsightRow>> ReadInsightsAsync(PlatformAccess access, InsightQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        // One part without ids asks for all of the account.
        List<string[]?> parts = query.CampaignIds is { } wanted ? [.. wanted.Distinct().Chunk(TikTokFromMemory.MostFilterIds)] : [null];
        for (var from = query.From; from <= query.To; from = from.AddDays(TikTokFromMemory.MostDays))
        {
            var to = from.AddDays(TikTokFromMemory.MostDays - 1) < query.To ? from.AddDays(TikTokFromMemory.MostDays - 1) : query.To;
            foreach (var ids in parts)
            {
                if (!(await reports.ReadAsync(access, Question(TikTokApi.AccountOf(access), query, from, to, ids), ct)).TryGet(out var rows, out var refusal))
                {
                    yield return Result<InsightRow>.Refused(refusal);
                    yield break;
                }
                foreach (var row in Merged(rows.Select(r => Row(query, r)))) yield return row;
            }
        }
    }

    /// <summary>What both kinds of report take alike.</summary>
    private static JsonObject Question(string account, InsightQuery query, DateOnly from, DateOnly to, string[]? campaigns)
    {
        var level = query.Level switch { MetricLevel.Campaign => "campaign", MetricLevel.AdSet => "adgroup", _ => "ad" };
        var dimensions = new JsonArray(level + "_id", "stat_time_day");
        if (query.Breakdown is { } kind) dimensions.Add(DimensionOf(kind));
        string[] above = query.Level switch { MetricLevel.Campaign => [], MetricLevel.AdSet => ["campaign_id"], _ => ["campaign_id", "adgroup_id"] };
        // Reports of who saw the ads know neither reach nor value.
        string[] further = query.Breakdown is null ? ["reach", .. TikTokFromMemory.ValueMetrics] : [];

        // Without it numbers of what was deleted since would be missing, and its money with them.
        var filters = new JsonArray(Filter(level + "_status", ["STATUS_ALL"]));
        if (campaigns is not null) filters.Add(Filter("campaign_ids", campaigns));
        return new()
        {
            ["advertiser_id"] = account, ["service_type"] = "AUCTION", ["report_type"] = query.Breakdown is null ? "BASIC" : "AUDIENCE", ["data_level"] = "AUCTION_" + level.ToUpperInvariant(), ["dimensions"] = dimensions,
            ["metrics"] = TikTokApi.Texts([.. above, "spend", "impressions", "clicks", "conversion", .. further]), ["start_date"] = Day(from), ["end_date"] = Day(to), ["filtering"] = filters,
        };
    }

    private static JsonObject Filter(string field, string[] values) => new() { ["field_name"] = field, ["filter_type"] = "IN", ["filter_value"] = TikTokApi.Texts(values).ToJsonString() };

    private static string DimensionOf(BreakdownKind kind) => kind switch
    {
        BreakdownKind.Country => "country_code",
        BreakdownKind.Age => "age",
        BreakdownKind.Gender => "gender",
        BreakdownKind.Device => "platform",
        _ => throw new InvalidOperationException($"TikTok has no breakdown by {kind}."),
    };

    private static InsightRow Row(InsightQuery query, JsonObject row)
    {
        string? Told(string name) => row[name]?.ToString();
        return new(query.Level, Told("campaign_id") ?? "", query.Level >= MetricLevel.AdSet ? Told("adgroup_id") : null, query.Level == MetricLevel.Ad ? Told("ad_id") : null,
            DateOnly.FromDateTime(DateTime.Parse(Told("stat_time_day")!, CultureInfo.InvariantCulture)), TikTokApi.Whole(row["impressions"]), TikTokApi.Whole(row["clicks"]), TikTokApi.Micros(row["spend"]),
            TikTokApi.Micros(row["conversion"]), TikTokFromMemory.ValueMetrics.Sum(m => TikTokApi.Micros(row[m])), row["reach"] is { } reach ? TikTokApi.Whole(reach) : null)
        {
            BreakdownValue = query.Breakdown is { } kind ? Value(kind, Told(DimensionOf(kind)) ?? "") : null,
        };
    }

    private static string Value(BreakdownKind kind, string word) => kind switch
    {
        BreakdownKind.Age => TikTokFromMemory.Age(word),
        BreakdownKind.Gender => TikTokFromMemory.Gender(word),
        BreakdownKind.Device => TikTokFromMemory.Device(word),
        _ => word.ToUpperInvariant(),
    };

    /// <summary>Two words of TikTok may be one of ours (Android phones and iPhones); days without delivery go.</summary>
    private static IEnumerable<InsightRow> Merged(IEnumerable<InsightRow> rows) => rows
        .Where(r => r is { Impressions: > 0 } or { Clicks: > 0 } or { SpendMicros: not 0 } or { ConversionsMicros: not 0 } or { ValueMicros: not 0 })
        .GroupBy(r => (r.CampaignId, r.AdSetId, r.AdId, r.Day, r.BreakdownValue))
        .Select(same => same.Skip(1).Any()
            ? same.First() with
            {
                Impressions = same.Sum(r => r.Impressions), Clicks = same.Sum(r => r.Clicks), SpendMicros = same.Sum(r => r.SpendMicros), ConversionsMicros = same.Sum(r => r.ConversionsMicros), ValueMicros = same.Sum(r => r.ValueMicros),
                Reach = null,
            }
            : same.First());

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
