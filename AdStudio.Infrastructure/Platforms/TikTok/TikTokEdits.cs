using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.TikTok;

/// <summary>Changes what runs. Campaign and ad group are changed in place; an ad whose creative differs is made anew, since TikTok does not change the format or the files of one that stands.</summary>
internal sealed class TikTokEdits : IEditsCampaigns
{
    public Platform Platform => Platform.TikTok;

    public LaunchPlan PlanEdit(LaunchedObjects launched, LaunchBrief before, LaunchBrief after)
    {
        List<PlannedStep> steps = [];
        List<PlanNote> notes = [];
        var (account, suffix) = (launched.Account.ExternalId, "@" + after.Marker);

        // The name goes on carrying the launch's own marker: by it the campaign is known.
        var name = launched.Marker.Length == 0 ? TikTokText.Plain(after.Name) : TikTokPlan.Named(after.Name, launched.Marker);
        var group = new JsonObject();
        if (before.Name != after.Name && launched.Ids.TryGetValue("campaign", out var campaign))
        {
            group["adgroup_name"] = name;
            steps.Add(new("change:campaign" + suffix, StepKind.Change, $"Rename the campaign to “{after.Name}”", after.Marker, new JsonObject { ["advertiser_id"] = account, ["campaign_id"] = campaign, ["campaign_name"] = name }));
        }
        foreach (var (field, value) in Targeting(before, after, suffix, steps, notes).Concat(Dates(before, after, notes))) group[field] = value?.DeepClone();
        if (!launched.Ids.TryGetValue("adset", out var adGroup)) return new(steps, notes);

        if (group.Count > 0)
            steps.Add(new("change:adset" + suffix, StepKind.Change, "Change the ad group", after.Marker, new JsonObject([new("advertiser_id", account), new("adgroup_id", adGroup), .. group.Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))])));
        Creatives(launched, before, after, adGroup, suffix, steps, notes);
        return new(steps, notes);
    }

    /// <summary>Only what differs; a list that has become empty is sent as such.</summary>
    private static JsonObject Targeting(LaunchBrief before, LaunchBrief after, string suffix, List<PlannedStep> steps, List<PlanNote> notes)
    {
        List<PlanNote> said = [];
        var audiences = TikTokAudience.Plan(after, suffix, steps, said);
        var (was, to) = (TikTokTargeting.Of(before, [.. before.Audiences.Where(a => a.ExternalId is not null).Select(a => a.ExternalId!)], []), TikTokTargeting.Of(after, audiences, said));
        var changed = new JsonObject();
        foreach (var (field, value) in to)
            if (!JsonNode.DeepEquals(value, was[field])) changed[field] = value?.DeepClone();
        foreach (var (field, _) in was)
            if (!to.ContainsKey(field)) changed[field] = new JsonArray();
        if (changed.Count > 0) notes.AddRange(said);
        return changed;
    }

    private static JsonObject Dates(LaunchBrief before, LaunchBrief after, List<PlanNote> notes)
    {
        if (before.Start == after.Start && before.End == after.End) return [];
        var schedule = TikTokPlan.Schedule(after, notes);
        // What has begun, or begins at once, keeps its beginning.
        if (after.Start is null || before.Start == after.Start) schedule.Remove("schedule_start_time");
        return schedule;
    }

    private static void Creatives(LaunchedObjects launched, LaunchBrief before, LaunchBrief after, string adGroup, string suffix, List<PlannedStep> steps, List<PlanNote> notes)
    {
        string[] were = [.. before.Creatives.Select(Content)], are = [.. after.Creatives.Select(Content)];
        if (were.SequenceEqual(are)) return;

        var live = launched.Ids.Where(i => i.Key.StartsWith("ad:", StringComparison.Ordinal)).Select(i => (Number: NumberOf(i.Key), i.Key, Id: i.Value)).OrderBy(a => a.Number).ToList();
        var kept = Numbers(live.ConvertAll(a => a.Number), were, are);
        var numbers = kept ?? [.. Enumerable.Range(1, are.Length)];

        var account = launched.Account.ExternalId;
        var ads = new TikTokAds(after, adGroup, suffix, steps, notes);
        HashSet<string> stays = [];
        for (var i = 0; i < are.Length; i++)
        {
            var same = kept is null ? -1 : Array.IndexOf(were, are[i]);
            if (same >= 0 && live[same].Number == numbers[i]) stays.Add(live[same].Key);
            else ads.Add(after.Creatives[i], numbers[i]);
        }
        foreach (var made in steps.Where(s => s.Kind == StepKind.Ad).ToList()) steps.Add(TikTokPlan.Activation(account, "ad", made.Key, made.Title.Replace("Create", "Switch on", StringComparison.Ordinal), after.Marker));
        steps.AddRange(live.Where(a => !stays.Contains(a.Key)).Select(old => new PlannedStep($"remove:{old.Key}{suffix}", StepKind.Remove, "Take away the ad as it was", after.Marker, TikTokPlan.Status(account, "ad", old.Id, "DELETE"))));
    }

    /// <summary>
    /// Ads are known by numbers that rise in the order of the creatives. The numbers of the creatives as they are to be, so that those that stay keep theirs; null when their order changed, and all are made anew.
    /// </summary>
    private static List<int>? Numbers(List<int> live, string[] were, string[] are)
    {
        if (live.Count != were.Length) return null;
        var numbers = new List<int>();
        for (var i = 0; i < are.Length; i++)
        {
            var same = Array.IndexOf(were, are[i]);
            var number = same >= 0 ? live[same] : i < were.Length && !are.Contains(were[i]) ? live[i] : (live.Count > 0 ? Math.Max(live[^1], numbers.LastOrDefault()) : numbers.LastOrDefault()) + 1;
            if (number <= numbers.LastOrDefault()) return null;
            numbers.Add(number);
        }
        return numbers;
    }

    private static int NumberOf(string key) => int.TryParse(key.Split(':', '@')[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Content(BriefCreative creative) => JsonSerializer.Serialize(creative);
}
