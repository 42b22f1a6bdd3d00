using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Meta;

/// <summary>Creates and changes ad sets.</summary>
public sealed class MetaAdSets(MetaContext context)
{
    /// <summary>The goals that go with each objective; the first one is the platform's own choice.</summary>
    private static readonly Dictionary<string, string[]> Goals = new()
    {
        ["OUTCOME_AWARENESS"] = ["REACH", "IMPRESSIONS", "AD_RECALL_LIFT", "THRUPLAY"],
        ["OUTCOME_TRAFFIC"] = ["LINK_CLICKS", "LANDING_PAGE_VIEWS", "IMPRESSIONS", "REACH", "CONVERSATIONS", "QUALITY_CALL", "VISIT_INSTAGRAM_PROFILE", "PROFILE_VISIT"],
        ["OUTCOME_ENGAGEMENT"] = ["POST_ENGAGEMENT", "THRUPLAY", "PAGE_LIKES", "LINK_CLICKS", "LANDING_PAGE_VIEWS", "IMPRESSIONS", "REACH", "CONVERSATIONS", "EVENT_RESPONSES", "OFFSITE_CONVERSIONS", "QUALITY_CALL", "PROFILE_AND_PAGE_ENGAGEMENT", "REMINDERS_SET"],
        ["OUTCOME_LEADS"] = ["LEAD_GENERATION", "QUALITY_LEAD", "OFFSITE_CONVERSIONS", "LINK_CLICKS", "LANDING_PAGE_VIEWS", "IMPRESSIONS", "REACH", "CONVERSATIONS", "QUALITY_CALL"],
        ["OUTCOME_APP_PROMOTION"] = ["APP_INSTALLS", "LINK_CLICKS", "OFFSITE_CONVERSIONS", "APP_INSTALLS_AND_OFFSITE_CONVERSIONS", "VALUE"],
        ["OUTCOME_SALES"] = ["OFFSITE_CONVERSIONS", "VALUE", "LINK_CLICKS", "LANDING_PAGE_VIEWS", "IMPRESSIONS", "REACH", "CONVERSATIONS", "QUALITY_CALL"],
    };

    public MetaReply Create(MetaCall call, SandboxObject account)
    {
        if (context.MayChange(call, account) is { } forbidden) return forbidden;
        if (MetaShapes.Check(call, "POST AdAccount adsets") is { } misshapen) return misshapen;
        foreach (var needed in new[] { "name", "campaign_id", "billing_event", "optimization_goal", "targeting" })
            if (!call.Has(needed)) return MetaError.Invalid($"The parameter {needed} is required.", needed);
        var campaign = context.Store.Find(MetaWorld.Campaign, call.Text("campaign_id")!);
        if (campaign is null || campaign.AccountId != account.Id || MetaStatus.Own(campaign) == "DELETED")
            return MetaError.ForPerson(1487851, "Campaign not found", "The campaign of this ad set doesn't exist or belongs to another ad account.", "campaign_id");
        if (call.Text("status") is "ARCHIVED" or "DELETED") return MetaError.Invalid("Only ACTIVE and PAUSED are valid during creation.", "status");

        var zone = context.Zone(account);
        var body = MetaShapes.Keep(call, "POST AdAccount adsets", at => MetaTime.Write(at, zone), text => MetaTime.Read(text, zone));
        body["status"] ??= "ACTIVE";
        body["start_time"] ??= MetaTime.Write(context.Now, zone);
        body["destination_type"] ??= "UNDEFINED";
        body["attribution_spec"] ??= new JsonArray(new JsonObject { ["event_type"] = "CLICK_THROUGH", ["window_days"] = 7 }, new JsonObject { ["event_type"] = "VIEW_THROUGH", ["window_days"] = 1 });
        if (!MetaBudget.HasOne(campaign.Body)) body["bid_strategy"] ??= "LOWEST_COST_WITHOUT_CAP";
        if (Check(body, account, campaign, null) is { } error) return error;

        if (call.List("execution_options").Contains("validate_only")) return new JsonObject { ["success"] = true };
        var adSet = context.Create(MetaWorld.AdSet, account.Id, campaign.Id, body);
        adSet.Remember(Moment(adSet, account));
        context.Store.Put(adSet);
        return new JsonObject { ["id"] = adSet.Id };
    }

