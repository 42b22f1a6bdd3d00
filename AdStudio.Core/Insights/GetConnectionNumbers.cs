using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

/// <param name="Key">An ISO country, "25-34", "female", "instagram", "mobile"; <see cref="BreakdownKeys.Unknown"/> where the platform knows nothing.</param>
public sealed record ConnectionPart(string Key, MetricSums Sums);

/// <summary>The figures of an ad account, or of a connection's accounts together.</summary>
/// <param name="Sums">Null when nothing was read of these days: that is not zero.</param>
/// <param name="Days">Those with figures.</param>
/// <param name="Parts">By the breakdown that was asked for, the highest spend first.</param>
/// <param name="AsOf">When they were last read; null when never.</param>
/// <param name="MayChange">Whether the platform may still correct some.</param>
public sealed record ConnectionNumbers(string Currency, DayRange Range, MetricSums? Sums, IReadOnlyList<DayNumbers> Days, IReadOnlyList<ConnectionPart> Parts, DateTimeOffset? AsOf, bool MayChange);

/// <summary>The figures of one ad account in a range of its own days, or of one connection; for who may read it. Answered from what was read, without asking the platform.</summary>
public sealed class GetConnectionNumbers(Studio studio, TimeProvider time)
{
    /// <param name="account">The ad account by the platform's id or ours, or the connection by ours.</param>
    public async Task<Result<ConnectionNumbers>> RunAsync(Actor actor, string account, RangeChoice days, BreakdownKind? by, CancellationToken ct)
    {
        if (days.Check() is { } wrong) return wrong;
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await FindAsync(db, actor, account, ct)).TryGet(out var accounts, out var refusal)) return refusal;
        if (by is { } kind && accounts.Find(a => !Catalogue.RulesOf(a.Platform).Breakdowns.Contains(kind)) is { } silent) return new NotToldBy(silent.Platform, kind);
        if (accounts.Select(a => a.Currency).Distinct().Count() > 1) return new SeveralCurrencies();

        var range = days.Resolve(accounts.Today(time));
        var rows = await db.AccountRowsAsync(accounts, range.From, range.To, ct);
        var parts = by is { } divided ? await PartsAsync(db, accounts.ConvertAll(a => a.Id), divided, range, ct) : [];
        return new ConnectionNumbers(accounts[0].Currency, range, rows.Sum(), [.. rows.Days(range).Where(d => d.Sums is not null)], parts, rows.Count == 0 ? null : rows.Max(r => r.ReadAt), rows.Exists(r => !r.IsFinal));
    }

    private static async Task<Result<List<ReadableAccount>>> FindAsync(StudioDb db, Actor actor, string word, CancellationToken ct)
    {
        var connection = Guid.TryParse(word, out var id) ? id : Guid.Empty;
        var seen = (await db.AdAccounts.AsNoTracking().Visible(actor).OrderBy(a => a.Id).ToListAsync(ct)).FindAll(a => a.ConnectionId == connection || AdAccountNames.Fit(word, a.Id, a.Platform, a.ExternalId));
        if (seen.Count == 0) return new NumbersOfAccountNotFound();
        var readable = seen.FindAll(a => actor.Reads(a.Id, a.WorkspaceId));
        if (readable.Count == 0) return new AccountGrantNeeded(seen[0].Name);
        if (readable.Count > 1 && readable[0].ConnectionId != connection) return new AdAccountNamedTwice(word);
        return readable.ConvertAll(a => new ReadableAccount(a.Id, a.WorkspaceId, a.Platform, a.Name, a.Currency, a.TimeZone, true));
    }

    private static async Task<List<ConnectionPart>> PartsAsync(StudioDb db, List<Guid> accounts, BreakdownKind kind, DayRange range, CancellationToken ct)
    {
        var prefix = kind.Word() + ":";
        var facts = await db.MetricFacts.Where(f => f.Level == MetricLevel.Campaign && f.Breakdown.StartsWith(prefix) && f.Day >= range.From && f.Day <= range.To)
            .Where(f => db.PlatformCampaigns.Any(p => p.Id == f.PlatformCampaignId && p.AdAccountId != null && accounts.Contains(p.AdAccountId.Value)) && accounts.Contains(f.AdAccountId))
            .GroupBy(f => f.Breakdown)
            .Select(g => new { g.Key, Sums = new MetricSums(g.Sum(f => f.Impressions), g.Sum(f => f.Clicks), g.Sum(f => f.SpendMicros), g.Sum(f => f.ConversionsMicros), g.Sum(f => f.ValueMicros)) })
            .ToListAsync(ct);
        return [.. facts.Select(f => new ConnectionPart(f.Key[prefix.Length..], f.Sums)).OrderByDescending(p => p.Sums.SpendMicros).ThenBy(p => p.Key, StringComparer.Ordinal)];
    }
}
