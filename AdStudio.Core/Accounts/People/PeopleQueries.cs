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
    }
}
