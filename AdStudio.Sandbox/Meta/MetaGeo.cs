using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;

namespace AdStudio.Sandbox.Meta;

/// <summary>Places that can be targeted, and about how many people a targeting makes.</summary>
public static class MetaGeo
{
    /// <summary>Countries with their people on the platform, in millions.</summary>
    private static readonly (string Code, string Name, double Millions)[] Countries =
    [
        ("US", "United States", 195), ("CA", "Canada", 25), ("MX", "Mexico", 90), ("BR", "Brazil", 115), ("AR", "Argentina", 30), ("CL", "Chile", 13), ("CO", "Colombia", 36), ("PE", "Peru", 23),
        ("GB", "United Kingdom", 44), ("IE", "Ireland", 3.2), ("DE", "Germany", 36), ("AT", "Austria", 4.6), ("CH", "Switzerland", 4.4), ("FR", "France", 38), ("BE", "Belgium", 6.9), ("NL", "Netherlands", 10),
        ("LU", "Luxembourg", 0.4), ("ES", "Spain", 28), ("PT", "Portugal", 6.4), ("IT", "Italy", 34), ("SE", "Sweden", 7.2), ("NO", "Norway", 3.7), ("DK", "Denmark", 4.1), ("FI", "Finland", 3.3),
        ("IS", "Iceland", 0.3), ("PL", "Poland", 18), ("CZ", "Czechia", 5.4), ("SK", "Slovakia", 2.9), ("HU", "Hungary", 5.3), ("RO", "Romania", 10), ("BG", "Bulgaria", 3.6), ("GR", "Greece", 5.8),
        ("HR", "Croatia", 2), ("SI", "Slovenia", 1.1), ("EE", "Estonia", 0.7), ("LV", "Latvia", 0.9), ("LT", "Lithuania", 1.5), ("UA", "Ukraine", 16), ("TR", "Turkey", 46), ("IL", "Israel", 5.6),
        ("AE", "United Arab Emirates", 8.5), ("SA", "Saudi Arabia", 17), ("EG", "Egypt", 48), ("MA", "Morocco", 20), ("ZA", "South Africa", 26), ("NG", "Nigeria", 38), ("KE", "Kenya", 13), ("IN", "India", 390),
        ("PK", "Pakistan", 48), ("BD", "Bangladesh", 54), ("ID", "Indonesia", 125), ("MY", "Malaysia", 23), ("SG", "Singapore", 4), ("TH", "Thailand", 50), ("VN", "Vietnam", 74), ("PH", "Philippines", 88),
        ("JP", "Japan", 32), ("KR", "South Korea", 19), ("TW", "Taiwan", 17), ("HK", "Hong Kong", 5.2), ("AU", "Australia", 17), ("NZ", "New Zealand", 3.3),
    ];

    private static readonly (string Key, string Name, string Country)[] Regions =
    [
        ("3843", "Alabama", "US"), ("3847", "California", "US"), ("3848", "Colorado", "US"), ("3852", "Florida", "US"), ("3864", "Massachusetts", "US"), ("3875", "New York", "US"), ("3880", "Oregon", "US"), ("3886", "Texas", "US"),
        ("3890", "Washington", "US"), ("533", "Bayern", "DE"), ("534", "Berlin", "DE"), ("535", "Hamburg", "DE"), ("536", "Nordrhein-Westfalen", "DE"), ("1080", "England", "GB"), ("1081", "Scotland", "GB"), ("521", "Île-de-France", "FR"),
        ("524", "Provence-Alpes-Côte d'Azur", "FR"), ("560", "Lombardia", "IT"), ("561", "Lazio", "IT"), ("580", "Madrid", "ES"), ("581", "Catalunya", "ES"), ("540", "Wien", "AT"), ("545", "Zürich", "CH"), ("553", "Noord-Holland", "NL"), ("531", "Ontario", "CA"),
    ];

