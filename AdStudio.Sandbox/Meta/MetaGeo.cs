using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;

namespace AdStudio.Sandbox.Meta;

/// <summary>Places, interests and languages that can be targeted, and about how many people that makes.</summary>
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

    private static readonly (string Id, string Name, string Topic, double Millions, string Kind)[] Interests =
    [
        ("6003107902433", "Association football (Soccer)", "Sports", 610, "interests"), ("6003020834693", "Camping", "Outdoor recreation", 180, "interests"), ("6002985584323", "Hiking", "Outdoor recreation", 160, "interests"), ("6003092882217", "Mountain biking", "Outdoor recreation", 95, "interests"),
        ("6003397496347", "Running", "Fitness", 240, "interests"), ("6003306084421", "Yoga", "Fitness", 210, "interests"), ("6003277229371", "Physical fitness", "Fitness", 420, "interests"), ("6003348604581", "Fashion accessories", "Shopping and fashion", 390, "interests"), ("6003346592981", "Online shopping", "Shopping and fashion", 510, "interests"),
        ("6003167425934", "Shopping", "Shopping and fashion", 620, "interests"), ("6003188355978", "Dresses", "Shopping and fashion", 230, "interests"), ("6003415393053", "Shoes", "Shopping and fashion", 300, "interests"), ("6003198476967", "Home and garden", "Home", 280, "interests"), ("6003263791114", "Interior design", "Home", 260, "interests"),
        ("6003659420716", "Cooking", "Food and drink", 350, "interests"), ("6003626773307", "Coffee", "Food and drink", 330, "interests"), ("6003387418453", "Organic food", "Food and drink", 150, "interests"), ("6004160395895", "Travel", "Travel", 560, "interests"), ("6003263791100", "Road trips", "Travel", 140, "interests"), ("6003600009600", "Sailing", "Outdoor recreation", 60, "interests"),
        ("6003266061909", "Technology", "Technology", 520, "interests"), ("6003985771306", "Software", "Technology", 300, "interests"), ("6003629266583", "Photography", "Hobbies", 310, "interests"), ("6003020001000", "Fishing", "Outdoor recreation", 130, "interests"), ("6003127206524", "Digital marketing", "Business", 120, "interests"), ("6003371567474", "Entrepreneurship", "Business", 230, "interests"),
        ("6002714895372", "Frequent travelers", "Travel", 190, "behaviors"), ("6071631541183", "Engaged shoppers", "Purchase behavior", 220, "behaviors"), ("6015559470583", "Small business owners", "Digital activities", 75, "behaviors"), ("6002714898572", "Facebook page admins", "Digital activities", 110, "behaviors"),
        ("6002714401172", "Newly engaged (6 months)", "Life events", 9, "life_events"), ("6003053984972", "Away from hometown", "Life events", 140, "life_events"), ("6008888980183", "Management", "Work", 80, "industries"), ("6008888954983", "Business and finance", "Work", 95, "industries"), ("6107813079183", "Household income: top 10% of ZIP codes (US)", "Financial", 22, "income"),
        ("6023005372383", "Parents (all)", "Parents", 320, "family_statuses"), ("105930651606", "Harvard University", "Education", 2.1, "education_schools"), ("112157408800838", "Self-employed", "Work", 60, "work_employers"), ("105763692790962", "Marketing manager", "Work", 4.5, "work_positions"), ("104076956295773", "Computer science", "Education", 12, "education_majors"),
    ];

    private static readonly (int Key, string Name)[] Locales =
        [(6, "English (US)"), (24, "English (UK)"), (1001, "English (All)"), (5, "German"), (9, "French (France)"), (1003, "French (All)"), (10, "Italian"), (7, "Spanish (Spain)"), (1002, "Spanish (All)"), (14, "Dutch"), (16, "Portuguese (Brazil)"), (15, "Polish"), (18, "Swedish"), (11, "Japanese")];

    public static bool IsCountry(string code) => MetaShapes.Values("country").Contains(code);

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
            case "adinterest":
                return [.. Interests.Where(i => i.Kind == "interests" && Fits(i.Name)).Select(i => Interest(i))];
            case "adinterestvalid":
                var names = call.List("interest_list");
                return [.. Interests.Where(i => names.Contains(i.Name) || call.List("interest_fbid_list").Contains(i.Id)).Select(i => Interest(i, valid: true))];
            case "adTargetingCategory":
                var kind = call.Text("class") ?? "interests";
                return [.. Interests.Where(i => i.Kind == kind && Fits(i.Name)).Select(i => Interest(i))];
            case "adeducationschool":
                return [.. Interests.Where(i => i.Kind == "education_schools" && Fits(i.Name)).Select(i => Interest(i))];
            case "adeducationmajor":
                return [.. Interests.Where(i => i.Kind == "education_majors" && Fits(i.Name)).Select(i => Interest(i))];
            case "adworkemployer":
                return [.. Interests.Where(i => i.Kind == "work_employers" && Fits(i.Name)).Select(i => Interest(i))];
            case "adworkposition":
                return [.. Interests.Where(i => i.Kind == "work_positions" && Fits(i.Name)).Select(i => Interest(i))];
            case "adlocale":
                return [.. Locales.Where(l => Fits(l.Name)).Select(l => new JsonObject { ["key"] = l.Key, ["name"] = l.Name })];
            default:
                return null;
        }
    }

    /// <summary>GET /act_…/targetingsearch: interests, behaviours and demographics together.</summary>
    public static List<JsonObject> Unified(string text, string? only) =>
    [
        .. Interests.Where(i => i.Name.Contains(text, StringComparison.OrdinalIgnoreCase) && (only is null || only == i.Kind)).Select(i =>
        {
            var found = Interest(i);
            found["type"] = i.Kind;
            found.Remove("topic");
            return found;
        }),
    ];

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
        if (countries.Count == 0) (countries, people) = (["US"], 40);
        var (from, to) = (targeting["age_min"]?.GetValue<int>() ?? 18, targeting["age_max"]?.GetValue<int>() ?? 65);
        people *= Math.Clamp((Math.Min(to, 65) - from + 1) / 48.0, 0.02, 1);
        var genders = (targeting["genders"] as JsonArray ?? []).Select(g => g!.ToString()).ToList();
        var (men, women) = (genders.Count == 0 || genders.Contains("1") || genders.Contains("0"), genders.Count == 0 || genders.Contains("2") || genders.Contains("0"));
        if (!men || !women) people *= 0.51;
        foreach (var spec in targeting["flexible_spec"] as JsonArray ?? [])
            people *= Math.Clamp(0.06 * (spec as JsonObject ?? []).Sum(p => (p.Value as JsonArray)?.Count ?? 1), 0.04, 0.7);
        if (targeting["custom_audiences"] is JsonArray { Count: > 0 } custom)
            people = Math.Min(people, Math.Max(1000, custom.Sum(a => audienceSize(a?["id"]?.ToString() ?? ""))) / 1_000_000.0);
        var publishers = (targeting["publisher_platforms"] as JsonArray ?? []).Select(p => p!.ToString()).ToList();
        return new Audience(countries, from, to, women, men, Math.Max(1000, (long)(people * 1_000_000)), publishers);
    }

    private static double MillionsOf(string code) => Countries.Where(c => c.Code == code).Select(c => c.Millions).DefaultIfEmpty(1.5).First();

    private static string NameOf(string code) => Countries.First(c => c.Code == code).Name;

    private static JsonObject Interest((string Id, string Name, string Topic, double Millions, string Kind) i, bool valid = false)
    {
        var found = new JsonObject
        {
            ["id"] = i.Id, ["name"] = i.Name, ["audience_size_lower_bound"] = (long)(i.Millions * 920_000), ["audience_size_upper_bound"] = (long)(i.Millions * 1_080_000),
            ["path"] = new JsonArray(i.Kind == "interests" ? "Interests" : "Additional", i.Topic, i.Name), ["description"] = "", ["topic"] = i.Topic,
        };
        if (valid) found["valid"] = true;
        return found;
    }
}
