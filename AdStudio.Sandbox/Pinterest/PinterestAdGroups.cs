using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Pinterest;

/// <summary>Creates, changes and lists ad groups: money, time, bids and whom they are for.</summary>
public sealed class PinterestAdGroups(PinterestContext context)
{
    public PinterestReply Create(PinterestCall call) => PinterestReply.Each(call, given =>
    {
        if (context.InAccount(call, PinterestWorld.Campaign, given["campaign_id"]!.ToString()) is not { } campaign) return (null, $"Campaign {given["campaign_id"]} was not found in this ad account.");
        if (PinterestStatus.Own(campaign) is "ARCHIVED" or "DELETED_DRAFT") return (null, "An archived campaign takes no ad groups.");
        var body = (JsonObject)given.DeepClone();
        body["status"] ??= "ACTIVE";
        body["budget_type"] ??= "DAILY";
        body["pacing_delivery_type"] ??= "STANDARD";
        body["placement_group"] ??= "ALL";
        body["auto_targeting_enabled"] ??= true;
        if (body["status"]!.ToString() is not ("ACTIVE" or "PAUSED" or "DRAFT")) return (null, "'status' must be ACTIVE, PAUSED or DRAFT when an ad group is created.");
        if (Problem(call, campaign, body, null) is { } problem) return (null, problem);
        var group = context.Create(PinterestWorld.AdGroup, call.Account!.Id, campaign.Id, body);
        Keep(group);
        return (Show(group), null);
    });

    public PinterestReply Update(PinterestCall call) => PinterestReply.Each(call, given =>
    {
        if (context.InAccount(call, PinterestWorld.AdGroup, given["id"]!.ToString()) is not { } old) return (null, $"Ad group {given["id"]} was not found in this ad account.");
        if (PinterestStatus.Own(old) == "ARCHIVED" && given["status"]?.ToString() is not (null or "ARCHIVED")) return (null, "An archived ad group cannot be changed.");
        foreach (var name in (string[])["billable_event", "budget_type", "campaign_id"])
            if (given[name] is { } value && value.ToString() != old.Body[name]?.ToString() && PinterestStatus.Own(old) != "DRAFT") return (null, $"'{name}' can only be changed while the ad group is a draft.");
        var group = old.Clone();
        PinterestContext.Merge(group.Body, given);
        if (Problem(call, context.Store.Find(PinterestWorld.Campaign, old.ParentId)!, group.Body, old) is { } problem) return (null, problem);
        group.UpdatedAt = context.Now;
        Keep(group);
        return (Show(group), null);
    });

    public PinterestReply List(PinterestCall call)
    {
        var (campaigns, groups) = (call.List("campaign_ids"), call.List("ad_group_ids"));
        if (campaigns.Count > 0 && groups.Count > 0) return PinterestReply.Invalid("Provide only campaign_ids or ad_group_ids, not both.");
        return PinterestReply.Page(call, PinterestContext.Chosen(call, context.Store.InAccount(PinterestWorld.AdGroup, call.Account!.Id)
            .Where(g => (campaigns.Count == 0 || campaigns.Contains(g.ParentId)) && (groups.Count == 0 || groups.Contains(g.Id)))).Select(Show));
    }

    public PinterestReply Get(PinterestCall call) => context.InAccount(call, PinterestWorld.AdGroup, call.Ids["ad_group_id"]) is { } group ? Show(group) : PinterestReply.NotFound("Ad group");

    private void Keep(SandboxObject group)
    {
        var (body, budget) = (group.Body, PinterestContext.Micros(group.Body, "budget_in_micro_currency"));
        group.Remember(new Moment(context.Now)
        {
            Status = PinterestStatus.Own(group), Start = PinterestContext.Instant(body, "start_time"), End = PinterestContext.Instant(body, "end_time"),
            DailyBudget = body["budget_type"]!.ToString() == "DAILY" ? budget : 0, LifetimeBudget = body["budget_type"]!.ToString() == "LIFETIME" ? budget : 0,
        });
        context.Store.Put(group);
    }

