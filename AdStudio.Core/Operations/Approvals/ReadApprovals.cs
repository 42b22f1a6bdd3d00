using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Operations;

/// <param name="State">Null is every state.</param>
public sealed record ApprovalFilter(Guid? WorkspaceId = null, ApprovalState? State = null, int Offset = 0, int Limit = 50)
{
    /// <summary>Only what waits for this campaign, or was decided of it.</summary>
    public Guid? CampaignId { get; init; }
}

/// <summary>Approvals that the actor may see: those that wait first, then the newest.</summary>
public sealed class ListApprovals(Studio studio)
{
    public async Task<Result<Page<ApprovalRow>>> RunAsync(Actor actor, ApprovalFilter filter, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var found = db.Approvals.AsNoTracking().VisibleTo(db, actor);
        if (filter.WorkspaceId is { } workspace) found = found.Where(a => a.WorkspaceId == workspace);
        if (filter.CampaignId is { } campaign) found = found.Where(a => a.CampaignId == campaign);
        if (filter.State is { } state) found = found.Where(a => a.State == state);
        var (offset, limit) = (Math.Max(0, filter.Offset), Math.Clamp(filter.Limit, 1, 200));
        var total = await found.CountAsync(ct);
        var rows = await found.OrderBy(a => a.State == ApprovalState.Pending ? 0 : 1).ThenByDescending(a => a.AskedAt).ThenByDescending(a => a.Id).Skip(offset).Take(limit).ToRows().ToListAsync(ct);
        return new Page<ApprovalRow>(rows, total, offset, limit);
    }
}

/// <summary>How many approvals wait, of those that the actor may see.</summary>
public sealed class CountApprovals(Studio studio)
{
    public async Task<Result<int>> RunAsync(Actor actor, Guid? workspaceId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        return await db.Approvals.VisibleTo(db, actor).CountAsync(a => a.State == ApprovalState.Pending && (workspaceId == null || a.WorkspaceId == workspaceId), ct);
    }
}

/// <summary>One approval, with all that would be sent.</summary>
public sealed class GetApproval(Studio studio)
{
    public async Task<Result<ApprovalView>> RunAsync(Actor actor, Guid approvalId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var approval = await db.Approvals.AsNoTracking().Include(a => a.Accounts).VisibleTo(db, actor).SingleOrDefaultAsync(a => a.Id == approvalId, ct);
        return approval is null ? new ApprovalNotFound() : await db.ViewAsync(actor, approval, ct);
    }
}

/// <summary>One verdict by its id, as it is quoted to support. Seen by who sees the campaign or account that it is about, and by who asked.</summary>
public sealed class GetVerdict(Studio studio)
{
    public async Task<Result<VerdictView>> RunAsync(Actor actor, Guid verdictId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.Verdicts.AsNoTracking().SingleOrDefaultAsync(v => v.Id == verdictId, ct) is not { } verdict) return new VerdictNotFound();
        var sees = actor.Administers(verdict.WorkspaceId) || verdict.AskedById == actor.Id && verdict.AskedByKind == actor.Kind
            || (verdict.CampaignId is { } campaign && await db.Campaigns.IgnoreQueryFilters([StudioDb.DeletedFilter]).Visible(actor).AnyAsync(c => c.Id == campaign, ct))
            || (verdict.AdAccountId is { } account && actor.Reads(account, verdict.WorkspaceId));
        return sees ? VerdictView.Of(verdict) : new VerdictNotFound();
    }
}
