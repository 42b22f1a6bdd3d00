using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Google;

/// <summary>Whom the ads are for, as criteria of a campaign (places and languages) and of its ad group (ages, genders, interests, lists).</summary>
internal static class GoogleTargeting
{
    /// <summary>Of a campaign, without the campaign that they belong to: places, places where nobody is to see the ads, languages.</summary>
    public static List<JsonObject> OfCampaign(AudienceSpec audience, List<PlanNote> notes)
    {
        var places = Places(audience, notes);
        return
        [
            .. places.Select(p => new JsonObject { ["location"] = new JsonObject { ["geoTargetConstant"] = p } }),
            .. Excluded(audience, notes).Except(places).Select(p => new JsonObject { ["location"] = new JsonObject { ["geoTargetConstant"] = p }, ["negative"] = true }),
            .. Languages(audience, notes).Select(l => new JsonObject { ["language"] = new JsonObject { ["languageConstant"] = l } }),
        ];
    }

    /// <summary>Geo target constants; a place that Google doesn't know becomes its country.</summary>
    private static List<string> Places(AudienceSpec audience, List<PlanNote> notes)
    {
        var countries = audience.Places.Where(p => p.Kind == PlaceKind.Country).Select(p => p.Country.ToUpperInvariant()).ToHashSet();
        var ids = new List<string>();
        foreach (var place in audience.Places.Where(p => p.Kind != PlaceKind.Country))
        {
            var country = Countries.Find(place.Country)?.Name ?? place.Country;
            if (countries.Contains(place.Country.ToUpperInvariant())) notes.Add(PlanWords.Converted("audience.places", $"{place.Name} lies in {country}, which is chosen as a whole."));
            else if (place.Ids.TryGetValue(Platform.Google, out var id)) ids.Add(id);
            else
            {
                notes.Add(PlanWords.Converted("audience.places", $"Google does not know {place.Name}: all of {country} is used instead."));
                countries.Add(place.Country.ToUpperInvariant());
            }
        }
        foreach (var code in countries.Order())
        {
            if (Countries.Find(code) is { } country) ids.Add(GoogleFromMemory.ConstantOf(country));
            else notes.Add(PlanWords.LeftOut("audience.places", $"Google knows no country {code}."));
        }
        return [.. ids.Distinct().Select(id => "geoTargetConstants/" + id)];
    }

    private static List<string> Excluded(AudienceSpec audience, List<PlanNote> notes)
    {
        var ids = new List<string>();
        foreach (var place in audience.ExcludedPlaces)
        {
            var id = place.Kind == PlaceKind.Country ? Countries.Find(place.Country) is { } country ? GoogleFromMemory.ConstantOf(country) : null : place.Ids.GetValueOrDefault(Platform.Google);
            if (id is not null) ids.Add("geoTargetConstants/" + id);
            else notes.Add(PlanWords.LeftOut("audience.excludedPlaces", $"Google does not know {place.Name}, so it is not excluded there."));
        }
        return [.. ids.Distinct()];
    }

    private static List<string> Languages(AudienceSpec audience, List<PlanNote> notes)
    {
        var ids = new List<string>();
        foreach (var trait in audience.Traits)
        {
            if (trait.Kind != TargetingKind.Language) notes.Add(PlanWords.LeftOut("audience.traits", $"Google cannot narrow the ads by “{trait.Name}”."));
            else if (trait.Ids.TryGetValue(Platform.Google, out var id)) ids.Add("languageConstants/" + id);
            else notes.Add(PlanWords.LeftOut("audience.traits", $"Google does not know the language “{trait.Name}”."));
        }
        return [.. ids.Distinct()];
    }

    /// <summary>One criterion each, without the ad group that they belong to.</summary>
    public static List<JsonObject> OfAdGroup(LaunchBrief brief, IReadOnlyList<string> userLists, List<PlanNote> notes)
    {
        var audience = brief.Audience;
        var criteria = new List<JsonObject>();

        var groups = GoogleCatalogue.Rules.AgeGroups.Where(g => g.From <= audience.AgeMax && (g.To ?? 200) >= audience.AgeMin).ToList();
        if (groups.Count > 0 && groups.Count < GoogleCatalogue.Rules.AgeGroups.Count)
        {
            criteria.AddRange(groups.Select(g => new JsonObject { ["ageRange"] = new JsonObject { ["type"] = g.Wire } }));
            var (from, to) = (groups[0].From, groups[^1].To);
            if (from != audience.AgeMin || to is not null && to != audience.AgeMax)
                notes.Add(PlanWords.Converted("audience.ages", $"Google knows ages in groups: {audience.AgeMin} to {audience.AgeMax} becomes {from} {(to is null ? "and older" : $"to {to}")}."));
        }
        if (audience.Genders.Distinct().ToList() is [var only]) criteria.Add(new() { ["gender"] = new JsonObject { ["type"] = only == Gender.Men ? "MALE" : "FEMALE" } });

        foreach (var interest in audience.Interests)
        {
            if (interest.Ids.TryGetValue(Platform.Google, out var id)) criteria.Add(new() { ["userInterest"] = new JsonObject { ["userInterestCategory"] = $"customers/{brief.Account.ExternalId}/userInterests/{id}" } });
            else notes.Add(PlanWords.LeftOut("audience.interests", $"Google has no interest for “{interest.Name}”."));
        }
        criteria.AddRange(userLists.Distinct().Select(list => new JsonObject { ["userList"] = new JsonObject { ["userList"] = list } }));
        return criteria;
    }
}
