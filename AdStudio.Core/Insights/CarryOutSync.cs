using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

/// <summary>Carries out a reading from the queue: asks the platform slice by slice, stores each slice whole, and checks that it adds up.</summary>
public sealed class CarryOutSync(Studio studio, PlatformSet platforms, GetPlatformAccess getAccess, ReportExpired reportExpired, IFactWriter writer, TimeProvider time)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>The run as it ended; a run that another worker holds is refused.</summary>
    public async Task<Result<SyncRun>> RunAsync(Actor actor, Guid runId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await ClaimAsync(db, runId, ct) is not { } run) return new ReadingIsTaken();
        try
        {
            return await ReadAsync(actor, db, run, ct);
        }
        catch (OperationCanceledException)
        {
            // The studio stops: whoever starts next goes on where this one was.
            await db.SyncRuns.Where(r => r.Id == runId && r.LeaseUntil == run.LeaseUntil).ExecuteUpdateAsync(set => set
                .SetProperty(r => r.Status, SyncStatus.Waiting).SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null).SetProperty(r => r.Doing, (string?)null)
                .SetProperty(r => r.GoesOnSince, run.GoesOnSince ?? run.StartedAt), CancellationToken.None);
            throw;
        }
        catch (Exception) when (run.FinishedAt is null)
        {
            run.FailureText = "Something went wrong inside AdStudio while it read the numbers. It is in the log; the next reading starts anew.";
            await FinishAsync(db, run, SyncStatus.Failed, CancellationToken.None);
            throw;
        }
    }

    private async Task<SyncRun?> ClaimAsync(StudioDb db, Guid runId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (await db.SyncRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == runId, ct) is not { } found) return null;
        var (until, since) = (now + Lease, found.GoesOnSince ?? (found.Status == SyncStatus.Running ? found.StartedAt : (DateTimeOffset?)null));
        var claimed = await db.SyncRuns.Where(r => r.Id == runId && r.ActiveKey != null && (r.LeaseUntil == null || r.LeaseUntil <= now)).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.Status, SyncStatus.Running).SetProperty(r => r.LeaseUntil, until).SetProperty(r => r.StartedAt, now).SetProperty(r => r.GoesOnSince, since).SetProperty(r => r.Percent, 0)
            .SetProperty(r => r.RowsRead, 0).SetProperty(r => r.RowsStored, 0).SetProperty(r => r.RowsOfOthers, 0).SetProperty(r => r.DaysRestated, 0), ct);
        // An account that was removed meanwhile is still named by its run.
        return claimed == 1 ? await db.SyncRuns.IgnoreQueryFilters([StudioDb.DeletedFilter]).AsNoTracking().Include(r => r.AdAccount).SingleAsync(r => r.Id == runId, ct) : null;
    }

    private async Task<Result<SyncRun>> ReadAsync(Actor actor, StudioDb db, SyncRun run, CancellationToken ct)
    {
        var account = run.AdAccount;
        var rules = Catalogue.RulesOf(account.Platform);
        var known = await KnownEntities.LoadAsync(db, account.Id, ct);
        var now = time.GetUtcNow();
        var today = now.DayIn(account.TimeZone);
        var last = await db.SyncRuns.Where(r => r.AdAccountId == account.Id && r.Status == SyncStatus.Succeeded).OrderByDescending(r => r.StartedAt).Select(r => new { r.To, r.StartedAt }).FirstOrDefaultAsync(ct);
        // Campaigns that were imported since have a past that nobody has read.
        var range = SyncPlan.Range(today, rules.RereadDays, last is null || known.ImportedAt >= last.StartedAt ? null : last.To, known.FirstLaunch?.DayIn(account.TimeZone));
        (run.From, run.To) = (range.From, range.To);

        var answer = await getAccess.RunAsync(actor, account.Id, ct);
        if (!answer.TryGet(out var access, out var refusal)) return await FailAsync(db, run, refusal, ct);

        var reading = new Reading(db, run, known, today, platforms.Get<IReadsInsights>(account.Platform), writer, time, (doing, percent) => ReportAsync(db, run, doing, percent, ct));
        var totals = SyncPlan.Slices(range, await StoredAsync(db, run, known, rules, range, now, ct));
        var whole = totals.Sum(s => s.Days);
        var part = run.WithBreakdowns && rules.Breakdowns.Count > 0 ? 70 : 100;
        refusal = await DrainAsync(totals, async (days, a) =>
        {
            var told = await reading.TotalsAsync(days, a, reading.DaysDone * part / Math.Max(1, whole), ct);
            return told;
        });
        if (refusal is not null) return await FailAsync(db, run, refusal, ct);

        if (part < 100)
        {
            var window = new DayRange(SyncPlan.Later(range.From, today.AddDays(1 - rules.RereadDays)), today);
            for (var i = 0; i < rules.Breakdowns.Count; i++)
            {
                var (kind, percent) = (rules.Breakdowns[i], part + (100 - part) * i / rules.Breakdowns.Count);
                refusal = await DrainAsync(SyncPlan.Slices(window), (days, a) => reading.BreakdownAsync(days, kind, rules.IsWhole(kind), a, percent, ct));
                if (refusal is not null) return await FailAsync(db, run, refusal, ct);
            }
        }

        run.FailureText = reading.Mismatch is { } wrong ? $"The numbers do not add up. {wrong} They are shown as the platform gave them; the next reading checks again." : null;
        run.Percent = 100;
        return await FinishAsync(db, run, reading.Mismatch is null ? SyncStatus.Succeeded : SyncStatus.Failed, ct);

        // Takes slice after slice, the newest first. What is too much at once is halved; a token that no longer counts is renewed once a slice.
        async Task<Refusal?> DrainAsync(Stack<DayRange> slices, Func<DayRange, PlatformAccess, Task<Refusal?>> read)
        {
            DayRange? renewedFor = null;
            while (slices.TryPop(out var days))
            {
                var refused = await read(days, access);
                if (refused is PlatformFailure { Kind: PlatformFailureKind.ExpiredAuthorization } && renewedFor != days)
                {
                    renewedFor = days;
                    var renewed = await reportExpired.RunAsync(actor, access, ct);
                    if (!renewed.TryGet(out var fresh, out refused)) return refused;
                    access = fresh;
                    slices.Push(days);
                }
                else if (refused is PlatformFailure { Kind: PlatformFailureKind.TooMuchData } && days.Days > 1)
                {
                    var (older, newer) = SyncPlan.Halve(days);
                    slices.Push(older);
                    slices.Push(newer);
                }
                else if (refused is not null) return refused;
            }
            return null;
        }
    }

    /// <summary>Days that the try before this one has stored, and that are still as fresh as the platform's rhythm asks.</summary>
    private static async Task<IReadOnlySet<DateOnly>> StoredAsync(StudioDb db, SyncRun run, KnownEntities known, PlatformRules rules, DayRange range, DateTimeOffset now, CancellationToken ct)
    {
        if (run.GoesOnSince is not { } since) return new HashSet<DateOnly>();
        var freshSince = since > now - rules.ReadEvery ? since : now - rules.ReadEvery;
        if (known.ImportedAt >= freshSince) return new HashSet<DateOnly>();
        return (await db.AccountDays.Where(d => d.AdAccountId == run.AdAccountId && d.Day >= range.From && d.Day <= range.To && d.ReadAt >= freshSince).Select(d => d.Day).ToListAsync(ct)).ToHashSet();
    }

    /// <summary>Shows how far it is, and keeps the lease; without it, another worker has taken over and this one stops.</summary>
    private async Task ReportAsync(StudioDb db, SyncRun run, string doing, int percent, CancellationToken ct)
    {
        run.Doing = doing;
        run.Percent = Math.Max(run.Percent, percent);
        var until = time.GetUtcNow() + Lease;
        var held = await db.SyncRuns.Where(r => r.Id == run.Id && r.LeaseUntil == run.LeaseUntil).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.LeaseUntil, until).SetProperty(r => r.Doing, run.Doing).SetProperty(r => r.Percent, run.Percent).SetProperty(r => r.From, run.From).SetProperty(r => r.To, run.To)
            .SetProperty(r => r.RowsRead, run.RowsRead).SetProperty(r => r.RowsStored, run.RowsStored), ct);
        if (held != 1) throw new InvalidOperationException($"The reading {run.Id} was taken over by another worker.");
        run.LeaseUntil = until;
    }

    private Task<SyncRun> FailAsync(StudioDb db, SyncRun run, Refusal refusal, CancellationToken ct)
    {
        var failure = PlatformTrouble.Of(run.Platform, refusal, time.GetUtcNow());
        (run.FailureKind, run.FailureText, run.RetryAt) = (failure.Kind, failure.Text, failure.RetryAt);
        return FinishAsync(db, run, SyncStatus.Failed, ct);
    }

    private async Task<SyncRun> FinishAsync(StudioDb db, SyncRun run, SyncStatus status, CancellationToken ct)
    {
        var held = run.LeaseUntil;
        (run.Status, run.FinishedAt, run.ActiveKey, run.LeaseUntil, run.Doing) = (status, time.GetUtcNow(), null, null, null);
        await db.SyncRuns.Where(r => r.Id == run.Id && r.LeaseUntil == held).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.Status, status).SetProperty(r => r.FinishedAt, run.FinishedAt).SetProperty(r => r.ActiveKey, (Guid?)null).SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(r => r.Doing, (string?)null).SetProperty(r => r.Percent, run.Percent).SetProperty(r => r.From, run.From).SetProperty(r => r.To, run.To)
            .SetProperty(r => r.RowsRead, run.RowsRead).SetProperty(r => r.RowsStored, run.RowsStored).SetProperty(r => r.RowsOfOthers, run.RowsOfOthers).SetProperty(r => r.DaysRestated, run.DaysRestated)
            .SetProperty(r => r.FailureKind, run.FailureKind).SetProperty(r => r.FailureText, run.FailureText).SetProperty(r => r.RetryAt, run.RetryAt), ct);
        return run;
    }
}
