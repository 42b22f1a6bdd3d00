using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Faults;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Meta;

/// <summary>The Graph API: finds out what a call is for and lets the right part answer.</summary>
public sealed class MetaApi
{
    private readonly MetaContext context;
    private readonly MetaCampaigns campaigns;
    private readonly MetaAdSets adSets;
    private readonly MetaAds ads;
    private readonly MetaMedia media;
    private readonly MetaAudiences audiences;
    private readonly MetaReports reports;
    private readonly MetaPixels pixels;
    private readonly MetaForms forms;
    private readonly MetaLeads leads;
    private readonly MetaRead read;

    public MetaApi(MetaContext context, MetaLeads leads)
    {
        this.context = context;
        campaigns = new(context);
        adSets = new(context);
        ads = new(context);
        media = new(context);
        audiences = new(context);
        reports = new(context);
        pixels = new(context);
        forms = new(context);
        this.leads = leads;
        Tokens = new(context);
        read = new(context, leads) { Edge = Edge };
    }

    public MetaTokens Tokens { get; }
    public MetaContext Context => context;

    /// <summary>What kinds of call this is, for the fault dial.</summary>
    public IReadOnlyList<string> OperationsOf(MetaCall call)
    {
        if (call.Path is ["oauth", ..] or ["debug_token"]) return [CallKinds.Token];
        if (call.Path is ["search"] or [_, "targetingsearch" or "delivery_estimate" or "reachestimate"]) return [CallKinds.TargetingSearch];
        if (call is { Method: "POST", Path: [_, "insights"] }) return [CallKinds.InsightsRead, CallKinds.ReportStart];
        if (call.Path is [_, "insights"]) return [CallKinds.InsightsRead];
        if (call.Path is ["me", ..] or [_, "owned_ad_accounts" or "client_ad_accounts" or "promote_pages"]) return [CallKinds.AccountsRead];
        if (call.Path.Length == 0 && call.Json("batch") is JsonArray batch) return [.. batch.SelectMany(b => OperationsOf(FromBatch(call, b))).Distinct()];
        if (call is { Method: "POST", Path: [_, var edge] })
            return edge switch
            {
                "campaigns" => [CallKinds.CampaignCreate], "adsets" => [CallKinds.AdSetCreate], "ads" => [CallKinds.AdCreate], "adcreatives" => [CallKinds.CreativeCreate], "adimages" => [CallKinds.ImageUpload],
                "advideos" => [CallKinds.VideoUpload], "customaudiences" => [CallKinds.AudienceCreate], "users" or "usersreplace" => [CallKinds.AudienceUpload], "adspixels" => [CallKinds.PixelCreate], "events" => [CallKinds.ConversionSend], "leadgen_forms" => [CallKinds.LeadFormCreate],
                _ => [],
            };
        if (call is { Method: "GET", Path: [_, "leads"] }) return [CallKinds.StructureRead, CallKinds.LeadsRead];
        if (call is { Method: "DELETE", Path: [_, "users"] }) return [CallKinds.AudienceUpload];
        if (call.Method == "GET") return [CallKinds.StructureRead];

        var kind = call.Path is [var id] ? context.Store.Work(() => context.Store.Find(MetaWorld.Campaign, id) ?? context.Store.Find(MetaWorld.AdSet, id) ?? context.Store.Find(MetaWorld.Ad, id))?.Kind : null;
        var found = new List<string>();
        if (call.Method == "DELETE") found.AddRange([CallKinds.Delete, CallKinds.StatusUpdate]);
        if (call.Has("status")) found.Add(CallKinds.StatusUpdate);
        if (call.Has("daily_budget") || call.Has("lifetime_budget")) found.Add(CallKinds.BudgetUpdate);
        if (kind is not null) found.Add(kind switch { MetaWorld.Campaign => CallKinds.CampaignUpdate, MetaWorld.AdSet => CallKinds.AdSetUpdate, _ => CallKinds.AdUpdate });
        return found;
    }

