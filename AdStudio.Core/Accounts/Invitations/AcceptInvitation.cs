using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

/// <param name="HasAccount">The address has an account in this organization already: it just joins.</param>
public sealed record InvitationView(string Email, string OrganizationName, string WorkspaceName, string TeamName, bool HasAccount);

/// <summary>Reads an invitation by the code from its mail.</summary>
[WithoutActor]
public sealed class ReadInvitation(Studio studio, Identities identities, TimeProvider time)
{
    public async Task<Result<InvitationView>> RunAsync(string code, CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        if (await FindAsync(db, code, time, ct) is not { } invitation) return new InvitationOver();
        var name = identities.Normalize(invitation.Email);
        var owner = await db.Users.Where(p => p.NormalizedUserName == name).Select(p => new { p.OrganizationId }).SingleOrDefaultAsync(ct);
        if (owner is not null && owner.OrganizationId != invitation.OrganizationId) return new InAnotherOrganization(invitation.Email);
        var organization = await db.Organizations.Where(o => o.Id == invitation.OrganizationId).Select(o => o.Name).SingleAsync(ct);
        return new InvitationView(invitation.Email, organization, invitation.Team.Workspace.Name, invitation.Team.Name, owner is not null);
    }

    internal static Task<Invitation?> FindAsync(StudioDb db, string code, TimeProvider time, CancellationToken ct)
    {
        var (hash, now) = (InviteByEmail.HashOf(code), time.GetUtcNow());
        return db.Invitations.Include(i => i.Team.Workspace)
            .SingleOrDefaultAsync(i => i.TokenHash == hash && i.AcceptedAt == null && i.WithdrawnAt == null && i.ExpiresAt > now && i.Team.DeletedAt == null, ct);
    }
}

/// <param name="IsNew">The person was made just now, and may be signed in at once; somebody with an account signs in as always.</param>
public sealed record AcceptedInvitation(Guid PersonId, bool IsNew);

/// <summary>Joins the team: with a new account, whose address is confirmed by having got the mail, or with the one that the address has here.</summary>
[WithoutActor]
public sealed class AcceptInvitation(Studio studio, Identities identities, FindActor actors, TimeProvider time)
{
    public async Task<Result<AcceptedInvitation>> RunAsync(string code, string? name, string? password, CancellationToken ct)
    {
        await using var everyone = await studio.OpenForEveryoneAsync(ct);
        if (await ReadInvitation.FindAsync(everyone, code, time, ct) is not { } found) return new InvitationOver();

        var now = time.GetUtcNow();
        var normalized = identities.Normalize(found.Email);
        var person = await everyone.Users.AsNoTracking().SingleOrDefaultAsync(p => p.NormalizedUserName == normalized, ct);
        if (person is not null && person.OrganizationId != found.OrganizationId) return new InAnotherOrganization(found.Email);

        var isNew = person is null;
        if (isNew)
        {
            var typed = new Typed();
            (name, password) = (typed.Name("name", name, "your name"), typed.Password("password", password));
            if (typed.Refusal is { } refusal) return refusal;
            person = new Person { OrganizationId = found.OrganizationId, Name = name, UserName = found.Email, Email = found.Email, EmailConfirmed = true, Role = found.Role, CreatedAt = now };
        }

        await using var db = await studio.OpenAsync(person!.AtSignIn(), ct);
        if (await ReadInvitation.FindAsync(db, code, time, ct) is not { } invitation) return new InvitationOver();
        if (isNew)
        {
            using var people = identities.In(db);
            if (!(await people.CreateAsync(person!, password!)).Succeeded) return new EmailTaken();
        }
        else db.Attach(person!);

        invitation.AcceptedAt = now;
        if (!await db.TeamMembers.AnyAsync(m => m.TeamId == invitation.TeamId && m.PersonId == person!.Id, ct))
        {
            // Somebody who became a client meanwhile joins as one who reads.
            var role = person!.Role == OrganizationRole.Client ? TeamRole.Member : invitation.TeamRole;
            db.TeamMembers.Add(new TeamMember { OrganizationId = invitation.OrganizationId, Team = invitation.Team, Person = person, Role = role, CreatedAt = now, UpdatedAt = now });
        }
        db.AuditVerb = "accepted";
        try { await db.SaveChangesAsync(ct); }
        catch (DbUpdateException failure) when (db.IsDuplicate(failure)) { return new InvitationOver(); }
        actors.Forget(person!.Id);
        return new AcceptedInvitation(person.Id, isNew);
    }
}
