using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>How campaigns stand on Meta, down to what review said about each ad.</summary>
internal sealed class MetaStructure(MetaApi api, TimeProvider time) : IReadsStructure
{
    private const int IdsACall = 50;

    public Platform Platform => Platform.Meta;

    public async Task<Result<IReadOnlyList<CampaignState>>> ReadCampaignsAsync(PlatformAccess access, IReadOnlyCollection<string> campaignIds, CancellationToken ct)
    {
        var states = new List<CampaignState>();
        foreach (var ids in campaignIds.Distinct().Chunk(IdsACall))
        {
            var wanted = ids.ToHashSet();
            var campaigns = await ListAsync(access, "campaigns", "id,name,status,effective_status,stop_time", "id", ids,
                """["ACTIVE","PAUSED","ARCHIVED","IN_PROCESS","WITH_ISSUES"]""", ct);
            if (!campaigns.TryGet(out var found, out var refusal)) return Result<IReadOnlyList<CampaignState>>.Refused(refusal);
            var sets = await ListAsync(access, "adsets", "id,name,campaign_id,effective_status,end_time", "campaign.id", ids, null, ct);
            if (!sets.TryGet(out var adSets, out refusal)) return Result<IReadOnlyList<CampaignState>>.Refused(refusal);
            var list = await ListAsync(access, "ads", "id,name,campaign_id,adset_id,effective_status,ad_review_feedback,issues_info", "campaign.id", ids, null, ct);
            if (!list.TryGet(out var ads, out refusal)) return Result<IReadOnlyList<CampaignState>>.Refused(refusal);

            states.AddRange(found.Where(c => wanted.Contains(c["id"]!.ToString()) && Status(c) != "DELETED").Select(c => State(c,
                [.. adSets.Where(s => s["campaign_id"]?.ToString() == c["id"]!.ToString())], [.. ads.Where(a => a["campaign_id"]?.ToString() == c["id"]!.ToString())])));
        }
        return states;
    }

    private Task<Result<IReadOnlyList<JsonObject>>> ListAsync(PlatformAccess access, string edge, string fields, string by, string[] ids, string? statuses, CancellationToken ct)
    {
        var filter = new JsonArray(new JsonObject { ["field"] = by, ["operator"] = "IN", ["value"] = new JsonArray([.. ids.Select(i => (JsonNode)i)]) });
        var query = new List<(string, string)> { ("fields", fields), ("filtering", filter.ToJsonString()), ("limit", "100") };
        if (statuses is not null) query.Add(("effective_status", statuses));
        return api.ListAsync(access, $"{access.Account!.ExternalId}/{edge}", query, ct);
    }

    private CampaignState State(JsonObject campaign, List<JsonObject> adSets, List<JsonObject> ads)
    {
        var sets = adSets.Where(s => Status(s) != "DELETED").Select(s => new AdSetState(s["id"]!.ToString(), s["name"]?.ToString() ?? "", Status(s),
            [.. ads.Where(a => a["adset_id"]?.ToString() == s["id"]!.ToString() && Status(a) != "DELETED").Select(Ad)])).ToList();
        return new(campaign["id"]!.ToString(), campaign["name"]?.ToString() ?? "", StatusOf(campaign, adSets, [.. sets.SelectMany(s => s.Ads)], time.GetUtcNow()), Status(campaign), sets);
    }

    /// <summary>What a campaign comes to, with the ends of its ad sets and the reviews of its ads taken in.</summary>
    public static PlatformStatus StatusOf(JsonObject campaign, IReadOnlyList<JsonObject> adSets, List<AdState> ads, DateTimeOffset now) =>
        Whole(Status(campaign), adSets.Count > 0 && adSets.All(s => Time(s["end_time"]) is { } end && end <= now) || Time(campaign["stop_time"]) <= now, ads);

    private static PlatformStatus Whole(string own, bool isOver, List<AdState> ads) => own switch
    {
        "DELETED" => PlatformStatus.Deleted,
        "ARCHIVED" => PlatformStatus.Completed,
        _ when isOver => PlatformStatus.Completed,
        "PAUSED" => PlatformStatus.Paused,
        _ when ads.Count > 0 && ads.All(a => a.Rejection is not null) => PlatformStatus.Rejected,
        _ when ads.Any(a => a.OwnStatus == "ACTIVE") => PlatformStatus.Active,
        _ when ads.Any(a => a.InReview) || own == "IN_PROCESS" => PlatformStatus.InReview,
        _ when ads.Count > 0 && ads.All(a => a.OwnStatus is "PAUSED" or "ADSET_PAUSED" or "CAMPAIGN_PAUSED") => PlatformStatus.Paused,
        _ => PlatformStatus.Active,
    };

    public static AdState Ad(JsonObject ad)
    {
        var status = Status(ad);
        return new(ad["id"]!.ToString(), ad["name"]?.ToString() ?? "", status, status is "PENDING_REVIEW" or "IN_PROCESS" or "PREAPPROVED", status == "DISAPPROVED" ? Words(ad) : null);
    }

    /// <summary>ad_review_feedback.global maps a rule's name to what it says.</summary>
    private static string Words(JsonObject ad)
    {
        if (ad["ad_review_feedback"]?["global"] is JsonObject { Count: > 0 } rules) return string.Join(" ", rules.Select(r => $"{r.Key}: {r.Value}"));
        return (ad["issues_info"] as JsonArray)?.OfType<JsonObject>().Select(i => i["error_message"]?.ToString() ?? i["error_summary"]?.ToString()).FirstOrDefault(w => w is not null) ?? "Meta rejected this ad without saying why.";
    }

    public static string Status(JsonObject o) => o["effective_status"]?.ToString() ?? o["status"]?.ToString() ?? "";

    public static DateTimeOffset? Time(JsonNode? value) => DateTimeOffset.TryParse(value?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
