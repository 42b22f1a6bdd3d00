using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

/// <summary>An ad account whose numbers the actor may read. A disconnected one keeps its history.</summary>
public sealed record ReadableAccount(Guid Id, Guid WorkspaceId, Platform Platform, string Name, string Currency, string TimeZone, bool IsConnected);

internal sealed record ReadableCampaign(Guid WorkspaceId, string Name);

internal static class Readable
{
    /// <summary>The accounts of one workspace, or of all that the actor sees, whose numbers they may read.</summary>
    public static async Task<List<ReadableAccount>> ReadableAccountsAsync(this StudioDb db, Actor actor, Guid? workspaceId, IReadOnlyCollection<Platform> platforms, CancellationToken ct)
    {
        var accounts = await db.AdAccounts.IgnoreQueryFilters([StudioDb.DeletedFilter]).Where(a => workspaceId == null || a.WorkspaceId == workspaceId).OrderBy(a => a.Id)
            .Select(a => new ReadableAccount(a.Id, a.WorkspaceId, a.Platform, a.Name, a.Currency, a.TimeZone, a.DeletedAt == null)).ToListAsync(ct);
        return [.. accounts.Where(a => actor.Sees(a.WorkspaceId) && actor.Reads(a.Id, a.WorkspaceId) && (platforms.Count == 0 || platforms.Contains(a.Platform)))];
    }

    /// <summary>The accounts' days from their roll-up.</summary>
    public static Task<List<NumberRow>> AccountRowsAsync(this StudioDb db, List<ReadableAccount> accounts, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var ids = accounts.ConvertAll(a => a.Id);
        return db.AccountDays.Where(d => ids.Contains(d.AdAccountId) && d.Day >= from && d.Day <= to)
            .Select(d => new NumberRow(d.AdAccountId, d.Day, new MetricSums(d.Impressions, d.Clicks, d.SpendMicros, d.ConversionsMicros, d.ValueMicros), d.ReadAt, d.IsFinal)).ToListAsync(ct);
    }

    /// <summary>Whether a workspace that was asked for is there for the actor.</summary>
    public static async Task<bool> IsThereAsync(this StudioDb db, Actor actor, Guid? workspaceId, CancellationToken ct) =>
        workspaceId is not { } id || (actor.Sees(id) && await db.Workspaces.AnyAsync(w => w.Id == id, ct));

    /// <summary>A campaign whose numbers the actor may see; a deleted one keeps them.</summary>
    public static Task<ReadableCampaign?> ReadableCampaignAsync(this StudioDb db, Actor actor, Guid campaignId, CancellationToken ct) =>
        db.Campaigns.IgnoreQueryFilters([StudioDb.DeletedFilter]).Visible(actor).Where(c => c.Id == campaignId).Select(c => new ReadableCampaign(c.WorkspaceId, c.Name)).SingleOrDefaultAsync(ct);

    /// <summary>Today where the accounts are: in the zone that most of them share, and in UTC where there are none.</summary>
    public static DateOnly Today(this IReadOnlyList<ReadableAccount> accounts, TimeProvider time)
    {
        var zone = accounts.GroupBy(a => a.TimeZone).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.Key ?? "UTC";
        return time.GetUtcNow().DayIn(zone);
    }
}