    /// <summary>Carries a call out.</summary>
    public MetaReply Answer(MetaCall call)
    {
        if (call.Path is ["oauth", "access_token"]) return Tokens.Exchange(call);
        if (call.Path is ["debug_token"]) return Tokens.Debug(call);
        var (session, error) = Tokens.Check(call.Token);
        if (error is not null) return error;
        if (Tokens.CheckProof(call) is { } forged) return forged;
        call.Session = session;
        if (call.Path.Length == 0 && call.Method == "POST" && call.Json("batch") is JsonArray batch) return Batch(call, batch);
        if (call.Path.Length == 0 && call.Method == "GET" && call.Has("ids")) return ByIds(call);
        return call.Path switch
        {
            ["search"] => Search(call),
            [_] => Node(call),
            [_, _] => Edge(call),
            _ => new MetaError(2500, "Unknown path components: /" + string.Join('/', call.Path)),
        };
    }

    private MetaReply Node(MetaCall call)
    {
        if (context.Find(call, call.Path[0]) is not { } item) return MetaError.Missing(call.Path[0], call.Method.ToLowerInvariant());
        switch (call.Method)
        {
            case "GET":
                if (item.Kind is not (MetaWorld.User or MetaWorld.Page or MetaWorld.Business or MetaWorld.Form or MetaWorld.Lead) && context.MayRead(call) is { } blind) return blind;
                var (shown, error) = read.Show(call, item);
                return error is not null ? error : shown!;
            case "DELETE" when item.Kind is MetaWorld.Campaign or MetaWorld.AdSet or MetaWorld.Ad:
                return Update(call.With("POST", call.Path, new() { ["status"] = "DELETED" }), item);
            case "DELETE" when item.Kind == MetaWorld.Creative:
                return ads.UpdateCreative(call.With("POST", call.Path, new() { ["status"] = "DELETED" }), item);
            case "DELETE" when item.Kind == MetaWorld.Audience:
                return audiences.Delete(call, item);
            case "DELETE" when item.Kind == MetaWorld.Lead:
                context.Store.Remove(MetaWorld.Lead, item.Id);
                return new JsonObject { ["success"] = true };
            case "DELETE" when item.Kind == MetaWorld.Video:
                if (context.MayChange(call, context.AccountOf(item)) is { } forbidden) return forbidden;
                context.Store.Remove(MetaWorld.Video, item.Id);
                return new JsonObject { ["success"] = true };
            case "POST":
                return Update(call, item);
            default:
                return MetaError.Missing(call.Path[0], call.Method.ToLowerInvariant());
        }
    }

    private MetaReply Update(MetaCall call, SandboxObject item) => item.Kind switch
    {
        MetaWorld.Campaign => campaigns.Update(call, item),
        MetaWorld.AdSet => adSets.Update(call, item),
        MetaWorld.Ad => ads.Update(call, item),
        MetaWorld.Creative => ads.UpdateCreative(call, item),
        MetaWorld.Audience => audiences.Update(call, item),
        MetaWorld.Form => forms.Update(call, item),
        _ => MetaError.Missing(item.Id, "post"),
    };

