using AdStudio.Core.Platforms;

namespace AdStudio.Core.Campaigns;

public static partial class Preflight
{
    /// <summary>Special categories in which ages, genders and small places may not be narrowed.</summary>
    private static readonly string[] Protected = ["HOUSING", "EMPLOYMENT", "CREDIT", "FINANCIAL_PRODUCTS_SERVICES"];

    private static void CheckAudience(CampaignSpec spec, CampaignFacts facts, Findings findings)
    {
        var audience = spec.Audience;
        CheckPlaces(spec, facts, findings);
        if (audience.AgeMin < 13 || audience.AgeMax > 65 || audience.AgeMin > audience.AgeMax)
            findings.Blocks(null, "audience.ages", "Ages run from 13 to 65, where 65 means 65 and older, with the lower one first.");

        foreach (var id in spec.AudienceIds.Distinct().Where(id => !facts.Audiences.ContainsKey(id)))
            findings.Blocks(null, $"audienceIds[{spec.AudienceIds.ToList().IndexOf(id)}]", "One of the audiences was deleted. Take it out, or choose another one.");

        var special = spec.SpecialAdCategories.FirstOrDefault(c => Protected.Contains(c, StringComparer.OrdinalIgnoreCase));
        if (special is null) return;
        var category = special.Replace('_', ' ').ToLowerInvariant();
        foreach (var platform in spec.Platforms.Select(p => p.Platform).Where(p => p is Platform.Meta or Platform.Google))
        {
            if (audience.AgeMin > 18 || audience.AgeMax < 65)
                findings.Blocks(platform, "audience.ages", $"{platform.Label()} shows ads of the category {category} to everyone from 18 on. Set the ages to 18 to 65+.");
            if (audience.Genders.Count == 1)
                findings.Blocks(platform, "audience.genders", $"{platform.Label()} shows ads of the category {category} to all genders. Choose all.");
            if (audience.Places.Any(p => p.Kind != PlaceKind.Country))
                findings.Blocks(platform, "audience.places", $"{platform.Label()} doesn't take small places for the category {category}. Choose whole countries.");
        }
    }

    private static void CheckPlaces(CampaignSpec spec, CampaignFacts facts, Findings findings)
    {
        if (spec.Audience.Places.Count == 0)
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
            if (unknown.Count == spec.Audience.Places.Count)
                findings.Blocks(platform, "audience.places", $"{platform.Label()} knows none of the chosen places. Add one that it knows, or its country.");
            else findings.Warns(platform, "audience.places", $"{platform.Label()} doesn't know {Words.List(unknown)}, so it is left out there.");
        }
        foreach (var platform in spec.Platforms.Select(p => p.Platform))
        {
            var unknown = spec.Audience.Interests.Where(i => !i.Ids.ContainsKey(platform)).Select(i => i.Name).ToList();
            if (unknown.Count > 0) findings.Warns(platform, "audience.interests", $"{platform.Label()} doesn't know the {(unknown.Count == 1 ? "interest" : "interests")} {Words.List(unknown)}, so it is left out there.");
        }
    }
}
