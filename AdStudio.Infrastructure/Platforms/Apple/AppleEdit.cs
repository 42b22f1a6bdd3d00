using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Apple;

/// <summary>Brings a campaign that runs from one brief to another. Nothing is made anew: names, dates and targeting are set to what they are to be.</summary>
internal static class AppleEdit
{
    public static LaunchPlan Of(LaunchedObjects launched, LaunchBrief before, LaunchBrief after)
    {
        var (notes, unsaid) = (new List<PlanNote>(), new List<PlanNote>());
        var (from, to) = (AppleTargeting.Of(before, unsaid), AppleTargeting.Of(after, notes));
        var (campaign, group) = (new JsonObject(), new JsonObject());

        if (before.Name != after.Name) (campaign["name"], group["name"]) = (ApplePlan.Named(after.Name, launched.Marker), ApplePlan.Named(after.Name, launched.Marker));
        var moves = !from.Countries.SequenceEqual(to.Countries);
        if (moves) campaign["countriesOrRegions"] = new JsonArray([.. to.Countries.Select(c => (JsonNode)c)]);
        if (moves || !JsonNode.DeepEquals(from.Dimensions, to.Dimensions)) group["targetingDimensions"] = to.Whole();
        else notes.Clear();

        if (after.Start is { } start && before.Start != start) group["startTime"] = ApplePlan.Time(start);
        if (after.End is { } end && before.End != end) group["endTime"] = ApplePlan.Time(end);
        if (after.End is null && before.End is not null) notes.Add(PlanWords.LeftOut("schedule.end", "Apple cannot take the end of an ad group away. Give a later one."));

        var steps = new List<PlannedStep>();
        if (campaign.Count > 0)
        {
            var body = new JsonObject { ["campaign"] = campaign };
            if (moves) body["clearGeoTargetingOnCountryOrRegionChange"] = true;
            Add("campaign", moves ? "Change the campaign's countries" : "Rename the campaign", body);
        }
        if (group.Count > 0) Add("adset", "Change the ad group", group);
        return new(steps, notes);

        void Add(string target, string title, JsonObject body)
        {
            if (!launched.Ids.TryGetValue(target, out var id)) return;
            var path = $"campaigns/{launched.Ids["campaign"]}" + (target == "campaign" ? "" : $"/adgroups/{id}");
            steps.Add(new($"change:{target}@{after.Marker}", StepKind.Change, title, after.Marker, ApplePublishing.At(path, body)));
        }
    }
}
