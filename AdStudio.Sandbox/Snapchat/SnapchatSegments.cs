using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AdStudio.Sandbox.Hosting;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Snapchat;

/// <summary>The members of customer lists. Their hashes are kept as hashes of hashes, so that a member sent twice counts once.</summary>
public sealed partial class SnapchatSegments(SnapchatContext context)
{
    private const int MostRows = 100_000;

    /// <summary>POST or DELETE /segments/{id}/users.</summary>
    public PlatformReply Users(SnapchatCall call, SandboxObject segment)
    {
        if (SnapchatContext.MayChange(context.Store.Find(SnapchatWorld.Account, segment.AccountId)!) is { } closed) return closed;
        if (segment.Body["source_type"]!.ToString() != "FIRST_PARTY") return SnapchatError.Invalid("Only customer lists take members");
        if (call.IsGarbled || call.Body?["users"] is not JsonArray { Count: > 0 } list || call.Body.Count > 1) return SnapchatError.Invalid("The field 'users' must be a list with at least one entry");

        var changed = segment.Clone();
        var members = changed.Body["members"] as JsonObject ?? [];
        changed.Body["members"] = members;
        var items = new JsonArray();
        foreach (var entry in list) items.Add((JsonNode)Take(call, members, entry));
        changed.Body["approximate_number_users"] = (long)members.Count;
        changed.Body["upload_status"] = "COMPLETE";
        changed.Body["targetable_status"] = members.Count < 1000 ? "TOO_FEW_USERS" : "READY";
        changed.UpdatedAt = context.Now;
        context.Store.Put(changed);
        return SnapchatReply.Of(new() { ["users"] = items });
    }

    private static JsonObject Take(SnapchatCall call, JsonObject members, JsonNode? entry)
    {
        if (entry is not JsonObject user) return SnapchatReply.Bad("E1001", "An entry must be an object");
        if (SnapchatShapes.Check("user", user) is { } wrong) return SnapchatReply.Bad(wrong.Code, wrong.Reason);
        var (schema, data) = (user["schema"]!.AsArray(), user["data"]!.AsArray());
        if (schema.Count != 1) return SnapchatReply.Bad("E1001", "The field 'schema' must name one kind of identifier");
        if (data.Count > MostRows) return SnapchatReply.Bad("E1001", $"The field 'data' has more than {MostRows} rows");
        var rows = data.Select(row => row is JsonArray { Count: 1 } cells ? cells[0]?.ToString() : null).ToList();
        if (rows.Exists(r => r is null || !Hash().IsMatch(r))) return SnapchatReply.Bad("E1001", "The field 'data' must have one SHA-256, in small hexadecimal digits, in each row");
        foreach (var row in rows)
            if (call.Method == "DELETE") members.Remove(Tokens.Hash(row!)[..24]);
            else members[Tokens.Hash(row!)[..24]] = true;
        return SnapchatReply.Good("user", new JsonObject { ["number_uploaded_users"] = rows.Count });
    }

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Hash();
}
