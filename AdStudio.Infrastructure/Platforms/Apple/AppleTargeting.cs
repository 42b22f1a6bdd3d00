using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Apple;

/// <summary>For whom the ads are, in Apple's words: countries belong to the campaign, everything else to the ad group.</summary>
internal sealed class AppleTargeting
{
    private AppleTargeting() { }

    /// <summary>ISO codes; never empty.</summary>
    public IReadOnlyList<string> Countries { get; private init; } = [];

    /// <summary>Targeting dimensions of the ad group; empty when they do not narrow.</summary>
    public JsonObject Dimensions { get; } = [];

    /// <summary>Every dimension that the studio sets, with null where it does not narrow: this clears what was set before.</summary>
    public JsonObject Whole()
    {
        var whole = new JsonObject { ["age"] = null, ["gender"] = null, ["country"] = null, ["adminArea"] = null, ["locality"] = null };
        foreach (var (name, value) in Dimensions) whole[name] = value?.DeepClone();
        return whole;
    }

    public static AppleTargeting Of(LaunchBrief brief, List<PlanNote> notes)
    {
        var audience = brief.Audience;
        var (countries, narrower) = Places(audience.Places, notes);
        var targeting = new AppleTargeting { Countries = countries };
        if (narrower.Count > 0) targeting.Narrow(countries[0], narrower);
        targeting.People(audience, notes);
        if (audience.ExcludedPlaces.Count > 0) notes.Add(PlanWords.LeftOut("audience.excludedPlaces", "Apple cannot leave places out; the ads are shown there too."));
        if (audience.Interests.Count > 0) notes.Add(PlanWords.LeftOut("audience.interests", "Apple has no interests to aim by."));
        if (audience.Traits.Count > 0) notes.Add(PlanWords.LeftOut("audience.traits", "Apple aims by place, age and gender only."));
        if (brief.Audiences.Count > 0) notes.Add(PlanWords.LeftOut("audiences", "Apple takes no audiences."));
        return targeting;
    }

    /// <summary>Apple narrows a campaign to regions and cities only where it is for a single country (docs: search geo, countrycode).</summary>
    private static (IReadOnlyList<string> Countries, IReadOnlyList<TargetPlace> Narrower) Places(IReadOnlyList<TargetPlace> places, List<PlanNote> notes)
    {
        var known = places.Where(p => p.Kind == PlaceKind.Country || p.Ids.ContainsKey(Platform.Apple)).ToList();
        foreach (var place in places.Except(known)) notes.Add(PlanWords.LeftOut("audience.places", $"Apple does not know {place.Name}."));

        var whole = known.Where(p => p.Kind == PlaceKind.Country).Select(p => p.Country).Distinct().ToList();
        if (whole.Count > 0)
        {
            foreach (var place in known.Where(p => !whole.Contains(p.Country))) notes.Add(PlanWords.LeftOut("audience.places", $"Apple takes regions and cities only in a campaign for one country, so {place.Name} is left out."));
            return (whole, []);
        }
        if (known.Count == 0)
        {
            notes.Add(PlanWords.Converted("audience.places", "Apple wants a country; without one it takes the United States."));
            return (["US"], []);
        }
        var country = known.GroupBy(p => p.Country).OrderByDescending(g => g.Count()).First().Key;
        foreach (var place in known.Where(p => p.Country != country)) notes.Add(PlanWords.LeftOut("audience.places", $"Apple takes regions and cities of one country a campaign, so {place.Name} is left out."));
        return ([country], [.. known.Where(p => p.Country == country)]);
    }

    private void Narrow(string country, IReadOnlyList<TargetPlace> places)
    {
        Dimensions["country"] = Included([country]);
        foreach (var (name, kind) in new[] { ("adminArea", PlaceKind.Region), ("locality", PlaceKind.City) })
            if (places.Where(p => p.Kind == kind).Select(p => p.Ids[Platform.Apple]).ToList() is { Count: > 0 } ids) Dimensions[name] = Included(ids);
    }

    private void People(AudienceSpec audience, List<PlanNote> notes)
    {
        var rules = AppleCatalogue.Rules!;
        var (from, to) = (Math.Max(audience.AgeMin, rules.AgeMin), Math.Min(audience.AgeMax, rules.AgeMax));
        if (from > rules.AgeMin || to < rules.AgeMax)
        {
            var range = new JsonObject { ["minAge"] = from };
            if (to < rules.AgeMax) range["maxAge"] = to;
            Dimensions["age"] = new JsonObject { ["included"] = new JsonArray(range) };
        }
        if (audience.Genders is [var only]) Dimensions["gender"] = Included([only == Gender.Women ? AppleFromMemory.Women : AppleFromMemory.Men]);
        if (Dimensions.ContainsKey("age") || Dimensions.ContainsKey("gender"))
            notes.Add(PlanWords.Converted("audience", "With an age or a gender chosen, Apple shows the ads only to people who let it personalise ads."));
    }

    private static JsonObject Included(IEnumerable<string> values) => new() { ["included"] = new JsonArray([.. values.Select(v => (JsonNode)v)]) };

    /// <summary>Back into our words, for a campaign that was made elsewhere.</summary>
    public static AudienceSpec Read(JsonNode campaign, JsonNode? dimensions)
    {
        var range = (dimensions?["age"]?["included"] as JsonArray)?.FirstOrDefault();
        var places = Ids(dimensions, "adminArea").Select(id => Place(PlaceKind.Region, id)).Concat(Ids(dimensions, "locality").Select(id => Place(PlaceKind.City, id))).ToList();
        return new()
        {
            Places = places.Count > 0 ? places : [.. (campaign["countriesOrRegions"] as JsonArray ?? []).Select(c => c!.ToString()).Select(c => new TargetPlace { Kind = PlaceKind.Country, Name = Core.Platforms.Countries.Find(c)?.Name ?? c, Country = c })],
            AgeMin = Number(range?["minAge"]) ?? 18, AgeMax = Number(range?["maxAge"]) ?? 65,
            Genders = [.. Ids(dimensions, "gender").Select(g => g == AppleFromMemory.Women ? Gender.Women : Gender.Men).Distinct()],
        };
    }

    private static IEnumerable<string> Ids(JsonNode? dimensions, string name) => (dimensions?[name]?["included"] as JsonArray ?? []).Select(v => v!.ToString());

    /// <summary>"US|CA|Cupertino".</summary>
    private static TargetPlace Place(PlaceKind kind, string id) => new() { Kind = kind, Name = id.Split('|')[^1], Country = id.Split('|')[0], Ids = new Dictionary<Platform, string> { [Platform.Apple] = id } };

    private static int? Number(JsonNode? value) => int.TryParse(value?.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