    public MetaReply Update(MetaCall call, SandboxObject old)
    {
        var account = context.AccountOf(old);
        if (context.MayChange(call, account) is { } forbidden) return forbidden;
        if (MetaShapes.Check(call, "POST AdSet") is { } misshapen) return misshapen;
        if (MetaStatus.Own(old) == "DELETED") return MetaError.ForPerson(1487056, "This ad set has been deleted", "A deleted ad set can't be changed.");
        var campaign = context.Store.Find(MetaWorld.Campaign, old.ParentId)!;
        var adSet = old.Clone();
        var zone = context.Zone(account);
        var given = MetaShapes.Keep(call, "POST AdSet", at => MetaTime.Write(at, zone), text => MetaTime.Read(text, zone));
        if (MetaCampaigns.ReplaceBudget(adSet.Body, given) is { } switched) return switched;
        foreach (var (name, value) in given.ToList()) adSet.Body[name] = value?.DeepClone();
        if (call.Text("end_time") == "0") adSet.Body.Remove("end_time");
        if (Check(adSet.Body, account, campaign, old) is { } error) return error;
        if (call.List("execution_options").Contains("validate_only")) return new JsonObject { ["success"] = true };
        adSet.UpdatedAt = context.Now;
        adSet.Remember(Moment(adSet, account));
        context.Store.Put(adSet);
        return new JsonObject { ["success"] = true };
    }

    private MetaError? Check(JsonObject body, SandboxObject account, SandboxObject campaign, SandboxObject? old)
    {
        var zone = context.Zone(account);
        var (start, end) = (MetaTime.Read(body["start_time"]?.ToString(), zone), MetaTime.Read(body["end_time"]?.ToString(), zone));
        if (MetaBudget.CheckTimes(start, end, context.Now, old is null || body["end_time"]?.ToString() != old.Body["end_time"]?.ToString()) is { } times) return times;

        var shared = MetaBudget.HasOne(campaign.Body);
        if (shared && MetaBudget.HasOne(body))
            return MetaError.ForPerson(1885621, "Only one budget can be set", "The campaign has a budget, so its ad sets can't have their own.", "daily_budget");
        if (!shared && !MetaBudget.HasOne(body))
            return MetaError.ForPerson(1885194, "A budget is required", "Set a daily or a lifetime budget for the ad set, or a budget for its campaign.", "daily_budget");
        if (shared && MetaBudget.Minor(campaign.Body, "lifetime_budget") > 0 && end is null && campaign.Body["stop_time"] is null)
            return MetaError.ForPerson(1487793, "End time is required", "Ad sets of a campaign with a lifetime budget need an end time.", "end_time");
        if (MetaBudget.Check(body, account, start, end, context.Now) is { } budget) return budget;

        var strategy = body["bid_strategy"]?.ToString() ?? campaign.Body["bid_strategy"]?.ToString();
        if (strategy is "LOWEST_COST_WITH_BID_CAP" or "COST_CAP" && body["bid_amount"] is null)
            return MetaError.ForPerson(1815857, "Bid amount required", "This bid strategy needs a bid amount.", "bid_amount");
        return CheckGoal(body, account, campaign) ?? MetaTargetingRules.Check(context, body["targeting"] as JsonObject, account, campaign);
    }

