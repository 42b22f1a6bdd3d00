using System.Text.Json.Nodes;

namespace AdStudio.Sandbox.Google;

/// <summary>Places, languages and interests with the ids Google gives them.</summary>
public static class GoogleGeo
{
    public static IReadOnlyList<(string Id, string Name, string Canonical, string Country, string Type, double Millions)> Places { get; } =
    [
        ("2840", "United States", "United States", "US", "Country", 270), ("2124", "Canada", "Canada", "CA", "Country", 33), ("2484", "Mexico", "Mexico", "MX", "Country", 92), ("2076", "Brazil", "Brazil", "BR", "Country", 150),
        ("2826", "United Kingdom", "United Kingdom", "GB", "Country", 58), ("2372", "Ireland", "Ireland", "IE", "Country", 4.4), ("2276", "Germany", "Germany", "DE", "Country", 70), ("2040", "Austria", "Austria", "AT", "Country", 7.8),
        ("2756", "Switzerland", "Switzerland", "CH", "Country", 7.7), ("2250", "France", "France", "FR", "Country", 56), ("2056", "Belgium", "Belgium", "BE", "Country", 10), ("2528", "Netherlands", "Netherlands", "NL", "Country", 16),
        ("2724", "Spain", "Spain", "ES", "Country", 42), ("2620", "Portugal", "Portugal", "PT", "Country", 8), ("2380", "Italy", "Italy", "IT", "Country", 48), ("2752", "Sweden", "Sweden", "SE", "Country", 9.5),
        ("2578", "Norway", "Norway", "NO", "Country", 5), ("2208", "Denmark", "Denmark", "DK", "Country", 5.6), ("2246", "Finland", "Finland", "FI", "Country", 5), ("2616", "Poland", "Poland", "PL", "Country", 32),
        ("2203", "Czechia", "Czechia", "CZ", "Country", 9), ("2348", "Hungary", "Hungary", "HU", "Country", 8.2), ("2642", "Romania", "Romania", "RO", "Country", 16), ("2300", "Greece", "Greece", "GR", "Country", 8.5),
        ("2792", "Turkiye", "Turkiye", "TR", "Country", 66), ("2356", "India", "India", "IN", "Country", 560), ("2392", "Japan", "Japan", "JP", "Country", 98), ("2410", "South Korea", "South Korea", "KR", "Country", 46),
        ("2702", "Singapore", "Singapore", "SG", "Country", 5), ("2360", "Indonesia", "Indonesia", "ID", "Country", 180), ("2036", "Australia", "Australia", "AU", "Country", 23), ("2554", "New Zealand", "New Zealand", "NZ", "Country", 4.5), ("2710", "South Africa", "South Africa", "ZA", "Country", 40),
        ("21137", "California", "California,United States", "US", "State", 34), ("21167", "New York", "New York,United States", "US", "State", 17), ("21176", "Texas", "Texas,United States", "US", "State", 26), ("21142", "Florida", "Florida,United States", "US", "State", 19),
        ("21182", "Washington", "Washington,United States", "US", "State", 6.8), ("20226", "Berlin", "Berlin,Germany", "DE", "State", 3.2), ("20228", "Bavaria", "Bavaria,Germany", "DE", "State", 11), ("20339", "England", "England,United Kingdom", "GB", "Country Region", 50),
        ("1023191", "New York", "New York,New York,United States", "US", "City", 7.4), ("1014044", "San Francisco", "San Francisco,California,United States", "US", "City", 1.6), ("1027744", "Seattle", "Seattle,Washington,United States", "US", "City", 1.5),
        ("1024543", "Portland", "Portland,Oregon,United States", "US", "City", 1.3), ("1003854", "Berlin", "Berlin,Berlin,Germany", "DE", "City", 3.1), ("1004074", "Munich", "Munich,Bavaria,Germany", "DE", "City", 1.6), ("1004234", "Hamburg", "Hamburg,Hamburg,Germany", "DE", "City", 1.8),
        ("1006886", "London", "London,England,United Kingdom", "GB", "City", 8.5), ("1006094", "Paris", "Paris,Ile-de-France,France", "FR", "City", 6.5), ("1008463", "Milan", "Milan,Lombardy,Italy", "IT", "City", 2), ("1005493", "Madrid", "Madrid,Community of Madrid,Spain", "ES", "City", 3.6), ("1000998", "Vienna", "Vienna,Vienna,Austria", "AT", "City", 1.8),
    ];

