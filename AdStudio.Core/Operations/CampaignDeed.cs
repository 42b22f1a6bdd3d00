using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Operations;

/// <summary>What can be done to a campaign on its platforms, as verdicts and approvals name it.</summary>
public static class CampaignVerbs
{
    public const string Launch = "launch", Schedule = "schedule", Retry = "retry", RollBack = "roll back", Pause = "pause", Resume = "resume", Budget = "change budget", Edit = "edit";

    internal static readonly string[] Starting = [Launch, Schedule, Retry], Switching = [Pause, Resume], Changing = [Budget, Edit];
    public static readonly IReadOnlyList<string> All = [.. Starting, RollBack, .. Switching, .. Changing];
}

/// <summary>All that carrying out a campaign's deed later needs; of each verb its own part.</summary>
public sealed record CampaignIntent(Guid CampaignId)
{
    public Platform? Platform { get; init; }

    /// <summary>Of a platform's campaigns the one of this country group; null is the one that has none.</summary>
    public string? Group { get; init; }

    /// <summary>Micros of <see cref="Currency"/>.</summary>
    public long? AmountMicros { get; init; }
    public string? Currency { get; init; }
    public string? Name { get; init; }
    public CampaignSpec? Spec { get; init; }
    public DateTimeOffset? StartAt { get; init; }
    public LaunchOptions? Options { get; init; }
}

/// <summary>What a campaign's action is about to do, before its works are planned into it.</summary>
internal sealed record CampaignDeed(string Verb, string Title, CampaignIntent Intent, params IReadOnlyList<AuthorityAxis> Axes)
{
    /// <summary>In words, where the works do not say it.</summary>
    public IReadOnlyList<PlanChange> Changes { get; init; } = [];

    /// <summary>What would not be sent and why.</summary>
    public IReadOnlyList<PlatformOutcome> Outcomes { get; init; } = [];
    public IReadOnlyList<string> Supersedes { get; init; } = [];
    public bool Stops { get; init; }
    public Guid? AllowedBefore { get; init; }

    /// <summary>It belongs to the campaign's creation: a campaign that is created switched off still starts by its workspace's authority.</summary>
    public bool WithCreation { get; init; }

    public Deed Of(Campaign campaign, IReadOnlyList<Guid> accounts, Func<CancellationToken, Task<ApprovalPlan>> plan) => new()
    {
        Verb = Verb, Title = Title, Axes = Axes, Subject = nameof(Campaign), SubjectId = campaign.Id, SubjectName = campaign.Name, WorkspaceId = campaign.WorkspaceId, CampaignId = campaign.Id,
        Narrowing = WithCreation && campaign.Authority is { Structural: AuthorityMode.Off } own ? own with { Structural = AuthorityMode.Auto } : campaign.Authority,
        Accounts = accounts, Intent = Intent, Plan = plan, Supersedes = Supersedes, Stops = Stops, AllowedBefore = AllowedBefore,
    };

    public static CampaignDeed Launch(Campaign campaign, LaunchOptions options) =>
        new(CampaignVerbs.Launch, $"Launch “{campaign.Name}”", new(campaign.Id) { Options = options }, AuthorityAxis.Structural) { Supersedes = CampaignVerbs.Starting, WithCreation = options.WithCreation };

    public static CampaignDeed Schedule(Campaign campaign, DateTimeOffset at) =>
        new(CampaignVerbs.Schedule, $"Let “{campaign.Name}” start by itself at {SpecWords.When(at.UtcDateTime)} UTC", new(campaign.Id) { StartAt = at }, AuthorityAxis.Structural) { Supersedes = CampaignVerbs.Starting };

    /// <summary>Trying again is of the kind that failed.</summary>
    public static CampaignDeed Retry(Campaign campaign, PlatformCampaign there, OperationKind kind)
    {
        IReadOnlyList<AuthorityAxis> axes = kind switch
        {
            OperationKind.Launch or OperationKind.RollBack => [AuthorityAxis.Structural],
            OperationKind.Edit => [AuthorityAxis.Tactical, AuthorityAxis.Creative],
            _ => [AuthorityAxis.Tactical],
        };
        return new(CampaignVerbs.Retry, $"Try “{campaign.Name}” again on {Place(there)}", new(campaign.Id) { Platform = there.Platform, Group = there.GroupName }, axes) { Stops = kind == OperationKind.Pause };
    }

    public static CampaignDeed RollBack(Campaign campaign, PlatformCampaign there) =>
        new(CampaignVerbs.RollBack, $"Remove “{campaign.Name}” from {Place(there)}", new(campaign.Id) { Platform = there.Platform, Group = there.GroupName }, AuthorityAxis.Structural) { Supersedes = [.. CampaignVerbs.Starting, .. CampaignVerbs.Switching, .. CampaignVerbs.Changing] };

    public static CampaignDeed Pause(Campaign campaign) =>
        new(CampaignVerbs.Pause, $"Pause “{campaign.Name}”", new(campaign.Id), AuthorityAxis.Tactical) { Supersedes = CampaignVerbs.Switching, Stops = true };

    public static CampaignDeed Resume(Campaign campaign) =>
        new(CampaignVerbs.Resume, $"Resume “{campaign.Name}”", new(campaign.Id), AuthorityAxis.Tactical) { Supersedes = CampaignVerbs.Switching };

    public static CampaignDeed Budget(Campaign campaign, Money amount, Platform? only) =>
        new(CampaignVerbs.Budget, $"Change the budget of “{campaign.Name}”{(only is { } p ? $" on {p.Label()}" : "")} to {amount}", new(campaign.Id) { AmountMicros = amount.Micros, Currency = amount.Currency, Platform = only }, AuthorityAxis.Tactical)
        { Supersedes = CampaignVerbs.Changing };

    /// <summary>Creatives are creative; name, budget, dates and targeting are tactical.</summary>
    public static CampaignDeed Edit(Campaign campaign, SentCampaign after, IEnumerable<EditKind> kinds) =>
        new(CampaignVerbs.Edit, $"Change “{campaign.Name}”", new(campaign.Id) { Name = after.Name, Spec = after.Spec }, [.. kinds.Select(k => k == EditKind.Creatives ? AuthorityAxis.Creative : AuthorityAxis.Tactical).Distinct().Order()])
        {
            Supersedes = CampaignVerbs.Changing,
            Changes = [.. SpecMerge.Compare((campaign.Name, campaign.Spec), (campaign.Name, campaign.Spec), (after.Name, after.Spec)).Select(d => new PlanChange(d.Title, d.Theirs, d.Yours))],
        };

    internal static string Place(PlatformCampaign there) => there.Platform.Label() + (there.GroupName is { Length: > 0 } group ? $" ({group})" : "");
}
