using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

/// <summary>Readings that were asked for and wait for a worker. The rows are the queue: they outlive the process, and an account has one at most.</summary>
public sealed class SyncQueue(Studio studio, PlatformSet platforms, TimeProvider time)
{
    /// <summary>Readings of one platform at work at the same time, over all nodes. Each platform has places of its own: one that does not answer holds up no other.</summary>
    public const int AtOnce = 2;

    /// <summary>How often the numbers by age, country and so on are read, beside the first reading and those by hand.</summary>
    private static readonly TimeSpan BreakdownsEvery = TimeSpan.FromHours(6);

    public const string FirstRead = "first read";
    public const string ByHand = "by hand";
    public const string Hourly = "hourly";

    /// <summary>Puts a reading of the account into the queue, or gives the one that is there already.</summary>
    internal async Task<Result<(SyncRun Run, bool IsNew)>> AskAsync(StudioDb db, AdAccount account, string trigger, CancellationToken ct)
    {
        if (platforms.Find<IReadsInsights>(account.Platform) is null) return new NoNumbersFrom(account.Platform.ToString());
        if (!await db.PlatformCampaigns.AnyAsync(p => p.AdAccountId == account.Id && p.ExternalId != null, ct)) return new NothingToRead();
        if (await ActiveAsync(db, account.Id, ct) is { } there) return (there, false);

        var now = time.GetUtcNow();
        var last = await db.SyncRuns.AsNoTracking().Where(r => r.AdAccountId == account.Id).OrderByDescending(r => r.StartedAt).FirstOrDefaultAsync(ct);
        var good = db.SyncRuns.Where(r => r.AdAccountId == account.Id && r.Status == SyncStatus.Succeeded);
        var isFirst = !await good.AnyAsync(ct);
        var today = now.DayIn(account.TimeZone);
        var run = new SyncRun
        {
            OrganizationId = account.OrganizationId, WorkspaceId = account.WorkspaceId, AdAccountId = account.Id, Platform = account.Platform, ActiveKey = account.Id, Status = SyncStatus.Waiting,
            Trigger = isFirst ? FirstRead : trigger, StartedAt = now, From = today, To = today,
            GoesOnSince = last is { Status: SyncStatus.Failed, FailureKind: not null } ? last.GoesOnSince ?? last.StartedAt : null,
            WithBreakdowns = isFirst || trigger != Hourly || !await good.AnyAsync(r => r.WithBreakdowns && r.StartedAt > now - BreakdownsEvery, ct),
        };
        db.SyncRuns.Add(run);
        try
        {
            await db.SaveChangesAsync(ct);
            return (run, true);
        }
        catch (DbUpdateException failure) when (db.IsDuplicate(failure))
        {
            // Somebody else asked in the same moment. If that one has ended already, its numbers are as fresh as can be.
            db.Entry(run).State = EntityState.Detached;
            return (await ActiveAsync(db, account.Id, ct) ?? await LatestAsync(db, account.Id, ct), false);
        }
    }

    /// <summary>Puts every account into the queue whose numbers are due: by its platform's rhythm, or when a failure said to try again.</summary>
    public async Task<int> AskDueAsync(CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var now = time.GetUtcNow();
        var accounts = await db.AdAccounts.AsNoTracking()
            .Where(a => a.Connection.Health == ConnectionHealth.Good || a.Connection.Health == ConnectionHealth.Expiring)
            .Where(a => db.PlatformCampaigns.Any(p => p.AdAccountId == a.Id && p.ExternalId != null))
            .Where(a => !db.SyncRuns.Any(r => r.ActiveKey == a.Id))
            .Select(a => new
            {
                Account = a,
                // What was imported since the last reading is read at once.
                IsImported = db.PlatformCampaigns.Any(p => p.AdAccountId == a.Id && p.ImportedAt > db.SyncRuns.Where(r => r.AdAccountId == a.Id).Max(r => r.StartedAt)),
                Last = db.SyncRuns.Where(r => r.AdAccountId == a.Id).OrderByDescending(r => r.StartedAt).Select(r => new { r.StartedAt, r.RetryAt }).FirstOrDefault(),
            })
            .ToListAsync(ct);

        var asked = 0;
        foreach (var due in accounts.Where(a => a.Last is null || a.IsImported || NextTry(a.Account.Id, a.Account.Platform, a.Last.StartedAt, a.Last.RetryAt) <= now))
        {
            var answer = await AskAsync(db, due.Account, Hourly, ct);
            if (answer.TryGet(out var reading, out _) && reading.IsNew) asked++;
        }
        return asked;
    }

    /// <summary>The next reading to carry out: one that waits, or whose worker has vanished. Null when there is none, or its platform has enough at work.</summary>
    public async Task<(Guid OrganizationId, Guid RunId)?> NextAsync(IReadOnlyCollection<Guid> exceptRuns, CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var now = time.GetUtcNow();
        var atWork = await db.SyncRuns.Where(r => r.ActiveKey != null && r.LeaseUntil > now).GroupBy(r => r.Platform).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var full = atWork.Where(p => p.Count >= AtOnce).Select(p => p.Key).ToList();
        // By hand before by the clock: somebody is looking.
        var next = await db.SyncRuns.AsNoTracking().Where(r => r.ActiveKey != null && (r.LeaseUntil == null || r.LeaseUntil <= now) && !exceptRuns.Contains(r.Id) && !full.Contains(r.Platform))
            .OrderBy(r => r.Trigger == Hourly ? 1 : 0).ThenBy(r => r.StartedAt).Select(r => new { r.OrganizationId, r.Id }).FirstOrDefaultAsync(ct);
        return next is null ? null : (next.OrganizationId, next.Id);
    }

    /// <summary>When an account is read again by itself: when its failure said so, else by its platform's rhythm.</summary>
    internal static DateTimeOffset NextTry(Guid adAccountId, Platform platform, DateTimeOffset lastStarted, DateTimeOffset? retryAt) => retryAt ?? lastStarted + Every(platform) + Jitter(adAccountId);

    private static Task<SyncRun?> ActiveAsync(StudioDb db, Guid adAccountId, CancellationToken ct) =>
        db.SyncRuns.AsNoTracking().SingleOrDefaultAsync(r => r.ActiveKey == adAccountId, ct);

    private static Task<SyncRun> LatestAsync(StudioDb db, Guid adAccountId, CancellationToken ct) =>
        db.SyncRuns.AsNoTracking().Where(r => r.AdAccountId == adAccountId).OrderByDescending(r => r.StartedAt).FirstAsync(ct);

    private static TimeSpan Every(Platform platform) => Catalogue.Of(platform).Rules?.ReadEvery ?? TimeSpan.FromDays(1);

    /// <summary>Up to ten minutes, the same for an account each time, so that a platform is not asked for all of them in one moment.</summary>
    private static TimeSpan Jitter(Guid adAccountId) => TimeSpan.FromSeconds(adAccountId.ToByteArray()[15] * 600 / 256);
}
