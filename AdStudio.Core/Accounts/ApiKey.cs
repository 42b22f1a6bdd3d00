using AdStudio.Core.Data;

namespace AdStudio.Core.Accounts;

/// <summary>What a key is for: real work, or trying out. A sandbox key never reaches a real platform.</summary>
public enum KeyEnvironment { Live, Sandbox }

/// <summary>A key by which a program calls the APIs. Shown once; only its SHA-256 is kept.</summary>
public sealed class ApiKey : IOrganizationRow, IAuditedRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public string Name { get; set; } = "";

    /// <summary>The first characters, by which people recognise it.</summary>
    public string Start { get; set; } = "";

    /// <summary>Upper-case hex SHA-256 of the whole key.</summary>
    [NotAudited] public string Hash { get; set; } = "";

    /// <summary>"*" is every scope.</summary>
    public List<string> Scopes { get; set; } = [];
    public KeyEnvironment Environment { get; set; }

    /// <summary>The key in whose place this one came; both count for a while.</summary>
    public Guid? RotatedFromId { get; set; }
    public Guid? CreatedById { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? ExpiresAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
    [NotAudited] public DateTimeOffset? LastUsedAt { get; set; }

    string IAuditedRow.AuditName => Name;
}

/// <summary>A refresh token of API 002. Using it turns it into its successor; using it twice revokes its whole family.</summary>
public sealed class RefreshToken : IOrganizationRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid PersonId { get; set; }
    public Person Person { get; set; } = null!;
    public Guid ApiKeyId { get; set; }
    public Guid FamilyId { get; set; }
    public string Hash { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? UsedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}
