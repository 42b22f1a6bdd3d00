using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.LinkedIn;

/// <summary>Campaign groups. What goes for their statuses, times and money goes for campaigns as well.</summary>
internal sealed class LinkedInGroups(LinkedInContext context)
{
    public static readonly string[] Statuses = ["ACTIVE", "ARCHIVED", "CANCELED", "DRAFT", "PAUSED", "PENDING_DELETION"];

    private static readonly LinkedInShape Shape = new LinkedInShape().With("account!", LinkedInShape.Urn("urn:li:sponsoredAccount")).With("name!", LinkedInShape.Text(100)).With("status!", LinkedInShape.OneOf(Statuses))
        .With("runSchedule!", LinkedInShape.Schedule).With("totalBudget", LinkedInShape.Money).With("objectiveType", LinkedInShape.Text(50)).With("allowedCampaignTypes", LinkedInShape.ListOf(LinkedInShape.Text(50)));

    public LinkedInReply List(LinkedInCall call, SandboxObject account) => Search(call, context.Store.InAccount(LinkedInWorld.Group, account.Id), Show, ["id", "name", "status", "test"], g => Kept(g));

    public LinkedInReply Get(LinkedInCall call, SandboxObject account) => InAccount(account, call.Path[3]) is { } group && !IsGone(group) ? Show(group) : LinkedInReply.NotFound("CampaignGroup " + call.Path[3]);

    public LinkedInReply Create(LinkedInCall call, SandboxObject account)
    {
        if (context.Closed(call, account) is { } closed) return closed;
        var problems = Shape.Check(call.Body, partial: false);
        if (problems.Count > 0) return LinkedInReply.Of(problems);
        var body = (JsonObject)call.Body!.DeepClone();
        if (body["status"]!.ToString() is not ("ACTIVE" or "DRAFT" or "PAUSED")) problems.Add(LinkedInProblem.Wrong("/status", body["status"]));
        problems.AddRange(Account(body, account).Concat(Times(body, null)).Concat(Money(body, account, "totalBudget")));
        if (problems.Count > 0) return LinkedInReply.Of(problems);
        var group = context.Create(LinkedInWorld.Group, "group", account.Id, account.Id, body);
        Remember(group);
        return LinkedInReply.Made(group.Id);
    }

    public LinkedInReply Update(LinkedInCall call, SandboxObject account)
    {
        if (context.Closed(call, account) is { } closed) return closed;
        if (InAccount(account, call.Path[3]) is not { } old || IsGone(old)) return LinkedInReply.NotFound("CampaignGroup " + call.Path[3]);
        if (call.Set is not { } set) return LinkedInReply.Of([LinkedInProblem.Missing("/patch/$set")]);
        var problems = Shape.Check(set, partial: true);
        if (set.ContainsKey("account")) problems.Add(new("FIELD_NOT_ALLOWED", "/account", "/account is not allowed to be set"));
        if (problems.Count > 0) return LinkedInReply.Of(problems);
        var group = old.Clone();
        foreach (var (name, value) in set) group.Body[name] = value?.DeepClone();
        problems.AddRange(Transition(old, group).Concat(Times(group.Body, old)).Concat(Money(group.Body, account, "totalBudget")));
        if (problems.Count > 0) return LinkedInReply.Of(problems);
        Remember(group);
        return LinkedInReply.Done;
    }

    /// <summary>Only drafts can be deleted; the others are marked for it.</summary>
    public LinkedInReply Delete(LinkedInCall call, SandboxObject account)
    {
        if (context.Closed(call, account) is { } closed) return closed;
        if (InAccount(account, call.Path[3]) is not { } group || IsGone(group)) return LinkedInReply.NotFound("CampaignGroup " + call.Path[3]);
        if (LinkedInStatus.Own(group) != "DRAFT") return LinkedInReply.Of([new("DELETE_ALLOWED_ONLY_FOR_DRAFT_STATUS", "/status", "Delete is allowed only in draft state")]);
        context.Store.Remove(LinkedInWorld.Group, group.Id);
        return LinkedInReply.Done;
    }

    private SandboxObject? InAccount(SandboxObject account, string id) => context.Store.Find(LinkedInWorld.Group, id) is { } found && found.AccountId == account.Id ? found : null;

    private void Remember(SandboxObject group)
    {
        group.UpdatedAt = context.Now;
        group.Remember(new Moment(context.Now) { Status = LinkedInStatus.Own(group), Start = context.StartOf(group), End = LinkedInContext.Instant(group.Body["runSchedule"]?["end"]) });
        context.Store.Put(group);
    }

