using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Connections;

/// <summary>A connection as people and programs see it; no token in it.</summary>
public sealed record ConnectionRow(Guid Id, Guid WorkspaceId, Guid TeamId, string TeamName, Platform Platform, string OwnerName, ConnectionHealth Health, string? HealthDetail, DateTimeOffset? HealthCheckedAt,
    DateTimeOffset ConnectedAt, IReadOnlyList<string> GrantedScopes, IReadOnlyList<string> MissingScopes, IReadOnlyList<AdAccountRow> Accounts, bool MayAdminister)
{
    public static ConnectionRow Of(Connection c, Actor actor, IReadOnlyList<AdAccountRow> accounts) => new(c.Id, c.WorkspaceId, c.TeamId, c.Team?.Name ?? "", c.Platform, c.OwnerName, c.Health, c.HealthDetail,
        c.HealthCheckedAt, c.ConnectedAt, c.GrantedScopes, c.MissingScopes, accounts, actor.Administers(c));
}

public sealed record AdAccountRow(Guid Id, Guid WorkspaceId, Guid TeamId, Guid ConnectionId, Platform Platform, string ExternalId, string Name, string Currency, string TimeZone, AdAccountStatus Status, string? StatusDetail,
    string? BusinessId, string? BusinessName, string? ManagerExternalId, IReadOnlyList<AccountAsset> Assets, ConnectionHealth Health, DateTimeOffset ReadAt, AccountAccess? Access)
{
    /// <summary>What the person who connected may do there, in the platform's words; empty where it says nothing of it.</summary>
    public IReadOnlyList<string> UserTasks { get; init; } = [];

    /// <summary>In micros of its currency, ever; null where the platform doesn't say, and for who may not see its numbers.</summary>
    public long? AmountSpentMicros { get; init; }

    /// <summary>Whether a campaign can be launched there now.</summary>
    public bool IsInGoodStanding => Status is AdAccountStatus.Active or AdAccountStatus.InGracePeriod && Health is ConnectionHealth.Good or ConnectionHealth.Expiring && Standing.MayAdvertise(UserTasks);
}

/// <param name="WorkspaceId">Null lists those of every workspace the actor sees.</param>
public sealed record ConnectionFilter(Guid? WorkspaceId = null, Guid? TeamId = null, Platform? Platform = null);

/// <summary>The connections of the actor's teams, with the ad accounts that the actor may see.</summary>
public sealed class ListConnections(Studio studio)
{
    public async Task<Result<IReadOnlyList<ConnectionRow>>> RunAsync(Actor actor, ConnectionFilter filter, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var connections = await db.Connections.AsNoTracking().Visible(actor).Include(c => c.Team)
            .Where(c => (filter.WorkspaceId == null || c.WorkspaceId == filter.WorkspaceId) && (filter.TeamId == null || c.TeamId == filter.TeamId) && (filter.Platform == null || c.Platform == filter.Platform))
            .OrderBy(c => c.Platform).ThenBy(c => c.ConnectedAt).ToListAsync(ct);
        var ids = connections.ConvertAll(c => c.Id);
        var accounts = (await ListAdAccounts.ReadAsync(db, actor, a => ids.Contains(a.ConnectionId), ct)).ToLookup(a => a.ConnectionId);
        return connections.ConvertAll(c => ConnectionRow.Of(c, actor, [.. accounts[c.Id]]));
    }
}

/// <summary>The ad accounts that the actor may see, by name.</summary>
public sealed class ListAdAccounts(Studio studio)
{
    public async Task<Result<IReadOnlyList<AdAccountRow>>> RunAsync(Actor actor, ConnectionFilter filter, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        return await ReadAsync(db, actor,
            a => (filter.WorkspaceId == null || a.WorkspaceId == filter.WorkspaceId) && (filter.TeamId == null || a.TeamId == filter.TeamId) && (filter.Platform == null || a.Platform == filter.Platform), ct);
    }

    internal static async Task<List<AdAccountRow>> ReadAsync(StudioDb db, Actor actor, System.Linq.Expressions.Expression<Func<AdAccount, bool>> which, CancellationToken ct)
    {
        var accounts = await db.AdAccounts.AsNoTracking().Visible(actor).Where(which).Include(a => a.Connection).OrderBy(a => a.Name).ThenBy(a => a.ExternalId).ToListAsync(ct);
        return accounts.ConvertAll(a => new AdAccountRow(a.Id, a.WorkspaceId, a.TeamId, a.ConnectionId, a.Platform, a.ExternalId, a.Name, a.Currency, a.TimeZone, a.Status, a.StatusDetail,
            a.BusinessId, a.BusinessName, a.ManagerExternalId, a.Assets, a.Connection.Health, a.ReadAt, AccessOf(actor, a)) { UserTasks = a.UserTasks, AmountSpentMicros = AccessOf(actor, a) is null ? null : a.AmountSpentMicros });
    }

    /// <summary>Null for a team's admin without a grant: sees that the account is there, not its numbers.</summary>
    private static AccountAccess? AccessOf(Actor actor, AdAccount account) =>
        actor.Manages(account.Id, account.WorkspaceId) ? AccountAccess.Manager : actor.Reads(account.Id, account.WorkspaceId) ? AccountAccess.Viewer : null;
}
