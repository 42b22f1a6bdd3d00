using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Snapchat;

/// <summary>Everything that stands on a Snapchat account, from its own lists.</summary>
internal sealed class SnapchatImport(SnapchatApi api, TimeProvider time) : IImportsCampaigns
{
    public Platform Platform => Platform.Snapchat;

    public async IAsyncEnumerable<Result<ImportedCampaign>> ReadAllAsync(PlatformAccess access, [EnumeratorCancellation] CancellationToken ct)
    {
        var account = "adaccounts/" + access.Account!.ExternalId;
        if (!(await SnapchatTree.ReadAsync(api, access, null, ct)).TryGet(out var tree, out var refusal))
        {
            yield return Result<ImportedCampaign>.Refused(refusal);
            yield break;
        }
        if (tree.Campaigns.Count == 0) yield break;
        var creatives = await api.ListAsync(access, account + "/creatives", Noun.Creative, ct);
        var media = await api.ListAsync(access, account + "/media", Noun.Media, ct);
        if (!creatives.TryGet(out var shown, out refusal) || !media.TryGet(out var files, out refusal))
        {
            yield return Result<ImportedCampaign>.Refused(refusal);
            yield break;
        }
        var byId = shown.GroupBy(c => c["id"]!.ToString()).ToDictionary(g => g.Key, g => g.Last());
        var links = files.GroupBy(m => m["id"]!.ToString()).ToDictionary(g => g.Key, g => g.Last());
        foreach (var campaign in tree.Campaigns) yield return Of(campaign, tree, byId, links, access.Account!);
    }

    private ImportedCampaign Of(JsonObject campaign, SnapchatTree tree, Dictionary<string, JsonObject> creatives, Dictionary<string, JsonObject> media, AccountHandle account)
    {
        var squads = tree.AdSquads[campaign["id"]!.ToString()].ToList();
        var sets = squads.Select(s => new ImportedAdSet(s["id"]!.ToString(), SnapchatStructure.Name(s), SnapchatStructure.Own(s), [.. tree.Ads[s["id"]!.ToString()].Select(a =>
            new ImportedAd(a["id"]!.ToString(), SnapchatStructure.Name(a), SnapchatStructure.Own(a), SnapchatStructure.Rejection(a), creatives.GetValueOrDefault(a["creative_id"]?.ToString() ?? "") is { } c ? Creative(c, media) : null))])).ToList();
        var ads = squads.SelectMany(s => tree.Ads[s["id"]!.ToString()]).Select(a => new AdState(a["id"]!.ToString(), "", SnapchatStructure.Own(a), SnapchatStructure.InReview(a), SnapchatStructure.Rejection(a))).ToList();
        var (daily, lifetime) = (Sum(squads, "daily_budget_micro"), Sum(squads, "lifetime_budget_micro"));
        return new(campaign["id"]!.ToString(), SnapchatStructure.Name(campaign), SnapchatStructure.Whole(campaign, squads, ads, time.GetUtcNow()), SnapchatStructure.Own(campaign), sets)
        {
            Objective = ObjectiveOf(campaign, squads), Budget = (daily ?? lifetime) is { } micros ? new Money(micros, account.Currency) : null, BudgetType = daily is null && lifetime is not null ? BudgetType.Lifetime : BudgetType.Daily,
            Start = SnapchatStructure.Time(campaign["start_time"]), End = SnapchatStructure.Time(campaign["end_time"]) ?? squads.Select(s => SnapchatStructure.Time(s["end_time"])).Max(), CreatedAt = SnapchatStructure.Time(campaign["created_at"]),
            Audience = squads.Select(s => s["targeting"]).OfType<JsonObject>().FirstOrDefault() is { } targeting ? SnapchatTargeting.Read(targeting) : null,
            // Where there are several ad squads nobody can say which one is meant to get the money.
            Ids = squads is [var only] ? new Dictionary<string, string> { ["adset"] = only["id"]!.ToString() } : [],
        };
    }

    private static Objective? ObjectiveOf(JsonObject campaign, List<JsonObject> squads) => campaign["objective_v2_properties"]?["objective_v2_type"]?.ToString() switch
    {
        // One value stands for both of ours; what the ads are paid for tells them apart.
        "AWARENESS_AND_ENGAGEMENT" => squads.Any(s => s["optimization_goal"]?.ToString() != "IMPRESSIONS") ? Objective.Engagement : Objective.Awareness,
        { } wire => SnapchatCatalogue.Rules!.Objectives.FirstOrDefault(o => o.Wire == wire)?.Objective,
        null => null,
    };

    private static ImportedCreative Creative(JsonObject creative, Dictionary<string, JsonObject> media)
    {
        var file = media.GetValueOrDefault(creative["top_snap_media_id"]?.ToString() ?? "");
        var link = creative["web_view_properties"]?["url"]?.ToString() ?? "";
        var button = SnapchatCatalogue.Rules!.CallsToAction.FirstOrDefault(c => c.Wire == creative["call_to_action"]?.ToString())?.Name ?? creative["call_to_action"]?.ToString() ?? "";
        return new(creative["id"]!.ToString(), SnapchatStructure.Name(creative), file?["type"]?.ToString() == "VIDEO" ? CreativeType.Video : CreativeType.Image, "", creative["headline"]?.ToString() ?? "", "", button, link,
            file?["download_link"]?.ToString() is { Length: > 0 } address ? [address] : []);
    }

    private static long? Sum(List<JsonObject> squads, string field) => squads.Select(s => s[field]?.GetValue<long>()).OfType<long>().ToList() is { Count: > 0 } found ? found.Sum() : null;
}
