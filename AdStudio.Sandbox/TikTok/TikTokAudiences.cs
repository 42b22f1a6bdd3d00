using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.TikTok;

/// <summary>Custom audiences: of customer files, of rules about a pixel's visitors, and lookalikes.</summary>
internal sealed class TikTokAudiences(TikTokContext context)
{
    private static readonly int[] LookBack = [1, 3, 7, 14, 30, 60, 90, 180];

    public TikTokReply Upload(TikTokCall call, SandboxObject account)
    {
        var (name, bytes) = call.Files["file"];
#pragma warning disable CA5351 // TikTok checks uploads by their MD5.
        if (call.Text("file_signature") != Convert.ToHexStringLower(MD5.HashData(bytes))) return TikTokReply.Wrong("file_signature", "The signature does not match the file.");
#pragma warning restore CA5351
        var lines = Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var kind = call.Text("calculate_type")!;
        var members = (kind == "MULTIPLE_TYPES" ? lines.Skip(1) : lines).ToList();
        if (kind == "MULTIPLE_TYPES" && (lines.Length == 0 || lines[0].Split(',').Any(h => h is not ("EMAIL_SHA256" or "PHONE_SHA256" or "IDFA_SHA256" or "GAID_SHA256")))) return TikTokReply.Wrong("file", "The first line must name the columns.");
        if (members.Count == 0) return TikTokReply.Wrong("file", "The file is empty.");
        if (members.Find(m => m.Split(',').Any(h => h.Length != 0 && (h.Length != 64 || !h.All(char.IsAsciiHexDigitLower)))) is { } odd) return TikTokReply.Wrong("file", $"Not a SHA-256 hash: {odd[..Math.Min(16, odd.Length)]}.");
        var path = $"{context.NewId()}/{name}";
        context.Store.Put(new SandboxObject { Kind = TikTokWorld.File, Id = path, AccountId = account.Id, CreatedAt = context.Now, Body = new() { ["calculate_type"] = kind, ["members"] = new JsonArray([.. members.Select(m => (JsonNode)Tokens.Hash(m))]) } });
        return new JsonObject { ["file_path"] = path };
    }

    public TikTokReply Create(TikTokCall call, SandboxObject account)
    {
        if (Files(call, account, call.Text("calculate_type"), out var members) is { } wrong) return wrong;
        return Make(call, account, "Customer File", new() { ["calculate_type"] = call.Text("calculate_type"), ["members"] = members });
    }

    public TikTokReply CreateRule(TikTokCall call, SandboxObject account)
    {
        if (call.Text("audience_type") is not "PIXEL") return TikTokReply.Wrong("audience_type", "Only PIXEL is served here.");
        foreach (var rule in call.Params["rule_spec"]!["inclusion_rule_set"]!["rules"]!.AsArray())
        {
            var sources = TikTokCall.Texts(rule!["event_source_ids"]);
            if (sources.Count == 0) return TikTokReply.Missing("rule_spec.inclusion_rule_set.rules.event_source_ids");
            if (sources.Find(s => context.Find(TikTokWorld.Pixel, s, account) is null) is { } unknown) return TikTokReply.Wrong("rule_spec.inclusion_rule_set.rules.event_source_ids", $"Pixel {unknown} does not exist in the account.");
            if (!LookBack.Contains((int)TikTokContext.Micros(rule["retention_days"]) / 1_000_000)) return TikTokReply.Wrong("rule_spec.inclusion_rule_set.rules.retention_days", $"Must be one of: {string.Join(", ", LookBack)}.");
            if (rule["filter_set"]?["filters"]?.AsArray().Any(f => f!["field"]!.ToString() != "EVENT" || f["operator"]!.ToString() != "EQ") != false) return TikTokReply.Wrong("rule_spec.inclusion_rule_set.rules.filter_set", "A filter needs the field EVENT and the operator EQ.");
        }
        return Make(call, account, "Website Traffic", new() { ["rule"] = call.Params["rule_spec"]!.ToJsonString(), ["members"] = new JsonArray(), ["cover"] = 18_400 });
    }

    public TikTokReply CreateLookalike(TikTokCall call, SandboxObject account)
    {
        var spec = (JsonObject)call.Params["lookalike_spec"]!;
        if (context.Find(TikTokWorld.Audience, spec["source_audience_id"]!.ToString(), account) is not { } source || source.Body["audience_type"]!.ToString() == "Lookalike") return TikTokReply.Wrong("lookalike_spec.source_audience_id", "The source audience does not exist in the account, or is a lookalike itself.");
        if (TikTokCall.Texts(spec["location_ids"]).Find(l => TikTokGeo.Find(l) is not { Kind: "COUNTRY" }) is { } place) return TikTokReply.Wrong("lookalike_spec.location_ids", $"Location {place} is not supported.");
        if (TikTokCall.Texts(spec["placements"]).Find(p => p is not ("TikTok" or "Pangle")) is { } placement) return TikTokReply.Wrong("lookalike_spec.placements", $"Must be one of: TikTok, Pangle - got {placement}.");
        return Make(call, account, "Lookalike", new() { ["lookalike_spec"] = spec.DeepClone(), ["members"] = new JsonArray(), ["cover"] = spec["audience_size"]!.ToString() switch { "NARROW" => 1_200_000, "BALANCED" => 4_800_000, _ => 9_500_000 } });
    }

