using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>Changes what runs on Meta: names, dates and targeting in place, creatives by new ads.</summary>
internal sealed class MetaEditing : IEditsCampaigns
{
    public Platform Platform => Platform.Meta;

    public LaunchPlan PlanEdit(LaunchedObjects launched, LaunchBrief before, LaunchBrief after) => MetaPlan.Between(launched, before, after);
}

/// <summary>The way from one brief to another.</summary>
internal sealed partial class MetaPlan
{
    /// <summary>An ad is numbered by its place among the creatives, so that the next change knows which is which.</summary>
    private const string AdKey = "ad:";

    public static LaunchPlan Between(LaunchedObjects launched, LaunchBrief before, LaunchBrief after) => new MetaPlan(after, "@" + after.Marker).Edit(launched, before);

    private LaunchPlan Edit(LaunchedObjects launched, LaunchBrief before)
    {
        if (before.Name != brief.Name)
        {
            // What the launch made keeps the launch's marker.
            Change(launched, "campaign", "rename", $"Call the campaign “{brief.Name}”", new() { ["name"] = PlanWords.Named(brief.Name, launched.Marker, MaxName) });
            if (brief.Details?.AdSetName is null) Change(launched, "adset", "rename", $"Call the ad set “{brief.Name}”", new() { ["name"] = PlanWords.Named(brief.Name, launched.Marker, MaxName) });
        }
        if (before.Bid != brief.Bid) Change(launched, "adset", "bid", "Change how the ads bid", Bid());
        Dates(launched, before);
        if (TargetingOf(before) != TargetingOf(brief))
        {
            var audiences = Audiences();
            Change(launched, "adset", "targeting", "Change whom the ads are for", new() { ["targeting"] = MetaTargeting.Of(brief, audiences, notes) });
        }
        Creatives(launched, before);
        return new(steps, notes);
    }

    private void Dates(LaunchedObjects launched, LaunchBrief before)
    {
        var changed = new JsonObject();
        if (before.Start != brief.Start && brief.Start is { } start)
        {
            if (before.Start is null) notes.Add(PlanWords.LeftOut("schedule.start", "Meta does not move the start of what has started."));
            else changed["start_time"] = Time("schedule.start", "Starts", start);
        }
        if (before.End != brief.End)
        {
            if (brief.End is { } end) changed["end_time"] = Time("schedule.end", "Ends", end);
            else if (brief.BudgetType == BudgetType.Lifetime) notes.Add(PlanWords.LeftOut("schedule.end", "A lifetime budget needs an end, so the end stays."));
            else changed["end_time"] = MetaFromMemory.NoEnd;
        }
        if (changed.Count > 0) Change(launched, "adset", "dates", "Change when the ads run", changed);
    }

    /// <summary>New ads are made and switched on before the old ones go; an ad whose creative stayed what and where it was is left alone.</summary>
    private void Creatives(LaunchedObjects launched, LaunchBrief before)
    {
        if (!launched.Ids.TryGetValue("adset", out var adSet) || before.Creatives.Select(Written).SequenceEqual(brief.Creatives.Select(Written))) return;
        var ads = launched.Ids.Where(i => i.Key.StartsWith(AdKey, StringComparison.Ordinal)).Select(i => (i.Key, Id: i.Value, Number: NumberOf(i.Key))).ToList();
        // After a change that broke off, two ads may stand for one creative: then all are made anew.
        var isKnown = ads.Select(a => a.Number).Order().SequenceEqual(Enumerable.Range(1, before.Creatives.Count));
        bool Stays(int number) => isKnown && number <= before.Creatives.Count && number <= brief.Creatives.Count && Written(before.Creatives[number - 1]) == Written(brief.Creatives[number - 1]);

        var made = brief.Creatives.Select((creative, i) => (Creative: creative, Number: i + 1)).Where(c => !Stays(c.Number)).ToList();
        foreach (var (creative, number) in made) Creative(creative, number);
        foreach (var (creative, number) in made) Ad(creative, number, adSet);
        foreach (var (creative, number) in made) Activate($"ad:{number}", $"Switch on the ad “{creative.Name}”");
        foreach (var (key, id, number) in ads.Where(a => !Stays(a.Number)).OrderBy(a => a.Number))
            Add($"remove:{key.Split('@')[0]}:{id}", StepKind.Remove, number <= before.Creatives.Count ? $"Remove the ad “{before.Creatives[number - 1].Name}”" : "Remove an ad", launched.Marker, new JsonObject { ["id"] = id, ["status"] = "DELETED" });
    }

    private void Change(LaunchedObjects launched, string key, string verb, string title, JsonObject changed)
    {
        if (!launched.Ids.TryGetValue(key, out var id)) return;
        changed.Insert(0, "id", id);
        Add($"{verb}:{key}", StepKind.Change, title, launched.Marker, changed);
    }

    private static string TargetingOf(LaunchBrief brief) =>
        MetaTargeting.Of(brief, [], []).ToJsonString() + string.Join(',', brief.Audiences.Select(a => a.Id).Order());

    private static string Written(BriefCreative creative) => JsonSerializer.Serialize(creative);

    private static int NumberOf(string key) => int.TryParse(key[AdKey.Length..].Split('@')[0], out var number) ? number : int.MaxValue;
}
