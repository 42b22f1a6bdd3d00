using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

/// <summary>How many people a campaign reached on one day in one currency's accounts. Days cannot be added up to people: who was reached twice counts twice.</summary>
/// <param name="Countries">Those that platforms told of single countries, by code.</param>
public sealed record DayReach(DateOnly Day, string Currency, long Reach, IReadOnlyDictionary<string, long> Countries);

/// <summary>One campaign's reach by day, where platforms tell it.</summary>
public sealed class ListCampaignReach(Studio studio, TimeProvider time)
{
    public async Task<Result<IReadOnlyList<DayReach>>> RunAsync(Actor actor, Guid campaignId, NumbersQuery query, CancellationToken ct)
    {
        if (query.Range.Check() is { } wrong) return wrong;
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.ReadableCampaignAsync(actor, campaignId, ct) is not { } campaign) return new NumbersOfCampaignNotFound();
        var accounts = await db.ReadableAccountsAsync(actor, campaign.WorkspaceId, query.Platforms, ct);
        var (range, currencyOf) = (query.Range.Resolve(accounts.Today(time)), accounts.ToDictionary(a => a.Id, a => a.Currency));
        var (ids, country) = (accounts.ConvertAll(a => a.Id), BreakdownKind.Country.Word() + ":");
        var facts = await db.MetricFacts
            .Where(f => f.Level == MetricLevel.Campaign && f.Reach != null && f.Day >= range.From && f.Day <= range.To && ids.Contains(f.AdAccountId) && (f.Breakdown == "" || f.Breakdown.StartsWith(country))
                && db.PlatformCampaigns.Any(p => p.Id == f.PlatformCampaignId && p.CampaignId == campaignId))
            .Select(f => new { f.Day, f.AdAccountId, f.Breakdown, Reach = f.Reach!.Value }).ToListAsync(ct);
        return Result<IReadOnlyList<DayReach>>.Of([.. facts.GroupBy(f => (f.Day, Currency: currencyOf[f.AdAccountId])).OrderBy(g => g.Key.Day).Select(g => new DayReach(
            g.Key.Day, g.Key.Currency, g.Where(f => f.Breakdown.Length == 0).Sum(f => f.Reach),
            g.Where(f => f.Breakdown.Length > 0).GroupBy(f => f.Breakdown[country.Length..]).ToDictionary(c => c.Key, c => c.Sum(f => f.Reach))))]);
    }
}
