using System.Text.Json.Nodes;
using AdStudio.Sandbox.Hosting;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Snapchat;

/// <summary>A kind of object: how it is called in lists and alone, where it is kept, and what it lies under.</summary>
public sealed record SnapchatKind(string Plural, string Singular, string Kind, string Shape)
{
    public static IReadOnlyList<SnapchatKind> All { get; } =
    [
        new("campaigns", "campaign", SnapchatWorld.Campaign, "campaign"), new("adsquads", "adsquad", SnapchatWorld.AdSquad, "adsquad"), new("ads", "ad", SnapchatWorld.Ad, "ad"), new("creatives", "creative", SnapchatWorld.Creative, "creative"),
        new("media", "media", SnapchatWorld.Media, "media"), new("segments", "segment", SnapchatWorld.Segment, "segment"), new("pixels", "pixel", SnapchatWorld.Pixel, ""), new("adaccounts", "adaccount", SnapchatWorld.Account, ""),
    ];

    public static SnapchatKind? Find(string plural) => All.FirstOrDefault(k => k.Plural == plural);
}

/// <summary>Makes, changes, lists and deletes objects. Each entry of a list is judged for itself; the call goes well all the same.</summary>
public sealed class SnapchatEntities(SnapchatContext context)
{
    private readonly SnapchatRules rules = new(context);

    /// <summary>POST and PUT on a list beneath an ad account, a campaign or an ad squad.</summary>
    public PlatformReply Write(SnapchatCall call, SnapchatKind kind, SandboxObject parent)
    {
        var account = parent.Kind == SnapchatWorld.Account ? parent : context.Store.Find(SnapchatWorld.Account, parent.AccountId)!;
        if (SnapchatContext.MayChange(account) is { } closed) return closed;
        if (call.IsGarbled || call.Body is null) return SnapchatError.Invalid("The body must be a JSON object");
        if (call.Body.FirstOrDefault(p => p.Key != kind.Plural).Key is { } stranger) return SnapchatError.Invalid($"Unrecognized field '{stranger}'");
        if (call.Body[kind.Plural] is not JsonArray { Count: > 0 } list) return SnapchatError.Invalid($"The field '{kind.Plural}' must be a list with at least one entry");

        var items = new JsonArray();
        foreach (var entry in list) items.Add((JsonNode)(entry is not JsonObject body ? SnapchatReply.Bad("E1001", "An entry must be an object") : call.Method == "PUT" ? Change(kind, parent, account, body) : Make(kind, parent, account, body)));
        return SnapchatReply.Of(new() { [kind.Plural] = items });
    }

    private JsonObject Make(SnapchatKind kind, SandboxObject parent, SandboxObject account, JsonObject given)
    {
        if (SnapchatShapes.Check(kind.Shape, given) is { } wrong) return SnapchatReply.Bad(wrong.Code, wrong.Reason);
        var body = (JsonObject)given.DeepClone();
        foreach (var name in SnapchatShapes.PlatformOnly.Where(n => !SnapchatShapes.Fields(kind.Shape).Contains(n))) body.Remove(name);
        if (rules.Check(kind, parent, account, body, null) is { } refused) return SnapchatReply.Bad(refused.Code, refused.Reason);
        var item = context.New(kind.Kind, account.Id, parent.Id, body);
        Complete(kind, account, item);
        item.Remember(Moment(item, null));
        context.Store.Put(item);
        return SnapchatReply.Good(kind.Singular, Shown(item));
    }

