using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Campaigns;

/// <summary>Where a save left the campaign: hand <paramref name="Version"/> to the next one.</summary>
public sealed record SavedDraft(long Version, DateTimeOffset SavedAt);

/// <summary>Saves a draft whole, over the version that the editor had read. Saving the same again changes nothing.</summary>
public sealed class SaveDraft(Studio studio, TimeProvider time)
{
    public async Task<Result<SavedDraft>> RunAsync(Actor actor, Guid campaignId, string name, CampaignSpec spec, long readVersion, CancellationToken ct, string? input = null)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedCampaignAsync(actor, campaignId, ct)).TryGet(out var campaign, out var refusal)) return refusal;
        if (SpecRules.Check(name, spec) is { } wrong) return wrong;
        if (campaign.IsWritten(name, spec)) return new SavedDraft(campaign.Version, campaign.UpdatedAt);
        if (!campaign.IsRewritable()) return campaign.WhyNotRewritable();
        if (!actor.ReachesPlatforms && campaign.Status == CampaignStatus.Scheduled) return new SandboxKeyStopsHere(); // it is launched by itself, as it is written then
        if (await db.AccountProblemsAsync(actor, campaign.WorkspaceId, spec, ct) is { } noAccount) return noAccount;
        if (campaign.Version != readVersion) return await ConflictAsync(db, actor, campaign, name, spec, readVersion, ct);

        campaign.Write(name.Trim(), spec);
        campaign.UpdatedAt = time.GetUtcNow();
        campaign.Input = GivenJson.WithoutSecrets(input) ?? campaign.Input;
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            await using var fresh = await studio.OpenAsync(actor, ct);
            var theirs = await fresh.FindVisibleCampaignAsync(actor, campaignId, ct);
            return theirs is null ? new CampaignNotFound() : await ConflictAsync(fresh, actor, theirs, name, spec, readVersion, ct);
        }
        return new SavedDraft(campaign.Version, campaign.UpdatedAt);
    }

    private async Task<CampaignChangedMeanwhile> ConflictAsync(StudioDb db, Actor actor, Campaign campaign, string name, CampaignSpec spec, long readVersion, CancellationToken ct)
    {
        var savedBy = await db.AuditEntries.Where(a => a.SubjectId == campaign.Id).OrderByDescending(a => a.At).Select(a => a.ActorName).FirstOrDefaultAsync(ct);
        return new CampaignChangedMeanwhile(
            new(campaign.Name, campaign.Spec, campaign.Version, savedBy ?? "Somebody", campaign.UpdatedAt),
            new(name, spec, readVersion, actor.Name, time.GetUtcNow()));
    }
}
