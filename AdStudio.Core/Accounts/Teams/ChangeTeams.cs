using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

/// <summary>Adds a team to a workspace.</summary>
public sealed class CreateTeam(Studio studio, TimeProvider time)
{
    public async Task<Result<TeamRow>> RunAsync(Actor actor, Guid workspaceId, string name, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var workspace = await db.Workspaces.VisibleTo(actor).SingleOrDefaultAsync(w => w.Id == workspaceId, ct);
        if (workspace is null) return new WorkspaceNotFound();
        if (!actor.Administers(workspaceId)) return new WorkspaceAdminNeeded(workspace.Name);
        var typed = new Typed();
        name = typed.Name("name", name, "the team a name");
        if (typed.Refusal is { } refusal) return refusal;
        if (await db.Teams.AnyAsync(t => t.WorkspaceId == workspaceId && t.Name == name, ct)) return new TeamExists(name);

        var now = time.GetUtcNow();
        var team = new Team { OrganizationId = actor.OrganizationId, WorkspaceId = workspaceId, Name = name, CreatedAt = now, UpdatedAt = now };
        db.Teams.Add(team);
        await db.SaveChangesAsync(ct);
        return (await db.Teams.Where(t => t.Id == team.Id).ReadAsync(actor, ct))[0];
    }
}

/// <summary>Gives a team another name.</summary>
public sealed class RenameTeam(Studio studio, TimeProvider time)
{
    /// <param name="version">What the editor read; null saves over whatever is there.</param>
    public async Task<Result<TeamRow>> RunAsync(Actor actor, Guid teamId, string name, long? version, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var team = await db.Teams.VisibleTo(actor).SingleOrDefaultAsync(t => t.Id == teamId, ct);
        if (team is null) return new TeamNotFound();
        if (!actor.AdministersTeam(team.Id, team.WorkspaceId)) return new TeamAdminNeeded(team.Name);
        var typed = new Typed();
        name = typed.Name("name", name, "the team a name");
        if (typed.Refusal is { } refusal) return refusal;
        if (await db.Teams.AnyAsync(t => t.WorkspaceId == team.WorkspaceId && t.Name == name && t.Id != teamId, ct)) return new TeamExists(name);

        var theirs = team.Name;
        db.ExpectVersion(team, version);
        (team.Name, team.UpdatedAt) = (name, time.GetUtcNow());
        try { await db.SaveChangesAsync(ct); }
        catch (DbUpdateConcurrencyException) { return new ChangedMeanwhile(theirs, name); }
        return (await db.Teams.Where(t => t.Id == teamId).ReadAsync(actor, ct))[0];
    }
}

/// <param name="MovesTo">The default team, which takes over what the team has.</param>
public sealed record TeamContents(string Name, int Members, int Connections, int AdAccounts, int Campaigns, string MovesTo);

/// <summary>Names what happens to a team's things when it is deleted.</summary>
public sealed class PreviewDeleteTeam(Studio studio)
{
    public async Task<Result<TeamContents>> RunAsync(Actor actor, Guid teamId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var team = await db.Teams.VisibleTo(actor).SingleOrDefaultAsync(t => t.Id == teamId, ct);
        if (team is null) return new TeamNotFound();
        if (!actor.Administers(team.WorkspaceId)) return new TeamDeletionNeedsWorkspaceAdmin(team.Name);
        if (team.IsDefault) return new DefaultTeamStays(team.Name);
        return new TeamContents(
            team.Name, await db.TeamMembers.CountAsync(m => m.TeamId == teamId, ct), await db.Connections.CountAsync(c => c.TeamId == teamId, ct),
            await db.AdAccounts.CountAsync(a => a.TeamId == teamId, ct), await db.Campaigns.CountAsync(c => c.TeamId == teamId, ct),
            await db.Teams.Where(t => t.WorkspaceId == team.WorkspaceId && t.IsDefault).Select(t => t.Name).SingleAsync(ct));
    }
}

/// <summary>
/// Deletes a team. Its connections, ad accounts and campaigns go over to the workspace's default team; its members lose what only this team gave them.
/// </summary>
public sealed class DeleteTeam(Studio studio, FindActor actors, TimeProvider time)
{
    /// <summary>The name of the team that is gone.</summary>
    public async Task<Result<string>> RunAsync(Actor actor, Guid teamId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var team = await db.Teams.VisibleTo(actor).SingleOrDefaultAsync(t => t.Id == teamId, ct);
        if (team is null) return new TeamNotFound();
        if (!actor.Administers(team.WorkspaceId)) return new TeamDeletionNeedsWorkspaceAdmin(team.Name);
        if (team.IsDefault) return new DefaultTeamStays(team.Name);

        var now = time.GetUtcNow();
        var heir = await db.Teams.Include(t => t.Members).SingleAsync(t => t.WorkspaceId == team.WorkspaceId && t.IsDefault, ct);
        var stay = heir.Members.ConvertAll(m => m.PersonId);
        var members = await db.TeamMembers.Include(m => m.Person).Where(m => m.TeamId == teamId).ToListAsync(ct);
        var grants = await db.AdAccountGrants.Include(g => g.Person).Include(g => g.AdAccount).Where(g => g.AdAccount.TeamId == teamId && !stay.Contains(g.PersonId)).ToListAsync(ct);
        db.TeamMembers.RemoveRange(members);
        db.AdAccountGrants.RemoveRange(grants);
        foreach (var connection in await db.Connections.Where(c => c.TeamId == teamId).ToListAsync(ct)) connection.TeamId = heir.Id;
        foreach (var account in await db.AdAccounts.Where(a => a.TeamId == teamId).ToListAsync(ct)) account.TeamId = heir.Id;
        foreach (var campaign in await db.Campaigns.Where(c => c.TeamId == teamId).ToListAsync(ct)) campaign.TeamId = heir.Id;
        foreach (var invitation in await db.Invitations.Where(i => i.TeamId == teamId && i.AcceptedAt == null && i.WithdrawnAt == null).ToListAsync(ct)) invitation.WithdrawnAt = now;
        team.DeletedAt = now;
        try { await db.SaveChangesAsync(ct); }
        catch (DbUpdateConcurrencyException) { return new TeamBusy(team.Name); }

        foreach (var person in members.Select(m => m.PersonId).Concat(grants.Select(g => g.PersonId)).Distinct()) actors.Forget(person);
        return team.Name;
    }
}
