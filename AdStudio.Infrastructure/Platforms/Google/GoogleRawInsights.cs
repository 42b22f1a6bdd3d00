using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Google;

/// <summary>Google's numbers in its own fields: a bare name is one of its metrics, and "spend" is its cost in whole units of the currency.</summary>
internal sealed class GoogleRawInsights(GoogleApi api) : IReadsRawInsights
{
    private static readonly string[] Usual = ["impressions", "clicks", "spend", "cost_micros", "ctr", "average_cpc", "average_cpm", "conversions", "conversions_value"];

    /// <summary>What a row of each level is about.</summary>
    private static readonly Dictionary<string, (string From, GoogleColumn[] Ids)> Levels = new()
    {
        ["campaign"] = ("campaign", [new("campaign_id", "campaign.id"), new("campaign_name", "campaign.name")]),
        ["ad_group"] = ("ad_group", [new("campaign_id", "campaign.id"), new("ad_group_id", "ad_group.id"), new("ad_group_name", "ad_group.name")]),
        ["ad"] = ("ad_group_ad", [new("campaign_id", "campaign.id"), new("ad_group_id", "ad_group.id"), new("ad_id", "ad_group_ad.ad.id"), new("ad_type", "ad_group_ad.ad.type")]),
        ["customer"] = ("customer", [new("customer_id", "customer.id"), new("customer_name", "customer.descriptive_name")]),
    };

    public Platform Platform => Platform.Google;
    public IReadOnlyList<string> InsightLevels { get; } = [.. Levels.Keys];

    /// <summary>POST /customers/…/googleAds:search (GoogleAdsService).</summary>
    public async Task<Result<IReadOnlyList<JsonObject>>> ReadRawInsightsAsync(PlatformAccess access, RawInsightQuery query, CancellationToken ct)
    {
        var (from, ids) = Levels[query.Level];
        List<GoogleColumn> columns = [.. ids, .. (query.Fields.Count == 0 ? Usual : query.Fields).Select(GoogleColumn.Metric), .. query.Breakdowns.Select(b => GoogleColumn.Of(b, "segments"))];
        var text = $"SELECT {GoogleRows.Select(columns)} FROM {from} WHERE segments.date BETWEEN '{Day(query.From)}' AND '{Day(query.To)}'";
        var answer = await api.SearchAsync(access, GoogleApi.Customer(access), text, ct);
        if (!answer.TryGet(out var rows, out var refusal)) return Result<IReadOnlyList<JsonObject>>.Refused(refusal);
        return Result<IReadOnlyList<JsonObject>>.Of([.. rows.Select(r => Dated(GoogleRows.Flat(r, columns), query))]);
    }

    private static JsonObject Dated(JsonObject row, RawInsightQuery query)
    {
        (row["date_start"], row["date_stop"]) = (Day(query.From), Day(query.To));
        return row;
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
