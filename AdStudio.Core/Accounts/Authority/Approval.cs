using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace AdStudio.Core.Accounts;

/// <summary>Edited: accepted, but otherwise than it was asked. Superseded: something else was done meanwhile, so that it no longer fits.</summary>
public enum ApprovalState { Pending, Accepted, Declined, Edited, Expired, Superseded }

/// <summary>A change that waits for a person: what exactly would be sent, and what is needed to carry it out later.</summary>
public sealed class Approval : IOrganizationRow, IVersionedRow, IAuditedRow, ITellingRow
{
    public const string Prefix = "apr";

    /// <summary>Nobody decided so long: then it must be asked anew.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid WorkspaceId { get; set; }
    public Workspace Workspace { get; set; } = null!;
    public Guid? CampaignId { get; set; }

    /// <summary>The one in which everything was asked first; <see cref="Accounts.Verdict"/>s name the approval too.</summary>
    public Guid VerdictId { get; set; }

    /// <summary>The works that acceptance starts share it, so that who asked can follow them by it from the beginning.</summary>
    public Guid RequestId { get; set; } = Guid.CreateVersion7();
    public string Verb { get; set; } = "";
    public string Subject { get; set; } = "";
    public Guid SubjectId { get; set; }
    public string SubjectName { get; set; } = "";

    /// <summary>For people: "Launch “Spring sale”".</summary>
    public string Title { get; set; } = "";

    /// <summary>JSON by which the feature carries it out; its secrets are encrypted.</summary>
    [NotAudited] public string Intent { get; set; } = "{}";
    [NotAudited] public ApprovalPlan Plan { get; set; } = new();

    /// <summary>Of the plan as it is shown now, and as it was asked: only what was shown is sent.</summary>
    [NotAudited] public string Fingerprint { get; set; } = "";
    [NotAudited] public string AskedFingerprint { get; set; } = "";

    /// <summary>Subject, verb and plan while it is pending, null afterwards; unique, so that asking twice makes one card.</summary>
    [NotAudited] public string? PendingKey { get; set; }
    public ApprovalState State { get; set; }
    public ActorKind AskedByKind { get; set; }
    public Guid AskedById { get; set; }
    public string AskedByName { get; set; } = "";
    public string AskedVia { get; set; } = "";
    public DateTimeOffset AskedAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public Guid? DecidedById { get; set; }
    public string? DecidedByName { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Why it was declined, or what superseded it.</summary>
    public string? Reason { get; set; }
    public long Version { get; set; }

    /// <summary>The ad accounts concerned; who decides manages all of them.</summary>
    public List<ApprovalAccount> Accounts { get; set; } = [];

    string IAuditedRow.AuditName => Title;

    IEnumerable<StudioEvent> ITellingRow.Tell(EntityEntry entry) => entry.State != EntityState.Added ? [] :
    [
        StudioEvent.Of(EventNames.ApprovalNeeded, OrganizationId, WorkspaceId, Id, new
        {
            ApprovalId = PublicId.Of(Prefix, Id), VerdictId = PublicId.Of(Verdict.Prefix, VerdictId), CampaignId = CampaignId is { } campaign ? PublicId.Of("cmp", campaign) : null,
            Title, Verb, AskedBy = AskedByName, AskedVia, AskedAt, ExpiresAt,
        }, Accounts is [var only] ? only.AdAccountId : null),
    ];

    /// <summary>Ends it; a decided one is never decided again.</summary>
    internal void Close(ApprovalState state, Guid? byId, string? byName, string? reason, DateTimeOffset at)
    {
        if (State != ApprovalState.Pending) throw new InvalidOperationException($"The approval is {State} already.");
        (State, PendingKey, DecidedById, DecidedByName, DecidedAt, Reason) = (state, null, byId, byName, at, reason);
    }
}

public sealed class ApprovalAccount : IOrganizationRow
{
    public Guid OrganizationId { get; set; }
    public Guid ApprovalId { get; set; }
    public Guid AdAccountId { get; set; }
}

/// <summary>What would be sent, as people read it and as the platforms would receive it.</summary>
public sealed record ApprovalPlan
{
    /// <summary>Before and after, in words, with currencies.</summary>
    public IReadOnlyList<PlanChange> Changes { get; init; } = [];
    public IReadOnlyList<PlanPlatform> Platforms { get; init; } = [];
}

/// <param name="Before">Null when there was nothing.</param>
public sealed record PlanChange(string What, string? Before, string After);

/// <param name="WhyNot">Why nothing would be sent there; null when something is.</param>
public sealed record PlanPlatform(Platforms.Platform Platform, string? Account, IReadOnlyList<PlanRequest> Requests, IReadOnlyList<string> Notes, string? WhyNot = null)
{
    /// <summary>The country group whose campaign it is, where a platform has several.</summary>
    public string? Group { get; init; }
}

/// <param name="Fields">In the platform's own names and units.</param>
public sealed record PlanRequest(string Title, IReadOnlyList<PlanField> Fields);

public sealed record PlanField(string Name, string Value);
