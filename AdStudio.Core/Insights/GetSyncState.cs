using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

/// <summary>How an account's numbers stand.</summary>
/// <param name="AsOf">When they were last read without fault.</param>
/// <param name="Problem">What is wrong, with what to do; null when nothing is.</param>
public sealed record AccountSync(
    Guid AdAccountId, string Name, Platform Platform, bool HasCampaigns, DateTimeOffset? AsOf, bool IsWaiting, bool IsRunning, int Percent, string? Doing, string? Problem, DateTimeOffset? RetryAt);

/// <summary>How the numbers of a workspace stand, for the actor: only accounts that they may read.</summary>
public sealed record SyncState(IReadOnlyList<AccountSync> Accounts)
{
    private IEnumerable<AccountSync> Read => Accounts.Where(a => a.HasCampaigns);
    private IEnumerable<AccountSync> Active => Accounts.Where(a => a.IsWaiting || a.IsRunning);

    public bool HasAccounts => Accounts.Count > 0;
    public bool HasLaunched => Read.Any();
    public bool IsActive => Active.Any();
    public int Percent => IsActive ? (int)Active.Average(a => a.Percent) : 100;

    /// <summary>What is being read right now, in words.</summary>
    public string? Doing => Active.FirstOrDefault(a => a.Doing is not null) is { } account ? $"{account.Name}: {account.Doing}" : null;

    /// <summary>As old as the account that was read longest ago; null when one was never read.</summary>
    public DateTimeOffset? AsOf => HasLaunched && Read.All(a => a.AsOf is not null) ? Read.Min(a => a.AsOf) : null;
    public string? Problem => Accounts.Select(a => a.Problem).FirstOrDefault(p => p is not null);
}

/// <summary>For the top bar and "Sync now": is everything read, what is being read, what is wrong.</summary>
public sealed class GetSyncState(Studio studio)
{
    public async Task<Result<SyncState>> RunAsync(Actor actor, Guid workspaceId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!await db.IsThereAsync(actor, workspaceId, ct)) return new NumbersOfWorkspaceNotFound();
        var accounts = await db.AdAccounts.Where(a => a.WorkspaceId == workspaceId).OrderBy(a => a.Platform).ThenBy(a => a.Name).ThenBy(a => a.Id).Select(a => new
        {
            a.Id, a.Name, a.Platform, a.Connection.Health, a.Connection.HealthDetail,
            HasCampaigns = db.PlatformCampaigns.Any(p => p.AdAccountId == a.Id && p.ExternalId != null),
            AsOf = db.SyncRuns.Where(r => r.AdAccountId == a.Id && r.Status == SyncStatus.Succeeded).Max(r => r.FinishedAt),
            Last = db.SyncRuns.Where(r => r.AdAccountId == a.Id).OrderByDescending(r => r.StartedAt).Select(r => new { r.Status, r.Percent, r.Doing, r.FailureText, r.RetryAt }).FirstOrDefault(),
        }).ToListAsync(ct);

        return new SyncState([.. accounts.Where(a => actor.Reads(a.Id, workspaceId)).Select(a => new AccountSync(
            a.Id, a.Name, a.Platform, a.HasCampaigns, a.AsOf, a.Last?.Status == SyncStatus.Waiting, a.Last?.Status == SyncStatus.Running, a.Last?.Percent ?? 0, a.Last?.Doing,
            a.Health is ConnectionHealth.Expired or ConnectionHealth.MissingPermission or ConnectionHealth.Disconnected ? a.HealthDetail ?? $"{a.Platform} has to be connected again."
                : a.Last?.Status == SyncStatus.Failed ? a.Last.FailureText : null,
            a.Last?.Status == SyncStatus.Failed ? a.Last.RetryAt : null))]);
    }
}
