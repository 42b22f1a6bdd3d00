using System.Security.Cryptography;
using System.Text;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Mail;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

public sealed record InvitationRow(
    Guid Id, Guid TeamId, string TeamName, Guid WorkspaceId, string Email, TeamRole TeamRole, OrganizationRole Role, string InvitedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>Invites somebody into a team by e-mail. The link is good for a week.</summary>
public sealed class InviteByEmail(Studio studio, AccountLetters letters, Outbox outbox, TimeProvider time)
{
    public static readonly TimeSpan OpenFor = TimeSpan.FromDays(7);

    public async Task<Result<InvitationRow>> RunAsync(Actor actor, Guid teamId, string email, TeamRole teamRole, OrganizationRole role, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var team = await db.Teams.VisibleTo(actor).Include(t => t.Workspace).SingleOrDefaultAsync(t => t.Id == teamId, ct);
        if (team is null) return new TeamNotFound();
        if (!actor.AdministersTeam(team.Id, team.WorkspaceId)) return new TeamAdminNeeded(team.Name);
        if (role == OrganizationRole.Admin && !actor.IsOrganizationAdmin) return new OrganizationAdminNeeded();
        var typed = new Typed();
        email = typed.Email("email", email);
        if (teamRole == TeamRole.Admin && role == OrganizationRole.Client) typed.Refuse("teamRole", "A client only reads, so can't be an admin of the team.");
        if (typed.Refusal is { } refusal) return refusal;
        if (await db.TeamMembers.AnyAsync(m => m.TeamId == teamId && m.Person.Email == email, ct)) return new InvalidError("email", "This person is in the team already.");

        var now = time.GetUtcNow();
        if (await db.Invitations.Include(i => i.Team).SingleOrDefaultAsync(i => i.TeamId == teamId && i.Email == email && i.AcceptedAt == null && i.WithdrawnAt == null && i.ExpiresAt > now, ct) is not null)
            return new InvalidError("email", "This address is invited already. You can send the invitation once more.");
        var invitation = new Invitation { OrganizationId = actor.OrganizationId, Team = team, Email = email, TeamRole = teamRole, Role = role, InvitedById = actor.Id, CreatedAt = now };
        db.Invitations.Add(invitation);
        await SendAsync(db, letters, actor, invitation, now, ct);
        db.AuditVerb = "invited";
        await db.SaveChangesAsync(ct);
        outbox.SendSoon();
        return RowOf(invitation, actor.Name);
    }

    /// <summary>A new secret, a new week, a new mail: an older link no longer works.</summary>
    internal static async Task SendAsync(StudioDb db, AccountLetters letters, Actor actor, Invitation invitation, DateTimeOffset now, CancellationToken ct)
    {
        var token = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        (invitation.TokenHash, invitation.ExpiresAt) = (HashOf(token), now + OpenFor);
        var organization = await db.Organizations.Where(o => o.Id == actor.OrganizationId).Select(o => o.Name).SingleAsync(ct);
        letters.Invite(db, invitation, actor.Name, organization, invitation.Team.Name, invitation.Team.Workspace.Name, token);
    }

    internal static string HashOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    internal static InvitationRow RowOf(Invitation i, string invitedBy) => new(i.Id, i.TeamId, i.Team.Name, i.Team.WorkspaceId, i.Email, i.TeamRole, i.Role, invitedBy, i.CreatedAt, i.ExpiresAt);
}

/// <summary>The open invitations of a workspace, and those that ran out: for who administers their teams.</summary>
public sealed class ListInvitations(Studio studio)
{
    public async Task<Result<IReadOnlyList<InvitationRow>>> RunAsync(Actor actor, Guid workspaceId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!await db.Workspaces.VisibleTo(actor).AnyAsync(w => w.Id == workspaceId, ct)) return new WorkspaceNotFound();
        var open = await db.Invitations.AsNoTracking().Include(i => i.Team)
            .Where(i => i.Team.WorkspaceId == workspaceId && i.AcceptedAt == null && i.WithdrawnAt == null).OrderByDescending(i => i.CreatedAt).ToListAsync(ct);
        var inviters = open.ConvertAll(i => i.InvitedById);
        var names = await db.Users.IgnoreQueryFilters([StudioDb.DeletedFilter]).Where(p => inviters.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        return Result<IReadOnlyList<InvitationRow>>.Of(
            [.. open.Where(i => actor.AdministersTeam(i.TeamId, workspaceId)).Select(i => InviteByEmail.RowOf(i, names.GetValueOrDefault(i.InvitedById, "")))]);
    }
}

/// <summary>Sends an invitation once more, with a new link and a new week.</summary>
public sealed class ResendInvitation(Studio studio, AccountLetters letters, Outbox outbox, TimeProvider time)
{
    public async Task<Result<InvitationRow>> RunAsync(Actor actor, Guid invitationId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.Invitations.FindOpenAsync(actor, invitationId, ct) is not { } invitation) return new InvitationNotFound();
        if (!actor.AdministersTeam(invitation.TeamId, invitation.Team.WorkspaceId)) return new TeamAdminNeeded(invitation.Team.Name);

        await InviteByEmail.SendAsync(db, letters, actor, invitation, time.GetUtcNow(), ct);
        db.AuditVerb = "invited again";
        await db.SaveChangesAsync(ct);
        outbox.SendSoon();
        return InviteByEmail.RowOf(invitation, actor.Name);
    }
}

/// <summary>Takes an invitation back: its link no longer works.</summary>
public sealed class WithdrawInvitation(Studio studio, TimeProvider time)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid invitationId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.Invitations.FindOpenAsync(actor, invitationId, ct) is not { } invitation) return new InvitationNotFound();
        if (!actor.AdministersTeam(invitation.TeamId, invitation.Team.WorkspaceId)) return new TeamAdminNeeded(invitation.Team.Name);

        invitation.WithdrawnAt = time.GetUtcNow();
        db.AuditVerb = "withdrawn";
        await db.SaveChangesAsync(ct);
        return Done.Value;
    }
}

internal static class InvitationQueries
{
    public static Task<Invitation?> FindOpenAsync(this IQueryable<Invitation> invitations, Actor actor, Guid id, CancellationToken ct)
    {
        var (all, teams, workspaces) = (actor.IsOrganizationAdmin, actor.Teams.Keys.ToList(), actor.AdminOfWorkspaces.ToList());
        return invitations.Include(i => i.Team.Workspace)
            .SingleOrDefaultAsync(i => i.Id == id && i.AcceptedAt == null && i.WithdrawnAt == null && (all || teams.Contains(i.TeamId) || workspaces.Contains(i.Team.WorkspaceId)), ct);
    }
}
