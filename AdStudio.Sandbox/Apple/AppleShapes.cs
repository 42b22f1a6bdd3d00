using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdStudio.Sandbox.Apple;

/// <summary>What each request may hold, by Apple's published schemas: names, types, values, what must be there. "!" must be there; "?" may be null.</summary>
public static class AppleShapes
{
    private const string Status = "ENABLED|PAUSED", Money = "money", Place = "{included:[text]}";

    private static readonly Dictionary<string, string> Dimensions = new()
    {
        ["adminArea"] = Place + "?", ["age"] = "age?", ["appCategories"] = "object?", ["appDownloaders"] = "object?", ["country"] = Place + "?", ["daypart"] = "object?", ["deviceClass"] = "{included:[IPHONE|IPAD]}?",
        ["gender"] = "{included:[M|F]}?", ["locality"] = Place + "?",
    };

    public static readonly IReadOnlyDictionary<string, string> Campaign = new Dictionary<string, string>
    {
        ["adamId"] = "int!", ["adChannelType"] = "SEARCH|DISPLAY!", ["billingEvent"] = "IMPRESSIONS|TAPS!", ["biddingStrategy"] = "MANUAL_CPT|MAX_CONVERSIONS", ["budgetOrders"] = "[int]", ["countriesOrRegions"] = "[text]!",
        ["dailyBudgetAmount"] = Money + "!", ["endTime"] = "time", ["locInvoiceDetails"] = "object", ["name"] = "text!", ["orgId"] = "int", ["startTime"] = "time", ["status"] = Status,
        ["supplySources"] = "[APPSTORE_SEARCH_RESULTS|APPSTORE_SEARCH_TAB|APPSTORE_TODAY_TAB|APPSTORE_PRODUCT_PAGES_BROWSE]!", ["targetCpa"] = Money,
    };

    public static readonly IReadOnlyDictionary<string, string> CampaignChange = new Dictionary<string, string> { ["campaign"] = "object!", ["clearGeoTargetingOnCountryOrRegionChange"] = "bool" };

    public static readonly IReadOnlyDictionary<string, string> CampaignFields = new Dictionary<string, string>
    {
        ["biddingStrategy"] = "MANUAL_CPT|MAX_CONVERSIONS", ["budgetOrders"] = "[int]", ["countriesOrRegions"] = "[text]", ["dailyBudgetAmount"] = Money, ["locInvoiceDetails"] = "object", ["name"] = "text", ["status"] = Status,
        ["targetCpa"] = Money,
    };

    public static readonly IReadOnlyDictionary<string, string> AdGroupFields = new Dictionary<string, string>
    {
        ["automatedKeywordsOptIn"] = "bool", ["cpaGoal"] = Money, ["defaultBidAmount"] = Money, ["endTime"] = "time", ["name"] = "text", ["startTime"] = "time", ["status"] = Status, ["targetingDimensions"] = "dimensions",
    };

    public static readonly IReadOnlyDictionary<string, string> AdGroup = new Dictionary<string, string>(AdGroupFields)
    {
        ["defaultBidAmount"] = Money + "!", ["name"] = "text!", ["pricingModel"] = "CPC|CPM!", ["startTime"] = "time!", ["campaignId"] = "int", ["orgId"] = "int",
    };

    public static readonly IReadOnlyDictionary<string, string> Creative = new Dictionary<string, string> { ["adamId"] = "int!", ["name"] = "text!", ["type"] = "DEFAULT_PRODUCT_PAGE|CUSTOM_PRODUCT_PAGE!", ["productPageId"] = "text" };
    public static readonly IReadOnlyDictionary<string, string> Ad = new Dictionary<string, string> { ["creativeId"] = "int!", ["name"] = "text!", ["status"] = Status + "!" };
    public static readonly IReadOnlyDictionary<string, string> AdChange = new Dictionary<string, string> { ["creativeId"] = "int", ["name"] = "text!", ["status"] = Status + "!" };

    public static readonly IReadOnlyDictionary<string, string> Selector = new Dictionary<string, string> { ["conditions"] = "[condition]?", ["fields"] = "[text]?", ["orderBy"] = "[sorting]?", ["pagination"] = "pagination?" };

