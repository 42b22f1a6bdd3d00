using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdStudio.Sandbox.Google;

/// <summary>What the discovery document says of the messages: fields, types, enumerations, and what only the platform sets.</summary>
public static class GoogleShapes
{
    private static readonly JsonElement Shapes = Load();
    private static readonly Dictionary<string, Dictionary<string, string>> TypeSets =
        Shapes.GetProperty("types").EnumerateObject().ToDictionary(t => t.Name, t => t.Value.EnumerateObject().ToDictionary(f => f.Name, f => f.Value.GetString()!));
    private static readonly Dictionary<string, HashSet<string>> Enums =
        Shapes.GetProperty("enums").EnumerateObject().ToDictionary(e => e.Name, e => e.Value.EnumerateArray().Select(v => v.GetString()!).ToHashSet());

    public static IReadOnlyDictionary<string, Dictionary<string, string>> Types => TypeSets;

    public static string Camel(string snake)
    {
        if (!snake.Contains('_', StringComparison.Ordinal)) return snake;
        var text = new StringBuilder(snake.Length);
        for (var i = 0; i < snake.Length; i++)
        {
            if (snake[i] == '_' && i + 1 < snake.Length) text.Append(char.ToUpperInvariant(snake[++i]));
            else text.Append(snake[i]);
        }
        return text.ToString();
    }

    public static string Snake(string camel) => string.Concat(camel.Select(c => char.IsUpper(c) ? "_" + char.ToLowerInvariant(c) : c.ToString()));

    /// <summary>The type at a path of camel case names beneath a type; null when there is none.</summary>
    public static string? TypeAt(string type, IEnumerable<string> path)
    {
        foreach (var name in path)
        {
            type = type.TrimStart('-').TrimStart('[');
            if (!TypeSets.TryGetValue(type, out var fields) || !fields.TryGetValue(name, out var next)) return null;
            type = next;
        }
        return type.TrimStart('-');
    }

    /// <summary>The values of an enumeration type ("@12"), or null for any other type.</summary>
    public static HashSet<string>? EnumOf(string type) => Enums.GetValueOrDefault(type.TrimStart('-').TrimStart('[').TrimStart('@'));

    /// <summary>
    /// Brings a message into the platform's own form: camel case names, int64 as text. What only the platform sets is dropped.
    /// The error names the field as the JSON parser of the platform does.
    /// </summary>
    public static (JsonNode? Value, GoogleReply? Error) Normalize(JsonNode? node, string type, string path)
    {
        type = type.TrimStart('-');
        if (node is null) return (null, null);
        if (type[0] == '[')
        {
            if (node is not JsonArray items) return (null, Bad(path, $"Invalid value at '{path}' (list), expected a list."));
            var list = new JsonArray();
            for (var i = 0; i < items.Count; i++)
            {
                var (item, error) = Normalize(items[i], type[1..], string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"));
                if (error is not null) return (null, error);
                list.Add(item);
            }
            return (list, null);
        }
        if (TypeSets.TryGetValue(type, out var fields)) return Message(node, fields, type, path);
        return Scalar(node, type, path);
    }

    private static (JsonNode?, GoogleReply?) Message(JsonNode node, Dictionary<string, string> fields, string type, string path)
    {
        if (node is not JsonObject given) return (null, Bad(path, $"Invalid value at '{path}' ({type}), expected an object."));
        var message = new JsonObject();
        foreach (var (key, value) in given)
        {
            var name = Camel(key);
            if (!fields.TryGetValue(name, out var declared)) return (null, Bad(path, $"Invalid JSON payload received. Unknown name \"{key}\" at '{path}': Cannot find field."));
            // An asset's type and image are marked as output but are given on creation all the same.
            if (declared[0] == '-' && !(type == "Resources.Asset" && name is "type" or "imageAsset")) continue;
            var (normal, error) = Normalize(value, declared, path + "." + Snake(name));
            if (error is not null) return (null, error);
            if (normal is not null) message[name] = normal;
        }
        return (message, null);
    }

    private static (JsonNode?, GoogleReply?) Scalar(JsonNode node, string type, string path)
    {
        var kind = node.GetValueKind();
        var text = node.ToString();
        switch (type)
        {
            case "int64" or "int32":
                if (kind is not (JsonValueKind.Number or JsonValueKind.String) || !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || number != Math.Truncate(number))
                    return (null, Bad(path, $"Invalid value at '{path}' (TYPE_{type.ToUpperInvariant()}), \"{text}\""));
                return type == "int64" ? ((JsonNode)((long)number).ToString(CultureInfo.InvariantCulture), null) : ((JsonNode)(int)number, null);
            case "double":
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? (real, null) : (null, Bad(path, $"Invalid value at '{path}' (TYPE_DOUBLE), \"{text}\""));
            case "bool":
                return kind is JsonValueKind.True or JsonValueKind.False ? (node.DeepClone(), null) : (null, Bad(path, $"Invalid value at '{path}' (TYPE_BOOL), \"{text}\""));
            case "string" or "bytes":
                return kind == JsonValueKind.String ? (node.DeepClone(), null) : (null, Bad(path, $"Invalid value at '{path}' (TYPE_STRING), {text}"));
        }
        if (type[0] == '@' && !Enums[type[1..]].Contains(text)) return (null, Bad(path, $"Invalid value at '{path}' (enum), \"{text}\""));
        return (node.DeepClone(), null);
    }

    private static GoogleReply Bad(string path, string description) => GoogleFailure.BadJson(path, description);

    private static JsonElement Load()
    {
        using var stream = typeof(GoogleShapes).Assembly.GetManifestResourceStream("google/shapes.json")!;
        return JsonSerializer.Deserialize<JsonElement>(stream);
    }
}
