using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.LinkedIn;

/// <summary>Whom the ads are for, as LinkedIn's targetingCriteria: of one facet any value will do, every facet must be met. https://learn.microsoft.com/en-us/linkedin/shared/references/v2/ads/targeting-criteria</summary>
internal static class LinkedInTargeting
{
    /// <summary>Stands before a country's code until the step runs: only LinkedIn's search knows the number that it goes by there.</summary>
    public const string Country = "country:";

    /// <summary>Ads are written in one language; English reaches people whatever the language of their profile is.</summary>
    private const string Locale = "urn:li:locale:en_US";

    public static string Facet(string name) => "urn:li:adTargetingFacet:" + name;

    public static JsonObject Of(AudienceSpec audience, IReadOnlyList<string> segments, List<PlanNote> notes)
    {
        var all = new List<(string Facet, List<string> Values)> { ("locations", Places(audience.Places, notes)), ("interfaceLocales", [Locale]) };
        if (all[0].Values.Count == 0)
        {
            all[0] = ("locations", [.. Countries.All.Where(c => IsLarge(c.Code)).Select(c => Country + c.Code)]);
            notes.Add(PlanWords.Converted("audience.places", "LinkedIn wants places: without any, the countries with most members are used."));
        }
        if (Ages(audience, notes) is { Count: > 0 } ages) all.Add(("ageRanges", ages));
        if (audience.Genders.Distinct().ToList() is [var only]) all.Add(("genders", [only == Gender.Men ? "urn:li:gender:MALE" : "urn:li:gender:FEMALE"]));
        Known("interests", audience.Interests.Select(i => (i.Name, i.Ids)));
        foreach (var kind in audience.Traits.GroupBy(t => t.Kind))
            if (LinkedInFromMemory.FacetOf(kind.Key) is { } facet) Known(facet, kind.Select(t => (t.Name, t.Ids)));
            else foreach (var trait in kind) notes.Add(PlanWords.LeftOut("audience.traits", $"LinkedIn cannot aim at “{trait.Name}”."));
        if (segments.Count > 0) all.Add(("audienceMatchingSegments", [.. segments]));
        if (all.Any(f => f.Facet == "employers") && all.RemoveAll(f => f.Facet == "industries") > 0)
            notes.Add(PlanWords.LeftOut("audience.traits", "LinkedIn cannot narrow chosen employers by industry: the employers count."));

        var criteria = new JsonObject
        {
            ["include"] = new JsonObject { ["and"] = new JsonArray([.. all.Select(f => (JsonNode)new JsonObject { ["or"] = new JsonObject { [Facet(f.Facet)] = Texts(f.Values) } })]) },
        };
        if (Excluded(audience, notes) is { Count: > 0 } excluded) criteria["exclude"] = new JsonObject { ["or"] = new JsonObject { [Facet("locations")] = Texts(excluded) } };
        return criteria;

        void Known(string facet, IEnumerable<(string Name, IReadOnlyDictionary<Platform, string> Ids)> wanted)
        {
            var known = new List<string>();
            foreach (var (name, ids) in wanted)
                if (ids.TryGetValue(Platform.LinkedIn, out var id)) known.Add(id);
                else notes.Add(PlanWords.LeftOut(facet == "interests" ? "audience.interests" : "audience.traits", $"LinkedIn does not know “{name}”."));
            if (known.Count == 0) return;
            // A facet stands once, whatever brought its values.
            if (all.Find(f => f.Facet == facet).Values is { } there) there.AddRange(known.Except(there));
            else all.Add((facet, [.. known.Distinct()]));
        }
    }

    /// <summary>Codes of the countries that the criteria name and LinkedIn has not numbered yet.</summary>
    public static IReadOnlyList<string> Unnumbered(JsonNode? criteria) => [.. Values(criteria).Where(v => v.StartsWith(Country, StringComparison.Ordinal)).Select(v => v[Country.Length..]).Distinct()];

    /// <summary>A copy with every country under LinkedIn's number for it.</summary>
    public static JsonNode Numbered(JsonNode criteria, IReadOnlyDictionary<string, string> numbers) => criteria switch
    {
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, p.Value is null ? null : (JsonNode?)Numbered(p.Value, numbers)))),
        JsonArray a => new JsonArray([.. a.Select(i => i is null ? null : Numbered(i, numbers))]),
        _ => criteria.ToString() is var text && text.StartsWith(Country, StringComparison.Ordinal) ? numbers[text[Country.Length..]] : criteria.DeepClone(),
    };

    private static IEnumerable<string> Values(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Values(p.Value)), JsonArray a => a.SelectMany(Values), JsonValue v when v.TryGetValue<string>(out var text) => [text], _ => [],
    };

    /// <summary>A place that LinkedIn doesn't know becomes its country, so that an audience never grows to the whole world by accident.</summary>
    private static List<string> Places(IReadOnlyList<TargetPlace> places, List<PlanNote> notes)
    {
        var countries = places.Where(p => p.Kind == PlaceKind.Country).Select(p => p.Country.ToUpperInvariant()).ToHashSet();
        var others = new List<string>();
        foreach (var place in places.Where(p => p.Kind != PlaceKind.Country))
        {
            if (countries.Contains(place.Country.ToUpperInvariant())) notes.Add(PlanWords.Converted("audience.places", $"{place.Name} lies in {Named(place.Country)}, which is chosen as a whole."));
            else if (place.Ids.TryGetValue(Platform.LinkedIn, out var urn)) others.Add(urn);
            else
            {
                notes.Add(PlanWords.Converted("audience.places", $"LinkedIn does not know {place.Name}: all of {Named(place.Country)} is used instead."));
                countries.Add(place.Country.ToUpperInvariant());
            }
        }
        return [.. countries.Order().Select(c => Country + c), .. others.Distinct()];
    }

    private static List<string> Excluded(AudienceSpec audience, List<PlanNote> notes)
    {
        var excluded = new List<string>();
        foreach (var place in audience.ExcludedPlaces)
            if (place.Kind == PlaceKind.Country) excluded.Add(Country + place.Country.ToUpperInvariant());
            else if (place.Ids.TryGetValue(Platform.LinkedIn, out var urn)) excluded.Add(urn);
            else notes.Add(PlanWords.LeftOut("audience.excludedPlaces", $"LinkedIn does not know {place.Name}, so it is not excluded."));
        return [.. excluded.Distinct()];
    }

    private static List<string> Ages(AudienceSpec audience, List<PlanNote> notes)
    {
        var groups = LinkedInCatalogue.Rules.AgeGroups.Where(g => g.From <= audience.AgeMax && (g.To ?? 200) >= audience.AgeMin).ToList();
        if (groups.Count == 0 || groups.Count == LinkedInCatalogue.Rules.AgeGroups.Count) return [];
        var (from, to) = (groups[0].From, groups[^1].To);
        if (from != audience.AgeMin || to is not null && to != audience.AgeMax)
            notes.Add(PlanWords.Converted("audience.ages", $"LinkedIn knows ages in groups: {audience.AgeMin} to {audience.AgeMax} becomes {from} {(to is null ? "and older" : $"to {to}")}."));
        return [.. groups.Select(g => g.Wire)];
    }

    private static bool IsLarge(string country) => country is "US" or "IN" or "BR" or "GB" or "FR" or "CA" or "MX" or "IT" or "DE" or "ES" or "AU" or "NL";

    private static JsonArray Texts(IEnumerable<string> values) => [.. values.Select(v => (JsonNode)v)];

    private static string Named(string country) => Countries.Find(country)?.Name ?? country;
}
