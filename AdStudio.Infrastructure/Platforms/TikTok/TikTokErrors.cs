using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.TikTok;

/// <summary>What TikTok's envelopes mean: {code, message, request_id, data}, with status 200 even for a refusal. Codes are in <see cref="TikTokFromMemory"/>.</summary>
internal static partial class TikTokErrors
{
    public static bool Refuses(int status, JsonNode? body) => status is < 200 or > 299 || CodeOf(body) is { } code && code != 0;

    public static Judgement Judge(int status, JsonNode? body, DateTimeOffset? retryAfter, DateTimeOffset now)
    {
        var code = CodeOf(body);
        var message = body is JsonObject o && o["message"] is JsonValue v && v.TryGetValue<string>(out var text) && text.Length > 0 ? text : $"TikTok answered with status {status}.";
        var kind = code is { } known and not 0 ? TikTokFromMemory.KindOf(known, message) : status switch
        {
            401 => PlatformFailureKind.ExpiredAuthorization,
            403 => PlatformFailureKind.MissingPermission,
            404 => PlatformFailureKind.NotFound,
            429 => PlatformFailureKind.RateLimited,
            408 or >= 500 => PlatformFailureKind.Unavailable,
            _ => PlatformFailureKind.InvalidRequest,
        };
        var failure = new PlatformFailure(Platform.TikTok, kind, message)
        {
            Code = code?.ToString(CultureInfo.InvariantCulture) ?? $"http {status}", Field = kind == PlatformFailureKind.InvalidRequest ? FieldOf(message) : null,
            RetryAt = kind == PlatformFailureKind.RateLimited ? retryAfter ?? now + TikTokFromMemory.RateLimitPause : null,
        };
        return new(failure, IsCertain: kind != PlatformFailureKind.Unavailable || code is { } c && TikTokFromMemory.IsCertain(c));
    }

    private static int? CodeOf(JsonNode? body) => body is JsonObject o && o["code"] is JsonValue v && int.TryParse(v.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code) ? code : null;

    /// <summary>"budget: Budget must be …" and "Missing data for required field: 'budget'" both name the field.</summary>
    private static string? FieldOf(string message) =>
        Leading().Match(message) is { Success: true } leading ? leading.Groups[1].Value : Missing().Match(message) is { Success: true } missing ? missing.Groups[1].Value : null;

    [GeneratedRegex(@"^([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*): ")]
    private static partial Regex Leading();

    [GeneratedRegex(@"required field:? '?([a-z][a-z0-9_.]*)")]
    private static partial Regex Missing();
}
