using System.Globalization;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

public sealed record OnlyAdminsEnterRates() : ForbiddenError("Only an admin of the organization may enter rates.");
public sealed record WorkspaceToReportNotFound() : NotFoundError("There is no such workspace.");
public sealed record ReportingNeedsAdmin(string Name) : ForbiddenError($"Only an admin of {Name} may choose its reporting currency.");

/// <summary>The last known rate of a currency.</summary>
/// <param name="Source">The publisher, or who entered it.</param>
public sealed record RateRow(string Currency, DateOnly Day, decimal PerEuro, string Source, bool IsOwn);

/// <summary>The last known rate of every currency, as the organization sees it.</summary>
public sealed class ListRates(Studio studio)
{
    public async Task<IReadOnlyList<RateRow>> RunAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var published = await db.CurrencyRates.AsNoTracking().Where(r => r.Day == db.CurrencyRates.Where(o => o.Currency == r.Currency).Max(o => o.Day)).ToListAsync(ct);
        var own = await db.OwnCurrencyRates.AsNoTracking().Where(r => r.Day == db.OwnCurrencyRates.Where(o => o.Currency == r.Currency).Max(o => o.Day)).ToListAsync(ct);
        return
        [
            .. published.Select(r => new RateRow(r.Currency, r.Day, r.PerEuro, r.Source, false)).Concat(own.Select(r => new RateRow(r.Currency, r.Day, r.PerEuro, r.EnteredBy, true)))
                .GroupBy(r => r.Currency).Select(g => g.OrderByDescending(r => r.Day).ThenByDescending(r => r.IsOwn).First()).OrderBy(r => r.Currency, StringComparer.Ordinal),
        ];
    }
}

/// <summary>Takes rates of the organization's own: lines of "day,currency,units for one euro", such as "2026-06-12,USD,1.0834". All are taken or none; the same day and currency again replaces.</summary>
public sealed class EnterRates(Studio studio, TimeProvider time)
{
    public const int MostLines = 20_000;

    /// <summary>How many rates were taken.</summary>
    public async Task<Result<int>> RunAsync(Actor actor, string csv, CancellationToken ct)
    {
        if (!actor.IsOrganizationAdmin || actor.IsClient) return new OnlyAdminsEnterRates();
        if (!Read(csv, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)).TryGet(out var rates, out var wrong)) return wrong;

