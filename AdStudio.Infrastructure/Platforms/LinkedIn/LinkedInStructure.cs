using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.LinkedIn;

/// <summary>How campaign groups stand on LinkedIn, down to what review said about each ad.</summary>
internal sealed class LinkedInStructure(LinkedInApi api, TimeProvider time) : IReadsStructure
{
    private const int IdsACall = 20;

    public Platform Platform => Platform.LinkedIn;

    public async Task<Result<IReadOnlyList<CampaignState>>> ReadCampaignsAsync(PlatformAccess access, IReadOnlyCollection<string> campaignIds, CancellationToken ct)
    {
        var states = new List<CampaignState>();
        foreach (var ids in campaignIds.Distinct().Chunk(IdsACall))
        {
            var tree = await LinkedInTree.ReadAsync(api, access, $"(id:(values:{Restli.List(ids.Select(Restli.Group))}))", ct);
            if (!tree.TryGet(out var groups, out var refusal)) return Result<IReadOnlyList<CampaignState>>.Refused(refusal);
            states.AddRange(groups.Where(g => !LinkedInTree.IsGone(g.Body)).Select(State));
        }
        return states;
    }

    private CampaignState State(LinkedInGroup group)
    {
        var sets = group.Campaigns.Where(c => !LinkedInTree.IsGone(c.Body)).Select(c => new AdSetState(LinkedInTree.Id(c.Body), LinkedInTree.Name(c.Body), LinkedInTree.Status(c.Body),
            [.. c.Creatives.Where(a => !LinkedInTree.IsGone(a)).Select(LinkedInTree.Ad)])).ToList();
        return new(LinkedInTree.Id(group.Body), LinkedInTree.Name(group.Body), LinkedInTree.Whole(group, sets, time.GetUtcNow()), LinkedInTree.IsHeld(group.Body) ? LinkedInTree.Hold : LinkedInTree.Status(group.Body), sets);
    }
}

/// <summary>A campaign group as LinkedIn gives it, with all beneath it.</summary>
internal sealed record LinkedInGroup(JsonObject Body, IReadOnlyList<LinkedInCampaign> Campaigns);

internal sealed record LinkedInCampaign(JsonObject Body, IReadOnlyList<JsonObject> Creatives);

internal static class LinkedInTree
{
    private const int IdsACall = 20;

    /// <param name="search">Which groups, as the finder wants it.</param>
    public static async Task<Result<IReadOnlyList<LinkedInGroup>>> ReadAsync(LinkedInApi api, PlatformAccess access, string search, CancellationToken ct)
    {
        var account = LinkedInApi.AccountPath(access);
        if (!(await api.SearchAsync(access, account + "/adCampaignGroups", [("q", "search"), ("search", search)], ct)).TryGet(out var groups, out var refusal)) return Result<IReadOnlyList<LinkedInGroup>>.Refused(refusal);
        var (campaigns, creatives) = (new List<JsonObject>(), new List<JsonObject>());
        foreach (var some in groups.Select(g => Restli.Group(Id(g))).Chunk(IdsACall))
        {
            var found = await api.SearchAsync(access, account + "/adCampaigns", [("q", "search"), ("search", $"(campaignGroup:(values:{Restli.List(some)}))")], ct);
            if (!found.TryGet(out var rows, out refusal)) return Result<IReadOnlyList<LinkedInGroup>>.Refused(refusal);
            campaigns.AddRange(rows);
        }
        foreach (var some in campaigns.Select(c => Restli.Campaign(Id(c))).Chunk(IdsACall))
        {
            var found = await api.SearchAsync(access, account + "/creatives", [("q", "criteria"), ("campaigns", Restli.List(some))], ct, isFinder: true);
            if (!found.TryGet(out var rows, out refusal)) return Result<IReadOnlyList<LinkedInGroup>>.Refused(refusal);
            creatives.AddRange(rows);
        }
        var (byGroup, byCampaign) = (campaigns.ToLookup(c => Restli.IdOf(c["campaignGroup"]?.ToString() ?? "")), creatives.ToLookup(c => Restli.IdOf(c["campaign"]?.ToString() ?? "")));
        return Result<IReadOnlyList<LinkedInGroup>>.Of([.. groups.Select(g => new LinkedInGroup(g, [.. byGroup[Id(g)].Select(c => new LinkedInCampaign(c, [.. byCampaign[Id(c)]]))]))]);
    }

