using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Connections;

/// <summary>An ad account that a team's consent reaches on the platform.</summary>
/// <param name="AdAccountId">Ours, where the studio has it.</param>
public sealed record ReachableAccount(PlatformAccount Account, Guid ConnectionId, Guid? AdAccountId);

/// <summary>
/// The ad accounts that the connections of a team reach, asked of the platform now. Who administers the team sees all of them; others those on which they have a grant.
/// </summary>
public sealed class ListReachableAccounts(Studio studio, PlatformSet platforms, ConnectionTokens tokens)
{
    public async Task<Result<IReadOnlyList<ReachableAccount>>> RunAsync(Actor actor, Guid teamId, Platform platform, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var team = await db.Teams.AsNoTracking().VisibleTo(actor).SingleOrDefaultAsync(t => t.Id == teamId, ct);
        if (team is null) return new TeamNotFound();
        var connections = await db.Connections.AsNoTracking().Visible(actor).Where(c => c.TeamId == teamId && c.Platform == platform).OrderBy(c => c.ConnectedAt).Select(c => c.Id).ToListAsync(ct);
        var known = await db.AdAccounts.AsNoTracking().Where(a => connections.Contains(a.ConnectionId)).ToListAsync(ct);
        var seesAll = actor.AdministersTeam(team.Id, team.WorkspaceId);

        var (found, ended) = (new List<ReachableAccount>(), default(Refusal));
        foreach (var connection in connections)
        {
            if (!(await AskAsync(actor, platform, connection, ct)).TryGet(out var accounts, out var refusal))
            {
                // A consent that has ended says nothing against what the others reach.
                if (refusal is not (ConnectionExpired or ConnectionDisconnected)) return Result<IReadOnlyList<ReachableAccount>>.Refused(refusal);
                ended = refusal;
                continue;
            }
            foreach (var account in accounts)
            {
                var ours = known.Find(k => k.ConnectionId == connection && k.ExternalId == account.ExternalId);
                if (seesAll || (ours is not null && actor.Reads(ours.Id, ours.WorkspaceId))) found.Add(new(account, connection, ours?.Id));
            }
        }
        return found.Count == 0 && ended is not null ? Result<IReadOnlyList<ReachableAccount>>.Refused(ended) : found;
    }

    private async Task<Result<IReadOnlyList<PlatformAccount>>> AskAsync(Actor actor, Platform platform, Guid connectionId, CancellationToken ct)
    {
        if (!(await tokens.GetAsync(actor, connectionId, ct)).TryGet(out var access, out var refusal)) return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);
        var answer = await platforms.Get<IListsAccounts>(platform).ListAccountsAsync(access, ct);
        if (answer.Refusal is not PlatformFailure { Kind: PlatformFailureKind.ExpiredAuthorization }) return answer;
        return (await tokens.ReplaceAsync(actor, access, ct)).TryGet(out var renewed, out refusal) ? await platforms.Get<IListsAccounts>(platform).ListAccountsAsync(renewed, ct) : Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);
    }
}
