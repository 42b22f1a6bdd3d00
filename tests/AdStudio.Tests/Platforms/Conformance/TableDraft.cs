using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdStudio.Tests.Platforms.Conformance;

/// <summary>Lines for a table from calls that were made: what of the platform's document they use, and with a plus what they use beyond it. To be read before it is believed.</summary>
internal static class TableDraft
{
    private const int MostValues = 16, Width = 190;

    public static string Of(ApiFacts facts, IEnumerable<RecordedCall> calls)
    {
        var text = new StringBuilder();
        foreach (var group in calls.GroupBy(c => (c.Method, facts.Describing(c)?.Path ?? RecordedCall.Plain(c.Path))).OrderBy(g => g.Key.Item2, StringComparer.Ordinal).ThenBy(g => g.Key.Method, StringComparer.Ordinal))
        {
            var operation = facts.Describing(group.First());
            var all = group.ToList();
            var parts = new List<string>
            {
                Pairs("query:", operation?.Query, all.SelectMany(c => c.Query).Where(p => !facts.Everywhere.Fields.ContainsKey(p.Key))), Pairs("form:", operation?.Form, all.SelectMany(c => c.Form ?? [])),
                string.Join(", ", all.SelectMany(c => c.Files).Distinct()) is { Length: > 0 } files ? $"file: {files}" : "",
                Whole("body:", operation?.Body ?? operation?.Form, all.Where(c => c.Body.Length > 0 && !c.IsBinary).Select(c => c.Body)), Whole("->", operation?.Answer, all.Where(c => c.Status < 300).Select(c => c.Answer)),
            };
            text.AppendLine((operation is null ? "+ " : "") + group.Key.Method + " " + group.Key.Item2);
            foreach (var part in parts.Where(p => p.Length > 0)) text.AppendLine(Wrapped("  " + part));
        }
        return text.ToString();
    }

    private static string Pairs(string part, Shape? shape, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var known = shape ?? new(ShapeKind.Object);
        var fields = pairs.GroupBy(p => p.Key).Select(g => Field(known, g.Key, [.. g.Select(p => AsJson(p.Value, known.Fields.GetValueOrDefault(g.Key)))], shape is not null)).ToList();
        return fields.Count == 0 ? "" : $"{part} {string.Join(", ", fields)}";
    }

    private static string Whole(string part, Shape? shape, IEnumerable<string> texts)
    {
        var samples = texts.Select(Parse).OfType<JsonNode>().ToList();
        return samples.Count == 0 ? "" : $"{(shape is null or { Kind: ShapeKind.Any, Either.Count: 0 } ? "+" : "")}{part} {Value(shape, samples)}";
    }

    private static string Field(Shape owner, string name, List<JsonNode?> samples, bool marks)
    {
        var known = owner.Fields.GetValueOrDefault(name) ?? owner.Others;
        return $"{(known is null && marks ? "+" : "")}{name}{(owner.Required.Contains(name) ? "!" : "")} {Value(known, [.. samples.OfType<JsonNode>()])}";
    }

    private static string Value(Shape? shape, List<JsonNode> samples)
    {
        if (shape is { Either.Count: > 0 } either) shape = samples.Count == 0 ? either.Either[0] : either.Either.MinBy(e => samples.Sum(s => e.Check(s, "", isAnswer: true).Count))!;
        if (shape is null or { Kind: ShapeKind.Any }) return Guess(samples);
        if (shape.Values is { } values) return $"({string.Join('|', values.Count <= MostValues ? values.AsEnumerable() : samples.Select(s => s.ToString()).Distinct().Order())})";
        if (shape.Kind == ShapeKind.List) return $"[{Value(shape.Items, [.. samples.OfType<JsonArray>().SelectMany(a => a).OfType<JsonNode>()])}]";
        if (shape.Kind != ShapeKind.Object) return shape.Kind.ToString().ToLowerInvariant();
        var names = samples.OfType<JsonObject>().SelectMany(o => o).GroupBy(p => p.Key).ToDictionary(g => g.Key, g => g.Select(p => p.Value).ToList());
        foreach (var name in shape.Required) names.TryAdd(name, []);
        return shape.Others is not null && shape.Fields.Count == 0
            ? shape.Others.Kind == ShapeKind.Any ? "object" : $"{{* {Value(shape.Others, [.. names.Values.SelectMany(v => v).OfType<JsonNode>()])}}}"
            : $"{{{string.Join(", ", names.Select(n => Field(shape, n.Key, n.Value, marks: true)))}}}";
    }

    private static string Guess(List<JsonNode> samples) => samples switch
    {
        [] => "any",
        [JsonObject, ..] => $"{{{string.Join(", ", samples.OfType<JsonObject>().SelectMany(o => o).GroupBy(p => p.Key).Select(g => $"{g.Key} {Guess([.. g.Select(p => p.Value).OfType<JsonNode>()])}"))}}}",
        [JsonArray, ..] => $"[{Guess([.. samples.OfType<JsonArray>().SelectMany(a => a).OfType<JsonNode>()])}]",
        _ => samples[0].GetValueKind() switch
        {
            JsonValueKind.String => "string", JsonValueKind.True or JsonValueKind.False => "boolean", _ => samples.TrueForAll(s => long.TryParse(s.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)) ? "integer" : "number",
        },
    };

    private static JsonNode? AsJson(string text, Shape? shape) => shape is { Kind: ShapeKind.String } || Parse(text) is not { } parsed ? JsonValue.Create(text) : parsed;

    private static JsonNode? Parse(string text)
    {
        try { return text.Length == 0 ? null : JsonNode.Parse(text); }
        catch (JsonException) { return null; }
    }

    private static string Wrapped(string line)
    {
        var (text, length) = (new StringBuilder(), 0);
        foreach (var word in line.Split(", "))
        {
            if (length > 0) text.Append(", ");
            if (length + word.Length > Width) { text.Length--; text.AppendLine().Append("    "); length = 4; }
            text.Append(word);
            length += word.Length + 2;
        }
        return text.ToString();
    }
}
