using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Snapchat;

/// <summary>Changes what runs: name, dates and targeting in place, an ad by a new one beside it that takes over before the old one goes.</summary>
internal sealed class SnapchatEdit : IEditsCampaigns
{
    public Platform Platform => Platform.Snapchat;

    public LaunchPlan PlanEdit(LaunchedObjects launched, LaunchBrief before, LaunchBrief after)
    {
        var (steps, notes) = (new List<PlannedStep>(), new List<PlanNote>());
        var name = PlanWords.Named(after.Name, launched.Marker, SnapchatCatalogue.Rules!.MaxNameLength);
        // The launch's own marker stays in the names: by it they are found.
        if (before.Name != after.Name)
        {
            Change("campaign", "name", $"Rename the campaign to “{after.Name}”", new() { ["name"] = name });
            Change("adset", "name", "Rename the ad squad", new() { ["name"] = name });
        }
        if (Dates(before, after, notes) is { Count: > 0 } dates)
        {
            Change("campaign", "dates", "Move the campaign's dates", (JsonObject)dates.DeepClone());
            Change("adset", "dates", "Move the ad squad's dates", dates);
        }
        var (old, _) = SnapchatPlan.Targeting(before);
        var (targeting, said) = SnapchatPlan.Targeting(after);
        if (!JsonNode.DeepEquals(old, targeting))
        {
            notes.AddRange(said);
            Change("adset", "targeting", "Change whom the ads are for", new() { ["targeting"] = targeting });
        }
        if (launched.Ids.TryGetValue("adset", out var adSquad)) Ads(launched, before, after, adSquad, steps, notes);
        return new(steps, notes);

        void Change(string key, string what, string title, JsonObject body)
        {
            if (!launched.Ids.TryGetValue(key, out var id)) return;
            body["id"] = id;
            steps.Add(new($"change:{key}:{what}@{after.Marker}", StepKind.Change, title, after.Marker, body));
        }
    }

    private static JsonObject Dates(LaunchBrief before, LaunchBrief after, List<PlanNote> notes)
    {
        var dates = new JsonObject();
        if (before.Start != after.Start)
        {
            if (after.Start is { } start) dates["start_time"] = SnapchatApi.Instant(start.In(after.Account));
            else notes.Add(PlanWords.LeftOut("schedule.start", "A start can be moved on Snapchat, but not taken away."));
        }
        if (before.End == after.End) return dates;
        if (after.End is { } end) dates["end_time"] = SnapchatApi.Instant(end.In(after.Account));
        else if (after.BudgetType == BudgetType.Daily) dates["end_time"] = null;
        else notes.Add(PlanWords.LeftOut("schedule.end", "A lifetime budget needs its end."));
        return dates;
    }

    /// <summary>As long as the creatives are the same ones in the same order only those that changed are made anew; otherwise all are.</summary>
    private static void Ads(LaunchedObjects launched, LaunchBrief before, LaunchBrief after, string adSquad, List<PlannedStep> steps, List<PlanNote> notes)
    {
        var isSameList = before.Creatives.Select(c => c.Id).SequenceEqual(after.Creatives.Select(c => c.Id));
        var changed = Enumerable.Range(1, after.Creatives.Count).Where(n => !isSameList || Text(before, n) != Text(after, n)).ToList();
        if (changed.Count == 0 && isSameList) return;
        var made = SnapchatPlan.Creatives(after, adSquad, changed);
        steps.AddRange(made.Steps);
        notes.AddRange(made.Notes);
        foreach (var (key, id) in launched.Ids.Where(i => i.Key.StartsWith("ad:", StringComparison.Ordinal)).OrderBy(i => i.Key, StringComparer.Ordinal))
            if (!isSameList || changed.Contains(int.Parse(key[3..].Split('@')[0], System.Globalization.CultureInfo.InvariantCulture)))
                steps.Add(new($"remove:{key}@{after.Marker}", StepKind.Remove, "Take the old ad away", after.Marker, new JsonObject { ["id"] = id }));
    }

    private static string Text(LaunchBrief brief, int number) => JsonSerializer.Serialize(brief.Creatives[number - 1]) + brief.Page?.Id;
}
