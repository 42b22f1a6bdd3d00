using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Mail;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

/// <param name="EnterpriseId">The caller's own id of the workspace; null makes one.</param>
public sealed record NewMember(string Name, string Email, string Password, string WorkspaceName, string ExternalUserId, string? EnterpriseId = null)
{
    public override string ToString() => $"{nameof(NewMember)} {{ {ExternalUserId} }}";
}

public sealed record RegisteredMember(Guid PersonId, string Name, string Email, string ExternalUserId, Guid WorkspaceId, string WorkspaceName, string EnterpriseId, DateTimeOffset CreatedAt);

/// <summary>
/// Signs up a user of a partner's product: a person of the partner's organization whom the partner knows by its own id and who may also sign in here, and their workspace with its default team.
/// Asks them by mail to confirm the address.
/// </summary>
public sealed class RegisterMember(Studio studio, Identities identities, AccountLetters letters, Outbox outbox, TimeProvider time)
{
    public async Task<Result<RegisteredMember>> RunAsync(Actor key, NewMember member, CancellationToken ct)
    {
        if (key.Kind != ActorKind.ApiKey) return new ApiKeyNeeded();
        var typed = new Typed();
        var (name, workspaceName) = (typed.Name("name", member.Name, "your name"), typed.Name("workspaceName", member.WorkspaceName, "the workspace a name"));
        var (email, password) = (typed.Email("email", member.Email), typed.Password("password", member.Password));
        var externalId = typed.Name("externalUserId", member.ExternalUserId, "the user's id in your product");
        var enterpriseId = string.IsNullOrWhiteSpace(member.EnterpriseId) ? null : typed.Name("enterpriseId", member.EnterpriseId, "the workspace's id in your product");
        if (typed.Refusal is { } refusal) return refusal;

        // Two at once ask for the same number; the later one asks again.
        for (var attempt = 1; ; attempt++)
        {
            var normalized = identities.Normalize(email);
            await using (var everyone = await studio.OpenForEveryoneAsync(ct))
                if (await everyone.Users.AnyAsync(p => p.NormalizedUserName == normalized, ct)) return new EmailTaken();

            await using var db = await studio.OpenAsync(key, ct);
            if (await db.Users.IgnoreQueryFilters([StudioDb.DeletedFilter]).AnyAsync(p => p.ExternalUserId == externalId, ct)) return new ExternalUserExists();
            if (enterpriseId is not null && await db.Workspaces.AnyAsync(w => w.EnterpriseId == enterpriseId, ct)) return new WorkspaceExists();

            var now = time.GetUtcNow();
            var organization = await db.Organizations.SingleAsync(o => o.Id == key.OrganizationId, ct);
            var person = new Person { OrganizationId = organization.Id, Name = name, UserName = email, Email = email, ExternalUserId = externalId, CreatedAt = now };
            using var people = identities.In(db);
            if (!(await people.CreateAsync(person, password)).Succeeded) return new EmailTaken();
            var workspace = WorkspaceRows.Add(db, organization, person, workspaceName, enterpriseId, now);
            await letters.ConfirmEmailAsync(db, people, person);
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateException failure) when (attempt < 8 && (failure is DbUpdateConcurrencyException || db.IsDuplicate(failure)))
            {
                continue;
            }
            outbox.SendSoon();
            return new RegisteredMember(person.Id, name, email, externalId, workspace.Id, workspace.Name, workspace.EnterpriseId, now);
        }
    }
}
