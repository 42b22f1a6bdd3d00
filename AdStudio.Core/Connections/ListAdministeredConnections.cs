using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Connections;

/// <summary>The connections that are the actor's to look after: of one team, or of every team that the actor administers.</summary>
public sealed class ListAdministeredConnections(Studio studio, ListConnections list)
{
    /// <param name="teamId">Null is every team; refused to whoever administers none.</param>
    public async Task<Result<IReadOnlyList<ConnectionRow>>> RunAsync(Actor actor, Guid? teamId, CancellationToken ct)
    {
        if (teamId is { } id)
        {
            await using var db = await studio.OpenAsync(actor, ct);
            if (await db.Teams.AsNoTracking().VisibleTo(actor).SingleOrDefaultAsync(t => t.Id == id, ct) is not { } team) return new TeamNotFound();
            if (!actor.AdministersTeam(team.Id, team.WorkspaceId)) return new TeamAdminNeeded(team.Name);
        }
        else if (!actor.AdministersSomething()) return new ConnectingNeedsTeamAdmin();

        return (await list.RunAsync(actor, new ConnectionFilter(TeamId: teamId), ct)).TryGet(out var rows, out var refusal) ? rows.Where(c => c.MayAdminister).ToList() : refusal;
    }
}
