using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Data;

namespace AdStudio.Core.Campaigns;

/// <summary>Deletes a campaign, keeping its history and numbers. Not while something of it runs.</summary>
public sealed class DeleteCampaign(Studio studio, TimeProvider time)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid campaignId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedCampaignAsync(actor, campaignId, ct)).TryGet(out var campaign, out var refusal)) return refusal;
        var running = campaign.Platforms.Where(p => p.Status.Runs()).Select(p => p.Platform).Distinct().ToList();
        if (running.Count > 0) return new CampaignStillRuns(campaign.Name, running);

        campaign.DeletedAt = time.GetUtcNow();
        (campaign.ScheduledFor, campaign.ScheduleVerdictId, campaign.ScheduledSpec) = (null, null, null);
        if (campaign.Status == CampaignStatus.Scheduled) campaign.Become(CampaignStatus.Draft);
        await db.SupersedeApprovalsAsync(campaignId, $"“{campaign.Name}” was deleted", campaign.DeletedAt.Value, ct);
        await db.SaveChangesAsync(ct);
        return Done.Value;
    }
}
