using AdStudio.Core.Common;
using AdStudio.Core.Data;

namespace AdStudio.Core.Accounts;

/// <summary>People of a workspace who share connections and ad accounts.</summary>
public sealed class Team : IOrganizationRow, IVersionedRow, IAuditedRow, ISoftDeletedRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid WorkspaceId { get; set; }
    public Workspace Workspace { get; set; } = null!;
    public string Name { get; set; } = "";

    /// <summary>Every workspace has one default team; connections go there unless another is named.</summary>
    public bool IsDefault { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
    public long Version { get; set; }
    public List<TeamMember> Members { get; set; } = [];

    string IAuditedRow.AuditName => Name;
}

public sealed class TeamMember : IOrganizationRow, IAuditedRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid TeamId { get; set; }
    public Team Team { get; set; } = null!;
    public Guid PersonId { get; set; }
    public Person Person { get; set; } = null!;
    public TeamRole Role { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>"Mia · Launch team".</summary>
    string IAuditedRow.AuditName => $"{Person?.CalledBy} · {Team?.Name}";
}