    public static readonly IReadOnlyDictionary<string, string> Report = new Dictionary<string, string>
    {
        ["startTime"] = "day!", ["endTime"] = "day!", ["granularity"] = "DAILY|HOURLY|MONTHLY|WEEKLY", ["groupBy"] = "[countryOrRegion|countryCode|deviceClass|ageRange|gender|adminArea|locality]", ["returnGrandTotals"] = "bool",
        ["returnRecordsWithNoMetrics"] = "bool", ["returnRowTotals"] = "bool", ["selector"] = "selector!", ["timeZone"] = "ORTZ|UTC",
    };

    private static readonly Dictionary<string, IReadOnlyDictionary<string, string>> Named = new()
    {
        ["money"] = new Dictionary<string, string> { ["amount"] = "decimal!", ["currency"] = "AUD|CAD|EUR|GBP|JPY|MXN|NZD|RUB|USD!" },
        ["age"] = new Dictionary<string, string> { ["included"] = "[agerange]!" },
        ["agerange"] = new Dictionary<string, string> { ["minAge"] = "int!", ["maxAge"] = "int?" },
        ["dimensions"] = Dimensions, ["selector"] = Selector,
        ["condition"] = new Dictionary<string, string> { ["field"] = "text!", ["ignoreCase"] = "bool", ["operator"] = "BETWEEN|CONTAINS|CONTAINS_ALL|CONTAINS_ANY|ENDSWITH|EQUALS|GREATER_THAN|IN|LESS_THAN|LIKE|STARTSWITH!", ["values"] = "[text]!" },
        ["sorting"] = new Dictionary<string, string> { ["field"] = "text!", ["ignoreCase"] = "bool", ["sortOrder"] = "ASCENDING|DESCENDING" },
        ["pagination"] = new Dictionary<string, string> { ["limit"] = "int", ["offset"] = "int" },
    };

    /// <summary>Throws the first thing that is wrong.</summary>
    internal static JsonObject Check(JsonNode? body, IReadOnlyDictionary<string, string> shape, string at = "")
    {
        if (body is not JsonObject o) throw AppleRefusal.Invalid(at, "An object is expected.");
        foreach (var (name, value) in o)
        {
            if (!shape.TryGetValue(name, out var type)) throw AppleRefusal.Invalid(at + name, $"{name} is not a field of this object.");
            Check(value, type.TrimEnd('!'), at + name);
        }
        foreach (var (name, _) in shape.Where(f => f.Value.EndsWith('!') && o[f.Key] is null)) throw AppleRefusal.Invalid(at + name, $"{name} is required.");
        return o;
    }

    private static void Check(JsonNode? value, string type, string at)
    {
        if (value is null)
        {
            if (!type.EndsWith('?')) throw AppleRefusal.Invalid(at, $"{at} must not be null.");
            return;
        }
        type = type.TrimEnd('?');
        if (type.StartsWith('['))
        {
            if (value is not JsonArray list) throw AppleRefusal.Invalid(at, $"{at} must be a list.");
            foreach (var item in list) Check(item, type[1..^1], at);
        }
        else if (type.StartsWith('{')) Check(value, new Dictionary<string, string> { ["included"] = type["{included:".Length..^1] + "!" }, at + ".");
        else if (Named.TryGetValue(type, out var shape)) Check(value, shape, at + ".");
        else if (!IsOf(value, type)) throw AppleRefusal.Invalid(at, $"{at} has a value that is not allowed here: {value.ToJsonString()}.");
    }

    private static bool IsOf(JsonNode value, string type) => (type, value.GetValueKind()) switch
    {
        ("object", JsonValueKind.Object) => true,
        ("bool", JsonValueKind.True or JsonValueKind.False) => true,
        ("int", JsonValueKind.Number) => long.TryParse(value.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        ("text", JsonValueKind.String) => true,
        ("decimal", JsonValueKind.String) => decimal.TryParse(value.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _),
        ("time", JsonValueKind.String) => DateTime.TryParseExact(value.ToString(), "yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        ("day", JsonValueKind.String) => DateOnly.TryParseExact(value.ToString(), "yyyy-MM-dd", out _),
        (_, JsonValueKind.String) when type.Contains('|', StringComparison.Ordinal) => type.Split('|').Contains(value.ToString()),
        _ => false,
    };
}
