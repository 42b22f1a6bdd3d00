using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

/// <summary>A workspace at a glance, by currency: totals, the period before, each day, and each platform's share. Answered from the roll-up of accounts.</summary>
public sealed class GetOverview(Studio studio, TimeProvider time)
{
    public async Task<Result<Overview>> RunAsync(Actor actor, NumbersQuery query, CancellationToken ct)
    {
        if (query.Range.Check() is { } wrong) return wrong;
        await using var db = await studio.OpenAsync(actor, ct);
        var accounts = await db.ReadableAccountsAsync(actor, query.WorkspaceId, query.Platforms, ct);
        if (accounts.Count == 0 && !await db.IsThereAsync(actor, query.WorkspaceId, ct)) return new NumbersOfWorkspaceNotFound();

        var range = query.Range.Resolve(accounts.Today(time));
        DayRange? previous = query.Compare ? range.Previous : null;
        var from = previous?.From ?? range.From;
        var ids = accounts.ConvertAll(a => a.Id);
        var rows = await db.AccountDays.Where(d => ids.Contains(d.AdAccountId) && d.Day >= from && d.Day <= range.To)
            .Select(d => new AccountRow(d.AdAccountId, d.Day, new MetricSums(d.Impressions, d.Clicks, d.SpendMicros, d.ConversionsMicros, d.ValueMicros), d.ReadAt, d.IsFinal))
            .ToListAsync(ct);

        var byId = accounts.ToDictionary(a => a.Id);
        var byCurrency = rows.ToLookup(r => byId[r.AdAccountId].Currency);
        var currencies = accounts.Select(a => a.Currency).Distinct()
            .Select(currency => NumbersOf(currency, [.. byCurrency[currency]], accounts.Where(a => a.Currency == currency).Select(a => a.Platform).Distinct(), byId, range, previous))
            .OrderByDescending(c => c.Sums?.SpendMicros ?? -1).ThenBy(c => c.Currency, StringComparer.Ordinal).ToList();
        return new Overview(range, previous, currencies, FreshnessOf(accounts, rows, range), accounts);
    }

    private static CurrencyNumbers NumbersOf(
        string currency, List<AccountRow> rows, IEnumerable<Platform> platforms, Dictionary<Guid, ReadableAccount> accounts, DayRange range, DayRange? previous)
    {
        var now = rows.Where(r => range.Contains(r.Day)).ToList();
        var before = previous is { } p ? rows.Where(r => p.Contains(r.Day)).ToList() : [];
        return new CurrencyNumbers(currency, Sum(now), Sum(before), Days(now, range), previous is { } days ? Days(before, days) : [],
            [.. platforms.Order().Select(platform => new PlatformNumbers(platform, Sum(now.Where(Is(platform))), Sum(before.Where(Is(platform)))))]);

        Func<AccountRow, bool> Is(Platform platform) => row => accounts[row.AdAccountId].Platform == platform;
    }

    private static MetricSums? Sum(IEnumerable<AccountRow> rows) => rows.Select(r => r.Sums).SumOrNull();

    private static List<DayNumbers> Days(List<AccountRow> rows, DayRange range)
    {
        var byDay = rows.ToLookup(r => r.Day);
        return [.. range.Each().Select(day => new DayNumbers(day, Sum(byDay[day]), byDay[day].Any(r => !r.IsFinal)))];
    }

    private static Freshness FreshnessOf(List<ReadableAccount> accounts, List<AccountRow> rows, DayRange range)
    {
        var inRange = rows.Where(r => range.Contains(r.Day)).ToList();
        // An account's figures are as old as its latest reading; all together are as old as the oldest of these.
        var latest = inRange.GroupBy(r => r.AdAccountId).Where(g => accounts.Any(a => a.Id == g.Key && a.IsConnected)).Select(g => g.Max(r => r.ReadAt)).ToList();
        var open = inRange.Where(r => !r.IsFinal).Select(r => (DateOnly?)r.Day).DefaultIfEmpty().Min();
        return new Freshness(latest.Count > 0 ? latest.Min() : null, open, [.. accounts.Select(a => a.TimeZone).Distinct().Order(StringComparer.Ordinal)]);
    }

    private sealed record AccountRow(Guid AdAccountId, DateOnly Day, MetricSums Sums, DateTimeOffset ReadAt, bool IsFinal);
}
