using AdStudio.Core.Platforms;

namespace AdStudio.Core.Campaigns;

public static partial class Preflight
{
    private static void CheckAudience(CampaignSpec spec, CampaignFacts facts, Findings findings)
    {
        var audience = spec.Audience;
        if (spec.Groups.Count == 0) CheckPlaces(spec, facts, findings);
        CheckInterests(spec, findings);
        CheckGroups(spec, facts, findings);
        if (audience.AgeMin < 13 || audience.AgeMax > 65 || audience.AgeMin > audience.AgeMax)
            findings.Blocks(null, "audience.ages", "Ages run from 13 to 65, where 65 means 65 and older, with the lower one first.");

        foreach (var id in spec.AudienceIds.Distinct().Where(id => !facts.Audiences.ContainsKey(id)))
            findings.Blocks(null, $"audienceIds[{spec.AudienceIds.ToList().IndexOf(id)}]", "One of the audiences was deleted. Take it out, or choose another one.");

        foreach (var choice in spec.Platforms.Where(p => !findings.LeavesOut(p.Platform)))
        {
            if (facts.AccountFor(choice) is not { } account) continue;
            var elsewhere = facts.Audiences.Values.Where(a => a.Type == AudienceType.Existing && facts.ExternalIdOf(a.Id, account) is null).Select(a => $"“{a.Name}”").ToList();
            if (elsewhere.Count > 0) findings.Warns(choice.Platform, "audienceIds", $"{Words.List(elsewhere)} {(elsewhere.Count == 1 ? "stands" : "stand")} on another ad account, so {choice.Platform.Label()} can't use {(elsewhere.Count == 1 ? "it" : "them")} here.");
        }

        foreach (var platform in spec.Platforms.Select(p => p.Platform))
        {
            if (Catalogue.Of(platform).Rules is not { } rules) continue;
            if (audience.AgeMin < rules.AgeMin && audience.AgeMin >= 13)
                findings.Blocks(platform, "audience.ages", $"{platform.Label()} shows these ads from {rules.AgeMin} on. Set the lowest age to {rules.AgeMin} or more.");
            CheckSpecialCategories(spec, platform, rules, findings);
            CheckTraits(audience, platform, findings);
        }
    }

    private static void CheckTraits(AudienceSpec audience, Platform platform, Findings findings)
    {
        foreach (var kind in audience.Traits.GroupBy(t => t.Kind))
        {
            var unknown = kind.Where(t => !t.Ids.ContainsKey(platform)).Select(t => t.Name).ToList();
            if (unknown.Count > 0) findings.Warns(platform, "audience.traits", $"{platform.Label()} doesn't know {Words.List(unknown)} ({kind.Key.Label().ToLowerInvariant()}), so its ads are not narrowed by {(unknown.Count == 1 ? "that" : "those")}.");
        }
        var places = audience.ExcludedPlaces.Where(p => p.Kind != PlaceKind.Country && !p.Ids.ContainsKey(platform)).Select(p => p.Name).ToList();
        if (places.Count > 0) findings.Warns(platform, "audience.excludedPlaces", $"{platform.Label()} doesn't know {Words.List(places)}, so the ads can be seen there.");
    }

    private static void CheckSpecialCategories(CampaignSpec spec, Platform platform, PlatformRules rules, Findings findings)
    {
        var name = platform.Label();
        foreach (var wire in spec.SpecialAdCategories.Where(_ => rules.SpecialAdCategories.Count > 0))
        {
            var category = rules.SpecialAdCategories.FirstOrDefault(c => string.Equals(c.Wire, wire, StringComparison.OrdinalIgnoreCase));
            if (category is null)
            {
                findings.Blocks(platform, "specialAdCategories", $"{name} knows no special category “{wire}”. Choose one of its own.");
                continue;
            }
            if (!category.NarrowsTargeting) continue;
            var label = category.Label.ToLowerInvariant();
            if (spec.Audience.AgeMin > 18 || spec.Audience.AgeMax < 65)
                findings.Blocks(platform, "audience.ages", $"{name} shows {label} ads to everyone from 18 on. Set the ages to 18 to 65+.");
            if (spec.Audience.Genders.Count == 1) findings.Blocks(platform, "audience.genders", $"{name} shows {label} ads to all genders. Choose all.");
            if (CountryGroups.PlacesOf(spec).Any(p => p.Kind != PlaceKind.Country))
                findings.Blocks(platform, "audience.places", $"{name} doesn't take small places for {label} ads. Choose whole countries.");
        }
    }

    private static void CheckPlaces(CampaignSpec spec, CampaignFacts facts, Findings findings)
    {
        if (facts.MergedAudience(spec).Places.Count == 0)
        {
            foreach (var choice in spec.Platforms.Where(p => !findings.LeavesOut(p.Platform)))
            {
                if (facts.AccountFor(choice) is not { } account) continue;
                if (AccountCountry.Of(account) is { } country)
                    findings.Warns(choice.Platform, "audience.places", $"No place is chosen. On {choice.Platform.Label()} the ads show in {Countries.Find(country)?.Name ?? country}, the account's country.");
                else findings.Blocks(choice.Platform, "audience.places", "Choose at least one place where the ads should show.");
            }
            if (spec.Platforms.Count == 0) findings.Blocks(null, "audience.places", "Choose at least one place where the ads should show.");
            return;
        }
        foreach (var platform in spec.Platforms.Select(p => p.Platform))
        {
            var unknown = spec.Audience.Places.Where(p => p.Kind != PlaceKind.Country && !p.Ids.ContainsKey(platform)).Select(p => p.Name).ToList();
            if (unknown.Count == 0) continue;
            if (unknown.Count == facts.MergedAudience(spec).Places.Count)
                findings.Blocks(platform, "audience.places", $"{platform.Label()} knows none of the chosen places. Add one that it knows, or its country.");
            else findings.Warns(platform, "audience.places", $"{platform.Label()} doesn't know {Words.List(unknown)}, so it is left out there.");
        }
    }

    private static void CheckInterests(CampaignSpec spec, Findings findings)
    {
        foreach (var platform in spec.Platforms.Select(p => p.Platform))
        {
            var unknown = spec.Audience.Interests.Where(i => !i.Ids.ContainsKey(platform)).Select(i => i.Name).ToList();
            if (unknown.Count > 0) findings.Warns(platform, "audience.interests", $"{platform.Label()} doesn't know the {(unknown.Count == 1 ? "interest" : "interests")} {Words.List(unknown)}, so it is left out there.");
        }
    }
}
