using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AdStudio.Sandbox.Pinterest;

/// <summary>What Pinterest publishes of an operation: its path, scopes, rate-limit category, and the shapes of its query and body.</summary>
public sealed class PinterestOperation(string name, JsonElement shape)
{
    private readonly string[] path = name[(name.IndexOf(' ', StringComparison.Ordinal) + 2)..].Split('/');

    /// <summary>"POST /ad_accounts/{ad_account_id}/campaigns".</summary>
    public string Name => name;
    public string Method { get; } = name[..name.IndexOf(' ', StringComparison.Ordinal)];
    public JsonElement Shape => shape;
    public IReadOnlyList<string> Scopes { get; } = [.. shape.GetProperty("scopes").EnumerateArray().Select(s => s.GetString()!)];
    public string Category { get; } = shape.GetProperty("category").GetString()!;

    public bool IsJoined(string parameter) => shape.TryGetProperty("query", out var query) && query.TryGetProperty(parameter, out var found) && found.TryGetProperty("joined", out _);

    /// <summary>What the braces stand for, or null when the path is another.</summary>
    public Dictionary<string, string>? Match(string[] asked)
    {
        if (asked.Length != path.Length) return null;
        var ids = new Dictionary<string, string>();
        for (var i = 0; i < path.Length; i++)
            if (path[i].StartsWith('{')) ids[path[i].Trim('{', '}')] = asked[i];
            else if (path[i] != asked[i]) return null;
        return ids;
    }
}

