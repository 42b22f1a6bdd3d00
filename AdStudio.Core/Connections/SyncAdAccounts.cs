using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Connections;

/// <param name="Elsewhere">Accounts that another working connection of the workspace already brings.</param>
public sealed record SyncedAdAccounts(int Found, int Added, int Vanished, int Elsewhere);

/// <summary>Reads a connection's ad accounts anew: name, currency, time zone, standing, business, pages and pixels. What vanished is marked, not deleted.</summary>
public sealed class SyncAdAccounts(Studio studio, PlatformSet platforms, ConnectionTokens tokens, FindActor actors, TimeProvider time)
{
    internal const string Vanished = "No longer among the accounts that this connection may use.";

    public async Task<Result<SyncedAdAccounts>> RunAsync(Actor actor, Guid connectionId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == connectionId, ct);
        if (connection is null || !actor.Sees(connection)) return new ConnectionNotFound();
        var ours = await db.AdAccounts.IgnoreQueryFilters([StudioDb.DeletedFilter]).Where(a => a.WorkspaceId == connection.WorkspaceId && a.Platform == connection.Platform).ToListAsync(ct);
        if (!actor.Administers(connection) && !ours.Exists(a => a.ConnectionId == connectionId && actor.Manages(a.Id, a.WorkspaceId))) return new SyncingNeedsManager();

        var listed = await ListAsync(actor, connection, ct);
        if (!listed.TryGet(out var there, out var refusal)) return Result<SyncedAdAccounts>.Refused(refusal);

        var now = time.GetUtcNow();
        var (added, elsewhere) = (0, 0);
        var working = await db.Connections.Where(c => c.WorkspaceId == connection.WorkspaceId && c.Id != connectionId && (c.Health == ConnectionHealth.Good || c.Health == ConnectionHealth.Expiring)).Select(c => c.Id).ToListAsync(ct);
        foreach (var found in there)
        {
            var account = ours.Find(a => a.ExternalId == found.ExternalId);
            // Somebody took it off this connection since the consent was given.
            if (account is { DeletedAt: { } removed } && account.ConnectionId == connectionId && removed >= connection.ConnectedAt) continue;
            if (account is { DeletedAt: null } && working.Contains(account.ConnectionId)) { elsewhere++; continue; }
            if (account is null)
            {
                account = new AdAccount { WorkspaceId = connection.WorkspaceId, Platform = connection.Platform, ExternalId = found.ExternalId, TeamId = connection.TeamId, CreatedAt = now };
                db.Add(account);
            }
            if (db.Entry(account).State == EntityState.Added || account.DeletedAt is not null)
            {
                added++;
                account.DeletedAt = null;
                account.TeamId = connection.TeamId;
                await GrantAsync(db, actor, account, now, ct);
            }
            account.ConnectionId = connectionId;
            Take(account, found, now);
        }

        var gone = ours.Where(a => a.DeletedAt is null && a.ConnectionId == connectionId && !there.Any(f => f.ExternalId == a.ExternalId)).ToList();
        foreach (var account in gone) (account.Status, account.StatusDetail, account.ReadAt) = (AdAccountStatus.Unknown, Vanished, now);

        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException failure) when (db.IsDuplicate(failure))
        {
            return new ConnectionBusy(connection.Platform);
        }
        if (actor.PersonId is { } person) actors.Forget(person);
        return new SyncedAdAccounts(there.Count, added, gone.Count, elsewhere);
    }

    private async Task<Result<IReadOnlyList<PlatformAccount>>> ListAsync(Actor actor, Connection connection, CancellationToken ct)
    {
        var access = await tokens.GetAsync(actor, connection.Id, ct);
        if (!access.TryGet(out var usable, out var refusal)) return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);

        var accounts = platforms.Get<IListsAccounts>(connection.Platform);
        var listed = await accounts.ListAccountsAsync(usable, ct);
        if (listed.Refusal is not PlatformFailure { Kind: PlatformFailureKind.ExpiredAuthorization }) return listed;

        access = await tokens.ReplaceAsync(actor, usable, ct);
        return access.TryGet(out usable, out refusal) ? await accounts.ListAccountsAsync(usable, ct) : Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);
    }

    private static void Take(AdAccount account, PlatformAccount found, DateTimeOffset now)
    {
        account.Name = Short(found.Name, 256);
        account.Currency = found.Currency;
        account.TimeZone = found.TimeZone;
        account.Status = found.Status;
        account.StatusDetail = found.StatusDetail;
        account.BusinessId = found.BusinessId;
        account.BusinessName = found.BusinessName;
        account.ManagerExternalId = found.ManagerExternalId;
        account.UserTasks = [.. found.UserTasks];
        account.AmountSpentMicros = found.AmountSpentMicros;
        account.Assets = found.Assets;
        account.ReadAt = now;
    }

    /// <summary>Whoever connects an account manages it; the others are granted it by hand.</summary>
    private static async Task GrantAsync(StudioDb db, Actor actor, AdAccount account, DateTimeOffset now, CancellationToken ct)
    {
        if (actor.PersonId is not { } person) return;
        // The history says whom by name.
        if (await db.Users.FindAsync([person], ct) is not { } connector) return;
        var grant = await db.AdAccountGrants.SingleOrDefaultAsync(g => g.AdAccountId == account.Id && g.PersonId == person, ct);
        if (grant is null) db.Add(new AdAccountGrant { AdAccount = account, Person = connector, Access = AccountAccess.Manager, CreatedAt = now });
        else grant.Access = AccountAccess.Manager;
    }

    private static string Short(string text, int length) => text.Length <= length ? text : text[..length];
}
