using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Audiences;

/// <summary>
/// Makes an audience on an ad account, once, and brings its members in step: those who came since the last confirmed change are added, those who went are taken out, batch by batch.
/// Whoever takes over after a crash goes on with the next batch.
/// </summary>
public sealed class CarryOutPlacement(Studio studio, PlatformSet platforms, GetPlatformAccess getAccess, ReportExpired reportExpired, TimeProvider time)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>How it stands afterwards; null when it was taken off. One that another worker holds is refused.</summary>
    public async Task<Result<PlatformAudience?>> RunAsync(Actor actor, Guid placementId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await ClaimAsync(db, placementId, ct) is not { } place) return new PlacementIsTaken();
        try
        {
            var work = new PlacementWork(db, place, Lease, time);
            if (await WorkAsync(actor, work, ct) is { } refusal) await work.FailAsync(PlacementTrouble.Of(place.Platform, refusal, place.Attempts, time.GetUtcNow()), ct);
            return Result<PlatformAudience?>.Of(work.IsGone ? null : place);
        }
        catch (OperationCanceledException)
        {
            // The studio stops: whoever starts next goes on where this one was.
            await db.PlatformAudiences.IgnoreQueryFilters([StudioDb.DeletedFilter]).Where(p => p.Id == placementId && p.LeaseId == place.LeaseId).ExecuteUpdateAsync(set => set
                .SetProperty(p => p.Status, PlacementStatus.Waiting).SetProperty(p => p.NextTryAt, time.GetUtcNow()).SetProperty(p => p.LeaseId, (Guid?)null).SetProperty(p => p.LeaseUntil, (DateTimeOffset?)null), CancellationToken.None);
            throw;
        }
        catch (Exception bug) when (bug is not PlacementTakenOverException)
        {
            var later = time.GetUtcNow() + PlacementTrouble.Pause(place.Attempts);
            await new PlacementWork(db, place, Lease, time).FailAsync(new(PlatformFailureKind.Unavailable, "Something went wrong inside AdStudio. It is in the log; AdStudio tries again by itself.", later, IsWaiting: true), CancellationToken.None);
            throw;
        }
    }

    private async Task<PlatformAudience?> ClaimAsync(StudioDb db, Guid placementId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (id, until) = (Guid.NewGuid(), now + Lease);
        var all = db.PlatformAudiences.IgnoreQueryFilters([StudioDb.DeletedFilter]);
        var claimed = await all.Where(p => p.Id == placementId && (p.LeaseUntil == null || p.LeaseUntil <= now)).ExecuteUpdateAsync(set => set
            .SetProperty(p => p.Status, PlacementStatus.Working).SetProperty(p => p.NextTryAt, p => p.NextTryAt ?? now).SetProperty(p => p.LeaseId, id).SetProperty(p => p.LeaseUntil, until), ct);
        return claimed == 1 ? await all.AsNoTracking().Include(p => p.Audience).SingleOrDefaultAsync(p => p.Id == placementId && p.LeaseId == id, ct) : null;
    }

    private async Task<Refusal?> WorkAsync(Actor actor, PlacementWork work, CancellationToken ct)
    {
        var place = work.Place;
        if (platforms.Find<ISyncsAudiences>(place.Platform) is not { } syncs) return new NoAudiencesOn(place.Platform);
        if (place is { ExternalId: "", IsLeaving: false } && await work.StandsByLaunchAsync(ct))
        {
            await work.DropAsync(ct);
            return null;
        }
        if (!(await getAccess.RunAsync(actor, place.AdAccountId, ct)).TryGet(out var access, out var refusal)) return refusal;
        var platform = new Line(actor, access, reportExpired);

        if (place.IsLeaving) return await LeaveAsync(platform, syncs, work, ct);
        if (place.ExternalId.Length == 0 && await MakeAsync(platform, syncs, work, ct) is { } notMade) return notMade;
        if (place.Audience is { Type: AudienceType.CustomerMatch, DeletedAt: null } && await SendAsync(platform, syncs, work, ct) is { } notSent) return notSent;
        await work.FinishAsync(ct);
        return null;
    }

    private static async Task<Refusal?> LeaveAsync(Line platform, ISyncsAudiences syncs, PlacementWork work, CancellationToken ct)
    {
        var place = work.Place;
        var id = place.ExternalId;
        if (id.Length == 0 && place.MakingSince is not null)
        {
            if (!(await platform.AskAsync(a => syncs.FindAudienceAsync(a, place.Marker, ct), ct)).TryGet(out var found, out var unfound) && unfound is not null) return unfound;
            id = found ?? "";
        }
        if (id.Length > 0 && (await platform.AskAsync(a => syncs.DeleteAudienceAsync(a, id, ct), ct)).Refusal is { } refusal) return refusal;
        await work.DropAsync(ct);
        return null;
    }

    private static async Task<Refusal?> MakeAsync(Line platform, ISyncsAudiences syncs, PlacementWork work, CancellationToken ct)
    {
        var place = work.Place;
        if (!(await work.BriefAsync(ct)).TryGet(out var brief, out var refusal)) return refusal;
        if (place.MakingSince is not null)
        {
            var looked = await platform.AskAsync(a => syncs.FindAudienceAsync(a, place.Marker, ct), ct);
            if (looked.Refusal is not null) return looked.Refusal;
            if (looked.Value is { } there) return await KeepAsync(there);
        }

        await work.BeginToMakeAsync(ct);
        var pixel = await work.PixelAsync(ct);
        var made = await platform.AskAsync(a => syncs.CreateAudienceAsync(a, brief, pixel, place.Marker, ct), ct);
        if (made.TryGet(out var id, out refusal)) return await KeepAsync(id);
        if (refusal is not PlatformFailure { Kind: PlatformFailureKind.UnknownOutcome })
        {
            // Certainly not there. An answer that was lost keeps its mark: the next try looks first.
            await work.ForgetMakingAsync(ct);
            return refusal;
        }
        var found = await platform.AskAsync(a => syncs.FindAudienceAsync(a, place.Marker, ct), ct);
        return found is { IsDone: true, Value: { } late } ? await KeepAsync(late) : refusal;

        async Task<Refusal?> KeepAsync(string externalId)
        {
            await work.KeepAsync(externalId, ct);
            return null;
        }
    }

    private static async Task<Refusal?> SendAsync(Line platform, ISyncsAudiences syncs, PlacementWork work, CancellationToken ct)
    {
        var place = work.Place;
        var sheet = new MemberSheet(work.Db, place);
        await work.BeginUploadAsync(await sheet.ReadLastAsync(ct), await sheet.CountAsync(ct), ct);
        var size = Math.Min(syncs.MembersACall, MemberSheet.Largest);
        while (await sheet.NextAsync(size, ct) is { } batch)
        {
            await work.TryThroughAsync(batch.Through, ct);
            Refusal? refusal = null;
            long unreadable = 0;
            // First those who go: somebody may come back in the same batch by another address.
            if (batch.Leaving.Count > 0) refusal = (await platform.AskAsync(a => syncs.SendMembersAsync(a, place.ExternalId, new(PlacementWork.NewSession(), 1, IsLast: true, batch.Leaving.Count, Remove: true, batch.Leaving), ct), ct)).Refusal;
            if (refusal is null && batch.Joining.Count > 0)
            {
                var sent = await platform.AskAsync(a => syncs.SendMembersAsync(a, place.ExternalId, new(place.SessionId!.Value, place.Sequence + 1, batch.IsLast, sheet.Joining, Remove: false, batch.Joining), ct), ct);
                if (sent.TryGet(out var receipt, out refusal)) unreadable = receipt.Invalid;
            }
            if (refusal is PlatformFailure { Kind: PlatformFailureKind.TooMuchData } && size > 1) size /= 2;
            else if (refusal is not null) return refusal;
            else await work.ConfirmAsync(batch, unreadable, ct);
        }
        return null;
    }

    /// <summary>The line to the platform: a token that no longer counts is renewed once a question.</summary>
    private sealed class Line(Actor actor, PlatformAccess access, ReportExpired reportExpired)
    {
        private PlatformAccess access = access;

        public async Task<Result<T>> AskAsync<T>(Func<PlatformAccess, Task<Result<T>>> question, CancellationToken ct)
        {
            var answer = await question(access);
            if (answer.Refusal is not PlatformFailure { Kind: PlatformFailureKind.ExpiredAuthorization }) return answer;
            if (!(await reportExpired.RunAsync(actor, access, ct)).TryGet(out var renewed, out var refusal)) return Result<T>.Refused(refusal);
            access = renewed;
            return await question(access);
        }
    }
}