    private MetaReply Edge(MetaCall call)
    {
        if (context.Find(call, call.Path[0]) is not { } item) return MetaError.Missing(call.Path[0], call.Method.ToLowerInvariant());
        var edge = call.Path[1];
        var owner = item.Kind switch { MetaWorld.Account => "AdAccount", MetaWorld.Campaign => "Campaign", MetaWorld.AdSet => "AdSet", MetaWorld.Ad => "Ad", MetaWorld.Audience => "CustomAudience", MetaWorld.Page => "Page", MetaWorld.User => "User", MetaWorld.Business => "Business", MetaWorld.Report => "AdReportRun", MetaWorld.Form => "LeadgenForm", MetaWorld.Pixel => "AdsPixel", _ => "" };
        if (!MetaShapes.Params.ContainsKey($"{call.Method} {owner} {edge}"))
            return new MetaError(call.Method == "GET" ? 100 : 3, call.Method == "GET" ? $"(#100) Tried accessing nonexisting field ({edge}) on node type ({owner})" : $"(#3) {owner} does not support {call.Method} on {edge}");
        if (call.Method == "GET" && edge is not "insights" && MetaShapes.Check(call, $"GET {owner} {edge}") is { } misshapen) return misshapen;
        return (call.Method, item.Kind, edge) switch
        {
            ("GET", MetaWorld.User, "permissions") => Permissions(call),
            ("GET", MetaWorld.User, "accounts") => context.Has(call, "pages_show_list") ? read.List(call, context.PagesOf(call)) : MetaError.NoPermission("pages_show_list"),
            ("GET", MetaWorld.User, "businesses") => context.Has(call, "business_management") ? read.List(call, Businesses(call)) : MetaError.NoPermission("business_management"),
            ("GET", MetaWorld.User, "adaccounts") => context.MayRead(call) is { } blind ? blind : read.List(call, context.AccountsOf(call)),
            ("GET", MetaWorld.Business, "owned_ad_accounts") => context.Has(call, "business_management") ? read.List(call, context.AccountsOf(call)) : MetaError.NoPermission("business_management"),
            ("GET", MetaWorld.Business, "client_ad_accounts") => read.List(call, []),
            ("GET", MetaWorld.Business, "owned_pages") => read.List(call, context.PagesOf(call)),
            ("GET", MetaWorld.Page, "leadgen_forms") => MetaForms.NeedsPageToken(call, item) is { } stranger ? stranger : read.List(call, context.Store.Under(MetaWorld.Form, item.Id).Reverse()),
            ("POST", MetaWorld.Page, "leadgen_forms") => forms.Create(call, item),
            ("POST" or "DELETE", MetaWorld.Page, "subscribed_apps") => forms.Subscribe(call, item, on: call.Method == "POST"),
            ("GET", MetaWorld.Page, "subscribed_apps") => forms.Subscriptions(call, item),
            ("GET", MetaWorld.Form or MetaWorld.Ad, "leads") => leads.Of(call, item, read),
            ("GET", MetaWorld.Form, "test_leads") => leads.Of(call, item, read, tests: true),
            ("POST", MetaWorld.Form, "test_leads") => leads.Test(call, item),
            ("POST", MetaWorld.Pixel, "events") => pixels.Events(call, item),
            ("DELETE", MetaWorld.User, "permissions") => Withdraw(call),
            ("POST", MetaWorld.Account, "campaigns") => campaigns.Create(call, item),
            ("POST", MetaWorld.Account, "adsets") => adSets.Create(call, item),
            ("POST", MetaWorld.Account, "ads") => ads.Create(call, item),
            ("POST", MetaWorld.Account, "adcreatives") => ads.CreateCreative(call, item),
            ("POST", MetaWorld.Account, "adimages") => media.UploadImages(call, item),
            ("POST", MetaWorld.Account, "advideos") => media.UploadVideo(call, item),
            ("POST", MetaWorld.Account, "customaudiences") => audiences.Create(call, item),
            ("POST", MetaWorld.Account, "adspixels") => pixels.Create(call, item),
            ("POST", MetaWorld.Audience, "users") => audiences.Users(call, item, add: true),
            ("POST", MetaWorld.Audience, "usersreplace") => audiences.Users(call, item, add: true, replace: true),
            ("DELETE", MetaWorld.Audience, "users") => audiences.Users(call, item, add: false),
            _ when context.MayRead(call) is { } blind => blind,
            ("GET", MetaWorld.Report, "insights") => reports.RowsOf(call, item),
            ("POST", _, "insights") => reports.Start(call, item, owner),
            ("GET", _, "insights") => reports.AtOnce(call, item, owner),
            ("GET", MetaWorld.Account, "campaigns") => read.List(call, context.Store.InAccount(MetaWorld.Campaign, item.Id).Reverse()),
            ("GET", MetaWorld.Account, "adsets") => read.List(call, context.Store.InAccount(MetaWorld.AdSet, item.Id).Reverse()),
            ("GET", MetaWorld.Account, "ads") => read.List(call, context.Store.InAccount(MetaWorld.Ad, item.Id).Reverse()),
            ("GET", MetaWorld.Account, "adcreatives") => read.List(call, context.Store.InAccount(MetaWorld.Creative, item.Id).Where(c => c.Body["status"]!.ToString() != "DELETED").Reverse()),
            ("GET", MetaWorld.Account, "adimages") => read.List(call, Images(call, item)),
            ("GET", MetaWorld.Account, "advideos") => read.List(call, context.Store.InAccount(MetaWorld.Video, item.Id).Reverse()),
            ("GET", MetaWorld.Account, "customaudiences") => read.List(call, context.Store.InAccount(MetaWorld.Audience, item.Id).Reverse()),
            ("GET", MetaWorld.Account, "adspixels") => read.List(call, context.Store.InAccount(MetaWorld.Pixel, item.Id)),
            ("GET", MetaWorld.Account, "advertisable_applications") => MetaRead.ListRows(call, context.AppsOf(item).Select(a => App(call, a)).ToList()),
            ("GET", MetaWorld.Account, "saved_audiences") => read.List(call, context.Store.InAccount(MetaWorld.SavedAudience, item.Id)),
            ("GET", MetaWorld.Account, "promote_pages") => read.List(call, context.PagesOf(call)),
            ("GET", MetaWorld.Account, "targetingsearch") => MetaRead.ListRows(call, MetaTraits.Unified(call.Text("q")!, call.Text("limit_type"))),
            ("GET", MetaWorld.Account, "minimum_budgets") => MetaRead.ListRows(call, new List<JsonObject> { MinimumBudget(item) }),
            ("GET", MetaWorld.Account, "delivery_estimate") => MetaRead.ListRows(call, new List<JsonObject> { Estimate(call) }),
            ("GET", MetaWorld.Account, "reachestimate") => ReachEstimate(call),
            ("GET", MetaWorld.Campaign, "adsets") => read.List(call, context.Store.Under(MetaWorld.AdSet, item.Id).Reverse()),
            ("GET", MetaWorld.Campaign, "ads") => read.List(call, context.Store.InAccount(MetaWorld.Ad, item.AccountId).Where(a => a.Body["campaign_id"]!.ToString() == item.Id).Reverse()),
            ("GET", MetaWorld.AdSet, "ads") => read.List(call, context.Store.Under(MetaWorld.Ad, item.Id).Reverse()),
            ("GET", MetaWorld.AdSet, "adcreatives") => read.List(call, context.Store.Under(MetaWorld.Ad, item.Id).Select(CreativeOf)),
            ("GET", MetaWorld.Ad, "adcreatives") => read.List(call, [CreativeOf(item)]),
            _ => MetaError.Missing(item.Id, call.Method.ToLowerInvariant()),
        };
    }

