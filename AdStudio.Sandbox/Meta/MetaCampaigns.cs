using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Meta;

/// <summary>Creates and changes campaigns.</summary>
public sealed class MetaCampaigns(MetaContext context)
{
    private static readonly string[] Objectives = ["OUTCOME_APP_PROMOTION", "OUTCOME_AWARENESS", "OUTCOME_ENGAGEMENT", "OUTCOME_LEADS", "OUTCOME_SALES", "OUTCOME_TRAFFIC"];

    public MetaReply Create(MetaCall call, SandboxObject account)
    {
        if (context.MayChange(call, account) is { } forbidden) return forbidden;
        if (MetaShapes.Check(call, "POST AdAccount campaigns") is { } misshapen) return misshapen;
        if (!call.Has("name")) return MetaError.Invalid("The parameter name is required.", "name");
        if (!call.Has("objective")) return MetaError.Invalid("The parameter objective is required.", "objective");
        if (!Objectives.Contains(call.Text("objective")))
            return MetaError.ForPerson(1815167, "Objective is invalid", $"Use one of the following objectives: {string.Join(", ", Objectives)}.", "objective");
        if (call.Text("name")!.Length > 400) return MetaError.ForPerson(1487056, "The name is too long", "A campaign's name can have up to 400 characters.", "name");
        if (call.Text("status") is "ARCHIVED" or "DELETED") return MetaError.Invalid("Only ACTIVE and PAUSED are valid during creation.", "status");

        var zone = context.Zone(account);
        var body = MetaShapes.Keep(call, "POST AdAccount campaigns", at => MetaTime.Write(at, zone), text => MetaTime.Read(text, zone));
        body["status"] ??= "ACTIVE";
        body["buying_type"] ??= "AUCTION";
        if (Check(body, account, null) is { } error) return error;
        if (!MetaBudget.HasOne(body) && call.Flag("is_adset_budget_sharing_enabled") is null)
            return MetaError.ForPerson(4834011, "Must specify True or False in is_adset_budget_sharing_enabled field", "A campaign whose ad sets hold the budgets has to say whether they may share some of it.", "is_adset_budget_sharing_enabled");
        if (MetaBudget.HasOne(body)) body["bid_strategy"] ??= "LOWEST_COST_WITHOUT_CAP";

        if (call.List("execution_options").Contains("validate_only")) return new JsonObject { ["success"] = true };
        var campaign = context.Create(MetaWorld.Campaign, account.Id, account.Id, body);
        campaign.Remember(Moment(campaign, account));
        context.Store.Put(campaign);
        return new JsonObject { ["id"] = campaign.Id };
    }

    public MetaReply Update(MetaCall call, SandboxObject old)
    {
        var account = context.AccountOf(old);
        if (context.MayChange(call, account) is { } forbidden) return forbidden;
        if (MetaShapes.Check(call, "POST Campaign") is { } misshapen) return misshapen;
        if (MetaStatus.Own(old) == "DELETED") return MetaError.ForPerson(1487056, "This campaign has been deleted", "A deleted campaign can't be changed.");
        if (call.Text("objective") is { } objective && objective != old.Body["objective"]!.GetValue<string>())
            return MetaError.ForPerson(1815001, "The objective can't be changed", "The objective of a campaign can't be changed after it was created.", "objective");

        var campaign = old.Clone();
        var zone = context.Zone(account);
        var given = MetaShapes.Keep(call, "POST Campaign", at => MetaTime.Write(at, zone), text => MetaTime.Read(text, zone));
        if (ReplaceBudget(campaign.Body, given) is { } switched) return switched;
        foreach (var (name, value) in given.ToList()) campaign.Body[name] = value?.DeepClone();
        if (Check(campaign.Body, account, old) is { } error) return error;
        if (call.List("execution_options").Contains("validate_only")) return new JsonObject { ["success"] = true };
        campaign.UpdatedAt = context.Now;
        campaign.Remember(Moment(campaign, account));
        context.Store.Put(campaign);
        return new JsonObject { ["success"] = true };
    }

    /// <summary>A new kind of budget takes the place of the old one only if the old one is set to nothing in the same call.</summary>
    internal static MetaError? ReplaceBudget(JsonObject body, JsonObject given)
    {
        foreach (var (one, other) in new[] { ("daily_budget", "lifetime_budget"), ("lifetime_budget", "daily_budget") })
            if (MetaBudget.Minor(given, one) > 0 && MetaBudget.Minor(body, other) > 0 && MetaBudget.Minor(given, other) is not 0)
                return MetaError.ForPerson(1885650, "The kind of budget can't be changed", "You can't switch between a daily and a lifetime budget.", one);
        return null;
    }

    private MetaError? Check(JsonObject body, SandboxObject account, SandboxObject? old)
    {
        var categories = body["special_ad_categories"] as JsonArray ?? [];
        var special = categories.Select(c => c!.ToString()).Where(c => c != "NONE").ToList();
        if (special.Count > 0 && body["special_ad_category_country"] is not JsonArray { Count: > 0 })
            return MetaError.ForPerson(1815676, "Special ad category country is required", "Name the countries in which your special ad category applies.", "special_ad_category_country");
        if (body["promoted_object"]?["product_catalog_id"]?.ToString() is { } catalog && context.Store.Find(MetaWorld.Catalog, catalog)?.AccountId != account.Id)
            return MetaError.ForPerson(1487429, "The catalog wasn't found", $"There is no catalog {catalog} that this ad account may use.", "promoted_object");
        if (body["buying_type"]?.ToString() is not ("AUCTION" or "RESERVED" or null)) return MetaError.Invalid("Param buying_type must be one of {AUCTION, RESERVED}", "buying_type");
        var zone = context.Zone(account);
        var (start, end) = (MetaTime.Read(body["start_time"]?.ToString(), zone), MetaTime.Read(body["stop_time"]?.ToString(), zone));
        if (MetaBudget.HasOne(body) && MetaBudget.Minor(body, "daily_budget") > 0 && MetaBudget.Check(body, account, start, end, context.Now) is { } budget) return budget;
        if (MetaBudget.Minor(body, "daily_budget") > 0 && MetaBudget.Minor(body, "lifetime_budget") > 0)
            return MetaError.ForPerson(1885621, "Only one budget can be set", "You can set either a daily budget or a lifetime budget, not both.", "daily_budget");
        if (body["bid_strategy"] is not null && !MetaBudget.HasOne(body) && old is null)
            return MetaError.ForPerson(1885737, "Bid strategy needs a campaign budget", "A campaign can have a bid strategy only when it has a budget. Set it on the ad sets.", "bid_strategy");
        return MetaBudget.CheckTimes(start, end, context.Now, old is null || body["stop_time"]?.ToString() != old.Body["stop_time"]?.ToString());
    }

    private Moment Moment(SandboxObject campaign, SandboxObject account)
    {
        var zone = context.Zone(account);
        return new Moment(context.Now)
        {
            Status = MetaStatus.Own(campaign),
            DailyBudget = MetaContext.BudgetMicros(campaign.Body, "daily_budget", account),
            LifetimeBudget = MetaContext.BudgetMicros(campaign.Body, "lifetime_budget", account),
            Start = MetaTime.Read(campaign.Body["start_time"]?.ToString(), zone),
            End = MetaTime.Read(campaign.Body["stop_time"]?.ToString(), zone),
        };
    }
}