        await using var db = await studio.OpenAsync(actor, ct);
        var currencies = rates.Select(r => r.Currency).Distinct().ToList();
        var (from, to) = (rates.Min(r => r.Day), rates.Max(r => r.Day));
        var there = await db.OwnCurrencyRates.Where(r => currencies.Contains(r.Currency) && r.Day >= from && r.Day <= to).ToDictionaryAsync(r => (r.Currency, r.Day), ct);
        foreach (var rate in rates)
        {
            if (!there.TryGetValue((rate.Currency, rate.Day), out var row)) db.Add(there[(rate.Currency, rate.Day)] = row = new OwnCurrencyRate { OrganizationId = actor.OrganizationId, Day = rate.Day, Currency = rate.Currency });
            (row.PerEuro, row.EnteredBy, row.EnteredAt) = (rate.PerEuro, actor.Name, time.GetUtcNow());
        }
        db.Record("entered", nameof(OwnCurrencyRate), actor.OrganizationId, rates.Count == 1 ? $"{rates[0].Currency} of {rates[0].Day:yyyy-MM-dd}" : string.Join(", ", currencies), after: new { rates = rates.Count, from, to, perEuro = rates.Count == 1 ? rates[0].PerEuro : (decimal?)null });
        await db.SaveChangesAsync(ct);
        return rates.Count;
    }

    private static Result<List<PublishedRate>> Read(string csv, DateOnly today)
    {
        var lines = csv.Trim('\uFEFF', ' ', '\r', '\n').Split('\n').Select(l => l.Trim()).ToList();
        if (lines is [var head, ..] && head.StartsWith("day", StringComparison.OrdinalIgnoreCase)) lines.RemoveAt(0);
        if (lines.TrueForAll(l => l.Length == 0)) return Wrong("There are no rates in it. Write lines such as 2026-06-12,USD,1.0834.");
        if (lines.Count > MostLines) return Wrong($"Take {MostLines} lines at most.");
        List<PublishedRate> rates = [];
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Length == 0) continue;
            var cells = lines[i].Split(lines[i].Contains(';', StringComparison.Ordinal) ? ';' : ',').Select(c => c.Trim().Trim('"')).ToList();
            string Line(string what) => string.Create(CultureInfo.InvariantCulture, $"Line {i + 1} (“{(lines[i].Length > 60 ? lines[i][..60] : lines[i])}”): {what}");
            if (cells.Count != 3) return Wrong(Line("write day, currency and rate, such as 2026-06-12,USD,1.0834."));
            if (!DateOnly.TryParseExact(cells[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return Wrong(Line("write the day as 2026-06-12."));
            if (day > today.AddDays(1)) return Wrong(Line("this day is still to come."));
            var currency = cells[1].ToUpperInvariant();
            if (!Currencies.IsKnown(currency)) return Wrong(Line($"“{cells[1]}” is no currency code."));
            if (currency == RateBook.Euro) return Wrong(Line("the euro is always 1; write what one euro is worth in other currencies."));
            if (!decimal.TryParse(cells[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) || rate is <= 0 or > 1_000_000_000m) return Wrong(Line("write how many units one euro is worth, with a point, such as 1.0834."));
            rates.Add(new(day, currency, Math.Round(rate, 8)));
        }
        return rates;

        static Result<List<PublishedRate>> Wrong(string words) => new InvalidError("rates", words);
    }
}

/// <summary>Forgets the organization's own rates; the published ones count again.</summary>
public sealed class ForgetOwnRates(Studio studio)
{
    public async Task<Result<int>> RunAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.IsOrganizationAdmin || actor.IsClient) return new OnlyAdminsEnterRates();
        await using var db = await studio.OpenAsync(actor, ct);
        var own = await db.OwnCurrencyRates.ToListAsync(ct);
        if (own.Count == 0) return 0;
        db.RemoveRange(own);
        db.Record("deleted", nameof(OwnCurrencyRate), actor.OrganizationId, string.Join(", ", own.Select(r => r.Currency).Distinct().Order(StringComparer.Ordinal)), before: new { rates = own.Count, from = own.Min(r => r.Day), to = own.Max(r => r.Day) });
        await db.SaveChangesAsync(ct);
        return own.Count;
    }
}

/// <summary>Chooses the currency into which a workspace's figures are converted; null shows currencies side by side.</summary>
public sealed class ChooseReportingCurrency(Studio studio, TimeProvider time)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid workspaceId, string? currency, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var workspace = await db.Workspaces.VisibleTo(actor).SingleOrDefaultAsync(w => w.Id == workspaceId, ct);
        if (workspace is null) return new WorkspaceToReportNotFound();
        if (!actor.Administers(workspaceId)) return new ReportingNeedsAdmin(workspace.Name);
        currency = string.IsNullOrWhiteSpace(currency) ? null : currency.Trim().ToUpperInvariant();
        if (currency is not null && !Currencies.IsKnown(currency)) return new InvalidError("currency", $"“{currency}” is no currency code. Use one such as USD or EUR.");

        (workspace.ReportingCurrency, workspace.UpdatedAt) = (currency, time.GetUtcNow());
        try { await db.SaveChangesAsync(ct); }
        catch (DbUpdateConcurrencyException) { return new ConflictError($"{workspace.Name} was changed by somebody else in the same moment. Choose again."); }
        return Done.Value;
    }
}

/// <summary>The currency into which a workspace's figures are converted; null shows currencies side by side.</summary>
public sealed class GetReportingCurrency(Studio studio)
{
    public async Task<string?> RunAsync(Actor actor, Guid workspaceId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        return await db.Workspaces.VisibleTo(actor).Where(w => w.Id == workspaceId).Select(w => w.ReportingCurrency).SingleOrDefaultAsync(ct);
    }
}