    private JsonObject Change(SnapchatKind kind, SandboxObject parent, SandboxObject account, JsonObject given)
    {
        if (given["id"]?.ToString() is not { } id) return SnapchatReply.Bad("E1001", "The field 'id' is required");
        if (context.Store.Find(kind.Kind, id) is not { } old || SnapchatContext.IsDeleted(old)) return SnapchatReply.Bad("E3003", $"The {kind.Singular} {id} does not exist");
        if (old.ParentId != parent.Id) return SnapchatReply.Bad("E1001", $"The {kind.Singular} {id} does not belong to {parent.Id}");
        if (SnapchatShapes.Check(kind.Shape, given, old.Body) is { } wrong) return SnapchatReply.Bad(wrong.Code, wrong.Reason);
        var body = (JsonObject)given.DeepClone();
        foreach (var name in SnapchatShapes.PlatformOnly) if (old.Body[name] is { } kept) body[name] = kept.DeepClone(); else body.Remove(name);
        if (rules.Check(kind, parent, account, body, old) is { } refused) return SnapchatReply.Bad(refused.Code, refused.Reason);
        var item = old.Clone();
        item.Body = body;
        item.UpdatedAt = context.Now;
        body["updated_at"] = SnapchatTime.Write(context.Now);
        item.Remember(Moment(item, old));
        context.Store.Put(item);
        return SnapchatReply.Good(kind.Singular, Shown(item));
    }

    /// <summary>What the platform adds by itself.</summary>
    private void Complete(SnapchatKind kind, SandboxObject account, SandboxObject item)
    {
        var body = item.Body;
        switch (kind.Singular)
        {
            case "campaign":
                body["buy_model"] ??= "AUCTION";
                body["objective_v2_properties"] ??= new JsonObject { ["objective_v2_type"] = "AWARENESS_AND_ENGAGEMENT" };
                break;
            case "adsquad":
                body["ad_account_id"] = account.Id;
                body["status"] ??= "PAUSED";
                body["bid_strategy"] ??= "AUTO_BID";
                body["delivery_constraint"] ??= body["daily_budget_micro"] is not null ? "DAILY_BUDGET" : "LIFETIME_BUDGET";
                break;
            case "ad":
                body["ad_account_id"] = account.Id;
                body["render_type"] = "STATIC";
                break;
            case "creative":
                body["shareable"] ??= true;
                body["packaging_status"] = "SUCCESS";
                break;
            case "media":
                body["media_status"] = "PENDING_UPLOAD";
                body["visibility"] = "VISIBLE";
                break;
            case "segment":
                (body["status"], body["organization_id"]) = ("ACTIVE", account.Body["organization_id"]!.DeepClone());
                (body["upload_status"], body["targetable_status"]) = body["source_type"]!.ToString() == "LOOKALIKE" ? ("COMPLETE", "READY") : ("NO_UPLOAD", "NOT_READY");
                body["approximate_number_users"] = body["source_type"]!.ToString() == "LOOKALIKE" ? 1_400_000L : 0L;
                break;
        }
    }

    private Moment Moment(SandboxObject item, SandboxObject? old)
    {
        var body = item.Body;
        var moment = new Moment(context.Now)
        {
            Status = body["status"]?.ToString() ?? "", DailyBudget = Micros(body["daily_budget_micro"]), LifetimeBudget = Micros(body["lifetime_budget_micro"]), Start = context.Instant(body["start_time"]), End = context.Instant(body["end_time"]),
        };
        if (body["start_time"] is not null) body["start_time"] = SnapchatTime.Write(moment.Start!.Value);
        if (body["end_time"] is not null) body["end_time"] = SnapchatTime.Write(moment.End!.Value);
        if (item.Kind != SnapchatWorld.Ad) return moment;
        return old is not null
            ? moment with { ReviewedAt = old.History[^1].ReviewedAt, Rejection = old.History[^1].Rejection }
            : moment with { ReviewedAt = context.Now + context.Options.ReviewDelay, Rejection = context.Policy.Broken("snapchat", "review", rules.TextOf(item))?.Reason };
    }

