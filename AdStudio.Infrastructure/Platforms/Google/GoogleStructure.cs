using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Google;

/// <summary>How campaigns stand on Google, down to what review said about each ad.</summary>
internal sealed class GoogleStructure(GoogleApi api) : IReadsStructure
{
    public Platform Platform => Platform.Google;

    public async Task<Result<IReadOnlyList<CampaignState>>> ReadCampaignsAsync(PlatformAccess access, IReadOnlyCollection<string> campaignIds, CancellationToken ct)
    {
        var states = new List<CampaignState>();
        foreach (var ids in campaignIds.Where(id => id.All(char.IsDigit)).Distinct().Chunk(GoogleFromMemory.ValuesAList))
        {
            var which = $"campaign.id IN ({string.Join(", ", ids)})";
            var campaigns = await api.SearchAsync(access, GoogleApi.Customer(access), "SELECT campaign.id, campaign.name, campaign.status, campaign.primary_status, campaign.serving_status "
                + $"FROM campaign WHERE {which} AND campaign.status != 'REMOVED'", ct);
            if (!campaigns.TryGet(out var found, out var refusal)) return Result<IReadOnlyList<CampaignState>>.Refused(refusal);
            var groups = await api.SearchAsync(access, GoogleApi.Customer(access), $"SELECT campaign.id, ad_group.id, ad_group.name, ad_group.status FROM ad_group WHERE {which} AND ad_group.status != 'REMOVED'", ct);
            if (!groups.TryGet(out var adGroups, out refusal)) return Result<IReadOnlyList<CampaignState>>.Refused(refusal);
            var list = await api.SearchAsync(access, GoogleApi.Customer(access), "SELECT campaign.id, ad_group.id, ad_group_ad.ad.id, ad_group_ad.ad.url_custom_parameters, ad_group_ad.ad.responsive_display_ad.headlines, ad_group_ad.status, "
                + "ad_group_ad.policy_summary.approval_status, ad_group_ad.policy_summary.review_status, ad_group_ad.policy_summary.policy_topic_entries "
                + $"FROM ad_group_ad WHERE {which} AND ad_group_ad.status != 'REMOVED'", ct);
            if (!list.TryGet(out var ads, out refusal)) return Result<IReadOnlyList<CampaignState>>.Refused(refusal);

            foreach (var row in found.Where(r => r["campaign"]?["status"]?.ToString() != "REMOVED"))
            {
                var campaign = row["campaign"]!;
                var sets = adGroups.Where(g => Same(g, campaign)).Select(g => new AdSetState(g["adGroup"]!["id"]!.ToString(), g["adGroup"]!["name"]?.ToString() ?? "", g["adGroup"]!["status"]?.ToString() ?? "",
                    [.. ads.Where(a => a["adGroup"]?["id"]?.ToString() == g["adGroup"]!["id"]!.ToString()).Select(Ad)])).ToList();
                states.Add(new(campaign["id"]!.ToString(), campaign["name"]?.ToString() ?? "", Whole(campaign, [.. sets.SelectMany(s => s.Ads)]), OwnStatus(campaign), sets));
            }
        }
        return states;
    }

    private static bool Same(JsonObject row, JsonNode campaign) => row["campaign"]?["id"]?.ToString() == campaign["id"]!.ToString();

    public static string OwnStatus(JsonNode campaign) => campaign["primaryStatus"]?.ToString() ?? campaign["status"]?.ToString() ?? "";

    /// <summary>What a campaign comes to, with the reviews of its ads taken in.</summary>
    public static PlatformStatus Whole(JsonNode campaign, List<AdState> ads)
    {
        if (campaign["primaryStatus"]?.ToString() == "ENDED" || campaign["servingStatus"]?.ToString() == "ENDED") return PlatformStatus.Completed;
        if (campaign["status"]?.ToString() == "PAUSED") return PlatformStatus.Paused;
        if (ads.Count > 0 && ads.All(a => a.Rejection is not null)) return PlatformStatus.Rejected;
        return ads.Count > 0 && ads.All(a => a.InReview || a.Rejection is not null) ? PlatformStatus.InReview : PlatformStatus.Active;
    }

    public static AdState Ad(JsonObject row)
    {
        var ad = row["adGroupAd"]!;
        var policy = ad["policySummary"];
        var (approval, review) = (policy?["approvalStatus"]?.ToString(), policy?["reviewStatus"]?.ToString());
        var name = ad["ad"]?["name"]?.ToString() is { Length: > 0 } given ? given
            : ((ad["ad"]?["responsiveDisplayAd"] ?? ad["ad"]?["responsiveSearchAd"])?["headlines"] as JsonArray)?.FirstOrDefault()?["text"]?.ToString() ?? "Ad " + ad["ad"]?["id"];
        var own = approval is null or "UNKNOWN" or "UNSPECIFIED" || ad["status"]?.ToString() == "PAUSED" ? ad["status"]?.ToString() ?? "" : approval;
        return new(ad["ad"]!["id"]!.ToString(), name, own, review is "REVIEW_IN_PROGRESS" or "UNDER_APPEAL" && approval != "DISAPPROVED", approval == "DISAPPROVED" ? Words(policy) : null);
    }

    private static string Words(JsonNode? policy)
    {
        var topics = (policy?["policyTopicEntries"] as JsonArray)?.Select(t => t?["topic"]?.ToString()).Where(t => !string.IsNullOrEmpty(t)).ToList();
        return topics is { Count: > 0 } ? $"Disapproved: {string.Join(", ", topics)}." : "Google disapproved this ad without naming a policy.";
    }
}
