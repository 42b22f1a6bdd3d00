using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.TikTok;

/// <summary>Ad groups: what they are optimized for, whom they are for, what they may spend and when.</summary>
internal sealed class TikTokAdGroups(TikTokContext context)
{
    private static readonly Dictionary<string, string[]> Pairs = new()
    {
        ["REACH"] = ["REACH CPM", "SHOW CPM"], ["TRAFFIC"] = ["CLICK CPC", "TRAFFIC_LANDING_PAGE_VIEW OCPM"], ["VIDEO_VIEWS"] = ["ENGAGED_VIEW CPV", "ENGAGED_VIEW_FIFTEEN CPV"], ["ENGAGEMENT"] = ["FOLLOWERS OCPM", "PAGE_VISIT OCPM"],
        ["LEAD_GENERATION"] = ["LEAD_GENERATION OCPM", "CONVERT OCPM", "CLICK CPC"], ["APP_PROMOTION"] = ["INSTALL OCPM", "IN_APP_EVENT OCPM", "CLICK CPC"], ["WEB_CONVERSIONS"] = ["CONVERT OCPM", "VALUE OCPM", "CLICK CPC", "TRAFFIC_LANDING_PAGE_VIEW OCPM"],
        ["PRODUCT_SALES"] = ["CLICK CPC", "CONVERT OCPM"],
    };

    private static readonly TimeSpan AtOnce = TimeSpan.FromMinutes(5);

    /// <summary>Fields that stay as they were made.</summary>
    private static readonly string[] Ids = ["advertiser_id", "adgroup_id", "request_id"];

    public TikTokReply Create(TikTokCall call, SandboxObject account)
    {
        if (context.Find(TikTokWorld.Campaign, call.Text("campaign_id"), account) is not { } campaign) return TikTokReply.Wrong("campaign_id", $"Campaign {call.Text("campaign_id")} does not exist or has been deleted.");
        if (TikTokNames.Check(context, account, TikTokStatus.AdGroup, call, null) is { } misnamed) return misnamed;
        if (TikTokRequests.Check(context, call) is { } repeated) return repeated;
        var body = TikTokContext.Given(call.Params, "request_id");
        body["operation_status"] ??= "ENABLE";
        body["placement_type"] ??= "PLACEMENT_TYPE_NORMAL";
        body["gender"] ??= "GENDER_UNLIMITED";
        if (Goal(body, campaign, account) is { } astray) return astray;
        if (Placements(body) is { } nowhere) return nowhere;
        if (TikTokTargets.Check(context, body, campaign, account) is { } missed) return missed;
        if (Schedule(body, isNew: true) is { } late) return late;
        if (Budget(body, campaign, account) is { } poor) return poor;

        (body["campaign_name"], body["is_new_structure"]) = (campaign.Body["campaign_name"]!.DeepClone(), true);
        var group = context.Make(TikTokWorld.AdGroup, account, campaign.Id, body, "adgroup_id");
        group.Remember(Moment(group));
        context.Store.Put(group);
        TikTokRequests.Remember(context, call);
        return new JsonObject { ["adgroup_id"] = group.Id };
    }

    public TikTokReply Update(TikTokCall call, SandboxObject account)
    {
        if (context.Find(TikTokWorld.AdGroup, call.Text("adgroup_id"), account)?.Clone() is not { } group) return TikTokReply.Wrong("adgroup_id", $"Ad group {call.Text("adgroup_id")} does not exist or has been deleted.");
        if (call.Params.ContainsKey("adgroup_name") && TikTokNames.Check(context, account, TikTokStatus.AdGroup, call, group.Id) is { } misnamed) return misnamed;
        var campaign = context.Store.Find(TikTokWorld.Campaign, group.ParentId)!;
        if (call.Params.ContainsKey("schedule_start_time") && TikTokTime.Read(group.Body["schedule_start_time"]?.ToString()) <= context.Now && call.Text("schedule_start_time") != group.Body["schedule_start_time"]?.ToString())
            return TikTokReply.Wrong("schedule_start_time", "The start time cannot be changed after the ad group has started.");
        foreach (var (name, value) in TikTokContext.Given(call.Params, Ids)) group.Body[name] = value?.DeepClone();
        if (TikTokTargets.Check(context, group.Body, campaign, account) is { } missed) return missed;
        if (call.Params.Any(p => p.Key.StartsWith("schedule_", StringComparison.Ordinal)) && Schedule(group.Body, isNew: false) is { } late) return late;
        if (Budget(group.Body, campaign, account) is { } poor) return poor;
        group.Remember(Moment(group));
        context.Keep(group);
        return new JsonObject { ["adgroup_id"] = group.Id };
    }

