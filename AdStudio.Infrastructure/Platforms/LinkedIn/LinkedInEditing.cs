using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.LinkedIn;

/// <summary>Changes what runs: names, times and targeting in place, on the group and on each of its campaigns; ads by new posts, because what an ad shows stays as it is.</summary>
internal sealed class LinkedInEditing : IEditsCampaigns
{
    public Platform Platform => Platform.LinkedIn;

    public LaunchPlan PlanEdit(LaunchedObjects launched, LaunchBrief before, LaunchBrief after) => new Edit(launched, before, after).Make();

    private sealed class Edit(LaunchedObjects launched, LaunchBrief before, LaunchBrief after)
    {
        private readonly List<PlannedStep> steps = [];
        private readonly List<PlanNote> notes = [];
        private readonly string suffix = "@" + after.Marker;
        private readonly IReadOnlyList<KeyValuePair<string, string>> campaigns = LinkedInPublishing.CampaignsOf(launched);

        public LaunchPlan Make()
        {
            if (after.Name != before.Name) Rename();
            if (after.Start != before.Start || after.End != before.End) Dates();
            Targeting();
            Creatives();
            return new(steps, notes);
        }

        /// <summary>Names keep the markers of the launch, by which its objects are found.</summary>
        private void Rename()
        {
            if (launched.Ids.TryGetValue("campaign", out var group)) Set("name:campaign", "Rename the campaign group", "adCampaignGroups", group, "name", PlanWords.Named(after.Name, launched.Marker, LinkedInPlan.MaxName));
            foreach (var (key, id) in campaigns) Set($"name:{key}", "Rename a campaign", "adCampaigns", id, "name", PlanWords.Named(after.Name, LinkedInPlan.MarkerOf(key, launched.Marker), LinkedInPlan.MaxName));
        }

        /// <summary>A start that stays is said again as it stands: one that has passed may not be moved.</summary>
        private void Dates()
        {
            JsonObject Schedule()
            {
                var schedule = new JsonObject { ["start"] = after.Start == before.Start ? LinkedInPlan.AsItIs : after.Start is { } start ? start.ToUnixTimeMilliseconds() : LinkedInPlan.AtLaunch };
                if (after.End is { } end) schedule["end"] = end.ToUnixTimeMilliseconds();
                return schedule;
            }
            if (launched.Ids.TryGetValue("campaign", out var group)) Set("dates:campaign", "Change the dates of the campaign group", "adCampaignGroups", group, "runSchedule", Schedule());
            foreach (var (key, id) in campaigns) Set($"dates:{key}", "Change the dates of a campaign", "adCampaigns", id, "runSchedule", Schedule());
        }

        private void Targeting()
        {
            var (was, now) = (Segments(before, null), Segments(after, notes));
            if (was.SequenceEqual(now) && JsonNode.DeepEquals(LinkedInTargeting.Of(before.Audience, was, []), LinkedInTargeting.Of(after.Audience, now, []))) return;
            var criteria = LinkedInTargeting.Of(after.Audience, now, notes);
            foreach (var (key, id) in campaigns) Set($"targeting:{key}", "Change whom the ads are for", "adCampaigns", id, "targetingCriteria", criteria.DeepClone());
        }

        /// <summary>The urns of the audiences' segments: those of the launch as they stand, others by a step of their own.</summary>
        private List<string> Segments(LaunchBrief brief, List<PlanNote>? say)
        {
            var made = before.Audiences.Where(LinkedInPlan.IsMade).Select((a, i) => (a.Id, Urn: launched.Ids.GetValueOrDefault($"segment:{i + 1}"))).Where(a => a.Urn is not null).ToDictionary(a => a.Id, a => a.Urn!);
            var urns = new List<string>();
            foreach (var audience in brief.Audiences.Where(LinkedInPlan.IsMade))
                if (made.TryGetValue(audience.Id, out var urn)) urns.Add(urn);
                else if (audience.ExternalId is null) say?.Add(PlanWords.LeftOut("audienceIds", $"The audience “{audience.Name}” does not stand on this account yet."));
                else
                {
                    var key = $"segment:{audience.ExternalId}{suffix}";
                    if (say is not null) steps.Add(new(key, StepKind.Audience, $"Wait until LinkedIn has matched “{audience.Name}”", after.Marker, new JsonObject { ["id"] = audience.ExternalId }));
                    urns.Add($"{{{{{key}}}}}");
                }
            return urns;
        }

