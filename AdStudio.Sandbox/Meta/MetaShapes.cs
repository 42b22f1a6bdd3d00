using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdStudio.Sandbox.Meta;

/// <summary>What the platform publishes about its edges and objects: parameter names, types, values, and field names.</summary>
public static class MetaShapes
{
    private static readonly HashSet<string> Everywhere =
    [
        "fields", "limit", "after", "before", "summary", "filtering", "sort", "access_token", "appsecret_proof", "method", "debug", "pretty", "format", "locale", "date_format",
        "include_headers", "suppress_http_code", "ids", "metadata", "transport",
    ];

    private static readonly JsonElement Shapes = Load();
    private static readonly Dictionary<string, string[]> Enums = Shapes.GetProperty("enums").EnumerateObject().ToDictionary(p => p.Name, Texts);
    private static readonly Dictionary<string, HashSet<string>> FieldSets = Shapes.GetProperty("fields").EnumerateObject().ToDictionary(p => p.Name, p => Texts(p).ToHashSet());
    private static readonly Dictionary<string, Dictionary<string, string>> ParamSets =
        Shapes.GetProperty("params").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.EnumerateObject().ToDictionary(x => x.Name, x => x.Value.GetString()!));

    /// <summary>The edges with parameters ("POST AdAccount campaigns") and their parameters.</summary>
    public static IReadOnlyDictionary<string, Dictionary<string, string>> Params => ParamSets;

    public static IReadOnlyDictionary<string, HashSet<string>> Fields => FieldSets;

    public static IReadOnlyList<string> Values(string name) => Enums[name];

    /// <summary>Refuses parameters the edge does not know, of another type, or left out though required.</summary>
    public static MetaError? Check(MetaCall call, string edge)
    {
        var known = ParamSets.GetValueOrDefault(edge) ?? [];
        foreach (var (name, text) in call.Params)
        {
            if (!known.TryGetValue(name, out var type))
            {
                if (Everywhere.Contains(name)) continue;
                return MetaError.Invalid($"Unknown parameter: {name}", name);
            }
            if (text.Length > 0 && Wrong(name, text, type.TrimStart('*')) is { } error) return error;
        }
        foreach (var (name, type) in known)
            if (type[0] == '*' && !call.Has(name)) return MetaError.Invalid($"The parameter {name} is required.", name);
        return null;
    }

    /// <summary>Refuses members an object (targeting, say) does not have.</summary>
    public static MetaError? CheckObject(JsonNode? value, string type, string path)
    {
        if (value is not JsonObject found) return value is null ? null : MetaError.Invalid($"Param {path} must be a JSON object", path);
        var unknown = found.Select(p => p.Key).FirstOrDefault(k => !FieldSets[type].Contains(k));
        return unknown is null ? null : MetaError.Invalid($"Invalid keys \"{unknown}\" were found in param \"{path}\".", path);
    }

    /// <summary>The parameters given for an edge, as the object keeps them.</summary>
    public static JsonObject Keep(MetaCall call, string edge, Func<DateTimeOffset, string> date, Func<string, DateTimeOffset?> parse)
    {
        var kept = new JsonObject();
        foreach (var (name, text) in call.Params)
        {
            if (text.Length == 0 || !ParamSets[edge].TryGetValue(name, out var declared) || name == "execution_options") continue;
            var type = declared.TrimStart('*');
            kept[name] = type switch
            {
                "bool" => call.Flag(name),
                "int" when name.Contains("budget", StringComparison.Ordinal) || name.EndsWith("_cap", StringComparison.Ordinal) || name.EndsWith("_id", StringComparison.Ordinal) || name.EndsWith("_target", StringComparison.Ordinal) => text,
                "int" => call.Number(name),
                "datetime" => parse(text) is { } at ? date(at) : text,
                "map" => MetaCall.Parse(text),
                _ when type.StartsWith("list", StringComparison.Ordinal) => MetaCall.Parse(text) ?? new JsonArray([.. call.List(name).Select(v => (JsonNode)v)]),
                _ => text,
            };
        }
        return kept;
    }

    private static MetaError? Wrong(string name, string text, string type)
    {
        if (type.StartsWith("list", StringComparison.Ordinal))
        {
            var node = MetaCall.Parse(text);
            if (node is not JsonArray array)
                return node is JsonObject || text.StartsWith('[') ? MetaError.Invalid($"Param {name} must be an array.", name) : null;
            var allowed = type.Length > 5 ? Allowed(type[5..]) : null;
            var stranger = allowed is null ? null : array.Select(n => n?.ToString() ?? "").FirstOrDefault(v => !allowed.Contains(v));
            return stranger is null ? null : MetaError.Invalid($"Param {name}[0] must be one of {{{string.Join(", ", allowed!)}}} - got \"{stranger}\".", name);
        }
        var fits = type switch
        {
            "string" or "file" or "datetime" => true,
            "int" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            "float" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
            "bool" => text.ToLowerInvariant() is "true" or "false" or "1" or "0",
            "map" => MetaCall.Parse(text) is JsonObject or JsonArray,
            _ => Allowed(type).Contains(text),
        };
        if (fits) return null;
        return type switch
        {
            "int" => MetaError.Invalid($"Param {name} must be an integer.", name),
            "bool" => MetaError.Invalid($"Param {name} must be a boolean.", name),
            "float" => MetaError.Invalid($"Param {name} must be a number.", name),
            "map" => MetaError.Invalid($"Param {name} must be a JSON object", name),
            _ => MetaError.Invalid($"Param {name} must be one of {{{string.Join(", ", Allowed(type))}}}", name),
        };
    }

    private static string[] Allowed(string type) => type[0] == '@' ? Enums[type[1..]] : type.Split('|');

    private static string[] Texts(JsonProperty property) => [.. property.Value.EnumerateArray().Select(v => v.GetString()!)];

    private static JsonElement Load()
    {
        using var stream = typeof(MetaShapes).Assembly.GetManifestResourceStream("meta/shapes.json")!;
        return JsonSerializer.Deserialize<JsonElement>(stream);
    }
}
