using AdStudio.Core.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdStudio.Infrastructure.Jobs;

/// <summary>Takes up work on platforms as it comes, several at once. Any number of nodes may run one; the leases keep them apart.</summary>
public sealed class OperationsWorker(OperationLeases leases, OperationSignals signals, IServiceScopeFactory scopes, OperationOptions options, TimeProvider time, ILogger<OperationsWorker> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var slots = new SemaphoreSlim(options.Parallel);
        var running = new HashSet<Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await slots.WaitAsync(stoppingToken);
                running.RemoveWhere(t => t.IsCompleted);
                if (await ClaimAsync(slots, stoppingToken) is { } lease) running.Add(WorkAsync(lease, slots, stoppingToken));
                else await signals.WaitAsync(await leases.UntilNextAsync(stoppingToken), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception problem)
            {
                log.LogError(problem, "Work on platforms could not be read; trying again in {Poll}", options.Poll);
                await Task.Delay(options.Poll, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await Task.WhenAll(running);
    }

    /// <summary>Keeps the slot only when there is something to do in it.</summary>
    private async Task<OperationLease?> ClaimAsync(SemaphoreSlim slots, CancellationToken ct)
    {
        OperationLease? lease = null;
        try
        {
            return lease = await leases.ClaimAsync(ct);
        }
        finally
        {
            if (lease is null) slots.Release();
        }
    }

    private async Task WorkAsync(OperationLease lease, SemaphoreSlim slots, CancellationToken stopping)
    {
        using var ours = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var keeping = KeepAsync(lease, ours);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<CarryOutOperation>().WorkAsync(lease, ours.Token);
        }
        catch (OperationCanceledException) when (ours.IsCancellationRequested)
        {
            log.LogInformation("Work {OperationId} is left for the next worker", lease.OperationId);
        }
        catch (Exception problem)
        {
            log.LogError(problem, "Work {OperationId} stopped; it is taken up again when its lease has lapsed", lease.OperationId);
        }
        finally
        {
            await ours.CancelAsync();
            await keeping;
            if (stopping.IsCancellationRequested) await HandBackAsync(lease);
            slots.Release();
            signals.Wake();
        }
    }

    /// <summary>Renews the lease while the work goes on. Stops the work when the lease is lost, or cannot be renewed before it lapses.</summary>
    private async Task KeepAsync(OperationLease lease, CancellationTokenSource work)
    {
        using var ticks = new PeriodicTimer(options.Lease / 4, time);
        try
        {
            while (await ticks.WaitForNextTickAsync(work.Token))
            {
                try
                {
                    if (!await leases.RenewAsync(lease, work.Token)) break;
                }
                catch (Exception problem) when (problem is not OperationCanceledException)
                {
                    log.LogWarning(problem, "The lease of {OperationId} could not be renewed", lease.OperationId);
                    if (time.GetUtcNow() >= lease.Until) break;
                }
            }
            await work.CancelAsync();
        }
        catch (OperationCanceledException) { }
    }

    private async Task HandBackAsync(OperationLease lease)
    {
        using var brief = new CancellationTokenSource(TimeSpan.FromSeconds(5), time);
        try
        {
            await leases.ReleaseAsync(lease, brief.Token);
        }
        catch (Exception problem)
        {
            log.LogWarning(problem, "Work {OperationId} could not be handed back; its lease lapses by itself", lease.OperationId);
        }
    }
}
