using System.Text.Json.Nodes;

namespace AdStudio.Sandbox.Google;

/// <summary>An answer of the Google Ads API.</summary>
public sealed record GoogleReply(int Status, JsonNode Body)
{
    public static implicit operator GoogleReply(JsonObject body) => new(200, body);
    public static implicit operator GoogleReply(GoogleError error) => GoogleFailure.Reply([error]);
}

/// <summary>One error of a GoogleAdsFailure: its family and code, and the field it is about.</summary>
public sealed record GoogleError(string Family, string Code, string Message)
{
    public int Status { get; init; } = 400;

    /// <summary>The field, from the request down, in snake case.</summary>
    public IReadOnlyList<(string Name, int? Index)> Path { get; init; } = [];
    public string? Trigger { get; init; }
    public JsonObject? Details { get; init; }

    public GoogleError At(params (string Name, int? Index)[] before) => this with { Path = [.. before, .. Path] };

    /// <summary>An error at a field of the resource.</summary>
    public static GoogleError Field(string family, string code, string message, string field, string? trigger = null) => new(family, code, message)
    {
        Path = [.. field.Split('.').Select(f => f.Split('[') is [var name, var index] ? (name, (int?)int.Parse(index.TrimEnd(']'), System.Globalization.CultureInfo.InvariantCulture)) : (f, (int?)null))],
        Trigger = trigger,
    };

    public static GoogleError Required(string field) => Field("fieldError", "REQUIRED", "The required field was not present.", field);

    public static GoogleError NotFound(string field, string name) => Field("mutateError", "RESOURCE_NOT_FOUND", "Resource was not found.", field, name);

    public static GoogleError ExpiredToken() => new("authenticationError", "OAUTH_TOKEN_EXPIRED", "OAuth token expired.") { Status = 401 };

    /// <summary>This version of the API is no longer served.</summary>
    public static GoogleError Retired() => new("requestError", "UNSUPPORTED_VERSION", "This API version has been sunset and is no longer supported. Please migrate to a newer version.");

    public static GoogleError Internal() => new("internalError", "TRANSIENT_ERROR", "Transient error. The call may be retried.") { Status = 500 };

    public static GoogleError RateLimited(int retryAfterSeconds) => new("quotaError", "RESOURCE_EXHAUSTED", $"Too many requests. Retry in {retryAfterSeconds} seconds.")
    {
        Status = 429,
        Details = new JsonObject { ["quotaErrorDetails"] = new JsonObject { ["rateScope"] = "ACCOUNT", ["rateName"] = "Number of operations for basic access", ["retryDelay"] = retryAfterSeconds + "s" } },
    };
}

/// <summary>Errors as the API answers them.</summary>
public static class GoogleFailure
{
    public static GoogleReply Reply(IReadOnlyList<GoogleError> errors)
    {
        var (code, status, message) = errors[0].Status switch
        {
            401 => (401, "UNAUTHENTICATED", "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential."),
            403 => (403, "PERMISSION_DENIED", "The caller does not have permission"),
            404 => (404, "NOT_FOUND", "Requested entity was not found."),
            429 => (429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."),
            500 => (500, "INTERNAL", "Internal error encountered."),
            _ => (400, "INVALID_ARGUMENT", "Request contains an invalid argument."),
        };
        return new(code, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message, ["status"] = status, ["details"] = new JsonArray(Failure(errors)) } });
    }

    /// <summary>The google.rpc.Status inside the answer of a call that failed in part.</summary>
    public static JsonObject Partial(IReadOnlyList<GoogleError> errors) => new()
    {
        ["code"] = 3, ["message"] = "Multiple errors in ‘details’. First error: " + errors[0].Message, ["details"] = new JsonArray(Failure(errors)),
    };

    /// <summary>A body that is no JSON, or has members the message does not know.</summary>
    public static GoogleReply BadJson(string field, string description) => new(400, new JsonObject
    {
        ["error"] = new JsonObject
        {
            ["code"] = 400, ["message"] = description, ["status"] = "INVALID_ARGUMENT",
            ["details"] = new JsonArray(new JsonObject
            {
                ["@type"] = "type.googleapis.com/google.rpc.BadRequest",
                ["fieldViolations"] = new JsonArray(new JsonObject { ["field"] = field, ["description"] = description }),
            }),
        },
    });

    public static string RequestId() => Tokens.New("", 16);

    private static JsonNode Failure(IReadOnlyList<GoogleError> errors) => new JsonObject
    {
        ["@type"] = "type.googleapis.com/google.ads.googleads.v25.errors.GoogleAdsFailure",
        ["errors"] = new JsonArray([.. errors.Select(One)]),
        ["requestId"] = RequestId(),
    };

    private static JsonNode One(GoogleError error)
    {
        var one = new JsonObject { ["errorCode"] = new JsonObject { [error.Family] = error.Code }, ["message"] = error.Message };
        if (error.Trigger is not null) one["trigger"] = new JsonObject { ["stringValue"] = error.Trigger };
        if (error.Path.Count > 0)
            one["location"] = new JsonObject
            {
                ["fieldPathElements"] = new JsonArray([.. error.Path.Select(p =>
                {
                    var element = new JsonObject { ["fieldName"] = p.Name };
                    if (p.Index is { } index) element["index"] = index;
                    return (JsonNode)element;
                })]),
            };
        if (error.Details is not null) one["details"] = error.Details.DeepClone();
        return one;
    }
}
