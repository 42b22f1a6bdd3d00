using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;

namespace AdStudio.Sandbox.TikTok;

/// <param name="Kind">COUNTRY, PROVINCE or CITY.</param>
/// <param name="Code">Of its country.</param>
/// <param name="Millions">People on the platform.</param>
internal sealed record TikTokPlace(string Id, string Kind, string Name, string Code, string? Parent, double Millions);

/// <summary>Places, interests and languages that can be targeted, and about how many people that makes. Location ids are those of GeoNames (geonames.org, CC BY 4.0).</summary>
internal static class TikTokGeo
{
    private static readonly (string Code, string Id, string Name, double Millions)[] Countries =
    [
        ("US", "6252001", "United States", 107.3), ("CA", "6251999", "Canada", 13.8), ("MX", "3996063", "Mexico", 49.5), ("BR", "3469034", "Brazil", 63.3),
        ("AR", "3865483", "Argentina", 16.5), ("CL", "3895114", "Chile", 7.2), ("CO", "3686110", "Colombia", 19.8), ("PE", "3932488", "Peru", 12.7), ("GB", "2635167", "United Kingdom", 24.2),
        ("IE", "2963597", "Ireland", 1.8), ("DE", "2921044", "Germany", 19.8), ("AT", "2782113", "Austria", 2.5), ("CH", "2658434", "Switzerland", 2.4), ("FR", "3017382", "France", 20.9),
        ("BE", "2802361", "Belgium", 3.8), ("NL", "2750405", "Netherlands", 5.5), ("LU", "2960313", "Luxembourg", 0.2), ("ES", "2510769", "Spain", 15.4), ("PT", "2264397", "Portugal", 3.5),
        ("IT", "3175395", "Italy", 18.7), ("SE", "2661886", "Sweden", 4), ("NO", "3144096", "Norway", 2), ("DK", "2623032", "Denmark", 2.3), ("FI", "660013", "Finland", 1.8),
        ("IS", "2629691", "Iceland", 0.2), ("PL", "798544", "Poland", 9.9), ("CZ", "3077311", "Czechia", 3), ("SK", "3057568", "Slovakia", 1.6), ("HU", "719819", "Hungary", 2.9),
        ("RO", "798549", "Romania", 5.5), ("BG", "732800", "Bulgaria", 2), ("GR", "390903", "Greece", 3.2), ("HR", "3202326", "Croatia", 1.1), ("SI", "3190538", "Slovenia", 0.6),
        ("EE", "453733", "Estonia", 0.4), ("LV", "458258", "Latvia", 0.5), ("LT", "597427", "Lithuania", 0.8), ("UA", "690791", "Ukraine", 8.8), ("TR", "298795", "Turkey", 25.3),
        ("IL", "294640", "Israel", 3.1), ("AE", "290557", "United Arab Emirates", 4.7), ("SA", "102358", "Saudi Arabia", 9.4), ("EG", "357994", "Egypt", 26.4),
        ("MA", "2542007", "Morocco", 11), ("ZA", "953987", "South Africa", 14.3), ("NG", "2328926", "Nigeria", 20.9), ("KE", "192950", "Kenya", 7.2), ("IN", "1269750", "India", 214.5),
        ("PK", "1168579", "Pakistan", 26.4), ("BD", "1210997", "Bangladesh", 29.7), ("ID", "1643084", "Indonesia", 68.8), ("MY", "1733045", "Malaysia", 12.7),
        ("SG", "1880251", "Singapore", 2.2), ("TH", "1605651", "Thailand", 27.5), ("VN", "1562822", "Vietnam", 40.7), ("PH", "1694008", "Philippines", 48.4), ("JP", "1861060", "Japan", 17.6),
        ("KR", "1835841", "South Korea", 10.5), ("TW", "1668284", "Taiwan", 9.4), ("HK", "1819730", "Hong Kong", 2.9), ("AU", "2077456", "Australia", 9.4),
        ("NZ", "2186224", "New Zealand", 1.8),
    ];

    private static readonly (string Id, string Name, string Code, double Millions)[] Provinces =
    [
        ("5332921", "California", "US", 14), ("5128638", "New York", "US", 7), ("4736286", "Texas", "US", 11), ("4155751", "Florida", "US", 8), ("6254926", "Massachusetts", "US", 2.5), ("5744337", "Oregon", "US", 1.5), ("5815135", "Washington", "US", 2.7),
        ("5417618", "Colorado", "US", 2), ("2951839", "Bavaria", "DE", 3), ("2950157", "Land Berlin", "DE", 1), ("2861876", "North Rhine-Westphalia", "DE", 4), ("6269131", "England", "GB", 20), ("2638360", "Scotland", "GB", 1.8), ("3012874", "Île-de-France", "FR", 4),
        ("6093943", "Ontario", "CA", 5), ("3174618", "Lombardy", "IT", 3.2), ("3117732", "Madrid Region", "ES", 2.4), ("3336901", "Catalonia", "ES", 2.6), ("2749879", "North Holland", "NL", 1.1),
    ];

