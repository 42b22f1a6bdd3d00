using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>Custom audiences: how they are made, and how a list's members are sent.</summary>
internal static class MetaAudience
{
    /// <summary>The parameters, given a name; null with a note when Meta cannot have this audience.</summary>
    /// <param name="country">Of a lookalike that names none.</param>
    public static Func<string, JsonObject>? Body(BriefAudience audience, AccountAsset? pixel, string? country, List<PlanNote> notes)
    {
        var definition = Definition(audience.Definition);
        switch (audience.Type)
        {
            case AudienceType.CustomerMatch:
                return name => new() { ["name"] = name, ["subtype"] = "CUSTOM", ["customer_file_source"] = "USER_PROVIDED_ONLY" };

            case AudienceType.Retargeting when pixel is not null:
                var days = int.TryParse(definition?["days"]?.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var d) ? Math.Clamp(d, 1, 180) : 30;
                return name => new() { ["name"] = name, ["rule"] = Rule(pixel.Id, days, definition?["urlContains"]?.ToString()).ToJsonString(), ["prefill"] = true };

            case AudienceType.Lookalike when audience.SourceExternalId is { } source:
                var percent = decimal.TryParse(definition?["percent"]?.ToString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var p) ? Math.Clamp(p, 1, 20) : 1;
                var where = definition?["country"]?.ToString() ?? country ?? "US";
                return name => new()
                {
                    ["name"] = name, ["subtype"] = "LOOKALIKE", ["origin_audience_id"] = source,
                    ["lookalike_spec"] = new JsonObject { ["type"] = "similarity", ["country"] = where, ["ratio"] = percent / 100 }.ToJsonString(),
                };

            default:
                notes.Add(PlanWords.LeftOut("audienceIds", audience.Type switch
                {
                    AudienceType.Retargeting => $"The audience “{audience.Name}” needs a pixel on this account.",
                    AudienceType.Lookalike => $"The audience “{audience.Name}” resembles one that this account does not have.",
                    _ => $"“{audience.Name}” is saved targeting, not an audience on Meta.",
                }));
                return null;
        }
    }

    public static JsonObject Members(string audience) => new()
    {
        ["id"] = audience, ["payload"] = new JsonObject { ["schema"] = new JsonArray("EMAIL", "PHONE"), ["data"] = "(SHA-256 of each member's e-mail address and phone number)" },
    };

    /// <summary>Sends all members; the same ones again change nothing.</summary>
    public static async Task<Result<string>> SendAsync(MetaApi api, PlatformAccess access, string audience, string session, IAsyncEnumerable<(string? EmailSha256, string? PhoneSha256)> members, CancellationToken ct)
    {
        // The same upload once more is the same session.
        var id = BitConverter.ToUInt32(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(session + audience)));
        var batch = 0;
        await foreach (var (rows, isLast) in members.InBatchesAsync(MetaFromMemory.MembersACall, ct))
        {
            var sent = await SendAsync(api, access, audience, new(id, ++batch, isLast, 0, Remove: false, [.. rows.Select(m => new MemberHashes(m.EmailSha256, m.PhoneSha256))]), ct);
            if (sent.Refusal is { } refusal) return Result<string>.Refused(refusal);
        }
        return audience;
    }

    /// <summary>POST or DELETE /{audience}/users (CustomAudience.json): one batch of a session.</summary>
    public static Task<Result<JsonNode>> SendAsync(MetaApi api, PlatformAccess access, string audience, MemberBatch batch, CancellationToken ct)
    {
        var session = new JsonObject { ["session_id"] = batch.SessionId, ["batch_seq"] = batch.Sequence, ["last_batch_flag"] = batch.IsLast };
        if (batch.Total > 0) session["estimated_num_total"] = batch.Total;
        var parameters = new JsonObject
        {
            ["payload"] = new JsonObject { ["schema"] = new JsonArray("EMAIL", "PHONE"), ["data"] = new JsonArray([.. batch.Members.Select(m => (JsonNode)new JsonArray(m.EmailSha256 ?? "", m.PhoneSha256 ?? ""))]) },
            ["session"] = session,
        };
        return batch.Remove ? api.DeleteAsync(access, $"{audience}/users", parameters, ct) : api.PostAsync(access, $"{audience}/users", parameters, CallKind.Repeatable, ct);
    }

    private static JsonObject Rule(string pixel, int days, string? urlContains) => new()
    {
        ["inclusions"] = new JsonObject
        {
            ["operator"] = "or",
            ["rules"] = new JsonArray(new JsonObject
            {
                ["event_sources"] = new JsonArray(new JsonObject { ["id"] = pixel, ["type"] = "pixel" }),
                ["retention_seconds"] = days * 86_400,
                ["filter"] = new JsonObject
                {
                    ["operator"] = "and",
                    ["filters"] = new JsonArray(new JsonObject { ["field"] = "url", ["operator"] = "i_contains", ["value"] = urlContains ?? "" }),
                },
            }),
        },
    };

    private static JsonObject? Definition(string? json)
    {
        if (string.IsNullOrWhiteSpace(json)) return null;
        try { return JsonNode.Parse(json) as JsonObject; }
        catch (JsonException) { return null; }
    }
}
