using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Snapchat;

/// <summary>What Snapchat's refusals mean: of a whole call, and of one object in a call that was accepted. https://developers.snap.com/api/marketing-api/Ads-API/errors</summary>
internal static partial class SnapchatErrors
{
    public static bool WentWell(JsonNode? status) => status is null || string.Equals(status.ToString(), "SUCCESS", StringComparison.OrdinalIgnoreCase);

    public static Judgement Judge(int status, JsonNode? body, DateTimeOffset retryAt)
    {
        if (body is JsonObject && body["error"] is JsonValue oauth) return OfSignIn(status, oauth.ToString(), body["error_description"]?.ToString(), retryAt);
        var code = body?["error_code"]?.ToString();
        var message = FirstPart(body) ?? Words(body) ?? $"Snapchat answered with status {status}.";
        var kind = status switch
        {
            401 => PlatformFailureKind.ExpiredAuthorization,
            403 => PlatformFailureKind.MissingPermission,
            404 => PlatformFailureKind.NotFound,
            410 => PlatformFailureKind.VersionRetired,
            413 => PlatformFailureKind.TooMuchData,
            429 => PlatformFailureKind.RateLimited,
            408 or >= 500 => PlatformFailureKind.Unavailable,
            _ => KindOf(code ?? CodeIn(message), message),
        };
        var failure = Of(kind, message, code ?? CodeIn(message) ?? $"http {status}") with { RetryAt = kind == PlatformFailureKind.RateLimited ? retryAt : null };
        return new(failure, IsCertain: kind != PlatformFailureKind.Unavailable);
    }

    /// <summary>Of one object that was refused in a call that was accepted.</summary>
    public static PlatformFailure OfPart(JsonObject part)
    {
        var message = part["sub_request_error_reason"]?.ToString() ?? Words(part) ?? "Snapchat refused this without saying why.";
        var code = CodeIn(message) ?? part["error_type"]?.ToString();
        return Of(KindOf(code, message), message, code);
    }

    private static Judgement OfSignIn(int status, string error, string? description, DateTimeOffset retryAt)
    {
        var kind = error switch
        {
            _ when status == 429 => PlatformFailureKind.RateLimited,
            _ when status >= 500 => PlatformFailureKind.Unavailable,
            "invalid_grant" or "invalid_token" => PlatformFailureKind.ExpiredAuthorization,
            "invalid_client" or "unauthorized_client" or "invalid_scope" or "access_denied" => PlatformFailureKind.MissingPermission,
            _ => status == 401 ? PlatformFailureKind.ExpiredAuthorization : PlatformFailureKind.InvalidRequest,
        };
        return new(Of(kind, description ?? error, error) with { RetryAt = kind == PlatformFailureKind.RateLimited ? retryAt : null }, IsCertain: kind != PlatformFailureKind.Unavailable);
    }

    private static PlatformFailureKind KindOf(string? code, string message) => code switch
    {
        "E3003" when IsMissing().IsMatch(message) => PlatformFailureKind.NotFound,
        "E3003" => PlatformFailureKind.MissingPermission,
        _ when IsMissing().IsMatch(message) => PlatformFailureKind.NotFound,
        _ => PlatformFailureKind.InvalidRequest,
    };

    private static PlatformFailure Of(PlatformFailureKind kind, string message, string? code) => new(Platform.Snapchat, kind, message) { Code = code, Field = kind == PlatformFailureKind.InvalidRequest ? FieldIn(message) : null };

    /// <summary>A batch's refusal stands at its first object, not at the top.</summary>
    private static string? FirstPart(JsonNode? body) => (body as JsonObject)?.Select(p => p.Value).OfType<JsonArray>().SelectMany(a => a.OfType<JsonObject>())
        .Select(o => o["sub_request_error_reason"]?.ToString()).FirstOrDefault(w => !string.IsNullOrEmpty(w));

    private static string? Words(JsonNode? body)
    {
        if (body is not JsonObject) return null;
        var (display, debug) = (body["display_message"]?.ToString(), body["debug_message"]?.ToString());
        if (string.IsNullOrEmpty(display)) return string.IsNullOrEmpty(debug) ? null : debug;
        return string.IsNullOrEmpty(debug) || debug == display ? display : $"{display} ({debug})";
    }

    private static string? CodeIn(string message) => Code().Match(message) is { Success: true } match ? match.Value : null;
    private static string? FieldIn(string message) => FieldName().Match(message) is { Success: true } match ? match.Value : null;

    [GeneratedRegex(@"\bE\d{4}\b")]
    private static partial Regex Code();

    [GeneratedRegex(@"\b[a-z]+(?:_[a-z0-9]+)+(?:\.[a-z0-9_]+)*\b")]
    private static partial Regex FieldName();

    [GeneratedRegex("not found|does not exist|has been deleted", RegexOptions.IgnoreCase)]
    private static partial Regex IsMissing();
}
