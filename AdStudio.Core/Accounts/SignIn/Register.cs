using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Mail;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

/// <summary>Creates an organization with its first admin, its first workspace and that one's default team, and asks the admin by mail to confirm the address.</summary>
[WithoutActor]
public sealed class Register(Studio studio, Identities identities, AccountLetters letters, Outbox outbox, TimeProvider time)
{
    public async Task<Result<Guid>> RunAsync(string name, string organizationName, string email, string password, CancellationToken ct)
    {
        var typed = new Typed();
        (name, organizationName) = (typed.Name("name", name, "your name"), typed.Name("organizationName", organizationName, "your organization a name"));
        (email, password) = (typed.Email("email", email), typed.Password("password", password));
        if (typed.Refusal is { } refusal) return refusal;

        var normalized = identities.Normalize(email);
        await using (var everyone = await studio.OpenForEveryoneAsync(ct))
            if (await everyone.Users.AnyAsync(p => p.NormalizedUserName == normalized, ct)) return new EmailTaken();

        var now = time.GetUtcNow();
        var organization = new Organization { Name = organizationName, CreatedAt = now };
        var person = new Person { OrganizationId = organization.Id, Name = name, UserName = email, Email = email, Role = OrganizationRole.Admin, CreatedAt = now };
        await using var db = await studio.OpenAsync(person.AtSignIn(), ct);
        db.Organizations.Add(organization);

        using var people = identities.In(db);
        if (!(await people.CreateAsync(person, password)).Succeeded) return new EmailTaken();
        WorkspaceRows.Add(db, organization, person, organizationName, enterpriseId: null, now);
        await letters.ConfirmEmailAsync(db, people, person);
        try { await db.SaveChangesAsync(ct); }
        catch (DbUpdateException failure) when (db.IsDuplicate(failure)) { return new EmailTaken(); }

        outbox.SendSoon();
        return person.Id;
    }
}
