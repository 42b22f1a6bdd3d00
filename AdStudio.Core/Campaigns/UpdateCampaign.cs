using AdStudio.Core.Common;

namespace AdStudio.Core.Campaigns;

/// <summary>
/// Replaces name and spec at once, for programs: a campaign of which nothing stands on a platform may change whole,
/// a launched one only its name with us. Without a read version the last one who writes wins. <c>input</c> keeps the request as the program gave it.
/// </summary>
public sealed class UpdateCampaign(Data.Studio studio, TimeProvider time, SaveDraft saveDraft)
{
    public async Task<Result<Campaign>> RunAsync(Actor actor, Guid campaignId, string name, CampaignSpec spec, long? readVersion, CancellationToken ct, string? input = null)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedCampaignAsync(actor, campaignId, ct)).TryGet(out var campaign, out var refusal)) return refusal;

        if (!campaign.IsRewritable() && campaign.IsWritten(campaign.Name, spec) && readVersion is null)
        {
            if (SpecRules.Check(name, spec) is { } wrong) return wrong;
            (campaign.Name, campaign.Input) = (name.Trim(), GivenJson.WithoutSecrets(input) ?? campaign.Input);
            campaign.UpdatedAt = time.GetUtcNow();
            await db.SaveChangesAsync(ct);
            return campaign;
        }

        var saved = await saveDraft.RunAsync(actor, campaignId, name, spec, readVersion ?? campaign.Version, ct, input);
        if (!saved.IsDone) return saved.Refusal;
        await using var fresh = await studio.OpenAsync(actor, ct);
        return await fresh.FindVisibleCampaignAsync(actor, campaignId, ct) is { } updated ? updated : new CampaignNotFound();
    }
}