    /// <summary>DELETE of one object: all beneath it goes too.</summary>
    public PlatformReply Delete(SnapchatKind kind, SandboxObject item)
    {
        if (kind.Singular is not ("campaign" or "adsquad" or "ad" or "segment")) return SnapchatError.Invalid($"A {kind.Singular} cannot be deleted");
        if (SnapchatContext.MayChange(context.Store.Find(SnapchatWorld.Account, item.AccountId)!) is { } closed) return closed;
        foreach (var child in kind.Singular switch { "campaign" => context.Store.Under(SnapchatWorld.AdSquad, item.Id).ToList(), "adsquad" => context.Store.Under(SnapchatWorld.Ad, item.Id).ToList(), _ => [] })
            if (!SnapchatContext.IsDeleted(child)) Delete(SnapchatKind.All.First(k => k.Kind == child.Kind), child);
        var gone = item.Clone();
        gone.Body["deleted"] = true;
        gone.UpdatedAt = context.Now;
        if (gone.History.Count > 0) gone.Remember(gone.History[^1] with { At = context.Now, Status = "DELETED" });
        context.Store.Put(gone);
        return SnapchatReply.Of(new() { [kind.Plural] = new JsonArray(new JsonObject { ["sub_request_status"] = "SUCCESS" }) });
    }

    /// <summary>A list beneath an account, a campaign or an ad squad, in the order in which its objects were made.</summary>
    public PlatformReply List(SnapchatCall call, SnapchatKind kind, SandboxObject parent)
    {
        if (call.Query.Keys.FirstOrDefault(k => k is not ("limit" or "cursor" or "read_deleted_entities" or "sort")) is { } stranger) return SnapchatError.BadQuery($"Unrecognized parameter '{stranger}'");
        var limit = 1000;
        if (call.Query.TryGetValue("limit", out var text) && (!int.TryParse(text, out limit) || limit is < 50 or > 1000)) return SnapchatError.BadQuery("limit must be from 50 to 1000");
        var withDeleted = call.Query.GetValueOrDefault("read_deleted_entities") == "true";
        var all = context.Store.All(kind.Kind).Where(o => (o.AccountId == parent.Id || o.ParentId == parent.Id || kind.Singular == "ad" && parent.Kind == SnapchatWorld.Campaign && context.Store.Find(SnapchatWorld.AdSquad, o.ParentId)?.ParentId == parent.Id)
            && (withDeleted || !SnapchatContext.IsDeleted(o))).ToList();
        var from = 0;
        if (call.Query.TryGetValue("cursor", out var cursor))
        {
            from = all.FindIndex(o => o.Id == cursor);
            if (from < 0) return SnapchatError.BadQuery("The cursor is none of this list's");
        }
        var page = all.Skip(from).Take(limit).ToList();
        var body = new JsonObject();
        if (from + limit < all.Count) body["paging"] = new JsonObject { ["next_link"] = $"{call.Origin}/{string.Join('/', call.Path)}?limit={limit}&cursor={all[from + limit].Id}{(withDeleted ? "&read_deleted_entities=true" : "")}" };
        body[kind.Plural] = new JsonArray([.. page.Select(o => (JsonNode)SnapchatReply.Good(kind.Singular, Shown(o)))]);
        return SnapchatReply.Of(body);
    }

    public PlatformReply One(SnapchatKind kind, SandboxObject item) => SnapchatReply.Of(kind.Plural, kind.Singular, [Shown(item)]);

    /// <summary>An object as it is answered.</summary>
    public JsonObject Shown(SandboxObject item)
    {
        var body = (JsonObject)item.Body.DeepClone();
        if (item.Kind == SnapchatWorld.Ad)
        {
            var (status, reasons) = SnapchatStatus.Review(context, item);
            body["review_status"] = status;
            if (reasons.Count > 0) body["review_status_reasons"] = new JsonArray([.. reasons.Select(r => (JsonNode)r)]);
        }
        if (item.Kind == SnapchatWorld.Media) body["media_status"] = SnapchatMedia.Status(context, item);
        if (item.Kind == SnapchatWorld.Segment && body["members"] is not null) body.Remove("members");
        return body;
    }

    private static long Micros(JsonNode? value) => value?.GetValue<long>() ?? 0;
}
