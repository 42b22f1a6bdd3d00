using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Hosting;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Snapchat;

/// <summary>Places, interests and languages that can be targeted, and about how many people a choice makes.</summary>
public static class SnapchatTargeting
{
    /// <summary>Countries with the people who use Snapchat, in millions.</summary>
    private static readonly (string Code, string Code3, string Name, double Millions)[] Countries =
    [
        ("us", "usa", "United States", 100), ("ca", "can", "Canada", 11), ("mx", "mex", "Mexico", 20), ("br", "bra", "Brazil", 8), ("gb", "gbr", "United Kingdom", 23), ("ie", "irl", "Ireland", 2), ("de", "deu", "Germany", 18), ("at", "aut", "Austria", 2),
        ("ch", "che", "Switzerland", 2), ("fr", "fra", "France", 27), ("be", "bel", "Belgium", 4), ("nl", "nld", "Netherlands", 6), ("es", "esp", "Spain", 5), ("it", "ita", "Italy", 4), ("pt", "prt", "Portugal", 1), ("se", "swe", "Sweden", 5),
        ("no", "nor", "Norway", 4), ("dk", "dnk", "Denmark", 3), ("fi", "fin", "Finland", 2), ("pl", "pol", "Poland", 5), ("tr", "tur", "Turkey", 15), ("sa", "sau", "Saudi Arabia", 22), ("ae", "are", "United Arab Emirates", 5), ("in", "ind", "India", 200),
        ("pk", "pak", "Pakistan", 30), ("au", "aus", "Australia", 8), ("nz", "nzl", "New Zealand", 2), ("jp", "jpn", "Japan", 1),
    ];

    private static readonly (string Id, string Country, string Name)[] Regions =
    [
        ("us-ca", "us", "California"), ("us-co", "us", "Colorado"), ("us-fl", "us", "Florida"), ("us-me", "us", "Maine"), ("us-ma", "us", "Massachusetts"), ("us-ny", "us", "New York"), ("us-or", "us", "Oregon"), ("us-tx", "us", "Texas"), ("us-wa", "us", "Washington"),
        ("ca-on", "ca", "Ontario"), ("ca-bc", "ca", "British Columbia"), ("gb-eng", "gb", "England"), ("gb-sct", "gb", "Scotland"), ("de-by", "de", "Bavaria"), ("de-be", "de", "Berlin"), ("de-hh", "de", "Hamburg"), ("fr-idf", "fr", "Île-de-France"), ("fr-pac", "fr", "Provence-Alpes-Côte d'Azur"),
    ];

    private static readonly (string Id, string Name, string Path)[] Interests =
    [
        ("SLC_1", "Adventure Seekers", "Lifestyle"), ("SLC_4", "Automotive Enthusiasts", "Automotive"), ("SLC_7", "Beachgoers & Surfers", "Outdoors"), ("SLC_12", "Camping & Hiking Fans", "Outdoors"), ("SLC_20", "Fashion & Style Gurus", "Shopping"),
        ("SLC_23", "Fitness Enthusiasts", "Health"), ("SLC_24", "Home Fitness Fans", "Health"), ("SLC_31", "Foodies", "Food"), ("SLC_40", "Home Decoristas", "Home"), ("SLC_52", "Online Shoppers", "Shopping"), ("SLC_61", "Photographers", "Hobbies"), ("SLC_70", "Runners", "Health"),
        ("SLC_77", "Snow Sports Fans", "Outdoors"), ("SLC_88", "Tech & Gadget Fans", "Technology"), ("SLC_93", "Travel Enthusiasts", "Travel"), ("SLC_99", "Winter Gear Shoppers", "Shopping"),
    ];

    private static readonly (string Id, string Name)[] Languages = [("en", "English"), ("de", "German"), ("fr", "French"), ("es", "Spanish"), ("it", "Italian"), ("nl", "Dutch"), ("pt", "Portuguese"), ("sv", "Swedish"), ("nb", "Norwegian"), ("da", "Danish"), ("pl", "Polish"), ("ar", "Arabic"), ("ja", "Japanese")];

    /// <summary>GET /targeting/…: the whole list, which the caller looks through.</summary>
    public static PlatformReply List(SnapchatCall call) => call.Path[1..] switch
    {
        ["geo", "country"] => Dimensions("country", Countries.Select(Country)),
        ["geo", var country, "region"] when Countries.Any(c => c.Code == country) => Dimensions("region", Regions.Where(r => r.Country == country).Select(r =>
        {
            var region = Country(Countries.First(c => c.Code == country));
            region["region"] = new JsonObject { ["id"] = r.Id, ["code"] = r.Id[3..].ToUpperInvariant(), ["name"] = r.Name };
            return region;
        })),
        ["interests", "scls"] => Dimensions("scls", Interests.Select(i => new JsonObject { ["id"] = i.Id, ["name"] = i.Name, ["path"] = $"{i.Path}/{i.Name}", ["parent_id"] = null, ["source"] = "SCLS" })),
        ["demographics", "languages"] => Dimensions("languages", Languages.Select(l => new JsonObject { ["id"] = l.Id, ["name"] = l.Name })),
        _ => SnapchatError.Missing("This kind of targeting"),
    };

