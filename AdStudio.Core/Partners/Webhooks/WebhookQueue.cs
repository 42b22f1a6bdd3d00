using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Partners;

/// <summary>Hands events out to the endpoints that hear of them, and says which endpoint has something due.</summary>
public sealed class WebhookQueue(Studio studio, TimeProvider time)
{
    /// <summary>Endpoints that one node delivers to at the same time.</summary>
    public const int AtOnce = 16;
    private const int EventsAtOnce = 200;

    /// <summary>An endpoint with something due that nobody delivers to; null when there is none, or enough is at work.</summary>
    public async Task<(Guid OrganizationId, Guid EndpointId)?> NextAsync(IReadOnlyCollection<Guid> except, CancellationToken ct)
    {
        while (await HandOutAsync(ct) == EventsAtOnce) { }
        if (except.Count >= AtOnce) return null;
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var now = time.GetUtcNow();
        var next = await db.WebhookDeliveries.AsNoTracking()
            .Where(d => d.Status == DeliveryStatus.Waiting && d.NextTryAt <= now && d.Endpoint.IsEnabled && (d.Endpoint.LeaseUntil == null || d.Endpoint.LeaseUntil <= now) && !except.Contains(d.EndpointId))
            .OrderBy(d => d.NextTryAt).Select(d => new { d.OrganizationId, d.EndpointId }).FirstOrDefaultAsync(ct);
        return next is null ? null : (next.OrganizationId, next.EndpointId);
    }

    /// <summary>Makes a delivery for each event and each endpoint that hears of it. How many events were looked at; none when another node was at the same ones.</summary>
    public async Task<int> HandOutAsync(CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var events = await db.StudioEvents.Where(e => e.HandedOutAt == null).OrderBy(e => e.At).ThenBy(e => e.Id).Take(EventsAtOnce).ToListAsync(ct);
        if (events.Count == 0) return 0;
        var organizations = events.Select(e => e.OrganizationId).Distinct().ToList();
        var endpoints = await db.WebhookEndpoints.AsNoTracking().Where(e => e.IsEnabled && organizations.Contains(e.OrganizationId)).ToListAsync(ct);
        var now = time.GetUtcNow();
        foreach (var happened in events)
        {
            happened.HandedOutAt = now;
            foreach (var endpoint in endpoints.Where(e => e.Hears(happened))) db.Add(new WebhookDelivery { OrganizationId = happened.OrganizationId, EventId = happened.Id, EndpointId = endpoint.Id, CreatedAt = now, NextTryAt = now });
        }
        try
        {
            await db.SaveChangesAsync(ct);
            return events.Count;
        }
        catch (DbUpdateException) when (!ct.IsCancellationRequested)
        {
            return 0; // another node handed them out, or an endpoint was deleted in this moment: looked at again soon
        }
    }
}
