using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.TikTok;

/// <summary>How campaigns stand on TikTok, down to what review said about each ad.</summary>
internal sealed class TikTokStructure(TikTokApi api) : IReadsStructure
{
    /// <summary>Of one filter, and of one question for reviews.</summary>
    private const int IdsACall = 100, ReviewsACall = 20;

    public Platform Platform => Platform.TikTok;

    public async Task<Result<IReadOnlyList<CampaignState>>> ReadCampaignsAsync(PlatformAccess access, IReadOnlyCollection<string> campaignIds, CancellationToken ct)
    {
        var states = new List<CampaignState>();
        foreach (var ids in campaignIds.Distinct().Chunk(IdsACall))
        {
            if (!(await TikTokTree.ReadAsync(api, access, ids, ["campaign_id", "campaign_name", "operation_status", "secondary_status"],
                ["adgroup_id", "adgroup_name", "campaign_id", "operation_status", "secondary_status"], ["ad_id", "ad_name", "adgroup_id", "campaign_id", "operation_status", "secondary_status"], ct)).TryGet(out var tree, out var refusal)
                || !(await RejectionsAsync(access, tree.Ads, ct)).TryGet(out var rejections, out refusal)) return Result<IReadOnlyList<CampaignState>>.Refused(refusal);
            states.AddRange(tree.Campaigns.Select(campaign =>
            {
                var sets = tree.GroupsOf(campaign).Select(g => new AdSetState(g["adgroup_id"]!.ToString(), g["adgroup_name"]?.ToString() ?? "", TikTokTree.Status(g), [.. tree.AdsOf(g).Select(a => Ad(a, rejections))])).ToList();
                return new CampaignState(campaign["campaign_id"]!.ToString(), campaign["campaign_name"]?.ToString() ?? "", TikTokTree.Whole(TikTokTree.Status(campaign), sets), TikTokTree.Status(campaign), sets);
            }));
        }
        return states;
    }

    private static AdState Ad(JsonObject ad, Dictionary<string, string> rejections)
    {
        var (id, status) = (ad["ad_id"]!.ToString(), TikTokTree.Status(ad));
        return new(id, ad["ad_name"]?.ToString() ?? "", status, TikTokTree.IsInReview(status), TikTokTree.IsRejected(status) ? rejections.GetValueOrDefault(id) ?? "TikTok rejected this ad without saying why." : null);
    }

