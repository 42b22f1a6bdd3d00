using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Partners;

/// <param name="Since">Only of events since then (UTC).</param>
public sealed record DeliveryFilter(DeliveryStatus? Status = null, string? EventName = null, DateTimeOffset? Since = null, int Offset = 0, int Limit = 50);

/// <summary>What was, and is, on its way to an endpoint, with every try; newest first.</summary>
public sealed class ListDeliveries(Studio studio)
{
    public async Task<Result<Page<DeliveryRow>>> RunAsync(Actor actor, Guid endpointId, DeliveryFilter filter, CancellationToken ct)
    {
        if (filter.Limit is < 1 or > 200) return new InvalidError("limit", "The limit is a number from 1 to 200.");
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.FindWebhookAsync(actor, endpointId, ct) is null) return new WebhookNotFound();
        var found = db.WebhookDeliveries.AsNoTracking().Where(d => d.EndpointId == endpointId);
        if (filter.Status is { } status) found = found.Where(d => d.Status == status);
        if (filter.EventName is { } name) found = found.Where(d => d.Event.Name == name);
        if (filter.Since is { } since) found = found.Where(d => d.CreatedAt >= since);
        var total = await found.CountAsync(ct);
        var page = await found.Include(d => d.Event).Include(d => d.Attempts).AsSplitQuery().OrderByDescending(d => d.CreatedAt).ThenByDescending(d => d.Id).Skip(filter.Offset).Take(filter.Limit).ToListAsync(ct);
        return new Page<DeliveryRow>(page.ConvertAll(RowOf), total, filter.Offset, filter.Limit);
    }

    internal static DeliveryRow RowOf(WebhookDelivery d) => new(d.Id, d.EndpointId, d.EventId, d.Event.Name, d.Event.At, d.Status, d.NextTryAt, d.CreatedAt, d.DeliveredAt, WebhookMessage.BodyOf(d.Event),
        [.. d.Attempts.OrderByDescending(a => a.At).Select(a => new AttemptRow(a.At, a.Milliseconds, a.StatusCode, a.Failure, a.Response))]);
}

/// <summary>Sends a delivery again, soon: the same event with the same id.</summary>
public sealed class Redeliver(Studio studio, WebhookSignals signals, TimeProvider time)
{
    public async Task<Result<DeliveryRow>> RunAsync(Actor actor, Guid deliveryId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var delivery = await db.WebhookDeliveries.Include(d => d.Event).Include(d => d.Endpoint).Include(d => d.Attempts).AsSplitQuery().SingleOrDefaultAsync(d => d.Id == deliveryId, ct);
        if (delivery is null || !actor.Owns(delivery.Endpoint.WorkspaceId)) return new DeliveryNotFound();
        if (!delivery.Endpoint.IsEnabled) return new WebhookIsOff();
        (delivery.Status, delivery.NextTryAt, delivery.Tries) = (DeliveryStatus.Waiting, time.GetUtcNow(), 0);
        await db.SaveChangesAsync(ct);
        signals.Tell(actor.OrganizationId);
        return ListDeliveries.RowOf(delivery);
    }
}

/// <summary>Sends all deliveries again that were given up since a time; how many there are.</summary>
public sealed class RedeliverFailed(Studio studio, WebhookSignals signals, TimeProvider time)
{
    public async Task<Result<int>> RunAsync(Actor actor, Guid endpointId, DateTimeOffset since, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.FindWebhookAsync(actor, endpointId, ct) is not { } endpoint) return new WebhookNotFound();
        if (!endpoint.IsEnabled) return new WebhookIsOff();
        var now = time.GetUtcNow();
        var again = await db.WebhookDeliveries.Where(d => d.EndpointId == endpointId && d.Status == DeliveryStatus.Failed && d.CreatedAt >= since).ExecuteUpdateAsync(set => set
            .SetProperty(d => d.Status, DeliveryStatus.Waiting).SetProperty(d => d.NextTryAt, now).SetProperty(d => d.Tries, 0), ct);
        signals.Tell(actor.OrganizationId);
        return again;
    }
}

/// <summary>Sends a <c>ping</c> to an endpoint, as any event is sent.</summary>
public sealed class TestWebhook(Studio studio, WebhookSignals signals, TimeProvider time)
{
    public const string Ping = "ping";

    public async Task<Result<DeliveryRow>> RunAsync(Actor actor, Guid endpointId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.FindWebhookAsync(actor, endpointId, ct) is not { } endpoint) return new WebhookNotFound();
        if (!endpoint.IsEnabled) return new WebhookIsOff();
        var now = time.GetUtcNow();
        var ping = StudioEvent.Of(Ping, actor.OrganizationId, endpoint.WorkspaceId, endpoint.Id, new { webhookId = PublicId.Of("wh", endpoint.Id), sentBy = actor.Name });
        ping.HandedOutAt = now;
        db.Tell(ping);
        var delivery = new WebhookDelivery { OrganizationId = actor.OrganizationId, Event = ping, EventId = ping.Id, EndpointId = endpoint.Id, CreatedAt = now, NextTryAt = now };
        db.Add(delivery);
        await db.SaveChangesAsync(ct);
        signals.Tell(actor.OrganizationId);
        return ListDeliveries.RowOf(delivery);
    }
}
