using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.LeadForms;

/// <summary>Publishing: being made on the platform. Once it stands there it is not changed any more, only put away.</summary>
public enum LeadFormStatus { Draft, Publishing, Active, Archived }

/// <summary>A form that opens from an ad, on a page of an ad account's connection.</summary>
public sealed class LeadForm : IOrganizationRow, IVersionedRow, IAuditedRow, ISoftDeletedRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid WorkspaceId { get; set; }

    /// <summary>By whose connection the page is reached; who may read this account sees the form and its leads.</summary>
    public Guid AdAccountId { get; set; }
    public AdAccount AdAccount { get; set; } = null!;
    public Platform Platform { get; set; }
    public string PageId { get; set; } = "";
    public string PageName { get; set; } = "";
    public string Name { get; set; } = "";
    public LeadFormContent Content { get; set; } = new();
    public LeadFormStatus Status { get; set; }

    /// <summary>The platform's id, once it stands there.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Stands in the form's name on the platform, so that it is found again after a lost answer.</summary>
    [NotAudited] public string Marker { get; set; } = "";

    /// <summary>Made on the platform by somebody else and taken over: its questions are not known here.</summary>
    public bool IsImported { get; set; }

    /// <summary>Why it could not be made: the platform's words.</summary>
    public string? FailureText { get; set; }
    public string CreatedByName { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>When its leads were last asked for (UTC), and why that failed, if it did.</summary>
    [NotAudited] public DateTimeOffset? LeadsReadAt { get; set; }
    [NotAudited] public string? ReadFailure { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
    public long Version { get; set; }

    string IAuditedRow.AuditName => Name;
}
