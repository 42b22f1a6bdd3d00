using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

public sealed record Profile(
    Guid PersonId, string Name, string? Email, bool EmailConfirmed, bool HasPassword, bool TwoFactor, int RecoveryCodesLeft, OrganizationRole Role, string OrganizationName, long OrganizationVersion);

/// <summary>The person's own account, and the organization it is in.</summary>
public sealed class GetProfile(Studio studio, Identities identities)
{
    public async Task<Profile> RunAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var organization = await db.Organizations.AsNoTracking().SingleAsync(o => o.Id == actor.OrganizationId, ct);
        var person = await db.Users.AsNoTracking().SingleAsync(p => p.Id == actor.PersonId, ct);
        using var people = identities.In(db);
        var left = person.TwoFactorEnabled ? await people.CountRecoveryCodesAsync(person) : 0;
        return new Profile(person.Id, person.Name, person.Email, person.EmailConfirmed, person.PasswordHash is not null, person.TwoFactorEnabled, left, person.Role, organization.Name, organization.Version);
    }
}
