using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

/// <param name="CampaignId">The platform's.</param>
/// <param name="Value">Of the breakdown, in our words; null without one.</param>
public sealed record AccountNumbersRow(string CampaignId, string CampaignName, string? Value, MetricSums Sums);

/// <summary>Campaigns of one account with their figures in the account's currency, in the days of its zone.</summary>
/// <param name="AsOf">When the account was last read without fault (UTC).</param>
public sealed record AccountNumbers(string Currency, DateTimeOffset AsOf, IReadOnlyList<AccountNumbersRow> Rows);

/// <summary>An account's campaigns from the facts that the studio keeps, summed over a range; with a breakdown, a row for each of its values.</summary>
public sealed class GetAccountNumbers(Studio studio)
{
    /// <returns>Null where the facts don't hold all of it: days that were never read, campaigns made on the platform that were not imported. Then only the platform can say.</returns>
    public async Task<Result<AccountNumbers?>> RunAsync(Actor actor, Guid adAccountId, DayRange range, BreakdownKind? breakdown, CancellationToken ct)
    {
        if (RangeChoice.Of(range.From, range.To).Check() is { } wrong) return wrong;
        await using var db = await studio.OpenAsync(actor, ct);
        var account = await db.AdAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == adAccountId, ct);
        if (account is null || !actor.Reads(account.Id, account.WorkspaceId)) return new NumbersOfAccountNotFound();
        if (await AsOfAsync(db, account.Id, account.TimeZone, Catalogue.RulesOf(account.Platform), range, breakdown, ct) is not { } asOf) return Result<AccountNumbers?>.Of(null);

        var prefix = breakdown is { } kind ? kind.Word() + ":" : "";
        var facts = db.MetricFacts.Where(f => f.AdAccountId == account.Id && f.Level == MetricLevel.Campaign && f.Day >= range.From && f.Day <= range.To);
        facts = breakdown is null ? facts.Where(f => f.Breakdown == "") : facts.Where(f => f.Breakdown.StartsWith(prefix));
        var sums = await facts.GroupBy(f => new { f.PlatformCampaignId, f.Breakdown })
            .Select(g => new { g.Key.PlatformCampaignId, g.Key.Breakdown, Sums = new MetricSums(g.Sum(f => f.Impressions), g.Sum(f => f.Clicks), g.Sum(f => f.SpendMicros), g.Sum(f => f.ConversionsMicros), g.Sum(f => f.ValueMicros)) })
            .ToListAsync(ct);
        var names = await db.PlatformCampaigns.IgnoreQueryFilters([StudioDb.DeletedFilter]).Where(p => p.AdAccountId == account.Id && p.ExternalId != null)
            .Select(p => new { p.Id, p.ExternalId, p.Campaign.Name }).ToDictionaryAsync(p => p.Id, ct);
        return new AccountNumbers(account.Currency, asOf,
        [
            .. sums.Where(s => names.ContainsKey(s.PlatformCampaignId))
                .Select(s => new AccountNumbersRow(names[s.PlatformCampaignId].ExternalId!, names[s.PlatformCampaignId].Name, breakdown is null ? null : s.Breakdown[prefix.Length..], s.Sums))
                .OrderByDescending(r => r.Sums.SpendMicros).ThenBy(r => r.CampaignId, StringComparer.Ordinal).ThenBy(r => r.Value, StringComparer.Ordinal),
        ]);
    }

    /// <summary>When the account was read last, if its readings together hold the whole range; null if they don't.</summary>
    private static async Task<DateTimeOffset?> AsOfAsync(StudioDb db, Guid account, string zone, PlatformRules rules, DayRange range, BreakdownKind? breakdown, CancellationToken ct)
    {
        if (breakdown is { } kind && (!rules.Breakdowns.Contains(kind) || !rules.IsWhole(kind))) return null;
        var runs = await db.SyncRuns.Where(r => r.AdAccountId == account && r.Status == SyncStatus.Succeeded && r.FinishedAt != null && (breakdown == null || r.WithBreakdowns))
            .OrderByDescending(r => r.StartedAt).Select(r => new { r.From, r.StartedAt, r.FinishedAt, r.RowsOfOthers }).ToListAsync(ct);
        if (runs is not [{ RowsOfOthers: 0 } last, ..]) return null;
        var known = await KnownEntities.LoadAsync(db, account, ct);
        if (known.IsEmpty || known.ImportedAt >= last.StartedAt) return null;
        // Before the first launch there is nothing to read.
        var needed = known.FirstLaunch?.DayIn(zone) is { } launch && launch > range.From ? launch : range.From;
        // Breakdowns are read as far back as the platform may still change the numbers.
        var read = runs.Min(r => breakdown is null ? r.From : SyncPlan.Later(r.From, r.StartedAt.DayIn(zone).AddDays(1 - rules.RereadDays)));
        return read <= needed ? last.FinishedAt : null;
    }
}
