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

    /// <summary>A CRM audience, or the ad audience that a lookalike resembles.</summary>
    public string? SourceAudienceId { get; set; }

    /// <summary>JSON: by type, the targeting of a saved audience, a retargeting rule, a lookalike's country and share.</summary>
    public string? Definition { get; set; }

    /// <summary>Of a customer-match list; the members themselves are <see cref="AudienceMember"/>s.</summary>
    public int MemberCount { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
    public long Version { get; set; }

    string IAuditedRow.AuditName => Name;
}

/// <summary>A member of a customer-match list, as hashes only: SHA-256, lower-case hex, of the normalised address and phone number.</summary>
public sealed class AudienceMember : IOrganizationRow
{
    public long Id { get; set; }
    public Guid OrganizationId { get; set; }
    public Guid AudienceId { get; set; }
    public AdAudience Audience { get; set; } = null!;
    public string? EmailSha256 { get; set; }

    /// <summary>Of the number in E.164 with its plus sign (Google), and of its digits alone (Meta).</summary>
    public string? PhoneSha256 { get; set; }
    public string? PhoneDigitsSha256 { get; set; }
}

/// <summary>An audience as it stands in one ad account.</summary>
public sealed class PlatformAudience : IOrganizationRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid AudienceId { get; set; }
    public AdAudience Audience { get; set; } = null!;
    public Guid AdAccountId { get; set; }
    public string ExternalId { get; set; } = "";
    public int Uploaded { get; set; }
    public DateTimeOffset SyncedAt { get; set; }
}
