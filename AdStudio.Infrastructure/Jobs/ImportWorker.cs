using AdStudio.Core.Common;
using AdStudio.Core.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdStudio.Infrastructure.Jobs;

/// <summary>Carries out the imports of campaigns that wait in the queue, one of each platform at once.</summary>
public sealed class ImportWorker(ImportQueue queue, IServiceScopeFactory scopes, TimeProvider time, ILogger<ImportWorker> log) : QueueWorker(scopes, time, log)
{
    protected override Task<(Guid OrganizationId, Guid Id)?> NextAsync(IReadOnlyCollection<Guid> except, CancellationToken ct) => queue.NextAsync(except, ct);

    protected override async Task CarryOutAsync(IServiceProvider services, Actor actor, Guid id, CancellationToken ct)
    {
        var ended = await services.GetRequiredService<CarryOutImport>().RunAsync(actor, id, ct);
        if (ended.TryGet(out var import, out _) && import.Status == ImportStatus.Failed) log.LogWarning("The campaigns of account {Account} were not imported: {Why}", import.AdAccountId, import.FailureText);
    }
}
