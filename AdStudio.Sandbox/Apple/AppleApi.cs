using System.Text.Json.Nodes;
using AdStudio.Sandbox.Faults;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Apple;

/// <summary>The Campaign Management API: who is asking, for which organization, and what for.</summary>
internal sealed class AppleApi
{
    private readonly AppleContext context;
    private readonly OAuthDesk desk;
    private readonly AppleCampaigns campaigns;
    private readonly AppleAdGroups groups;
    private readonly AppleAds ads;
    private readonly AppleReports reports;

    public AppleApi(AppleContext context, OAuthDesk desk)
    {
        (this.context, this.desk) = (context, desk);
        (campaigns, groups, ads) = (new(context), new(context), new(context));
        reports = new(context, new AppleDelivery(context), campaigns, groups, ads);
    }

    public AppleCampaigns Campaigns => campaigns;

    public static IReadOnlyList<string> KindsOf(AppleCall call)
    {
        var written = call.Method switch { "POST" when call.Path is [.., "find"] or ["search", ..] => "", "POST" => "create", "PUT" => "update", "DELETE" => "delete", _ => "" };
        var status = call.Body is JsonObject body && (body["status"] ?? (body["campaign"] as JsonObject)?["status"]) is not null;
        var budget = (call.Body as JsonObject)?["campaign"] is JsonObject campaign && campaign["dailyBudgetAmount"] is not null;
        return (call.Path, written) switch
        {
            (["me"] or ["acls"] or ["search", "apps"], _) => [CallKinds.AccountsRead],
            (["search", "geo"], _) => [CallKinds.TargetingSearch],
            (["reports", ..], _) => [CallKinds.InsightsRead],
            (_, "delete") => [CallKinds.Delete],
            (["creatives"], "create") => [CallKinds.CreativeCreate],
            (["campaigns"], "create") => [CallKinds.CampaignCreate],
            (["campaigns", _], "update") => [CallKinds.CampaignUpdate, .. status ? [CallKinds.StatusUpdate] : Array.Empty<string>(), .. budget ? [CallKinds.BudgetUpdate] : Array.Empty<string>()],
            (["campaigns", _, "adgroups"], "create") => [CallKinds.AdSetCreate],
            (["campaigns", _, "adgroups", _], "update") => [CallKinds.AdSetUpdate, .. status ? [CallKinds.StatusUpdate] : Array.Empty<string>()],
            ([.., "ads"], "create") => [CallKinds.AdCreate],
            ([.., "ads", _], "update") => [CallKinds.AdUpdate, .. status ? [CallKinds.StatusUpdate] : Array.Empty<string>()],
            _ => [CallKinds.StructureRead],
        };
    }

    public AppleReply Answer(AppleCall call)
    {
        var (state, grant) = desk.Check(call.Token);
        if (state != TokenState.Good || desk.Person(grant!.User) is not { } user) return AppleReply.NoToken();
        call.User = user;
        try
        {
            if (!call.IsReadable) throw AppleRefusal.Invalid("", "The body is no JSON.");
            return call.Path switch
            {
                ["me"] when call.Method == "GET" => AppleReply.Data(new JsonObject { ["userId"] = AppleWorld.Number(user.Id), ["parentOrgId"] = AppleWorld.Number(((JsonObject)user.Body["roles"]!).First().Key) }),
                ["acls"] when call.Method == "GET" => Organizations(user),
                _ => ForOrganization(call),
            };
        }
        catch (AppleRefusal refusal)
        {
            return refusal.Reply;
        }
    }

    private AppleReply Organizations(SandboxObject user) => AppleReply.Data(new JsonArray([.. ((JsonObject)user.Body["roles"]!).Select(r =>
    {
        var organization = (JsonObject)context.Store.Find(AppleWorld.Organization, r.Key)!.Body.DeepClone();
        organization["roleNames"] = new JsonArray(r.Value!.ToString());
        organization["paymentModel"] = organization["paymentModel"]!.ToString() is AppleWorld.Unpaid ? null : organization["paymentModel"]!.ToString();
        return (JsonNode)organization;
    })]));

