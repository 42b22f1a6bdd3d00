using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

/// <summary>Reads the published rates and stores those that are new. A rate that was stored stays: figures that were converted by it do not move.</summary>
[WithoutActor]
public sealed class ReadRates(Studio studio, IRateSource source, TimeProvider time)
{
    /// <summary>How many were new.</summary>
    public async Task<Result<int>> RunAsync(CancellationToken ct)
    {
        var answer = await source.ReadAsync(ct);
        if (!answer.TryGet(out var rates, out var refusal)) return refusal;
        var good = rates.Where(r => r.PerEuro > 0 && Currencies.IsKnown(r.Currency) && r.Currency != RateBook.Euro).DistinctBy(r => (r.Currency, r.Day)).ToList();
        if (good.Count == 0) return 0;

        await using var db = await studio.OpenForEveryoneAsync(ct);
        var from = good.Min(r => r.Day);
        var there = (await db.CurrencyRates.AsNoTracking().Where(r => r.Day >= from).Select(r => new { r.Currency, r.Day }).ToListAsync(ct)).Select(r => (r.Currency, r.Day)).ToHashSet();
        var news = good.Where(r => !there.Contains((r.Currency, r.Day))).Select(r => new CurrencyRate { Day = r.Day, Currency = r.Currency, PerEuro = r.PerEuro, Source = source.Name, ReadAt = time.GetUtcNow() }).ToList();
        db.AddRange(news);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException failure) when (db.IsDuplicate(failure))
        {
            return 0; // another node stored them in the same moment
        }
        return news.Count;
    }
}
