using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

/// <summary>Changes the person's own name.</summary>
public sealed class UpdateProfile(Studio studio, FindActor actors)
{
    public async Task<Result<Done>> RunAsync(Actor actor, string name, CancellationToken ct)
    {
        var typed = new Typed();
        name = typed.Name("name", name, "your name");
        if (typed.Refusal is { } refusal) return refusal;

        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.Users.SingleOrDefaultAsync(p => p.Id == actor.PersonId, ct) is not { } person) return new PersonNotFound();
        person.Name = name;
        await db.SaveChangesAsync(ct);
        actors.Forget(person.Id);
        return Done.Value;
    }
}

/// <summary>Gives the organization another name.</summary>
public sealed class RenameOrganization(Studio studio)
{
    /// <summary>The new version.</summary>
    public async Task<Result<long>> RunAsync(Actor actor, string name, long? version, CancellationToken ct)
    {
        if (!actor.IsOrganizationAdmin) return new OrganizationAdminNeeded();
        var typed = new Typed();
        name = typed.Name("name", name, "your organization a name");
        if (typed.Refusal is { } refusal) return refusal;

        await using var db = await studio.OpenAsync(actor, ct);
        var organization = await db.Organizations.SingleAsync(o => o.Id == actor.OrganizationId, ct);
        var theirs = organization.Name;
        db.ExpectVersion(organization, version);
        organization.Name = name;
        try { await db.SaveChangesAsync(ct); }
        catch (DbUpdateConcurrencyException) { return new ChangedMeanwhile(theirs, name); }
        return organization.Version;
    }
}
