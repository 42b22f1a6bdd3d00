using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Operations;

public enum OperationKind { Launch, Pause, Resume, RollBack, ChangeBudget }

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
    public ActorKind RequestedByKind { get; set; }
    public Guid RequestedById { get; set; }
    public string RequestedByName { get; set; } = "";
    public string RequestedVia { get; set; } = "";

    /// <summary>Who holds the lease, and until when (UTC).</summary>
    public string? LeaseOwner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>Earliest next try (UTC).</summary>
    public DateTimeOffset NotBefore { get; set; }
    public int Attempts { get; set; }
    public PlatformFailureKind? FailureKind { get; set; }
    public string? FailureText { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    public long Version { get; set; }
    public List<OperationStep> Steps { get; set; } = [];

    public bool IsFinished => Status is OperationStatus.Succeeded or OperationStatus.Failed or OperationStatus.Cancelled;
}

public enum StepStatus { Pending, Started, Done, Failed, Undone }

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
    public StepStatus Status { get; set; }

    /// <summary>The platform's id of what the step made or changed.</summary>
    public string? ExternalId { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    public string? FailureText { get; set; }
}
