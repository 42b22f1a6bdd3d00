using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Pinterest;

/// <summary>What Pinterest's {code, message} means, in the body of an error or among the exceptions of an item.</summary>
internal static partial class PinterestErrors
{
    // Published in the examples of the API description.
    private const int AuthenticationFailed = 2, TooFewScopes = 3, RateLimit = 8, NotPermitted = 29, RampedDown = 4197;

    public static Judgement Judge(int status, JsonNode? body, DateTimeOffset? retryAt, DateTimeOffset now)
    {
        var (code, message) = (CodeOf(body), body is JsonObject ? body["message"]?.ToString() : null);
        var failure = Failure(KindOf(status, code, message ?? ""), code is { } known ? $"{status}/{known}" : $"http {status}", message ?? $"Pinterest answered with status {status}.", retryAt, now);
        return new(failure, IsCertain: failure.Kind != PlatformFailureKind.Unavailable || code == RampedDown);
    }

    /// <summary>The first refusal of an item; null when it was carried out. Campaigns and ad groups give a list of them, ads one alone.</summary>
    public static PlatformFailure? Exception(JsonNode? exceptions, DateTimeOffset now)
    {
        var first = exceptions is JsonArray list ? list.OfType<JsonObject>().FirstOrDefault() : exceptions as JsonObject;
        if (first is null || first["message"]?.ToString() is not { Length: > 0 } message) return null;
        var code = CodeOf(first);
        return Failure(KindOf(200, code, message), $"item/{code?.ToString(CultureInfo.InvariantCulture) ?? "?"}", message, null, now);
    }

    /// <summary>Which limit a call counts against: x-ratelimit-category of its operation.</summary>
    public static string Category(HttpMethod method, string path)
    {
        if (path.EndsWith("analytics", StringComparison.Ordinal) || path.EndsWith("/reports", StringComparison.Ordinal)) return "ads_analytics";
        if (path.EndsWith("/events", StringComparison.Ordinal)) return "ads_conversions";
        var side = path.StartsWith("ad_accounts", StringComparison.Ordinal) || path.StartsWith("resources", StringComparison.Ordinal) ? "ads" : "org";
        return side + (method == HttpMethod.Get ? "_read" : "_write");
    }

    private static PlatformFailure Failure(PlatformFailureKind kind, string code, string message, DateTimeOffset? retryAt, DateTimeOffset now) => new(Platform.Pinterest, kind, message)
    {
        Code = code, Field = NamedField().Match(message) is { Success: true } match ? match.Groups[1].Value : null,
        RetryAt = kind == PlatformFailureKind.RateLimited ? retryAt ?? now + PinterestFromMemory.RateLimitWithoutWord : null,
    };

    private static PlatformFailureKind KindOf(int status, int? code, string message) => (status, code) switch
    {
        (429, _) or (200, RateLimit) => PlatformFailureKind.RateLimited,
        (401, TooFewScopes or NotPermitted or 7) or (200, TooFewScopes or NotPermitted) => PlatformFailureKind.MissingPermission,
        (401, _) or (200, AuthenticationFailed) => PlatformFailureKind.ExpiredAuthorization,
        (PinterestFromMemory.GoneStatus, _) => PlatformFailureKind.VersionRetired,
        (413, _) => PlatformFailureKind.TooMuchData,
        (408 or >= 500, _) => PlatformFailureKind.Unavailable,
        _ when PinterestFromMemory.IsPolicy(message) => PlatformFailureKind.RejectedByPolicy,
        (403, _) => PlatformFailureKind.MissingPermission,
        (404, _) => PlatformFailureKind.NotFound,
        _ => PlatformFailureKind.InvalidRequest,
    };

    private static int? CodeOf(JsonNode? body) => body is JsonObject && int.TryParse(body["code"]?.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code) ? code : null;

    /// <summary>Fields stand between quotes at the beginning of what Pinterest says: "'feed_id' value …", "Parameter 'page_size' was not numeric".</summary>
    [GeneratedRegex(@"^(?:Parameter )?'(?:\[\d+\]\.)?([A-Za-z_.\[\]0-9]+)'")]
    private static partial Regex NamedField();
}
