using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Connections;

/// <summary>What of connections and ad accounts an actor may see, written once.</summary>
public static class Visibility
{
    /// <summary>Accounts the actor may read, and those of teams that the actor administers (who hand out the grants).</summary>
    public static IQueryable<AdAccount> Visible(this IQueryable<AdAccount> accounts, Actor actor)
    {
        if (actor.IsOrganizationAdmin) return accounts;
        var granted = actor.Accounts.Keys.ToList();
        var workspaces = actor.IsClient ? [] : actor.AdminOfWorkspaces.ToList();
        var teams = TeamsAdministered(actor);
        return accounts.Where(a => granted.Contains(a.Id) || workspaces.Contains(a.WorkspaceId) || teams.Contains(a.TeamId));
    }

    /// <summary>Connections of the actor's teams and workspaces.</summary>
    public static IQueryable<Connection> Visible(this IQueryable<Connection> connections, Actor actor)
    {
        if (actor.IsOrganizationAdmin) return connections;
        var workspaces = actor.IsClient ? [] : actor.AdminOfWorkspaces.ToList();
        var teams = actor.Teams.Keys.ToList();
        return connections.Where(c => workspaces.Contains(c.WorkspaceId) || teams.Contains(c.TeamId));
    }

    public static bool Sees(this Actor actor, AdAccount account) =>
        actor.Reads(account.Id, account.WorkspaceId) || actor.AdministersTeam(account.TeamId, account.WorkspaceId);

    public static bool Sees(this Actor actor, Connection connection) => actor.IsOrganizationAdmin || actor.BelongsToTeam(connection.TeamId, connection.WorkspaceId);

    /// <summary>Admin of any team or workspace.</summary>
    public static bool AdministersSomething(this Actor actor) => actor.IsOrganizationAdmin || (!actor.IsClient && (actor.AdminOfWorkspaces.Count > 0 || actor.Teams.Values.Contains(TeamRole.Admin)));

    public static bool Administers(this Actor actor, Connection connection) => actor.AdministersTeam(connection.TeamId, connection.WorkspaceId);

    /// <summary>May write in the workspace (creatives, audiences, drafts): its admin, a team's admin, or a manager of one of its ad accounts. Viewers and clients read.</summary>
    public static async Task<bool> MayWriteAsync(this StudioDb db, Actor actor, Guid workspaceId, CancellationToken ct)
    {
        if (actor.IsClient) return false;
        if (actor.Administers(workspaceId)) return true;
        var teams = TeamsAdministered(actor);
        var managed = actor.Accounts.Where(a => a.Value == AccountAccess.Manager).Select(a => a.Key).ToList();
        return (teams.Count > 0 && await db.Teams.AnyAsync(t => t.WorkspaceId == workspaceId && teams.Contains(t.Id), ct))
            || (managed.Count > 0 && await db.AdAccounts.AnyAsync(a => a.WorkspaceId == workspaceId && managed.Contains(a.Id), ct));
    }

    private static List<Guid> TeamsAdministered(Actor actor) => actor.IsClient ? [] : [.. actor.Teams.Where(t => t.Value == TeamRole.Admin).Select(t => t.Key)];
}
