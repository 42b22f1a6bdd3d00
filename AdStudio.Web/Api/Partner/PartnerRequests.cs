using System.ComponentModel;
using System.Text.Json.Nodes;

namespace AdStudio.Web.Api.Partner;

// What this surface takes, for its document; bodies are read by hand (PartnerInput).

internal sealed record PartnerCampaignRequest
{
    [Description("Our ad account, from GET …/ad-accounts: `aa_…` or its uuid.")] public required string AdAccountId { get; init; }
    [Description("1 to 128 characters. Shows up in the platform's ad manager.")] public required string Name { get; init; }
    [Description("conversions, traffic, app_installs, engagement or lead_generation.")] public required string Outcome { get; init; }
    [Description("A day's budget in the minor unit of the account's currency: 5000 is $50.00, or ¥5000, or KWD 5.000. Either this or `lifetimeBudgetCents`.")] public long? DailyBudgetCents { get; init; }
    [Description("The whole run's budget in the minor unit; needs `endTime`.")] public long? LifetimeBudgetCents { get; init; }
    [Description("manual, draft or autopilot: sets the tactical and structural authority of the campaign.")] public required string CampaignManagementMode { get; init; }
    [Description("manual, draft or autopilot: sets the creative authority.")] public required string CreativeMode { get; init; }
    [Description("ISO 8601 with its offset. Without it: now.")] public string? StartTime { get; init; }
    [Description("ISO 8601 with its offset. Needed with a lifetime budget.")] public string? EndTime { get; init; }
    [Description("Without it each platform does what is best there.")] public PartnerBidStrategy? BidStrategy { get; init; }
    [Description("Without it: the account's country, 18 to 65 and older, all genders.")] public PartnerTargeting? Targeting { get; init; }
    [Description("Creatives of the project, by our id or your own. Without them: the up to three newest that the platform can show. When there is none, the job fails and says so.")] public IReadOnlyList<string>? CreativeIds { get; init; }
    [Description("Your own JSON object, up to 8 KB. Comes back when the campaign is read.")] public JsonObject? Metadata { get; init; }
}

internal sealed record PartnerBidStrategy
{
    [Description("lowest_cost, cost_cap, bid_cap or target_roas; which of them a platform takes is said when it takes another.")] public required string Type { get; init; }
    [Description("Of a cap, in the minor unit.")] public long? AmountCents { get; init; }
    [Description("Of target_roas: 2.5 is two and a half units of value for each one spent.")] public decimal? Roas { get; init; }
}

internal sealed record PartnerTargeting
{
    [Description("ISO codes of two letters; in answers empty for the account's own country.")] public IReadOnlyList<string>? Countries { get; init; }
    [Description("13 to 65.")] public int? AgeMin { get; init; }
    [Description("13 to 65; 65 is 65 and older.")] public int? AgeMax { get; init; }
    [Description("women, men; empty for all.")] public IReadOnlyList<string>? Genders { get; init; }
}

internal sealed record PartnerBudgetChange
{
    [Description("In the minor unit. The kind of budget stays as it was created.")] public long? DailyBudgetCents { get; init; }
    [Description("In the minor unit.")] public long? LifetimeBudgetCents { get; init; }
}

internal sealed record PartnerScheduleChange
{
    [Description("ISO 8601 with its offset; what is left out stays.")] public string? StartTime { get; init; }
    [Description("ISO 8601 with its offset; what is left out stays.")] public string? EndTime { get; init; }
}

internal sealed record PartnerStatusChange
{
    [Description("ACTIVE or PAUSED.")] public required string Status { get; init; }
}
