using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Pinterest;

/// <summary>Changes what runs: names, times and targeting in place; ads by new pins, because what a pin shows stays as it is.</summary>
internal sealed class PinterestEditing : IEditsCampaigns
{
    public Platform Platform => Platform.Pinterest;

    public LaunchPlan PlanEdit(LaunchedObjects launched, LaunchBrief before, LaunchBrief after)
    {
        var (steps, notes) = (new List<PlannedStep>(), new List<PlanNote>());
        var (campaign, adGroup) = (launched.Ids.GetValueOrDefault("campaign"), launched.Ids.GetValueOrDefault("adset"));
        if (after.Name != before.Name) Rename(launched, after, campaign, adGroup, steps);
        if (adGroup is not null && (after.Start != before.Start || after.End != before.End)) Change("dates:adset", "Change the dates", Dates(adGroup, before, after));
        var made = Made(launched, before);
        if (adGroup is not null && !JsonNode.DeepEquals(PinterestPlan.TargetingOf(before, made, []), PinterestPlan.TargetingOf(after, made, [])))
            Change("targeting:adset", "Change whom the ads are for", new() { ["id"] = adGroup, ["targeting_spec"] = PinterestPlan.TargetingOf(after, made, notes) });
        if (adGroup is not null) Creatives(launched, before, after, adGroup, steps, notes);
        return new(steps, notes);

        void Change(string key, string title, JsonObject body) => steps.Add(new($"{key}@{after.Marker}", StepKind.Change, title, after.Marker, body));
    }

    /// <summary>Names keep the marker of the launch, by which its objects are found.</summary>
    private static void Rename(LaunchedObjects launched, LaunchBrief after, string? campaign, string? adGroup, List<PlannedStep> steps)
    {
        var name = PlanWords.Named(after.Name, launched.Marker, PinterestFromMemory.MaxName);
        if (campaign is not null)
            steps.Add(new($"name:campaign@{after.Marker}", StepKind.Change, "Rename the campaign", after.Marker, new JsonObject { ["id"] = campaign, ["ad_account_id"] = launched.Account.ExternalId, ["name"] = name }));
        if (adGroup is not null) steps.Add(new($"name:adset@{after.Marker}", StepKind.Change, "Rename the ad group", after.Marker, new JsonObject { ["id"] = adGroup, ["name"] = name }));
    }

    /// <summary>Only what differs: a start that has passed may not be sent again. Null takes an end away.</summary>
    private static JsonObject Dates(string adGroup, LaunchBrief before, LaunchBrief after)
    {
        var body = new JsonObject { ["id"] = adGroup };
        if (after.Start != before.Start) body["start_time"] = after.Start?.ToUnixTimeSeconds();
        if (after.End != before.End) body["end_time"] = after.End?.ToUnixTimeSeconds();
        return body;
    }

    /// <summary>The audiences that the launch made, found by planning it again: the same brief gives the same steps.</summary>
    private static Dictionary<Guid, string> Made(LaunchedObjects launched, LaunchBrief before) => PinterestPlan.Of(before).Steps
        .Where(s => s.AudienceId is not null && s.Key.StartsWith("audience:", StringComparison.Ordinal) && launched.Ids.ContainsKey(s.Key)).DistinctBy(s => s.AudienceId).ToDictionary(s => s.AudienceId!.Value, s => launched.Ids[s.Key]);

    private static void Creatives(LaunchedObjects launched, LaunchBrief before, LaunchBrief after, string adGroup, List<PlannedStep> steps, List<PlanNote> notes)
    {
        var objective = PinterestPlan.ObjectiveOf(before);
        var suffix = "@" + after.Marker;
        var pins = new PinterestPins(after, objective, steps, notes) { Suffix = suffix };
        var (fresh, old) = (new List<(string Key, string Name)>(), new List<int>());
        for (var i = 0; i < Math.Max(before.Creatives.Count, after.Creatives.Count); i++)
        {
            var (was, now) = (before.Creatives.ElementAtOrDefault(i), after.Creatives.ElementAtOrDefault(i));
            if (was is not null && now is not null && IsSame(was, now)) continue;
            if (now is not null)
            {
                pins.Add(now, i + 1, adGroup);
                fresh.Add(($"ad:{i + 1}{suffix}", now.Name));
            }
            if (was is not null) old.Add(i + 1);
        }
        foreach (var (key, name) in fresh) steps.Add(new($"activate:{key}", StepKind.Activate, $"Switch on the ad “{name}”", after.Marker, new JsonObject { ["id"] = $"{{{{{key}}}}}", ["status"] = "ACTIVE" }));
        // Whatever earlier edits left at this place is archived with it, which does no harm twice.
        foreach (var (key, id) in old.SelectMany(n => launched.Ids.Where(x => x.Key == $"ad:{n}" || (x.Key.StartsWith($"ad:{n}@", StringComparison.Ordinal) && x.Key != $"ad:{n}{suffix}"))))
            steps.Add(new($"archive:{key}{(key.Contains('@', StringComparison.Ordinal) ? "" : suffix)}", StepKind.Change, "Archive the ad that it replaces", after.Marker, new JsonObject { ["id"] = id, ["status"] = "ARCHIVED" }));
    }

    private static bool IsSame(BriefCreative one, BriefCreative other) =>
        (one.Type, one.PrimaryText, one.Headline, one.Description, one.CallToAction, one.LinkUrl) == (other.Type, other.PrimaryText, other.Headline, other.Description, other.CallToAction, other.LinkUrl)
        && one.Assets.Select(a => a.Id).SequenceEqual(other.Assets.Select(a => a.Id))
        && (one.Type != CreativeType.Carousel || one.Cards.Select(c => (c.Asset.Id, c.Headline, c.Description, c.LinkUrl)).SequenceEqual(other.Cards.Select(c => (c.Asset.Id, c.Headline, c.Description, c.LinkUrl))));
}
