using AdStudio.Core.Common;
using AdStudio.Core.Data;

namespace AdStudio.Core.Accounts;

/// <summary>Of the whole deed: when it touches several axes the strictest rules, and each axis has a verdict.</summary>
public enum VerdictOutcome { Allowed, NeedsApproval, Denied }

/// <summary>An authority decision on one axis. Kept like the audit: it is never changed, but for what became of its approval.</summary>
public sealed class Verdict : IOrganizationRow
{
    public const string Prefix = "ver";

    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public AuthorityAxis Axis { get; set; }

    /// <summary>As it stood on the axis then.</summary>
    public AuthorityMode Mode { get; set; }
    public VerdictOutcome Outcome { get; set; }

    /// <summary>Why it came out otherwise than the mode says: "stopping is always allowed". Null when the mode alone decided.</summary>
    public string? Reason { get; set; }

    /// <summary>What was asked: "launch", "budget".</summary>
    public string Verb { get; set; } = "";
    public string Subject { get; set; } = "";
    public Guid SubjectId { get; set; }
    public string SubjectName { get; set; } = "";
    public Guid WorkspaceId { get; set; }
    public Guid? CampaignId { get; set; }

    /// <summary>The ad account concerned, where it is one alone.</summary>
    public Guid? AdAccountId { get; set; }
    public ActorKind AskedByKind { get; set; }
    public Guid AskedById { get; set; }
    public string AskedByName { get; set; } = "";
    public string AskedVia { get; set; } = "";
    public DateTimeOffset At { get; set; }

    /// <summary>The card on which a person decides; null when none is needed.</summary>
    public Guid? ApprovalId { get; set; }
    public ApprovalState? Decision { get; set; }
    public Guid? DecidedById { get; set; }
    public string? DecidedByName { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }

    public string PublicName => PublicId.Of(Prefix, Id);
}
