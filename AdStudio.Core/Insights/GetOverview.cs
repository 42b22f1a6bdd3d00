using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

/// <summary>A workspace at a glance, by currency or converted into one: totals, the period before, each day, and each platform's share. Answered from the roll-up of accounts.</summary>
public sealed class GetOverview(Studio studio, TimeProvider time)
{
    public async Task<Result<Overview>> RunAsync(Actor actor, NumbersQuery query, CancellationToken ct)
    {
        if (query.Range.Check() is { } wrong) return wrong;
        await using var db = await studio.OpenAsync(actor, ct);
        var accounts = await db.ReadableAccountsAsync(actor, query.WorkspaceId, query.Platforms, ct);
        if (accounts.Count == 0 && !await db.IsThereAsync(actor, query.WorkspaceId, ct)) return new NumbersOfWorkspaceNotFound();

        var range = query.Range.Resolve(accounts.Today(time));
        DayRange? previous = query.Compare ? range.Previous : null;
        var rows = await db.AccountRowsAsync(accounts, previous?.From ?? range.From, range.To, ct);
        // Accounts that nobody has used say nothing: neither their currency nor their zone.
        var used = rows.Select(r => r.AdAccountId).ToHashSet();
        if (used.Count > 0) accounts.RemoveAll(a => !used.Contains(a.Id));
        var now = time.GetUtcNow();
        var (converted, into, conversion) = await db.IntoAsync(await db.IntoOfAsync(query, query.WorkspaceId, ct), rows, accounts, ct);
        return new Overview(range, previous, converted.ByCurrency(into, range, previous), rows.Freshness(accounts, range, now), accounts)
        {
            Conversion = conversion, Originals = conversion is { From.Count: > 0 } ? rows.ByCurrency(accounts, range, previous) : [],
        };
    }
}
