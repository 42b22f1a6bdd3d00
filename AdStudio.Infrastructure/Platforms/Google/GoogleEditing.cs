using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Google;

/// <summary>Changes what runs on Google: names, dates and criteria in place, creatives by new ads.</summary>
internal sealed class GoogleEditing : IEditsCampaigns
{
    public Platform Platform => Platform.Google;

    public LaunchPlan PlanEdit(LaunchedObjects launched, LaunchBrief before, LaunchBrief after) => GooglePlan.Between(launched, before, after);
}

/// <summary>The way from one brief to another.</summary>
internal sealed partial class GooglePlan
{
    /// <summary>Of a body that is no request but says which criteria are to stand: what has to be made and removed is known only when the step runs.</summary>
    public const string Wanted = "criteria";

    /// <summary>An ad is numbered by its place among the creatives, so that the next change knows which is which.</summary>
    private const string AdKey = "ad:";

    public static LaunchPlan Between(LaunchedObjects launched, LaunchBrief before, LaunchBrief after) => new GooglePlan(after, "@" + after.Marker).Edit(launched, before);

    private LaunchPlan Edit(LaunchedObjects launched, LaunchBrief before)
    {
        if (before.Name != brief.Name)
        {
            // What the launch made keeps the launch's marker.
            var name = launched.Marker.Length == 0 ? brief.Name : PlanWords.Named(brief.Name, launched.Marker, MaxName);
            Change(launched, "campaigns", "campaign", "rename", $"Call the campaign “{brief.Name}”", new() { ["name"] = name }, "name");
            Change(launched, "adGroups", "adset", "rename", $"Call the ad group “{brief.Name}”", new() { ["name"] = name }, "name");
        }
        Dates(launched, before);
        Targeting(launched, before);
        Creatives(launched, before);
        return new(steps, notes);
    }

    private void Dates(LaunchedObjects launched, LaunchBrief before)
    {
        var (changed, mask) = (new JsonObject(), new List<string>());
        if (before.Start != brief.Start && brief.Start is { } start)
        {
            if (before.Start is null) notes.Add(PlanWords.LeftOut("schedule.start", "Google does not move the start of what has started."));
            else Set("startDateTime", "start_date_time", Day("schedule.start", "starts", start, "00:00:00"));
        }
        if (before.End != brief.End)
        {
            if (brief.End is { } end) Set("endDateTime", "end_date_time", Day("schedule.end", "runs until the end of", end, "23:59:59"));
            else if (brief.BudgetType == BudgetType.Lifetime) notes.Add(PlanWords.LeftOut("schedule.end", "A lifetime budget needs an end, so the end stays."));
            // Named in the mask and not sent, a field is cleared.
            else mask.Add("end_date_time");
        }
        if (mask.Count > 0) Change(launched, "campaigns", "campaign", "dates", "Change when the campaign runs", changed, string.Join(',', mask));

        void Set(string field, string path, string value)
        {
            changed[field] = value;
            mask.Add(path);
        }
    }

    private void Targeting(LaunchedObjects launched, LaunchBrief before)
    {
        if (launched.Ids.ContainsKey("campaign") && Told(GoogleTargeting.OfCampaign(before.Audience, [])) != Told(GoogleTargeting.OfCampaign(brief.Audience, [])))
            Add("places:campaign", StepKind.Change, "Change the places and languages", launched.Marker, new()
            {
                ["campaign"] = Resource("campaigns", "campaign"), [Wanted] = new JsonArray([.. GoogleTargeting.OfCampaign(brief.Audience, notes).Select(InCampaign)]),
            });
        if (launched.Ids.ContainsKey("adset") && Lists(before) + Told(GoogleTargeting.OfAdGroup(before, [], [])) != Lists(brief) + Told(GoogleTargeting.OfAdGroup(brief, [], [])))
        {
            var lists = UserLists();
            Add("targeting:adset", StepKind.Change, "Change ages, genders, interests and lists", launched.Marker, new()
            {
                ["adGroup"] = Resource("adGroups", "adset"), [Wanted] = new JsonArray([.. GoogleTargeting.OfAdGroup(brief, lists, notes).Select(InAdGroup)]),
            });
        }
    }

    /// <summary>New ads are made and switched on before the old ones go; an ad whose creative stayed what and where it was is left alone.</summary>
    private void Creatives(LaunchedObjects launched, LaunchBrief before)
    {
        if (!launched.Ids.TryGetValue("adset", out var adGroup) || before.Creatives.Select(Written).SequenceEqual(brief.Creatives.Select(Written))) return;
        var ads = launched.Ids.Where(i => i.Key.StartsWith(AdKey, StringComparison.Ordinal)).Select(i => (i.Key, Id: i.Value, Number: NumberOf(i.Key))).ToList();
        // After a change that broke off, two ads may stand for one creative: then all are made anew.
        var isKnown = ads.Select(a => a.Number).Order().SequenceEqual(before.Creatives.Select((c, i) => (Creative: c, Number: i + 1)).Where(c => CanBeShown(c.Creative)).Select(c => c.Number));
        bool Stays(int number) => isKnown && number <= before.Creatives.Count && number <= brief.Creatives.Count && Written(before.Creatives[number - 1]) == Written(brief.Creatives[number - 1]);

        var made = brief.Creatives.Select((creative, i) => (Creative: creative, Number: i + 1)).Where(c => !Stays(c.Number) && IsImages(c.Creative)).ToList();
        foreach (var (creative, number) in made) Ad(creative, number);
        foreach (var (creative, number) in made) ActivateAd(creative, number);
        foreach (var (key, id, number) in ads.Where(a => !Stays(a.Number)).OrderBy(a => a.Number))
            Add($"remove:{key.Split('@')[0]}:{id}", StepKind.Remove, number <= before.Creatives.Count ? $"Remove the ad “{before.Creatives[number - 1].Name}”" : "Remove an ad", launched.Marker, Remove($"customers/{customer}/adGroupAds/{adGroup}~{id}"));
    }

    private void Change(LaunchedObjects launched, string collection, string key, string verb, string title, JsonObject changed, string mask)
    {
        if (!launched.Ids.TryGetValue(key, out var id)) return;
        changed.Insert(0, "resourceName", $"customers/{customer}/{collection}/{id}");
        Add($"{verb}:{key}", StepKind.Change, title, launched.Marker, Update(changed, mask));
    }

    private static string Told(IEnumerable<JsonObject> criteria) => string.Concat(criteria.Select(c => c.ToJsonString()));

    private static string Lists(LaunchBrief brief) => string.Join(',', brief.Audiences.Select(a => a.Id).Order());

    private static string Written(BriefCreative creative) => JsonSerializer.Serialize(creative);

    private static int NumberOf(string key) => int.TryParse(key[AdKey.Length..].Split('@')[0], out var number) ? number : int.MaxValue;
}
