using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

/// <summary>What of an account the studio knows, by the platform's ids.</summary>
internal sealed class KnownEntities
{
    private readonly Dictionary<string, Guid> campaigns = [];
    private readonly Dictionary<(Guid Campaign, string ExternalId), Guid> adSets = [];
    private readonly Dictionary<(Guid AdSet, string ExternalId), Guid> ads = [];

    public bool IsEmpty => campaigns.Count == 0;

    /// <summary>The platform's ids of the campaigns.</summary>
    public IReadOnlyCollection<string> CampaignIds => campaigns.Keys;

    /// <summary>When the first of the campaigns was launched; null when one of them doesn't say.</summary>
    public DateTimeOffset? FirstLaunch { get; private set; }

    /// <summary>When the last of the campaigns was imported; null when all were launched from here.</summary>
    public DateTimeOffset? ImportedAt { get; private set; }

    public static async Task<KnownEntities> LoadAsync(StudioDb db, Guid adAccountId, CancellationToken ct)
    {
        var known = new KnownEntities();
        var campaigns = await db.PlatformCampaigns.Where(p => p.AdAccountId == adAccountId && p.ExternalId != null)
            .OrderBy(p => p.Id).Select(p => new { p.Id, p.ExternalId, p.LaunchedAt, p.ImportedAt }).ToListAsync(ct);
        foreach (var campaign in campaigns) known.campaigns.TryAdd(campaign.ExternalId!, campaign.Id);
        known.FirstLaunch = campaigns.Count > 0 && campaigns.All(c => c.LaunchedAt != null) ? campaigns.Min(c => c.LaunchedAt) : null;
        known.ImportedAt = campaigns.Max(c => c.ImportedAt);

        foreach (var adSet in await db.AdSets.Where(a => a.PlatformCampaign.AdAccountId == adAccountId).Select(a => new { a.Id, a.PlatformCampaignId, a.ExternalId }).ToListAsync(ct))
            known.adSets.TryAdd((adSet.PlatformCampaignId, adSet.ExternalId), adSet.Id);
        foreach (var ad in await db.Ads.Where(a => a.AdSet.PlatformCampaign.AdAccountId == adAccountId).Select(a => new { a.Id, a.AdSetId, a.ExternalId }).ToListAsync(ct))
            known.ads.TryAdd((ad.AdSetId, ad.ExternalId), ad.Id);
        return known;
    }

    /// <summary>Our id of the row's campaign; null when the studio doesn't know it.</summary>
    public Guid? CampaignOf(InsightRow row) => campaigns.TryGetValue(row.CampaignId, out var id) ? id : null;

    /// <summary>Our id of what the row counts.</summary>
    public Guid? EntityOf(InsightRow row)
    {
        if (CampaignOf(row) is not { } campaign) return null;
        if (row.Level == MetricLevel.Campaign) return campaign;
        if (row.AdSetId is null || !adSets.TryGetValue((campaign, row.AdSetId), out var adSet)) return null;
        if (row.Level == MetricLevel.AdSet) return adSet;
        return row.AdId is not null && ads.TryGetValue((adSet, row.AdId), out var ad) ? ad : null;
    }
}
