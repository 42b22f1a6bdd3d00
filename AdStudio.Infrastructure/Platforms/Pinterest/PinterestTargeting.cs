using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Pinterest;

/// <summary>Whom the ads are for, as Pinterest's targeting spec: https://developers.pinterest.com/docs/api/v5/ad_groups-create</summary>
internal static class PinterestTargeting
{
    /// <summary>Means this age and older.</summary>
    private const int Oldest = 65;

    public static JsonObject Of(LaunchBrief brief, IReadOnlyList<string> audiences, List<PlanNote> notes)
    {
        var (audience, spec) = (brief.Audience, new JsonObject());
        Places(audience, spec, notes);
        // Without ages Pinterest shows ads to minors too.
        spec["MINIMUM_AGE"] = Years(Math.Clamp(audience.AgeMin, 18, Oldest));
        spec["MAXIMUM_AGE"] = audience.AgeMax >= Oldest ? $"{Oldest}+" : Years(Math.Max(18, audience.AgeMax));
        if (audience.Genders.Distinct().ToList() is [var only]) spec["GENDER"] = new JsonArray(only == Gender.Men ? "male" : "female");

        var interests = audience.Interests.Where(i => i.Ids.ContainsKey(Platform.Pinterest)).ToList();
        foreach (var unknown in audience.Interests.Except(interests)) notes.Add(PlanWords.LeftOut("audience.interests", $"Pinterest has no interest for “{unknown.Name}”."));
        if (interests.Count > 0) spec["INTEREST"] = Texts(interests.Select(i => i.Ids[Platform.Pinterest]));

        var languages = audience.Traits.Where(t => t.Kind == TargetingKind.Language && t.Ids.ContainsKey(Platform.Pinterest)).ToList();
        foreach (var other in audience.Traits.Except(languages)) notes.Add(PlanWords.LeftOut("audience.traits", $"Pinterest cannot narrow by “{other.Name}”."));
        if (languages.Count > 0) spec["LOCALE"] = Texts(languages.Select(l => l.Ids[Platform.Pinterest]));

        if (audiences.Count > 0) spec["AUDIENCE_INCLUDE"] = Texts(audiences);
        return spec;
    }

    /// <summary>A region has a code with its country in it and goes to GEO; countries and metros go to LOCATION.</summary>
    public static bool IsRegion(string id) => id.Contains('-', StringComparison.Ordinal);

    /// <summary>A place that Pinterest doesn't know becomes its country, so that an audience never grows to the whole world by accident.</summary>
    private static void Places(AudienceSpec audience, JsonObject spec, List<PlanNote> notes)
    {
        foreach (var excluded in audience.ExcludedPlaces) notes.Add(PlanWords.LeftOut("audience.excludedPlaces", $"Pinterest cannot leave out {excluded.Name}."));
        var countries = audience.Places.Where(p => p.Kind == PlaceKind.Country).Select(p => p.Country.ToUpperInvariant()).ToHashSet();
        var (locations, regions) = (new List<string>(), new List<string>());
        foreach (var place in audience.Places.Where(p => p.Kind != PlaceKind.Country))
        {
            if (countries.Contains(place.Country.ToUpperInvariant())) notes.Add(PlanWords.Converted("audience.places", $"{place.Name} lies in {Named(place.Country)}, which is chosen as a whole."));
            else if (place.Ids.TryGetValue(Platform.Pinterest, out var id)) (IsRegion(id) ? regions : locations).Add(id);
            else
            {
                notes.Add(PlanWords.Converted("audience.places", $"Pinterest does not know {place.Name}: all of {Named(place.Country)} is used instead."));
                countries.Add(place.Country.ToUpperInvariant());
            }
        }
        if (audience.Places.Count == 0)
        {
            countries.UnionWith(PinterestFromMemory.AdCountries);
            notes.Add(PlanWords.Converted("audience.places", $"Pinterest wants places: the ads are for all {countries.Count} countries in which it shows any."));
        }
        if (countries.Count + locations.Count > 0) spec["LOCATION"] = Texts(countries.Order().Concat(locations.Distinct()));
        if (regions.Count > 0) spec["GEO"] = Texts(regions.Distinct());
    }

    private static JsonArray Texts(IEnumerable<string> values) => new([.. values.Select(v => (JsonNode)v)]);
    private static string Years(int age) => age.ToString(System.Globalization.CultureInfo.InvariantCulture);
    private static string Named(string country) => Countries.Find(country)?.Name ?? country;
}
