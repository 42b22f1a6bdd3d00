using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Data;

namespace AdStudio.Core.Campaigns;

/// <summary>Looks for what a platform would refuse, before anything is sent. Of a stored campaign.</summary>
public sealed class CheckCampaign(Studio studio, IMediaStore media, TimeProvider time)
{
    public async Task<Result<IReadOnlyList<Finding>>> RunAsync(Actor actor, Guid campaignId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var campaign = await db.FindVisibleCampaignAsync(actor, campaignId, ct);
        if (campaign is null) return new CampaignNotFound();
        var facts = await CampaignFacts.ReadAsync(db, actor, campaign.WorkspaceId, campaign.Spec, time.GetUtcNow(), media.CanCut, ct);
        return Result<IReadOnlyList<Finding>>.Of(Preflight.Check(campaign.Name, campaign.Spec, facts));
    }
}
