using System.Text.Json.Nodes;

namespace AdStudio.Tests.Api.Surfaces;

/// <summary>Holds an answer against its schema: types, what is required, and that nothing is there which is not described.</summary>
internal static class Schemas
{
    public static IEnumerable<string> Check(JsonNode document, JsonNode schema, JsonNode? value, string at)
    {
        while (schema["$ref"]?.GetValue<string>() is { } reference)
            schema = reference.TrimStart('#', '/').Split('/').Aggregate(document, (node, part) => node[part]!);
        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices) return choices.Any(c => !Check(document, c!, value, at).Any()) ? [] : [$"{at} fits none of its forms"];

        var kind = value?.GetValueKind() switch
        {
            null or System.Text.Json.JsonValueKind.Null => "null", System.Text.Json.JsonValueKind.Object => "object", System.Text.Json.JsonValueKind.Array => "array", System.Text.Json.JsonValueKind.String => "string",
            System.Text.Json.JsonValueKind.Number => "number", _ => "boolean",
        };
        var types = schema["type"] switch { JsonArray several => several.Select(t => t!.GetValue<string>()).ToList(), JsonValue one => [one.GetValue<string>()], _ => [] };
        if (types.Count > 0 && !types.Contains(kind) && !(kind == "number" && types.Contains("integer"))) return [$"{at} is {kind}, not {string.Join(" or ", types)}"];
        return value switch
        {
            JsonArray list when schema["items"] is { } items => list.SelectMany((entry, i) => Check(document, items, entry, $"{at}[{i}]")),
            JsonObject map when schema["properties"] is JsonObject properties =>
                (schema["required"]?.AsArray() ?? []).Select(r => r!.GetValue<string>()).Where(r => !map.ContainsKey(r)).Select(r => $"{at}.{r} is missing")
                .Concat(map.SelectMany(p => properties[p.Key] is { } known ? Check(document, known, p.Value, $"{at}.{p.Key}") : [$"{at}.{p.Key} is not described"])),
            JsonObject map when schema["additionalProperties"] is JsonObject each => map.SelectMany(p => Check(document, each, p.Value, $"{at}.{p.Key}")),
            _ => [],
        };
    }
}
