using AdStudio.Core.Platforms;

namespace AdStudio.Core.Insights;

/// <summary>One account's or campaign's day as it was read from a roll-up, and how figures are made of such rows.</summary>
internal sealed record NumberRow(Guid AdAccountId, DateOnly Day, MetricSums Sums, DateTimeOffset ReadAt, bool IsFinal);

internal static class NumberRows
{
    /// <summary>The figures of every currency of the accounts, the one with the highest spend first.</summary>
    public static IReadOnlyList<CurrencyNumbers> ByCurrency(this IReadOnlyList<NumberRow> rows, IReadOnlyList<ReadableAccount> accounts, DayRange range, DayRange? previous)
    {
        var byId = accounts.ToDictionary(a => a.Id);
        var byCurrency = rows.ToLookup(r => byId[r.AdAccountId].Currency);
        return
        [
            .. accounts.GroupBy(a => a.Currency)
                .Select(of => NumbersOf(of.Key, [.. byCurrency[of.Key]], of.Select(a => a.Platform).Distinct().Order(), byId, range, previous))
                .OrderByDescending(c => c.Sums?.SpendMicros ?? -1).ThenBy(c => c.Currency, StringComparer.Ordinal),
        ];
    }

    public static Freshness Freshness(this IReadOnlyList<NumberRow> rows, IReadOnlyList<ReadableAccount> accounts, DayRange range, DateTimeOffset now)
    {
        var connected = accounts.Where(a => a.IsConnected).Select(a => a.Id).ToHashSet();
        // An account's figures are as old as its latest reading; all together are as old as the oldest of these.
        var latest = rows.Where(r => range.Contains(r.Day) && connected.Contains(r.AdAccountId)).GroupBy(r => r.AdAccountId).Select(g => (DateTimeOffset?)g.Max(r => r.ReadAt)).Min();
        var open = rows.Where(r => range.Contains(r.Day) && !r.IsFinal).Select(r => (DateOnly?)r.Day).Min();
        var readOf = rows.Where(r => range.Contains(r.Day)).GroupBy(r => r.AdAccountId).ToDictionary(g => g.Key, g => (DateTimeOffset?)g.Max(r => r.ReadAt));
        return new Freshness(latest, open, [.. accounts.Select(a => a.TimeZone).Distinct().Order(StringComparer.Ordinal)])
        {
            // Days that are final are not read again: they do not grow old.
            Platforms = [.. accounts.Where(a => connected.Contains(a.Id)).GroupBy(a => a.Platform).OrderBy(g => g.Key).Select(g => Of(g.Key, g.Select(a => readOf.GetValueOrDefault(a.Id)).ToList(), open is not null, now))],
        };
    }

    private static PlatformFreshness Of(Platform platform, List<DateTimeOffset?> read, bool mayChange, DateTimeOffset now)
    {
        var rules = Catalogue.Of(platform).Rules;
        var asOf = read.Contains(null) ? null : read.Min();
        // One reading may fail and be made up for; then it is late.
        var late = (rules?.ReadEvery ?? TimeSpan.FromDays(1)) * 2 + TimeSpan.FromMinutes(30);
        return new PlatformFreshness(platform, asOf, mayChange && asOf is { } at && now - at > late, rules?.Freshness ?? "");
    }

    public static MetricSums? Sum(this IEnumerable<NumberRow> rows) => rows.Select(r => r.Sums).SumOrNull();

    public static IReadOnlyList<DayNumbers> Days(this IEnumerable<NumberRow> rows, DayRange range)
    {
        var byDay = rows.ToLookup(r => r.Day);
        return [.. range.Each().Select(day => new DayNumbers(day, byDay[day].Sum(), byDay[day].Any(r => !r.IsFinal)))];
    }

    private static CurrencyNumbers NumbersOf(
        string currency, List<NumberRow> rows, IEnumerable<Platform> platforms, Dictionary<Guid, ReadableAccount> accounts, DayRange range, DayRange? previous)
    {
        var now = rows.Where(r => range.Contains(r.Day)).ToList();
        var before = previous is { } p ? rows.Where(r => p.Contains(r.Day)).ToList() : [];
        var (nowBy, beforeBy) = (now.ToLookup(r => accounts[r.AdAccountId].Platform), before.ToLookup(r => accounts[r.AdAccountId].Platform));
        return new CurrencyNumbers(currency, now.Sum(), before.Sum(), now.Days(range), previous is { } days ? before.Days(days) : [],
            [.. platforms.Select(platform => new PlatformNumbers(platform, nowBy[platform].Sum(), beforeBy[platform].Sum()))]);
    }
}
