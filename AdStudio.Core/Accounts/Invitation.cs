using AdStudio.Core.Common;
using AdStudio.Core.Data;

namespace AdStudio.Core.Accounts;

/// <summary>An e-mailed invitation into a team. The link carries a secret of which only the hash is kept.</summary>
public sealed class Invitation : IOrganizationRow, IAuditedRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid TeamId { get; set; }
    public Team Team { get; set; } = null!;
    public string Email { get; set; } = "";
    public TeamRole TeamRole { get; set; }
    public OrganizationRole Role { get; set; }
    [NotAudited] public string TokenHash { get; set; } = "";
    public Guid InvitedById { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? AcceptedAt { get; set; }
    public DateTimeOffset? WithdrawnAt { get; set; }

    string IAuditedRow.AuditName => Email;
}