/// <summary>Holds requests against the published shapes; shapes.json was made from Pinterest's API description.</summary>
public static class PinterestShapes
{
    private static readonly JsonElement Shapes = Load();
    private static readonly Dictionary<string, HashSet<string>> Values = Shapes.GetProperty("values").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.EnumerateArray().Select(v => v.GetString()!).ToHashSet());

    public static IReadOnlyList<PinterestOperation> Operations { get; } = [.. Shapes.GetProperty("operations").EnumerateObject().Select(p => new PinterestOperation(p.Name, p.Value))];

    /// <summary>The operation of a path; null and whether the path has others.</summary>
    public static (PinterestOperation? Operation, Dictionary<string, string> Ids, bool IsKnownPath) Find(string method, string[] path)
    {
        // A fixed word wins over a place for an id: "campaigns/analytics" is no campaign.
        var found = Operations.Select(o => (Operation: o, Ids: o.Match(path))).Where(o => o.Ids is not null).OrderBy(o => o.Ids!.Count).ToList();
        if (found.Count == 0) return (null, [], false);
        var least = found[0].Ids!.Count;
        var match = found.Find(o => o.Operation.Method == method && o.Ids!.Count == least);
        return (match.Operation, match.Ids ?? [], true);
    }

    /// <summary>Why the request is not one of the operation's; null when it is.</summary>
    public static string? Problem(PinterestCall call)
    {
        var shape = call.Operation!.Shape;
        if (shape.TryGetProperty("path", out var path))
            foreach (var (name, value) in call.Ids)
                if (InQuery(path.GetProperty(name), name, value) is { } problem) return problem;
        if (QueryProblem(call, shape) is { } wrong) return wrong;
        if (!shape.TryGetProperty("body", out var body)) return call.Body is null ? null : "The request takes no body.";
        if (call.IsUnreadable) return "The request body is not valid JSON.";
        return call.Body is null ? "The request body is missing." : Problem(body, "body", call.Body);
    }

    private static string? QueryProblem(PinterestCall call, JsonElement shape)
    {
        var known = shape.TryGetProperty("query", out var query) ? query.EnumerateObject().ToDictionary(p => p.Name, p => p.Value) : [];
        foreach (var (name, values) in call.Query)
        {
            if (!known.TryGetValue(name, out var one)) return $"'{name}' is not a parameter of this operation.";
            if (Type(one) != "array")
            {
                if (values.Length > 1) return $"Parameter '{name}' was given more than once.";
                if (InQuery(one, name, values[0]) is { } problem) return problem;
                continue;
            }
            var items = call.List(name);
            if (CountProblem(one, name, items.Count) is { } count) return count;
            if (items.Select(item => InQuery(one.GetProperty("items"), name, item)).FirstOrDefault(p => p is not null) is { } first) return first;
        }
        return known.Where(p => p.Value.TryGetProperty("must", out _) && !call.Query.ContainsKey(p.Key)).Select(p => $"'{p.Key}' is a required parameter.").FirstOrDefault();
    }

    private static string? InQuery(JsonElement shape, string name, string value) => Type(shape) switch
    {
        "integer" or "number" when !long.TryParse(value, out var number) => $"Parameter '{name}' was not numeric (was {value})",
        "integer" or "number" => RangeProblem(shape, name, long.Parse(value, System.Globalization.CultureInfo.InvariantCulture)),
        "boolean" => value is "true" or "false" ? null : $"'{name}' value '{value}' must be true or false.",
        _ => TextProblem(shape, name, value),
    };

    private static string? Problem(JsonElement shape, string name, JsonNode? value)
    {
        if (value is null) return shape.TryGetProperty("nullable", out _) ? null : $"'{name}' may not be null.";
        var kind = value.GetValueKind();
        switch (Type(shape))
        {
            case "object":
                return kind == JsonValueKind.Object ? ObjectProblem(shape, name, (JsonObject)value) : $"'{name}' must be an object.";
            case "array":
                if (kind != JsonValueKind.Array) return $"'{name}' must be an array.";
                var items = (JsonArray)value;
                if (CountProblem(shape, name, items.Count) is { } count) return count;
                return shape.TryGetProperty("items", out var item) ? items.Select((v, i) => Problem(item, name == "body" ? $"[{i}]" : $"{name}[{i}]", v)).FirstOrDefault(p => p is not null) : null;
            case "string":
                return kind == JsonValueKind.String ? TextProblem(shape, name, value.GetValue<string>()) : $"'{name}' value {Short(value)} must be a string.";
            case "integer":
                return kind == JsonValueKind.Number && long.TryParse(value.ToJsonString(), out var number) ? RangeProblem(shape, name, number) : $"'{name}' value {Short(value)} must be an integer.";
            case "number":
                return kind == JsonValueKind.Number ? RangeProblem(shape, name, value.GetValue<double>()) : $"'{name}' value {Short(value)} must be a number.";
            case "boolean":
                return kind is JsonValueKind.True or JsonValueKind.False ? null : $"'{name}' value {Short(value)} must be a boolean.";
            default:
                return kind == JsonValueKind.String ? TextProblem(shape, name, value.GetValue<string>()) : AnyProblem(shape, name, value);
        }
    }

    private static string? ObjectProblem(JsonElement shape, string name, JsonObject value)
    {
        if (shape.TryGetProperty("by", out var by))
        {
            var member = by.GetString()!;
            var kind = value[member]?.ToString();
            if (kind is null) return $"'{At(name, member)}' is a required property.";
            return shape.GetProperty("of").TryGetProperty(kind, out var one) ? ObjectProblem(one, name, value)
                : $"'{At(name, member)}' value '{kind}' is not one of {string.Join(", ", shape.GetProperty("of").EnumerateObject().Select(p => p.Name))}.";
        }
        if (shape.TryGetProperty("any", out _)) return AnyProblem(shape, name, value);
        var known = shape.TryGetProperty("properties", out var properties) ? properties : default;
        var others = shape.TryGetProperty("other", out var other);
        foreach (var (key, inner) in value)
        {
            if (known.ValueKind == JsonValueKind.Object && known.TryGetProperty(key, out var one))
            {
                if (Problem(one, At(name, key), inner) is { } problem) return problem;
            }
            else if (others)
            {
                if (Problem(other, At(name, key), inner) is { } problem) return problem;
            }
            else if (known.ValueKind == JsonValueKind.Object) return $"'{At(name, key)}' is not a known property.";
        }
        return shape.TryGetProperty("required", out var required)
            ? required.EnumerateArray().Select(r => r.GetString()!).Where(r => !value.ContainsKey(r)).Select(r => $"'{At(name, r)}' is a required property.").FirstOrDefault() : null;
    }

    private static string? AnyProblem(JsonElement shape, string name, JsonNode value)
    {
        if (!shape.TryGetProperty("any", out var any)) return null;
        string? first = null;
        foreach (var one in any.EnumerateArray())
        {
            if (Problem(one, name, value) is not { } problem) return null;
            first ??= problem;
        }
        return first;
    }

    private static string? TextProblem(JsonElement shape, string name, string text)
    {
        if (shape.TryGetProperty("maxLength", out var most) && text.Length > most.GetInt32()) return $"'{name}' must have at most {most.GetInt32()} characters.";
        if (shape.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(text, pattern.GetString()!)) return $"'{name}' value '{Short(text)}' must match the pattern: {pattern.GetString()}";
        if (shape.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(v => v.ToString() == text)) return $"'{name}' value '{Short(text)}' is not one of {string.Join(", ", allowed.EnumerateArray())}.";
        return shape.TryGetProperty("values", out var values) && !Values[values.GetString()!].Contains(text) ? $"'{name}' value '{Short(text)}' is not one that Pinterest knows." : null;
    }

    private static string? RangeProblem(JsonElement shape, string name, double number)
    {
        if (shape.TryGetProperty("minimum", out var least) && number < least.GetDouble()) return $"'{name}' must be at least {least}.";
        if (shape.TryGetProperty("maximum", out var most) && number > most.GetDouble()) return $"'{name}' must be at most {most}.";
        return shape.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(v => v.GetDouble() == number) ? $"'{name}' is not one of {string.Join(", ", allowed.EnumerateArray())}." : null;
    }

    private static string? CountProblem(JsonElement shape, string name, int count)
    {
        if (shape.TryGetProperty("minItems", out var least) && count < least.GetInt32()) return $"'{name}' must have at least {least} items.";
        return shape.TryGetProperty("maxItems", out var most) && count > most.GetInt32() ? $"'{name}' must have at most {most} items." : null;
    }

    private static string Type(JsonElement shape) => shape.TryGetProperty("type", out var type) ? type.GetString()! : "";
    private static string At(string name, string member) => name == "body" ? member : $"{name}.{member}";
    private static string Short(JsonNode value) => Short(value.ToJsonString());
    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static JsonElement Load()
    {
        using var stream = typeof(PinterestShapes).Assembly.GetManifestResourceStream("pinterest/shapes.json")!;
        return JsonSerializer.Deserialize<JsonElement>(stream);
    }
}