    private TikTokReply? Goal(JsonObject body, SandboxObject campaign, SandboxObject account)
    {
        var (objective, goal, billing) = (campaign.Body["objective_type"]!.ToString(), body["optimization_goal"]!.ToString(), body["billing_event"]!.ToString());
        if (!Pairs[objective].Contains($"{goal} {billing}")) return TikTokReply.Wrong("optimization_goal", $"{goal} with billing_event {billing} is not supported for the objective {objective}.");
        if (objective is not ("REACH" or "VIDEO_VIEWS" or "ENGAGEMENT") && body["promotion_type"] is null) return TikTokReply.Missing("promotion_type");
        var promotion = body["promotion_type"]?.ToString();
        var fits = objective switch
        {
            "APP_PROMOTION" => promotion is "APP_ANDROID" or "APP_IOS",
            "LEAD_GENERATION" => promotion is "LEAD_GENERATION" or "LEAD_GEN_CLICK_TO_CALL" or "LEAD_GEN_CLICK_TO_TT_DIRECT_MESSAGE" or "LEAD_GEN_CLICK_TO_SOCIAL_MEDIA_APP_MESSAGE",
            "WEB_CONVERSIONS" => promotion == "WEBSITE",
            _ => promotion is null or "WEBSITE" or "APP_ANDROID" or "APP_IOS" or "WEBSITE_OR_DISPLAY",
        };
        if (!fits) return TikTokReply.Wrong("promotion_type", $"{promotion} is not supported for the objective {objective}.");
        if (objective == "LEAD_GENERATION" && promotion == "LEAD_GENERATION" && body["promotion_target_type"] is null) return TikTokReply.Missing("promotion_target_type");
        if (promotion is "APP_ANDROID" or "APP_IOS")
        {
            if (body["app_id"] is null) return TikTokReply.Missing("app_id");
            if (context.Find(TikTokWorld.App, body["app_id"]!.ToString(), account) is not { } app || app.Body["platform"]!.ToString() != promotion[4..]) return TikTokReply.Wrong("app_id", $"There is no {promotion[4..]} app with this id in the account.");
            if (!TikTokCall.Texts(body["operating_systems"]).SequenceEqual([promotion[4..]])) return TikTokReply.Wrong("operating_systems", $"Must be [\"{promotion[4..]}\"] for this app.");
        }
        if (body["pixel_id"] is { } pixel && context.Find(TikTokWorld.Pixel, pixel.ToString(), account) is null) return TikTokReply.Wrong("pixel_id", $"Pixel {pixel} does not exist in the account.");
        var onWebsite = objective == "WEB_CONVERSIONS" || body["promotion_target_type"]?.ToString() == "EXTERNAL_WEBSITE";
        if (onWebsite && goal is "CONVERT" or "VALUE") return body["pixel_id"] is null ? TikTokReply.Missing("pixel_id") : body["optimization_event"] is null ? TikTokReply.Missing("optimization_event") : Bid(body);
        return Bid(body);
    }

    private static TikTokReply? Bid(JsonObject body) => body["bid_type"]?.ToString() switch
    {
        null => TikTokReply.Missing("bid_type"),
        "BID_TYPE_CUSTOM" when body["bid_price"] is null && body["conversion_bid_price"] is null => TikTokReply.Missing("bid_price"),
        "BID_TYPE_NO_BID" when body["bid_price"] is not null => TikTokReply.Wrong("bid_price", "Not supported with BID_TYPE_NO_BID."),
        _ => null,
    };

    private static TikTokReply? Placements(JsonObject body) =>
        body["placement_type"]!.ToString() == "PLACEMENT_TYPE_NORMAL" && body["placements"] is not JsonArray { Count: > 0 } ? TikTokReply.Missing("placements") : null;

    private TikTokReply? Schedule(JsonObject body, bool isNew)
    {
        if (TikTokTime.Read(body["schedule_start_time"]?.ToString()) is not { } start) return TikTokReply.Wrong("schedule_start_time", "Must have the format YYYY-MM-DD HH:MM:SS.");
        // Whoever begins at once says so by the real clock; here that is the sandbox's own present.
        if (isNew && body["schedule_type"]!.ToString() == "SCHEDULE_FROM_NOW" && (start - context.Options.RealTime.GetUtcNow()).Duration() < AtOnce && (start - context.Now).Duration() > AtOnce)
            body["schedule_start_time"] = TikTokTime.Write(start = context.Now);
        if (isNew && start < context.Now.AddHours(-12)) return TikTokReply.Wrong("schedule_start_time", "The start time lies in the past.");
        if (body["schedule_type"]!.ToString() == "SCHEDULE_FROM_NOW") return null;
        if (body["schedule_end_time"] is null) return TikTokReply.Missing("schedule_end_time");
        if (TikTokTime.Read(body["schedule_end_time"]!.ToString()) is not { } end) return TikTokReply.Wrong("schedule_end_time", "Must have the format YYYY-MM-DD HH:MM:SS.");
        if (end <= start) return TikTokReply.Wrong("schedule_end_time", "The end time must be later than the start time.");
        return end <= context.Now ? TikTokReply.Wrong("schedule_end_time", "The end time must be later than the current time.") : null;
    }

