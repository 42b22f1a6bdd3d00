using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Pinterest;

/// <summary>How campaigns stand on Pinterest, down to what review said about each ad. Archived is as good as deleted: nothing brings it back.</summary>
internal sealed class PinterestStructure(PinterestApi api) : IReadsStructure
{
    private const int IdsACall = 100;

    /// <summary>The filter for what is neither archived nor a draft.</summary>
    public static readonly (string, string)[] Standing = [("entity_statuses", "ACTIVE"), ("entity_statuses", "PAUSED")];

    public Platform Platform => Platform.Pinterest;

    public async Task<Result<IReadOnlyList<CampaignState>>> ReadCampaignsAsync(PlatformAccess access, IReadOnlyCollection<string> campaignIds, CancellationToken ct)
    {
        var states = new List<CampaignState>();
        foreach (var ids in campaignIds.Distinct().Chunk(IdsACall))
        {
            var (campaigns, groups, ads) = (await ListAsync(access, "campaigns", ids, ct), await ListAsync(access, "ad_groups", ids, ct), await ListAsync(access, "ads", ids, ct));
            if ((campaigns.Refusal ?? groups.Refusal ?? ads.Refusal) is { } refusal) return Result<IReadOnlyList<CampaignState>>.Refused(refusal);
            states.AddRange(campaigns.Value.Select(c => State(c, groups.Value, ads.Value)));
        }
        return states;
    }

    /// <summary>Those of a kind that stand beneath the campaigns.</summary>
    public Task<Result<IReadOnlyList<JsonObject>>> ListAsync(PlatformAccess access, string list, IEnumerable<string> campaigns, CancellationToken ct) =>
        api.ListAsync(access, $"{PinterestApi.AccountOf(access)}/{list}", [.. campaigns.Select(id => ("campaign_ids", id)), .. Standing], ct);

    public static CampaignState State(JsonObject campaign, IReadOnlyList<JsonObject> groups, IReadOnlyList<JsonObject> ads)
    {
        var id = campaign["id"]!.ToString();
        var sets = groups.Where(g => g["campaign_id"]?.ToString() == id)
            .Select(g => new AdSetState(g["id"]!.ToString(), g["name"]?.ToString() ?? "", Status(g), [.. ads.Where(a => a["ad_group_id"]?.ToString() == g["id"]!.ToString()).Select(Ad)])).ToList();
        return new(id, campaign["name"]?.ToString() ?? "", Whole(Status(campaign), sets), Status(campaign), sets);
    }

    public static AdState Ad(JsonObject ad)
    {
        var review = ad["review_status"]?.ToString();
        return new(ad["id"]!.ToString(), ad["name"]?.ToString() ?? "", Status(ad), review == "PENDING", review == "REJECTED" ? Words(ad) : null);
    }

    private static PlatformStatus Whole(string own, List<AdSetState> sets)
    {
        var known = PinterestCatalogue.Rules.Statuses.FirstOrDefault(s => s.Wire == own)?.Status ?? PlatformStatus.Active;
        if (known != PlatformStatus.Active) return known;
        var ads = sets.SelectMany(s => s.Ads).ToList();
        if (ads.Count > 0 && ads.TrueForAll(a => a.Rejection is not null)) return PlatformStatus.Rejected;
        if (sets.Count > 0 && sets.TrueForAll(s => s.OwnStatus == "PAUSED")) return PlatformStatus.Paused;
        if (ads.Exists(a => a.OwnStatus == "APPROVED")) return PlatformStatus.Active;
        return ads.Exists(a => a.InReview) ? PlatformStatus.InReview : PlatformStatus.Active;
    }

    private static string Words(JsonObject ad)
    {
        var words = (ad["rejection_labels"] as JsonArray ?? []).Select(l => l?.ToString()).Where(l => !string.IsNullOrEmpty(l)).ToList();
        if (words.Count == 0) words = [.. (ad["rejected_reasons"] as JsonArray ?? []).Select(r => r?.ToString().Replace('_', ' ').ToLowerInvariant())];
        return words.Count > 0 ? string.Join(" ", words) : "Pinterest rejected this ad without saying why.";
    }

    public static string Status(JsonObject o) => o["summary_status"]?.ToString() ?? o["status"]?.ToString() ?? "";
}
