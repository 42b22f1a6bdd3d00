using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Meta;

/// <summary>What an ad set's targeting may say.</summary>
public static class MetaTargetingRules
{
    public static MetaError? Check(MetaContext context, JsonObject? targeting, SandboxObject account, SandboxObject campaign)
    {
        if (MetaShapes.CheckObject(targeting, "Targeting", "targeting") is { } unknown) return unknown;
        if (targeting is null) return MetaError.Invalid("Param targeting must be a JSON object", "targeting");
        var audiences = targeting["custom_audiences"] as JsonArray;
        if (targeting["geo_locations"] is not JsonObject { Count: > 0 } && audiences is not { Count: > 0 })
            return MetaError.ForPerson(1885364, "Location is missing", "Choose at least one place or a custom audience.", "targeting");
        var special = (campaign.Body["special_ad_categories"] as JsonArray ?? []).Any(c => c!.ToString() is "HOUSING" or "EMPLOYMENT" or "CREDIT" or "FINANCIAL_PRODUCTS_SERVICES");
        if (CheckPlaces(targeting, special) is { } place) return place;

        var (youngest, oldest) = (targeting["age_min"]?.GetValue<int>() ?? 18, targeting["age_max"]?.GetValue<int>() ?? 65);
        if (youngest < 13 || oldest > 65 || youngest > oldest) return MetaError.ForPerson(1487079, "Age isn't valid", "Ages run from 13 to 65, and the youngest can't be above the oldest.", "targeting");
        if (CheckTraits(targeting) is { } trait) return trait;
        foreach (var audience in audiences ?? [])
            if (audience?["id"]?.ToString() is not { } id || context.Store.Find(MetaWorld.Audience, id)?.AccountId != account.Id)
                return MetaError.ForPerson(1487301, "Custom audience not found", "A custom audience in the targeting doesn't exist or isn't shared with this ad account.", "targeting");
        if (special && (youngest > 18 || oldest < 65 || targeting["genders"] is JsonArray { Count: 1 }))
            return MetaError.ForPerson(1885366, "Targeting isn't allowed for special ad categories", "Ads of a special category must reach all ages from 18 to 65+ and all genders.", "targeting");
        return null;
    }

    private static MetaError? CheckPlaces(JsonObject targeting, bool special)
    {
        foreach (var name in new[] { "geo_locations", "excluded_geo_locations" })
        {
            if (MetaShapes.CheckObject(targeting[name], "TargetingGeoLocation", $"targeting[{name}]") is { } wrong) return wrong;
            foreach (var city in targeting[name]?["cities"] as JsonArray ?? [])
                if (MetaShapes.CheckObject(city, "TargetingGeoLocationCity", $"targeting[{name}][cities]") is { } odd) return odd;
            foreach (var (kind, key) in MetaGeo.Places(targeting[name]))
                if (!MetaGeo.IsKnown(kind, key)) return MetaError.ForPerson(1487756, "Location isn't valid", $"There is no {kind switch { "countries" => "country", "regions" => "region", _ => "city" }} {key}.", "targeting");
        }
        var excluded = MetaGeo.Places(targeting["excluded_geo_locations"]).ToList();
        if (excluded.Intersect(MetaGeo.Places(targeting["geo_locations"])).Any())
            return MetaError.ForPerson(1487756, "Some of your locations overlap", "A place can't be included and excluded at the same time.", "targeting");
        return special && excluded.Count > 0 ? MetaError.ForPerson(1885366, "Targeting isn't allowed for special ad categories", "Ads of a special category can't exclude places.", "targeting") : null;
    }

    private static MetaError? CheckTraits(JsonObject targeting)
    {
        foreach (var language in targeting["locales"] as JsonArray ?? [])
            if (MetaTraits.Check("locales", language) is { } wrong) return wrong;
        foreach (var spec in (targeting["flexible_spec"] as JsonArray ?? []).Append(targeting["exclusions"]).Where(s => s is not null))
        {
            if (MetaShapes.CheckObject(spec, "FlexibleTargeting", "targeting[flexible_spec]") is { } odd) return odd;
            foreach (var (kind, values) in spec!.AsObject())
                foreach (var value in values as JsonArray ?? [])
                    if (MetaTraits.Check(kind, value) is { } wrong) return wrong;
        }
        return null;
    }
}