    private static readonly (string Key, string Name, string Region, string Country)[] Cities =
    [
        ("2490299", "New York", "New York", "US"), ("2420379", "Los Angeles", "California", "US"), ("2421836", "San Francisco", "California", "US"), ("2418779", "Denver", "Colorado", "US"), ("2464872", "Boston", "Massachusetts", "US"), ("2511713", "Portland", "Oregon", "US"),
        ("2519430", "Austin", "Texas", "US"), ("2527525", "Seattle", "Washington", "US"), ("2432287", "Miami", "Florida", "US"), ("665434", "Berlin", "Berlin", "DE"), ("637451", "Hamburg", "Hamburg", "DE"), ("652190", "München", "Bayern", "DE"), ("648130", "Köln", "Nordrhein-Westfalen", "DE"),
        ("2644688", "London", "England", "GB"), ("2643123", "Manchester", "England", "GB"), ("2650225", "Edinburgh", "Scotland", "GB"), ("777934", "Paris", "Île-de-France", "FR"), ("780203", "Marseille", "Provence-Alpes-Côte d'Azur", "FR"), ("1216384", "Milano", "Lombardia", "IT"), ("1219370", "Roma", "Lazio", "IT"),
        ("674390", "Madrid", "Madrid", "ES"), ("682600", "Barcelona", "Catalunya", "ES"), ("115930", "Wien", "Wien", "AT"), ("365110", "Zürich", "Zürich", "CH"), ("1648830", "Amsterdam", "Noord-Holland", "NL"), ("296875", "Toronto", "Ontario", "CA"),
    ];

    /// <summary>The countries, regions and cities of a place list, with their keys.</summary>
    public static IEnumerable<(string Kind, string Key)> Places(JsonNode? places) =>
        ((string[])["countries", "regions", "cities"]).SelectMany(kind => (places?[kind] as JsonArray ?? []).Select(p => (kind, p is JsonObject o ? o["key"]?.ToString() ?? "" : p?.ToString() ?? "")));

    public static bool IsKnown(string kind, string key) => kind switch { "countries" => IsCountry(key), "regions" => Regions.Any(r => r.Key == key), _ => Cities.Any(c => c.Key == key) };

    public static bool IsCountry(string code) => MetaShapes.Values("country").Contains(code);

    /// <summary>GET /search of places by their keys; what is unknown is left out.</summary>
    public static JsonObject ByKeys(MetaCall call) => new()
    {
        ["regions"] = new JsonObject(Regions.Where(r => call.List("regions").Contains(r.Key)).Select(r => KeyValuePair.Create(r.Key, (JsonNode?)new JsonObject { ["key"] = r.Key, ["name"] = r.Name, ["type"] = "region", ["country_code"] = r.Country, ["country_name"] = NameOf(r.Country) }))),
        ["cities"] = new JsonObject(Cities.Where(c => call.List("cities").Contains(c.Key)).Select(c => KeyValuePair.Create(c.Key, (JsonNode?)new JsonObject { ["key"] = c.Key, ["name"] = c.Name, ["type"] = "city", ["country_code"] = c.Country, ["country_name"] = NameOf(c.Country), ["region"] = c.Region }))),
    };