    public static IReadOnlyList<(string Id, string Code, string Name)> Languages { get; } =
        [("1000", "en", "English"), ("1001", "de", "German"), ("1002", "fr", "French"), ("1003", "es", "Spanish"), ("1004", "it", "Italian"), ("1005", "ja", "Japanese"), ("1009", "da", "Danish"), ("1010", "nl", "Dutch"), ("1011", "fi", "Finnish"), ("1012", "ko", "Korean"), ("1013", "no", "Norwegian"), ("1014", "pt", "Portuguese"), ("1015", "sv", "Swedish"), ("1030", "pl", "Polish")];

    public static IReadOnlyList<(string Id, string Name, string Taxonomy)> Interests { get; } =
    [
        ("80101", "Outdoor Enthusiasts", "AFFINITY"), ("80102", "Camping & Hiking Fans", "AFFINITY"), ("80103", "Running Enthusiasts", "AFFINITY"), ("80104", "Cycling Enthusiasts", "AFFINITY"), ("80105", "Fashionistas", "AFFINITY"),
        ("80106", "Home Decor Enthusiasts", "AFFINITY"), ("80107", "Cooking Enthusiasts", "AFFINITY"), ("80108", "Coffee Shop Regulars", "AFFINITY"), ("80109", "Travel Buffs", "AFFINITY"), ("80110", "Technophiles", "AFFINITY"),
        ("80111", "Green Living Enthusiasts", "AFFINITY"), ("80112", "Pet Lovers", "AFFINITY"), ("80113", "Shutterbugs", "AFFINITY"), ("80114", "Health & Fitness Buffs", "AFFINITY"), ("80115", "Luxury Travelers", "AFFINITY"),
        ("80201", "Outdoor Recreational Equipment", "IN_MARKET"), ("80202", "Camping & Hiking Equipment", "IN_MARKET"), ("80203", "Athletic Shoes", "IN_MARKET"), ("80204", "Women's Apparel", "IN_MARKET"), ("80205", "Men's Apparel", "IN_MARKET"),
        ("80206", "Home & Garden", "IN_MARKET"), ("80207", "Furniture", "IN_MARKET"), ("80208", "Trips to Europe", "IN_MARKET"), ("80209", "Software", "IN_MARKET"), ("80210", "Bicycles & Accessories", "IN_MARKET"),
    ];

    public static string Name(string id) => "geoTargetConstants/" + id;

    public static JsonObject Constant((string Id, string Name, string Canonical, string Country, string Type, double Millions) place) => new()
    {
        ["resourceName"] = Name(place.Id), ["id"] = place.Id, ["name"] = place.Name, ["countryCode"] = place.Country, ["targetType"] = place.Type, ["status"] = "ENABLED", ["canonicalName"] = place.Canonical,
    };

    /// <summary>POST geoTargetConstants:suggest.</summary>
    public static GoogleReply Suggest(JsonObject body)
    {
        var country = body["countryCode"]?.ToString();
        var suggestions = new JsonArray();
        var named = (body["locationNames"]?["names"] as JsonArray ?? []).Select(n => n!.ToString()).ToList();
        var exact = (body["geoTargets"]?["geoTargetConstants"] as JsonArray ?? []).Select(n => n!.ToString()).ToList();
        if (named.Count == 0 && exact.Count == 0) return GoogleError.Required("location_names");
        foreach (var term in named.Concat(exact))
            foreach (var place in Places.Where(p => (p.Name.Contains(term, StringComparison.OrdinalIgnoreCase) || Name(p.Id) == term) && (country is null || p.Country == country)))
                suggestions.Add(new JsonObject { ["locale"] = body["locale"]?.ToString() ?? "en", ["reach"] = ((long)(place.Millions * 1_000_000)).ToString(System.Globalization.CultureInfo.InvariantCulture), ["searchTerm"] = term, ["geoTargetConstant"] = Constant(place) });
        return new JsonObject { ["geoTargetConstantSuggestions"] = suggestions };
    }
}
