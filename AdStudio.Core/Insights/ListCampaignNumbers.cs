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
        var into = await db.IntoOfAsync(numbers, numbers.WorkspaceId, ct);
        var days = await SumsAsync(db, readable, previous?.From ?? range.From, range, into, ct);
        // Converted day by day; the rows of one campaign keep their order, so that each finds itself again.
        var (rates, converted, conversion) = await db.IntoAsync(into, days.ConvertAll(d => new NumberRow(d.AdAccountId, d.Day ?? range.To, d.Sums, d.ReadAt, d.IsFinal)), readable, ct);
        var originalOf = readable.ToDictionary(a => a.Id, a => a.Currency);
        var all = days.Zip(rates, (d, row) => d with { Sums = row.Sums, Original = d.Sums }).ToList();
        var accounts = converted.Where(a => query.Currency is null || a.Currency == query.Currency).ToDictionary(a => a.Id);
        var now = all.Where(d => accounts.ContainsKey(d.AdAccountId) && !d.IsBefore).ToList();
        var before = all.Where(d => accounts.ContainsKey(d.AdAccountId) && d.IsBefore).ToList();

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
                sums.Count > 0 ? sums.Max(s => s.ReadAt) : null, sums.Any(s => !s.IsFinal))
            {
                Originals = sums.Exists(s => originalOf[s.AdAccountId] != currency) ? sums.GroupBy(s => originalOf[s.AdAccountId]).ToDictionary(g => g.Key, g => g.Select(s => s.Original).SumOrNull()!.Value) : new Dictionary<string, MetricSums>(),
            };
        var sorted = Sort(rows, query).ToList();
        var totals = sorted.Where(r => r.Sums is not null).GroupBy(r => r.Currency).ToDictionary(g => g.Key, g => g.Select(r => r.Sums!.Value).SumOrNull()!.Value);
        var limit = Math.Clamp(query.Limit, 1, 500);
        return new CampaignNumbersPage(range, previous, new Page<CampaignNumbersRow>([.. sorted.Skip(query.Offset).Take(limit)], sorted.Count, query.Offset, limit), totals) { Conversion = conversion };
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

    /// <summary>Sums of the range and of the days before it; by day for accounts that are to be converted.</summary>
    private static async Task<List<CampaignSum>> SumsAsync(StudioDb db, List<ReadableAccount> accounts, DateOnly from, DayRange range, string? into, CancellationToken ct)
    {
        var (same, foreign) = (accounts.Where(a => into is null || a.Currency == into).Select(a => a.Id).ToList(), accounts.Where(a => into is not null && a.Currency != into).Select(a => a.Id).ToList());
        var (first, to) = (range.From, range.To);
        var sums = same.Count == 0 ? [] : await db.CampaignDays.Where(d => same.Contains(d.AdAccountId) && d.Day >= from && d.Day <= to).GroupBy(d => new { d.CampaignId, d.AdAccountId, d.Platform, IsBefore = d.Day < first })
            .Select(g => new CampaignSum(g.Key.CampaignId, g.Key.AdAccountId, g.Key.Platform, null, g.Key.IsBefore,
                new MetricSums(g.Sum(d => d.Impressions), g.Sum(d => d.Clicks), g.Sum(d => d.SpendMicros), g.Sum(d => d.ConversionsMicros), g.Sum(d => d.ValueMicros)),
                g.Max(d => d.ReadAt), g.Min(d => d.IsFinal ? 1 : 0) == 1)).ToListAsync(ct);
        if (foreign.Count > 0)
            sums.AddRange(await db.CampaignDays.Where(d => foreign.Contains(d.AdAccountId) && d.Day >= from && d.Day <= to)
                .Select(d => new CampaignSum(d.CampaignId, d.AdAccountId, d.Platform, d.Day, d.Day < first, new MetricSums(d.Impressions, d.Clicks, d.SpendMicros, d.ConversionsMicros, d.ValueMicros), d.ReadAt, d.IsFinal)).ToListAsync(ct));
        return sums;
    }

    /// <param name="Day">Null for the sum of all days.</param>
    private sealed record CampaignSum(Guid CampaignId, Guid AdAccountId, Platform Platform, DateOnly? Day, bool IsBefore, MetricSums Sums, DateTimeOffset ReadAt, bool IsFinal)
    {
        public MetricSums Original { get; init; }
    }
}
