using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

/// <summary>Finds the person whom a partner names by its own user id, or makes one without grants and without a way to sign in.</summary>
public sealed class EnsurePersonByExternalId(Studio studio, TimeProvider time)
{
    public async Task<Result<Person>> RunAsync(Actor actor, string externalUserId, CancellationToken ct)
    {
        var id = externalUserId.Trim();
        if (id.Length is 0 or > 128) return new InvalidError("externalUserId", id.Length == 0 ? "externalUserId should not be empty" : "externalUserId has at most 128 characters");

        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.ExternalUserId == id, ct) is { } known) return known;

        var person = new Person { ExternalUserId = id, Name = id, CreatedAt = time.GetUtcNow(), SecurityStamp = Guid.NewGuid().ToString("N") };
        person.UserName = $"external:{person.Id:N}";
        person.NormalizedUserName = person.UserName.ToUpperInvariant();
        db.Users.Add(person);
        try
        {
            await db.SaveChangesAsync(ct);
            return person;
        }
        catch (DbUpdateException race) when (db.IsDuplicate(race))
        {
            db.Entry(person).State = EntityState.Detached;
            return await db.Users.AsNoTracking().IgnoreQueryFilters([StudioDb.DeletedFilter]).SingleAsync(p => p.ExternalUserId == id, ct) is { DeletedAt: null } other
                ? other
                : new ForbiddenError("This person no longer works here.");
        }
    }
}
