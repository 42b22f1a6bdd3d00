using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.TikTok;

/// <summary>A request to the Business API: what stood in its query, its JSON or its form, as one object.</summary>
internal sealed class TikTokCall
{
    public required string Method { get; init; }

    /// <summary>With its slash at the end: "campaign/create/".</summary>
    public required string Path { get; init; }
    public required JsonObject Params { get; init; }
    public IReadOnlyDictionary<string, (string FileName, byte[] Bytes)> Files { get; init; } = new Dictionary<string, (string, byte[])>();
    public string? Token { get; init; }

    /// <summary>The sandbox as the caller knows it, for links.</summary>
    public required string Origin { get; init; }

    /// <summary>Whether the body could be read at all.</summary>
    public bool IsReadable { get; init; } = true;
    public string Operation => $"{Method} {Path}";
    public SandboxObject Person { get; set; } = null!;

    public string? Text(string name) => Params[name] is JsonValue v ? v.ToString() : null;
    public List<string> List(string name) => Texts(Params[name]);
    public static List<string> Texts(JsonNode? node) => [.. (node as JsonArray ?? []).Select(n => n?.ToString() ?? "")];
}

/// <summary>An envelope: 200 whatever happened, and what happened in its code.</summary>
internal sealed record TikTokReply(int Code, string Message, JsonNode? Data = null)
{
    public static TikTokReply Ok(JsonNode? data = null) => new(0, "OK", data ?? new JsonObject());
    public static TikTokReply Wrong(string field, string words) => new(40002, $"{field}: {words}");
    public static TikTokReply Missing(string field) => new(40002, $"Missing data for required field: '{field}'");
    public static TikTokReply NoPermission(string account) => new(40001, $"No permission to operate advertiser {account}.");

    public static implicit operator TikTokReply(JsonObject data) => Ok(data);

    public JsonObject ToJson() => new() { ["code"] = Code, ["message"] = Message, ["request_id"] = DateTimeOffset.UtcNow.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture) + Random.Shared.Next(100_000, 999_999).ToString(CultureInfo.InvariantCulture), ["data"] = Data ?? new JsonObject() };
}

/// <summary>"2026-11-24 05:00:00", in UTC.</summary>
internal static class TikTokTime
{
    private const string Format = "yyyy-MM-dd HH:mm:ss";

    public static string Write(DateTimeOffset at) => at.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static DateTimeOffset? Read(string? text) => DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    public static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>What TikTok publishes of its operations: names, types and values; and apart, those that stand here from memory.</summary>
internal static class TikTokShapes
{
    private static readonly JsonElement Root = Load();
    private static readonly Dictionary<string, Dictionary<string, string>> Operations = Tables("operations").Concat(Tables("fromMemory")).ToDictionary();
    private static readonly Dictionary<string, Dictionary<string, string>> Objects = Tables("objects");
    private static readonly Dictionary<string, string[]> Enums = Root.GetProperty("enums").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!.Split('|'));

    public static bool Knows(string operation) => Operations.ContainsKey(operation);
    public static IReadOnlyList<string> Values(string name) => Enums[name];

    /// <summary>With what objects of a level are made: those are the fields that they have.</summary>
    public static IReadOnlyCollection<string> Fields(TikTokLevel level) => level == TikTokStatus.Ad ? Objects["AdcreateCreatives"].Keys : Operations[$"POST {level.Called}/create/"].Keys;

    /// <summary>Refuses fields that the operation does not know, of another type, with another value, or left out though required.</summary>
    public static TikTokReply? Check(TikTokCall call)
    {
        var fields = Operations[call.Operation];
        if (fields.FirstOrDefault(f => f.Value == "*file" && !call.Files.ContainsKey(f.Key)).Key is { } absent) return TikTokReply.Missing(absent);
        if (call.Files.Keys.FirstOrDefault(f => !fields.TryGetValue(f, out var type) || !type.EndsWith("file", StringComparison.Ordinal)) is { } stray) return TikTokReply.Wrong(stray, "Unknown field.");
        // What comes in a form or a query is text until its type says otherwise.
        return Check(call.Params, fields, "", lenient: call.Method == "GET" || call.Files.Count > 0 || call.Path.StartsWith("file/", StringComparison.Ordinal));
    }

    private static TikTokReply? Check(JsonObject given, Dictionary<string, string> fields, string path, bool lenient)
    {
        foreach (var (name, value) in given)
        {
            if (!fields.TryGetValue(name, out var type)) return TikTokReply.Wrong(path + name, "Unknown field.");
            if (value is not null && Wrong(value, type.TrimStart('*'), path + name, lenient) is { } error) return error;
        }
        return fields.Where(f => f.Value[0] == '*' && !f.Value.EndsWith("file", StringComparison.Ordinal) && given[f.Key] is null).Select(f => TikTokReply.Missing(path + f.Key)).FirstOrDefault();
    }

    private static TikTokReply? Wrong(JsonNode value, string type, string path, bool lenient)
    {
        if (type.StartsWith("list ", StringComparison.Ordinal))
        {
            if (value is not JsonArray items) return TikTokReply.Wrong(path, "Not a valid list.");
            for (var i = 0; i < items.Count; i++)
                if (items[i] is not { } item) return TikTokReply.Wrong($"{path}.{i}", "Field may not be null.");
                else if (Wrong(item, type[5..], $"{path}.{i}", lenient) is { } error) return error;
            return null;
        }
        if (type[0] == '#')
        {
            if (!Objects.TryGetValue(type[1..], out var fields)) return null;
            return value is JsonObject o ? Check(o, fields, path + ".", lenient) : TikTokReply.Wrong(path, "Invalid input type.");
        }
        var kind = value.GetValueKind();
        var text = value.ToString();
        return type switch
        {
            "map" => kind is JsonValueKind.Object or JsonValueKind.Array ? null : TikTokReply.Wrong(path, "Invalid input type."),
            "number" => kind == JsonValueKind.Number || lenient && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? null : TikTokReply.Wrong(path, "Not a valid number."),
            "int" => (kind == JsonValueKind.Number || lenient) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : TikTokReply.Wrong(path, "Not a valid integer."),
            "bool" => kind is JsonValueKind.True or JsonValueKind.False || lenient && text is "true" or "false" ? null : TikTokReply.Wrong(path, "Not a valid boolean."),
            _ when kind != JsonValueKind.String => TikTokReply.Wrong(path, "Not a valid string."),
            _ when type[0] == '@' && !Enums[type[1..]].Contains(text) => TikTokReply.Wrong(path, $"Must be one of: {string.Join(", ", Enums[type[1..]].Take(40))}."),
            _ => null,
        };
    }

    private static Dictionary<string, Dictionary<string, string>> Tables(string name) =>
        Root.GetProperty(name).EnumerateObject().ToDictionary(p => p.Name, p => p.Value.EnumerateObject().ToDictionary(f => f.Name, f => f.Value.GetString()!));

    private static JsonElement Load()
    {
        using var stream = typeof(TikTokShapes).Assembly.GetManifestResourceStream("tiktok/shapes.json")!;
        return JsonSerializer.Deserialize<JsonElement>(stream);
    }
}
