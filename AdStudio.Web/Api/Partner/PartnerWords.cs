using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Partners;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Crm;

namespace AdStudio.Web.Api.Partner;

/// <summary>The words of seed 004.</summary>
internal static class PartnerWords
{
    public const string Project = "ws", AdAccount = "aa", Campaign = "cmp", Creative = "cre";

    public static IReadOnlyDictionary<string, Objective> Outcomes { get; } = new Dictionary<string, Objective>
    {
        ["conversions"] = Objective.Sales, ["traffic"] = Objective.Traffic, ["app_installs"] = Objective.AppInstalls, ["engagement"] = Objective.Engagement, ["lead_generation"] = Objective.Leads,
    };

    /// <summary>A mode sets whole axes: manual leaves all to people, draft asks them, autopilot goes by itself.</summary>
    public static IReadOnlyDictionary<string, AuthorityMode> Modes { get; } = new Dictionary<string, AuthorityMode> { ["manual"] = AuthorityMode.Off, ["draft"] = AuthorityMode.Draft, ["autopilot"] = AuthorityMode.Auto };

    public static IReadOnlyDictionary<string, BidKind> Bids { get; } = new Dictionary<string, BidKind>
    {
        ["lowest_cost"] = BidKind.LowestCost, ["cost_cap"] = BidKind.CostCap, ["bid_cap"] = BidKind.BidCap, ["target_roas"] = BidKind.TargetRoas,
    };

    public static IReadOnlyDictionary<string, bool> Switches { get; } = new Dictionary<string, bool> { ["active"] = true, ["paused"] = false };

    public static string OutcomeOf(Objective objective) => objective switch { Objective.Sales => "conversions", Objective.Leads => "lead_generation", _ => objective.Word() };

    public static string KindOf(PartnerJobKind kind) => kind switch
    {
        PartnerJobKind.CreateCampaign => "ads_create_campaign", PartnerJobKind.ChangeBudget => "ads_update_budget", PartnerJobKind.ChangeTargeting => "ads_update_targeting",
        PartnerJobKind.ChangeSchedule => "ads_update_schedule", PartnerJobKind.ChangeBidStrategy => "ads_update_bid_strategy", _ => "ads_update_status",
    };

    public static string Id(string prefix, Guid id) => PublicId.Of(prefix, id);

    /// <summary>The studio's own fields as this surface calls them.</summary>
    public static string FieldOf(string field) => field switch
    {
        "objective" => "outcome",
        "schedule.startAt" or "startAt" => "startTime",
        "schedule.endAt" => "endTime",
        "audience.places" or "targeting.places" => "targeting.countries",
        "audience.ages" => "targeting.ageMin",
        "bid.type" or "bid" => "bidStrategy.type",
        "bid.amount" => "bidStrategy.amountCents",
        "bid.roas" => "bidStrategy.roas",
        _ when field.StartsWith("audience.", StringComparison.Ordinal) => "targeting." + field["audience.".Length..],
        _ when field.Contains("budget", StringComparison.Ordinal) && field is not ("dailyBudgetCents" or "lifetimeBudgetCents") => "dailyBudgetCents",
        _ when field.StartsWith("platforms", StringComparison.Ordinal) => "adAccountId",
        _ => field,
    };
}
