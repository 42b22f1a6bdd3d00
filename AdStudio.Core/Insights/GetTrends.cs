using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

public enum TrendStep { Day, Week }

/// <param name="From">The day, or the first day of the week that lies in the range.</param>
public sealed record TrendPoint(DateOnly From, DateOnly To, MetricSums? Sums, bool MayChange);

/// <param name="Platform">Null for all platforms of the currency together.</param>
public sealed record TrendSeries(string Currency, Platform? Platform, IReadOnlyList<TrendPoint> Points);

public sealed record Trends(DayRange Range, TrendStep Step, IReadOnlyList<TrendSeries> Series, Freshness Freshness);

/// <summary>Figures over time by currency, all platforms together and each by itself, by day or by week (from Monday).</summary>
public sealed class GetTrends(Studio studio, TimeProvider time)
{
    public async Task<Result<Trends>> RunAsync(Actor actor, NumbersQuery query, TrendStep step, CancellationToken ct)
    {
        if (query.Range.Check() is { } wrong) return wrong;
        await using var db = await studio.OpenAsync(actor, ct);
        var accounts = await db.ReadableAccountsAsync(actor, query.WorkspaceId, query.Platforms, ct);
        if (accounts.Count == 0 && !await db.IsThereAsync(actor, query.WorkspaceId, ct)) return new NumbersOfWorkspaceNotFound();

        var range = query.Range.Resolve(accounts.Today(time));
        var rows = await db.AccountRowsAsync(accounts, range.From, range.To, ct);
        var byAccount = rows.ToLookup(r => r.AdAccountId);
        List<TrendSeries> series = [];
        foreach (var currency in accounts.GroupBy(a => a.Currency).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            series.Add(new TrendSeries(currency.Key, null, Points(currency.SelectMany(a => byAccount[a.Id]))));
            foreach (var platform in currency.GroupBy(a => a.Platform).OrderBy(g => g.Key)) series.Add(new TrendSeries(currency.Key, platform.Key, Points(platform.SelectMany(a => byAccount[a.Id]))));
        }
        return new Trends(range, step, series, rows.Freshness(accounts, range, time.GetUtcNow()));

        List<TrendPoint> Points(IEnumerable<NumberRow> of)
        {
            var byDay = of.ToLookup(r => r.Day);
            return
            [
                .. range.Each().GroupBy(day => step == TrendStep.Day ? day : Monday(day)).Select(days =>
                {
                    var inStep = days.SelectMany(day => byDay[day]).ToList();
                    return new TrendPoint(days.First(), days.Last(), inStep.Sum(), inStep.Any(r => !r.IsFinal));
                }),
            ];
        }
    }

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
