using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

internal static class PeopleQueries
{
    /// <summary>A person by the partner's id, or else by ours.</summary>
    public static async Task<Person?> NamedAsync(this IQueryable<Person> people, string person, CancellationToken ct)
    {
        if (await people.FirstOrDefaultAsync(p => p.ExternalUserId == person, ct) is { } external) return external;
        return Guid.TryParse(person, out var id) ? await people.SingleOrDefaultAsync(p => p.Id == id, ct) : null;
    }

    extension(Person person)
    {
        public string CalledBy => ((IAuditedRow)person).AuditName;

        /// <summary>The person acting before there is a session: registering, joining. Opens the organization, and signs the history.</summary>
        public Actor AtSignIn() => new() { Kind = ActorKind.Person, OrganizationId = person.OrganizationId, Id = person.Id, PersonId = person.Id, Name = person.CalledBy, Via = "sign-in", Role = person.Role };
    }
}
