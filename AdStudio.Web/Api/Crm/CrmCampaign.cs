using System.Text.Json.Serialization;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;

namespace AdStudio.Web.Api.Crm;

internal sealed record CrmBudget(string Type, decimal? Amount, string? Currency);

/// <param name="StartAt">With its offset an instant; without one the local time of the ad account, when the campaign names no zone.</param>
internal sealed record CrmSchedule(string? StartAt, string? EndAt, string? Timezone);

internal sealed record CrmTargeting(IReadOnlyList<string> Countries, int AgeMin, int AgeMax, IReadOnlyList<string> Genders);

/// <param name="Kind">"not_connected", "left_out", or what went wrong on the platform: "rate_limited", "rejected_by_policy", "invalid_request" …</param>
/// <param name="Message">The platform's own words where it gave any.</param>
internal sealed record CrmPlatformError(string Kind, string Message, string? Field);

/// <summary>How far the work on the platform is.</summary>
internal sealed record CrmSteps(int Done, int Total);

/// <param name="CampaignId">The campaign's id on the platform, once it exists there.</param>
/// <param name="AsOf">When the platform was last asked how it stands.</param>
internal sealed record CrmPlatformStatus(string Status, string? Message, CrmPlatformError? Error, string? CampaignId, Guid? AdAccountId, CrmMoney? Budget, CrmSteps? Steps, DateTime? AsOf)
{
    /// <summary>Of a campaign with country groups, each of which is a campaign of its own on the platform: how each stands, by its name. The platform itself then shows the one that most needs a look.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public Dictionary<string, CrmPlatformStatus>? Groups { get; init; }
}

/// <summary>A campaign as seed 000 says it.</summary>
/// <param name="AudienceIds">By your own ids where they have one.</param>
/// <param name="CreativeIds">By your own ids where they have one.</param>
/// <param name="PlatformStatus">How it stands on each platform. Look here after every launch.</param>
/// <param name="Notes">What was decided for you, such as which of several ad accounts pays.</param>
/// <param name="Version">Send it back with a change, and a change by somebody else in between is refused.</param>
internal sealed record CrmCampaign(
    Guid Id, int Number, string Name, string? Objective, IReadOnlyList<string> Platforms, CrmBudget Budget, IReadOnlyList<string> AudienceIds, IReadOnlyList<string> CreativeIds, CrmSchedule Schedule,
    CrmTargeting Targeting, IReadOnlyList<string> SpecialAdCategories, IReadOnlyList<string> SpecialAdCountry, string Status, Dictionary<string, CrmPlatformStatus> PlatformStatus, Guid WorkspaceId,
    DateTime? ScheduledFor, DateTime CreatedAt, DateTime UpdatedAt, DateTime? LaunchedAt, long Version, IReadOnlyList<string> Notes);

// What a program sends; read by CampaignInput, described here for the document.
internal sealed record CrmCampaignRequest(string Name, string Objective, IReadOnlyList<string> Platforms, CrmBudgetRequest Budget)
{
    public IReadOnlyList<string>? AudienceIds { get; init; }
    public IReadOnlyList<string>? CreativeIds { get; init; }
    public CrmSchedule? Schedule { get; init; }
    public CrmTargetingRequest? Targeting { get; init; }

    /// <summary>Which ad account pays on a platform, by our id or the platform's own: {"facebook": "act_123"}.</summary>
    public Dictionary<string, string>? Accounts { get; init; }
    public IReadOnlyList<string>? SpecialAdCategories { get; init; }
    public IReadOnlyList<string>? SpecialAdCountry { get; init; }
    public Guid? WorkspaceId { get; init; }
}

/// <summary>What is left out stays as it is.</summary>
internal sealed record CrmCampaignChange
{
    public string? Name { get; init; }
    public string? Objective { get; init; }
    public IReadOnlyList<string>? Platforms { get; init; }
    public CrmBudgetRequest? Budget { get; init; }
    public IReadOnlyList<string>? AudienceIds { get; init; }
    public IReadOnlyList<string>? CreativeIds { get; init; }
    public CrmSchedule? Schedule { get; init; }
    public CrmTargetingRequest? Targeting { get; init; }
    public Dictionary<string, string>? Accounts { get; init; }
    public IReadOnlyList<string>? SpecialAdCategories { get; init; }
    public IReadOnlyList<string>? SpecialAdCountry { get; init; }

    /// <summary>The version that you have read; a change by somebody else since then answers 409.</summary>
    public long? Version { get; init; }
}

internal sealed record CrmBudgetRequest(string Type, decimal Amount, string Currency);

internal sealed record CrmTargetingRequest
{
    public IReadOnlyList<string>? Countries { get; init; }
    public int? AgeMin { get; init; }
    public int? AgeMax { get; init; }
    public IReadOnlyList<string>? Genders { get; init; }
}

internal sealed record CrmScheduleRequest
{
    public string? StartAt { get; init; }
    public string? Timezone { get; init; }
}

internal sealed record CrmBulkRequest(IReadOnlyList<string> CampaignIds);

/// <param name="Status">The campaign's status; null when there is no such campaign.</param>
/// <param name="Error">Why it was not started; null when it was.</param>
internal sealed record CrmBulkItem(string CampaignId, bool Success, CrmBulkError? Error);
internal sealed record CrmBulkError(string Code, string Message, IReadOnlyList<CrmErrorDetail> Details);
internal sealed record CrmBulkResult(IReadOnlyList<CrmBulkItem> Data, int Succeeded, int Failed);