    private static readonly (string Id, string Name, string Province, double Millions)[] Cities =
    [
        ("5128581", "New York City", "5128638", 3.4), ("5368361", "Los Angeles", "5332921", 2.3), ("5391959", "San Francisco", "5332921", 0.5), ("4671654", "Austin", "4736286", 0.6), ("4164138", "Miami", "4155751", 0.5), ("4930956", "Boston", "6254926", 0.5),
        ("5746545", "Portland", "5744337", 0.4), ("5809844", "Seattle", "5815135", 0.5), ("5419384", "Denver", "5417618", 0.5), ("2867714", "Munich", "2951839", 0.6), ("2950159", "Berlin", "2950157", 1), ("2886242", "Cologne", "2861876", 0.4),
        ("2643743", "London", "6269131", 4), ("2643123", "Manchester", "6269131", 0.4), ("2650225", "Edinburgh", "2638360", 0.3), ("2988507", "Paris", "3012874", 1.4), ("6167865", "Toronto", "6093943", 1.6), ("3173435", "Milan", "3174618", 0.8),
        ("3117735", "Madrid", "3117732", 1.6), ("3128760", "Barcelona", "3336901", 0.9), ("2759794", "Amsterdam", "2749879", 0.4),
    ];

    public static IReadOnlyList<(string Id, string Name, string? Parent, double Share)> Interests { get; } =
    [
        ("15", "Sports & Outdoors", null, 0.3), ("15101", "Fitness", "15", 0.14), ("15102", "Hiking & Camping", "15", 0.06), ("15103", "Running", "15", 0.07), ("15104", "Fitness Equipment", "15", 0.03), ("15105", "Sailing & Water Sports", "15", 0.02),
        ("13", "Apparel & Accessories", null, 0.34), ("13101", "Women's Clothing", "13", 0.18), ("13102", "Shoes", "13", 0.12), ("13103", "Outdoor Clothing", "13", 0.06), ("18", "Food & Beverage", null, 0.33), ("18101", "Coffee & Tea", "18", 0.1),
        ("21", "Travel", null, 0.24), ("21101", "Road Trips", "21", 0.05), ("24", "Tech & Electronics", null, 0.27), ("24101", "Photography", "24", 0.06), ("26", "Home Improvement", null, 0.2), ("26101", "Interior Design", "26", 0.08),
        ("11", "Beauty & Personal Care", null, 0.31), ("17", "Education", null, 0.16), ("19", "Financial Services", null, 0.12), ("28", "Games", null, 0.35),
    ];

    public static IReadOnlyDictionary<string, string> Languages { get; } = new Dictionary<string, string>
    {
        ["en"] = "English", ["de"] = "German", ["fr"] = "French", ["es"] = "Spanish", ["it"] = "Italian", ["pt"] = "Portuguese", ["nl"] = "Dutch", ["pl"] = "Polish", ["sv"] = "Swedish", ["tr"] = "Turkish", ["ja"] = "Japanese", ["ko"] = "Korean", ["vi"] = "Vietnamese",
        ["id"] = "Indonesian", ["ar"] = "Arabic", ["hi"] = "Hindi", ["th"] = "Thai", ["ru"] = "Russian",
    };

    public static IReadOnlyList<TikTokPlace> Places { get; } =
    [
        .. Countries.Select(c => new TikTokPlace(c.Id, "COUNTRY", c.Name, c.Code, null, c.Millions)),
        .. Provinces.Select(p => new TikTokPlace(p.Id, "PROVINCE", p.Name, p.Code, Countries.First(c => c.Code == p.Code).Id, p.Millions)),
        .. Cities.Select(c => new TikTokPlace(c.Id, "CITY", c.Name, Provinces.First(p => p.Id == c.Province).Code, c.Province, c.Millions)),
    ];

    private static readonly Dictionary<string, TikTokPlace> ById = Places.ToDictionary(p => p.Id);

    public static TikTokPlace? Find(string? id) => id is null ? null : ById.GetValueOrDefault(id);

    /// <summary>The ids of the places in which one lies.</summary>
    public static IEnumerable<string> Above(string id)
    {
        for (var place = Find(id); place?.Parent is { } parent; place = Find(parent)) yield return parent;
    }

    /// <summary>Whom an ad group reaches, as the delivery model takes it.</summary>
    public static Audience AudienceOf(JsonObject group, Func<string, long> audienceSize)
    {
        var places = TikTokCall.Texts(group["location_ids"]).Select(Find).OfType<TikTokPlace>().ToList();
        var people = places.Sum(p => p.Millions);
        var ages = TikTokCall.Texts(group["age_groups"]).Select(a => a.Split('_')).Where(a => a.Length == 3).Select(a => (From: int.Parse(a[1], System.Globalization.CultureInfo.InvariantCulture), To: int.Parse(a[2], System.Globalization.CultureInfo.InvariantCulture))).ToList();
        var (from, to) = ages.Count == 0 ? (18, 65) : (ages.Min(a => a.From), Math.Min(65, ages.Max(a => a.To)));
        people *= Math.Clamp((to - from + 1) / 48.0, 0.05, 1);
        var (women, men) = (group["gender"]?.ToString() != "GENDER_MALE", group["gender"]?.ToString() != "GENDER_FEMALE");
        if (!women || !men) people *= 0.52;
        var interests = TikTokCall.Texts(group["interest_category_ids"]).ToHashSet();
        if (interests.Count > 0) people *= Math.Clamp(Interests.Where(i => interests.Contains(i.Id)).Sum(i => i.Share), 0.02, 0.9);
        var audiences = TikTokCall.Texts(group["audience_ids"]);
        if (audiences.Count > 0) people = Math.Min(people, Math.Max(1000, audiences.Sum(audienceSize)) / 1_000_000.0);
        return new([.. places.Select(p => p.Code).Distinct()], from, to, women, men, Math.Max(1000, (long)(people * 1_000_000)), []);
    }
}