    private string? Problem(PinterestCall call, SandboxObject campaign, JsonObject body, SandboxObject? old)
    {
        if (string.IsNullOrWhiteSpace(body["name"]?.ToString()) || body["name"]!.ToString().Length > 255) return "'name' must have 1 to 255 characters.";
        return MoneyProblem(call.Account!, campaign, body) ?? TimeProblem(campaign, body, old) ?? GoalProblem(call, campaign, body) ?? TargetingProblem(call, body["targeting_spec"] as JsonObject);
    }

    private string? MoneyProblem(SandboxObject account, SandboxObject campaign, JsonObject body)
    {
        var shares = campaign.Body["is_campaign_budget_optimization"]?.GetValue<bool>() == true;
        var (type, budget) = (body["budget_type"]!.ToString(), PinterestContext.Micros(body, "budget_in_micro_currency"));
        if (shares != (type == "CBO_ADGROUP")) return shares ? "'budget_type' must be CBO_ADGROUP under campaign budget optimization." : "'budget_type' CBO_ADGROUP is for campaign budget optimization only.";
        if (shares) return budget == 0 ? null : "'budget_in_micro_currency' cannot be set under campaign budget optimization.";
        if (budget == 0) return "'budget_in_micro_currency' is required.";
        if (type == "LIFETIME" && body["end_time"] is null) return "'end_time' is required when 'budget_type' is LIFETIME.";
        var days = 1L;
        if (type == "LIFETIME")
        {
            var from = PinterestContext.Instant(body, "start_time") is { } start && start > context.Now ? start : context.Now;
            days = Math.Max(1, (long)Math.Ceiling((PinterestContext.Instant(body, "end_time")!.Value - from).TotalDays));
        }
        return budget < PinterestContext.LeastBudget(account) * days ? $"'budget_in_micro_currency' is below the minimum of {PinterestContext.LeastBudget(account) * days}." : null;
    }

    private string? TimeProblem(SandboxObject campaign, JsonObject body, SandboxObject? old)
    {
        var (start, end) = (PinterestContext.Instant(body, "start_time"), PinterestContext.Instant(body, "end_time"));
        if (start is not null && PinterestContext.Instant(campaign.Body, "start_time") > start) return "'start_time' cannot precede the campaign's.";
        if (end is not null && PinterestContext.Instant(campaign.Body, "end_time") < end) return "'end_time' cannot be after the campaign's.";
        if (end is not null && end <= (start ?? context.Now)) return "'end_time' must be after 'start_time'.";
        if (old is not null && PinterestContext.Instant(old.Body, "start_time") is var was && was != start && (was ?? old.CreatedAt) <= context.Now && PinterestStatus.Own(old) == "ACTIVE") return "'start_time' cannot be changed once the ad group has started.";
        return end <= context.Now && (old is null || PinterestContext.Instant(old.Body, "end_time") != end) ? "'end_time' must be in the future." : null;
    }

