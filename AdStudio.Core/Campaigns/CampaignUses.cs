using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Campaigns;

/// <summary>Tells which campaigns use an ad account, a creative or an audience, or lie in a workspace or a team.</summary>
internal sealed class CampaignUses : IKnowsUses
{
    private static readonly CampaignStatus[] Running = [CampaignStatus.Scheduled, CampaignStatus.Launching, CampaignStatus.InReview, CampaignStatus.Submitted, CampaignStatus.Active];

    public async Task<IReadOnlyList<Use>> FindUsesAsync(StudioDb db, Used used, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var all = db.Campaigns.AsNoTracking();
        if (used == Used.AdAccount)
        {
            var there = await all.Where(c => c.Platforms.Any(p => p.AdAccountId != null && ids.Contains(p.AdAccountId.Value))).Select(c => new { c.Id, c.Name, c.Status }).ToListAsync(ct);
            return [.. there.Select(c => new Use("campaign", c.Id, c.Name, Running.Contains(c.Status)))];
        }

        if (used is Used.Workspace or Used.Team)
        {
            var inside = await all.Where(c => used == Used.Workspace ? ids.Contains(c.WorkspaceId) : ids.Contains(c.TeamId)).Select(c => new { c.Id, c.Name, c.Status }).ToListAsync(ct);
            return [.. inside.Select(c => new Use("campaign", c.Id, c.Name, Running.Contains(c.Status)))];
        }

        // What a campaign names lies in its spec, which the database does not search.
        var specs = await all.Select(c => new { c.Id, c.Name, c.Status, c.Spec }).ToListAsync(ct);
        return [.. specs
            .Select(c => new Use("campaign", c.Id, c.Name, Running.Contains(c.Status)) { Of = [.. (used == Used.Creative ? c.Spec.CreativeIds : c.Spec.AudienceIds).Where(ids.Contains).Distinct()] })
            .Where(use => use.Of.Count > 0)];
    }
}
