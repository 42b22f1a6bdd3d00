using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Partners;

/// <summary>How an endpoint does, as its owner sees it.</summary>
public enum WebhookHealth { New, Good, Failing, Off }

/// <param name="Waiting">Deliveries that are still tried.</param>
/// <param name="Failed">Deliveries that were given up, of the last 30 days.</param>
public sealed record WebhookRow(
    Guid Id, Guid? WorkspaceId, string? WorkspaceName, string Url, string Description, IReadOnlyList<string> Events, bool IsEnabled, string? DisabledReason, DateTimeOffset? DisabledAt, DateTimeOffset? FailingSince, DateTimeOffset? LastSuccessAt,
    DateTimeOffset? PreviousSecretUntil, string CreatedByName, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, int Waiting, int Failed)
{
    public WebhookHealth Health => !IsEnabled ? WebhookHealth.Off : FailingSince is not null ? WebhookHealth.Failing : LastSuccessAt is null ? WebhookHealth.New : WebhookHealth.Good;
}

/// <param name="Secret">Shown this once only.</param>
public sealed record WebhookWithSecret(WebhookRow Endpoint, string Secret)
{
    public override string ToString() => $"{nameof(WebhookWithSecret)} {{ {Endpoint.Url} }}";
}

/// <param name="Body">What is sent, to the byte.</param>
public sealed record DeliveryRow(Guid Id, Guid EndpointId, Guid EventId, string EventName, DateTimeOffset EventAt, DeliveryStatus Status, DateTimeOffset? NextTryAt, DateTimeOffset CreatedAt, DateTimeOffset? DeliveredAt, string Body, IReadOnlyList<AttemptRow> Attempts);

public sealed record AttemptRow(DateTimeOffset At, int Milliseconds, int? StatusCode, string? Failure, string? Response);

/// <summary>Endpoints of a workspace are its admins'; those of the whole organization are its admins'. Nobody else sees them.</summary>
internal static class WebhookAccess
{
    public static bool Owns(this Actor actor, Guid? workspaceId) => workspaceId is { } workspace ? actor.Administers(workspace) : actor.IsOrganizationAdmin;

    public static IQueryable<WebhookEndpoint> OwnedBy(this IQueryable<WebhookEndpoint> endpoints, Actor actor)
    {
        if (actor.IsOrganizationAdmin) return endpoints;
        var administered = actor.IsClient ? [] : actor.AdminOfWorkspaces.Select(id => (Guid?)id).ToList();
        return endpoints.Where(e => administered.Contains(e.WorkspaceId));
    }

    public static Task<WebhookEndpoint?> FindWebhookAsync(this StudioDb db, Actor actor, Guid id, CancellationToken ct) => db.WebhookEndpoints.OwnedBy(actor).SingleOrDefaultAsync(e => e.Id == id, ct);

    public static async Task<List<WebhookRow>> RowsAsync(this StudioDb db, IReadOnlyList<WebhookEndpoint> endpoints, CancellationToken ct)
    {
        var ids = endpoints.Select(e => e.Id).ToList();
        var counts = await db.WebhookDeliveries.Where(d => ids.Contains(d.EndpointId) && d.Status != DeliveryStatus.Delivered).GroupBy(d => new { d.EndpointId, d.Status }).Select(g => new { g.Key.EndpointId, g.Key.Status, Count = g.Count() }).ToListAsync(ct);
        var workspaces = endpoints.Select(e => e.WorkspaceId).OfType<Guid>().Distinct().ToList();
        var names = await db.Workspaces.IgnoreQueryFilters([StudioDb.DeletedFilter]).Where(w => workspaces.Contains(w.Id)).ToDictionaryAsync(w => w.Id, w => w.Name, ct);
        int Count(WebhookEndpoint e, DeliveryStatus status) => counts.Find(c => c.EndpointId == e.Id && c.Status == status)?.Count ?? 0;
        return [.. endpoints.Select(e => new WebhookRow(e.Id, e.WorkspaceId, e.WorkspaceId is { } w ? names.GetValueOrDefault(w) : null, e.Url, e.Description, e.Events, e.IsEnabled, e.DisabledReason, e.DisabledAt, e.FailingSince, e.LastSuccessAt,
            e.PreviousSecretUntil, e.CreatedByName, e.CreatedAt, e.UpdatedAt, Count(e, DeliveryStatus.Waiting), Count(e, DeliveryStatus.Failed)))];
    }
}

/// <summary>Tells pages of this process that something about an organization's webhooks has changed.</summary>
public sealed class WebhookSignals
{
    public event Action<Guid>? Changed;
    internal void Tell(Guid organizationId) => Changed?.Invoke(organizationId);
}
