using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

/// <summary>How figures of several currencies came to be one.</summary>
/// <param name="From">The currencies that were converted.</param>
/// <param name="WithoutRate">Those of which some day has no rate, nor any before it: they stand beside, never guessed.</param>
/// <param name="OldRateOf">Where the last known rate is far older than the days it was used for: its day.</param>
public sealed record Conversion(string Into, IReadOnlyList<string> From, IReadOnlyList<string> WithoutRate, DateOnly? OldRateOf);

internal static class Conversions
{
    /// <summary>The currency that was asked for, or the workspace's own where that was asked for.</summary>
    public static async Task<string?> IntoOfAsync(this StudioDb db, NumbersQuery query, Guid? workspaceId, CancellationToken ct) =>
        query.Into ?? (query.Convert && workspaceId is { } id ? await db.Workspaces.Where(w => w.Id == id).Select(w => w.ReportingCurrency).SingleOrDefaultAsync(ct) : null);

    /// <summary>
    /// Converts every row at its own day's rate, cost and value alike; the accounts then are of the new currency. A currency with a day without a rate is left as it is, whole.
    /// </summary>
    public static async Task<(List<NumberRow> Rows, List<ReadableAccount> Accounts, Conversion? Conversion)> IntoAsync(
        this StudioDb db, string? into, List<NumberRow> rows, List<ReadableAccount> accounts, CancellationToken ct)
    {
        var currencyOf = accounts.ToDictionary(a => a.Id, a => a.Currency);
        var own = rows.Where(r => currencyOf.ContainsKey(r.AdAccountId)).ToList();
        var foreign = own.Select(r => currencyOf[r.AdAccountId]).Where(c => c != into).Distinct().Order(StringComparer.Ordinal).ToList();
        if (into is null || foreign.Count == 0) return (rows, accounts, null);

        var days = new DayRange(own.Min(r => r.Day), own.Max(r => r.Day));
        var book = await RateBook.LoadAsync(db, [.. foreign, into], days.From, days.To, ct);
        var without = own.Where(r => book.Convert(r.Sums, currencyOf[r.AdAccountId], into, r.Day) is null).Select(r => currencyOf[r.AdAccountId]).Distinct().Order(StringComparer.Ordinal).ToList();
        var from = foreign.Except(without).ToList();
        if (from.Count == 0) return (rows, accounts, new Conversion(into, [], without, null));

        var converted = own.ConvertAll(r => from.Contains(currencyOf[r.AdAccountId]) ? r with { Sums = book.Convert(r.Sums, currencyOf[r.AdAccountId], into, r.Day)!.Value } : r);
        return (converted, accounts.ConvertAll(a => from.Contains(a.Currency) ? a with { Currency = into } : a), new Conversion(into, from, without, book.OldStandIn([.. from, into], days)));
    }
}
