using System.Text.Json.Nodes;

namespace AdStudio.Sandbox.Apple;

/// <summary>An answer in Apple's envelope of data, pagination and error.</summary>
public sealed record AppleReply(int Status, JsonNode Body)
{
    public static AppleReply Data(JsonNode? data) => new(200, new JsonObject { ["data"] = data, ["pagination"] = null, ["error"] = null });

    public static AppleReply Page(IReadOnlyList<JsonNode> all, int offset, int limit)
    {
        var page = all.Skip(offset).Take(limit).ToList();
        return new(200, new JsonObject
        {
            ["data"] = new JsonArray([.. page]), ["pagination"] = new JsonObject { ["totalResults"] = all.Count, ["startIndex"] = offset, ["itemsPerPage"] = page.Count }, ["error"] = null,
        });
    }

    public static AppleReply Refused(int status, string code, string message, string field = "") => new(status, new JsonObject
    {
        ["data"] = null, ["pagination"] = null,
        ["error"] = new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["messageCode"] = code, ["message"] = message, ["field"] = field }) },
    });

    public static AppleReply NoToken() => Refused(401, "UNAUTHORIZED", "The access token is missing, unknown or has expired.");
    public static AppleReply Gone() => Refused(410, "GONE", "This version of the API is no longer served.");
    public static AppleReply TooMany() => Refused(429, "TOO_MANY_REQUESTS", "Too many requests. Try again later.");
    public static AppleReply Broken() => Refused(500, "INTERNAL_SERVER_ERROR", "Something went wrong on our side.");
}

/// <summary>What is wrong with a request; ends the call.</summary>
internal sealed class AppleRefusal(int status, string code, string message, string field = "") : Exception(message)
{
    public AppleReply Reply { get; } = AppleReply.Refused(status, code, message, field);

    public static AppleRefusal Invalid(string field, string message) => new(400, "INVALID_INPUT", message, field);
    public static AppleRefusal Missing(string what) => new(404, "NOT_FOUND", $"There is no such {what}.");
}
