using AdStudio.Core.Common;
using AdStudio.Core.Partners;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdStudio.Infrastructure.Jobs;

/// <summary>Hands out events and delivers them, to several endpoints at once.</summary>
public sealed class WebhookWorker(WebhookQueue queue, IServiceScopeFactory scopes, TimeProvider time, ILogger<WebhookWorker> log) : QueueWorker(scopes, time, log)
{
    protected override Task<(Guid OrganizationId, Guid Id)?> NextAsync(IReadOnlyCollection<Guid> except, CancellationToken ct) => queue.NextAsync(except, ct);

    protected override Task CarryOutAsync(IServiceProvider services, Actor actor, Guid id, CancellationToken ct) => services.GetRequiredService<DeliverWebhooks>().RunAsync(actor, id, ct);
}
