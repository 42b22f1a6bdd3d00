using AdStudio.Core.Common;
using AdStudio.Core.Insights;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdStudio.Infrastructure.Jobs;

/// <summary>Carries out the readings that wait in the queue, a few of each platform at once.</summary>
public sealed class SyncWorker(SyncQueue queue, IServiceScopeFactory scopes, TimeProvider time, ILogger<SyncWorker> log) : QueueWorker(scopes, time, log)
{
    protected override Task<(Guid OrganizationId, Guid Id)?> NextAsync(IReadOnlyCollection<Guid> except, CancellationToken ct) => queue.NextAsync(except, ct);

    protected override async Task CarryOutAsync(IServiceProvider services, Actor actor, Guid id, CancellationToken ct)
    {
        var ended = await services.GetRequiredService<CarryOutSync>().RunAsync(actor, id, ct);
        if (ended.TryGet(out var run, out _) && run.Status == SyncStatus.Failed) log.LogWarning("The numbers of account {Account} were not read well: {Why}", run.AdAccountId, run.FailureText);
    }
}
