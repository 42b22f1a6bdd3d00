using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace AdStudio.Core.Connections;

public enum ConnectionHealth { Good, Expiring, Expired, MissingPermission, Disconnected }

/// <summary>The consent that somebody gave to reach a platform, with its tokens. Tokens are encrypted and never leave the server.</summary>
public sealed class Connection : IOrganizationRow, IVersionedRow, IAuditedRow, ISoftDeletedRow, ITellingRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid WorkspaceId { get; set; }
    public Workspace Workspace { get; set; } = null!;
    public Guid TeamId { get; set; }
    public Team Team { get; set; } = null!;
    public Platform Platform { get; set; }

    /// <summary>Whose consent it is, as the platform names them.</summary>
    public string OwnerName { get; set; } = "";
    public string OwnerExternalId { get; set; } = "";

    /// <summary>Encrypted by <c>Secrets</c>.</summary>
    [NotAudited] public string AccessToken { get; set; } = "";
    [NotAudited] public string? RefreshToken { get; set; }
    [NotAudited] public DateTimeOffset? AccessTokenExpiresAt { get; set; }

    /// <summary>While one node renews the tokens the others wait (UTC); after a failed try, when to try again.</summary>
    [NotAudited] public DateTimeOffset? RenewingUntil { get; set; }

    /// <summary>Permissions the platform says were granted, and those we need that were not.</summary>
    public List<string> GrantedScopes { get; set; } = [];
    public List<string> MissingScopes { get; set; } = [];
    public ConnectionHealth Health { get; set; }

    /// <summary>What is wrong, in words with what to do; null when nothing is.</summary>
    public string? HealthDetail { get; set; }
    [NotAudited] public DateTimeOffset? HealthCheckedAt { get; set; }

    /// <summary>Code of the trouble that was last told of; null while none is.</summary>
    [NotAudited] public string? ToldTrouble { get; set; }
    public Guid ConnectedById { get; set; }
    public DateTimeOffset ConnectedAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
    [NotAudited] public long Version { get; set; }
    public List<AdAccount> AdAccounts { get; set; } = [];

    string IAuditedRow.AuditName => $"{Platform} of {OwnerName}";

    /// <summary>Told once when it turns bad, not again while it stays so; and once when it is good again.</summary>
    IEnumerable<StudioEvent> ITellingRow.Tell(EntityEntry entry)
    {
        if (entry.State is not (EntityState.Added or EntityState.Modified)) yield break;
        var (good, was) = (Works(Health), entry.State == EntityState.Added || Works((ConnectionHealth)entry.Property(nameof(Health)).OriginalValue!));
        if (good == was) yield break;
        yield return StudioEvent.Of(good ? EventNames.ConnectionHealthy : EventNames.ConnectionUnhealthy, OrganizationId, WorkspaceId, Id, new { connectionId = Id, platform = Platform.Wire(), ownerName = OwnerName, health = EventNames.Word(Health), detail = HealthDetail });

        static bool Works(ConnectionHealth health) => health is ConnectionHealth.Good or ConnectionHealth.Expiring;
    }
}

/// <summary>One try to connect: the single-use <c>state</c>, bound to who asked, with the PKCE verifier. Expires after ten minutes.</summary>
public sealed class OAuthAttempt : IOrganizationRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid PersonId { get; set; }
    public Guid WorkspaceId { get; set; }
    public Guid TeamId { get; set; }
    public Platform Platform { get; set; }

    /// <summary>The connection to renew; null for a new one.</summary>
    public Guid? ConnectionId { get; set; }

    /// <summary>SHA-256 of the random part of <c>state</c>.</summary>
    public string NonceHash { get; set; } = "";

    /// <summary>Where the platform sends the browser back; the exchange must name the same.</summary>
    public string CallbackUrl { get; set; } = "";

    /// <summary>Encrypted by <c>Secrets</c>.</summary>
    public string? CodeVerifier { get; set; }

    /// <summary>Where the browser goes afterwards: a path of ours, or a caller's URL on an allowed host.</summary>
    public string ReturnUrl { get; set; } = "";

    /// <summary>A program asked for its user: whoever comes back need not be signed in here.</summary>
    public bool ByProgram { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>An account on a platform from which money is spent.</summary>
public sealed class AdAccount : IOrganizationRow, IAuditedRow, ISoftDeletedRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid WorkspaceId { get; set; }
    public Guid TeamId { get; set; }
    public Guid ConnectionId { get; set; }
    public Connection Connection { get; set; } = null!;
    public Platform Platform { get; set; }

    /// <summary>As the platform's API wants it: "act_123…" on Meta, digits on Google.</summary>
    public string ExternalId { get; set; } = "";
    public string Name { get; set; } = "";

    /// <summary>ISO 4217.</summary>
    public string Currency { get; set; } = "";

    /// <summary>IANA zone id. Days of its numbers are days in this zone.</summary>
    public string TimeZone { get; set; } = "UTC";
    public AdAccountStatus Status { get; set; }

    /// <summary>The platform's own words or code for the status.</summary>
    public string? StatusDetail { get; set; }
    public string? BusinessId { get; set; }
    public string? BusinessName { get; set; }

    /// <summary>Google: the manager account through which this one is reached.</summary>
    public string? ManagerExternalId { get; set; }

    /// <summary>What the person who connected may do there, in the platform's words ("ADVERTISE"); empty where it says nothing of it.</summary>
    public List<string> UserTasks { get; set; } = [];

    /// <summary>All that was ever spent, in micros of its currency; null where the platform doesn't say.</summary>
    [NotAudited] public long? AmountSpentMicros { get; set; }

    /// <summary>Code of the trouble that was last told of; null while none is.</summary>
    [NotAudited] public string? ToldTrouble { get; set; }

    /// <summary>Pages, Instagram accounts, pixels and conversion actions that its ads can use.</summary>
    [NotAudited] public IReadOnlyList<AccountAsset> Assets { get; set; } = [];
    [NotAudited] public DateTimeOffset ReadAt { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
    public List<AdAccountGrant> Grants { get; set; } = [];

    string IAuditedRow.AuditName => Name;
}

/// <summary>What a team member may do with an ad account.</summary>
public sealed class AdAccountGrant : IOrganizationRow, IAuditedRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid AdAccountId { get; set; }
    public AdAccount AdAccount { get; set; } = null!;
    public Guid PersonId { get; set; }
    public Person Person { get; set; } = null!;
    public AccountAccess Access { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it last became another one; null when it is as it was given.</summary>
    [NotAudited] public DateTimeOffset? ChangedAt { get; set; }

    /// <summary>"Mia · Acme Shoes EU".</summary>
    string IAuditedRow.AuditName => $"{((IAuditedRow?)Person)?.AuditName} · {AdAccount?.Name}";
}