    private static MetaReply Search(MetaCall call) =>
        call.Text("type") == "adgeolocationmeta" ? new JsonObject { ["data"] = MetaGeo.ByKeys(call) }
        : MetaGeo.Search(call) is { } found ? MetaRead.ListRows(call, found) : MetaError.Invalid("Param type must be one of {adgeolocation, adinterest, adinterestvalid, adlocale, adTargetingCategory, adeducationschool, adeducationmajor, adworkemployer, adworkposition}", "type");

    private static JsonObject Estimate(MetaCall call)
    {
        var people = MetaGeo.AudienceOf(call.Json("targeting_spec") as JsonObject, _ => 0).People;
        return new JsonObject { ["estimate_dau"] = people * 62 / 100, ["estimate_mau_lower_bound"] = people * 92 / 100, ["estimate_mau_upper_bound"] = people * 108 / 100, ["estimate_ready"] = true };
    }

    private static MetaReply ReachEstimate(MetaCall call)
    {
        var people = MetaGeo.AudienceOf(call.Json("targeting_spec") as JsonObject, _ => 0).People;
        return new JsonObject { ["data"] = new JsonObject { ["users_lower_bound"] = people * 92 / 100, ["users_upper_bound"] = people * 108 / 100, ["estimate_ready"] = true } };
    }

