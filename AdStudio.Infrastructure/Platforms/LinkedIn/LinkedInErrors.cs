using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.LinkedIn;

/// <summary>What LinkedIn's error bodies mean: {status, message, serviceErrorCode} everywhere, with {code, errorDetails} on accounts, campaign groups and campaigns. https://learn.microsoft.com/en-us/linkedin/marketing/error-responses</summary>
internal static partial class LinkedInErrors
{
    // LinkedIn counts calls by the day and says nothing of when there are more; some refusals pass by themselves, and at midnight UTC all do.
    private static readonly TimeSpan NextTry = TimeSpan.FromMinutes(15);

    public static Judgement Judge(int status, JsonNode? body, DateTimeOffset? retryAfter, DateTimeOffset now)
    {
        // The token's address has OAuth's own words.
        if (body?["error"] is JsonValue oauth && oauth.TryGetValue<string>(out var word)) return OfToken(status, word, body["error_description"]?.ToString());

        var code = body?["code"]?.ToString();
        var service = int.TryParse(body?["serviceErrorCode"]?.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        var (field, words) = Detail(body);
        var message = words ?? body?["message"]?.ToString() ?? $"LinkedIn answered with status {status}.";
        var kind = KindOf(status, code, service, message);
        var failure = new PlatformFailure(Platform.LinkedIn, kind, message)
        {
            Code = code ?? (service is { } s ? s.ToString(CultureInfo.InvariantCulture) : $"http {status}"), Field = field,
            RetryAt = kind == PlatformFailureKind.RateLimited ? retryAfter ?? Earlier(now + NextTry, new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero)) : null,
        };
        return new(failure, IsCertain: kind != PlatformFailureKind.Unavailable || status == 409);
    }

    private static Judgement OfToken(int status, string error, string? description)
    {
        var kind = status >= 500 ? PlatformFailureKind.Unavailable : status == 429 ? PlatformFailureKind.RateLimited : error is "invalid_client" or "unauthorized_client" ? PlatformFailureKind.MissingPermission : PlatformFailureKind.ExpiredAuthorization;
        return new(new PlatformFailure(Platform.LinkedIn, kind, description ?? error) { Code = error }, IsCertain: kind != PlatformFailureKind.Unavailable);
    }

    private static PlatformFailureKind KindOf(int status, string? code, int? service, string message) => status switch
    {
        426 => PlatformFailureKind.VersionRetired,
        429 => PlatformFailureKind.RateLimited,
        _ when LinkedInFromMemory.IsTooMuchData(status, message) => PlatformFailureKind.TooMuchData,
        401 => PlatformFailureKind.ExpiredAuthorization,
        _ when LinkedInFromMemory.IsTokenGone(service) => PlatformFailureKind.ExpiredAuthorization,
        403 => PlatformFailureKind.MissingPermission,
        404 => PlatformFailureKind.NotFound,
        // Two writers met, and this one lost: nothing was done.
        409 => PlatformFailureKind.Unavailable,
        408 or >= 500 => PlatformFailureKind.Unavailable,
        _ => code == "NOT_FOUND" ? PlatformFailureKind.NotFound : PlatformFailureKind.InvalidRequest,
    };

    /// <summary>The first field that LinkedIn names, and all that it says of fields.</summary>
    private static (string? Field, string? Words) Detail(JsonNode? body)
    {
        var inputs = (body?["errorDetails"]?["inputErrors"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        // Bodies that Rest.li itself refuses name the field in their message only.
        if (inputs.Count == 0) return (NamedField().Match(body?["message"]?.ToString() ?? "") is { Success: true } named ? named.Groups[1].Value : null, null);
        var words = inputs.Select(i => i["description"]?.ToString()).Where(d => !string.IsNullOrWhiteSpace(d)).Distinct().ToList();
        return (inputs[0]["input"]?["inputPath"]?["fieldPath"]?.ToString().TrimStart('/'), words.Count == 0 ? null : string.Join(" ", words));
    }

    [GeneratedRegex(@"^ERROR :: /(\S+) ::")]
    private static partial Regex NamedField();

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
