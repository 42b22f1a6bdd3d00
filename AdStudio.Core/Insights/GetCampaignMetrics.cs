using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

/// <summary>One campaign's figures: by currency, by day and by platform.</summary>
public sealed class GetCampaignMetrics(Studio studio, TimeProvider time)
{
    public async Task<Result<CampaignMetrics>> RunAsync(Actor actor, Guid campaignId, NumbersQuery query, CancellationToken ct)
    {
        if (query.Range.Check() is { } wrong) return wrong;
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.ReadableCampaignAsync(actor, campaignId, ct) is not { } campaign) return new NumbersOfCampaignNotFound();

        var launches = await db.PlatformCampaigns.Where(p => p.CampaignId == campaignId && p.AdAccountId != null).Select(p => new { Id = p.AdAccountId!.Value, p.LaunchedAt }).ToListAsync(ct);
        var ids = launches.ConvertAll(p => p.Id);
        var accounts = (await db.ReadableAccountsAsync(actor, campaign.WorkspaceId, query.Platforms, ct)).Where(a => ids.Contains(a.Id)).ToList();
        var range = query.Range.Resolve(accounts.Today(time));
        DayRange? previous = query.Compare ? range.Previous : null;
        var (first, last) = (previous?.From ?? range.From, range.To);

        var delivered = await db.CampaignDays.Where(d => d.CampaignId == campaignId && d.Day >= first && d.Day <= last)
            .Select(d => new NumberRow(d.AdAccountId, d.Day, new MetricSums(d.Impressions, d.Clicks, d.SpendMicros, d.ConversionsMicros, d.ValueMicros), d.ReadAt, d.IsFinal)).ToListAsync(ct);
        // A day that was read without a row of this campaign is a day without delivery, once it was launched.
        var known = delivered.Select(r => (r.AdAccountId, r.Day)).ToHashSet();
        var accountDays = await db.AccountRowsAsync(accounts, first, last, ct);
        var quiet =
            from row in accountDays
            join account in accounts on row.AdAccountId equals account.Id
            let launched = launches.Where(l => l.Id == account.Id).Min(l => l.LaunchedAt)?.DayIn(account.TimeZone)
            where row.Day >= launched && !known.Contains((row.AdAccountId, row.Day))
            select row with { Sums = default };
        var readable = accounts.Select(a => a.Id).ToHashSet();
        var rows = delivered.Where(r => readable.Contains(r.AdAccountId)).Concat(quiet).ToList();

        var now = time.GetUtcNow();
        var platforms = accounts.OrderBy(a => a.Platform).Select(account =>
        {
            var own = rows.Where(r => r.AdAccountId == account.Id).ToList();
            var fresh = own.Freshness([account], range, now);
            return new PlatformMetrics(account.Platform, account.Name, account.Currency, account.TimeZone, own.Where(r => range.Contains(r.Day)).Sum(),
                own.Where(r => previous?.Contains(r.Day) == true).Sum(), fresh.AsOf, fresh.MayChange);
        });
        var (converted, into, conversion) = await db.IntoAsync(await db.IntoOfAsync(query, campaign.WorkspaceId, ct), rows, accounts, ct);
        return new CampaignMetrics(campaignId, campaign.Name, range, previous, converted.ByCurrency(into, range, previous), [.. platforms], rows.Freshness(accounts, range, now))
        {
            Conversion = conversion, Originals = conversion is { From.Count: > 0 } ? rows.ByCurrency(accounts, range, previous) : [],
        };
    }
}
