using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

/// <param name="Teams">"Default team (Acme Shoes)": those that the actor sees.</param>
public sealed record PersonRow(
    Guid Id, string Name, string? Email, string? ExternalUserId, OrganizationRole Role, bool TwoFactor, DateTimeOffset CreatedAt, DateTimeOffset? DeactivatedAt, IReadOnlyList<string> Teams)
{
    public string CalledBy => Name.Length > 0 ? Name : Email ?? ExternalUserId ?? "";
}

/// <summary>The organization's people. Clients are shown to those who share a workspace with them; who was deactivated, to the organization's admins.</summary>
public sealed class ListPeople(Studio studio)
{
    public async Task<Result<IReadOnlyList<PersonRow>>> RunAsync(Actor actor, CancellationToken ct)
    {
        if (actor.IsClient) return new ClientsOnlyRead();
        await using var db = await studio.OpenAsync(actor, ct);
        var people = actor.IsOrganizationAdmin ? db.Users.IgnoreQueryFilters([StudioDb.DeletedFilter]) : db.Users;
        var teams = await db.TeamMembers.Where(m => m.Team.DeletedAt == null)
            .Select(m => new { m.PersonId, m.Team.WorkspaceId, Words = m.Team.Name + " (" + m.Team.Workspace.Name + ")" }).ToListAsync(ct);
        var seen = teams.Where(t => actor.Sees(t.WorkspaceId)).ToLookup(t => t.PersonId, t => t.Words);
        var rows = await people.AsNoTracking().OrderBy(p => p.DeletedAt != null).ThenBy(p => p.Name).ToListAsync(ct);
        return Result<IReadOnlyList<PersonRow>>.Of([.. rows
            .Where(p => actor.IsOrganizationAdmin || p.Role != OrganizationRole.Client || seen[p.Id].Any())
            .Select(p => new PersonRow(p.Id, p.Name, p.Email, p.ExternalUserId, p.Role, p.TwoFactorEnabled, p.CreatedAt, p.DeletedAt, [.. seen[p.Id].Order(StringComparer.OrdinalIgnoreCase)]))]);
    }
}

/// <summary>Makes a person an admin of the organization, a member, or a client who only reads. A client's say in teams and accounts shrinks to reading.</summary>
public sealed class ChangeOrganizationRole(Studio studio, FindActor actors)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid personId, OrganizationRole role, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!actor.IsOrganizationAdmin) return new OrganizationAdminNeeded();
        if (await db.Users.SingleOrDefaultAsync(p => p.Id == personId, ct) is not { } person) return new PersonNotFound();
        if (person.Role == role) return Done.Value;
        if (person.Role == OrganizationRole.Admin && await db.IsLastAdminAsync(person, ct)) return new LastOrganizationAdmin(person.CalledBy);
        if (role == OrganizationRole.Client)
        {
            if (await db.LeadsAsync(person, ct) is { Count: > 0 } led) return new LeadsWorkspaces(person.CalledBy, led);
            foreach (var member in await db.TeamMembers.Include(m => m.Team).Where(m => m.PersonId == personId).ToListAsync(ct)) member.Role = TeamRole.Member;
            foreach (var grant in await db.AdAccountGrants.Include(g => g.AdAccount).Where(g => g.PersonId == personId).ToListAsync(ct)) grant.Access = AccountAccess.Viewer;
        }
        person.Role = role;
        await db.SaveChangesAsync(ct);
        actors.Forget(personId);
        return Done.Value;
    }
}

/// <summary>Ends a person's work here: signs every browser out and takes them out of all teams. Their history stays.</summary>
public sealed class DeactivatePerson(Studio studio, FindActor actors, RevokeSessions revoke, TimeProvider time)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid personId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!actor.IsOrganizationAdmin) return new OrganizationAdminNeeded();
        if (await db.Users.SingleOrDefaultAsync(p => p.Id == personId, ct) is not { } person) return new PersonNotFound();
        if (person.Role == OrganizationRole.Admin && await db.IsLastAdminAsync(person, ct)) return new LastOrganizationAdmin(person.CalledBy);
        if (await db.LeadsAsync(person, ct) is { Count: > 0 } led) return new LeadsWorkspaces(person.CalledBy, led);

        var now = time.GetUtcNow();
        db.TeamMembers.RemoveRange(await db.TeamMembers.Include(m => m.Team).Where(m => m.PersonId == personId).ToListAsync(ct));
        db.AdAccountGrants.RemoveRange(await db.AdAccountGrants.Include(g => g.AdAccount).Where(g => g.PersonId == personId).ToListAsync(ct));
        foreach (var token in await db.RefreshTokens.Where(t => t.PersonId == personId && t.RevokedAt == null).ToListAsync(ct)) token.RevokedAt = now;

        // The address becomes free: for an invitation some day, or for an organization of their own.
        person.UserName = $"left:{person.Id:N}";
        person.NormalizedUserName = person.UserName.ToUpperInvariant();
        person.SecurityStamp = Guid.NewGuid().ToString("N");
        person.DeletedAt = now;
        await db.SaveChangesAsync(ct);
        await revoke.InAsync(db, personId, except: null, ct);
        actors.Forget(personId);
        return Done.Value;
    }
}

/// <summary>Takes a person up again who was deactivated. Teams and grants have to be given anew.</summary>
public sealed class ReactivatePerson(Studio studio, FindActor actors)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid personId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!actor.IsOrganizationAdmin) return new OrganizationAdminNeeded();
        var person = await db.Users.IgnoreQueryFilters([StudioDb.DeletedFilter]).SingleOrDefaultAsync(p => p.Id == personId && p.DeletedAt != null, ct);
        if (person is null) return new PersonNotFound();

        person.DeletedAt = null;
        person.UserName = person.Email ?? $"external:{person.Id:N}";
        person.NormalizedUserName = person.UserName.ToUpperInvariant();
        db.AuditVerb = "reactivated";
        try { await db.SaveChangesAsync(ct); }
        catch (DbUpdateException failure) when (db.IsDuplicate(failure)) { return new AddressInUse(person.CalledBy); }
        actors.Forget(personId);
        return Done.Value;
    }
}

internal static class PersonRules
{
    public static async Task<bool> IsLastAdminAsync(this StudioDb db, Person person, CancellationToken ct) =>
        !await db.Users.AnyAsync(p => p.Role == OrganizationRole.Admin && p.Id != person.Id, ct);

    public static Task<List<string>> LeadsAsync(this StudioDb db, Person person, CancellationToken ct) =>
        db.Workspaces.Where(w => w.AdminId == person.Id).OrderBy(w => w.Name).Select(w => w.Name).ToListAsync(ct);
}
