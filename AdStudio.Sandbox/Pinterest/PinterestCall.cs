using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Pinterest;

/// <summary>One request as it came.</summary>
public sealed class PinterestCall
{
    public required string Method { get; init; }
    public required string[] Path { get; init; }
    public required IReadOnlyDictionary<string, string[]> Query { get; init; }
    public JsonNode? Body { get; init; }

    /// <summary>The body was there and no JSON.</summary>
    public bool IsUnreadable { get; init; }
    public string? Token { get; init; }

    /// <summary>Where the sandbox lies: "http://host:port/sandbox/pinterest".</summary>
    public required string Home { get; init; }

    /// <summary>The published operation it is, and what the braces of its path stand for.</summary>
    public PinterestOperation? Operation { get; init; }
    public IReadOnlyDictionary<string, string> Ids { get; init; } = new Dictionary<string, string>();

    /// <summary>Whose token it is; the account that the path or the query names. Set once they are checked.</summary>
    public SandboxObject User { get; set; } = null!;
    public SandboxObject? Account { get; set; }

    public string? Text(string name) => Query.GetValueOrDefault(name)?.FirstOrDefault();
    public bool Flag(string name, bool otherwise = false) => Text(name) is { } text ? text == "true" : otherwise;

    /// <summary>The values of a list in the query, however the operation wants it written.</summary>
    public IReadOnlyList<string> List(string name) => Query.GetValueOrDefault(name) is not { } values ? [] : Operation!.IsJoined(name) ? [.. values.SelectMany(v => v.Split(','))] : values;

    public JsonObject Object => (JsonObject)Body!;
    public IEnumerable<JsonObject> Items => ((JsonArray)Body!).OfType<JsonObject>();
}

/// <summary>An answer. Errors are {code, message}.</summary>
public sealed record PinterestReply(int Status, JsonNode Body)
{
    public static implicit operator PinterestReply(JsonNode body) => new(200, body);

    public static PinterestReply Invalid(string message) => new(400, Error(1, message));
    public static PinterestReply NoToken() => new(401, Error(2, "Authentication failed."));
    public static PinterestReply NoScope(IEnumerable<string> scopes) => new(401, Error(3,
        $"Your token does not have sufficient permissions to perform this operation. Please ensure your token is authorized for the following scopes: {string.Join(", ", scopes)}."));
    public static PinterestReply Forbidden() => new(403, Error(29, "You are not permitted to access that resource."));
    public static PinterestReply NotFound(string what, int code = 404) => new(404, Error(code, $"{what} not found."));
    public static PinterestReply NoMethod() => new(405, Error(5, "Method not allowed"));
    public static PinterestReply RateLimited() => new(429, Error(8, "This request exceeded a rate limit. This can happen if the client exceeds one\nof the published rate limits or if multiple write operations are applied to an object within a short time window."));
    public static PinterestReply Gone() => new(410, Error(0, "This version of the API is no longer available."));
    public static PinterestReply Broken() => new(500, Error(0, "Something went wrong on our end. Sorry about that."));

    /// <summary>One page of a list, newest or oldest first, and the bookmark of the next.</summary>
    public static PinterestReply Page(PinterestCall call, IEnumerable<JsonObject> all)
    {
        var size = call.Text("page_size") is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 25;
        var from = 0;
        if (call.Text("bookmark") is { Length: > 0 } bookmark && !int.TryParse(bookmark.TrimEnd('='), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out from)) return Invalid("'bookmark' is not one that this list has given.");
        var rows = all.Skip(from).Take(size + 1).ToList();
        var next = rows.Count > size ? (from + size).ToString(System.Globalization.CultureInfo.InvariantCulture) + "=" : null;
        return new JsonObject { ["items"] = new JsonArray([.. rows.Take(size)]), ["bookmark"] = next };
    }

    /// <summary>Each item of a write answers for itself, so one that is refused leaves the others done.</summary>
    public static PinterestReply Each(PinterestCall call, Func<JsonObject, (JsonObject? Data, string? Refusal)> write, bool single = false) => new JsonObject
    {
        ["items"] = new JsonArray([.. call.Items.Select(item =>
        {
            var (data, refusal) = write(item);
            if (refusal is null) return (JsonNode)(single ? new JsonObject { ["data"] = data } : new JsonObject { ["data"] = data, ["exceptions"] = new JsonArray() });
            var exception = Error(1, refusal);
            return new JsonObject { ["exceptions"] = single ? exception : new JsonArray(exception) };
        })]),
    };

    public static JsonObject Error(int code, string message) => new() { ["code"] = code, ["message"] = message };
}
