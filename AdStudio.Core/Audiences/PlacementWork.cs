using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace AdStudio.Core.Audiences;

/// <summary>Another worker has this placement now, and whatever this one still wants to write is void.</summary>
internal sealed class PlacementTakenOverException(Guid id) : Exception($"The placement {id} was taken over by another worker.");

/// <summary>A placement at work. Everything it learns is written at once and only while the lease is ours; each writing prolongs the lease.</summary>
internal sealed class PlacementWork(StudioDb db, PlatformAudience place, TimeSpan lease, TimeProvider time)
{
    /// <summary>While the audience that it resembles is being made.</summary>
    private static readonly TimeSpan UntilSourceStands = TimeSpan.FromMinutes(1);

    public StudioDb Db => db;
    public PlatformAudience Place => place;
    public bool IsGone { get; private set; }

    /// <summary>Fits in what every platform's JSON can hold.</summary>
    public static long NewSession() => Random.Shared.NextInt64(1, 1L << 52);

    /// <summary>Whether a launch has brought the audience there meanwhile.</summary>
    public Task<bool> StandsByLaunchAsync(CancellationToken ct) => Others().AnyAsync(p => p.AudienceId == place.AudienceId && p.AdAccountId == place.AdAccountId && p.Id != place.Id && p.ExternalId != "" && !p.IsLeaving, ct);

    public async Task<Result<BriefAudience>> BriefAsync(CancellationToken ct)
    {
        var audience = place.Audience;
        var brief = new BriefAudience(audience.Id, audience.Name, audience.Type, null, audience.Definition);
        if (audience.Type != AudienceType.Lookalike) return brief;
        if (!Guid.TryParse(audience.SourceAudienceId, out var source)) return new LookalikeWithoutSource(audience.Name);
        var stands = await Others().Where(p => p.AudienceId == source && p.AdAccountId == place.AdAccountId && !p.IsLeaving).Select(p => p.ExternalId).ToListAsync(ct);
        if (stands.Find(id => id.Length > 0) is { } there) return brief with { SourceExternalId = there };
        return stands.Count == 0 ? new LookalikeWithoutSource(audience.Name) : new PlatformFailure(place.Platform, PlatformFailureKind.Unavailable, "The audience that it resembles is not there yet.") { RetryAt = time.GetUtcNow() + UntilSourceStands };
    }

    public async Task<AccountAsset?> PixelAsync(CancellationToken ct)
    {
        if (place.PixelId is not { } chosen) return null;
        var account = await db.AdAccounts.AsNoTracking().SingleAsync(a => a.Id == place.AdAccountId, ct);
        return account.Assets.FirstOrDefault(a => a.Kind == AccountAssetKind.Pixel && a.Id == chosen);
    }

    public Task BeginToMakeAsync(CancellationToken ct)
    {
        place.MakingSince ??= time.GetUtcNow();
        return WriteAsync(set => set.SetProperty(p => p.MakingSince, place.MakingSince), ct);
    }

    public Task ForgetMakingAsync(CancellationToken ct)
    {
        place.MakingSince = null;
        return WriteAsync(set => set.SetProperty(p => p.MakingSince, (DateTimeOffset?)null), ct);
    }

    public Task KeepAsync(string externalId, CancellationToken ct)
    {
        (place.ExternalId, place.MakingSince, place.Attempts) = (externalId, null, 0);
        return WriteAsync(set => set.SetProperty(p => p.ExternalId, externalId).SetProperty(p => p.MakingSince, (DateTimeOffset?)null).SetProperty(p => p.Attempts, 0), ct);
    }

    /// <summary>Goes on with the upload that was broken off, or begins one.</summary>
    /// <param name="last">The list's last change; nothing is sent when the copy has come so far.</param>
    public Task BeginUploadAsync(long last, int changes, CancellationToken ct)
    {
        if (place.SentThrough >= last) return Task.CompletedTask;
        if (place.SessionId is null) (place.SessionId, place.Sequence, place.Sent, place.Unreadable) = (NewSession(), 0, 0, 0);
        place.Total = place.Sent + changes;
        return WriteAsync(set => set.SetProperty(p => p.SessionId, place.SessionId).SetProperty(p => p.Sequence, place.Sequence).SetProperty(p => p.Sent, place.Sent).SetProperty(p => p.Unreadable, place.Unreadable).SetProperty(p => p.Total, place.Total), ct);
    }

