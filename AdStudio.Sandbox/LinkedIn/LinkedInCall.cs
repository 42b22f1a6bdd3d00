using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.LinkedIn;

/// <summary>One request as it came.</summary>
public sealed class LinkedInCall
{
    public required string Method { get; init; }

    /// <summary>Below the platform's address, decoded.</summary>
    public required string[] Path { get; init; }

    /// <summary>A null is a value that can't be read.</summary>
    public required IReadOnlyDictionary<string, JsonNode?> Query { get; init; }
    public JsonNode? Body { get; init; }
    public bool IsUnreadable { get; init; }
    public string? Token { get; init; }
    public string? Version { get; init; }
    public string? Protocol { get; init; }

    /// <summary>X-RestLi-Method.</summary>
    public string? Verb { get; init; }

    /// <summary>Where the sandbox lies: "http://host:port/sandbox/linkedin".</summary>
    public required string Home { get; init; }

    public SandboxObject User { get; set; } = null!;
    public IReadOnlyList<string> Scopes { get; set; } = [];

    public string? Text(string name) => Query.GetValueOrDefault(name) is JsonValue v ? v.ToString() : null;

    /// <summary>The texts of a List(…); null where there is none.</summary>
    public IReadOnlyList<string>? List(string name) => Query.GetValueOrDefault(name) is JsonArray list ? [.. list.Select(i => i?.ToString() ?? "")] : null;

    public int? Number(string name) => int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public bool IsPatch => Verb == "PARTIAL_UPDATE";

    /// <summary>The fields that a patch sets; null where it is none.</summary>
    public JsonObject? Set => Body?["patch"]?["$set"] as JsonObject;

    /// <summary>The first parameter that is none of these.</summary>
    public string? Stranger(params string[] known) => Query.Keys.FirstOrDefault(k => !known.Contains(k)) ?? Query.FirstOrDefault(q => q.Value is null).Key;

    /// <summary>What follows the last colon of a urn.</summary>
    public static string IdOf(string? urn) => urn is null ? "" : urn[(urn.LastIndexOf(':') + 1)..];
}