    /// <summary>The platform publishes no list of an app's fields: those that are asked for are shown where there are any.</summary>
    private static JsonObject App(MetaCall call, SandboxObject app)
    {
        var fields = MetaField.Parse(call.Text("fields") ?? "id,name").Select(f => f.Name).Append("id").ToHashSet();
        return new(app.Body.Where(p => p.Key != "accounts" && fields.Contains(p.Key)).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
    }

    private static JsonObject MinimumBudget(SandboxObject account)
    {
        var least = account.Body["min_daily_budget"]!.GetValue<int>();
        return new JsonObject { ["currency"] = account.Body["currency"]!.DeepClone(), ["min_daily_budget_imp"] = least, ["min_daily_budget_high_freq"] = least * 5, ["min_daily_budget_low_freq"] = least * 40, ["min_daily_budget_video_views"] = least };
    }

    private JsonObject Permissions(MetaCall call)
    {
        var granted = call.Session!.Body["scopes"]!.AsArray().Select(s => s!.GetValue<string>()).ToHashSet();
        return new JsonObject { ["data"] = new JsonArray([.. granted.Select(p => (JsonNode)new JsonObject { ["permission"] = p, ["status"] = "granted" })]) };
    }

    /// <summary>Takes a permission back, or all of them with the token itself.</summary>
    private JsonObject Withdraw(MetaCall call)
    {
        foreach (var token in context.Store.All(MetaWorld.Token).Where(t => t.Body["user"]!.ToString() == context.User(call).Id).ToList())
        {
            var changed = token.Clone();
            if (call.Text("permission") is { } permission) changed.Body["scopes"] = new JsonArray([.. changed.Body["scopes"]!.AsArray().Select(s => s!.ToString()).Where(s => s != permission).Select(s => (JsonNode)s)]);
            else changed.Body["revoked"] = true;
            context.Store.Put(changed);
        }
        return new JsonObject { ["success"] = true };
    }

    private IEnumerable<SandboxObject> Businesses(MetaCall call) =>
        context.User(call).Body["business"]!.GetValue<string>() is { Length: > 0 } id ? [context.Store.Find(MetaWorld.Business, id)!] : [];

    private IEnumerable<SandboxObject> Images(MetaCall call, SandboxObject account)
    {
        var hashes = call.List("hashes");
        return context.Store.InAccount(MetaWorld.Image, account.Id).Where(i => hashes.Count == 0 || hashes.Contains(i.Body["hash"]!.ToString())).Reverse();
    }

    private SandboxObject CreativeOf(SandboxObject ad) => context.Store.Find(MetaWorld.Creative, ad.Body["creative"]!["id"]!.ToString())!;

    private MetaReply ByIds(MetaCall call)
    {
        var found = new JsonObject();
        foreach (var id in call.List("ids"))
        {
            var reply = Node(call.With("GET", [id], call.Params.Where(p => p.Key != "ids").ToDictionary()));
            if (reply.Status != 200) return reply;
            found[id] = reply.Body.DeepClone();
        }
        return found;
    }

    private MetaReply Batch(MetaCall call, JsonArray batch)
    {
        if (batch.Count > 50) return MetaError.Invalid("Too many requests in batch message. Maximum batch size is 50", "batch");
        var replies = new JsonArray();
        foreach (var one in batch)
        {
            var inner = FromBatch(call, one);
            var mark = context.Store.Mark();
            var reply = inner.Path switch { ["search"] => Search(inner), [_] => Node(inner), [_, _] => Edge(inner), _ => MetaError.Missing(string.Join('/', inner.Path)) };
            if (reply.Status != 200) context.Store.RollBackTo(mark);
            replies.Add(new JsonObject { ["code"] = reply.Status, ["headers"] = new JsonArray(new JsonObject { ["name"] = "Content-Type", ["value"] = "application/json; charset=UTF-8" }), ["body"] = reply.Body.ToJsonString() });
        }
        return new MetaReply(200, replies);
    }

    private static MetaCall FromBatch(MetaCall call, JsonNode? one)
    {
        var url = (one?["relative_url"]?.ToString() ?? "").TrimStart('/').Split('?', 2);
        var path = url[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path.Length > 0 && path[0].StartsWith('v') && path[0].Contains('.', StringComparison.Ordinal)) path = path[1..];
        var parameters = new Dictionary<string, string>();
        foreach (var part in ((url.Length > 1 ? url[1] : "") + "&" + one?["body"]).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Split('=', 2);
            parameters[Uri.UnescapeDataString(pair[0])] = pair.Length > 1 ? Uri.UnescapeDataString(pair[1].Replace('+', ' ')) : "";
        }
        return call.With((one?["method"]?.ToString() ?? "GET").ToUpper(CultureInfo.InvariantCulture), path, parameters);
    }
}
