using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

/// <summary>How each campaign performs, with its platforms: those that had delivery in the range, and those that run now.</summary>
public sealed class ListCampaignNumbers(Studio studio, TimeProvider time)
{
    private static readonly CampaignStatus[] Live = [CampaignStatus.Active, CampaignStatus.InReview, CampaignStatus.Submitted, CampaignStatus.Launching];

    public async Task<Result<CampaignNumbersPage>> RunAsync(Actor actor, CampaignNumbersQuery query, CancellationToken ct)
    {
        var numbers = query.Numbers;
        if (numbers.Range.Check() is { } wrong) return wrong;
        await using var db = await studio.OpenAsync(actor, ct);
        var readable = await db.ReadableAccountsAsync(actor, numbers.WorkspaceId, numbers.Platforms, ct);
        if (readable.Count == 0 && !await db.IsThereAsync(actor, numbers.WorkspaceId, ct)) return new NumbersOfWorkspaceNotFound();

        var range = numbers.Range.Resolve(readable.Today(time));
        DayRange? previous = numbers.Compare ? range.Previous : null;
        var accounts = readable.Where(a => query.Currency is null || a.Currency == query.Currency).ToDictionary(a => a.Id);
        var now = await SumsAsync(db, accounts, range, ct);
        var before = previous is { } period ? await SumsAsync(db, accounts, period, ct) : [];

        var ids = accounts.Keys.ToList();
        var campaigns = await db.Campaigns.IgnoreQueryFilters([StudioDb.DeletedFilter]).Visible(actor)
            .Where(c => c.Platforms.Any(p => ids.Contains(p.AdAccountId!.Value)))
            .Select(c => new { c.Id, c.Number, c.Name, c.Status, IsDeleted = c.DeletedAt != null, Accounts = c.Platforms.Where(p => p.AdAccountId != null).Select(p => p.AdAccountId!.Value).ToList() })
            .ToListAsync(ct);

        var (nowOf, beforeOf) = (now.ToLookup(s => s.CampaignId), before.ToLookup(s => s.CampaignId));
        var rows =
            from campaign in campaigns
            where query.Search is not { Length: > 0 } search || campaign.Name.Contains(search, StringComparison.CurrentCultureIgnoreCase)
            from currency in campaign.Accounts.Where(accounts.ContainsKey).Select(id => accounts[id].Currency).Distinct()
            let sums = nowOf[campaign.Id].Where(s => accounts[s.AdAccountId].Currency == currency).ToList()
            where sums.Count > 0 || (!campaign.IsDeleted && Live.Contains(campaign.Status))
            let earlier = beforeOf[campaign.Id].Where(s => accounts[s.AdAccountId].Currency == currency).ToList()
            let platforms = campaign.Accounts.Where(id => accounts.TryGetValue(id, out var a) && a.Currency == currency).Select(id => accounts[id].Platform).Distinct().Order()
            select new CampaignNumbersRow(
                campaign.Id, campaign.Number, campaign.Name, campaign.Status, campaign.IsDeleted, currency, Sum(sums), Sum(earlier),
                [.. platforms.Select(p => new PlatformNumbers(p, Sum(sums.Where(s => s.Platform == p)), Sum(earlier.Where(s => s.Platform == p))))],
                sums.Count > 0 ? sums.Max(s => s.ReadAt) : null, sums.Any(s => !s.IsFinal));
        var sorted = Sort(rows, query).ToList();
        var totals = sorted.Where(r => r.Sums is not null).GroupBy(r => r.Currency).ToDictionary(g => g.Key, g => g.Select(r => r.Sums!.Value).SumOrNull()!.Value);
        var limit = Math.Clamp(query.Limit, 1, 500);
        return new CampaignNumbersPage(range, previous, new Page<CampaignNumbersRow>([.. sorted.Skip(query.Offset).Take(limit)], sorted.Count, query.Offset, limit), totals);
    }

    private static MetricSums? Sum(IEnumerable<CampaignSum> sums) => sums.Select(s => s.Sums).SumOrNull();

    private static IEnumerable<CampaignNumbersRow> Sort(IEnumerable<CampaignNumbersRow> rows, CampaignNumbersQuery query)
    {
        if (query.SortBy is not { } metric)
            return query.Down ? rows.OrderByDescending(r => r.Name, StringComparer.OrdinalIgnoreCase) : rows.OrderBy(r => r.Name, StringComparer.OrdinalIgnoreCase);
        // A row without the figure comes last, whichever way it goes.
        var known = rows.OrderBy(r => r.Sums?.Of(metric) is null);
        return (query.Down ? known.ThenByDescending(r => r.Sums?.Of(metric)) : known.ThenBy(r => r.Sums?.Of(metric))).ThenBy(r => r.Name, StringComparer.OrdinalIgnoreCase).ThenBy(r => r.CampaignId);
    }

    private static async Task<List<CampaignSum>> SumsAsync(StudioDb db, Dictionary<Guid, ReadableAccount> accounts, DayRange range, CancellationToken ct)
    {
        var ids = accounts.Keys.ToList();
        return await db.CampaignDays.Where(d => ids.Contains(d.AdAccountId) && d.Day >= range.From && d.Day <= range.To).GroupBy(d => new { d.CampaignId, d.AdAccountId, d.Platform })
            .Select(g => new CampaignSum(g.Key.CampaignId, g.Key.AdAccountId, g.Key.Platform,
                new MetricSums(g.Sum(d => d.Impressions), g.Sum(d => d.Clicks), g.Sum(d => d.SpendMicros), g.Sum(d => d.ConversionsMicros), g.Sum(d => d.ValueMicros)),
                g.Max(d => d.ReadAt), g.Min(d => d.IsFinal ? 1 : 0) == 1)).ToListAsync(ct);
    }

    private sealed record CampaignSum(Guid CampaignId, Guid AdAccountId, Platform Platform, MetricSums Sums, DateTimeOffset ReadAt, bool IsFinal);
}