    /// <summary>Says before a batch is sent that it may be there.</summary>
    public Task TryThroughAsync(long through, CancellationToken ct)
    {
        place.TriedThrough = Math.Max(place.TriedThrough, through);
        return WriteAsync(set => set.SetProperty(p => p.TriedThrough, place.TriedThrough), ct);
    }

    public Task ConfirmAsync(MemberTurn batch, long unreadable, CancellationToken ct)
    {
        (place.SentThrough, place.Attempts) = (batch.Through, 0);
        place.Sent += batch.Changes;
        place.Unreadable += (int)Math.Min(unreadable, int.MaxValue);
        if (batch.Joining.Count > 0) place.Sequence++;
        return WriteAsync(set => set.SetProperty(p => p.SentThrough, place.SentThrough).SetProperty(p => p.Attempts, 0).SetProperty(p => p.Sent, place.Sent).SetProperty(p => p.Unreadable, place.Unreadable).SetProperty(p => p.Sequence, place.Sequence), ct);
    }

    public async Task FinishAsync(CancellationToken ct)
    {
        var through = place.SentThrough;
        place.Uploaded = await db.AudienceMembers.CountAsync(m => m.AudienceId == place.AudienceId && m.IsOn && m.Change <= through, ct);
        (place.Status, place.SessionId, place.Attempts, place.FailureKind, place.FailureText, place.NextTryAt, place.SyncedAt) = (PlacementStatus.Ready, null, 0, null, null, null, time.GetUtcNow());
        await WriteAsync(set => set.SetProperty(p => p.Status, place.Status).SetProperty(p => p.SessionId, (long?)null).SetProperty(p => p.Uploaded, place.Uploaded).SetProperty(p => p.Attempts, 0)
            .SetProperty(p => p.FailureKind, (PlatformFailureKind?)null).SetProperty(p => p.FailureText, (string?)null).SetProperty(p => p.NextTryAt, (DateTimeOffset?)null).SetProperty(p => p.SyncedAt, place.SyncedAt), ct, isDone: true);
    }

    public async Task FailAsync(PlacementTrouble trouble, CancellationToken ct)
    {
        (place.Status, place.FailureKind, place.FailureText, place.NextTryAt) = (trouble.IsWaiting ? PlacementStatus.Waiting : PlacementStatus.Failed, trouble.Kind, trouble.Text, trouble.RetryAt);
        place.Attempts++;
        await WriteAsync(set => set.SetProperty(p => p.Status, place.Status).SetProperty(p => p.FailureKind, place.FailureKind).SetProperty(p => p.FailureText, place.FailureText).SetProperty(p => p.NextTryAt, place.NextTryAt)
            .SetProperty(p => p.Attempts, place.Attempts), ct, isDone: true);
    }

    /// <summary>The row goes: it stands there no more, or by another row.</summary>
    public async Task DropAsync(CancellationToken ct)
    {
        if (await Ours().ExecuteDeleteAsync(ct) != 1) throw new PlacementTakenOverException(place.Id);
        IsGone = true;
    }

    private async Task WriteAsync(Action<UpdateSettersBuilder<PlatformAudience>> what, CancellationToken ct, bool isDone = false)
    {
        var until = isDone ? (DateTimeOffset?)null : time.GetUtcNow() + lease;
        var written = await Ours().ExecuteUpdateAsync(set =>
        {
            what(set);
            set.SetProperty(p => p.LeaseUntil, until);
            if (isDone) set.SetProperty(p => p.LeaseId, (Guid?)null);
        }, ct);
        if (written != 1) throw new PlacementTakenOverException(place.Id);
    }

    private IQueryable<PlatformAudience> Ours() => Others().Where(p => p.Id == place.Id && p.LeaseId == place.LeaseId);

    private IQueryable<PlatformAudience> Others() => db.PlatformAudiences.IgnoreQueryFilters([StudioDb.DeletedFilter]);
}