    /// <summary>What review said about the ads that it refused, by the ad's id.</summary>
    private async Task<Result<Dictionary<string, string>>> RejectionsAsync(PlatformAccess access, IReadOnlyList<JsonObject> ads, CancellationToken ct)
    {
        var words = new Dictionary<string, string>();
        foreach (var ids in ads.Where(a => TikTokTree.IsRejected(TikTokTree.Status(a))).Select(a => a["ad_id"]!.ToString()).Chunk(ReviewsACall))
        {
            // The words are a kindness: where TikTok doesn't give them, the rejection itself still counts.
            var answer = await api.GetAsync(access, TikTokFromMemory.ReviewInfo, new() { ["advertiser_id"] = TikTokApi.AccountOf(access), ["ad_ids"] = TikTokApi.Texts(ids) }, ct);
            if (answer.Refusal is PlatformFailure { Kind: PlatformFailureKind.MissingPermission or PlatformFailureKind.NotFound or PlatformFailureKind.InvalidRequest }) continue;
            if (!answer.TryGet(out var data, out var refusal)) return Result<Dictionary<string, string>>.Refused(refusal);
            foreach (var (id, review) in data[TikTokFromMemory.ReviewMap] as JsonObject ?? [])
            {
                var said = (review?["reject_info"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(Words).Where(w => w.Length > 0).Distinct();
                if (string.Join(" ", said) is { Length: > 0 } text) words[id] = text;
            }
        }
        return words;
    }

    private static IEnumerable<string> Words(JsonObject info) => [.. (info["reasons"] as JsonArray ?? []).Select(r => r?.ToString() ?? ""), info["suggestion"]?.ToString() ?? ""];
}

/// <summary>Campaigns with what lies beneath them, as TikTok lists them.</summary>
internal sealed record TikTokTree(IReadOnlyList<JsonObject> Campaigns, IReadOnlyList<JsonObject> Groups, IReadOnlyList<JsonObject> Ads)
{
    /// <param name="ids">At most 100; null reads all of the account that is not deleted.</param>
    public static async Task<Result<TikTokTree>> ReadAsync(TikTokApi api, PlatformAccess access, string[]? ids, string[] campaignFields, string[] groupFields, string[] adFields, CancellationToken ct)
    {
        var lists = new List<IReadOnlyList<JsonObject>>();
        foreach (var (level, fields) in new[] { ("campaign", campaignFields), ("adgroup", groupFields), ("ad", adFields) })
        {
            var query = new JsonObject { ["advertiser_id"] = TikTokApi.AccountOf(access), ["fields"] = TikTokApi.Texts(fields) };
            if (ids is not null) query["filtering"] = new JsonObject { ["campaign_ids"] = TikTokApi.Texts(ids) };
            if (!(await api.ListAsync(access, level + "/get/", query, ct)).TryGet(out var rows, out var refusal)) return Result<TikTokTree>.Refused(refusal);
            lists.Add([.. rows.Where(r => !Status(r).EndsWith("_STATUS_DELETE", StringComparison.Ordinal))]);
        }
        return new TikTokTree(lists[0], lists[1], lists[2]);
    }

    public IEnumerable<JsonObject> GroupsOf(JsonObject campaign) => Groups.Where(g => g["campaign_id"]?.ToString() == campaign["campaign_id"]!.ToString());

    public IEnumerable<JsonObject> AdsOf(JsonObject group) => Ads.Where(a => a["adgroup_id"]?.ToString() == group["adgroup_id"]!.ToString());

    /// <summary>TikTok's own word, which takes in those above and the review.</summary>
    public static string Status(JsonObject row) => row["secondary_status"]?.ToString() ?? row["operation_status"]?.ToString() ?? "";

    public static bool IsInReview(string status) => status is "AD_STATUS_AUDIT" or "AD_STATUS_REAUDIT" or "AD_STATUS_ADVERTISER_AUDIT";

    public static bool IsRejected(string status) => status is "AD_STATUS_AUDIT_DENY" or "AD_STATUS_ADGROUP_AUDIT_DENY" or "AD_STATUS_ADVERTISER_AUDIT_DENY";

    public static PlatformStatus Whole(string own, IReadOnlyList<AdSetState> sets)
    {
        var ads = sets.SelectMany(s => s.Ads).ToList();
        if (sets.Count > 0 && sets.All(s => s.OwnStatus == "ADGROUP_STATUS_TIME_DONE") || ads.Count > 0 && ads.All(a => a.OwnStatus == "AD_STATUS_DONE")) return PlatformStatus.Completed;
        var known = TikTokCatalogue.Rules.Statuses.FirstOrDefault(s => s.Wire == own)?.Status;
        if (known is not (null or PlatformStatus.Active)) return known.Value;
        if (ads.Count > 0 && ads.All(a => a.Rejection is not null)) return PlatformStatus.Rejected;
        if (ads.Any(a => a.OwnStatus is "AD_STATUS_DELIVERY_OK" or "AD_STATUS_PARTIAL_AUDIT_DELIVERY_OK" or "AD_STATUS_NOT_START" or "AD_STATUS_BUDGET_EXCEED")) return PlatformStatus.Active;
        if (ads.Any(a => a.InReview)) return PlatformStatus.InReview;
        return ads.Count > 0 && ads.All(a => a.OwnStatus is "AD_STATUS_DISABLE" or "AD_STATUS_ADGROUP_DISABLE" or "AD_STATUS_CAMPAIGN_DISABLE") ? PlatformStatus.Paused : PlatformStatus.Active;
    }
}
