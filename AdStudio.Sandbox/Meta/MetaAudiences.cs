using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Meta;

/// <summary>Custom audiences and their members.</summary>
public sealed partial class MetaAudiences(MetaContext context)
{
    public MetaReply Create(MetaCall call, SandboxObject account)
    {
        if (context.MayChange(call, account) is { } forbidden) return forbidden;
        if (MetaShapes.Check(call, "POST AdAccount customaudiences") is { } misshapen) return misshapen;
        if (!call.Has("name")) return MetaError.Invalid("The parameter name is required.", "name");
        var subtype = call.Text("subtype") ?? (call.Has("lookalike_spec") ? "LOOKALIKE" : "CUSTOM");
        if (subtype == "CUSTOM" && !call.Has("rule") && !call.Has("customer_file_source"))
            return MetaError.ForPerson(1870053, "Customer file source is required", "Say where the customer information comes from: customer_file_source.", "customer_file_source");
        if (subtype == "LOOKALIKE")
        {
            if (call.Json("lookalike_spec") is not JsonObject spec || spec["country"] is null && spec["location_spec"] is null) return MetaError.Invalid("The parameter lookalike_spec with a country is required.", "lookalike_spec");
            if (call.Text("origin_audience_id") is { } origin && context.Store.Find(MetaWorld.Audience, origin)?.AccountId != account.Id) return MetaError.ForPerson(1713007, "Source audience not found", "The audience to look alike doesn't exist in this ad account.", "origin_audience_id");
            if (!call.Has("origin_audience_id") && spec["origin"] is null) return MetaError.Invalid("The parameter origin_audience_id is required.", "origin_audience_id");
        }
        if (subtype == "WEBSITE" && call.Text("pixel_id") is { } pixel && context.Store.Find(MetaWorld.Pixel, pixel) is null) return MetaError.ForPerson(1487429, "Pixel not found", $"There is no pixel {pixel}.", "pixel_id");
        if (subtype == "WEBSITE" && !call.Has("rule")) return MetaError.Invalid("The parameter rule is required.", "rule");

        var body = MetaShapes.Keep(call, "POST AdAccount customaudiences", at => MetaTime.Write(at, TimeZoneInfo.Utc), text => MetaTime.Read(text, TimeZoneInfo.Utc));
        body["subtype"] = subtype;
        if (body["lookalike_spec"] is JsonValue text) body["lookalike_spec"] = MetaCall.Parse(text.ToString());
        var audience = context.Create(MetaWorld.Audience, account.Id, account.Id, body);
        body["members"] = subtype == "LOOKALIKE" ? 2_100_000L : subtype == "WEBSITE" ? 8_400L : 0L;
        context.Store.Put(audience);
        return new JsonObject { ["id"] = audience.Id };
    }

    public MetaReply Update(MetaCall call, SandboxObject old)
    {
        if (context.MayChange(call, context.AccountOf(old)) is { } forbidden) return forbidden;
        if (MetaShapes.Check(call, "POST CustomAudience") is { } misshapen) return misshapen;
        var audience = old.Clone();
        foreach (var (name, value) in MetaShapes.Keep(call, "POST CustomAudience", at => MetaTime.Write(at, TimeZoneInfo.Utc), text => MetaTime.Read(text, TimeZoneInfo.Utc)).ToList()) audience.Body[name] = value?.DeepClone();
        audience.UpdatedAt = context.Now;
        context.Store.Put(audience);
        return new JsonObject { ["success"] = true };
    }

    public MetaReply Delete(MetaCall call, SandboxObject audience)
    {
        if (context.MayChange(call, context.AccountOf(audience)) is { } forbidden) return forbidden;
        context.Store.Remove(MetaWorld.Audience, audience.Id);
        return new JsonObject { ["success"] = true };
    }

    /// <summary>Adds or removes members; they are counted, never kept.</summary>
    public MetaReply Users(MetaCall call, SandboxObject old, bool add, bool replace = false)
    {
        if (context.MayChange(call, context.AccountOf(old)) is { } forbidden) return forbidden;
        if (MetaShapes.Check(call, replace ? "POST CustomAudience usersreplace" : add ? "POST CustomAudience users" : "DELETE CustomAudience users") is { } misshapen) return misshapen;
        if (old.Body["subtype"]!.GetValue<string>() != "CUSTOM") return MetaError.ForPerson(1870145, "This audience takes no members", "Members can only be added to customer lists.");
        if (call.Json("payload") is not JsonObject payload || payload["schema"] is not { } schema || payload["data"] is not JsonArray data) return MetaError.Invalid("Param payload must have schema and data", "payload");
        if (data.Count > 10_000) return MetaError.ForPerson(1870090, "Too many rows", "Send up to 10,000 rows in one call.", "payload");
        var columns = schema is JsonArray list ? list.Select(c => c!.ToString()).ToList() : [schema.ToString()];
        var invalid = new JsonArray();
        foreach (var row in data)
        {
            var values = row is JsonArray several ? several.Select(v => v?.ToString() ?? "").ToList() : [row?.ToString() ?? ""];
            var ok = values.Count == columns.Count && values.Zip(columns).Any(v => v.First.Length > 0)
                && values.Zip(columns).All(v => v.First.Length == 0 || v.Second is "MADID" or "EXTERN_ID" or "COUNTRY" or "LOOKALIKE_VALUE" || Hash().IsMatch(v.First));
            if (!ok) invalid.Add(row?.DeepClone());
        }
        if (call.Json("session") is JsonObject given && (given["session_id"] is not JsonValue || given["batch_seq"] is not JsonValue || given["last_batch_flag"] is not JsonValue))
            return MetaError.Invalid("Param session must have session_id, batch_seq and last_batch_flag", "session");
        var audience = old.Clone();
        var members = replace ? 0 : audience.Body["members"]!.GetValue<long>();
        audience.Body["members"] = Math.Max(0, members + (add ? 1 : -1) * (data.Count - invalid.Count));
        audience.UpdatedAt = context.Now;
        context.Store.Put(audience);
        var session = (call.Json("session") as JsonObject)?["session_id"]?.ToString() ?? context.NewId();
        return new JsonObject
        {
            ["audience_id"] = audience.Id, ["session_id"] = session, ["num_received"] = data.Count, ["num_invalid_entries"] = invalid.Count,
            ["invalid_entry_samples"] = new JsonObject(invalid.Take(5).Select((v, i) => KeyValuePair.Create(i.ToString(CultureInfo.InvariantCulture), v?.DeepClone()))),
        };
    }

    /// <summary>About how many people an audience reaches; small ones are not told exactly.</summary>
    public static long Size(SandboxObject audience) =>
        audience.Kind == MetaWorld.SavedAudience ? MetaGeo.AudienceOf(audience.Body["targeting"] as JsonObject, _ => 0).People : audience.Body["members"]!.GetValue<long>();

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Hash();
}
