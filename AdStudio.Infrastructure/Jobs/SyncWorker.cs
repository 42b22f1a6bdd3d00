using AdStudio.Core.Common;
using AdStudio.Core.Insights;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdStudio.Infrastructure.Jobs;

/// <summary>Carries out the readings that wait in the queue, a few at once. Any number of nodes may run one; leases keep them apart.</summary>
public sealed class SyncWorker(SyncQueue queue, IServiceScopeFactory scopes, TimeProvider time, ILogger<SyncWorker> log) : BackgroundService
{
    private const int AtOnceHere = 2;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new Dictionary<Guid, Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var done in running.Where(r => r.Value.IsCompleted).Select(r => r.Key).ToList()) running.Remove(done);
            try
            {
                if (running.Count < AtOnceHere && await queue.NextAsync(running.Keys, stoppingToken) is { } next) running[next.RunId] = CarryOutAsync(next.OrganizationId, next.RunId, stoppingToken);
                else await Task.Delay(Poll, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception problem)
            {
                log.LogError(problem, "The queue of readings could not be read; trying again in {Poll}", Poll);
                await Task.Delay(Poll, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await Task.WhenAll(running.Values);
    }

    private async Task CarryOutAsync(Guid organizationId, Guid runId, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var ended = await scope.ServiceProvider.GetRequiredService<CarryOutSync>().RunAsync(Actor.Studio(organizationId), runId, ct);
            if (ended.TryGet(out var run, out _) && run.Status == SyncStatus.Failed) log.LogWarning("The numbers of account {Account} were not read well: {Why}", run.AdAccountId, run.FailureText);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // It went back into the queue.
        }
        catch (Exception problem)
        {
            log.LogError(problem, "The reading {Run} broke off", runId);
        }
    }
}
