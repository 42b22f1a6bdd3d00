using AdStudio.Core.Accounts;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Audiences;

/// <summary>What an ad platform sees: a list, a pixel rule, a lookalike, or saved targeting. Not a CRM audience.</summary>
public sealed class AdAudience : IOrganizationRow, IVersionedRow, IAuditedRow, ISoftDeletedRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid WorkspaceId { get; set; }
    public Workspace Workspace { get; set; } = null!;

    /// <summary>The caller's own id ("aud-vip"); unique in the workspace among those not deleted.</summary>
    public string? ExternalKey { get; set; }
    public string Name { get; set; } = "";
    public string Description { get; set; } = "";
    public AudienceType Type { get; set; }

    /// <summary>What its platform calls its kind ("WEBSITE"), of one that stood there before.</summary>
    public string? OwnType { get; set; }

    /// <summary>A CRM audience, or the ad audience that a lookalike resembles.</summary>
    public string? SourceAudienceId { get; set; }

    /// <summary>JSON: by type, the targeting of a saved audience, a retargeting rule, a lookalike's country and share.</summary>
    public string? Definition { get; set; }

    /// <summary>Of a customer-match list: how many may be sent. The members themselves are <see cref="AudienceMember"/>s.</summary>
    public int MemberCount { get; set; }

    /// <summary>The number of the last change of its members; a copy that has come so far is in step.</summary>
    [NotAudited] public long LastChange { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
    public long Version { get; set; }

    string IAuditedRow.AuditName => Name;
}
