using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Audiences;

/// <summary>What hangs on an audience, for the question before it is deleted.</summary>
/// <param name="Uses">Campaigns and lookalikes that name it, the running ones first.</param>
public sealed record AudienceInUse(AudienceRow Audience, IReadOnlyList<Use> Uses);

/// <summary>Reads where an audience stands and who uses it.</summary>
public sealed class FindAudienceUses(Studio studio, UseFinder uses)
{
    public async Task<Result<AudienceInUse>> RunAsync(Actor actor, Guid audienceId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var audience = await db.AdAudiences.AsNoTracking().FindVisibleAsync(actor, audienceId, ct);
        if (audience is null) return new AudienceNotFound();
        return new AudienceInUse(await AudienceRow.ReadAsync(db, actor, audience, ct), await uses.FindAsync(db, Used.Audience, [audience.Id], ct));
    }
}

/// <param name="Uses">Campaigns and lookalikes that name it.</param>
/// <param name="Leaving">How many ad accounts it is being taken off.</param>
public sealed record DeletedAudience(Guid Id, string Name, IReadOnlyList<Use> Uses, int Leaving = 0);

/// <summary>
/// Takes an audience out of the studio; <see cref="RestoreAudience"/> brings it back. Where it stands on platforms it stays, unless it is deleted there too: a worker does that, and it cannot be undone.
/// </summary>
public sealed class DeleteAudience(Studio studio, UseFinder uses, AuthorityGate authority, TimeProvider time)
{
    public async Task<Result<DeletedAudience>> RunAsync(Actor actor, Guid audienceId, bool onPlatforms, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var audience = await db.AdAudiences.FindVisibleAsync(actor, audienceId, ct);
        if (audience is null) return new AudienceNotFound();
        if (!await db.MayWriteAsync(actor, audience.WorkspaceId, ct)) return new AudiencesNeedManager();

        var now = time.GetUtcNow();
        var places = await db.PlatformAudiences.Where(p => p.AudienceId == audienceId).ToListAsync(ct);
        if (!onPlatforms) await db.SupersedeApprovalsAsync(audienceId, $"“{audience.Name}” was deleted", now, ct);
        if (onPlatforms)
        {
            var accounts = places.ConvertAll(p => p.AdAccountId);
            foreach (var account in await db.AdAccounts.AsNoTracking().Where(a => accounts.Contains(a.Id)).ToListAsync(ct))
                if (!actor.Manages(account.Id, account.WorkspaceId)) return new PlacingNeedsManager(actor.Sees(account) ? account.Name : "every ad account where it stands");
            if (places.Exists(p => !p.IsLeaving) && await authority.WhyNotAsync(db, actor, AudienceDeed.Delete(audience, places), ct) is { } why) return why;
            foreach (var place in places) place.Leave(now);
        }
        // What no platform has seen yet is not made after the fact.
        else db.RemoveRange(places.Where(p => p is { ExternalId: "", MakingSince: null, LeaseId: null }));

        audience.DeletedAt = now;
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new AudienceChangedMeanwhile(audience.Name);
        }
        return new DeletedAudience(audience.Id, audience.Name, await uses.FindAsync(db, Used.Audience, [audience.Id], ct), onPlatforms ? places.Count : 0);
    }
}

/// <summary>Brings a deleted audience back, with its members. Where it was deleted on a platform meanwhile, it has to be put there anew.</summary>
public sealed class RestoreAudience(Studio studio)
{
    public async Task<Result<AudienceRow>> RunAsync(Actor actor, Guid audienceId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var audience = await db.AdAudiences.IgnoreQueryFilters([StudioDb.DeletedFilter]).SingleOrDefaultAsync(a => a.Id == audienceId && a.DeletedAt != null, ct);
        if (audience is null || !actor.Sees(audience.WorkspaceId)) return new AudienceNotFound();
        if (!await db.MayWriteAsync(actor, audience.WorkspaceId, ct)) return new AudiencesNeedManager();

        audience.DeletedAt = null;
        db.AuditVerb = "restored";
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException failure) when (audience.ExternalKey is { } key && db.IsDuplicate(failure))
        {
            return new AudienceKeyTaken(key);
        }
        return await AudienceRow.ReadAsync(db, actor, audience, ct);
    }
}
