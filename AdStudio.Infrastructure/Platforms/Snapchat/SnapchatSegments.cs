using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Snapchat;

/// <summary>Segments: how they are made, and how a list's members are sent. https://developers.snap.com/api/marketing-api/Ads-API/customer-lists</summary>
internal static class SnapchatSegments
{
    /// <summary>The segment but for its name; null with a note when Snapchat cannot have this audience.</summary>
    /// <param name="country">Of a lookalike that names none itself.</param>
    public static JsonObject? Body(BriefAudience audience, AccountHandle account, string? country, List<PlanNote> notes)
    {
        switch (audience.Type)
        {
            case AudienceType.CustomerMatch:
                return new() { ["name"] = "", ["description"] = "Customers, sent as hashes", ["source_type"] = "FIRST_PARTY", ["retention_in_days"] = SnapchatFromMemory.ForEver, ["ad_account_id"] = account.ExternalId };

            case AudienceType.Lookalike when audience.SourceExternalId is { } source:
                return new()
                {
                    ["name"] = "", ["description"] = "People like those of a list", ["source_type"] = "LOOKALIKE", ["retention_in_days"] = 180, ["ad_account_id"] = account.ExternalId,
                    ["creation_spec"] = new JsonObject { ["seed_segment_id"] = source, ["countries"] = new JsonArray((Definition(audience.Definition)?["country"]?.ToString() ?? country ?? "US").ToUpperInvariant()), ["type"] = Breadth(audience.Definition) },
                };

            default:
                notes.Add(PlanWords.LeftOut("audienceIds", audience.Type switch
                {
                    AudienceType.Retargeting => $"The audience “{audience.Name}” can only be made in Snapchat's Ads Manager.",
                    AudienceType.Lookalike => $"The audience “{audience.Name}” resembles one that this account does not have.",
                    _ => $"“{audience.Name}” is saved targeting, not an audience on Snapchat.",
                }));
                return null;
        }
    }

    public static JsonObject Members(string segment) => new()
    {
        ["id"] = segment, ["users"] = new JsonArray(new JsonObject { ["schema"] = new JsonArray("EMAIL_SHA256"), ["data"] = "(SHA-256 of each member's e-mail address, then of each phone number)" }),
    };

    /// <summary>Adds or takes out members: first those with an address, then those with a number, as one call takes one kind. The same ones again change nothing.</summary>
    public static async Task<Result<MembersReceipt>> SendAsync(SnapchatApi api, PlatformAccess access, string segment, IReadOnlyList<MemberHashes> members, bool remove, CancellationToken ct)
    {
        foreach (var (schema, hashes) in new[] { ("EMAIL_SHA256", members.Select(m => m.EmailSha256)), ("PHONE_SHA256", members.Select(m => m.PhoneSha256)) })
        {
            var rows = hashes.Where(h => h is not null).Distinct().Select(h => (JsonNode)new JsonArray(h!)).ToArray();
            if (rows.Length == 0) continue;
            var body = new JsonObject { ["schema"] = new JsonArray(schema), ["data"] = new JsonArray(rows) };
            var sent = await api.WriteAsync(access, remove ? HttpMethod.Delete : HttpMethod.Post, $"segments/{segment}/users", Noun.User.Plural, body, Http.CallKind.Repeatable, ct);
            if (!sent.TryGet(out var answer, out var refusal) || !api.Entities(answer, Noun.User).TryGet(out _, out refusal)) return Result<MembersReceipt>.Refused(refusal);
        }
        // Snapchat tells no matches: it says later how many people a segment has.
        return new MembersReceipt(members.Count, 0);
    }

    /// <summary>One per cent is the closest likeness, ten and more the widest reach.</summary>
    private static string Breadth(string? definition) => decimal.TryParse(Definition(definition)?["percent"]?.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var percent)
        ? percent <= 1 ? "SIMILARITY" : percent >= 10 ? "REACH" : "BALANCE" : "BALANCE";

    private static JsonObject? Definition(string? json)
    {
        if (string.IsNullOrWhiteSpace(json)) return null;
        try { return JsonNode.Parse(json) as JsonObject; }
        catch (JsonException) { return null; }
    }
}