    private JsonObject Show(SandboxObject group)
    {
        var shown = (JsonObject)group.Body.DeepClone();
        shown["id"] = long.Parse(group.Id, System.Globalization.CultureInfo.InvariantCulture);
        shown["servingStatuses"] = new JsonArray([.. LinkedInStatus.OfGroup(context, group).Select(s => (JsonNode)s)]);
        shown["changeAuditStamps"] = context.Stamps(group);
        shown["test"] = false;
        return shown;
    }

    // ---- what groups and campaigns have in common ----------------------------

    public static bool IsGone(SandboxObject item) => LinkedInStatus.Own(item) == "REMOVED";

    /// <summary>What a finder's filters are held against.</summary>
    private static Dictionary<string, string> Kept(SandboxObject group) => new() { ["id"] = "urn:li:sponsoredCampaignGroup:" + group.Id, ["name"] = group.Body["name"]!.ToString(), ["status"] = LinkedInStatus.Own(group), ["test"] = "false" };

    /// <summary>q=search&amp;search=(status:(values:List(ACTIVE)),…)</summary>
    public static LinkedInReply Search(LinkedInCall call, IEnumerable<SandboxObject> all, Func<SandboxObject, JsonObject> show, string[] filters, Func<SandboxObject, Dictionary<string, string>> kept)
    {
        if (call.Stranger("q", "search", "pageSize", "pageToken", "sort", "sortOrder", "fields") is { } stranger) return LinkedInReply.Query(stranger);
        if (call.Text("q") != "search") return LinkedInReply.Query("q");
        var wanted = new List<(string Name, HashSet<string> Values)>();
        foreach (var (name, value) in call.Query.GetValueOrDefault("search") as JsonObject ?? [])
        {
            if (!filters.Contains(name)) return LinkedInReply.Query("search." + name);
            if (value is JsonObject o && o["values"] is JsonArray values) wanted.Add((name, [.. values.Select(v => v?.ToString() ?? "")]));
            else if (name == "test" && value is JsonValue flag) wanted.Add((name, [flag.ToString()]));
            else return LinkedInReply.Query("search." + name);
        }
        var found = all.Where(o => !IsGone(o) && kept(o) is var facts && wanted.TrueForAll(w => w.Values.Contains(facts[w.Name]))).OrderBy(o => o.CreatedAt);
        return LinkedInContext.ByToken(call, [.. found.Select(show)]);
    }

    public static IEnumerable<LinkedInProblem> Account(JsonObject body, SandboxObject account) => LinkedInCall.IdOf(body["account"]!.ToString()) == account.Id ? []
        : [new("MISMATCH_FIELDS", "/account", $"Value {body["account"]} of /account expected to match value urn:li:sponsoredAccount:{account.Id} of the path")];

    public static IEnumerable<LinkedInProblem> Transition(SandboxObject old, SandboxObject now)
    {
        var (before, after) = (LinkedInStatus.Own(old), LinkedInStatus.Own(now));
        return before == after || before != "PENDING_DELETION" && after != "DRAFT" ? [] : [new("STATUS_CHANGE_NOT_ALLOWED", "/status", $"/status can't be changed from {before} to {after}")];
    }

    public IEnumerable<LinkedInProblem> Times(JsonObject body, SandboxObject? old)
    {
        var (start, end) = (LinkedInContext.Instant(body["runSchedule"]?["start"]), LinkedInContext.Instant(body["runSchedule"]?["end"]));
        if (end <= start) yield return new("START_DATE_AFTER_END_DATE", "/runSchedule", "Start date can't be set to a date after end date");
        var before = LinkedInContext.Instant(old?.Body["runSchedule"]?["start"]);
        // A few minutes of grace for clocks that differ.
        if (old is null && start < context.Now.AddMinutes(-10)) yield return new("DATE_TOO_EARLY", "/runSchedule/start", $"/runSchedule/start value {body["runSchedule"]!["start"]} must be no earlier than {context.Now.ToUnixTimeMilliseconds()}");
        if (old is not null && before <= context.Now && start != before && LinkedInStatus.Own(old) != "DRAFT") yield return new("DATE_IMMUTABLE_WHEN_PASSED", "/runSchedule/start", "/runSchedule/start can't be updated when it has already passed");
        if (end < context.Now && end != LinkedInContext.Instant(old?.Body["runSchedule"]?["end"])) yield return new("DATE_TOO_EARLY", "/runSchedule/end", $"/runSchedule/end value {body["runSchedule"]!["end"]} must be no earlier than {context.Now.ToUnixTimeMilliseconds()}");
    }

    public static IEnumerable<LinkedInProblem> Money(JsonObject body, SandboxObject account, params string[] fields)
    {
        foreach (var field in fields)
            if (body[field]?["currencyCode"]?.ToString() is { } currency && currency != account.Body["currency"]!.ToString())
                yield return new("CURRENCY_MISMATCH", $"/{field}/currencyCode", $"The currency {currency} of the /{field} doesn't match the currency {account.Body["currency"]} of the account.");
    }
}
