using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Audiences;

/// <summary>Tries again what failed, now.</summary>
public sealed class RetryPlacement(Studio studio, AuthorityGate authority, TimeProvider time)
{
    public async Task<Result<AudienceRow>> RunAsync(Actor actor, Guid placementId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedPlacementAsync(actor, placementId, ct)).TryGet(out var place, out var refusal)) return refusal;
        if (place.Status is not (PlacementStatus.Failed or PlacementStatus.Waiting)) return new NothingToRetry();
        // What waits goes on by itself; what is on its way off an account was allowed when it was taken off.
        if (place is { Status: PlacementStatus.Failed, IsLeaving: false } && await authority.WhyNotAsync(db, actor, AudienceDeed.Retry(place.Audience, place), ct) is { } why) return why;
        place.TryAgain(time.GetUtcNow());
        if (await db.SaveOrRefuseAsync(place.Audience, ct) is { } raced) return raced;
        return await AudienceRow.ReadAsync(db, actor, place.Audience, ct);
    }
}

/// <summary>Takes an audience off one ad account: it is deleted on the platform, with the members there. The list here stays.</summary>
public sealed class TakeOffAccount(Studio studio, AuthorityGate authority, TimeProvider time)
{
    public async Task<Result<AudienceRow>> RunAsync(Actor actor, Guid placementId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedPlacementAsync(actor, placementId, ct)).TryGet(out var place, out var refusal)) return refusal;
        if (!place.IsLeaving && await authority.WhyNotAsync(db, actor, AudienceDeed.TakeOff(place.Audience, place), ct) is { } why) return why;
        place.Leave(time.GetUtcNow());
        if (await db.SaveOrRefuseAsync(place.Audience, ct) is { } raced) return raced;
        return await AudienceRow.ReadAsync(db, actor, place.Audience, ct);
    }
}

internal static class Placements
{
    public static void Leave(this PlatformAudience place, DateTimeOffset now)
    {
        place.IsLeaving = true;
        place.TryAgain(now);
    }

    public static async Task<Refusal?> SaveOrRefuseAsync(this StudioDb db, AdAudience audience, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return new AudienceChangedMeanwhile(audience.Name);
        }
    }

    public static async Task<Result<PlatformAudience>> FindManagedPlacementAsync(this StudioDb db, Actor actor, Guid placementId, CancellationToken ct)
    {
        var place = await db.PlatformAudiences.Include(p => p.Audience).SingleOrDefaultAsync(p => p.Id == placementId, ct);
        if (place is null || !actor.Sees(place.Audience.WorkspaceId)) return new PlacementNotFound();
        var account = await db.AdAccounts.AsNoTracking().Visible(actor).SingleOrDefaultAsync(a => a.Id == place.AdAccountId, ct);
        if (account is null) return new PlacementNotFound();
        return actor.Manages(account.Id, account.WorkspaceId) ? place : new PlacingNeedsManager(account.Name);
    }
}
