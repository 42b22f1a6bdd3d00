using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Connections;

public sealed record GrantRow(Guid Id, Guid PersonId, Guid AdAccountId, string AdAccountExternalId, AccountAccess Access, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

public sealed record GrantAccount(Guid Id, Platform Platform, string ExternalId, string Name, string Currency);

/// <summary>Who of a team may do what with which of its ad accounts.</summary>
public sealed record TeamGrants(IReadOnlyList<GrantAccount> Accounts, IReadOnlyList<GrantRow> Grants);

/// <summary>The matrix of a team: all of it for who administers the team, one's own line for others.</summary>
public sealed class ListTeamGrants(Studio studio)
{
    public async Task<Result<TeamGrants>> RunAsync(Actor actor, Guid teamId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var team = await db.Teams.VisibleTo(actor).SingleOrDefaultAsync(t => t.Id == teamId, ct);
        if (team is null) return new TeamNotFound();
        var all = actor.AdministersTeam(team.Id, team.WorkspaceId);
        var accounts = await db.AdAccounts.Visible(actor).Where(a => a.TeamId == teamId).OrderBy(a => a.Platform).ThenBy(a => a.Name)
            .Select(a => new GrantAccount(a.Id, a.Platform, a.ExternalId, a.Name, a.Currency)).ToListAsync(ct);
        var grants = await db.AdAccountGrants.Where(g => g.AdAccount.TeamId == teamId && g.AdAccount.DeletedAt == null && (all || g.PersonId == actor.PersonId))
            .Select(g => new GrantRow(g.Id, g.PersonId, g.AdAccountId, g.AdAccount.ExternalId, g.Access, g.CreatedAt, g.ChangedAt ?? g.CreatedAt)).ToListAsync(ct);
        return new TeamGrants(accounts, grants);
    }
}

/// <summary>Gives a member of a team a grant on one of its ad accounts. A grant that is there already becomes the one asked for.</summary>
public sealed class GrantAdAccount(Studio studio, FindActor actors, TimeProvider time)
{
    /// <param name="adAccount">The platform's id of the account, or ours.</param>
    /// <param name="person">The partner's id of the person, or ours.</param>
    public async Task<Result<GrantRow>> RunAsync(Actor actor, Guid teamId, string adAccount, string person, AccountAccess access, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await GrantRules.FindAsync(db, actor, teamId, adAccount, person, access, ct)).TryGet(out var found, out var refusal)) return refusal;

        var (account, member) = found;
        var grant = await db.AdAccountGrants.SingleOrDefaultAsync(g => g.AdAccountId == account.Id && g.PersonId == member.PersonId, ct);
        if (grant is null) db.AdAccountGrants.Add(grant = new AdAccountGrant { OrganizationId = actor.OrganizationId, AdAccount = account, Person = member.Person, Access = access, CreatedAt = time.GetUtcNow() });
        else if (grant.Access != access) (grant.Access, grant.ChangedAt) = (access, time.GetUtcNow());
        try { await db.SaveChangesAsync(ct); }
        catch (DbUpdateException race) when (db.IsDuplicate(race)) { return new GrantedMeanwhile(); }
        actors.Forget(member.PersonId);
        return GrantRules.RowOf(grant, account);
    }
}

/// <summary>Changes what a member may do with an ad account on which they have a grant.</summary>
public sealed class ChangeAdAccountGrant(Studio studio, FindActor actors, TimeProvider time)
{
    public async Task<Result<GrantRow>> RunAsync(Actor actor, Guid teamId, string adAccount, string person, AccountAccess access, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await GrantRules.FindAsync(db, actor, teamId, adAccount, person, access, ct)).TryGet(out var found, out var refusal)) return refusal;

        var (account, member) = found;
        if (await db.AdAccountGrants.SingleOrDefaultAsync(g => g.AdAccountId == account.Id && g.PersonId == member.PersonId, ct) is not { } grant) return new GrantNotFound();
        if (grant.Access != access) (grant.Access, grant.ChangedAt) = (access, time.GetUtcNow());
        await db.SaveChangesAsync(ct);
        actors.Forget(member.PersonId);
        return GrantRules.RowOf(grant, account);
    }
}

/// <summary>Takes a member's grant on an ad account back.</summary>
public sealed class RevokeAdAccountGrant(Studio studio, FindActor actors)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid teamId, string adAccount, string person, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await GrantRules.FindAsync(db, actor, teamId, adAccount, person, AccountAccess.Viewer, ct)).TryGet(out var found, out var refusal)) return refusal;

        var (account, member) = found;
        if (await db.AdAccountGrants.SingleOrDefaultAsync(g => g.AdAccountId == account.Id && g.PersonId == member.PersonId, ct) is not { } grant) return new GrantNotFound();
        db.AdAccountGrants.Remove(grant);
        await db.SaveChangesAsync(ct);
        actors.Forget(member.PersonId);
        return Done.Value;
    }
}

internal static class GrantRules
{
    /// <summary>The account and the member, when the actor may say what the one does with the other.</summary>
    public static async Task<Result<(AdAccount Account, TeamMember Member)>> FindAsync(StudioDb db, Actor actor, Guid teamId, string adAccount, string person, AccountAccess access, CancellationToken ct)
    {
        var team = await db.Teams.VisibleTo(actor).Include(t => t.Members).ThenInclude(m => m.Person).SingleOrDefaultAsync(t => t.Id == teamId, ct);
        if (team is null) return new TeamNotFound();
        if (!actor.AdministersTeam(team.Id, team.WorkspaceId)) return new TeamAdminNeeded(team.Name);

        var account = (await db.AdAccounts.Where(a => a.TeamId == teamId).OrderBy(a => a.Id).ToListAsync(ct)).Find(a => AdAccountNames.Fit(adAccount, a.Id, a.Platform, a.ExternalId));
        if (account is null) return new AdAccountNotInTeam(team.Name);
        if (team.Members.Find(m => m.IsNamed(person)) is not { } member) return new MemberNotFound();
        if (access == AccountAccess.Manager && member.Person.Role == OrganizationRole.Client) return new ClientOnlyViews(member.Person.CalledBy);
        return (account, member);
    }

    public static GrantRow RowOf(AdAccountGrant grant, AdAccount account) => new(grant.Id, grant.PersonId, account.Id, account.ExternalId, grant.Access, grant.CreatedAt, grant.ChangedAt ?? grant.CreatedAt);
}

public sealed record AdAccountNotInTeam(string Team) : NotFoundError($"{Team} has no such ad account.");
public sealed record GrantNotFound() : NotFoundError("This person has no grant on that ad account.");
public sealed record GrantedMeanwhile() : ConflictError("Somebody gave this grant just now. Look again.");
public sealed record ClientOnlyViews(string Name) : ConflictError($"{Name} is a client and only reads, so can't manage an ad account.");
