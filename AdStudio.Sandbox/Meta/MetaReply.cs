using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace AdStudio.Sandbox.Meta;

/// <summary>An answer of the Graph API.</summary>
public sealed record MetaReply(int Status, JsonNode Body)
{
    public static implicit operator MetaReply(JsonObject body) => new(200, body);
    public static implicit operator MetaReply(MetaError error) => new(error.Status, error.ToJson());
}

/// <summary>A refusal in the Graph API's words.</summary>
public sealed record MetaError(int Code, string Message)
{
    public int Status { get; init; } = 400;
    public int? Subcode { get; init; }
    public string Type { get; init; } = "OAuthException";
    public bool IsTransient { get; init; }
    public string? Title { get; init; }
    public string? UserMessage { get; init; }

    /// <summary>The field that is wrong, as error_data names it.</summary>
    public string? Field { get; init; }

    public JsonObject ToJson()
    {
        var error = new JsonObject { ["message"] = Message, ["type"] = Type, ["code"] = Code };
        if (Field is not null) error["error_data"] = new JsonObject { ["blame_field_specs"] = new JsonArray(new JsonArray((JsonNode)Field)) }.ToJsonString();
        if (Subcode is { } subcode) error["error_subcode"] = subcode;
        error["is_transient"] = IsTransient;
        if (Title is not null) error["error_user_title"] = Title;
        if (UserMessage is not null) error["error_user_msg"] = UserMessage;
        error["fbtrace_id"] = "A" + Convert.ToHexString(RandomNumberGenerator.GetBytes(11));
        return new JsonObject { ["error"] = error };
    }

    public static MetaError Invalid(string message, string? field = null) => new(100, "(#100) " + message) { Field = field };

    /// <summary>A refusal with words for the person in front of the screen, as Ads Manager shows them.</summary>
    public static MetaError ForPerson(int subcode, string title, string message, string? field = null) =>
        new(100, "Invalid parameter") { Subcode = subcode, Title = title, UserMessage = message, Field = field };

    public static MetaError Missing(string id, string verb = "get") => new(100,
        $"Unsupported {verb} request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api")
        { Type = "GraphMethodException", Subcode = 33 };

    public static MetaError NoPermission(string permission) => new(200, $"(#200) Requires {permission} permission to manage the object") { Status = 403 };

    public static MetaError NoAccess() => new(10, "(#10) Application does not have permission for this action") { Status = 403 };

    public static MetaError Expired(DateTimeOffset at, DateTimeOffset now) => new(190,
        FormattableString.Invariant($"Error validating access token: Session has expired on {at:dddd, dd-MMM-yy HH:mm:ss} PDT. The current time is {now:dddd, dd-MMM-yy HH:mm:ss} PDT.")) { Status = 401, Subcode = 463 };

    public static MetaError BadToken() => new(190, "Invalid OAuth access token - Cannot parse access token") { Status = 401 };

    public static MetaError Unknown() => new(2, "An unexpected error has occurred. Please retry your request later.") { Status = 500, IsTransient = true };

    public static MetaError OldVersion() => new(2635, "(#2635) You are calling a deprecated version of the Ads API. Please update to the latest version: v26.0.");

    public static MetaError TooMuchData() => new(1, "Please reduce the amount of data you're asking for, then retry your request") { Status = 500 };

    public static MetaError RateLimited() => new(17, "(#17) User request limit reached")
    {
        Subcode = 2446079, IsTransient = true, Title = "Ad account has too many API calls", UserMessage = "There have been too many calls from this ad account. Wait a bit and try again.",
    };
}
