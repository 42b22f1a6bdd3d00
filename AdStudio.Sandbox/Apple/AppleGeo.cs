using System.Text.Json.Nodes;

namespace AdStudio.Sandbox.Apple;

/// <summary>Places with the ids Apple gives them: "US", "US|CA", "US|CA|Cupertino".</summary>
internal static class AppleGeo
{
    private static readonly (string Id, string Name)[] Countries =
    [
        ("US", "United States"), ("CA", "Canada"), ("MX", "Mexico"), ("GB", "United Kingdom"), ("IE", "Ireland"), ("DE", "Germany"), ("AT", "Austria"), ("CH", "Switzerland"), ("FR", "France"), ("NL", "Netherlands"),
        ("ES", "Spain"), ("IT", "Italy"), ("SE", "Sweden"), ("NO", "Norway"), ("JP", "Japan"), ("AU", "Australia"), ("NZ", "New Zealand"), ("BR", "Brazil"),
    ];

    private static readonly (string Id, string Name)[] Areas =
    [
        ("US|CA", "California"), ("US|NY", "New York"), ("US|TX", "Texas"), ("US|WA", "Washington"), ("US|ME", "Maine"), ("US|FL", "Florida"), ("CA|ON", "Ontario"), ("CA|QC", "Quebec"), ("CA|BC", "British Columbia"),
        ("DE|BY", "Bavaria"), ("DE|BE", "Berlin"), ("GB|ENG", "England"), ("FR|IDF", "Île-de-France"), ("AU|NSW", "New South Wales"),
    ];

    private static readonly (string Id, string Name)[] Localities =
    [
        ("US|CA|Cupertino", "Cupertino"), ("US|CA|San Francisco", "San Francisco"), ("US|NY|New York", "New York"), ("US|WA|Seattle", "Seattle"), ("US|ME|Portland", "Portland"), ("CA|ON|Toronto", "Toronto"),
        ("CA|QC|Montreal", "Montreal"), ("DE|BY|Munich", "Munich"), ("DE|BE|Berlin", "Berlin"), ("GB|ENG|London", "London"), ("FR|IDF|Paris", "Paris"), ("AU|NSW|Sydney", "Sydney"),
    ];

    public static IReadOnlyList<JsonObject> Places { get; } =
    [
        .. Countries.Select(c => Place("Country", c.Id, c.Name, null, null)), .. Areas.Select(a => Place("AdminArea", a.Id, a.Name, a.Name, null)),
        .. Localities.Select(l => Place("Locality", l.Id, l.Name, Areas.First(a => l.Id.StartsWith(a.Id + "|", StringComparison.Ordinal)).Name, l.Name)),
    ];

    public static bool Knows(string entity, string id) => Places.Any(p => p["entity"]!.ToString() == entity && p["id"]!.ToString() == id);

    public static bool IsCountry(string code) => Countries.Any(c => c.Id == code);

    public static AppleReply Search(AppleCall call)
    {
        var query = call.Query.GetValueOrDefault("query", "");
        if (query.Length is > 0 and < 3) throw AppleRefusal.Invalid("query", "The query must have at least 3 characters.");
        var entity = call.Query.GetValueOrDefault("entity");
        if (entity is not (null or "Country" or "AdminArea" or "Locality")) throw AppleRefusal.Invalid("entity", "The entity must be Country, AdminArea or Locality.");
        var country = call.Query.GetValueOrDefault("countrycode");
        var (offset, limit) = AppleFind.Paging(call);
        return AppleReply.Page([.. Places.Where(p => (entity is null || p["entity"]!.ToString() == entity) && (country is null || p["countryOrRegion"]!.ToString() == country)
            && p["displayName"]!.ToString().StartsWith(query, StringComparison.CurrentCultureIgnoreCase)).Select(p => p.DeepClone())], offset, limit);
    }

    /// <summary>Details of ids that are known.</summary>
    public static AppleReply Details(AppleCall call)
    {
        var asked = call.Body as JsonArray ?? throw AppleRefusal.Invalid("", "A list is expected.");
        var (offset, limit) = AppleFind.Paging(call);
        return AppleReply.Page([.. asked.SelectMany(a => Places.Where(p => p["id"]!.ToString() == a?["id"]?.ToString() && p["entity"]!.ToString() == a?["entity"]?.ToString())).Select(p => p.DeepClone())], offset, limit);
    }

    private static JsonObject Place(string entity, string id, string name, string? area, string? locality)
    {
        var country = Countries.First(c => c.Id == id.Split('|')[0]);
        return new()
        {
            ["id"] = id, ["entity"] = entity, ["displayName"] = entity == "Country" ? name : entity == "AdminArea" ? $"{name},{country.Name}" : $"{name},{area},{country.Name}", ["countryOrRegion"] = country.Id, ["adminArea"] = area, ["locality"] = locality,
        };
    }
}
