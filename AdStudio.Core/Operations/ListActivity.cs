using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Operations;

/// <summary>What somebody asked for, on all its platforms together.</summary>
public sealed record Activity(Guid RequestId, Guid CampaignId, Guid WorkspaceId, string CampaignName, OperationKind Kind, string By, string Via, DateTimeOffset At, IReadOnlyList<WorkOnPlatform> Platforms)
{
    public bool IsOpen => Platforms.Any(p => p.Work.IsOpen);
    public bool HasFailed => Platforms.Any(p => p.Work.Status == OperationStatus.Failed);
}

public sealed record WorkOnPlatform(Platforms.Platform Platform, WorkView Work)
{
    /// <summary>The country group; empty for all places.</summary>
    public string GroupName { get; init; } = "";
}

public enum ActivityFilter { All, Open, Failed }

/// <summary>Recent work on platforms, newest first, of the campaigns that the actor sees.</summary>
public sealed class ListActivity(Studio studio)
{
    public async Task<Result<Page<Activity>>> RunAsync(Actor actor, Guid? workspaceId, ActivityFilter filter, int offset, int limit, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var operations = db.VisibleWork(actor, workspaceId);
        var chosen = filter switch
        {
            ActivityFilter.Open => operations.Where(o => o.ActiveKey != null),
            ActivityFilter.Failed => db.StillFailed(operations),
            _ => operations,
        };
        var requests = chosen.GroupBy(o => o.RequestId).Select(g => new { g.Key, At = g.Max(o => o.CreatedAt) });
        var total = await requests.CountAsync(ct);
        var ids = await requests.OrderByDescending(r => r.At).Skip(offset).Take(limit).Select(r => r.Key).ToListAsync(ct);

        var rows = await operations.Where(o => ids.Contains(o.RequestId)).Include(o => o.Campaign).Include(o => o.PlatformCampaign).Include(o => o.Steps).AsSplitQuery().ToListAsync(ct);
        var items = rows.GroupBy(o => o.RequestId).Select(g => Of([.. g.OrderBy(o => o.Platform).ThenBy(o => o.PlatformCampaignId)])).OrderByDescending(a => a.At).ToList();
        return new Page<Activity>(items, total, offset, limit);
    }

    private static Activity Of(IReadOnlyList<Operation> together)
    {
        var first = together[0];
        return new Activity(first.RequestId, first.CampaignId, first.Campaign.WorkspaceId, first.Campaign.Name, first.Kind, first.RequestedByName, first.RequestedVia,
            together.Max(o => o.CreatedAt), [.. together.Select(o => new WorkOnPlatform(o.Platform, WorkView.Of(o)) { GroupName = o.PlatformCampaign.GroupName })]);
    }
}

/// <param name="Open">Being done, or waiting to be tried again.</param>
/// <param name="Failed">Needing somebody, because nothing has been done about it since.</param>
public sealed record WorkCount(int Open, int Failed);

/// <summary>How much is being done and how much needs somebody: for the sign in the top bar.</summary>
public sealed class CountWork(Studio studio)
{
    public async Task<Result<WorkCount>> RunAsync(Actor actor, Guid? workspaceId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var operations = db.VisibleWork(actor, workspaceId);
        return new WorkCount(await operations.CountAsync(o => o.ActiveKey != null, ct), await db.StillFailed(operations).CountAsync(ct));
    }
}

internal static class VisibleOperations
{
    public static IQueryable<Operation> VisibleWork(this StudioDb db, Actor actor, Guid? workspaceId)
    {
        var campaigns = db.Campaigns.Visible(actor);
        if (workspaceId is { } workspace) campaigns = campaigns.Where(c => c.WorkspaceId == workspace);
        var visible = campaigns.Select(c => c.Id);
        return db.Operations.AsNoTracking().Where(o => visible.Contains(o.CampaignId));
    }

    public static IQueryable<Operation> StillFailed(this StudioDb db, IQueryable<Operation> operations) => operations.Where(o =>
        o.Status == OperationStatus.Failed && !db.Operations.Any(later => later.PlatformCampaignId == o.PlatformCampaignId && later.CreatedAt > o.CreatedAt));
}
