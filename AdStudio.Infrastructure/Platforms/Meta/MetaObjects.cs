using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>Campaigns, ad sets, ads and creatives of an account as Meta shows them.</summary>
internal sealed class MetaObjects(MetaApi api) : IReadsRawObjects
{
    private const int APage = 100;

    private static readonly Dictionary<RawObjectKind, (string Edge, string Own, string[] Always, string[] Fields)> Kinds = new()
    {
        [RawObjectKind.Campaigns] = ("campaigns", "id", ["id"],
            ["id", "name", "status", "effective_status", "objective", "buying_type", "bid_strategy", "pacing_type", "daily_budget", "lifetime_budget", "budget_remaining", "special_ad_categories", "special_ad_category_country",
                "is_adset_budget_sharing_enabled", "promoted_object", "start_time", "stop_time", "created_time", "updated_time"]),
        [RawObjectKind.AdSets] = ("adsets", "adset.id", ["id", "campaign_id"],
            ["id", "campaign", "campaign_id", "adset_schedule", "name", "status", "effective_status", "billing_event", "optimization_goal", "bid_amount", "budget_remaining", "daily_budget", "lifetime_budget", "start_time", "end_time", "created_time",
                "updated_time", "attribution_spec", "targeting"]),
        [RawObjectKind.Ads] = ("ads", "ad.id", ["id", "campaign_id", "adset_id"], ["id", "adset", "adset_id", "bid_amount", "campaign", "campaign_id", "updated_time", "created_time", "creative", "name", "status"]),
        [RawObjectKind.Creatives] = ("adcreatives", "id", ["id"],
            ["id", "name", "status", "title", "body", "object_story_spec", "object_type", "call_to_action_type", "image_hash", "image_url", "thumbnail_url", "video_id", "link_url", "effective_object_story_id"]),
    };

    private static readonly string[] Counts = ["daily_budget", "lifetime_budget", "budget_remaining", "bid_amount"];

    public Platform Platform => Platform.Meta;

    public IReadOnlyList<string> FieldsOf(RawObjectKind kind) => Kinds[kind].Fields;

    /// <summary>GET /act_…/campaigns, adsets, ads and adcreatives (AdAccount.json).</summary>
    public async Task<Result<RawObjects>> ReadRawObjectsAsync(PlatformAccess access, RawObjectQuery query, CancellationToken ct)
    {
        var (edge, own, always, fields) = Kinds[query.Kind];
        var asked = new List<(string, string)> { ("fields", string.Join(',', always.Concat(query.Fields.Count == 0 ? fields : query.Fields).Distinct())) };
        var filter = new JsonArray();
        foreach (var (field, ids) in new[] { (own, query.Ids), ("campaign.id", query.CampaignIds), ("adset.id", query.AdSetIds) })
            if (ids.Count > 0) filter.Add(new JsonObject { ["field"] = field, ["operator"] = "IN", ["value"] = new JsonArray([.. ids.Select(i => (JsonNode)i)]) });
        if (filter.Count > 0) asked.Add(("filtering", filter.ToJsonString()));

        var (found, after) = (new List<JsonObject>(), query.After);
        do
        {
            List<(string, string)> page = [.. asked, ("limit", Math.Min(APage, query.Limit - found.Count).ToString(CultureInfo.InvariantCulture))];
            if (after is not null) page.Add(("after", after));
            if (!(await api.GetAsync(access, $"{access.Account!.ExternalId}/{edge}", page, ct)).TryGet(out var body, out var refusal)) return Result<RawObjects>.Refused(refusal);
            found.AddRange((body["data"] as JsonArray ?? []).OfType<JsonObject>().Select(Shown));
            after = MetaApi.NextCursor(body);
        }
        while (after is not null && found.Count < query.Limit);
        return new RawObjects(found, after);
    }

    /// <summary>Meta writes amounts as texts.</summary>
    private static JsonObject Shown(JsonObject told) => new(told.Where(f => f.Key != "paging").Select(f =>
        KeyValuePair.Create(f.Key, Counts.Contains(f.Key) && long.TryParse(f.Value?.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) ? count : f.Value?.DeepClone())));
}