    private AppleReply ForOrganization(AppleCall call)
    {
        if (call.Context?.Split('=') is not ["orgId", var id]) throw new AppleRefusal(400, "INVALID_INPUT", "The header X-AP-Context must say for which organization: orgId=…", "X-AP-Context");
        if (call.User.Body["roles"]![id.Trim()] is null) throw new AppleRefusal(403, "FORBIDDEN", "This API user has no role in the organization.");
        call.Organization = context.Store.Find(AppleWorld.Organization, id.Trim())!;
        var reads = call.Method == "GET" || call.Path is [.., "find"] or ["reports", ..] or ["search", ..];
        if (!reads && !AppleContext.MayWrite(call.User, call.Organization)) throw new AppleRefusal(403, "FORBIDDEN", "This API user's role is read only.");
        return (call.Method, call.Path) switch
        {
            ("GET", ["search", "apps"]) => Apps(call),
            ("GET", ["search", "geo"]) => AppleGeo.Search(call),
            ("POST", ["search", "geo"]) => AppleGeo.Details(call),
            ("GET", ["apps", var app, "product-pages"]) => AppleReply.Data(new JsonArray([.. context.Store.All(AppleWorld.Page).Where(p => p.Body["adamId"]!.ToString() == app).Select(p => p.Body.DeepClone())])),
            ("POST", ["creatives"]) => ads.CreateCreative(call),
            ("GET", ["creatives"]) => List(call, ads.Creatives(call)),
            ("POST", ["creatives", "find"]) => AppleFind.Page(call, ads.Creatives(call)),
            ("GET", ["creatives", var creative]) => One(ads.Creatives(call), creative, "creative"),
            ("POST", ["reports", "campaigns"]) => reports.Run(call, "campaigns", null),
            ("POST", ["reports", "campaigns", var campaign, ("adgroups" or "ads") and var level]) => reports.Run(call, level, campaign),
            ("POST", ["adgroups", "find"]) => AppleFind.Page(call, groups.All(call, null)),
            ("POST", ["ads", "find"]) => AppleFind.Page(call, ads.All(call, null, null)),
            (_, ["campaigns", .. var rest]) => Campaign(call, rest),
            _ => throw AppleRefusal.Missing("resource"),
        };
    }

    private AppleReply Campaign(AppleCall call, string[] path) => (call.Method, path) switch
    {
        ("POST", []) => campaigns.Create(call),
        ("GET", []) => List(call, campaigns.All(call)),
        ("POST", ["find"]) => AppleFind.Page(call, campaigns.All(call)),
        ("GET", [var id]) => One(campaigns.All(call), id, "campaign"),
        ("PUT", [var id]) => campaigns.Change(call, id),
        ("DELETE", [var id]) => campaigns.Delete(call, id),
        ("POST", [var id, "adgroups"]) => groups.Create(call, id),
        ("GET", [var id, "adgroups"]) => List(call, groups.All(call, id)),
        ("POST", [var id, "adgroups", "find"]) => AppleFind.Page(call, groups.All(call, id)),
        ("POST", [var id, "ads", "find"]) => AppleFind.Page(call, ads.All(call, id, null)),
        ("GET", [var id, "adgroups", var group]) => One(groups.All(call, id), group, "ad group"),
        ("PUT", [var id, "adgroups", var group]) => groups.Change(call, id, group),
        ("DELETE", [var id, "adgroups", var group]) => groups.Delete(call, id, group),
        ("POST", [var id, "adgroups", var group, "ads"]) => ads.Create(call, id, group),
        ("GET", [var id, "adgroups", var group, "ads"]) => List(call, ads.All(call, id, group)),
        ("GET", [var id, "adgroups", var group, "ads", var ad]) => One(ads.All(call, id, group), ad, "ad"),
        ("PUT", [var id, "adgroups", var group, "ads", var ad]) => ads.Change(call, id, group, ad),
        ("DELETE", [var id, "adgroups", var group, "ads", var ad]) => ads.Delete(call, id, group, ad),
        _ => throw AppleRefusal.Missing("resource"),
    };

    private static AppleReply List(AppleCall call, IEnumerable<JsonObject> all)
    {
        var (offset, limit) = AppleFind.Paging(call);
        return AppleReply.Page([.. all.Where(o => o["deleted"]?.GetValue<bool>() != true)], offset, limit);
    }

    private static AppleReply One(IEnumerable<JsonObject> all, string id, string what) => AppleReply.Data(all.FirstOrDefault(o => o["id"]!.ToString() == id) ?? throw AppleRefusal.Missing(what));

    private AppleReply Apps(AppleCall call)
    {
        if (!call.Query.TryGetValue("query", out var query)) throw AppleRefusal.Invalid("query", "The query is required.");
        var owned = call.Query.GetValueOrDefault("returnOwnedApps") == "true";
        if (query.Length < 3 && !(owned && query.Length == 0)) throw AppleRefusal.Invalid("query", "The query must have at least 3 characters.");
        var (offset, limit) = AppleFind.Paging(call);
        return AppleReply.Page([.. context.Store.All(AppleWorld.App).Where(a => (!owned || a.Body["owners"]!.AsArray().Any(o => o!.ToString() == call.Organization.Id)) && a.Body["appName"]!.ToString().StartsWith(query, StringComparison.OrdinalIgnoreCase))
            .Select(a => { var shown = (JsonObject)a.Body.DeepClone(); shown.Remove("owners"); return shown; })], offset, limit);
    }
}
