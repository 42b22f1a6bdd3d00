using AdStudio.Core.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdStudio.Infrastructure.Jobs;

/// <summary>Carries out what waits in a queue of the database, several at once. Any number of nodes may run one; leases keep them apart.</summary>
public abstract class QueueWorker(IServiceScopeFactory scopes, TimeProvider time, ILogger log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    /// <summary>What is to be carried out next, except what this worker is at already; null when there is nothing, or enough is at work.</summary>
    protected abstract Task<(Guid OrganizationId, Guid Id)?> NextAsync(IReadOnlyCollection<Guid> except, CancellationToken ct);

    protected abstract Task CarryOutAsync(IServiceProvider services, Actor actor, Guid id, CancellationToken ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new Dictionary<Guid, Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var done in running.Where(r => r.Value.IsCompleted).Select(r => r.Key).ToList()) running.Remove(done);
            try
            {
                if (await NextAsync(running.Keys, stoppingToken) is { } next) running[next.Id] = CarryOutAsync(next.OrganizationId, next.Id, stoppingToken);
                else await Task.Delay(Poll, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception problem)
            {
                log.LogError(problem, "The queue could not be read; trying again in {Poll}", Poll);
                await Task.Delay(Poll, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await Task.WhenAll(running.Values);
    }

    private async Task CarryOutAsync(Guid organizationId, Guid id, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await CarryOutAsync(scope.ServiceProvider, Actor.Studio(organizationId), id, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // It went back into the queue.
        }
        catch (Exception problem)
        {
            log.LogError(problem, "{Id} broke off", id);
        }
    }
}
