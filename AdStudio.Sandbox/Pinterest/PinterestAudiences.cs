using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Pinterest;

/// <summary>Customer lists, and the audiences made from them, from a tag or from other audiences.</summary>
public sealed partial class PinterestAudiences(PinterestContext context)
{
    public PinterestReply CreateList(PinterestCall call)
    {
        if (string.IsNullOrWhiteSpace(call.Object["name"]!.ToString())) return PinterestReply.Invalid("'name' must not be empty.");
        var records = Records(call.Object);
        if (records.Count == 0) return PinterestReply.Invalid("'records' must have at least one record.");
        var list = context.Create(PinterestWorld.List, call.Account!.Id, "", new JsonObject
        {
            ["name"] = call.Object["name"]!.ToString(), ["list_type"] = call.Object["list_type"]?.ToString() ?? "EMAIL", ["members"] = new JsonArray([.. Valid(records).Distinct().Select(r => (JsonNode)r)]), ["num_batches"] = 1,
        });
        context.Store.Put(list);
        return Show(list, records.Count, 0);
    }

    public PinterestReply UpdateList(PinterestCall call)
    {
        if (context.InAccount(call, PinterestWorld.List, call.Ids["customer_list_id"]) is not { } old) return PinterestReply.NotFound("Customer list");
        var records = Records(call.Object);
        if (records.Count == 0) return PinterestReply.Invalid("'records' must have at least one record.");
        var list = old.Clone();
        var members = ((JsonArray)list.Body["members"]!).Select(m => m!.ToString()).ToHashSet();
        if (call.Object["operation_type"]!.ToString() == "ADD") members.UnionWith(Valid(records));
        else members.ExceptWith(records);
        list.Body["members"] = new JsonArray([.. members.Select(m => (JsonNode)m)]);
        list.Body["num_batches"] = list.Body["num_batches"]!.GetValue<int>() + 1;
        list.UpdatedAt = context.Now;
        context.Store.Put(list);
        return call.Object["operation_type"]!.ToString() == "ADD" ? Show(list, records.Count, 0) : Show(list, 0, records.Count);
    }

    public PinterestReply Lists(PinterestCall call) => PinterestReply.Page(call, Ordered(call, context.Store.InAccount(PinterestWorld.List, call.Account!.Id)).Select(l => Show(l, 0, 0)));

    public PinterestReply GetList(PinterestCall call) => context.InAccount(call, PinterestWorld.List, call.Ids["customer_list_id"]) is { } list ? Show(list, 0, 0) : PinterestReply.NotFound("Customer list");

    public PinterestReply Create(PinterestCall call)
    {
        var body = (JsonObject)call.Object.DeepClone();
        if (string.IsNullOrWhiteSpace(body["name"]!.ToString())) return PinterestReply.Invalid("'name' must not be empty.");
        if (RuleProblem(call, body["audience_type"]!.ToString(), (JsonObject)body["rule"]!) is { } problem) return PinterestReply.Invalid(problem);
        var audience = context.Create(PinterestWorld.Audience, call.Account!.Id, "", body);
        context.Store.Put(audience);
        return Show(audience);
    }

    public PinterestReply Update(PinterestCall call)
    {
        if (context.InAccount(call, PinterestWorld.Audience, call.Ids["audience_id"]) is not { } old) return PinterestReply.NotFound("Audience");
        if (call.Object["operation_type"]?.ToString() == "REMOVE")
        {
            context.Store.Remove(PinterestWorld.Audience, old.Id);
            return Show(old);
        }
        var audience = old.Clone();
        foreach (var (name, value) in call.Object) if (name is "name" or "description" or "rule") audience.Body[name] = value?.DeepClone();
        if (RuleProblem(call, audience.Body["audience_type"]!.ToString(), (JsonObject)audience.Body["rule"]!) is { } problem) return PinterestReply.Invalid(problem);
        audience.UpdatedAt = context.Now;
        context.Store.Put(audience);
        return Show(audience);
    }

    public PinterestReply List(PinterestCall call) => PinterestReply.Page(call, Ordered(call, call.Text("ownership_type") == "RECEIVED" ? [] : context.Store.InAccount(PinterestWorld.Audience, call.Account!.Id)).Select(Show));

    public PinterestReply Get(PinterestCall call) => context.InAccount(call, PinterestWorld.Audience, call.Ids["audience_id"]) is { } audience ? Show(audience) : PinterestReply.NotFound("Audience");

