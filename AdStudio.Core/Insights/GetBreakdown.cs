using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

/// <summary>A campaign taken apart: its platforms, their ad sets, their ads. Only what runs on accounts that the actor may read.</summary>
public sealed class GetBreakdown(Studio studio, TimeProvider time)
{
    public async Task<Result<Breakdown>> RunAsync(Actor actor, Guid campaignId, NumbersQuery query, CancellationToken ct)
    {
        if (query.Range.Check() is { } wrong) return wrong;
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.ReadableCampaignAsync(actor, campaignId, ct) is not { } campaign) return new NumbersOfCampaignNotFound();
        var accounts = (await db.ReadableAccountsAsync(actor, campaign.WorkspaceId, query.Platforms, ct)).ToDictionary(a => a.Id);
        var range = query.Range.Resolve(accounts.Values.ToList().Today(time));

        var onPlatforms = (await db.PlatformCampaigns.AsNoTracking().Include(p => p.AdSets).ThenInclude(s => s.Ads).AsSplitQuery().Where(p => p.CampaignId == campaignId && p.AdAccountId != null).ToListAsync(ct))
            .Where(p => accounts.ContainsKey(p.AdAccountId!.Value)).OrderBy(p => p.Platform).ToList();
        var ids = onPlatforms.ConvertAll(p => p.Id);
        var sums = await db.MetricFacts.Where(f => ids.Contains(f.PlatformCampaignId) && f.Breakdown == "" && f.Day >= range.From && f.Day <= range.To).GroupBy(f => f.EntityId)
            .Select(g => new { g.Key, Sums = new MetricSums(g.Sum(f => f.Impressions), g.Sum(f => f.Clicks), g.Sum(f => f.SpendMicros), g.Sum(f => f.ConversionsMicros), g.Sum(f => f.ValueMicros)) })
            .ToDictionaryAsync(g => g.Key, g => g.Sums, ct);

        return new Breakdown(campaignId, campaign.Name, range, [.. onPlatforms.Select(p => Row(p, accounts[p.AdAccountId!.Value]))]);

        BreakdownRow Row(PlatformCampaign p, ReadableAccount account) => new(p.Id, MetricLevel.Campaign, p.Platform, p.GroupName.Length == 0 ? account.Name : $"{account.Name} · {p.GroupName}", p.Status.ToString(), account.Currency, Of(p.Id),
            Sorted(p.AdSets.Select(s => new BreakdownRow(s.Id, MetricLevel.AdSet, p.Platform, s.Name, s.Status, account.Currency, Of(s.Id),
                Sorted(s.Ads.Select(a => new BreakdownRow(a.Id, MetricLevel.Ad, p.Platform, a.Name, a.Status, account.Currency, Of(a.Id), [])))))));

        MetricSums? Of(Guid id) => sums.TryGetValue(id, out var sum) ? sum : null;

        static IReadOnlyList<BreakdownRow> Sorted(IEnumerable<BreakdownRow> rows) => [.. rows.OrderByDescending(r => r.Sums?.SpendMicros ?? -1).ThenBy(r => r.Name, StringComparer.OrdinalIgnoreCase)];
    }
}
