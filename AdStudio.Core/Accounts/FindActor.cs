using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace AdStudio.Core.Accounts;

/// <summary>
/// Builds the actor for a person, or for a person through a key, with the grants as they stand now. Kept for a few seconds, because every request asks;
/// whoever changes grants calls <see cref="Forget"/>, and other nodes follow within <see cref="KeptFor"/>.
/// </summary>
[WithoutActor]
public sealed class FindActor(Studio studio, IMemoryCache cache)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    /// <summary>Null when there is no such person any more.</summary>
    public async Task<Actor?> RunAsync(Guid personId, string via, CancellationToken ct)
    {
        if (cache.TryGetValue(KeyOf(personId), out Actor? kept) && kept is not null) return kept with { Via = via };

        await using var db = await studio.OpenForEveryoneAsync(ct);
        var person = await db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.Id == personId, ct);
        if (person is null) return null;

        var administered = await db.Workspaces.Where(w => w.OrganizationId == person.OrganizationId && w.AdminId == personId).Select(w => w.Id).ToListAsync(ct);
        var teams = await db.TeamMembers.Where(m => m.PersonId == personId && m.Team.DeletedAt == null && m.Team.Workspace.DeletedAt == null)
            .Select(m => new { m.TeamId, m.Role, m.Team.WorkspaceId }).ToListAsync(ct);
        var grants = await db.AdAccountGrants.Where(g => g.PersonId == personId).Select(g => new { g.AdAccountId, g.Access }).ToListAsync(ct);

        var actor = new Actor
        {
            Kind = ActorKind.Person,
            OrganizationId = person.OrganizationId,
            Id = person.Id,
            PersonId = person.Id,
            Name = ((IAuditedRow)person).AuditName,
            Via = via,
            Role = person.Role,
            AdminOfWorkspaces = administered.ToHashSet(),
            MemberOfWorkspaces = administered.Concat(teams.Select(t => t.WorkspaceId)).ToHashSet(),
            Teams = teams.ToDictionary(t => t.TeamId, t => t.Role),
            Accounts = grants.ToDictionary(g => g.AdAccountId, g => g.Access),
        };
        cache.Set(KeyOf(personId), actor, KeptFor);
        return actor;
    }

    /// <summary>After a change of somebody's role, teams or grants.</summary>
    public void Forget(Guid personId) => cache.Remove(KeyOf(personId));

    private static string KeyOf(Guid personId) => $"actor:{personId:N}";
}
