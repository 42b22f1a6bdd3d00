using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Operations;

public enum OperationKind { Launch, Pause, Resume, RollBack, ChangeBudget, Edit }

/// <summary>Waiting: will be tried again at <see cref="Operation.NotBefore"/>. Failed: a person decides, by retry or roll-back.</summary>
public enum OperationStatus { Queued, Running, Waiting, Succeeded, Failed, Cancelled }

/// <summary>
/// Durable work on one platform. Before a step runs its intent is stored, after it the platform's id; a worker holds a lease, and when it dies
/// the next one takes up at the first step without a result, looking first for what may already be there.
/// </summary>
public sealed class Operation : IOrganizationRow, IVersionedRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }

    /// <summary>Operations that one request started (a launch on three platforms) share it.</summary>
    public Guid RequestId { get; set; }
    public OperationKind Kind { get; set; }
    public OperationStatus Status { get; set; }
    public Platform Platform { get; set; }
    public Guid CampaignId { get; set; }
    public Campaign Campaign { get; set; } = null!;
    public Guid PlatformCampaignId { get; set; }
    public PlatformCampaign PlatformCampaign { get; set; } = null!;

    /// <summary>The platform campaign's id while the operation is not finished, null afterwards; unique, so that two never work on one.</summary>
    public Guid? ActiveKey { get; set; }

    /// <summary>Stands in the names of all objects that this launch makes. The operations that later work on them carry the same.</summary>
    public string Marker { get; set; } = "";

    /// <summary>The platform campaign's new budget in micros of its account's currency; of a change of budget only.</summary>
    public long? BudgetMicros { get; set; }

    /// <summary>The campaign as it stands on the platform once this is done: of launches, edits and changes of budget.</summary>
    public SentCampaign? Sends { get; set; }

    /// <summary>By which it was allowed.</summary>
    public Guid? VerdictId { get; set; }
    public ActorKind RequestedByKind { get; set; }
    public Guid RequestedById { get; set; }
    public string RequestedByName { get; set; } = "";
    public string RequestedVia { get; set; } = "";

    /// <summary>Who holds the lease, and until when (UTC).</summary>
    public string? LeaseOwner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>Earliest next try (UTC).</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>Tries in a row that brought nothing; a step that is done sets it back to zero.</summary>
    public int Attempts { get; set; }
    public PlatformFailureKind? FailureKind { get; set; }
    public string? FailureText { get; set; }
    public string? FailureField { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When work on it began, or began anew after a person asked to try again.</summary>
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    public long Version { get; set; }
    public List<OperationStep> Steps { get; set; } = [];

    public bool IsFinished => Status is OperationStatus.Succeeded or OperationStatus.Failed or OperationStatus.Cancelled;

    /// <summary>The first step without a result; null when all is done.</summary>
    public OperationStep? NextStep => Steps.Where(s => s.Status is not (StepStatus.Done or StepStatus.Undone or StepStatus.Held)).MinBy(s => s.Ordinal);

    /// <summary>The platform's ids that steps brought so far, by the steps' keys.</summary>
    public IReadOnlyDictionary<string, string> Results =>
        Steps.Where(s => s is { Status: StepStatus.Done, ExternalId: not null }).ToDictionary(s => s.Key, s => s.ExternalId!);
}

/// <summary>Held: switches something on that was to stand paused after the launch; resuming does it.</summary>
public enum StepStatus { Pending, Started, Done, Failed, Undone, Held }

/// <summary>One object to create, or one change to make, on the platform.</summary>
public sealed class OperationStep : IOrganizationRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid OperationId { get; set; }
    public Operation Operation { get; set; } = null!;
    public int Ordinal { get; set; }

    /// <summary>Names the step within the operation ("adset", "ad:1"); later steps refer to its result by it.</summary>
    public string Key { get; set; } = "";
    public StepKind Kind { get; set; }

    /// <summary>For people: "Create the ad set".</summary>
    public string Title { get; set; } = "";

    /// <summary>Written into the object's name on the platform, so that it can be found again after a time-out.</summary>
    public string Marker { get; set; } = "";

    /// <summary>JSON: what the platform will receive, with "{{key}}" where an earlier step's id goes.</summary>
    public string Body { get; set; } = "{}";
    public Guid? CreativeId { get; set; }
    public Guid? AssetId { get; set; }
    public Guid? AudienceId { get; set; }
    public StepStatus Status { get; set; }

    /// <summary>The platform's id of what the step made or changed.</summary>
    public string? ExternalId { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    public string? FailureText { get; set; }
}
