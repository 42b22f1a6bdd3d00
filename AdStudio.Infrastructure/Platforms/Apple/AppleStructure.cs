using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Apple;

/// <summary>Campaigns as they stand on Apple, with their ad groups and ads: those that were launched, or all of an organization.</summary>
internal sealed class AppleStructure(AppleApi api) : IReadsStructure, IImportsCampaigns
{
    private const int IdsACall = 100;

    public Platform Platform => Platform.Apple;

    public async Task<Result<IReadOnlyList<CampaignState>>> ReadCampaignsAsync(PlatformAccess access, IReadOnlyCollection<string> campaignIds, CancellationToken ct)
    {
        var states = new List<CampaignState>();
        foreach (var ids in campaignIds.Where(id => id.All(char.IsDigit)).Distinct().Chunk(IdsACall))
        {
            if (!(await api.FindAsync(access, "campaigns/find", [AppleApi.In("id", ids)], ct)).TryGet(out var campaigns, out var refusal)) return Result<IReadOnlyList<CampaignState>>.Refused(refusal);
            if (!(await BeneathAsync(access, [.. campaigns.Where(IsThere)], ct)).TryGet(out var all, out refusal)) return Result<IReadOnlyList<CampaignState>>.Refused(refusal);
            states.AddRange(all.Select(c => new CampaignState(c.Id, c.Name, c.Status, c.OwnStatus, [.. c.Groups.Select(g => new AdSetState(g.Id, g.Name, g.OwnStatus, g.Ads))])));
        }
        return states;
    }

    public async IAsyncEnumerable<Result<ImportedCampaign>> ReadAllAsync(PlatformAccess access, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        if (!(await api.ListAsync(access, "campaigns", null, ct)).TryGet(out var list, out var refusal))
        {
            yield return Result<ImportedCampaign>.Refused(refusal);
            yield break;
        }
        foreach (var some in list.Where(IsThere).Chunk(IdsACall))
        {
            if (!(await BeneathAsync(access, some, ct)).TryGet(out var all, out refusal))
            {
                yield return Result<ImportedCampaign>.Refused(refusal);
                yield break;
            }
            foreach (var campaign in all) yield return Imported(campaign);
        }
    }

    private static bool IsThere(JsonObject item) => item["deleted"]?.GetValue<bool>() != true && item["displayStatus"]?.ToString() != "DELETED";

    private sealed record Group(string Id, string Name, string OwnStatus, JsonObject Body, IReadOnlyList<AdState> Ads);

    private sealed record Whole(JsonObject Body, IReadOnlyList<Group> Groups)
    {
        public string Id => Body["id"]!.ToString();
        public string Name => Body["name"]?.ToString() ?? "";
        private bool IsUnpaid => Reasons(Body).Contains(AppleFromMemory.NoPayment);
        public string OwnStatus => IsUnpaid ? AppleFromMemory.NoPayment : Body["displayStatus"]?.ToString() ?? Body["status"]?.ToString() ?? "";

        public PlatformStatus Status
        {
            get
            {
                if (Body["status"]?.ToString() == "PAUSED") return PlatformStatus.Paused;
                if (Groups.Count > 0 && Groups.All(g => Reasons(g.Body).Intersect(AppleFromMemory.Ended).Any()) || Reasons(Body).Intersect(AppleFromMemory.Ended).Any()) return PlatformStatus.Completed;
                if (IsUnpaid) return PlatformStatus.Failed;
                var ads = Groups.SelectMany(g => g.Ads).ToList();
                if (ads.Count > 0 && ads.TrueForAll(a => a.Rejection is not null)) return PlatformStatus.Rejected;
                return ads.Count > 0 && ads.TrueForAll(a => a.InReview || a.Rejection is not null) ? PlatformStatus.InReview : PlatformStatus.Active;
            }
        }
    }

    private async Task<Result<IReadOnlyList<Whole>>> BeneathAsync(PlatformAccess access, IReadOnlyList<JsonObject> campaigns, CancellationToken ct)
    {
        if (campaigns.Count == 0) return Result<IReadOnlyList<Whole>>.Of([]);
        if (!(await api.FindAsync(access, "adgroups/find", [AppleApi.In("campaignId", campaigns.Select(c => c["id"]!.ToString()))], ct)).TryGet(out var found, out var refusal)) return Result<IReadOnlyList<Whole>>.Refused(refusal);
        var groups = found.Where(IsThere).ToList();
        var ads = new List<JsonObject>();
        foreach (var some in groups.Select(g => g["id"]!.ToString()).Chunk(IdsACall))
        {
            if (!(await api.FindAsync(access, "ads/find", [AppleApi.In("adGroupId", some)], ct)).TryGet(out var got, out refusal)) return Result<IReadOnlyList<Whole>>.Refused(refusal);
            ads.AddRange(got.Where(IsThere));
        }
        return Result<IReadOnlyList<Whole>>.Of([.. campaigns.Select(c => new Whole(c, [.. groups.Where(g => g["campaignId"]?.ToString() == c["id"]!.ToString())
            .Select(g => new Group(g["id"]!.ToString(), g["name"]?.ToString() ?? "", g["displayStatus"]?.ToString() ?? "", g, [.. ads.Where(a => a["adGroupId"]?.ToString() == g["id"]!.ToString()).Select(Ad)]))]))]);
    }

    private static AdState Ad(JsonObject ad)
    {
        var reasons = Reasons(ad);
        var own = reasons.Find(r => r is AppleFromMemory.InReview or AppleFromMemory.Rejected) ?? ad["status"]?.ToString() ?? "";
        return new(ad["id"]!.ToString(), ad["name"]?.ToString() ?? "", own, reasons.Contains(AppleFromMemory.InReview),
            reasons.Contains(AppleFromMemory.Rejected) ? "Apple rejected this ad. App Store Connect says why beside the product page." : null);
    }

    private static List<string> Reasons(JsonNode item) => [.. (item["servingStateReasons"] as JsonArray ?? []).Select(r => r!.ToString())];

    private static ImportedCampaign Imported(Whole campaign) => new(campaign.Id, campaign.Name, campaign.Status, campaign.OwnStatus,
        [.. campaign.Groups.Select(g => new ImportedAdSet(g.Id, g.Name, g.OwnStatus, [.. g.Ads.Select(a => new ImportedAd(a.ExternalId, a.Name, a.OwnStatus, a.Rejection, null))]))])
    {
        Objective = campaign.Body["adChannelType"]?.ToString() switch { "SEARCH" => Objective.AppInstalls, "DISPLAY" => Objective.Awareness, _ => null },
        Budget = AppleMoney.Read(campaign.Body["dailyBudgetAmount"]), BudgetType = BudgetType.Daily,
        Start = campaign.Groups.Select(g => AppleMoney.Time(g.Body["startTime"])).Min() ?? AppleMoney.Time(campaign.Body["startTime"]),
        End = campaign.Groups.Count > 0 && campaign.Groups.All(g => g.Body["endTime"] is not null) ? campaign.Groups.Max(g => AppleMoney.Time(g.Body["endTime"])) : AppleMoney.Time(campaign.Body["endTime"]),
        CreatedAt = AppleMoney.Time(campaign.Body["creationTime"]), Audience = AppleTargeting.Read(campaign.Body, campaign.Groups.Count > 0 ? campaign.Groups[0].Body["targetingDimensions"] : null),
    };
}
