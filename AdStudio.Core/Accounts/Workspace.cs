using AdStudio.Core.Data;

namespace AdStudio.Core.Accounts;

/// <summary>A client or a brand of the organization. Holds teams, connections, campaigns.</summary>
public sealed class Workspace : IOrganizationRow, IVersionedRow, IAuditedRow, ISoftDeletedRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }

    /// <summary>Unique in the organization; API 003's brand id.</summary>
    public int Number { get; set; }
    public string Name { get; set; } = "";

    /// <summary>The caller's own id of it; unique in the organization among those not deleted.</summary>
    public string EnterpriseId { get; set; } = "";

    /// <summary>ISO 4217: what figures of several currencies are converted into; null shows them side by side.</summary>
    public string? ReportingCurrency { get; set; }

    /// <summary>How far changes on platforms go by themselves.</summary>
    public Authority Authority { get; set; } = Authority.Full;

    /// <summary>What programs keep with it as a brand, JSON without secrets, at most 64 KB; null for nothing.</summary>
    public string? Profile { get; set; }
    public Guid AdminId { get; set; }
    public Person Admin { get; set; } = null!;
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
    public long Version { get; set; }
    public List<Team> Teams { get; set; } = [];

    string IAuditedRow.AuditName => Name;
}
