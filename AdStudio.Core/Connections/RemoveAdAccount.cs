using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Connections;

/// <param name="Connections">How many connections went with it: one when it was the last account of its connection, else none.</param>
/// <param name="StillRunning">Campaigns that go on running on the platform.</param>
public sealed record RemovedAdAccount(Guid AdAccountId, int Connections, IReadOnlyList<string> StillRunning);

/// <summary>
/// Takes an ad account off its connection, with its grants; a connection that has none left goes too, with its tokens. Campaigns and numbers are kept, and what runs on the platform goes on running there.
/// Syncing does not bring the account back; connecting anew does.
/// </summary>
public sealed class RemoveAdAccount(Studio studio, UseFinder uses, FindActor actors, TimeProvider time)
{
    /// <param name="adAccount">Our id of it, or the platform's.</param>
    public async Task<Result<RemovedAdAccount>> RunAsync(Actor actor, string adAccount, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var seen = (await db.AdAccounts.Visible(actor).Include(a => a.Connection).OrderBy(a => a.Id).ToListAsync(ct)).FindAll(a => AdAccountNames.Fit(adAccount, a.Id, a.Platform, a.ExternalId));
        if (seen.Count == 0) return new AdAccountNotFound();
        var own = seen.FindAll(a => actor.AdministersTeam(a.TeamId, a.WorkspaceId));
        if (own.Count == 0) return new ConnectingNeedsTeamAdmin();
        if (own.Count > 1) return new AdAccountNamedTwice(adAccount);

        var (account, now) = (own[0], time.GetUtcNow());
        var running = (await uses.FindAsync(db, Used.AdAccount, [account.Id], ct)).Where(u => u.IsRunning).Select(u => u.Name).ToList();
        var grants = await db.AdAccountGrants.Include(g => g.Person).Where(g => g.AdAccountId == account.Id).ToListAsync(ct);
        var isLast = !await db.AdAccounts.AnyAsync(a => a.ConnectionId == account.ConnectionId && a.Id != account.Id, ct);
        account.DeletedAt = now;
        db.AdAccountGrants.RemoveRange(grants);
        if (isLast)
        {
            account.Connection.Forget();
            account.Connection.DeletedAt = now;
        }
        await db.SaveOverOthersAsync(ct);
        foreach (var grant in grants) actors.Forget(grant.PersonId);
        return new RemovedAdAccount(account.Id, isLast ? 1 : 0, running);
    }
}