    /// <summary>GET /search.</summary>
    public static List<JsonObject>? Search(MetaCall call)
    {
        var text = call.Text("q") ?? "";
        bool Fits(string name) => name.Contains(text, StringComparison.OrdinalIgnoreCase);
        switch (call.Text("type"))
        {
            case "adgeolocation":
                var types = call.List("location_types");
                bool Asked(string type) => types.Count == 0 || types.Contains(type);
                var within = call.Text("country_code");
                bool In(string country) => within is null || within == country;
                return [
                    .. Countries.Where(c => Asked("country") && (Fits(c.Name) || string.Equals(c.Code, text, StringComparison.OrdinalIgnoreCase)) && In(c.Code)).Select(c => new JsonObject { ["key"] = c.Code, ["name"] = c.Name, ["type"] = "country", ["country_code"] = c.Code, ["country_name"] = c.Name, ["supports_region"] = true, ["supports_city"] = true }),
                    .. Regions.Where(r => Asked("region") && Fits(r.Name) && In(r.Country)).Select(r => new JsonObject { ["key"] = r.Key, ["name"] = r.Name, ["type"] = "region", ["country_code"] = r.Country, ["country_name"] = NameOf(r.Country), ["supports_region"] = true, ["supports_city"] = true }),
                    .. Cities.Where(c => Asked("city") && Fits(c.Name) && In(c.Country)).Select(c => new JsonObject { ["key"] = c.Key, ["name"] = c.Name, ["type"] = "city", ["country_code"] = c.Country, ["country_name"] = NameOf(c.Country), ["region"] = c.Region, ["region_id"] = long.Parse(Regions.First(r => r.Name == c.Region).Key, CultureInfo.InvariantCulture), ["supports_region"] = true, ["supports_city"] = true }),
                ];
            default:
                return MetaTraits.Search(call, Fits);
        }
    }

    /// <summary>Whom a targeting reaches, as the delivery model takes it.</summary>
    public static Audience AudienceOf(JsonObject? targeting, Func<string, long> audienceSize)
    {
        if (targeting is null) return Audience.Everybody;
        var places = targeting["geo_locations"] as JsonObject;
        List<string> Keys(string kind) => [.. (places?[kind] as JsonArray ?? []).Select(p => p is JsonObject o ? o["key"]?.ToString() ?? "" : p!.ToString())];
        var (regions, cities) = (Keys("regions"), Keys("cities"));
        var countries = Keys("countries")
            .Concat(Regions.Where(r => regions.Contains(r.Key)).Select(r => r.Country))
            .Concat(Cities.Where(c => cities.Contains(c.Key)).Select(c => c.Country)).Distinct().ToList();
        var people = Keys("countries").Sum(MillionsOf) + regions.Count * 4.5 + cities.Count * 1.1;
        people -= Math.Min(people * 0.9, Places(targeting["excluded_geo_locations"]).Sum(p => p.Kind switch { "countries" => MillionsOf(p.Key), "regions" => 4.5, _ => 1.1 }));
        if (countries.Count == 0) (countries, people) = (["US"], 40);
        var (from, to) = (targeting["age_min"]?.GetValue<int>() ?? 18, targeting["age_max"]?.GetValue<int>() ?? 65);
        people *= Math.Clamp((Math.Min(to, 65) - from + 1) / 48.0, 0.02, 1);
        var genders = (targeting["genders"] as JsonArray ?? []).Select(g => g!.ToString()).ToList();
        var (men, women) = (genders.Count == 0 || genders.Contains("1") || genders.Contains("0"), genders.Count == 0 || genders.Contains("2") || genders.Contains("0"));
        if (!men || !women) people *= 0.51;
        if (targeting["locales"] is JsonArray { Count: > 0 } languages) people *= Math.Clamp(0.3 * languages.Count, 0.3, 0.9);
        foreach (var spec in targeting["flexible_spec"] as JsonArray ?? [])
            people *= Math.Clamp(0.06 * (spec as JsonObject ?? []).Sum(p => (p.Value as JsonArray)?.Count ?? 1), 0.04, 0.7);
        if (targeting["custom_audiences"] is JsonArray { Count: > 0 } custom)
            people = Math.Min(people, Math.Max(1000, custom.Sum(a => audienceSize(a?["id"]?.ToString() ?? ""))) / 1_000_000.0);
        var publishers = (targeting["publisher_platforms"] as JsonArray ?? []).Select(p => p!.ToString()).ToList();
        return new Audience(countries, from, to, women, men, Math.Max(1000, (long)(people * 1_000_000)), publishers);
    }

    private static double MillionsOf(string code) => Countries.Where(c => c.Code == code).Select(c => c.Millions).DefaultIfEmpty(1.5).First();

    private static string NameOf(string code) => Countries.First(c => c.Code == code).Name;
}
