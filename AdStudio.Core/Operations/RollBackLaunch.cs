using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Operations;

/// <summary>Removes from one platform all that a launch made there, and proves that it is gone. Afterwards the campaign may be launched there again.</summary>
public sealed class RollBackLaunch(Studio studio, OperationQueue queue, TimeProvider time)
{
    /// <param name="group">The country group; null takes every one on the platform of which something stands.</param>
    public Task<Result<WorkStarted>> RunAsync(Actor actor, Guid campaignId, Platform platform, CancellationToken ct, string? group = null) =>
        EachGroup.RunAsync(studio, actor, campaignId, platform, group, name => RunAsync(actor, campaignId, platform, name, ct), ct);

    private async Task<Result<WorkStarted>> RunAsync(Actor actor, Guid campaignId, Platform platform, string group, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedCampaignAsync(actor, campaignId, ct)).TryGet(out var campaign, out var refusal)) return refusal;
        var there = campaign.Platforms.Find(p => p.Platform == platform && p.GroupName == group);
        if (there is null) return new PlatformNotPartOfCampaign(campaign.Name, platform);

        var launch = await db.Operations.Where(o => o.PlatformCampaignId == there.Id && o.Kind == OperationKind.Launch).OrderByDescending(o => o.CreatedAt).FirstOrDefaultAsync(ct);
        if (launch is null || there.Status is PlatformStatus.RolledBack or PlatformStatus.Deleted) return new NothingToRollBack(campaign.Name, platform);

        var active = await db.Operations.SingleOrDefaultAsync(o => o.ActiveKey == there.Id, ct);
        if (active is { Kind: OperationKind.RollBack } or { Status: OperationStatus.Running }) return new AlreadyAtWork(campaign.Name, platform, active.Kind);
        if (there.Status == PlatformStatus.Launching) there.Status = PlatformStatus.Failed;
        active?.Cancel(time.GetUtcNow()); // waits for the platform: the worker that would take it up finds it gone

        db.AuditVerb = "rolled back";
        var enqueued = await queue.EnqueueAsync(db, actor, campaign, [new(there, OperationKind.RollBack, launch.Marker, [LookAtPlatform.FirstStep()])], CampaignDeed.RollBack(campaign, there), ct);
        return enqueued.TryGet(out var started, out refusal) ? started.Started(campaign, [new(platform, null) { GroupName = group }]) : refusal;
    }
}
