using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

/// <summary>What goes with a workspace.</summary>
public sealed record WorkspaceContents(string Name, IReadOnlyList<string> Teams, int Connections, int Campaigns, IReadOnlyList<string> Running);

/// <summary>Names what a deletion would take along, before anybody decides.</summary>
public sealed class PreviewDeleteWorkspace(Studio studio, UseFinder uses)
{
    public async Task<Result<WorkspaceContents>> RunAsync(Actor actor, Guid workspaceId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var workspace = await db.Workspaces.VisibleTo(actor).SingleOrDefaultAsync(w => w.Id == workspaceId, ct);
        if (workspace is null) return new WorkspaceNotFound();
        return actor.Administers(workspaceId) ? await ReadAsync(db, uses, workspace, ct) : new WorkspaceAdminNeeded(workspace.Name);
    }

    internal static async Task<WorkspaceContents> ReadAsync(StudioDb db, UseFinder uses, Workspace workspace, CancellationToken ct)
    {
        var campaigns = (await uses.FindAsync(db, Used.Workspace, [workspace.Id], ct)).Where(u => u.What == "campaign").ToList();
        return new WorkspaceContents(
            workspace.Name,
            await db.Teams.Where(t => t.WorkspaceId == workspace.Id).OrderBy(t => t.Name).Select(t => t.Name).ToListAsync(ct),
            await db.Connections.CountAsync(c => c.WorkspaceId == workspace.Id, ct),
            campaigns.Count,
            [.. campaigns.Where(c => c.IsRunning).Select(c => c.Name)]);
    }
}

/// <summary>
/// Deletes a workspace with its teams, connections and campaigns. Not while something of it still runs on a platform: that would go on spending money
/// with nobody to see it.
/// </summary>
public sealed class DeleteWorkspace(Studio studio, UseFinder uses, FindActor actors, TimeProvider time)
{
    public async Task<Result<WorkspaceContents>> RunAsync(Actor actor, Guid workspaceId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var workspace = await db.Workspaces.VisibleTo(actor).SingleOrDefaultAsync(w => w.Id == workspaceId, ct);
        if (workspace is null) return new WorkspaceNotFound();
        if (!actor.Administers(workspaceId)) return new WorkspaceAdminNeeded(workspace.Name);
        var contents = await PreviewDeleteWorkspace.ReadAsync(db, uses, workspace, ct);
        if (contents.Running.Count > 0) return new WorkspaceStillRuns(workspace.Name, contents.Running);

        var now = time.GetUtcNow();
        List<Guid> touched = [workspace.AdminId];
        workspace.DeletedAt = now;
        foreach (var team in await db.Teams.Include(t => t.Members).Where(t => t.WorkspaceId == workspaceId).ToListAsync(ct))
        {
            team.DeletedAt = now;
            touched.AddRange(team.Members.Select(m => m.PersonId));
        }
        foreach (var connection in await db.Connections.Where(c => c.WorkspaceId == workspaceId).ToListAsync(ct))
            (connection.DeletedAt, connection.AccessToken, connection.RefreshToken, connection.AccessTokenExpiresAt) = (now, "", null, null);
        foreach (var account in await db.AdAccounts.Where(a => a.WorkspaceId == workspaceId).ToListAsync(ct)) account.DeletedAt = now;
        foreach (var campaign in await db.Campaigns.Where(c => c.WorkspaceId == workspaceId).ToListAsync(ct)) campaign.DeletedAt = now;
        foreach (var invitation in await db.Invitations.Where(i => i.Team.WorkspaceId == workspaceId && i.AcceptedAt == null && i.WithdrawnAt == null).ToListAsync(ct)) invitation.WithdrawnAt = now;
        var grants = await db.AdAccountGrants.Include(g => g.Person).Include(g => g.AdAccount).Where(g => g.AdAccount.WorkspaceId == workspaceId).ToListAsync(ct);
        db.AdAccountGrants.RemoveRange(grants);
        try { await db.SaveChangesAsync(ct); }
        catch (DbUpdateConcurrencyException) { return new WorkspaceBusy(workspace.Name); }

        foreach (var person in touched.Concat(grants.Select(g => g.PersonId)).Distinct()) actors.Forget(person);
        return contents;
    }
}
