using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.TikTok;

/// <summary>Campaigns of an advertiser.</summary>
internal sealed class TikTokCampaigns(TikTokContext context)
{
    private static readonly string[] Objectives = ["REACH", "TRAFFIC", "VIDEO_VIEWS", "LEAD_GENERATION", "ENGAGEMENT", "APP_PROMOTION", "WEB_CONVERSIONS", "PRODUCT_SALES"];

    public TikTokReply Create(TikTokCall call, SandboxObject account)
    {
        var objective = call.Text("objective_type")!;
        if (!Objectives.Contains(objective)) return TikTokReply.Wrong("objective_type", $"{objective} is no longer supported for new campaigns. Must be one of: {string.Join(", ", Objectives)}.");
        if (TikTokNames.Check(context, account, TikTokStatus.Campaign, call, null) is { } misnamed) return misnamed;
        if (TikTokRequests.Check(context, call) is { } repeated) return repeated;
        if (call.Text("operation_status") is { } status and not ("ENABLE" or "DISABLE")) return TikTokReply.Wrong("operation_status", $"{status} is not one of: ENABLE, DISABLE.");
        if (objective == "APP_PROMOTION" && call.Text("app_promotion_type") is null) return TikTokReply.Missing("app_promotion_type");
        if (call.Text("campaign_type") == "IOS14_CAMPAIGN" && (objective != "APP_PROMOTION" || context.Find(TikTokWorld.App, call.Text("app_id"), account)?.Body["platform"]!.ToString() != "IOS"))
            return TikTokReply.Wrong("app_id", "An iOS 14 dedicated campaign needs objective_type APP_PROMOTION and the app_id of an iOS app.");

        var body = TikTokContext.Given(call.Params, "request_id");
        body["budget_mode"] ??= "BUDGET_MODE_INFINITE";
        if (Budget(body, account) is { } poor) return poor;
        body["operation_status"] ??= "ENABLE";
        body["objective"] = objective == "APP_PROMOTION" ? "APP" : "LANDING_PAGE";
        body["campaign_type"] ??= "REGULAR_CAMPAIGN";
        (body["budget_optimize_on"], body["is_new_structure"]) = (body["budget_optimize_on"]?.DeepClone() ?? false, true);
        var campaign = context.Make(TikTokWorld.Campaign, account, "", body, "campaign_id");
        campaign.Remember(Moment(campaign));
        context.Store.Put(campaign);
        TikTokRequests.Remember(context, call);
        return new JsonObject { ["campaign_id"] = campaign.Id };
    }

    public TikTokReply Update(TikTokCall call, SandboxObject account)
    {
        if (context.Find(TikTokWorld.Campaign, call.Text("campaign_id"), account)?.Clone() is not { } campaign) return TikTokReply.Wrong("campaign_id", $"Campaign {call.Text("campaign_id")} does not exist or has been deleted.");
        if (call.Params.ContainsKey("campaign_name") && TikTokNames.Check(context, account, TikTokStatus.Campaign, call, campaign.Id) is { } misnamed) return misnamed;
        if (call.Params.ContainsKey("special_industries") && call.List("special_industries").Count > 0) return TikTokReply.Wrong("special_industries", "The categories of a campaign can only be cleared.");
        if (call.Params.ContainsKey("budget") && campaign.Body["budget_mode"]!.ToString() == "BUDGET_MODE_INFINITE") return TikTokReply.Wrong("budget", "The campaign has no limit of its budget.");
        foreach (var (name, value) in TikTokContext.Given(call.Params, "advertiser_id", "campaign_id")) campaign.Body[name] = value?.DeepClone();
        if (Budget(campaign.Body, account) is { } poor) return poor;
        campaign.Remember(Moment(campaign));
        context.Keep(campaign);
        return new JsonObject { ["campaign_id"] = campaign.Id };
    }

    private static TikTokReply? Budget(JsonObject body, SandboxObject account)
    {
        var mode = body["budget_mode"]!.ToString();
        if (mode == "BUDGET_MODE_INFINITE") return body["budget"] is not null && TikTokContext.Micros(body["budget"]) != 0 ? TikTokReply.Wrong("budget", "A campaign without a limit takes no budget.") : null;
        if (body["budget"] is null) return TikTokReply.Missing("budget");
        var least = TikTokContext.LeastADay(account, campaign: true);
        return TikTokContext.Micros(body["budget"]) < least * 1_000_000m ? TikTokReply.Wrong("budget", $"Budget must be at least {least.ToString("0.##", CultureInfo.InvariantCulture)} {account.Body["currency"]}.") : null;
    }

    private Moment Moment(SandboxObject campaign)
    {
        var (mode, micros) = (campaign.Body["budget_mode"]!.ToString(), TikTokContext.Micros(campaign.Body["budget"]));
        var shares = campaign.Body["budget_optimize_on"]?.ToString() == "true";
        return new(context.Now) { Status = campaign.Body["operation_status"]!.ToString(), DailyBudget = shares && mode != "BUDGET_MODE_TOTAL" ? micros : 0, LifetimeBudget = shares && mode == "BUDGET_MODE_TOTAL" ? micros : 0 };
    }
}

/// <summary>Names: how long, and used once.</summary>
internal static class TikTokNames
{
    private const int Longest = 512;

    /// <summary>A campaign's name is its own in the account, unless a request_id says that the same is wanted twice.</summary>
    public static TikTokReply? Check(TikTokContext context, SandboxObject account, TikTokLevel level, TikTokCall call, string? itself)
    {
        var field = level.Called + "_name";
        var name = call.Text(field) ?? "";
        if (TikTokContext.Length(name) > Longest) return TikTokReply.Wrong(field, $"Longer than maximum length {Longest}.");
        if (TikTokContext.HasEmoji(name)) return TikTokReply.Wrong(field, "Emojis are not supported.");
        var taken = level == TikTokStatus.Campaign && call.Text("request_id") is null && context.Store.InAccount(level.Kind, account.Id).Any(o => o.Id != itself && o.Body["operation_status"]!.ToString() != "DELETE" && o.Body[field]!.ToString() == name);
        return taken ? TikTokReply.Wrong(field, "Campaign name already exists. Please try another one.") : null;
    }
}

/// <summary>A request_id counts once: the same one again makes nothing.</summary>
internal static class TikTokRequests
{
    public static TikTokReply? Check(TikTokContext context, TikTokCall call)
    {
        if (call.Text("request_id") is not { } id) return null;
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _)) return TikTokReply.Wrong("request_id", "Must be a 64-bit integer as a string.");
        return context.Store.Find(TikTokWorld.Request, call.Path + id) is null ? null : TikTokReply.Wrong("request_id", "A request with this request_id has already been carried out.");
    }

    public static void Remember(TikTokContext context, TikTokCall call)
    {
        if (call.Text("request_id") is { } id) context.Store.Put(new SandboxObject { Kind = TikTokWorld.Request, Id = call.Path + id, CreatedAt = context.Now });
    }
}
