using System.Globalization;
using System.Text.Json.Nodes;

namespace AdStudio.Sandbox.Apple;

/// <summary>Selectors: which of a list is wanted, in which order, which page.</summary>
internal static class AppleFind
{
    private const int Most = 1000, Usual = 20;

    /// <summary>Deleted things are told only to those who ask for them.</summary>
    public static AppleReply Page(AppleCall call, IEnumerable<JsonObject> all)
    {
        var selector = AppleShapes.Check(call.Body ?? new JsonObject(), AppleShapes.Selector);
        var (found, offset, limit) = Choose(selector, all);
        var fields = (selector["fields"] as JsonArray)?.Select(f => f!.ToString()).ToHashSet();
        return AppleReply.Page([.. found.Select(o => fields is null ? o : (JsonNode)new JsonObject(o.Where(p => fields.Contains(p.Key)).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))))], offset, limit);
    }

    public static (List<JsonObject> Found, int Offset, int Limit) Choose(JsonObject selector, IEnumerable<JsonObject> all)
    {
        var conditions = (selector["conditions"] as JsonArray ?? []).Select(c => c!.AsObject()).ToList();
        var asksForDeleted = conditions.Exists(c => c["field"]!.ToString() == "deleted");
        var found = all.Where(o => asksForDeleted || o["deleted"]?.GetValue<bool>() != true).Where(o => conditions.TrueForAll(c => Fits(o, c))).ToList();
        if ((selector["orderBy"] as JsonArray)?.FirstOrDefault() is { } order)
        {
            var (field, falls) = (order["field"]!.ToString(), order["sortOrder"]?.ToString() == "DESCENDING");
            found = [.. falls ? found.OrderByDescending(o => Key(o[field])) : found.OrderBy(o => Key(o[field]))];
        }
        var (offset, limit) = ((int?)selector["pagination"]?["offset"]?.GetValue<long>() ?? 0, (int?)selector["pagination"]?["limit"]?.GetValue<long>() ?? Usual);
        if (offset < 0 || limit is < 1 or > Most) throw AppleRefusal.Invalid("pagination", $"The offset must not be negative, and the limit between 1 and {Most}.");
        return (found, offset, limit);
    }

    public static (int Offset, int Limit) Paging(AppleCall call)
    {
        var (offset, limit) = (Number("offset", 0), Number("limit", Usual));
        return offset >= 0 && limit is >= 1 and <= Most ? (offset, limit) : throw AppleRefusal.Invalid("limit", $"The limit must be between 1 and {Most}.");

        int Number(string name, int usual) => !call.Query.TryGetValue(name, out var text) ? usual
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw AppleRefusal.Invalid(name, $"{name} must be a number.");
    }

    private static (decimal, string) Key(JsonNode? value) => decimal.TryParse(Plain(value)?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? (number, "") : (0, value?.ToString() ?? "");

    /// <summary>Money goes by its amount.</summary>
    private static JsonNode? Plain(JsonNode? value) => value is JsonObject money ? money["amount"] : value;

    private static bool Fits(JsonObject item, JsonObject condition)
    {
        var field = condition["field"]!.ToString();
        if (!item.TryGetPropertyValue(field, out var value)) throw AppleRefusal.Invalid("conditions", $"{field} is not a field that can be asked for here.");
        var values = condition["values"]!.AsArray().Select(v => v!.ToString()).ToList();
        if (values.Count == 0) throw AppleRefusal.Invalid("conditions", "A condition needs values.");
        var how = condition["ignoreCase"]?.GetValue<bool>() == true ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var mine = value is JsonArray list ? list.Select(v => v!.ToString()).ToList() : [Plain(value)?.ToString() ?? ""];
        return condition["operator"]!.ToString() switch
        {
            "EQUALS" => mine.Exists(m => string.Equals(m, values[0], how)),
            "IN" or "CONTAINS_ANY" => mine.Exists(m => values.Exists(v => string.Equals(m, v, how))),
            "CONTAINS_ALL" => values.TrueForAll(v => mine.Exists(m => string.Equals(m, v, how))),
            "CONTAINS" or "LIKE" => mine.Exists(m => m.Contains(values[0].Trim('%'), how)),
            "STARTSWITH" => mine.Exists(m => m.StartsWith(values[0], how)),
            "ENDSWITH" => mine.Exists(m => m.EndsWith(values[0], how)),
            "GREATER_THAN" => Key(value).CompareTo(Key(JsonValue.Create(values[0]))) > 0,
            "LESS_THAN" => Key(value).CompareTo(Key(JsonValue.Create(values[0]))) < 0,
            _ => values.Count == 2 && Key(value).CompareTo(Key(JsonValue.Create(values[0]))) >= 0 && Key(value).CompareTo(Key(JsonValue.Create(values[1]))) <= 0,
        };
    }
}
