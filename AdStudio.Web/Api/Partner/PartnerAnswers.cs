using System.ComponentModel;
using System.Text.Json;

namespace AdStudio.Web.Api.Partner;

internal sealed record PartnerAuthority(string Creative, string Tactical, string Structural);

/// <summary>Work was accepted; its job says what becomes of it.</summary>
internal sealed record PartnerAccepted
{
    [Description("Follow it at `locationUrl`.")] public required string JobId { get; init; }
    [Description("Allocated at once; the platform's own id follows.")] public required string CampaignId { get; init; }
    [Description("The authority decision; quote it to support. Null when nothing had to be sent.")] public required string? VerdictId { get; init; }
    [Description("ads_create_campaign, ads_update_budget, ads_update_targeting, ads_update_schedule, ads_update_bid_strategy or ads_update_status.")] public required string Kind { get; init; }
    [Description("running, completed, failed or cancelled.")] public required string Status { get; init; }
    public required string Platform { get; init; }
    [Description("The campaign's own: off, draft or auto. The project's may be tighter.")] public required PartnerAuthority Authority { get; init; }
    [Description("The job's address.")] public required string LocationUrl { get; init; }
}

internal sealed record PartnerJobAnswer
{
    public required string JobId { get; init; }
    [Description("What is done: ads_create_campaign and so on.")] public required string Kind { get; init; }
    [Description("running, completed, failed or cancelled. A failed job may run again when somebody tries its work again.")] public required string Status { get; init; }
    [Description("preparing, awaiting_approval, queued, working, waiting_for_platform, rolling_back, done, failed, declined, expired, superseded, cancelled, rolled_back.")] public required string Stage { get; init; }
    public required PartnerProgress Progress { get; init; }
    public required string Platform { get; init; }
    public required string CampaignId { get; init; }
    public required string ProjectId { get; init; }
    public required string? VerdictId { get; init; }
    [Description("What came of it; null as long as nothing stands on the platform.")] public required PartnerResult? Result { get; init; }
    [Description("Why it failed, was called off, or waits; null when nothing is wrong.")] public required PartnerJobError? Error { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; init; }
    public required DateTime? FinishedAt { get; init; }
    public required string LocationUrl { get; init; }
}

/// <param name="Done">Steps on the platform that are done.</param>
internal sealed record PartnerProgress(int Done, int Total);

/// <param name="PlatformCampaignId">The platform's id of the campaign.</param>
/// <param name="PlatformStatus">How it stands there: launching, IN_REVIEW, ACTIVE, PAUSED and so on.</param>
internal sealed record PartnerResult(string? PlatformCampaignId, string? PlatformStatus);

/// <param name="Details">Every field that is named as wrong.</param>
internal sealed record PartnerJobError(string Code, string Message, PartnerJobErrorDetails Details);

internal sealed record PartnerJobErrorDetails(IReadOnlyList<PartnerFieldProblem> Fields);

internal sealed record PartnerCampaignAnswer
{
    public required string CampaignId { get; init; }
    [Description("The same row as a uuid.")] public required Guid Id { get; init; }
    public required string ProjectId { get; init; }
    public required string Platform { get; init; }
    public required string? AdAccountId { get; init; }
    public required string Name { get; init; }
    public required string? Outcome { get; init; }
    [Description("The campaign as a whole: draft, scheduled, launching, IN_REVIEW, SUBMITTED, ACTIVE, PAUSED, completed, failed or rejected.")] public required string Status { get; init; }
    [Description("How it stands on the platform; null while nothing was sent.")] public required string? PlatformStatus { get; init; }
    [Description("The platform's own words, when it gave any.")] public required string? PlatformStatusDetail { get; init; }
    [Description("The platform's id, once the campaign stands there.")] public required string? PlatformCampaignId { get; init; }
    [Description("In the minor unit of `currency`.")] public required long? DailyBudgetCents { get; init; }
    [Description("In the minor unit of `currency`.")] public required long? LifetimeBudgetCents { get; init; }
    public required string? Currency { get; init; }
    public required DateTime? StartTime { get; init; }
    public required DateTime? EndTime { get; init; }
    public required PartnerBidStrategy? BidStrategy { get; init; }
    public required PartnerTargeting Targeting { get; init; }
    public required IReadOnlyList<string> CreativeIds { get; init; }
    [Description("Null for a campaign that leaves all to its project.")] public required PartnerAuthority? Authority { get; init; }
    [Description("As it was given; null when none was.")] public required JsonElement? Metadata { get; init; }
    [Description("The last twenty, newest first; null in lists.")] public required IReadOnlyList<PartnerJobAnswer>? Jobs { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; init; }
    public required DateTime? LaunchedAt { get; init; }
}

/// <param name="After">For the next page; null at the end.</param>
internal sealed record PartnerPaging(int Limit, string? After, bool HasMore);

internal sealed record PartnerCampaignList(IReadOnlyList<PartnerCampaignAnswer> Data, PartnerPaging Paging);

internal sealed record PartnerProject(string ProjectId, Guid Id, string Name, string EnterpriseId, DateTime CreatedAt, DateTime UpdatedAt);

internal sealed record PartnerProjectList(IReadOnlyList<PartnerProject> Data);

/// <param name="Status">active, in_grace_period, pending_review, unsettled, disabled, closed or unknown: as the platform has it.</param>
/// <param name="Connected">Whether the platform accepts our access.</param>
internal sealed record PartnerAdAccount(string AdAccountId, Guid Id, string Platform, string PlatformAccountId, string Name, string Currency, string TimeZone, string Status, bool Connected, bool CanLaunch);

internal sealed record PartnerAdAccountList(IReadOnlyList<PartnerAdAccount> Data);
