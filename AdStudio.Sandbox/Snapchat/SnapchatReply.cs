using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Hosting;

namespace AdStudio.Sandbox.Snapchat;

/// <summary>A refusal of a whole call, with its status.</summary>
public sealed record SnapchatError(int Status, string Code, string Message)
{
    public JsonObject ToJson() => new() { ["request_status"] = "ERROR", ["request_id"] = SnapchatReply.RequestId(), ["debug_message"] = Message, ["display_message"] = "We're sorry, but the requested resource is not available at this time", ["error_code"] = Code };

    public static SnapchatError Invalid(string message) => new(400, "E1001", message);
    public static SnapchatError BadQuery(string message) => new(400, "E1008", message);
    public static SnapchatError Missing(string what) => new(404, "E3003", $"{what} does not exist");
    public static SnapchatError Forbidden(string message) => new(403, "E3003", message);
    public static SnapchatError Unauthorized() => new(401, "E3002", "The access token is missing, expired or revoked");
    public static SnapchatError TooMany() => new(429, "E1007", "Too many requests");
    public static SnapchatError Broken() => new(500, "E1000", "Internal error");

    public static implicit operator PlatformReply(SnapchatError error) => new(error.Status, error.ToJson(), SnapchatReply.NoHeaders);
}

/// <summary>Answers in the envelope that every call of the Marketing API has.</summary>
public static class SnapchatReply
{
    public static readonly IReadOnlyDictionary<string, string> NoHeaders = new Dictionary<string, string>();

    public static PlatformReply Of(JsonObject body)
    {
        var whole = new JsonObject { ["request_status"] = "SUCCESS", ["request_id"] = RequestId() };
        foreach (var (name, value) in body) whole[name] = value?.DeepClone();
        return new(200, whole, NoHeaders);
    }

    /// <summary>Objects, each of which went well.</summary>
    public static PlatformReply Of(string plural, string singular, IEnumerable<JsonObject> entities) => Of(new() { [plural] = new JsonArray([.. entities.Select(e => (JsonNode)Good(singular, e))]) });

    public static JsonObject Good(string singular, JsonObject entity) => new() { ["sub_request_status"] = "SUCCESS", [singular] = entity.DeepClone() };

    /// <summary>One object of a list that was refused; the call itself went well.</summary>
    public static JsonObject Bad(string code, string reason) => new() { ["sub_request_status"] = "ERROR", ["sub_request_error_reason"] = $"{code}: {reason}", ["error_type"] = code };

    public static string RequestId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}
