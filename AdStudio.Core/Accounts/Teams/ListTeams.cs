using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

public sealed record TeamMemberRow(
    Guid Id, Guid PersonId, string Name, string? Email, string? ExternalUserId, OrganizationRole OrganizationRole, TeamRole Role, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public string CalledBy => Name.Length > 0 ? Name : Email ?? ExternalUserId ?? "";
}

/// <param name="MayChange">The actor may rename it and say who is in it.</param>
/// <param name="MayDelete">The actor may delete it.</param>
public sealed record TeamRow(
    Guid Id, string Name, bool IsDefault, Guid WorkspaceId, string WorkspaceName, string EnterpriseId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version,
    IReadOnlyList<TeamMemberRow> Members, bool MayChange, bool MayDelete);

/// <summary>The teams of a workspace that the actor sees: all for who administers it, their own for others.</summary>
public sealed class ListTeams(Studio studio)
{
    public async Task<Result<IReadOnlyList<TeamRow>>> RunAsync(Actor actor, Guid workspaceId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!await db.Workspaces.VisibleTo(actor).AnyAsync(w => w.Id == workspaceId, ct)) return new WorkspaceNotFound();
        return await db.Teams.VisibleTo(actor).Where(t => t.WorkspaceId == workspaceId).ReadAsync(actor, ct);
    }
}

/// <summary>Every team of a workspace: for who administers it.</summary>
public sealed class ListAllTeams(Studio studio)
{
    public async Task<Result<IReadOnlyList<TeamRow>>> RunAsync(Actor actor, Guid workspaceId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var workspace = await db.Workspaces.VisibleTo(actor).SingleOrDefaultAsync(w => w.Id == workspaceId, ct);
        if (workspace is null) return new WorkspaceNotFound();
        if (!actor.Administers(workspaceId)) return new WorkspaceAdminNeeded(workspace.Name);
        return await db.Teams.Where(t => t.WorkspaceId == workspaceId).ReadAsync(actor, ct);
    }
}

/// <summary>One team with its members: for who is in it.</summary>
public sealed class GetTeam(Studio studio)
{
    public async Task<Result<TeamRow>> RunAsync(Actor actor, Guid teamId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        return await db.Teams.VisibleTo(actor).Where(t => t.Id == teamId).ReadAsync(actor, ct) is [var row] ? row : new TeamNotFound();
    }
}

public static class TeamQueries
{
    /// <summary>Teams the actor belongs to, and all of workspaces that the actor administers.</summary>
    public static IQueryable<Team> VisibleTo(this IQueryable<Team> teams, Actor actor)
    {
        var there = teams.Where(t => t.Workspace.DeletedAt == null);
        if (actor.IsOrganizationAdmin) return there;
        var (own, workspaces) = (actor.Teams.Keys.ToList(), actor.IsClient ? [] : actor.AdminOfWorkspaces.ToList());
        return there.Where(t => own.Contains(t.Id) || workspaces.Contains(t.WorkspaceId));
    }

    internal static async Task<List<TeamRow>> ReadAsync(this IQueryable<Team> teams, Actor actor, CancellationToken ct)
    {
        var rows = await teams.AsNoTracking().Include(t => t.Workspace).Include(t => t.Members).ThenInclude(m => m.Person).AsSplitQuery().OrderByDescending(t => t.IsDefault).ThenBy(t => t.Name).ToListAsync(ct);
        return rows.ConvertAll(t => RowOf(t, actor));
    }

    private static TeamRow RowOf(Team team, Actor actor) => new(
        team.Id, team.Name, team.IsDefault, team.WorkspaceId, team.Workspace.Name, team.Workspace.EnterpriseId, team.CreatedAt, team.UpdatedAt, team.Version,
        [.. team.Members.Where(m => m.Person is not null).Select(MemberOf).OrderBy(m => m.Role).ThenBy(m => m.CalledBy, StringComparer.OrdinalIgnoreCase)],
        actor.AdministersTeam(team.Id, team.WorkspaceId), actor.Administers(team.WorkspaceId) && !team.IsDefault);

    internal static TeamMemberRow MemberOf(TeamMember m) =>
        new(m.Id, m.PersonId, m.Person.Name, m.Person.Email, m.Person.ExternalUserId, m.Person.Role, m.Role, m.CreatedAt, m.UpdatedAt);
}
