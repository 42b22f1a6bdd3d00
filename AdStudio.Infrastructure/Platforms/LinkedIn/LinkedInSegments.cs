using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.LinkedIn;

/// <summary>Matched audiences: DMP segments are filled with hashes, and become segments to aim at once LinkedIn has matched them. https://learn.microsoft.com/en-us/linkedin/marketing/matched-audiences/create-and-manage-segments</summary>
internal static class LinkedInSegments
{
    public static JsonObject Body(string name, string marker, string account) => new()
    {
        ["name"] = PlanWords.Named(name, marker, LinkedInPlan.MaxName), ["account"] = Restli.Account(account), ["accessPolicy"] = "PRIVATE", ["type"] = "USER_STREAMING", ["sourcePlatform"] = "STREAMING",
        ["destinations"] = new JsonArray(new JsonObject { ["destination"] = "LINKEDIN" }),
    };

    public static JsonObject Members(string id) => new() { ["id"] = id, ["elements"] = "(SHA-256 of each member's e-mail address)" };

    public static Task<Result<IReadOnlyList<JsonObject>>> AllAsync(LinkedInApi api, PlatformAccess access, CancellationToken ct) =>
        api.ListAsync(access, "dmpSegments", [("q", "account"), ("account", Restli.Text(Restli.Account(access.Account!.ExternalId)))], ct);

    public static async Task<Result<string?>> FindAsync(LinkedInApi api, PlatformAccess access, string marker, CancellationToken ct) => (await AllAsync(api, access, ct)).TryGet(out var segments, out var refusal)
        ? Result<string?>.Of(segments.FirstOrDefault(s => PlanWords.Carries(s["name"]?.ToString(), marker))?["id"]?.ToString())
        : Result<string?>.Refused(refusal);

    /// <summary>Adds or removes people; returns how many LinkedIn did not take. Those without an e-mail address are none that it can match.</summary>
    public static async Task<Result<long>> SendAsync(LinkedInApi api, PlatformAccess access, string segment, bool remove, IEnumerable<string?> emails, CancellationToken ct)
    {
        var hashes = emails.OfType<string>().ToList();
        if (hashes.Count == 0) return Result<long>.Of(0);
        var body = new JsonObject
        {
            ["elements"] = new JsonArray([.. hashes.Select(hash => (JsonNode)new JsonObject
            {
                ["action"] = remove ? "REMOVE" : "ADD", ["userIds"] = new JsonArray(new JsonObject { ["idType"] = "SHA256_EMAIL", ["idValue"] = hash }),
            })]),
        };
        var answer = await api.PostAsync(access, $"dmpSegments/{segment}/users", body, CallKind.Repeatable, ct, "BATCH_CREATE");
        return answer.TryGet(out var got, out var refusal) ? Result<long>.Of(LinkedInApi.Elements(got).LongCount(e => e["status"]?.GetValue<int>() is not (>= 200 and < 300))) : Result<long>.Refused(refusal);
    }

    /// <summary>The urn that campaigns are aimed at; null while LinkedIn still matches.</summary>
    public static string? UrnOf(JsonNode segment) => segment["destinations"]?[0]?[LinkedInFromMemory.SegmentOfDestination]?.ToString();
}
