using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

/// <param name="Person">The partner's id of a person, or ours.</param>
public sealed record NewTeamMember(string Person, TeamRole Role);

public sealed record AddedMember(string Person, TeamMemberRow Member);

public sealed record NotAddedMember(string Person, Refusal Why)
{
    public string Error => Why.Message;
}

/// <summary>What became of each.</summary>
public sealed record AddedMembers(IReadOnlyList<AddedMember> Successful, IReadOnlyList<NotAddedMember> Failed)
{
    public int Total => Successful.Count + Failed.Count;
}

/// <summary>Takes people of the organization into a team, one or many; those who can't be taken are named with the reason.</summary>
public sealed class AddTeamMembers(Studio studio, FindActor actors, TimeProvider time)
{
    public const int AtOnce = 200;

    public async Task<Result<AddedMembers>> RunAsync(Actor actor, Guid teamId, IReadOnlyList<NewTeamMember> members, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var team = await db.Teams.VisibleTo(actor).SingleOrDefaultAsync(t => t.Id == teamId, ct);
        if (team is null) return new TeamNotFound();
        if (!actor.AdministersTeam(team.Id, team.WorkspaceId)) return new TeamAdminNeeded(team.Name);
        if (members.Count is 0 or > AtOnce) return new InvalidError("members", members.Count == 0 ? "Name at least one person." : $"Add at most {AtOnce} people at once.");

        var there = (await db.TeamMembers.Where(m => m.TeamId == teamId).Select(m => m.PersonId).ToListAsync(ct)).ToHashSet();
        var now = time.GetUtcNow();
        List<AddedMember> added = [];
        List<NotAddedMember> failed = [];
        foreach (var (text, role) in members)
        {
            var person = await db.Users.NamedAsync(text, ct);
            if (person is null) failed.Add(new(text, new UserNotFound()));
            else if (!there.Add(person.Id)) failed.Add(new(text, new AlreadyInTeam()));
            else if (role == TeamRole.Admin && person.Role == OrganizationRole.Client) failed.Add(new(text, new ClientCannotLead(person.CalledBy)));
            else
            {
                var member = new TeamMember { OrganizationId = actor.OrganizationId, Team = team, Person = person, Role = role, CreatedAt = now, UpdatedAt = now };
                db.TeamMembers.Add(member);
                added.Add(new(text, TeamQueries.MemberOf(member) with { PersonId = person.Id }));
            }
        }
        try { await db.SaveChangesAsync(ct); }
        catch (DbUpdateException failure) when (db.IsDuplicate(failure)) { return new AlreadyInTeam(); }

        foreach (var member in added) actors.Forget(member.Member.PersonId);
        return new AddedMembers(added, failed);
    }
}

/// <param name="Notice">What follows that one may not expect: a team without an admin of its own.</param>
public sealed record MembersChanged(IReadOnlyList<string> Names, string? Notice);

/// <summary>Makes a member an admin of the team, or a plain member again.</summary>
public sealed class ChangeTeamMemberRole(Studio studio, FindActor actors, TimeProvider time)
{
    public async Task<Result<MembersChanged>> RunAsync(Actor actor, Guid teamId, string person, TeamRole role, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var team = await db.Teams.VisibleTo(actor).Include(t => t.Workspace.Admin).Include(t => t.Members).ThenInclude(m => m.Person).SingleOrDefaultAsync(t => t.Id == teamId, ct);
        if (team is null) return new TeamNotFound();
        if (!actor.AdministersTeam(team.Id, team.WorkspaceId)) return new TeamAdminNeeded(team.Name);
        if (team.Members.Find(m => m.IsNamed(person)) is not { } member) return new MemberNotFound();
        if (role == TeamRole.Admin && member.Person.Role == OrganizationRole.Client) return new ClientCannotLead(member.Person.CalledBy);

        (member.Role, member.UpdatedAt) = (role, time.GetUtcNow());
        await db.SaveChangesAsync(ct);
        actors.Forget(member.PersonId);
        return new MembersChanged([member.Person.CalledBy], TeamMemberRules.NoticeFor(team));
    }
}

/// <summary>Takes people out of a team, and with that their grants on the team's ad accounts.</summary>
public sealed class RemoveTeamMembers(Studio studio, FindActor actors)
{
    public async Task<Result<MembersChanged>> RunAsync(Actor actor, Guid teamId, IReadOnlyList<string> people, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var team = await db.Teams.VisibleTo(actor).Include(t => t.Workspace.Admin).Include(t => t.Members).ThenInclude(m => m.Person).SingleOrDefaultAsync(t => t.Id == teamId, ct);
        if (team is null) return new TeamNotFound();
        if (!actor.AdministersTeam(team.Id, team.WorkspaceId)) return new TeamAdminNeeded(team.Name);
        var leaving = team.Members.Where(m => people.Any(m.IsNamed)).ToList();
        if (leaving.Count == 0) return new MemberNotFound();

        var ids = leaving.ConvertAll(m => m.PersonId);
        var grants = await db.AdAccountGrants.Include(g => g.Person).Include(g => g.AdAccount).Where(g => g.AdAccount.TeamId == teamId && ids.Contains(g.PersonId)).ToListAsync(ct);
        db.AdAccountGrants.RemoveRange(grants);
        db.TeamMembers.RemoveRange(leaving);
        await db.SaveChangesAsync(ct);
        ids.ForEach(actors.Forget);
        team.Members.RemoveAll(leaving.Contains);
        return new MembersChanged([.. leaving.Select(m => m.Person.CalledBy)], TeamMemberRules.NoticeFor(team));
    }
}

internal static class TeamMemberRules
{
    public static bool IsNamed(this TeamMember member, string person) => member.Person?.ExternalUserId == person || (Guid.TryParse(person, out var id) && member.PersonId == id);

    /// <summary>A team may be without an admin of its own, because the workspace's admin looks after it; but nobody should learn it by chance.</summary>
    public static string? NoticeFor(Team team) =>
        team.Members.Count == 0 || team.Members.Any(m => m.Role == TeamRole.Admin) ? null
        : $"{team.Name} has no admin of its own now. {team.Workspace.Admin.CalledBy}, the admin of {team.Workspace.Name}, looks after it.";
}
