using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Partners;

/// <param name="After">The last campaign of the page before; null begins.</param>
public sealed record ProjectCampaignFilter(Guid WorkspaceId, Platform Platform, IReadOnlyCollection<CampaignStatus> Statuses, Guid? After, int Limit);

/// <param name="HasMore">Whether there are any after the last one.</param>
public sealed record ProjectCampaigns(IReadOnlyList<Campaign> Campaigns, bool HasMore);

/// <summary>The campaigns of a workspace on one platform that the actor sees, the newest first; a cursor, so that what is added meanwhile shifts no page.</summary>
public sealed class ListProjectCampaigns(Studio studio)
{
    public async Task<Result<ProjectCampaigns>> RunAsync(Actor actor, ProjectCampaignFilter filter, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var campaigns = db.Campaigns.AsNoTracking().Visible(actor).Where(c => c.WorkspaceId == filter.WorkspaceId && (c.Targets.Any(t => t.Platform == filter.Platform) || c.Platforms.Any(p => p.Platform == filter.Platform)));
        if (filter.Statuses.Count > 0)
        {
            var statuses = filter.Statuses.ToList();
            campaigns = campaigns.Where(c => statuses.Contains(c.Status));
        }
        if (filter.After is { } after)
        {
            // Of a deleted campaign too: a page goes on where the one before ended.
            var number = await db.Campaigns.IgnoreQueryFilters([StudioDb.DeletedFilter]).Where(c => c.Id == after && c.WorkspaceId == filter.WorkspaceId).Select(c => (int?)c.Number).SingleOrDefaultAsync(ct);
            if (number is null) return new InvalidError("after", "after should be the last campaign of the page before");
            campaigns = campaigns.Where(c => c.Number < number);
        }
        var page = await campaigns.Include(c => c.Targets).Include(c => c.Platforms).ThenInclude(p => p.AdAccount).AsSplitQuery().OrderByDescending(c => c.Number).Take(filter.Limit + 1).ToListAsync(ct);
        return new ProjectCampaigns([.. page.Take(filter.Limit)], page.Count > filter.Limit);
    }
}
