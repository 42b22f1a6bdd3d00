using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

/// <summary>Gives a workspace another name.</summary>
public sealed class RenameWorkspace(Studio studio, TimeProvider time)
{
    /// <param name="version">What the editor read; null saves over whatever is there.</param>
    public async Task<Result<WorkspaceRow>> RunAsync(Actor actor, Guid workspaceId, string name, long? version, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var workspace = await db.Workspaces.VisibleTo(actor).SingleOrDefaultAsync(w => w.Id == workspaceId, ct);
        if (workspace is null) return new WorkspaceNotFound();
        if (!actor.Administers(workspaceId)) return new WorkspaceAdminNeeded(workspace.Name);
        var typed = new Typed();
        name = typed.Name("name", name, "the workspace a name");
        if (typed.Refusal is { } refusal) return refusal;

        var theirs = workspace.Name;
        db.ExpectVersion(workspace, version);
        (workspace.Name, workspace.UpdatedAt) = (name, time.GetUtcNow());
        try { await db.SaveChangesAsync(ct); }
        catch (DbUpdateConcurrencyException) { return new ChangedMeanwhile(theirs, name); }
        return await db.Workspaces.Where(w => w.Id == workspaceId).ToRows(actor).SingleAsync(ct);
    }
}

/// <summary>Makes somebody else the admin of a workspace. The one before keeps what teams and grants give.</summary>
public sealed class ChangeWorkspaceAdmin(Studio studio, FindActor actors, TimeProvider time)
{
    /// <param name="person">The partner's id of the new admin, or ours.</param>
    public async Task<Result<WorkspaceRow>> RunAsync(Actor actor, Guid workspaceId, string person, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var workspace = await db.Workspaces.VisibleTo(actor).SingleOrDefaultAsync(w => w.Id == workspaceId, ct);
        if (workspace is null) return new WorkspaceNotFound();
        if (!actor.Administers(workspaceId)) return new WorkspaceAdminNeeded(workspace.Name);
        if (await db.Users.NamedAsync(person, ct) is not { } admin) return new PersonNotFound();
        if (admin.Role == OrganizationRole.Client) return new ClientCannotLead(admin.CalledBy);

        var before = workspace.AdminId;
        (workspace.AdminId, workspace.UpdatedAt) = (admin.Id, time.GetUtcNow());
        await db.SaveChangesAsync(ct);
        actors.Forget(before);
        actors.Forget(admin.Id);
        return await db.Workspaces.Where(w => w.Id == workspaceId).ToRows(actor).SingleAsync(ct);
    }
}