    public TikTokReply Update(TikTokCall call, SandboxObject account)
    {
        if (context.Find(TikTokWorld.Audience, call.Text("custom_audience_id"), account)?.Clone() is not { } audience) return TikTokReply.Wrong("custom_audience_id", "The audience does not exist in the account.");
        if (call.Text("custom_audience_name") is { } name)
        {
            if (Named(name) is { } misnamed) return misnamed;
            audience.Body["name"] = name;
        }
        if (call.Params.ContainsKey("file_paths"))
        {
            if (audience.Body["audience_type"]!.ToString() != "Customer File") return TikTokReply.Wrong("file_paths", "Only audiences of customer files take files.");
            if (Files(call, account, audience.Body["calculate_type"]!.ToString(), out var given) is { } wrong) return wrong;
            var (there, sent) = (TikTokCall.Texts(audience.Body["members"]).ToHashSet(), TikTokCall.Texts(given));
            switch (call.Text("action") ?? "REPLACE")
            {
                case "APPEND": there.UnionWith(sent); break;
                case "REMOVE": there.ExceptWith(sent); break;
                default: there = [.. sent]; break;
            }
            audience.Body["members"] = new JsonArray([.. there.Select(m => (JsonNode)m)]);
        }
        else if (call.Text("custom_audience_name") is null) return TikTokReply.Missing("file_paths");
        context.Keep(audience);
        return new JsonObject();
    }

    public TikTokReply Delete(TikTokCall call, SandboxObject account)
    {
        var ids = call.List("custom_audience_ids");
        if (ids.Find(id => context.Find(TikTokWorld.Audience, id, account) is null) is { } unknown) return TikTokReply.Wrong("custom_audience_ids", $"Audience {unknown} does not exist in the account.");
        foreach (var id in ids) context.Store.Remove(TikTokWorld.Audience, id);
        return new JsonObject();
    }

    public TikTokReply List(TikTokCall call, SandboxObject account)
    {
        var ids = call.List("custom_audience_ids");
        return TikTokLists.Paged(call, context.Store.InAccount(TikTokWorld.Audience, account.Id).Where(a => ids.Count == 0 || ids.Contains(a.Id)).Reverse(), "list", 100, a =>
        {
            var shown = TikTokContext.Given(a.Body, "members", "cover", "modify_time");
            (shown["cover_num"], shown["is_valid"], shown["is_expiring"], shown["shared"], shown["is_creator"]) = (Size(a), true, false, false, true);
            return shown;
        });
    }

    /// <summary>About how many people the audience reaches: of a file, those that TikTok knows.</summary>
    public static long Size(SandboxObject audience) => audience.Body["cover"] is { } cover ? (long)(int)cover : TikTokCall.Texts(audience.Body["members"]).Count * 62L / 100;

    private TikTokReply? Files(TikTokCall call, SandboxObject account, string? kind, out JsonArray members)
    {
        members = [];
        var paths = call.List("file_paths");
        if (paths.Count == 0) return TikTokReply.Missing("file_paths");
        foreach (var path in paths)
        {
            if (context.Find(TikTokWorld.File, path, account) is not { } file) return TikTokReply.Wrong("file_paths", $"The file {path} does not exist.");
            if (file.Body["calculate_type"]!.ToString() != kind) return TikTokReply.Wrong("calculate_type", $"The file {path} was uploaded as {file.Body["calculate_type"]}.");
            foreach (var member in TikTokCall.Texts(file.Body["members"])) members.Add(member);
        }
        return null;
    }

    private static TikTokReply? Named(string name) => TikTokContext.Length(name) > 128 ? TikTokReply.Wrong("custom_audience_name", "Longer than maximum length 128.") : null;

    private TikTokReply Make(TikTokCall call, SandboxObject account, string type, JsonObject body)
    {
        var name = call.Text("custom_audience_name")!;
        if (Named(name) is { } misnamed) return misnamed;
        (body["name"], body["audience_type"], body["audience_sub_type"]) = (name, type, "NORMAL");
        var audience = context.Make(TikTokWorld.Audience, account, "", body, "audience_id");
        context.Store.Put(audience);
        return new JsonObject { ["custom_audience_id"] = audience.Id };
    }
}
