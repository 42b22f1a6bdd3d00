using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Snapchat;

/// <summary>How campaigns stand on Snapchat, down to what review said about each ad.</summary>
internal sealed class SnapchatStructure(SnapchatApi api, TimeProvider time) : IReadsStructure
{
    public Platform Platform => Platform.Snapchat;

    public async Task<Result<IReadOnlyList<CampaignState>>> ReadCampaignsAsync(PlatformAccess access, IReadOnlyCollection<string> campaignIds, CancellationToken ct)
    {
        if (!(await SnapchatTree.ReadAsync(api, access, campaignIds.ToHashSet(), ct)).TryGet(out var tree, out var refusal)) return Result<IReadOnlyList<CampaignState>>.Refused(refusal);
        return Result<IReadOnlyList<CampaignState>>.Of([.. tree.Campaigns.Select(c => State(c, tree))]);
    }

    private CampaignState State(JsonObject campaign, SnapchatTree tree)
    {
        var squads = tree.AdSquads[campaign["id"]!.ToString()].ToList();
        var sets = squads.Select(s => new AdSetState(s["id"]!.ToString(), Name(s), Own(s), [.. tree.Ads[s["id"]!.ToString()].Select(a => new AdState(a["id"]!.ToString(), Name(a), Own(a), InReview(a), Rejection(a)))])).ToList();
        return new(campaign["id"]!.ToString(), Name(campaign), Whole(campaign, squads, [.. sets.SelectMany(s => s.Ads)], time.GetUtcNow()), Own(campaign), sets);
    }

    /// <summary>What it all comes to.</summary>
    public static PlatformStatus Whole(JsonObject campaign, IReadOnlyList<JsonObject> squads, IReadOnlyList<AdState> ads, DateTimeOffset now)
    {
        var isOver = Time(campaign["end_time"]) <= now || squads.Count > 0 && squads.All(s => Time(s["end_time"]) <= now);
        if (isOver) return PlatformStatus.Completed;
        if (Own(campaign) == "PAUSED") return PlatformStatus.Paused;
        if (ads.Count > 0 && ads.All(a => a.Rejection is not null)) return PlatformStatus.Rejected;
        if (squads.Count > 0 && squads.All(s => Own(s) == "PAUSED") || ads.Count > 0 && ads.All(a => a.OwnStatus == "PAUSED")) return PlatformStatus.Paused;
        if (ads.Any(a => a is { OwnStatus: "ACTIVE", InReview: false, Rejection: null })) return PlatformStatus.Active;
        return ads.Any(a => a.InReview) ? PlatformStatus.InReview : PlatformStatus.Active;
    }

    public static string Name(JsonObject o) => o["name"]?.ToString() ?? "";
    public static string Own(JsonObject o) => o["status"]?.ToString() ?? "";
    public static bool InReview(JsonObject ad) => ad["review_status"]?.ToString() == "PENDING";

    /// <summary>Snapchat's reasons, when it rejected the ad.</summary>
    public static string? Rejection(JsonObject ad)
    {
        if (ad["review_status"]?.ToString() != "REJECTED") return null;
        var reasons = (ad["review_status_reasons"] as JsonArray ?? []).Select(r => r?.ToString()).Where(r => !string.IsNullOrEmpty(r)).ToList();
        return reasons.Count > 0 ? string.Join(" ", reasons) : "Snapchat rejected this ad without saying why.";
    }

    public static DateTimeOffset? Time(JsonNode? value) => DateTimeOffset.TryParse(value?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}

/// <summary>The account's campaigns, or some of them, with their ad squads by campaign and their ads by ad squad. Read from the account's own lists, which cost fewer calls than asking for each.</summary>
internal sealed record SnapchatTree(IReadOnlyList<JsonObject> Campaigns, ILookup<string, JsonObject> AdSquads, ILookup<string, JsonObject> Ads)
{
    /// <param name="only">Null for all.</param>
    public static async Task<Result<SnapchatTree>> ReadAsync(SnapchatApi api, PlatformAccess access, IReadOnlySet<string>? only, CancellationToken ct)
    {
        var account = "adaccounts/" + access.Account!.ExternalId;
        if (!(await api.ListAsync(access, $"{account}/campaigns", Noun.Campaign, ct)).TryGet(out var campaigns, out var refusal)) return Result<SnapchatTree>.Refused(refusal);
        campaigns = [.. Last(campaigns).Where(c => only?.Contains(c["id"]!.ToString()) != false)];
        if (campaigns.Count == 0) return new SnapchatTree([], NoChildren, NoChildren);
        if (!(await api.ListAsync(access, $"{account}/adsquads", Noun.AdSquad, ct)).TryGet(out var squads, out refusal)) return Result<SnapchatTree>.Refused(refusal);
        if (!(await api.ListAsync(access, $"{account}/ads", Noun.Ad, ct)).TryGet(out var ads, out refusal)) return Result<SnapchatTree>.Refused(refusal);
        return new SnapchatTree(campaigns, Last(squads).ToLookup(s => s["campaign_id"]?.ToString() ?? ""), Last(ads).ToLookup(a => a["ad_squad_id"]?.ToString() ?? ""));
    }

    private static ILookup<string, JsonObject> NoChildren => Array.Empty<JsonObject>().ToLookup(_ => "");

    /// <summary>A list that changes while it is read may show one object on two pages.</summary>
    private static IEnumerable<JsonObject> Last(IReadOnlyList<JsonObject> entities) => entities.GroupBy(e => e["id"]!.ToString()).Select(g => g.Last()).Where(e => e["deleted"]?.ToString() != "true");
}
