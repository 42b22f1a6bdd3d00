using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

public sealed record SyncRunRow(
    Guid Id, Guid AdAccountId, Platform Platform, string Account, SyncStatus Status, string Trigger, DateOnly From, DateOnly To, int Percent, string? Doing, int RowsRead, int RowsStored, int RowsOfOthers, int DaysRestated,
    DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, string? FailureText, DateTimeOffset? RetryAt)
{
    public TimeSpan? Took => FinishedAt - StartedAt;
}

/// <summary>Which readings to list. Empty filters do not narrow.</summary>
public sealed record SyncRunFilter
{
    public Guid? AdAccountId { get; init; }
    public IReadOnlyCollection<Platform> Platforms { get; init; } = [];
    public IReadOnlyCollection<SyncStatus> Statuses { get; init; } = [];

    /// <summary>One of <see cref="SyncQueue"/>'s words.</summary>
    public string? Trigger { get; init; }
    public int Offset { get; init; }
    public int Limit { get; init; } = 20;
}

/// <summary>The readings of an account, or of all accounts of a workspace that the actor may read, the latest first.</summary>
public sealed class ListSyncRuns(Studio studio)
{
    public async Task<Result<Page<SyncRunRow>>> RunAsync(Actor actor, Guid workspaceId, SyncRunFilter filter, CancellationToken ct)
    {
        var (adAccountId, offset, limit) = (filter.AdAccountId, Math.Max(filter.Offset, 0), Math.Clamp(filter.Limit, 1, 200));
        await using var db = await studio.OpenAsync(actor, ct);
        if (!await db.IsThereAsync(actor, workspaceId, ct)) return new NumbersOfWorkspaceNotFound();
        var accounts = (await db.ReadableAccountsAsync(actor, workspaceId, [], ct)).Where(a => adAccountId is null || a.Id == adAccountId).ToDictionary(a => a.Id);
        if (adAccountId is not null && accounts.Count == 0) return new NumbersOfAccountNotFound();

        var ids = accounts.Keys.ToList();
        var runs = db.SyncRuns.AsNoTracking().Where(r => ids.Contains(r.AdAccountId));
        if (filter.Platforms.Count > 0) { var platforms = filter.Platforms.ToList(); runs = runs.Where(r => platforms.Contains(r.Platform)); }
        if (filter.Statuses.Count > 0) { var statuses = filter.Statuses.ToList(); runs = runs.Where(r => statuses.Contains(r.Status)); }
        if (filter.Trigger is { } trigger) runs = runs.Where(r => r.Trigger == trigger);
        var total = await runs.CountAsync(ct);
        var rows = await runs.OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.Id).Skip(offset).Take(limit).ToListAsync(ct);
        return new Page<SyncRunRow>([.. rows.Select(r => new SyncRunRow(r.Id, r.AdAccountId, accounts[r.AdAccountId].Platform, accounts[r.AdAccountId].Name, r.Status, r.Trigger, r.From, r.To, r.Percent, r.Doing, r.RowsRead, r.RowsStored,
            r.RowsOfOthers, r.DaysRestated, r.StartedAt, r.FinishedAt, r.FailureText, r.RetryAt))], total, offset, limit);
    }
}
