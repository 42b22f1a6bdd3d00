using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Leads;

namespace AdStudio.Core.Partners;

/// <summary>What an endpoint receives: the body, and the headers that prove where it comes from.</summary>
public static class WebhookMessage
{
    public const string IdHeader = "X-AdStudio-Event-Id", TimestampHeader = "X-AdStudio-Timestamp", SignatureHeader = "X-AdStudio-Signature";

    /// <summary>The same for every try: nothing in it depends on when it is sent.</summary>
    public static string BodyOf(StudioEvent happened) => new JsonObject
    {
        ["id"] = PublicId.Of("evt", happened.Id), ["type"] = happened.Name, ["createdAt"] = happened.At.UtcDateTime, ["organizationId"] = happened.OrganizationId.ToString(),
        ["workspaceId"] = happened.WorkspaceId?.ToString(), ["projectId"] = happened.WorkspaceId?.ToString(), ["data"] = JsonNode.Parse(happened.Data),
    }.ToJsonString();

    /// <summary>Signed over "timestamp.body" with each secret that counts now, the newest first.</summary>
    public static IReadOnlyDictionary<string, string> HeadersOf(StudioEvent happened, string body, IEnumerable<string> secrets, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return new Dictionary<string, string>
        {
            [IdHeader] = PublicId.Of("evt", happened.Id), [TimestampHeader] = timestamp,
            [SignatureHeader] = string.Join(',', secrets.Select(secret => "v1=" + ForwardLeads.Sign(secret, timestamp, body))),
        };
    }
}

/// <summary>When a failed delivery is tried again: with growing pauses for a day, each with some chance in it, so that what failed together does not come back together.</summary>
public static class WebhookPauses
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
    ];

    /// <summary>The receiver's own wish counts up to here.</summary>
    private static readonly TimeSpan LongestWish = TimeSpan.FromHours(24);

    /// <param name="tries">How many were made.</param>
    /// <param name="wish">What the receiver asked for by <c>Retry-After</c>.</param>
    /// <returns>Null after the last one.</returns>
    public static TimeSpan? After(int tries, TimeSpan? wish)
    {
        if (tries > Pauses.Length) return null;
        var pause = Pauses[tries - 1] * (1 + (Random.Shared.NextDouble() * 0.2));
        return wish is { } asked && asked > pause ? (asked < LongestWish ? asked : LongestWish) : pause;
    }
}
