using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Campaigns;

/// <summary>A campaign's ad sets and ads as they stand on the platforms.</summary>
public sealed record PlatformAds(Guid PlatformCampaignId, Platform Platform, DateTimeOffset? ReadAt, IReadOnlyList<AdSet> AdSets)
{
    /// <summary>The country group; empty for all places.</summary>
    public string GroupName { get; init; } = "";
}

public sealed class GetCampaignAds(Studio studio)
{
    public async Task<Result<IReadOnlyList<PlatformAds>>> RunAsync(Actor actor, Guid campaignId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var campaign = await db.Campaigns.AsNoTracking().Visible(actor).AsSplitQuery().Include(c => c.Platforms).ThenInclude(p => p.AdSets).ThenInclude(s => s.Ads)
            .FirstOrDefaultAsync(c => c.Id == campaignId, ct);
        if (campaign is null) return new CampaignNotFound();
        return Result<IReadOnlyList<PlatformAds>>.Of([.. campaign.Platforms.Where(p => p.AdSets.Count > 0).OrderBy(p => p.Platform).ThenBy(p => p.Id)
            .Select(p => new PlatformAds(p.Id, p.Platform, p.ReadAt, [.. p.AdSets.OrderBy(s => s.Name)]) { GroupName = p.GroupName })]);
    }
}
