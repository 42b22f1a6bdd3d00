using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Campaigns;

/// <summary>The change of a launched campaign that is being written; null when nobody writes one.</summary>
public sealed class GetEdit(Studio studio)
{
    public async Task<Result<CampaignEdit?>> RunAsync(Actor actor, Guid campaignId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.FindVisibleCampaignAsync(actor, campaignId, ct) is null) return new CampaignNotFound();
        return Result<CampaignEdit?>.Of(await db.CampaignEdits.AsNoTracking().SingleOrDefaultAsync(e => e.CampaignId == campaignId, ct));
    }
}

/// <summary>Keeps what is written of a change, over the version that the editor had read (0 for the first). Sends nothing.</summary>
public sealed class SaveEdit(Studio studio, TimeProvider time)
{
    public async Task<Result<SavedDraft>> RunAsync(Actor actor, Guid campaignId, string name, CampaignSpec spec, long readVersion, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedCampaignAsync(actor, campaignId, ct)).TryGet(out var campaign, out var refusal)) return refusal;
        if (campaign.IsRewritable()) return new CampaignNotLaunched(campaign.Name);
        if (campaign.Origin == CampaignOrigin.Imported) return campaign.WhyNotRewritable();
        if (SpecRules.Check(name, spec) is { } wrong) return wrong;
        if (CampaignEdits.Fixed(campaign.Name, campaign.Spec, spec) is { } isFixed) return isFixed;

        var edit = await db.CampaignEdits.SingleOrDefaultAsync(e => e.CampaignId == campaignId, ct);
        if (edit is not null && edit.Version != readVersion) return Conflict(edit, actor, name, spec, readVersion);
        if (edit is null) db.Add(edit = new CampaignEdit { CampaignId = campaignId, OrganizationId = campaign.OrganizationId });
        (edit.Name, edit.Spec, edit.SavedByName, edit.UpdatedAt) = (name.Trim(), spec, actor.Name, time.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            // Somebody else began or saved it in the same moment.
            await using var fresh = await studio.OpenAsync(actor, ct);
            if (await fresh.CampaignEdits.AsNoTracking().SingleOrDefaultAsync(e => e.CampaignId == campaignId, ct) is not { } theirs) throw;
            return Conflict(theirs, actor, name, spec, readVersion);
        }
        return new SavedDraft(edit.Version, edit.UpdatedAt);
    }

    private CampaignChangedMeanwhile Conflict(CampaignEdit theirs, Actor actor, string name, CampaignSpec spec, long readVersion) =>
        new(new(theirs.Name, theirs.Spec, theirs.Version, theirs.SavedByName, theirs.UpdatedAt), new(name, spec, readVersion, actor.Name, time.GetUtcNow()));
}

/// <summary>Throws away the change that is being written. What runs stays as it is.</summary>
public sealed class DiscardEdit(Studio studio)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid campaignId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedCampaignAsync(actor, campaignId, ct)).TryGet(out _, out var refusal)) return refusal;
        await db.CampaignEdits.Where(e => e.CampaignId == campaignId).ExecuteDeleteAsync(ct);
        return Done.Value;
    }
}
