using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Faults;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Meta;

/// <summary>A file that came with a multipart request.</summary>
public sealed record MetaFile(string Field, string FileName, byte[] Bytes);

/// <summary>A request to the Graph API: parameters are texts, nested values are JSON within them.</summary>
public sealed class MetaCall
{
    public required string Method { get; init; }
    public required string[] Path { get; init; }
    public required Dictionary<string, string> Params { get; init; }
    public IReadOnlyList<MetaFile> Files { get; init; } = [];

    /// <summary>The Graph API's base as the caller knows it, for links.</summary>
    public required string BaseUrl { get; init; }

    /// <summary>Whether the token came as a parameter; then links to further pages carry it, as the platform's do.</summary>
    public bool TokenInParams { get; init; }
    public string? Token { get; init; }
    public SandboxObject? Session { get; set; }

    /// <summary>How a report that this call starts goes wrong; null lets it come to its end.</summary>
    public FaultKind? Doom { get; set; }

    public string? Text(string name) => Params.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public bool Has(string name) => Text(name) is not null;

    public long? Number(string name) => long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    public bool? Flag(string name) => Text(name)?.ToLowerInvariant() switch { "true" or "1" => true, "false" or "0" => false, _ => null };

    public JsonNode? Json(string name) => Text(name) is { } text ? Parse(text) : null;

    /// <summary>A list of texts: a JSON array, or names with commas between them.</summary>
    public List<string> List(string name)
    {
        if (Text(name) is not { } text) return [];
        if (Parse(text) is JsonArray array) return [.. array.Select(n => n?.ToString() ?? "")];
        return [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>A call of the same person with other parameters, for nested fields and batches.</summary>
    public MetaCall With(string method, string[] path, Dictionary<string, string> parameters) =>
        new() { Method = method, Path = path, Params = parameters, BaseUrl = BaseUrl, Token = Token, Session = Session };

    public static JsonNode? Parse(string text)
    {
        try { return JsonNode.Parse(text); }
        catch (JsonException) { return null; }
    }
}
