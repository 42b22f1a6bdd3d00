using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Pinterest;

/// <summary>Creates, changes and lists campaigns.</summary>
public sealed class PinterestCampaigns(PinterestContext context)
{
    public PinterestReply Create(PinterestCall call) => PinterestReply.Each(call, given =>
    {
        var body = (JsonObject)given.DeepClone();
        body["status"] ??= "ACTIVE";
        body["is_campaign_budget_optimization"] ??= false;
        body["is_flexible_daily_budgets"] ??= false;
        body["is_automated_campaign"] ??= false;
        body["is_performance_plus"] ??= false;
        if (body["status"]!.ToString() is not ("ACTIVE" or "PAUSED" or "DRAFT")) return (null, "'status' must be ACTIVE, PAUSED or DRAFT when a campaign is created.");
        if (Problem(call, body, null) is { } problem) return (null, problem);
        var campaign = context.Create(PinterestWorld.Campaign, call.Account!.Id, call.Account.Id, body);
        Keep(campaign);
        return (Show(campaign), null);
    });

    public PinterestReply Update(PinterestCall call) => PinterestReply.Each(call, given =>
    {
        if (context.InAccount(call, PinterestWorld.Campaign, given["id"]!.ToString()) is not { } old) return (null, $"Campaign {given["id"]} was not found in this ad account.");
        if (PinterestStatus.Own(old) == "ARCHIVED" && given["status"]?.ToString() is not (null or "ARCHIVED")) return (null, "An archived campaign cannot be changed.");
        if (given["objective_type"] is { } objective && objective.ToString() != old.Body["objective_type"]!.ToString() && PinterestStatus.Own(old) != "DRAFT") return (null, "'objective_type' can only be changed while the campaign is a draft.");
        var campaign = old.Clone();
        PinterestContext.Merge(campaign.Body, given);
        if (Problem(call, campaign.Body, old) is { } problem) return (null, problem);
        campaign.UpdatedAt = context.Now;
        Keep(campaign);
        return (Show(campaign), null);
    });

    public PinterestReply List(PinterestCall call)
    {
        var ids = call.List("campaign_ids");
        return PinterestReply.Page(call, PinterestContext.Chosen(call, context.Store.InAccount(PinterestWorld.Campaign, call.Account!.Id).Where(c => ids.Count == 0 || ids.Contains(c.Id))).Select(Show));
    }

    public PinterestReply Get(PinterestCall call) => context.InAccount(call, PinterestWorld.Campaign, call.Ids["campaign_id"]) is { } campaign ? Show(campaign) : PinterestReply.NotFound("Campaign");

    private void Keep(SandboxObject campaign)
    {
        var body = campaign.Body;
        // Without campaign budget optimization the caps only limit what the ad groups' budgets spend.
        var spends = body["is_campaign_budget_optimization"]?.GetValue<bool>() == true;
        campaign.Remember(new Moment(context.Now)
        {
            Status = PinterestStatus.Own(campaign), Start = PinterestContext.Instant(body, "start_time"), End = PinterestContext.Instant(body, "end_time"),
            DailyBudget = spends ? PinterestContext.Micros(body, "daily_spend_cap") : 0, LifetimeBudget = spends ? PinterestContext.Micros(body, "lifetime_spend_cap") : 0,
        });
        context.Store.Put(campaign);
    }

    private string? Problem(PinterestCall call, JsonObject body, SandboxObject? old)
    {
        if (body["ad_account_id"]?.ToString() != call.Account!.Id) return "'ad_account_id' must be the ad account of the path.";
        if (string.IsNullOrWhiteSpace(body["name"]?.ToString()) || body["name"]!.ToString().Length > 255) return "'name' must have 1 to 255 characters.";
        var (daily, lifetime) = (PinterestContext.Micros(body, "daily_spend_cap"), PinterestContext.Micros(body, "lifetime_spend_cap"));
        if (daily > 0 && lifetime > 0) return "'daily_spend_cap' and 'lifetime_spend_cap' cannot be set at the same time.";
        if (daily < 0 || lifetime < 0) return "A spend cap cannot be negative.";
        if (body["is_campaign_budget_optimization"]?.GetValue<bool>() == true && daily == 0 && lifetime == 0) return "'daily_spend_cap' or 'lifetime_spend_cap' is required for campaign budget optimization.";
        if ((daily > 0 && daily < PinterestContext.LeastBudget(call.Account)) || (lifetime > 0 && lifetime < PinterestContext.LeastBudget(call.Account))) return "The spend cap is below the minimum of this currency.";
        var (start, end) = (PinterestContext.Instant(body, "start_time"), PinterestContext.Instant(body, "end_time"));
        if (end is not null && end <= (start ?? context.Now)) return "'end_time' must be after 'start_time'.";
        if (end is not null && end <= context.Now && PinterestContext.Instant(old?.Body ?? [], "end_time") != end) return "'end_time' must be in the future.";
        return null;
    }

    private JsonObject Show(SandboxObject campaign)
    {
        var shown = (JsonObject)campaign.Body.DeepClone();
        shown.Remove("default_ad_group_budget_in_micro_currency");
        shown["summary_status"] = PinterestStatus.Campaign(context, campaign);
        shown["type"] = "campaign";
        shown["start_time"] ??= campaign.CreatedAt.ToUnixTimeSeconds();
        shown["created_time"] = campaign.CreatedAt.ToUnixTimeSeconds();
        shown["updated_time"] = campaign.UpdatedAt.ToUnixTimeSeconds();
        foreach (var name in (string[])["daily_spend_cap", "lifetime_spend_cap", "end_time", "order_line_id", "tracking_urls"]) if (!shown.ContainsKey(name)) shown[name] = null;
        return shown;
    }
}
