using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.TikTok;

/// <summary>Whom the ads are for, as fields of an ad group.</summary>
internal static class TikTokTargeting
{
    public static JsonObject Of(LaunchBrief brief, IReadOnlyList<string> audiences, List<PlanNote> notes)
    {
        var rules = TikTokCatalogue.Rules;
        var narrowed = rules.SpecialAdCategories.FirstOrDefault(c => c.NarrowsTargeting && brief.SpecialAdCategories.Contains(c.Wire));
        var audience = brief.Audience;
        var targeting = new JsonObject { ["location_ids"] = TikTokApi.Texts(Places(audience, notes)) };

        if (narrowed is null)
        {
            var groups = rules.AgeGroups.Where(g => g.From <= audience.AgeMax && (g.To ?? 200) >= audience.AgeMin).ToList();
            targeting["age_groups"] = TikTokApi.Texts(groups.Select(g => g.Wire));
            var (from, to) = (groups[0].From, groups[^1].To ?? 65);
            if (from < audience.AgeMin || to > Math.Min(audience.AgeMax, 65)) notes.Add(PlanWords.Converted("audience.ages", $"TikTok knows age groups only: the ads are shown from {from} to {(groups[^1].To is { } last ? $"{last}" : "65 and older")}."));
            targeting["gender"] = audience.Genders.Distinct().ToList() is [var only] ? only == Gender.Men ? "GENDER_MALE" : "GENDER_FEMALE" : "GENDER_UNLIMITED";
        }
        else
        {
            // Leaving ages out would let under-age people in where TikTok allows it.
            (targeting["age_groups"], targeting["gender"]) = (TikTokApi.Texts(rules.AgeGroups.Select(g => g.Wire)), "GENDER_UNLIMITED");
            if (audience.AgeMin > 18 || audience.AgeMax < 65 || audience.Genders.Distinct().Count() == 1)
                notes.Add(PlanWords.LeftOut("audience.ages", $"TikTok allows no choice of ages or genders in the category {narrowed.Label}: everyone of 18 and older sees the ads."));
        }

        Traits(audience, targeting, notes);
        if (audience.ExcludedPlaces.Count > 0) notes.Add(PlanWords.LeftOut("audience.excludedPlaces", "TikTok cannot leave out places within those chosen."));
        if (audiences.Count > 0) targeting["audience_ids"] = TikTokApi.Texts(audiences);
        return targeting;
    }

    private static void Traits(AudienceSpec audience, JsonObject targeting, List<PlanNote> notes)
    {
        var known = audience.Interests.Where(i => i.Ids.ContainsKey(Platform.TikTok)).ToList();
        foreach (var unknown in audience.Interests.Except(known)) notes.Add(PlanWords.LeftOut("audience.interests", $"TikTok has no interest for “{unknown.Name}”."));
        if (known.Count > 0) targeting["interest_category_ids"] = TikTokApi.Texts(known.Select(i => i.Ids[Platform.TikTok]).Distinct());

        var languages = audience.Traits.Where(t => t.Kind == TargetingKind.Language && t.Ids.ContainsKey(Platform.TikTok)).ToList();
        foreach (var unknown in audience.Traits.Except(languages)) notes.Add(PlanWords.LeftOut("audience.traits", $"TikTok has nothing for “{unknown.Name}”."));
        if (languages.Count > 0) targeting["languages"] = TikTokApi.Texts(languages.Select(t => t.Ids[Platform.TikTok]).Distinct());
    }

    /// <summary>
    /// TikTok refuses places that lie within each other, so what is in a chosen country goes. A place that TikTok doesn't know becomes its country; there is no "worldwide".
    /// </summary>
    private static List<string> Places(AudienceSpec audience, List<PlanNote> notes)
    {
        var countries = audience.Places.Where(p => p.Kind == PlaceKind.Country).Select(p => p.Country.ToUpperInvariant()).ToHashSet();
        foreach (var place in audience.Places.Where(p => p.Kind != PlaceKind.Country && !p.Ids.ContainsKey(Platform.TikTok) && !countries.Contains(p.Country.ToUpperInvariant())).ToList())
        {
            notes.Add(PlanWords.Converted("audience.places", $"TikTok does not know {place.Name}: all of {Named(place.Country)} is used instead."));
            countries.Add(place.Country.ToUpperInvariant());
        }
        var within = new List<string>();
        foreach (var place in audience.Places.Where(p => p.Kind != PlaceKind.Country && p.Ids.ContainsKey(Platform.TikTok)))
            if (countries.Contains(place.Country.ToUpperInvariant())) notes.Add(PlanWords.Converted("audience.places", $"{place.Name} lies in {Named(place.Country)}, which is chosen as a whole."));
            else within.Add(place.Ids[Platform.TikTok]);
        return [.. countries.Order().Select(TikTokPlaces.OfCountry).OfType<string>(), .. within.Distinct()];
    }

    private static string Named(string country) => Countries.Find(country)?.Name ?? country;
}
