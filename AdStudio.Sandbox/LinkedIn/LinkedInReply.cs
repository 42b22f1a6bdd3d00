using System.Text.Json.Nodes;

namespace AdStudio.Sandbox.LinkedIn;

/// <summary>An answer; what was made is named in a header alone.</summary>
public sealed record LinkedInReply(int Status, JsonNode? Body)
{
    public string? MadeId { get; init; }
    public string? ETag { get; init; }

    public static implicit operator LinkedInReply(JsonObject body) => new(200, body);

    public static LinkedInReply Made(string id) => new(201, null) { MadeId = id };
    public static LinkedInReply Done { get; } = new(204, null);

    /// <summary>{status, message, serviceErrorCode}, with a constant code where LinkedIn gives one.</summary>
    public static LinkedInReply Error(int status, string message, string? code = null, int service = 0)
    {
        var body = new JsonObject { ["status"] = status, ["serviceErrorCode"] = service, ["message"] = message };
        if (code is not null) body["code"] = code;
        return new(status, body);
    }

    /// <summary>The newer shape, which accounts, campaign groups and campaigns use.</summary>
    public static LinkedInReply Of(IReadOnlyList<LinkedInProblem> problems)
    {
        var first = problems[0];
        if (problems.Any(p => p.Code == LinkedInProblem.Unrecognized)) return Error(422, string.Concat(problems.Select(p => $"ERROR :: {p.Path} :: {p.Words}\n")));
        return new(first.Code == "NO_PERMISSION_ON_ENTITY" ? 403 : 400, new JsonObject
        {
            ["status"] = first.Code == "NO_PERMISSION_ON_ENTITY" ? 403 : 400, ["serviceErrorCode"] = 100,
            ["code"] = problems.Count == 1 ? first.Code : "MULTIPLE_VALIDATIONS_FAILED", ["message"] = problems.Count == 1 ? first.Words : "Multiple errors occurred during the input validation. Please see errorDetails for more information.",
            ["errorDetailType"] = "com.linkedin.common.error.BadRequest",
            ["errorDetails"] = new JsonObject
            {
                ["inputErrors"] = new JsonArray([.. problems.Select(p => (JsonNode)new JsonObject { ["code"] = p.Code, ["description"] = p.Words, ["input"] = new JsonObject { ["inputPath"] = new JsonObject { ["fieldPath"] = p.Path } } })]),
                ["conditionalInputErrors"] = new JsonArray(),
            },
        });
    }

    /// <summary>The older shape of the same, which everything else uses.</summary>
    public static LinkedInReply Old(IReadOnlyList<LinkedInProblem> problems) => problems.Any(p => p.Code == LinkedInProblem.Unrecognized) ? Of(problems) : Error(400, string.Join(" ", problems.Select(p => p.Words)), problems[0].Code);

    public static LinkedInReply Query(string parameter) => Error(400, $"Query parameter {parameter} is missing or can't be read.", "ILLEGAL_ARGUMENT");
    public static LinkedInReply NotFound(string what) => Error(404, $"{what} doesn't exist.", "NOT_FOUND");
    public static LinkedInReply NoAccess(string scope) => Error(403, $"Not enough permissions to access: {scope}", "ACCESS_DENIED", 100);
    public static LinkedInReply NoToken { get; } = Error(401, "Invalid access token", "INVALID_ACCESS_TOKEN", 65600);
    public static LinkedInReply Revoked { get; } = Error(401, "The token used in the request has been revoked by the user", "REVOKED_ACCESS_TOKEN", 65601);
    public static LinkedInReply Expired { get; } = Error(401, "The token used in the request has expired", "EXPIRED_ACCESS_TOKEN", 65602);
    public static LinkedInReply RateLimited { get; } = Error(429, "Resource level throttle limit for calls to this resource is reached.", "TOO_MANY_REQUESTS", 101);
    public static LinkedInReply Broken { get; } = Error(500, "Internal Error", "INTERNAL_ERROR");
    public static LinkedInReply NoSuchVersion(string version) => Error(426, $"Requested version {version} is not active", "NONEXISTENT_VERSION");
}

/// <param name="Code">One of LinkedIn's constants.</param>
/// <param name="Path">"/dailyBudget/amount".</param>
public sealed record LinkedInProblem(string Code, string Path, string Words)
{
    public const string Unrecognized = "UNRECOGNIZED";

    public static LinkedInProblem Missing(string path) => new("MISSING_FIELD", path, $"{path} is required but missing");
    public static LinkedInProblem Unknown(string path) => new(Unrecognized, path, "unrecognized field found but not allowed");
    public static LinkedInProblem Wrong(string path, JsonNode? value) => new("INVALID_VALUE_FOR_FIELD", path, $"{path} can't be set to {value?.ToJsonString() ?? "null"}");
}