    private MetaError? CheckGoal(JsonObject body, SandboxObject account, SandboxObject campaign)
    {
        var objective = campaign.Body["objective"]!.GetValue<string>();
        var goal = body["optimization_goal"]!.ToString();
        if (!Goals[objective].Contains(goal))
            return MetaError.ForPerson(2490408, "The performance goal isn't available", $"You can't use the performance goal {goal} with the objective {objective}.", "optimization_goal");
        var billing = body["billing_event"]!.ToString();
        if (billing != "IMPRESSIONS" && !(billing == "LINK_CLICKS" && goal == "LINK_CLICKS") && !(billing == "THRUPLAY" && goal == "THRUPLAY"))
            return MetaError.ForPerson(2490487, "The billing event isn't available", $"You can't be charged for {billing} with the performance goal {goal}.", "billing_event");

        var promoted = body["promoted_object"] as JsonObject ?? campaign.Body["promoted_object"] as JsonObject;
        if (MetaShapes.CheckObject(promoted, "AdPromotedObject", "promoted_object") is { } unknown) return unknown;
        string[] needed = (objective, goal) switch
        {
            (_, "LEAD_GENERATION" or "QUALITY_LEAD" or "PAGE_LIKES") => ["page_id"],
            (_, "APP_INSTALLS") => ["application_id", "object_store_url"],
            ("OUTCOME_APP_PROMOTION", _) => ["application_id", "object_store_url"],
            (_, "OFFSITE_CONVERSIONS" or "VALUE") => promoted?["product_set_id"] is not null || promoted?["custom_conversion_id"] is not null ? [] : ["pixel_id", "custom_event_type"],
            ("OUTCOME_AWARENESS", "REACH" or "AD_RECALL_LIFT") => ["page_id"],
            _ => [],
        };
        foreach (var name in needed)
            if (string.IsNullOrEmpty(promoted?[name]?.ToString()))
                return MetaError.ForPerson(1815430, "Promoted object is missing", $"The performance goal {goal} needs promoted_object.{name}.", "promoted_object");
        if (promoted?["pixel_id"]?.ToString() is { } pixel && context.Store.Find(MetaWorld.Pixel, pixel) is null)
            return MetaError.ForPerson(1487429, "Pixel not found", $"There is no pixel {pixel} that this ad account may use.", "promoted_object");
        if (promoted?["page_id"]?.ToString() is { } page && context.Store.Find(MetaWorld.Page, page) is null)
            return MetaError.ForPerson(1487194, "Page not found", $"There is no Page {page} that you may advertise for.", "promoted_object");
        if (promoted?["application_id"]?.ToString() is { } application)
        {
            if (context.AppsOf(account).FirstOrDefault(a => a.Id == application) is not { } app)
                return MetaError.ForPerson(1885183, "App not found", $"There is no app {application} that this ad account may promote.", "promoted_object");
            var stores = app.Body["object_store_urls"]!.AsObject();
            if (stores.All(s => s.Value!.ToString() != promoted["object_store_url"]?.ToString()))
                return MetaError.ForPerson(1885029, "Store address isn't valid", "The object_store_url is none of the app's stores.", "promoted_object");
            var system = stores.First(s => s.Value!.ToString() == promoted["object_store_url"]!.ToString()).Key == "google_play" ? "Android" : "iOS";
            if ((body["targeting"]?["user_os"] as JsonArray)?.All(o => o!.ToString().StartsWith(system, StringComparison.Ordinal)) is not true)
                return MetaError.ForPerson(1885030, "The system doesn't fit the store", $"An ad set for this store has to target user_os {system}.", "targeting");
        }
        if (promoted is not null && CheckShop(promoted, account) is { } shop) return shop;
        var destination = body["destination_type"]?.ToString();
        if (destination is "MESSENGER" or "INSTAGRAM_DIRECT" && string.IsNullOrEmpty(promoted?["page_id"]?.ToString()))
            return MetaError.ForPerson(1815430, "Promoted object is missing", $"The destination {destination} needs promoted_object.page_id.", "promoted_object");
        if (destination == "APP" && string.IsNullOrEmpty(promoted?["application_id"]?.ToString()))
            return MetaError.ForPerson(1815430, "Promoted object is missing", "The destination APP needs promoted_object.application_id.", "promoted_object");
        if (goal == "LANDING_PAGE_VIEWS" && destination is not (null or "WEBSITE" or "UNDEFINED"))
            return MetaError.ForPerson(2490408, "The performance goal isn't available", $"Landing page views can't be had with the destination {destination}.", "optimization_goal");
        if (body["destination_type"]?.ToString() == "ON_AD" && goal is not ("LEAD_GENERATION" or "QUALITY_LEAD"))
            return MetaError.ForPerson(1885760, "The destination isn't available", $"Instant forms can't be used with the performance goal {goal}.", "destination_type");
        return promoted?["custom_event_type"]?.ToString() is { } counted && !MetaShapes.Values("custom_event_type").Contains(counted)
            ? MetaError.Invalid($"Param promoted_object[custom_event_type] must be one of {{{string.Join(", ", MetaShapes.Values("custom_event_type"))}}}", "promoted_object") : null;
    }

    /// <summary>Catalogues and custom conversions belong to an account.</summary>
    private MetaError? CheckShop(JsonObject promoted, SandboxObject account)
    {
        foreach (var (field, kind, name) in new[] { ("product_set_id", MetaWorld.ProductSet, "product set"), ("product_catalog_id", MetaWorld.Catalog, "catalog"), ("custom_conversion_id", MetaWorld.CustomConversion, "custom conversion") })
            if (promoted[field]?.ToString() is { } id && context.Store.Find(kind, id)?.AccountId != account.Id)
                return MetaError.ForPerson(1487429, $"The {name} wasn't found", $"There is no {name} {id} that this ad account may use.", "promoted_object");
        return null;
    }

    private Moment Moment(SandboxObject adSet, SandboxObject account)
    {
        var zone = context.Zone(account);
        return new Moment(context.Now)
        {
            Status = MetaStatus.Own(adSet),
            DailyBudget = MetaContext.BudgetMicros(adSet.Body, "daily_budget", account),
            LifetimeBudget = MetaContext.BudgetMicros(adSet.Body, "lifetime_budget", account),
            Start = MetaTime.Read(adSet.Body["start_time"]?.ToString(), zone),
            End = MetaTime.Read(adSet.Body["end_time"]?.ToString(), zone),
        };
    }
}
