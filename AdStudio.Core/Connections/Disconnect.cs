using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Connections;

/// <summary>What disconnecting takes away. Numbers and campaigns already here are kept.</summary>
public sealed record DisconnectPreview(Guid ConnectionId, Platform Platform, string OwnerName, IReadOnlyList<string> Accounts, int Grants, IReadOnlyList<Use> Uses)
{
    public IReadOnlyList<Use> Running => [.. Uses.Where(u => u.IsRunning)];
}

/// <summary>Says what hangs on a connection, before it is cut.</summary>
public sealed class PreviewDisconnect(Studio studio, UseFinder uses)
{
    public async Task<Result<DisconnectPreview>> RunAsync(Actor actor, Guid connectionId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == connectionId, ct);
        if (connection is null || !actor.Sees(connection)) return new ConnectionNotFound();
        if (!actor.Administers(connection)) return new ConnectingNeedsTeamAdmin();

        var accounts = await db.AdAccounts.Where(a => a.ConnectionId == connectionId).OrderBy(a => a.Name).Select(a => new { a.Id, a.Name }).ToListAsync(ct);
        var ids = accounts.ConvertAll(a => a.Id);
        var grants = await db.AdAccountGrants.CountAsync(g => ids.Contains(g.AdAccountId), ct);
        return new DisconnectPreview(connection.Id, connection.Platform, connection.OwnerName, accounts.ConvertAll(a => a.Name), grants, await uses.FindAsync(db, Used.AdAccount, ids, ct));
    }
}

public sealed record Disconnected(Guid ConnectionId, int DeletedAccounts, IReadOnlyList<string> StillRunning);

/// <summary>
/// Forgets a connection's tokens. Its accounts stay for the history, and reconnecting takes them up again; on request they go too, with their grants.
/// What runs on the platform goes on running there, and the answer says so.
/// </summary>
public sealed class Disconnect(Studio studio, UseFinder uses, FindActor actors, TimeProvider time)
{
    public async Task<Result<Disconnected>> RunAsync(Actor actor, Guid connectionId, bool deleteAccounts, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var connection = await db.Connections.Include(c => c.AdAccounts).SingleOrDefaultAsync(c => c.Id == connectionId, ct);
        if (connection is null || !actor.Sees(connection)) return new ConnectionNotFound();
        if (!actor.Administers(connection)) return new ConnectingNeedsTeamAdmin();

        var ids = connection.AdAccounts.ConvertAll(a => a.Id);
        var running = (await uses.FindAsync(db, Used.AdAccount, ids, ct)).Where(u => u.IsRunning).Select(u => u.Name).ToList();
        List<AdAccountGrant> grants = [];
        connection.Forget();
        if (deleteAccounts)
        {
            var now = time.GetUtcNow();
            foreach (var account in connection.AdAccounts) account.DeletedAt = now;
            grants = await db.AdAccountGrants.Include(g => g.Person).Where(g => ids.Contains(g.AdAccountId)).ToListAsync(ct);
            db.AdAccountGrants.RemoveRange(grants);
            connection.DeletedAt = now;
        }
        else db.AuditVerb = "disconnected";
        await db.SaveOverOthersAsync(ct);
        foreach (var grant in grants) actors.Forget(grant.PersonId);
        return new Disconnected(connection.Id, deleteAccounts ? ids.Count : 0, running);
    }
}
