using AdStudio.Core.Common;
using AdStudio.Core.Data;

namespace AdStudio.Core.Campaigns;

/// <summary>Gives a campaign another name here. What a launched one is called on its platforms stays.</summary>
public sealed class RenameCampaign(Studio studio, TimeProvider time)
{
    public async Task<Result<SavedDraft>> RunAsync(Actor actor, Guid campaignId, string name, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedCampaignAsync(actor, campaignId, ct)).TryGet(out var campaign, out var refusal)) return refusal;
        if (SpecRules.Check(name, campaign.Spec) is { } wrong) return wrong;

        campaign.Name = name.Trim();
        campaign.UpdatedAt = time.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return new SavedDraft(campaign.Version, campaign.UpdatedAt);
    }
}
