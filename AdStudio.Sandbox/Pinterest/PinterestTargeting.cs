using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;

namespace AdStudio.Sandbox.Pinterest;

/// <summary>Places, interests, languages and other values that can be targeted, and about how many people that makes.</summary>
public static class PinterestTargeting
{
    /// <summary>Countries in which ads are shown, with their people on Pinterest in millions.</summary>
    private static readonly Dictionary<string, (string Name, double Millions)> Countries = new()
    {
        ["US"] = ("United States", 90), ["CA"] = ("Canada", 12), ["GB"] = ("United Kingdom", 15), ["IE"] = ("Ireland", 1.6), ["AU"] = ("Australia", 8), ["NZ"] = ("New Zealand", 1.5), ["FR"] = ("France", 16), ["DE"] = ("Germany", 18),
        ["AT"] = ("Austria", 2.2), ["CH"] = ("Switzerland", 2.4), ["ES"] = ("Spain", 10), ["IT"] = ("Italy", 11), ["PT"] = ("Portugal", 2.6), ["NL"] = ("Netherlands", 5), ["BE"] = ("Belgium", 3), ["LU"] = ("Luxembourg", 0.2),
        ["SE"] = ("Sweden", 2.4), ["NO"] = ("Norway", 1.4), ["DK"] = ("Denmark", 1.5), ["FI"] = ("Finland", 1.2), ["BR"] = ("Brazil", 38), ["MX"] = ("Mexico", 24), ["AR"] = ("Argentina", 12), ["CL"] = ("Chile", 6), ["CO"] = ("Colombia", 10),
        ["JP"] = ("Japan", 9), ["PL"] = ("Poland", 6), ["CZ"] = ("Czech Republic", 2), ["HU"] = ("Hungary", 2), ["RO"] = ("Romania", 3), ["GR"] = ("Greece", 2), ["SK"] = ("Slovakia", 1), ["CY"] = ("Cyprus", 0.2), ["MT"] = ("Malta", 0.1),
    };

    private static readonly Dictionary<string, string> Metros = new()
    {
        ["501"] = "U.S.: New York", ["803"] = "U.S.: Los Angeles", ["807"] = "U.S.: San Francisco-Oak-San Jose", ["506"] = "U.S.: Boston (Manchester)", ["602"] = "U.S.: Chicago", ["819"] = "U.S.: Seattle-Tacoma", ["500"] = "U.S.: Portland-Auburn", ["811"] = "U.S.: Reno",
    };

    private static readonly Dictionary<string, string> Regions = new()
    {
        ["US-CA"] = "United States: California", ["US-NY"] = "United States: New York", ["US-ME"] = "United States: Maine", ["US-TX"] = "United States: Texas", ["CA-ON"] = "Canada: Ontario", ["CA-QC"] = "Canada: Quebec", ["DE-BY"] = "Germany: Bavaria",
        ["DE-BE"] = "Germany: Berlin", ["DE-HH"] = "Germany: Hamburg", ["FR-IDF"] = "France: Île-de-France", ["GB-ENG"] = "United Kingdom: England", ["GB-SCT"] = "United Kingdom: Scotland", ["BE-VOV"] = "Belgium: East Flanders",
    };

    private static readonly Dictionary<string, string> Interests = new()
    {
        ["918105274631"] = "Architecture", ["961238559656"] = "Art", ["935249274030"] = "Beauty", ["918530398158"] = "Sport", ["948192800438"] = "Outdoor fitness", ["941870572865"] = "Health and fitness", ["918093243960"] = "Electronics", ["913207199297"] = "Event planning",
        ["909983286710"] = "Food and drinks", ["909983286711"] = "Coffee", ["948967005229"] = "Gardening", ["935541271955"] = "Home decor", ["924581335376"] = "Men's fashion", ["948967005230"] = "Women's fashion", ["924581335377"] = "Knitwear", ["908182459161"] = "Travel",
        ["908182459162"] = "Sailing", ["918530398159"] = "Running", ["903733943146"] = "Wedding", ["901179409185"] = "Quotes",
    };

    private static readonly Dictionary<string, string> Locales = new() { ["en"] = "English", ["de"] = "German", ["fr"] = "French", ["es"] = "Spanish", ["it"] = "Italian", ["nl"] = "Dutch", ["pt"] = "Portuguese", ["ja"] = "Japanese", ["sv"] = "Swedish", ["pl"] = "Polish" };

