using System.Text.Json.Nodes;
using AdStudio.Sandbox.Faults;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Pinterest;

/// <summary>The API v5: finds the operation, holds the request against its published shape, checks token, scopes and role, and carries it out.</summary>
public sealed class PinterestApi
{
    private const string InAccount = "/ad_accounts/{ad_account_id}";

    private readonly PinterestContext context;
    private readonly OAuthDesk desk;
    private readonly Dictionary<string, Func<PinterestCall, PinterestReply>> handlers;

    public PinterestApi(PinterestContext context, OAuthDesk desk)
    {
        (this.context, this.desk) = (context, desk);
        var (campaigns, groups, ads, pins, media, analytics, audiences, tags) = (new PinterestCampaigns(context), new PinterestAdGroups(context), new PinterestAds(context), new PinterestPins(context), new PinterestMedia(context),
            new PinterestAnalytics(context), new PinterestAudiences(context), new PinterestTags(context));
        (Media, Reports) = (media, new PinterestReports(context, analytics));
        handlers = new()
        {
            ["GET /user_account"] = Me,
            ["GET /ad_accounts"] = Accounts,
            ["GET " + InAccount] = call => Show(call, call.Account!),
            ["GET /boards"] = pins.Boards, ["POST /boards"] = pins.CreateBoard, ["GET /boards/{board_id}/pins"] = pins.OnBoard,
            ["GET /pins"] = pins.List, ["POST /pins"] = pins.Create, ["GET /pins/{pin_id}"] = pins.Get, ["DELETE /pins/{pin_id}"] = pins.Delete,
            ["GET /media"] = media.List, ["POST /media"] = media.Register, ["GET /media/{media_id}"] = media.Get,
            ["GET " + InAccount + "/campaigns"] = campaigns.List, ["POST " + InAccount + "/campaigns"] = campaigns.Create, ["PATCH " + InAccount + "/campaigns"] = campaigns.Update, ["GET " + InAccount + "/campaigns/{campaign_id}"] = campaigns.Get,
            ["GET " + InAccount + "/ad_groups"] = groups.List, ["POST " + InAccount + "/ad_groups"] = groups.Create, ["PATCH " + InAccount + "/ad_groups"] = groups.Update, ["GET " + InAccount + "/ad_groups/{ad_group_id}"] = groups.Get,
            ["GET " + InAccount + "/ads"] = ads.List, ["POST " + InAccount + "/ads"] = ads.Create, ["PATCH " + InAccount + "/ads"] = ads.Update, ["GET " + InAccount + "/ads/{ad_id}"] = ads.Get,
            ["POST " + InAccount + "/reports"] = Reports.Create, ["GET " + InAccount + "/reports"] = Reports.Get,
            ["GET " + InAccount + "/audiences"] = audiences.List, ["POST " + InAccount + "/audiences"] = audiences.Create, ["GET " + InAccount + "/audiences/{audience_id}"] = audiences.Get, ["PATCH " + InAccount + "/audiences/{audience_id}"] = audiences.Update,
            ["GET " + InAccount + "/customer_lists"] = audiences.Lists, ["POST " + InAccount + "/customer_lists"] = audiences.CreateList,
            ["GET " + InAccount + "/customer_lists/{customer_list_id}"] = audiences.GetList, ["PATCH " + InAccount + "/customer_lists/{customer_list_id}"] = audiences.UpdateList,
            ["GET " + InAccount + "/conversion_tags"] = tags.List, ["POST " + InAccount + "/conversion_tags"] = tags.Create, ["GET " + InAccount + "/conversion_tags/{conversion_tag_id}"] = tags.Get, ["POST " + InAccount + "/events"] = tags.Events,
            ["GET /resources/targeting/{targeting_type}"] = PinterestTargeting.Options, ["GET /resources/targeting/interests/{interest_id}"] = PinterestTargeting.Interest, ["GET /resources/ad_account_countries"] = _ => PinterestTargeting.AdCountries(),
        };
        foreach (var above in (string[])["", "/campaigns", "/ad_groups", "/ads"])
            (handlers[$"GET {InAccount}{above}/analytics"], handlers[$"GET {InAccount}{above}/targeting_analytics"]) = (analytics.Read, analytics.ReadTargeted);
    }

    public PinterestMedia Media { get; }
    public PinterestReports Reports { get; }

    /// <summary>What a request is, whether or not it is in order.</summary>
    public static (PinterestOperation? Operation, Dictionary<string, string> Ids, bool IsKnownPath) Find(string method, string[] path) => PinterestShapes.Find(method, path);