    /// <summary>About how many people an audience reaches.</summary>
    public static long Size(PinterestContext context, SandboxObject audience) => audience.Body["audience_type"]!.ToString() switch
    {
        "CUSTOMER_LIST" => context.Store.Find(PinterestWorld.List, audience.Body["rule"]!["customer_list_id"]!.ToString()) is { } list ? ((JsonArray)list.Body["members"]!).Count : 0,
        "ACTALIKE" => 900_000L * audience.Body["rule"]!["percentage"]!.GetValue<int>(),
        _ => 8_400,
    };

    private string? RuleProblem(PinterestCall call, string type, JsonObject rule)
    {
        switch (type)
        {
            case "CUSTOMER_LIST":
                if (rule["customer_list_id"]?.ToString() is not { } list) return "'rule.customer_list_id' is required for the audience type CUSTOMER_LIST.";
                return context.InAccount(call, PinterestWorld.List, list) is null ? $"Customer list {list} was not found in this ad account." : null;
            case "VISITOR":
                if (rule["visitor_source_id"]?.ToString() is not { } tag) return "'rule.visitor_source_id' is required for the audience type VISITOR.";
                if (context.InAccount(call, PinterestWorld.Tag, tag) is null) return $"Conversion tag {tag} was not found in this ad account.";
                return rule["retention_days"]?.GetValue<int>() is < 1 or > 540 ? "'rule.retention_days' must lie between 1 and 540." : null;
            case "ACTALIKE":
                if ((rule["seed_id"] as JsonArray ?? []).Select(s => s!.ToString()).ToList() is not { Count: > 0 } seeds) return "'rule.seed_id' is required for the audience type ACTALIKE.";
                if (seeds.Find(s => context.InAccount(call, PinterestWorld.Audience, s) is null) is { } stranger) return $"Audience {stranger} was not found in this ad account.";
                if (rule["country"]?.ToString() is not ("US" or "CA" or "GB")) return "'rule.country' must be US, CA or GB.";
                return rule["percentage"]?.GetValue<int>() is >= 1 and <= 10 ? null : "'rule.percentage' must lie between 1 and 10.";
            default:
                return $"'audience_type' {type} is not available in this sandbox.";
        }
    }

    private static List<string> Records(JsonObject body) => [.. body["records"]!.ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static IEnumerable<string> Valid(IEnumerable<string> records) => records.Where(r => Hash().IsMatch(r) || r.Contains('@'));

    private static IEnumerable<SandboxObject> Ordered(PinterestCall call, IEnumerable<SandboxObject> all) => call.Text("order") == "DESCENDING" ? all.OrderByDescending(PinterestContext.Number) : all.OrderBy(PinterestContext.Number);

    private static JsonObject Show(SandboxObject list, int uploaded, int removed) => new()
    {
        ["id"] = list.Id, ["ad_account_id"] = list.AccountId, ["name"] = list.Body["name"]!.ToString(), ["type"] = "customerlist", ["status"] = ((JsonArray)list.Body["members"]!).Count < 100 ? "TOO_SMALL" : "READY",
        ["num_batches"] = list.Body["num_batches"]!.GetValue<int>(), ["num_uploaded_user_records"] = uploaded, ["num_removed_user_records"] = removed, ["exceptions"] = new JsonObject(),
        ["created_time"] = list.CreatedAt.ToUnixTimeSeconds(), ["updated_time"] = list.UpdatedAt.ToUnixTimeSeconds(),
    };

    private JsonObject Show(SandboxObject audience)
    {
        var size = Size(context, audience);
        return new()
        {
            ["id"] = audience.Id, ["ad_account_id"] = audience.AccountId, ["name"] = audience.Body["name"]!.ToString(), ["audience_type"] = audience.Body["audience_type"]!.ToString(), ["description"] = audience.Body["description"]?.DeepClone(),
            ["rule"] = audience.Body["rule"]!.DeepClone(), ["size"] = size, ["status"] = size < 100 ? "TOO_SMALL" : "READY", ["type"] = "audience",
            ["created_timestamp"] = audience.CreatedAt.ToUnixTimeSeconds(), ["updated_timestamp"] = audience.UpdatedAt.ToUnixTimeSeconds(),
        };
    }

    [GeneratedRegex("^([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$")]
    private static partial Regex Hash();
}
