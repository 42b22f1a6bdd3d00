using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

/// <summary>How the reading of one account stands.</summary>
/// <param name="AsOf">When its numbers were last read without fault.</param>
/// <param name="NextTry">When it is read again by itself; null when it is not: nothing runs on it, or its connection does not work.</param>
/// <param name="Problem">What is wrong, with what to do; null when nothing is.</param>
/// <param name="Rate">Null when nothing was asked of it lately.</param>
public sealed record AccountSyncRow(
    Guid AdAccountId, string Name, Platform Platform, string TimeZone, ConnectionHealth Health, bool HasCampaigns, SyncStatus? Status, int Percent, string? Doing, DateTimeOffset? AsOf, DateTimeOffset? NextTry, string? Problem,
    bool MayReadNow, RateUse? Rate);

/// <summary>How the reading of every account of a workspace stands, of those that the actor may read.</summary>
public sealed class ListAccountSyncs(Studio studio, TimeProvider time, IShowsRateBudgets? rates = null)
{
    public async Task<Result<IReadOnlyList<AccountSyncRow>>> RunAsync(Actor actor, Guid workspaceId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!await db.IsThereAsync(actor, workspaceId, ct)) return new NumbersOfWorkspaceNotFound();
        var accounts = await db.AdAccounts.Where(a => a.WorkspaceId == workspaceId).OrderBy(a => a.Platform).ThenBy(a => a.Name).ThenBy(a => a.Id).Select(a => new
        {
            a.Id, a.Name, a.Platform, a.ExternalId, a.TimeZone, a.Connection.Health, a.Connection.HealthDetail,
            HasCampaigns = db.PlatformCampaigns.Any(p => p.AdAccountId == a.Id && p.ExternalId != null),
            AsOf = db.SyncRuns.Where(r => r.AdAccountId == a.Id && r.Status == SyncStatus.Succeeded).Max(r => r.FinishedAt),
            Last = db.SyncRuns.Where(r => r.AdAccountId == a.Id).OrderByDescending(r => r.StartedAt).Select(r => new { r.Status, r.StartedAt, r.Percent, r.Doing, r.FailureText, r.RetryAt }).FirstOrDefault(),
        }).ToListAsync(ct);

        var now = time.GetUtcNow();
        return Result<IReadOnlyList<AccountSyncRow>>.Of([.. accounts.Where(a => actor.Reads(a.Id, workspaceId)).Select(a =>
        {
            var works = a.Health is ConnectionHealth.Good or ConnectionHealth.Expiring;
            var isActive = a.Last?.Status is SyncStatus.Waiting or SyncStatus.Running;
            var next = !works || !a.HasCampaigns || isActive ? (DateTimeOffset?)null : a.Last is { } last ? Later(SyncQueue.NextTry(a.Id, a.Platform, last.StartedAt, last.RetryAt), now) : now;
            var problem = !works ? a.HealthDetail ?? $"{Catalogue.Of(a.Platform).Name} has to be connected again." : a.Last?.Status == SyncStatus.Failed ? a.Last.FailureText : null;
            return new AccountSyncRow(a.Id, a.Name, a.Platform, a.TimeZone, a.Health, a.HasCampaigns, a.Last?.Status, a.Last?.Percent ?? 0, a.Last?.Doing, a.AsOf, next, problem,
                works && a.HasCampaigns && !isActive && !actor.IsClient, rates?.UseOf(a.Platform, a.ExternalId));
        })]);
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
