using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Snapchat;

/// <summary>Whom the ads are for, as Snapchat's targeting spec. https://developers.snap.com/api/marketing-api/Ads-API/targeting</summary>
internal static class SnapchatTargeting
{
    private static int Oldest => SnapchatCatalogue.Rules!.AgeMax;

    public static JsonObject Of(LaunchBrief brief, IReadOnlyList<string> segments, List<PlanNote> notes)
    {
        var audience = brief.Audience;
        var geos = Places(audience.Places, audience.ExcludedPlaces, notes);
        var targeting = new JsonObject { ["regulated_content"] = false, ["geos"] = geos };
        targeting["demographics"] = new JsonArray(Demographics(audience, geos.Select(g => g!["country_code"]!.ToString()).Distinct().Count() > 1, notes));

        var known = audience.Interests.Where(i => i.Ids.ContainsKey(Platform.Snapchat)).ToList();
        foreach (var unknown in audience.Interests.Except(known)) notes.Add(PlanWords.LeftOut("audience.interests", $"Snapchat has no interest for “{unknown.Name}”."));
        if (known.Count > 0) targeting["interests"] = new JsonArray(new JsonObject { ["category_id"] = new JsonArray([.. known.Select(i => (JsonNode)i.Ids[Platform.Snapchat])]) });
        foreach (var trait in audience.Traits.Where(t => t.Kind != TargetingKind.Language)) notes.Add(PlanWords.LeftOut("audience.traits", $"Snapchat cannot look for “{trait.Name}”."));
        if (segments.Count > 0) targeting["segments"] = new JsonArray(new JsonObject { ["segment_id"] = new JsonArray([.. segments.Select(s => (JsonNode)s)]), ["operation"] = "INCLUDE" });
        return targeting;
    }

    private static JsonObject Demographics(AudienceSpec audience, bool isAbroad, List<PlanNote> notes)
    {
        var demographics = new JsonObject { ["min_age"] = Math.Clamp(audience.AgeMin, 13, Oldest) };
        // The highest age stands for everyone older, which is also what no upper age means.
        if (audience.AgeMax < Oldest) demographics["max_age"] = Math.Max(audience.AgeMax, 13);
        else if (audience.AgeMax < 65) notes.Add(PlanWords.Converted("audience.ages", $"Snapchat tells no ages apart above {Oldest}: people older than {audience.AgeMax} see the ads too."));
        if (audience.Genders.Distinct().ToList() is [var only]) demographics["gender"] = only == Gender.Men ? "MALE" : "FEMALE";

        var languages = audience.Traits.Where(t => t.Kind == TargetingKind.Language && t.Ids.ContainsKey(Platform.Snapchat)).ToList();
        foreach (var unknown in audience.Traits.Where(t => t.Kind == TargetingKind.Language).Except(languages)) notes.Add(PlanWords.LeftOut("audience.traits", $"Snapchat does not know the language “{unknown.Name}”."));
        if (languages.Count > 0)
        {
            if (isAbroad && languages.Count > 1) notes.Add(PlanWords.Converted("audience.traits", $"In several countries Snapchat takes one language only: {languages[0].Name}."));
            demographics["languages"] = new JsonArray([.. languages.Take(isAbroad ? 1 : int.MaxValue).Select(l => (JsonNode)l.Ids[Platform.Snapchat])]);
        }
        else if (isAbroad)
        {
            notes.Add(PlanWords.Converted("audience.places", "In several countries Snapchat wants one language to be chosen: only people who use Snapchat in English see the ads. Choose another language, or one country."));
            demographics["languages"] = new JsonArray("en");
        }
        return demographics;
    }

    /// <summary>One entry a country. What Snapchat doesn't know becomes the country it lies in, so that an audience never grows to the whole world by accident.</summary>
    private static JsonArray Places(IReadOnlyList<TargetPlace> places, IReadOnlyList<TargetPlace> excluded, List<PlanNote> notes)
    {
        if (places.Count == 0)
        {
            notes.Add(PlanWords.Converted("audience.places", "Snapchat wants countries by name: without a choice the ads are shown in the United States."));
            return new JsonArray(new JsonObject { ["country_code"] = "us" });
        }
        var geos = new SortedDictionary<string, SortedSet<string>?>(StringComparer.Ordinal); // null: the whole country
        foreach (var place in places.OrderBy(p => p.Kind))
        {
            var country = place.Country.ToLowerInvariant();
            if (place.Kind == PlaceKind.Country) geos[country] = null;
            else if (geos.TryGetValue(country, out var regions) && regions is null) notes.Add(PlanWords.Converted("audience.places", $"{place.Name} lies in {Named(place.Country)}, which is chosen as a whole."));
            else if (RegionOf(place) is { } region) (geos[country] = regions ?? []).Add(region);
            else
            {
                notes.Add(PlanWords.Converted("audience.places", $"Snapchat does not know {place.Name}: all of {Named(place.Country)} is used instead."));
                geos[country] = null;
            }
        }
        foreach (var place in excluded) notes.Add(PlanWords.LeftOut("audience.excludedPlaces", $"{place.Name} is not left out on Snapchat."));
        return new JsonArray([.. geos.Select(g => (JsonNode)(g.Value is null
            ? new JsonObject { ["country_code"] = g.Key }
            : new JsonObject { ["country_code"] = g.Key, ["region_id"] = new JsonArray([.. g.Value.Select(r => (JsonNode)r)]) }))]);
    }

    private static string? RegionOf(TargetPlace place) => place.Kind == PlaceKind.Region && place.Ids.TryGetValue(Platform.Snapchat, out var id) ? id : null;
    private static string Named(string country) => Countries.Find(country)?.Name ?? country;

    /// <summary>Back from what stands on Snapchat, as far as it says it in our words.</summary>
    public static AudienceSpec Read(JsonObject targeting)
    {
        var demographics = (targeting["demographics"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault();
        return new()
        {
            Places = [.. (targeting["geos"] as JsonArray ?? []).OfType<JsonObject>().Where(g => g["country_code"] is not null).Select(g => g["country_code"]!.ToString().ToUpperInvariant()).Distinct()
                .Select(code => new TargetPlace { Kind = PlaceKind.Country, Country = code, Name = Named(code) })],
            AgeMin = Age(demographics?["min_age"]) ?? 13, AgeMax = Age(demographics?["max_age"]) is { } oldest && oldest < Oldest ? oldest : 65,
            Genders = demographics?["gender"]?.ToString().ToUpperInvariant() switch { "MALE" => [Gender.Men], "FEMALE" => [Gender.Women], _ => [] },
            Interests = [.. (targeting["interests"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(i => i["category_id"] as JsonArray ?? []).Select(id => id!.ToString())
                .Select(id => new TargetInterest { Name = id, Ids = new Dictionary<Platform, string> { [Platform.Snapchat] = id } })],
        };
    }

    private static int? Age(JsonNode? value) => int.TryParse(value?.ToString().TrimEnd('+'), out var age) ? age : null;
}