    public static string Id(JsonObject o) => Restli.IdOf(o["id"]!.ToString());
    public static string Name(JsonObject o) => o["name"]?.ToString() ?? "";
    public static string Status(JsonObject o) => (o["status"] ?? o["intendedStatus"])?.ToString() ?? "";
    /// <summary>On by itself, but the account owes, or is restricted: nothing in it runs.</summary>
    public const string Hold = "ACCOUNT_SERVING_HOLD";
    public static bool IsHeld(JsonObject group) => Status(group) == "ACTIVE" && (group["servingStatuses"] as JsonArray ?? []).Any(s => s?.ToString() == Hold);
    public static bool IsGone(JsonObject o) => Status(o) is "PENDING_DELETION" or "REMOVED";

    public static AdState Ad(JsonObject creative)
    {
        var review = creative["review"]?["status"]?.ToString();
        var own = Status(creative);
        return new(Id(creative), Name(creative), review is not null && own == "ACTIVE" && review != "APPROVED" ? review : own, own == "ACTIVE" && review is "PENDING" or "NEEDS_REVIEW", Rejection(creative));
    }

    /// <summary>LinkedIn's reasons are words in capitals.</summary>
    public static string? Rejection(JsonObject creative) => creative["review"]?["status"]?.ToString() != "REJECTED" ? null
        : (creative["review"]?["rejectionReasons"] as JsonArray ?? []).Select(r => r?.ToString()).Where(r => !string.IsNullOrEmpty(r)).ToList() is { Count: > 0 } reasons
            ? string.Join(", ", reasons.Select(r => r!.Replace('_', ' ').ToLowerInvariant())) is var words ? char.ToUpperInvariant(words[0]) + words[1..] + "." : null
            : "LinkedIn rejected this ad without saying why.";

    public static PlatformStatus Whole(LinkedInGroup group, IReadOnlyList<AdSetState> sets, DateTimeOffset now)
    {
        var ads = sets.SelectMany(s => s.Ads).ToList();
        var isOver = End(group.Body) <= now || group.Campaigns.Count > 0 && group.Campaigns.All(c => End(c.Body) <= now || Status(c.Body) == "COMPLETED");
        return Status(group.Body) switch
        {
            "PENDING_DELETION" or "REMOVED" => PlatformStatus.Deleted,
            "ARCHIVED" or "CANCELED" or "CANCELLED" or "COMPLETED" => PlatformStatus.Completed,
            _ when isOver => PlatformStatus.Completed,
            "PAUSED" or "DRAFT" => PlatformStatus.Paused,
            _ when IsHeld(group.Body) => PlatformStatus.Failed,
            _ when ads.Count > 0 && ads.All(a => a.Rejection is not null) => PlatformStatus.Rejected,
            _ when sets.Count > 0 && sets.All(s => s.OwnStatus is "PAUSED" or "DRAFT") => PlatformStatus.Paused,
            _ when ads.Any(a => a is { OwnStatus: "ACTIVE", InReview: false }) => PlatformStatus.Active,
            _ when ads.Any(a => a.InReview) => PlatformStatus.InReview,
            _ when ads.Count > 0 && ads.All(a => a.OwnStatus is "PAUSED" or "DRAFT") => PlatformStatus.Paused,
            _ => PlatformStatus.Active,
        };
    }

    public static DateTimeOffset? End(JsonObject o) => Instant(o["runSchedule"]?["end"]);

    public static DateTimeOffset? Instant(JsonNode? milliseconds) => long.TryParse(milliseconds?.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var at) ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