    public PinterestReply Answer(PinterestCall call, bool isKnownPath)
    {
        if (call.Operation is not { } operation) return isKnownPath ? PinterestReply.NoMethod() : PinterestReply.NotFound("API method");
        var (state, grant) = desk.Check(call.Token);
        if (state != TokenState.Good) return PinterestReply.NoToken();
        if (operation.Scopes.Except(grant!.Scopes).Any()) return PinterestReply.NoScope(operation.Scopes);
        if (PinterestShapes.Problem(call) is { } problem) return PinterestReply.Invalid(problem);
        call.User = context.Store.Find(PinterestWorld.User, grant.User)!;
        if ((call.Ids.GetValueOrDefault("ad_account_id") ?? call.Text("ad_account_id")) is { } id)
        {
            if (context.Store.Find(PinterestWorld.Account, id) is not { } account || !context.MayRead(call.User, account)) return PinterestReply.Forbidden();
            var isAudience = operation.Name.Contains("/audiences", StringComparison.Ordinal) || operation.Name.Contains("/customer_lists", StringComparison.Ordinal);
            if (operation is { Method: not "GET", Category: "ads_write" or "ads_conversions" or "org_write" } && !context.MayWrite(call.User, account, isAudience)) return PinterestReply.Forbidden();
            call.Account = account;
        }
        return handlers[operation.Name](call);
    }

    private static PinterestReply Me(PinterestCall call) => new JsonObject
    {
        ["id"] = call.User.Id, ["account_type"] = "BUSINESS", ["username"] = call.User.Body["username"]!.ToString(), ["business_name"] = call.User.Body["name"]!.ToString(), ["about"] = call.User.Body["about"]!.ToString(),
        ["website_url"] = "https://harborandpine.example", ["profile_image"] = call.Home + "/images/profile", ["board_count"] = 2, ["pin_count"] = 0, ["follower_count"] = 48211, ["following_count"] = 12, ["monthly_views"] = 310400,
    };

    private PinterestReply Accounts(PinterestCall call) => PinterestReply.Page(call, context.AccountsOf(call.User)
        .Where(a => call.Flag("include_shared_accounts", otherwise: true) || a.Body["owner"]!["id"]!.ToString() == call.User.Id).Select(a => Show(call, a)));

    private static JsonObject Show(PinterestCall call, SandboxObject account)
    {
        var shown = (JsonObject)account.Body.DeepClone();
        shown.Remove("status");
        shown["permissions"] = new JsonArray([.. PinterestContext.RolesOf(call.User, account.Id).Select(r => (JsonNode)r)]);
        shown["created_time"] = account.CreatedAt.ToUnixTimeSeconds();
        shown["updated_time"] = account.UpdatedAt.ToUnixTimeSeconds();
        return shown;
    }

    /// <summary>The kinds of call, as the fault dial names them.</summary>
    public static IReadOnlyList<string> KindsOf(PinterestCall call)
    {
        if (call.Operation is not { } operation) return [];
        var (name, items) = (operation.Name, call.Body is JsonArray ? call.Items.ToList() : []);
        bool Any(params string[] fields) => items.Exists(i => fields.Any(i.ContainsKey));
        IEnumerable<string> Change(string kind, params string[] money) =>
            [kind, .. Any("status") ? [CallKinds.StatusUpdate] : Array.Empty<string>(), .. Any(money) ? [CallKinds.BudgetUpdate] : Array.Empty<string>(), .. items.Exists(i => i["status"]?.ToString() == "ARCHIVED") ? [CallKinds.Delete] : Array.Empty<string>()];
        if (operation.Category == "ads_analytics") return [CallKinds.InsightsRead];
        return name.Replace(InAccount, "", StringComparison.Ordinal) switch
        {
            "POST /campaigns" => [CallKinds.CampaignCreate],
            "POST /ad_groups" => [CallKinds.AdSetCreate],
            "POST /ads" => [CallKinds.AdCreate],
            "POST /pins" => [CallKinds.CreativeCreate, .. call.Body?["media_source"]?["source_type"]?.ToString() is { } type && type.Contains("image", StringComparison.Ordinal) ? [CallKinds.ImageUpload] : Array.Empty<string>()],
            "POST /media" => [CallKinds.VideoUpload],
            "PATCH /campaigns" => [.. Change(CallKinds.CampaignUpdate, "daily_spend_cap", "lifetime_spend_cap")],
            "PATCH /ad_groups" => [.. Change(CallKinds.AdSetUpdate, "budget_in_micro_currency")],
            "PATCH /ads" => [.. Change(CallKinds.AdUpdate)],
            "POST /customer_lists" or "POST /audiences" => [CallKinds.AudienceCreate],
            "PATCH /customer_lists/{customer_list_id}" => [CallKinds.AudienceUpload],
            "PATCH /audiences/{audience_id}" or "DELETE /pins/{pin_id}" => [CallKinds.Delete],
            "POST /conversion_tags" => [CallKinds.PixelCreate],
            "GET /user_account" or "GET /ad_accounts" or "GET " or "GET /boards" or "GET /conversion_tags" => [CallKinds.AccountsRead],
            var other when other.StartsWith("GET /resources", StringComparison.Ordinal) => [CallKinds.TargetingSearch],
            var other when other.StartsWith("GET ", StringComparison.Ordinal) => [CallKinds.StructureRead],
            _ => [],
        };
    }
}
