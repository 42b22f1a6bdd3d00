using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>What Meta's error bodies mean.</summary>
internal static partial class MetaErrors
{
    private static readonly TimeSpan WithoutWord = TimeSpan.FromMinutes(5);

    public static Judgement Judge(int status, JsonNode? body, DateTimeOffset? regainedAt, DateTimeOffset now)
    {
        var error = body?["error"] as JsonObject;
        var (code, subcode) = (Int(error?["code"]), Int(error?["error_subcode"]));
        var message = Word(error, "error_user_msg") ?? Word(error, "message") ?? Word(error, "error_user_title") ?? $"Meta answered with status {status}.";
        var kind = MetaFromMemory.IsTooMuchData(code, subcode, message) ? PlatformFailureKind.TooMuchData : KindOf(status, code, subcode, error);
        var failure = new PlatformFailure(Platform.Meta, kind, message)
        {
            Code = code is null ? $"http {status}" : subcode is null ? $"{code}" : $"{code}/{subcode}",
            Field = FieldOf(error, message),
            RetryAt = kind == PlatformFailureKind.RateLimited ? regainedAt ?? now + WithoutWord : null,
        };
        return new(failure, IsCertain: kind != PlatformFailureKind.Unavailable || subcode is MetaFromMemory.CreativeNotMade);
    }

    private static PlatformFailureKind KindOf(int status, int? code, int? subcode, JsonObject? error)
    {
        if (MetaFromMemory.KindOf(code, subcode) is { } known) return known;
        if (error?["is_transient"] is JsonValue v && v.TryGetValue<bool>(out var transient) && transient) return PlatformFailureKind.Unavailable;
        if (code is not null && status < 500) return PlatformFailureKind.InvalidRequest;
        return status switch
        {
            401 => PlatformFailureKind.ExpiredAuthorization,
            403 => PlatformFailureKind.MissingPermission,
            404 => PlatformFailureKind.NotFound,
            429 => PlatformFailureKind.RateLimited,
            >= 500 or 408 => PlatformFailureKind.Unavailable,
            _ => PlatformFailureKind.InvalidRequest,
        };
    }

    /// <summary>error_data.blame_field_specs = [["targeting","geo_locations"]] where Meta gives it, else the parameter that the message names.</summary>
    private static string? FieldOf(JsonObject? error, string message)
    {
        var data = error?["error_data"] is JsonValue v && v.TryGetValue<string>(out var text) ? TryParse(text) : error?["error_data"];
        if (data?["blame_field_specs"] is JsonArray { Count: > 0 } specs && specs[0] is JsonArray path) return string.Join('.', path.Select(p => p?.ToString()));
        return NamedParameter().Match(Word(error, "message") ?? message) is { Success: true } match ? match.Groups[1].Value : null;
    }

    private static JsonNode? TryParse(string text)
    {
        try { return JsonNode.Parse(text); }
        catch (System.Text.Json.JsonException) { return null; }
    }

    private static string? Word(JsonObject? error, string name) => error?[name] is JsonValue v && v.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
    private static int? Int(JsonNode? node) => int.TryParse(node?.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"\(#100\) (?:Param |The parameter )?([a-z_]+(?:\[[^\]]*\])*) (?:must|is required|has|should)")]
    private static partial Regex NamedParameter();
}
