using System.Globalization;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

/// <summary>Carries out a reading from the queue: asks the platform slice by slice, stores each slice whole, and checks that it adds up.</summary>
public sealed class CarryOutSync(Studio studio, PlatformSet platforms, GetPlatformAccess getAccess, ReportExpired reportExpired, IFactWriter writer, TimeProvider time)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LaterIfUnavailable = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LaterIfLimited = TimeSpan.FromMinutes(15);

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
            // The studio stops: whoever starts next takes it up again.
            await db.SyncRuns.Where(r => r.Id == runId && r.LeaseUntil == run.LeaseUntil).ExecuteUpdateAsync(set => set
                .SetProperty(r => r.Status, SyncStatus.Waiting).SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null).SetProperty(r => r.Doing, (string?)null), CancellationToken.None);
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
        var until = now + Lease;
        var claimed = await db.SyncRuns.Where(r => r.Id == runId && r.ActiveKey != null && (r.LeaseUntil == null || r.LeaseUntil <= now)).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.Status, SyncStatus.Running).SetProperty(r => r.LeaseUntil, until).SetProperty(r => r.StartedAt, now).SetProperty(r => r.Percent, 0)
            .SetProperty(r => r.RowsRead, 0).SetProperty(r => r.RowsStored, 0).SetProperty(r => r.RowsOfOthers, 0).SetProperty(r => r.DaysRestated, 0), ct);
        return claimed == 1 ? await db.SyncRuns.AsNoTracking().Include(r => r.AdAccount).SingleAsync(r => r.Id == runId, ct) : null;
    }

    private async Task<Result<SyncRun>> ReadAsync(Actor actor, StudioDb db, SyncRun run, CancellationToken ct)
    {
        var account = run.AdAccount;
        var reader = platforms.Get<IReadsInsights>(account.Platform);
        var known = await KnownEntities.LoadAsync(db, account.Id, ct);
        var reread = Catalogue.RulesOf(account.Platform).RereadDays;
        var today = time.GetUtcNow().DayIn(account.TimeZone);
        var lastRead = await db.SyncRuns.Where(r => r.AdAccountId == account.Id && r.Status == SyncStatus.Succeeded).OrderByDescending(r => r.StartedAt).Select(r => (DateOnly?)r.To).FirstOrDefaultAsync(ct);
        var range = SyncPlan.Range(today, reread, lastRead, known.FirstLaunch?.DayIn(account.TimeZone));
        // The oldest day of the window is read for the last time today.
        var finalThrough = today.AddDays(1 - reread);
        (run.From, run.To) = (range.From, range.To);

        var answer = await getAccess.RunAsync(actor, account.Id, ct);
        if (!answer.TryGet(out var access, out var refusal)) return await FailAsync(db, run, refusal, ct);

        var slices = SyncPlan.Slices(range);
        var daysDone = 0;
        string? mismatch = null;
        DayRange? renewedFor = null, readAgain = null;
        while (slices.TryPop(out var days))
        {
            var slice = new Slice(account, days, known);
            refusal = await slice.ReadAsync(reader, access, level => ReportAsync(db, run, days, level, daysDone * 100 / range.Days, ct), ct);

            if (refusal is PlatformFailure { Kind: PlatformFailureKind.ExpiredAuthorization } && renewedFor != days)
            {
                renewedFor = days;
                var renewed = await reportExpired.RunAsync(actor, access, ct);
                if (!renewed.TryGet(out access, out refusal)) return await FailAsync(db, run, refusal, ct);
                slices.Push(days);
                continue;
            }
            if (refusal is PlatformFailure { Kind: PlatformFailureKind.Unavailable } && days.Days > 1)
            {
                // Platforms give up on too much data at once; less may pass.
                var (older, newer) = SyncPlan.Halve(days);
                slices.Push(older);
                slices.Push(newer);
                continue;
            }
            if (refusal is not null) return await FailAsync(db, run, refusal, ct);

            var wrong = slice.Mismatch(today);
            if (wrong is not null && readAgain != days)
            {
                // The numbers may have moved between one level and the next: once more.
                readAgain = days;
                slices.Push(days);
                continue;
            }
            var written = await writer.WriteAsync(db, slice.Answer(finalThrough, time.GetUtcNow()), ct);
            run.RowsRead += slice.Read;
            run.RowsStored += written.Stored;
            run.RowsOfOthers += slice.OfOthers;
            run.DaysRestated += written.Restated;
            mismatch ??= wrong ?? (written.Stored == slice.Read ? null : string.Create(CultureInfo.InvariantCulture, $"{slice.Read:N0} rows were read between {days.From:d MMMM} and {days.To:d MMMM}, but {written.Stored:N0} are stored."));
            daysDone += days.Days;
        }

        run.FailureText = mismatch is null ? null : $"The numbers do not add up. {mismatch} They are shown as the platform gave them; the next reading checks again.";
        run.Percent = 100;
        return await FinishAsync(db, run, mismatch is null ? SyncStatus.Succeeded : SyncStatus.Failed, ct);
    }

    /// <summary>Shows how far it is, and keeps the lease; without it, another worker has taken over and this one stops.</summary>
    private async Task ReportAsync(StudioDb db, SyncRun run, DayRange days, MetricLevel level, int percent, CancellationToken ct)
    {
        var what = level switch { MetricLevel.Campaign => "campaigns", MetricLevel.AdSet => "ad sets", _ => "ads" };
        run.Doing = string.Create(CultureInfo.InvariantCulture, $"Reading {what}, {(days.Days == 1 ? "" : days.From.ToString("d MMM", CultureInfo.InvariantCulture) + " to ")}{days.To:d MMM}");
        run.Percent = Math.Max(run.Percent, percent);
        var until = time.GetUtcNow() + Lease;
        var held = await db.SyncRuns.Where(r => r.Id == run.Id && r.LeaseUntil == run.LeaseUntil).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.LeaseUntil, until).SetProperty(r => r.Doing, run.Doing).SetProperty(r => r.Percent, run.Percent).SetProperty(r => r.From, run.From).SetProperty(r => r.To, run.To)
            .SetProperty(r => r.RowsRead, run.RowsRead).SetProperty(r => r.RowsStored, run.RowsStored), ct);
        if (held != 1) throw new InvalidOperationException($"The reading {run.Id} was taken over by another worker.");
        run.LeaseUntil = until;
    }

    private async Task<Result<SyncRun>> FailAsync(StudioDb db, SyncRun run, Refusal refusal, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var platform = run.AdAccount.Platform;
        var failure = refusal as PlatformFailure;
        run.FailureKind = failure?.Kind ?? (refusal is ConnectionExpired or ConnectionDisconnected ? PlatformFailureKind.ExpiredAuthorization : PlatformFailureKind.Unavailable);
        run.RetryAt = run.FailureKind switch
        {
            PlatformFailureKind.RateLimited => failure?.RetryAt ?? now + LaterIfLimited,
            PlatformFailureKind.Unavailable or PlatformFailureKind.UnknownOutcome => failure?.RetryAt ?? now + LaterIfUnavailable,
            _ => null,
        };
        run.FailureText = failure?.Kind switch
        {
            null => refusal.Message,
            PlatformFailureKind.ExpiredAuthorization => $"{platform} no longer accepts the access. Reconnect it under Connections.",
            PlatformFailureKind.MissingPermission => $"{platform} does not let AdStudio read these numbers: “{failure.Message}” Reconnect it under Connections and leave every permission switched on.",
            PlatformFailureKind.RateLimited => $"{platform} asks to wait, because it was asked too much. AdStudio goes on by itself.",
            PlatformFailureKind.Unavailable or PlatformFailureKind.UnknownOutcome => $"{platform} does not answer as it should: “{failure.Message}” AdStudio tries again by itself.",
            _ => $"{platform} refuses: “{failure.Message}”",
        };
        return await FinishAsync(db, run, SyncStatus.Failed, ct);
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
