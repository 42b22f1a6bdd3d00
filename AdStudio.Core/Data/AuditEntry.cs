using AdStudio.Core.Common;

namespace AdStudio.Core.Data;

/// <summary>One change of one row: who, when, through what, before and after. Written in the same transaction as the change.</summary>
public sealed class AuditEntry : IOrganizationRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public DateTimeOffset At { get; set; }
    public ActorKind ActorKind { get; set; }
    public Guid ActorId { get; set; }
    public string ActorName { get; set; } = "";
    public string Via { get; set; } = "";

    /// <summary>"Campaign", "Team": the entity's name.</summary>
    public string Subject { get; set; } = "";
    public Guid SubjectId { get; set; }
    public string SubjectName { get; set; } = "";

    /// <summary>Where the row hangs, so that the audit can be narrowed to what a viewer may see.</summary>
    public Guid? WorkspaceId { get; set; }
    public Guid? AdAccountId { get; set; }

    /// <summary>"created", "changed", "deleted", or a verb of the action's own ("launched").</summary>
    public string Verb { get; set; } = "";

    /// <summary>JSON object of the changed fields as they were; null for a new row.</summary>
    public string? Before { get; set; }

    /// <summary>JSON object of the changed fields as they became; null for a deleted row.</summary>
    public string? After { get; set; }
}
