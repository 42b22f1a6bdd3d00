using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

/// <summary>A rate with the day for which it was stored.</summary>
public readonly record struct StoredRate(DateOnly Day, decimal PerEuro);

/// <summary>The stored rates of some currencies, asked by day: of a day without one (a weekend, a holiday, today), the last known before it counts.</summary>
public sealed class RateBook
{
    public const string Euro = "EUR";

    // Easter: from Friday to Monday no rates are published.
    private const int NearDays = 5;

    private readonly Dictionary<string, StoredRate[]> byCurrency;

    /// <param name="rates">In any order; of several of one currency and day, the last one counts.</param>
    public RateBook(IEnumerable<(string Currency, DateOnly Day, decimal PerEuro)> rates) =>
        byCurrency = rates.GroupBy(r => r.Currency).ToDictionary(g => g.Key, g => g.GroupBy(r => r.Day).Select(d => new StoredRate(d.Key, d.Last().PerEuro)).OrderBy(r => r.Day).ToArray());

    /// <summary>The rates of some currencies for some days, with the last one before them. The organization's own go before the published.</summary>
    internal static async Task<RateBook> LoadAsync(StudioDb db, IReadOnlyCollection<string> currencies, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var wanted = currencies.Where(c => c != Euro).Distinct().ToList();
        if (wanted.Count == 0) return new RateBook([]);
        List<(string, DateOnly, decimal)> rates = [];
        var published = db.CurrencyRates.AsNoTracking().Where(r => wanted.Contains(r.Currency));
        var own = db.OwnCurrencyRates.AsNoTracking().Where(r => wanted.Contains(r.Currency));
        foreach (var currency in wanted)
        {
            if (await published.Where(r => r.Currency == currency && r.Day < from).OrderByDescending(r => r.Day).FirstOrDefaultAsync(ct) is { } before) rates.Add((currency, before.Day, before.PerEuro));
            if (await own.Where(r => r.Currency == currency && r.Day < from).OrderByDescending(r => r.Day).FirstOrDefaultAsync(ct) is { } ownBefore) rates.Add((currency, ownBefore.Day, ownBefore.PerEuro));
        }
        rates.AddRange((await published.Where(r => r.Day >= from && r.Day <= to).ToListAsync(ct)).Select(r => (r.Currency, r.Day, r.PerEuro)));
        rates.AddRange((await own.Where(r => r.Day >= from && r.Day <= to).ToListAsync(ct)).Select(r => (r.Currency, r.Day, r.PerEuro)));
        return new RateBook(rates);
    }

    /// <summary>Of the day, or the last one known before it; null when none is: never guessed.</summary>
    public StoredRate? Of(string currency, DateOnly day)
    {
        if (currency == Euro) return new StoredRate(day, 1);
        if (!byCurrency.TryGetValue(currency, out var rates)) return null;
        var (low, high) = (0, rates.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (rates[middle].Day <= day) low = middle + 1; else high = middle;
        }
        return low == 0 ? null : rates[low - 1];
    }

    /// <summary>A day's figures in another currency: cost and value at the same rate, counts as they are. Null without a rate of both.</summary>
    public MetricSums? Convert(MetricSums sums, string from, string into, DateOnly day)
    {
        if (from == into || sums is { SpendMicros: 0, ValueMicros: 0 }) return sums;
        if (Of(from, day) is not { } of || Of(into, day) is not { } to) return null;
        return sums with { SpendMicros = Amount(sums.SpendMicros), ValueMicros = Amount(sums.ValueMicros) };

        long Amount(long micros) => decimal.ToInt64(Math.Round(micros / of.PerEuro * to.PerEuro, MidpointRounding.AwayFromZero));
    }

    /// <summary>The day of the oldest rate that stands in for a missing one, where it is more than a long weekend older than the day it was used for; null when all are near.</summary>
    internal DateOnly? OldStandIn(IEnumerable<string> currencies, DayRange days) =>
        currencies.Where(c => c != Euro).Select(c => Of(c, days.To)).OfType<StoredRate>().Where(r => days.To.DayNumber - r.Day.DayNumber > NearDays).Select(r => (DateOnly?)r.Day).Min();
}
