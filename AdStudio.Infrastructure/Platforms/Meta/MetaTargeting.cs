using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>Whom the ads are for, as Meta's targeting spec.</summary>
internal static class MetaTargeting
{
    public static JsonObject Of(LaunchBrief brief, IReadOnlyList<(BriefAudience Audience, string Id)> audiences, List<PlanNote> notes)
    {
        var narrowed = MetaCatalogue.Rules.SpecialAdCategories.FirstOrDefault(c => c.NarrowsTargeting && brief.SpecialAdCategories.Contains(c.Wire));
        var audience = brief.Audience;
        var targeting = new JsonObject { ["geo_locations"] = Places(audience, narrowed, notes) };
        if (narrowed is null)
        {
            targeting["age_min"] = Math.Clamp(audience.AgeMin, 13, 65);
            targeting["age_max"] = Math.Clamp(audience.AgeMax, 13, 65);
            if (audience.Genders.Distinct().ToList() is [var only]) targeting["genders"] = new JsonArray(only == Gender.Men ? 1 : 2);
        }
        else if (audience.AgeMin > 18 || audience.AgeMax < 65 || audience.Genders.Distinct().Count() == 1)
        {
            notes.Add(PlanWords.LeftOut("audience.ages", $"Meta allows no choice of ages or genders in the category {narrowed.Label}: everyone of 18 and older sees the ads."));
        }

        MetaTraits.Into(targeting, audience, narrowed, notes);
        Excluded(targeting, audience, narrowed, notes);
        if (MetaDetails.LeadsToApp(brief) && brief.App?.Url is { } store && MetaFromMemory.SystemOf(store) is { } system) targeting["user_os"] = new JsonArray(system);
        if (audiences.Count > 0) targeting["custom_audiences"] = new JsonArray([.. audiences.Select(a => (JsonNode)new JsonObject { ["id"] = a.Id })]);
        // Without this Meta may show the ads to others than those chosen.
        targeting["targeting_automation"] = new JsonObject { ["advantage_audience"] = 0 };
        return targeting;
    }

    /// <summary>A place that Meta doesn't know becomes its country, so that an audience never grows to the whole world by accident.</summary>
    private static JsonObject Places(AudienceSpec audience, SpecialAdCategory? narrowed, List<PlanNote> notes)
    {
        if (audience.Places.Count == 0) return new JsonObject { ["country_groups"] = new JsonArray("worldwide") };

        var countries = audience.Places.Where(p => p.Kind == PlaceKind.Country).Select(p => p.Country.ToUpperInvariant()).ToHashSet();
        var (regions, cities) = (new List<string>(), new List<string>());
        foreach (var place in audience.Places.Where(p => p.Kind != PlaceKind.Country))
        {
            if (countries.Contains(place.Country.ToUpperInvariant())) notes.Add(PlanWords.Converted("audience.places", $"{place.Name} lies in {Named(place.Country)}, which is chosen as a whole."));
            else if (place.Ids.TryGetValue(Platform.Meta, out var key)) (place.Kind == PlaceKind.Region ? regions : cities).Add(key);
            else
            {
                notes.Add(PlanWords.Converted("audience.places", $"Meta does not know {place.Name}: all of {Named(place.Country)} is used instead."));
                countries.Add(place.Country.ToUpperInvariant());
            }
        }
        if (narrowed is not null && cities.Count > 0) notes.Add(PlanWords.Converted("audience.places", $"In the category {narrowed.Label} Meta shows ads within 25 km around a city."));

        var places = new JsonObject();
        if (countries.Count > 0) places["countries"] = new JsonArray([.. countries.Order().Select(c => (JsonNode)c)]);
        if (regions.Count > 0) places["regions"] = new JsonArray([.. regions.Distinct().Select(k => (JsonNode)new JsonObject { ["key"] = k })]);
        if (cities.Count > 0)
            places["cities"] = new JsonArray([.. cities.Distinct().Select(k => (JsonNode)(narrowed is null ? new JsonObject { ["key"] = k } : new JsonObject { ["key"] = k, ["radius"] = 25, ["distance_unit"] = "kilometer" }))]);
        return places;
    }

    /// <summary>A place that Meta doesn't know is not left out of the targeting, rather than all of its country.</summary>
    private static void Excluded(JsonObject targeting, AudienceSpec audience, SpecialAdCategory? narrowed, List<PlanNote> notes)
    {
        if (audience.ExcludedPlaces.Count == 0) return;
        if (narrowed is not null)
        {
            notes.Add(PlanWords.LeftOut("audience.excludedPlaces", $"In the category {narrowed.Label} Meta lets no place be excluded."));
            return;
        }
        var known = audience.ExcludedPlaces.Where(p => p.Kind == PlaceKind.Country || p.Ids.ContainsKey(Platform.Meta)).ToList();
        foreach (var unknown in audience.ExcludedPlaces.Except(known)) notes.Add(PlanWords.LeftOut("audience.excludedPlaces", $"Meta does not know {unknown.Name}, so it cannot be excluded."));
        var places = new JsonObject();
        foreach (var (kind, name) in ((PlaceKind, string)[])[(PlaceKind.Country, "countries"), (PlaceKind.Region, "regions"), (PlaceKind.City, "cities")])
            if (known.Where(p => p.Kind == kind).ToList() is { Count: > 0 } some)
                places[name] = new JsonArray([.. some.Select(p => kind == PlaceKind.Country ? p.Country.ToUpperInvariant() : p.Ids[Platform.Meta]).Distinct().Select(k => kind == PlaceKind.Country ? (JsonNode)k : new JsonObject { ["key"] = k })]);
        if (places.Count > 0) targeting["excluded_geo_locations"] = places;
    }

    private static string Named(string country) => Countries.Find(country)?.Name ?? country;
}