        private void Creatives()
        {
            var posts = new LinkedInPosts(after, notes, steps);
            var (fresh, old) = (new List<(BriefCreative Creative, int Number, string Campaign)>(), new List<int>());
            for (var i = 0; i < Math.Max(before.Creatives.Count, after.Creatives.Count); i++)
            {
                var (was, now) = (before.Creatives.ElementAtOrDefault(i), after.Creatives.ElementAtOrDefault(i));
                if (was is not null && now is not null && IsSame(was, now)) continue;
                if (now is not null && CampaignFor(now.Type) is not { Length: > 0 })
                {
                    notes.Add(PlanWords.LeftOut("creatives", $"“{now.Name}” is left out: the campaign began without {LinkedInPlan.Words(now.Type)}, and LinkedIn runs them in a campaign of their own."));
                    continue;
                }
                if (now is not null)
                {
                    posts.Add(now, $"creative:{i + 1}{suffix}", $"{after.Marker}-{i + 1}", suffix);
                    fresh.Add((now, i + 1, CampaignFor(now.Type)!));
                }
                if (was is not null) old.Add(i + 1);
            }
            foreach (var (creative, number, campaign) in fresh) steps.Add(LinkedInPosts.Ad(creative, $"ad:{number}{suffix}", $"{after.Marker}-{number}", campaign, $"{{{{creative:{number}{suffix}}}}}"));
            foreach (var (creative, number, _) in fresh)
                steps.Add(LinkedInPlan.Set($"activate:ad:{number}{suffix}", StepKind.Activate, $"Switch on the ad “{creative.Name}”", after.Marker, "creatives", $"{{{{ad:{number}{suffix}}}}}", "intendedStatus", "ACTIVE"));
            // Whatever earlier edits left at this place is archived with it, which does no harm twice.
            foreach (var (key, id) in old.SelectMany(n => launched.Ids.Where(x => x.Key == $"ad:{n}" || x.Key.StartsWith($"ad:{n}@", StringComparison.Ordinal) && x.Key != $"ad:{n}{suffix}")))
                steps.Add(LinkedInPlan.Set($"archive:{key}{(key.Contains('@', StringComparison.Ordinal) ? "" : suffix)}", StepKind.Change, "Archive the ad that it replaces", after.Marker, "creatives", id, "intendedStatus", "ARCHIVED"));
        }

        /// <summary>The campaign that shows ads of this kind; null when there is none.</summary>
        private string? CampaignFor(CreativeType type) => campaigns.FirstOrDefault(c => c.Key == LinkedInPlan.KeyOf(type)).Value;

        private void Set(string key, string title, string resource, string id, string field, JsonNode value) => steps.Add(LinkedInPlan.Set(key + suffix, StepKind.Change, title, after.Marker, resource, id, field, value));
    }

    private static bool IsSame(BriefCreative one, BriefCreative other) =>
        (one.Type, one.PrimaryText, one.Headline, one.CallToAction, one.LinkUrl) == (other.Type, other.PrimaryText, other.Headline, other.CallToAction, other.LinkUrl)
        && one.Assets.Select(a => a.Id).SequenceEqual(other.Assets.Select(a => a.Id))
        && (one.Type != CreativeType.Carousel || one.Cards.Select(c => (c.Asset.Id, c.Headline, c.LinkUrl)).SequenceEqual(other.Cards.Select(c => (c.Asset.Id, c.Headline, c.LinkUrl))));
}