    private static TikTokReply? Budget(JsonObject body, SandboxObject campaign, SandboxObject account)
    {
        if (campaign.Body["budget_optimize_on"]?.ToString() == "true") return null;
        var (mode, micros) = (body["budget_mode"]!.ToString(), TikTokContext.Micros(body["budget"]));
        if (mode == "BUDGET_MODE_INFINITE") return TikTokReply.Wrong("budget_mode", "BUDGET_MODE_INFINITE is not supported for ad groups of this campaign.");
        if (micros % 10_000 != 0) return TikTokReply.Wrong("budget", "Budget can have up to two decimal places.");
        var days = 1;
        if (mode == "BUDGET_MODE_TOTAL")
        {
            if (body["schedule_type"]!.ToString() != "SCHEDULE_START_END") return TikTokReply.Wrong("schedule_type", "BUDGET_MODE_TOTAL needs SCHEDULE_START_END.");
            days = Math.Max(1, (int)Math.Ceiling((TikTokTime.Read(body["schedule_end_time"]!.ToString())! - TikTokTime.Read(body["schedule_start_time"]!.ToString())!).Value.TotalDays));
        }
        var least = TikTokContext.LeastADay(account, campaign: false) * days;
        return micros < least * 1_000_000m ? TikTokReply.Wrong("budget", $"Budget must be at least {least.ToString("0.##", CultureInfo.InvariantCulture)} {account.Body["currency"]}.") : null;
    }

    private Moment Moment(SandboxObject group)
    {
        var (total, micros) = (group.Body["budget_mode"]!.ToString() == "BUDGET_MODE_TOTAL", TikTokContext.Micros(group.Body["budget"]));
        return new(context.Now)
        {
            Status = group.Body["operation_status"]!.ToString(), DailyBudget = total ? 0 : micros, LifetimeBudget = total ? micros : 0, Start = TikTokTime.Read(group.Body["schedule_start_time"]!.ToString()),
            End = group.Body["schedule_type"]!.ToString() == "SCHEDULE_START_END" ? TikTokTime.Read(group.Body["schedule_end_time"]?.ToString()) : null,
        };
    }
}

/// <summary>Whom an ad group is for.</summary>
internal static class TikTokTargets
{
    public static TikTokReply? Check(TikTokContext context, JsonObject body, SandboxObject campaign, SandboxObject account)
    {
        var places = TikTokCall.Texts(body["location_ids"]);
        if (places.Count == 0 && TikTokCall.Texts(body["zipcode_ids"]).Count == 0) return TikTokReply.Missing("location_ids");
        if (places.Find(id => TikTokGeo.Find(id) is null) is { } unknown) return TikTokReply.Wrong("location_ids", $"Location {unknown} is not available for this ad group.");
        if (places.Find(id => TikTokGeo.Above(id).Any(places.Contains)) is { } within) return TikTokReply.Wrong("location_ids", $"Location {within} overlaps with another one.");
        if (TikTokCall.Texts(body["languages"]).Find(l => !TikTokGeo.Languages.ContainsKey(l)) is { } language) return TikTokReply.Wrong("languages", $"Language {language} is not supported.");
        if (TikTokCall.Texts(body["interest_category_ids"]).Find(i => TikTokGeo.Interests.All(x => x.Id != i)) is { } interest) return TikTokReply.Wrong("interest_category_ids", $"Interest category {interest} does not exist.");
        foreach (var field in (string[])["audience_ids", "excluded_audience_ids"])
            if (TikTokCall.Texts(body[field]).Find(a => context.Find(TikTokWorld.Audience, a, account) is null) is { } audience) return TikTokReply.Wrong(field, $"Audience {audience} does not exist in the account.");

        if (TikTokCall.Texts(campaign.Body["special_industries"]).Count == 0) return null;
        var ages = TikTokCall.Texts(body["age_groups"]);
        if (ages.Count is > 0 and < 5) return TikTokReply.Wrong("age_groups", "Ages cannot be chosen in a campaign with special_industries.");
        return body["gender"]?.ToString() is "GENDER_FEMALE" or "GENDER_MALE" ? TikTokReply.Wrong("gender", "A gender cannot be chosen in a campaign with special_industries.") : null;
    }
}
