using AdStudio.Core.Audiences;
using AdStudio.Core.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdStudio.Infrastructure.Jobs;

/// <summary>Puts audiences on ad accounts, and keeps those that stand there in step with their lists, a few of each platform at once.</summary>
public sealed class PlacementWorker(PlacementQueue queue, IServiceScopeFactory scopes, TimeProvider time, ILogger<PlacementWorker> log) : QueueWorker(scopes, time, log)
{
    protected override Task<(Guid OrganizationId, Guid Id)?> NextAsync(IReadOnlyCollection<Guid> except, CancellationToken ct) => queue.NextAsync(except, ct);

    protected override async Task CarryOutAsync(IServiceProvider services, Actor actor, Guid id, CancellationToken ct)
    {
        var ended = await services.GetRequiredService<CarryOutPlacement>().RunAsync(actor, id, ct);
        if (ended is { IsDone: true, Value.FailureText: { } why }) log.LogWarning("Audience {Audience} is not in step on account {Account}: {Why}", ended.Value.AudienceId, ended.Value.AdAccountId, why);
    }
}
