using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

/// <summary>The figures of a workspace, or of one campaign, divided by platform, country, age, gender, place or device.</summary>
public sealed class DivideNumbers(Studio studio, TimeProvider time)
{
    /// <param name="campaignId">Null for all campaigns.</param>
    public async Task<Result<DividedNumbers>> RunAsync(Actor actor, NumbersQuery query, Division by, Guid? campaignId, CancellationToken ct)
    {
        if (query.Range.Check() is { } wrong) return wrong;
        await using var db = await studio.OpenAsync(actor, ct);
        var workspace = query.WorkspaceId;
        List<Guid>? only = null;
        if (campaignId is { } id)
        {
            if (await db.ReadableCampaignAsync(actor, id, ct) is not { } campaign) return new NumbersOfCampaignNotFound();
            workspace = campaign.WorkspaceId;
            only = await db.PlatformCampaigns.Where(p => p.CampaignId == id && p.AdAccountId != null).Select(p => p.Id).ToListAsync(ct);
        }
        else if (!await db.IsThereAsync(actor, workspace, ct)) return new NumbersOfWorkspaceNotFound();

        var accounts = await db.ReadableAccountsAsync(actor, workspace, query.Platforms, ct);
        var range = query.Range.Resolve(accounts.Today(time));
        var ids = accounts.ConvertAll(a => a.Id);
        var whole = await db.CampaignDays.Where(d => ids.Contains(d.AdAccountId) && d.Day >= range.From && d.Day <= range.To && (only == null || only.Contains(d.PlatformCampaignId)))
            .GroupBy(d => new { d.AdAccountId, d.Day })
            .Select(g => new NumberRow(g.Key.AdAccountId, g.Key.Day, new MetricSums(g.Sum(d => d.Impressions), g.Sum(d => d.Clicks), g.Sum(d => d.SpendMicros), g.Sum(d => d.ConversionsMicros), g.Sum(d => d.ValueMicros)), g.Max(d => d.ReadAt), true))
            .ToListAsync(ct);
        var platformOf = accounts.ToDictionary(a => a.Id, a => a.Platform);
        var parts = by.Kind() is { } kind ? await PartsAsync(db, ids, only, kind, range, ct) : whole.ConvertAll(r => (Key: platformOf[r.AdAccountId].Wire(), Row: r));

        // Whole and parts are converted by the same book, so that they stay comparable.
        var together = await db.IntoAsync(await db.IntoOfAsync(query, workspace, ct), [.. whole, .. parts.Select(p => p.Row)], accounts, ct);
        var (wholes, told) = (together.Rows.Take(whole.Count).ToList(), parts.Zip(together.Rows.Skip(whole.Count), (p, row) => (p.Key, Row: row)).ToList());
        var currencyOf = together.Accounts.ToDictionary(a => a.Id, a => a.Currency);
        var currencies = wholes.Concat(told.Select(t => t.Row)).Select(r => currencyOf[r.AdAccountId]).Distinct().Select(currency =>
        {
            var rows = told.Where(t => currencyOf[t.Row.AdAccountId] == currency).ToList();
            return new DividedCurrency(currency, wholes.Where(r => currencyOf[r.AdAccountId] == currency).Sum(), rows.Select(r => r.Row).Sum(),
            [
                .. rows.GroupBy(r => r.Key).Select(g => new DividedRow(g.Key, g.Select(r => r.Row).Sum()!.Value, [.. g.Select(r => platformOf[r.Row.AdAccountId]).Distinct().Order()]))
                    .OrderByDescending(r => r.Sums.SpendMicros).ThenBy(r => r.Key, StringComparer.Ordinal),
            ]);
        }).OrderByDescending(c => c.Whole?.SpendMicros ?? -1).ThenBy(c => c.Currency, StringComparer.Ordinal).ToList();

        var delivering = whole.Where(r => r.Sums.Impressions > 0).Select(r => platformOf[r.AdAccountId]).Distinct().Order().ToList();
        var offering = by.Kind() is { } asked ? delivering.Where(p => Catalogue.RulesOf(p).Breakdowns.Contains(asked)).ToList() : delivering;
        return new DividedNumbers(by, range, currencies, [.. delivering.Except(offering)], by.Kind() is { } k ? [.. offering.Where(p => !Catalogue.RulesOf(p).IsWhole(k))] : [],
            by.Kind() is null || told.Count == 0 ? null : told.GroupBy(t => t.Row.AdAccountId).Select(g => g.Max(t => t.Row.ReadAt)).Min(), together.Conversion);
    }

    private static async Task<List<(string Key, NumberRow Row)>> PartsAsync(StudioDb db, List<Guid> accounts, List<Guid>? only, BreakdownKind kind, DayRange range, CancellationToken ct)
    {
        var prefix = kind.Word() + ":";
        var facts = await db.MetricFacts
            .Where(f => f.Level == MetricLevel.Campaign && f.Breakdown.StartsWith(prefix) && f.Day >= range.From && f.Day <= range.To)
            .Where(f => only != null ? only.Contains(f.PlatformCampaignId) : db.PlatformCampaigns.Any(p => p.Id == f.PlatformCampaignId && p.AdAccountId != null && accounts.Contains(p.AdAccountId.Value)))
            .Where(f => accounts.Contains(f.AdAccountId))
            .GroupBy(f => new { f.Breakdown, f.AdAccountId, f.Day })
            .Select(g => new { g.Key.Breakdown, Row = new NumberRow(g.Key.AdAccountId, g.Key.Day, new MetricSums(g.Sum(f => f.Impressions), g.Sum(f => f.Clicks), g.Sum(f => f.SpendMicros), g.Sum(f => f.ConversionsMicros), g.Sum(f => f.ValueMicros)), g.Max(f => f.ReadAt), true) })
            .ToListAsync(ct);
        return facts.ConvertAll(f => (f.Breakdown[prefix.Length..], f.Row));
    }
}
