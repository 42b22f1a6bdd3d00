using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Audiences;

/// <summary>
/// Audiences that shall stand somewhere, or whose copy is behind the list. The rows are the queue: a copy is behind when its last confirmed change is not the list's last one, so that nothing has to be told when members change.
/// </summary>
public sealed class PlacementQueue(Studio studio, PlatformSet platforms, TimeProvider time)
{
    /// <summary>Of one platform at work at the same time, over all nodes. One that does not answer holds up no other.</summary>
    public const int AtOnce = 2;

    /// <summary>What is due and nobody's work: it waits for its time, or its worker has vanished. Null when there is nothing, or its platform has enough at work.</summary>
    public async Task<(Guid OrganizationId, Guid PlacementId)?> NextAsync(IReadOnlyCollection<Guid> except, CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var now = time.GetUtcNow();
        var all = db.PlatformAudiences.IgnoreQueryFilters([StudioDb.DeletedFilter]).AsNoTracking();
        var atWork = await all.Where(p => p.LeaseUntil > now).GroupBy(p => p.Platform).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var full = atWork.Where(p => p.Count >= AtOnce).Select(p => p.Key).ToList();
        var inStep = Enum.GetValues<Platform>().Where(p => platforms.Find<ISyncsAudiences>(p) is not null).ToList();
        var next = await all
            .Where(p => (p.LeaseUntil == null || p.LeaseUntil <= now) && !except.Contains(p.Id) && !full.Contains(p.Platform))
            .Where(p => p.NextTryAt <= now || (p.Status == PlacementStatus.Ready && p.NextTryAt == null && inStep.Contains(p.Platform) && (p.IsLeaving || (p.Audience.Type == AudienceType.CustomerMatch && p.Audience.DeletedAt == null && p.Audience.LastChange > p.SentThrough))))
            // A connection that has expired is not asked again until somebody has reconnected it.
            .Where(p => p.FailureKind != PlatformFailureKind.ExpiredAuthorization
                || db.AdAccounts.Any(a => a.Id == p.AdAccountId && (a.Connection.Health == ConnectionHealth.Good || a.Connection.Health == ConnectionHealth.Expiring)))
            .OrderBy(p => p.IsLeaving ? 0 : 1).ThenBy(p => p.NextTryAt).ThenBy(p => p.Id)
            .Select(p => new { p.OrganizationId, p.Id }).FirstOrDefaultAsync(ct);
        return next is null ? null : (next.OrganizationId, next.Id);
    }
}
