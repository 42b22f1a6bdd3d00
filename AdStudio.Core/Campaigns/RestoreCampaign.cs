using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Campaigns;

/// <summary>Brings a deleted campaign back as it was; one that was scheduled comes back as a draft.</summary>
public sealed class RestoreCampaign(Studio studio)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid campaignId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var campaign = await db.Campaigns.IgnoreQueryFilters([StudioDb.DeletedFilter]).Include(c => c.Platforms).Include(c => c.Targets).AsSplitQuery()
            .FirstOrDefaultAsync(c => c.Id == campaignId && c.Workspace.DeletedAt == null, ct);
        if (campaign is null || !actor.SeesCampaign(campaign)) return new CampaignNotFound();
        if (!actor.ManagesCampaign(campaign)) return new ManagerNeeded(campaign.Name);
        if (campaign.DeletedAt is null) return new CampaignNotDeleted(campaign.Name);

        campaign.DeletedAt = null;
        db.AuditVerb = "restored";
        await db.SaveChangesAsync(ct);
        return Done.Value;
    }
}