    private static readonly string[] Ages = ["18-24", "25-34", "35-44", "45-49", "50-54", "55-64", "65+"];

    public static bool IsLocation(string code) => Countries.ContainsKey(code) || Metros.ContainsKey(code);
    public static bool IsRegion(string code) => Regions.ContainsKey(code) || (code.Length > 3 && code[2] == '-' && Countries.ContainsKey(code[..2]) && code[3..].Any(char.IsDigit));
    public static bool IsInterest(string id) => Interests.ContainsKey(id);
    public static bool IsLocale(string code) => Locales.ContainsKey(code);

    /// <summary>GET /resources/targeting/{targeting_type}: one object of ids with their names.</summary>
    public static PinterestReply Options(PinterestCall call)
    {
        var found = call.Ids["targeting_type"] switch
        {
            "LOCATION" => Countries.Select(c => (c.Key, c.Value.Name)).Concat(Metros.Select(m => (m.Key, m.Value))),
            "GEO" => Regions.Select(r => (r.Key, r.Value)),
            "INTEREST" => Interests.Select(i => (i.Key, i.Value)),
            "LOCALE" => Locales.Select(l => (l.Key, l.Value)),
            "GENDER" => [("female", "Female"), ("male", "Male"), ("unknown", "Unspecified")],
            "AGE_BUCKET" => Ages.Select(a => (a, a)),
            "APPTYPE" => [("iphone", "iPhone"), ("ipad", "iPad"), ("android_mobile", "Android mobile"), ("android_tablet", "Android tablet"), ("web", "Web"), ("web_mobile", "Web mobile")],
            _ => [],
        };
        return new JsonArray(new JsonObject(found.Select(f => KeyValuePair.Create(f.Item1, (JsonNode?)f.Item2))));
    }

    public static PinterestReply Interest(PinterestCall call) => Interests.TryGetValue(call.Ids["interest_id"], out var name)
        ? new JsonObject { ["id"] = call.Ids["interest_id"], ["name"] = name, ["level"] = 1, ["child_interests"] = new JsonArray() } : PinterestReply.NotFound("Interest");

    public static PinterestReply AdCountries() => new JsonObject
    {
        ["items"] = new JsonArray([.. Countries.Select((c, i) => (JsonNode)new JsonObject { ["code"] = c.Key, ["name"] = c.Value.Name, ["currency"] = c.Key is "US" ? "USD" : c.Key is "GB" ? "GBP" : "EUR", ["index"] = i })]),
    };

    /// <summary>Whom a targeting spec reaches.</summary>
    public static Audience AudienceOf(JsonObject? spec, Func<string, long> members)
    {
        spec ??= [];
        var codes = PinterestAdGroups.Texts(spec, "LOCATION").Select(c => (Country: Countries.ContainsKey(c) ? c : "US", IsWhole: Countries.ContainsKey(c)))
            .Concat(PinterestAdGroups.Texts(spec, "GEO").Select(c => (Country: c[..2], IsWhole: false))).ToList();
        var millions = codes.GroupBy(c => c.Country).Sum(g => g.Any(c => c.IsWhole) ? Countries[g.Key].Millions : Countries[g.Key].Millions * Math.Min(0.9, 0.06 * g.Count()));
        var (least, most) = (spec["MINIMUM_AGE"] is { } a ? PinterestAdGroups.Age(a.ToString()) : 18, spec["MAXIMUM_AGE"] is { } b ? PinterestAdGroups.Age(b.ToString()) : 65);
        var genders = PinterestAdGroups.Texts(spec, "GENDER").ToList();
        var (women, men) = (genders.Count == 0 || genders.Contains("female"), genders.Count == 0 || genders.Contains("male"));
        var share = Math.Clamp((most - least + 1) / 48.0, 0.03, 1) * (women && men ? 1 : women ? 0.7 : 0.3);
        if (PinterestAdGroups.Texts(spec, "INTEREST").Count() is > 0 and var interests) share *= Math.Min(0.8, 0.2 + 0.05 * interests);
        var people = (long)(millions * 1_000_000 * share);
        var included = PinterestAdGroups.Texts(spec, "AUDIENCE_INCLUDE").Select(members).ToList();
        if (included.Count > 0) people = Math.Min(people, Math.Max(1000, included.Sum()));
        return new Audience([.. codes.Select(c => c.Country).Distinct()], least, most, women, men, Math.Max(1000, people), []);
    }

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
