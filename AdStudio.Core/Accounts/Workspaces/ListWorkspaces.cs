using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

/// <param name="MayChange">The actor administers it.</param>
public sealed record WorkspaceRow(
    Guid Id, int Number, string Name, string EnterpriseId, Guid AdminId, string AdminName, string? AdminExternalUserId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version, bool MayChange)
{
    /// <summary>How many teams it has; in lists for people.</summary>
    public int Teams { get; init; }
}

/// <summary>The workspaces that the actor sees, by name.</summary>
public sealed class ListWorkspaces(Studio studio)
{
    public async Task<IReadOnlyList<WorkspaceRow>> RunAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        return await db.Workspaces.VisibleTo(actor).OrderBy(w => w.Name).ToRows(actor).ToListAsync(ct);
    }
}

/// <summary>One workspace, by our id.</summary>
public sealed class GetWorkspace(Studio studio)
{
    public async Task<Result<WorkspaceRow>> RunAsync(Actor actor, Guid workspaceId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        return await db.Workspaces.VisibleTo(actor).Where(w => w.Id == workspaceId).ToRows(actor).SingleOrDefaultAsync(ct) is { } row ? row : new WorkspaceNotFound();
    }
}

/// <summary>One workspace, by the caller's own id of it.</summary>
public sealed class FindWorkspaceByEnterpriseId(Studio studio)
{
    public async Task<Result<WorkspaceRow>> RunAsync(Actor actor, string enterpriseId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        return await db.Workspaces.VisibleTo(actor).Where(w => w.EnterpriseId == enterpriseId).ToRows(actor).SingleOrDefaultAsync(ct) is { } row ? row : new WorkspaceNotFound();
    }
}

public static class WorkspaceQueries
{
    /// <summary>The workspaces of which the actor may see something.</summary>
    public static IQueryable<Workspace> VisibleTo(this IQueryable<Workspace> workspaces, Actor actor)
    {
        if (actor.IsOrganizationAdmin) return workspaces;
        var seen = actor.MemberOfWorkspaces.ToList();
        return workspaces.Where(w => seen.Contains(w.Id));
    }

    internal static IQueryable<WorkspaceRow> ToRows(this IQueryable<Workspace> workspaces, Actor actor)
    {
        var (all, some) = (actor.IsOrganizationAdmin && !actor.IsClient, actor.IsClient ? [] : actor.AdminOfWorkspaces.ToList());
        return workspaces.Select(w => new WorkspaceRow(w.Id, w.Number, w.Name, w.EnterpriseId, w.AdminId, w.Admin.Name, w.Admin.ExternalUserId, w.CreatedAt, w.UpdatedAt, w.Version, all || some.Contains(w.Id))
            { Teams = w.Teams.Count(t => t.DeletedAt == null) });
    }
}