    private string? GoalProblem(PinterestCall call, SandboxObject campaign, JsonObject body)
    {
        var (objective, billed, bidding) = (campaign.Body["objective_type"]!.ToString(), body["billable_event"]!.ToString(), body["bid_strategy_type"]?.ToString());
        string[] events = objective switch { "AWARENESS" => ["IMPRESSION"], "CONSIDERATION" => ["CLICKTHROUGH"], "VIDEO_COMPLETION" => ["VIDEO_V_50_MRC"], "WEB_CONVERSION" => ["IMPRESSION", "CLICKTHROUGH"], _ => ["CLICKTHROUGH", "IMPRESSION"] };
        if (!events.Contains(billed)) return $"'billable_event' {billed} does not go with the objective {objective}.";
        if (objective == "VIDEO_COMPLETION" && bidding is not (null or "AUTOMATIC_BID")) return "'bid_strategy_type' must be AUTOMATIC_BID for the objective VIDEO_COMPLETION.";
        if ((objective, billed) is ("AWARENESS", "IMPRESSION") or ("CONSIDERATION", "CLICKTHROUGH") or ("CATALOG_SALES", "CLICKTHROUGH") && bidding != "AUTOMATIC_BID" && PinterestContext.Micros(body, "bid_in_micro_currency") <= 0)
            return $"'bid_in_micro_currency' is required for {objective} billed by {billed}.";
        if (body["lifetime_frequency_cap"] is not null && (billed != "IMPRESSION" || body["end_time"] is null)) return "'lifetime_frequency_cap' needs the billable event IMPRESSION and an 'end_time'.";
        if (objective != "WEB_CONVERSION") return null;
        if (body["optimization_goal_metadata"]?["conversion_tag_v3_goal_metadata"] is not JsonObject goal || goal["conversion_event"] is null || goal["conversion_tag_id"] is null)
            return "'optimization_goal_metadata' with a conversion event and tag is required for the objective WEB_CONVERSION.";
        return context.InAccount(call, PinterestWorld.Tag, goal["conversion_tag_id"]!.ToString()) is null ? $"Conversion tag {goal["conversion_tag_id"]} was not found in this ad account." : null;
    }

    private string? TargetingProblem(PinterestCall call, JsonObject? spec)
    {
        if (spec is null || (spec["LOCATION"] as JsonArray ?? []).Count + (spec["GEO"] as JsonArray ?? []).Count == 0) return "At least one of LOCATION or GEO must be specified.";
        foreach (var (field, known) in (ReadOnlySpan<(string, Func<string, bool>)>)[("LOCATION", PinterestTargeting.IsLocation), ("GEO", PinterestTargeting.IsRegion), ("INTEREST", PinterestTargeting.IsInterest), ("LOCALE", PinterestTargeting.IsLocale)])
            if (Texts(spec, field).FirstOrDefault(v => !known(v)) is { } stranger) return $"'targeting_spec.{field}' value '{stranger}' is not a targeting value.";
        foreach (var field in (string[])["AUDIENCE_INCLUDE", "AUDIENCE_EXCLUDE"])
            if (Texts(spec, field).FirstOrDefault(v => context.InAccount(call, PinterestWorld.Audience, v) is null) is { } stranger) return $"Audience {stranger} was not found in this ad account.";
        var (least, most) = (spec["MINIMUM_AGE"]?.ToString(), spec["MAXIMUM_AGE"]?.ToString());
        if (least is null != most is null) return "MINIMUM_AGE and MAXIMUM_AGE must be used together.";
        if (least is null) return null;
        if (spec["AGE_BUCKET"] is not null) return "AGE_BUCKET cannot be combined with MINIMUM_AGE and MAXIMUM_AGE.";
        return Age(least) is < 18 or > 65 || Age(most!) is < 18 or > 65 || Age(least) > Age(most!) ? "MINIMUM_AGE and MAXIMUM_AGE must lie between 18 and 65+." : null;
    }

    public static IEnumerable<string> Texts(JsonObject spec, string field) => (spec[field] as JsonArray ?? []).Select(v => v!.ToString());

    public static int Age(string age) => int.Parse(age.TrimEnd('+'), CultureInfo.InvariantCulture);

    private JsonObject Show(SandboxObject group)
    {
        var shown = (JsonObject)group.Body.DeepClone();
        shown["ad_account_id"] = group.AccountId;
        shown["summary_status"] = PinterestStatus.AdGroup(context, group);
        shown["type"] = "adgroup";
        shown["created_time"] = group.CreatedAt.ToUnixTimeSeconds();
        shown["updated_time"] = group.UpdatedAt.ToUnixTimeSeconds();
        foreach (var name in (string[])["budget_in_micro_currency", "bid_in_micro_currency", "start_time", "end_time", "tracking_urls"]) if (!shown.ContainsKey(name)) shown[name] = null;
        return shown;
    }
}
