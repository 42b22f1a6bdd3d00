using AdStudio.Core.Common;

namespace AdStudio.Core.Campaigns;

/// <summary>
/// Replaces name and spec at once, for programs: a campaign of which nothing stands on a platform may change whole,
/// a launched one only its name with us. Without a read version the last one who writes wins.
/// </summary>
public sealed class UpdateCampaign(Data.Studio studio, TimeProvider time, SaveDraft saveDraft)
{
    public async Task<Result<Campaign>> RunAsync(Actor actor, Guid campaignId, string name, CampaignSpec spec, long? readVersion, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedCampaignAsync(actor, campaignId, ct)).TryGet(out var campaign, out var refusal)) return refusal;

        if (!campaign.IsRewritable() && campaign.IsWritten(campaign.Name, spec) && readVersion is null)
        {
            if (SpecRules.Check(name, spec) is { } wrong) return wrong;
            campaign.Name = name.Trim();
            campaign.UpdatedAt = time.GetUtcNow();
            await db.SaveChangesAsync(ct);
            return campaign;
        }

        var saved = await saveDraft.RunAsync(actor, campaignId, name, spec, readVersion ?? campaign.Version, ct);
        if (!saved.IsDone) return saved.Refusal;
        await using var fresh = await studio.OpenAsync(actor, ct);
        return await fresh.FindVisibleCampaignAsync(actor, campaignId, ct) is { } updated ? updated : new CampaignNotFound();
    }
}
