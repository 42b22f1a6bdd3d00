using AdStudio.Core.Data;

namespace AdStudio.Core.Accounts;

/// <summary>The tenant: an agency or a company with its people, keys and workspaces.</summary>
public sealed class Organization : IAuditedRow, IVersionedRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public string Name { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
    public bool IsDemo { get; set; }

    /// <summary>Hosts to which a partner's redirect may lead, lower case.</summary>
    public List<string> AllowedRedirectHosts { get; set; } = [];

    /// <summary>The last integer numbers handed out (API 003 names workspaces and campaigns by them).</summary>
    [NotAudited] public int LastWorkspaceNumber { get; set; }
    [NotAudited] public int LastCampaignNumber { get; set; }
    public long Version { get; set; }

    string IAuditedRow.AuditName => Name;
}
