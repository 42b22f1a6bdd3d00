using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AdStudio.Core.Campaigns;

/// <summary>A step's body as rows for people: the platform's own field names, nested ones with dots, and earlier steps named where their ids will stand.</summary>
internal static partial class ReviewFields
{
    public static IReadOnlyList<ReviewField> Of(JsonObject body, IReadOnlyDictionary<string, string> titles) => [.. Rows("", body, titles)];

    private static IEnumerable<ReviewField> Rows(string path, JsonNode? node, IReadOnlyDictionary<string, string> titles) => node switch
    {
        JsonObject o => o.SelectMany(p => Rows(path.Length == 0 ? p.Key : $"{path}.{p.Key}", p.Value, titles)),
        JsonArray a when a.All(item => item is JsonValue) => [new(path, string.Join(", ", a.Select(item => Text(item, titles))))],
        JsonArray { Count: 1 } a => Rows(path, a[0], titles),
        JsonArray a => a.SelectMany((item, i) => Rows($"{path}[{i + 1}]", item, titles)),
        _ => [new(path, Text(node, titles))],
    };

    private static string Text(JsonNode? node, IReadOnlyDictionary<string, string> titles)
    {
        if (node is null) return "–";
        var text = node.GetValueKind() switch
        {
            JsonValueKind.String => node.GetValue<string>(),
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            _ => node.ToJsonString(),
        };
        return Reference().Replace(text, m => titles.TryGetValue(m.Groups[1].Value, out var title) ? $"‹id from “{title}”›" : m.Value);
    }

    [GeneratedRegex(@"\{\{([^}]+)\}\}")]
    private static partial Regex Reference();
}