    public static (string Code, string Reason)? Check(SnapchatContext context, SandboxObject account, JsonObject targeting)
    {
        var geos = targeting["geos"]!.AsArray().OfType<JsonObject>().ToList();
        if (geos.Count == 0) return ("E1001", "The field 'targeting.geos' must name at least one country");
        foreach (var geo in geos)
        {
            var country = geo["country_code"]!.ToString();
            if (Countries.All(c => c.Code != country)) return ("E1001", $"The country_code {country} is not known; codes are written small");
            if ((geo["region_id"] as JsonArray ?? []).Select(r => r!.ToString()).FirstOrDefault(r => !Regions.Any(k => k.Id == r && k.Country == country)) is { } region) return ("E1001", $"The region_id {region} does not lie in {country}");
        }
        var demographics = (targeting["demographics"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        foreach (var d in demographics)
        {
            var (from, to) = (d["min_age"]?.GetValue<int>() ?? 13, d["max_age"]?.GetValue<int>() ?? 50);
            if (from < 13 || to > 50 || from > to) return ("E1001", "The min_age and the max_age must be from 13 to 50, the first not above the second");
            if ((d["languages"] as JsonArray ?? []).Select(l => l!.ToString()).FirstOrDefault(l => Languages.All(k => k.Id != l)) is { } language) return ("E1001", $"The language {language} is not known");
        }
        if (geos.Select(g => g["country_code"]!.ToString()).Distinct().Count() > 1 && (demographics.Count != 1 || demographics[0]["languages"] is not JsonArray { Count: 1 })) return ("E1001", "With several countries the field 'targeting.demographics' must name a single language");
        if (Named(targeting["interests"], "category_id").FirstOrDefault(id => Interests.All(i => i.Id != id)) is { } interest) return ("E1001", $"The category_id {interest} is not known");
        return Named(targeting["segments"], "segment_id").FirstOrDefault(id => context.Store.Find(SnapchatWorld.Segment, id) is not { } s || s.AccountId != account.Id || SnapchatContext.IsDeleted(s)) is { } segment
            ? ("E3003", $"The segment_id {segment} does not exist in this ad account") : null;
    }

    /// <summary>Whom a targeting reaches, for prices and breakdowns.</summary>
    public static Audience AudienceOf(JsonObject targeting, Func<string, long> sizeOfSegment)
    {
        var countries = targeting["geos"]!.AsArray().Select(g => g!["country_code"]!.ToString()).Distinct().ToList();
        var demographics = (targeting["demographics"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault();
        var (from, to, gender) = (demographics?["min_age"]?.GetValue<int>() ?? 13, demographics?["max_age"]?.GetValue<int>() ?? 65, demographics?["gender"]?.ToString());
        var people = (long)(Countries.Where(c => countries.Contains(c.Code)).Sum(c => c.Millions) * 1_000_000);
        if (gender is not null) people /= 2;
        people = (long)(people * Math.Clamp((Math.Min(to, 50) - from + 1) / 38.0, 0.05, 1));
        if (targeting["interests"] is JsonArray { Count: > 0 }) people /= 6;
        var segments = Named(targeting["segments"], "segment_id").Sum(sizeOfSegment);
        if (targeting["segments"] is JsonArray { Count: > 0 }) people = Math.Min(people, Math.Max(segments, 1000));
        return new Audience([.. countries.Select(c => c.ToUpperInvariant())], Math.Max(18, from), to >= 50 ? 65 : to, gender != "MALE", gender != "FEMALE", Math.Max(1000, people), []);
    }

    private static IEnumerable<string> Named(JsonNode? groups, string field) => (groups as JsonArray ?? []).OfType<JsonObject>().SelectMany(g => g[field] as JsonArray ?? []).Select(id => id!.ToString());

    private static JsonObject Country((string Code, string Code3, string Name, double) c) => new() { ["country"] = new JsonObject { ["id"] = c.Code3, ["name"] = c.Name, ["code"] = c.Code3, ["code2"] = c.Code } };

    private static PlatformReply Dimensions(string type, IEnumerable<JsonObject> entries) => SnapchatReply.Of("targeting_dimensions", type, entries);
}
