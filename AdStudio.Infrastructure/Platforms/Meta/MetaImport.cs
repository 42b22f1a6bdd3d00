using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>Reads everything on an ad account: each page of campaigns comes with its ad sets, ads and creatives inside it, and what does not fit there is read on.</summary>
internal sealed class MetaImport(MetaApi api, TimeProvider time) : IImportsCampaigns
{
    private const string AdFields = "id,name,effective_status,ad_review_feedback,issues_info,creative{id,name,body,title,call_to_action_type,link_url,image_url,image_hash,thumbnail_url,video_id,object_type,object_story_spec}";
    private const string AdSetFields = "id,name,effective_status,daily_budget,lifetime_budget,start_time,end_time,targeting,ads.limit(25){" + AdFields + "}";
    private const string CampaignFields = "id,name,objective,effective_status,daily_budget,lifetime_budget,start_time,stop_time,created_time,adsets.limit(10){" + AdSetFields + "}";

    private static readonly int[] Limits = [25, 10, 3, 1];

    public Platform Platform => Platform.Meta;

    public async IAsyncEnumerable<Result<ImportedCampaign>> ReadAllAsync(PlatformAccess access, [EnumeratorCancellation] CancellationToken ct)
    {
        var (after, size) = ((string?)null, 0);
        while (true)
        {
            var answer = await PageAsync(access, after, Limits[size], ct);
            if (!answer.TryGet(out var page, out var refusal))
            {
                // So much within each campaign that fewer of them have to be asked for.
                if (refusal is PlatformFailure { Kind: PlatformFailureKind.TooMuchData } && ++size < Limits.Length) continue;
                yield return Result<ImportedCampaign>.Refused(refusal);
                yield break;
            }
            var read = await CampaignsAsync(access, page, ct);
            if (!read.TryGet(out var campaigns, out refusal))
            {
                yield return Result<ImportedCampaign>.Refused(refusal);
                yield break;
            }
            foreach (var campaign in campaigns) yield return campaign;
            after = MetaApi.NextCursor(page);
            if (after is null) yield break;
        }
    }

    private Task<Result<JsonNode>> PageAsync(PlatformAccess access, string? after, int limit, CancellationToken ct)
    {
        List<(string, string)> query =
        [
            ("fields", CampaignFields), ("effective_status", """["ACTIVE","PAUSED","ARCHIVED","IN_PROCESS","WITH_ISSUES"]"""), ("limit", limit.ToString(CultureInfo.InvariantCulture)),
        ];
        if (after is not null) query.Add(("after", after));
        return api.GetAsync(access, $"{access.Account!.ExternalId}/campaigns", query, ct);
    }

    private async Task<Result<IReadOnlyList<ImportedCampaign>>> CampaignsAsync(PlatformAccess access, JsonNode page, CancellationToken ct)
    {
        var whole = new List<(JsonObject Campaign, List<(JsonObject Set, List<JsonObject> Ads)> Sets)>();
        foreach (var campaign in (page["data"] as JsonArray ?? []).OfType<JsonObject>().Where(c => MetaStructure.Status(c) != "DELETED"))
        {
            var list = await api.RestAsync(access, campaign["adsets"], $"{campaign["id"]}/adsets", [("fields", AdSetFields), ("limit", "10")], ct);
            if (!list.TryGet(out var adSets, out var refusal)) return Result<IReadOnlyList<ImportedCampaign>>.Refused(refusal);
            var sets = new List<(JsonObject, List<JsonObject>)>();
            foreach (var set in adSets.Where(s => MetaStructure.Status(s) != "DELETED"))
            {
                var below = await api.RestAsync(access, set["ads"], $"{set["id"]}/ads", [("fields", AdFields), ("limit", "25")], ct);
                if (!below.TryGet(out var ads, out refusal)) return Result<IReadOnlyList<ImportedCampaign>>.Refused(refusal);
                sets.Add((set, [.. ads.Where(a => MetaStructure.Status(a) != "DELETED")]));
            }
            whole.Add((campaign, sets));
        }
        var creatives = whole.SelectMany(c => c.Sets).SelectMany(s => s.Ads).Select(a => a["creative"]).OfType<JsonObject>().ToList();
        if (!(await MediaAsync(access, creatives, ct)).TryGet(out var media, out var unread)) return Result<IReadOnlyList<ImportedCampaign>>.Refused(unread);
        return Result<IReadOnlyList<ImportedCampaign>>.Of([.. whole.Select(c => MetaImported.Campaign(c.Campaign, c.Sets, access.Account!, media, time.GetUtcNow()))]);
    }

    /// <summary>Public addresses, by the hashes of images and the ids of videos.</summary>
    private async Task<Result<Dictionary<string, string>>> MediaAsync(PlatformAccess access, List<JsonObject> creatives, CancellationToken ct)
    {
        var found = new Dictionary<string, string>();
        foreach (var hashes in creatives.SelectMany(MetaImported.Hashes).Distinct().Chunk(50))
        {
            var list = await api.ListAsync(access, $"{access.Account!.ExternalId}/adimages", [("fields", "hash,permalink_url,url"), ("hashes", new JsonArray([.. hashes.Select(h => (JsonNode)h)]).ToJsonString()), ("limit", "50")], ct);
            if (!list.TryGet(out var images, out var refusal)) return Result<Dictionary<string, string>>.Refused(refusal);
            foreach (var image in images) found[image["hash"]!.ToString()] = (image["permalink_url"] ?? image["url"])?.ToString() ?? "";
        }
        foreach (var ids in creatives.Select(c => c["video_id"]?.ToString()).OfType<string>().Distinct().Chunk(50))
        {
            var answer = await api.GetAsync(access, "", [("ids", string.Join(',', ids)), ("fields", "source,picture")], ct);
            // A video of somebody else's may be shown in an ad and still not be read.
            if (!answer.TryGet(out var videos, out var refusal))
                if (refusal is PlatformFailure { Kind: PlatformFailureKind.NotFound or PlatformFailureKind.MissingPermission }) continue;
                else return Result<Dictionary<string, string>>.Refused(refusal);
            foreach (var (id, video) in videos.AsObject()) found[id] = (video?["source"] ?? video?["picture"])?.ToString() ?? "";
        }
        return found;
    }
}
