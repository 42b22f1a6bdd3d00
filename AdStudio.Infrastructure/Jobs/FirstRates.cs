using AdStudio.Core.Insights;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdStudio.Infrastructure.Jobs;

/// <summary>Reads the currency rates as soon as the studio runs, so that a new one need not wait for the job's hour.</summary>
public sealed class FirstRates(IServiceScopeFactory scopes, ILogger<FirstRates> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var read = await scope.ServiceProvider.GetRequiredService<ReadRates>().RunAsync(stoppingToken);
            if (read.Refusal is { } refusal) log.LogWarning("Currency rates were not read: {Why}", refusal.Message);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
        catch (Exception problem)
        {
            log.LogError(problem, "Currency rates were not read");
        }
    }
}
