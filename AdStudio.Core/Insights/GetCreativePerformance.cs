using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

/// <summary>How one kind of creative does.</summary>
/// <param name="Percentage">Its share of all clicks, in per cent; null when there are none.</param>
/// <param name="Money">Spend and value by currency, with the counts that belong to them.</param>
public sealed record CreativeTypePerformance(CreativeType Type, int Ads, long Impressions, long Clicks, decimal? Percentage, IReadOnlyDictionary<string, MetricSums> Money);

/// <param name="UnknownClicks">Clicks on ads of which nobody knows what they show: made on the platform, and not imported.</param>
public sealed record CreativePerformance(DayRange Range, IReadOnlyList<CreativeTypePerformance> Types, long UnknownClicks);

/// <summary>What one creative has brought, on all its ads.</summary>
public sealed record CreativeNumbers(Guid CreativeId, int Ads, int Campaigns, IReadOnlyDictionary<string, MetricSums> ByCurrency)
{
    public long Impressions => ByCurrency.Values.Sum(s => s.Impressions);
    public long Clicks => ByCurrency.Values.Sum(s => s.Clicks);
}

/// <summary>Clicks and money by kind of creative, of a workspace or of one campaign, from the figures of its ads.</summary>
public sealed class GetCreativePerformance(Studio studio, TimeProvider time)
{
    /// <param name="campaignId">Null for all campaigns.</param>
    public async Task<Result<CreativePerformance>> RunAsync(Actor actor, NumbersQuery query, Guid? campaignId, CancellationToken ct)
    {
        if (query.Range.Check() is { } wrong) return wrong;
        await using var db = await studio.OpenAsync(actor, ct);
        var workspace = query.WorkspaceId;
        if (campaignId is { } id)
        {
            if (await db.ReadableCampaignAsync(actor, id, ct) is not { } campaign) return new NumbersOfCampaignNotFound();
            workspace = campaign.WorkspaceId;
        }
        else if (!await db.IsThereAsync(actor, workspace, ct)) return new NumbersOfWorkspaceNotFound();

        var accounts = await db.ReadableAccountsAsync(actor, workspace, query.Platforms, ct);
        var range = query.Range.Resolve(accounts.Today(time));
        var ads = await AdSums.OfAsync(db, accounts, range, campaignId, ct);
        var creatives = ads.Select(a => a.CreativeId).OfType<Guid>().Distinct().ToList();
        var typeOf = await db.Creatives.IgnoreQueryFilters([StudioDb.DeletedFilter]).Where(c => creatives.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Type, ct);

        var typed = ads.Select(a => (Ad: a, Type: a.CreativeId is { } creative && typeOf.TryGetValue(creative, out var type) ? type : a.Type)).ToList();
        var all = typed.Where(t => t.Type is not null).Sum(t => t.Ad.Sums.Clicks);
        return new CreativePerformance(range,
        [
            .. typed.Where(t => t.Type is not null).GroupBy(t => t.Type!.Value).Select(g => new CreativeTypePerformance(
                g.Key, g.Count(), g.Sum(t => t.Ad.Sums.Impressions), g.Sum(t => t.Ad.Sums.Clicks), all == 0 ? null : Math.Round(100m * g.Sum(t => t.Ad.Sums.Clicks) / all, 2), AdSums.ByCurrency(g.Select(t => t.Ad))))
                .OrderByDescending(t => t.Clicks).ThenBy(t => t.Type),
        ], typed.Where(t => t.Type is null).Sum(t => t.Ad.Sums.Clicks));
    }
}

/// <summary>What each creative of a workspace has brought in some days: those that any ad shows, also without delivery.</summary>
public sealed class ListCreativeNumbers(Studio studio, TimeProvider time)
{
    public async Task<Result<IReadOnlyDictionary<Guid, CreativeNumbers>>> RunAsync(Actor actor, NumbersQuery query, CancellationToken ct)
    {
        if (query.Range.Check() is { } wrong) return wrong;
        await using var db = await studio.OpenAsync(actor, ct);
        if (!await db.IsThereAsync(actor, query.WorkspaceId, ct)) return new NumbersOfWorkspaceNotFound();
        var accounts = await db.ReadableAccountsAsync(actor, query.WorkspaceId, query.Platforms, ct);
        var ads = await AdSums.OfAsync(db, accounts, query.Range.Resolve(accounts.Today(time)), null, ct);
        return Result<IReadOnlyDictionary<Guid, CreativeNumbers>>.Of(ads.Where(a => a.CreativeId is not null).GroupBy(a => a.CreativeId!.Value)
            .ToDictionary(g => g.Key, g => new CreativeNumbers(g.Key, g.Count(), g.Select(a => a.CampaignId).Distinct().Count(), AdSums.ByCurrency(g))));
    }
}

/// <summary>An ad's figures with what it shows.</summary>
internal sealed record AdSums(Guid AdId, Guid CampaignId, Guid? CreativeId, CreativeType? Type, string Currency, bool Delivered, MetricSums Sums)
{
    public static async Task<List<AdSums>> OfAsync(StudioDb db, List<ReadableAccount> accounts, DayRange range, Guid? campaignId, CancellationToken ct)
    {
        var currencyOf = accounts.ToDictionary(a => a.Id, a => a.Currency);
        var ids = accounts.ConvertAll(a => a.Id);
        var ads = await db.Ads.Where(a => a.AdSet.PlatformCampaign.AdAccountId != null && ids.Contains(a.AdSet.PlatformCampaign.AdAccountId!.Value) && (campaignId == null || a.AdSet.PlatformCampaign.CampaignId == campaignId))
            .Select(a => new { a.Id, a.CreativeId, a.CreativeType, a.AdSet.PlatformCampaign.CampaignId, PlatformCampaignId = a.AdSet.PlatformCampaign.Id, AccountId = a.AdSet.PlatformCampaign.AdAccountId!.Value }).ToListAsync(ct);
        var platformCampaigns = ads.Select(a => a.PlatformCampaignId).Distinct().ToList();
        var sums = await db.MetricFacts.Where(f => f.Level == MetricLevel.Ad && f.Breakdown == "" && platformCampaigns.Contains(f.PlatformCampaignId) && f.Day >= range.From && f.Day <= range.To).GroupBy(f => f.EntityId)
            .Select(g => new { g.Key, Sums = new MetricSums(g.Sum(f => f.Impressions), g.Sum(f => f.Clicks), g.Sum(f => f.SpendMicros), g.Sum(f => f.ConversionsMicros), g.Sum(f => f.ValueMicros)) })
            .ToDictionaryAsync(g => g.Key, g => g.Sums, ct);
        return ads.ConvertAll(a => new AdSums(a.Id, a.CampaignId, a.CreativeId, a.CreativeType, currencyOf[a.AccountId], sums.ContainsKey(a.Id), sums.GetValueOrDefault(a.Id)));
    }

    public static IReadOnlyDictionary<string, MetricSums> ByCurrency(IEnumerable<AdSums> ads) =>
        ads.Where(a => a.Delivered).GroupBy(a => a.Currency).ToDictionary(g => g.Key, g => g.Select(a => a.Sums).SumOrNull()!.Value);
}
