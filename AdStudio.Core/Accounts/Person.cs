using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.AspNetCore.Identity;

namespace AdStudio.Core.Accounts;

/// <summary>Somebody who works in one organization; signs in with e-mail and password, or is named by a partner's external user id.</summary>
public sealed class Person : IdentityUser<Guid>, IOrganizationRow, IAuditedRow, ISoftDeletedRow
{
    public Person() => Id = Guid.CreateVersion7();

    public Guid OrganizationId { get; set; }
    public string Name { get; set; } = "";
    public OrganizationRole Role { get; set; } = OrganizationRole.Member;

    /// <summary>The id by which a partner's product knows this person; unique in the organization.</summary>
    public string? ExternalUserId { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }

    string IAuditedRow.AuditName => Name.Length > 0 ? Name : Email ?? ExternalUserId ?? "";
}
