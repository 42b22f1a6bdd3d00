using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Google;

/// <summary>What Google's error bodies mean: google.rpc.Status with a GoogleAdsFailure, or OAuth's own from the token address.</summary>
internal static class GoogleErrors
{
    private static readonly HashSet<string> Duplicates =
    [
        "campaignError.DUPLICATE_CAMPAIGN_NAME", "campaignBudgetError.DUPLICATE_NAME", "adGroupError.DUPLICATE_ADGROUP_NAME", "assetError.DUPLICATE_ASSET", "assetError.DUPLICATE_ASSET_NAME",
        "userListError.NAME_ALREADY_USED", "mutateError.RESOURCE_ALREADY_EXISTS", "criterionError.CRITERION_ALREADY_EXISTS", "campaignCriterionError.CANNOT_ADD_EXISTING_FIELD",
    ];

    /// <summary>The thing is there already: most likely by a try of ours whose answer was lost.</summary>
    public static bool IsDuplicate(PlatformFailure failure) => failure.Code is { } code && Duplicates.Contains(code);

    /// <summary>The job runs already: an earlier try of ours arrived.</summary>
    public static bool HasStarted(Refusal refusal) => refusal is PlatformFailure { Code: "offlineUserDataJobError.JOB_ALREADY_STARTED" };

    /// <summary>The next page no longer belongs to those before it.</summary>
    public static bool IsChangedWhileRead(Refusal? refusal) => GoogleFromMemory.IsOldPage((refusal as PlatformFailure)?.Code);

    public static Judgement Judge(int status, JsonNode? body, DateTimeOffset? retryAfter, DateTimeOffset now)
    {
        var root = body is JsonArray { Count: > 0 } streamed ? streamed[0] : body;
        if (root?["error"] is JsonValue oauth) return new(OAuth(status, oauth.ToString(), root["error_description"]?.ToString()));

        var rpc = root?["error"] as JsonObject;
        var error = (rpc?["details"] as JsonArray)?.OfType<JsonObject>().SelectMany(d => d["errors"] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault();
        var (family, code) = (error?["errorCode"] as JsonObject)?.FirstOrDefault() is { Key: not null } pair ? (pair.Key, pair.Value?.ToString() ?? "") : ("", "");
        var kind = KindOf(status, family, code, rpc);
        var failure = new PlatformFailure(Platform.Google, kind, Words(error, rpc, status))
        {
            Code = family.Length > 0 ? $"{family}.{code}" : rpc?["status"]?.ToString() ?? $"http {status}",
            Field = FieldOf(error),
            RetryAt = kind == PlatformFailureKind.RateLimited ? Delay(error) is { } delay ? now + delay : retryAfter ?? now + (code == "RESOURCE_EXHAUSTED" ? TimeSpan.FromMinutes(15) : TimeSpan.FromSeconds(60)) : null,
        };
        // A GoogleAdsFailure is a decision: mutates are atomic, so nothing was done. A bare 5xx decides nothing.
        return new(failure, IsCertain: kind != PlatformFailureKind.Unavailable || code == "CONCURRENT_MODIFICATION");
    }

    private static PlatformFailureKind KindOf(int status, string family, string code, JsonObject? rpc) => (family, code) switch
    {
        ("authenticationError", "CUSTOMER_NOT_FOUND") => PlatformFailureKind.NotFound,
        ("authenticationError", "DEVELOPER_TOKEN_INVALID" or "NOT_ADS_USER" or "TWO_STEP_VERIFICATION_NOT_ENROLLED") => PlatformFailureKind.MissingPermission,
        ("authenticationError", _) => PlatformFailureKind.ExpiredAuthorization,
        ("authorizationError", _) => PlatformFailureKind.MissingPermission,
        ("quotaError", _) => PlatformFailureKind.RateLimited,
        ("policyFindingError" or "policyViolationError", _) => PlatformFailureKind.RejectedByPolicy,
        ("requestError", "UNSUPPORTED_VERSION") => PlatformFailureKind.VersionRetired,
        ("sizeLimitError", "RESPONSE_SIZE_LIMIT_EXCEEDED") or ("queryError", "DATE_RANGE_TOO_WIDE" or "FILTER_HAS_TOO_MANY_VALUES") => PlatformFailureKind.TooMuchData,
        ("notAllowlistedError", _) => PlatformFailureKind.MissingPermission,
        ("internalError", _) or ("databaseError", "CONCURRENT_MODIFICATION") => PlatformFailureKind.Unavailable,
        (_, "RESOURCE_NOT_FOUND") => PlatformFailureKind.NotFound,
        ({ Length: > 0 }, _) when status < 500 => PlatformFailureKind.InvalidRequest,
        _ when rpc?["details"]?.ToJsonString().Contains("ACCESS_TOKEN_SCOPE_INSUFFICIENT", StringComparison.Ordinal) == true => PlatformFailureKind.MissingPermission,
        _ => status switch
        {
            401 => PlatformFailureKind.ExpiredAuthorization,
            403 => PlatformFailureKind.MissingPermission,
            404 => PlatformFailureKind.NotFound,
            429 => PlatformFailureKind.RateLimited,
            >= 500 or 408 => PlatformFailureKind.Unavailable,
            _ => PlatformFailureKind.InvalidRequest,
        },
    };

    private static PlatformFailure OAuth(int status, string error, string? description) => error switch
    {
        "invalid_grant" => new(Platform.Google, PlatformFailureKind.ExpiredAuthorization, "Google no longer accepts this consent. Connect again.") { Code = error },
        "temporarily_unavailable" or "server_error" => new(Platform.Google, PlatformFailureKind.Unavailable, description ?? "Google cannot answer now.") { Code = error },
        _ => new(Platform.Google, status >= 500 ? PlatformFailureKind.Unavailable : PlatformFailureKind.InvalidRequest, description ?? $"Google answered “{error}”.") { Code = error },
    };

    /// <summary>Google's message, with the policies it names.</summary>
    private static string Words(JsonObject? error, JsonObject? rpc, int status)
    {
        // developers.google.com/ads/blog/posts/2026/03/changes-to-customer-match-support-in
        if (error?["errorCode"]?["notAllowlistedError"] is not null) return $"{error["message"]} Since April 2026 Google takes customer lists by this way only from developers who had sent some before.";
        var message = error?["message"]?.ToString() ?? rpc?["message"]?.ToString() ?? $"Google answered with status {status}.";
        var topics = (error?["details"]?["policyFindingDetails"]?["policyTopicEntries"] as JsonArray)?.Select(t => t?["topic"]?.ToString()).Where(t => !string.IsNullOrEmpty(t)).ToList();
        var violation = error?["details"]?["policyViolationDetails"];
        if (topics is { Count: > 0 }) return $"{message} ({string.Join(", ", topics)})";
        return (violation?["externalPolicyDescription"] ?? violation?["externalPolicyName"])?.ToString() is { Length: > 0 } policy ? $"{message} ({policy})" : message;
    }

    /// <summary>"operations[0].create.name".</summary>
    private static string? FieldOf(JsonObject? error) => error?["location"]?["fieldPathElements"] is JsonArray { Count: > 0 } path
        ? string.Join('.', path.OfType<JsonObject>().Select(p => p["index"] is { } index ? $"{p["fieldName"]}[{index}]" : p["fieldName"]?.ToString()))
        : null;

    /// <summary>A protobuf duration: "30s".</summary>
    private static TimeSpan? Delay(JsonObject? error) => error?["details"]?["quotaErrorDetails"]?["retryDelay"]?.ToString() is { } text
        && double.TryParse(text.TrimEnd('s'), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
}
