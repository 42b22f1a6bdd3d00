using AdStudio.Core.Common;
using AdStudio.Core.Data;

namespace AdStudio.Core.Campaigns;

/// <summary>Looks for what a platform would refuse, before anything is sent. For a stored campaign, or for a spec that is still being written.</summary>
public sealed class CheckCampaign(Studio studio, TimeProvider time)
{
    public async Task<Result<IReadOnlyList<Finding>>> RunAsync(Actor actor, Guid campaignId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var campaign = await db.FindVisibleCampaignAsync(actor, campaignId, ct);
        if (campaign is null) return new CampaignNotFound();
        var facts = await CampaignFacts.ReadAsync(db, actor, campaign.WorkspaceId, campaign.Spec, time.GetUtcNow(), ct);
        return Result<IReadOnlyList<Finding>>.Of(Preflight.Check(campaign.Name, campaign.Spec, facts));
    }

    public async Task<Result<IReadOnlyList<Finding>>> RunAsync(Actor actor, Guid workspaceId, string name, CampaignSpec spec, CancellationToken ct)
    {
        if (!actor.Sees(workspaceId)) return new WorkspaceOfCampaignNotFound();
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.Workspaces.FindAsync([workspaceId], ct) is null) return new WorkspaceOfCampaignNotFound();
        var facts = await CampaignFacts.ReadAsync(db, actor, workspaceId, spec, time.GetUtcNow(), ct);
        return Result<IReadOnlyList<Finding>>.Of(Preflight.Check(name, spec, facts));
    }
}
