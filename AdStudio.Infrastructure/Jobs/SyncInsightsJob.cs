using AdStudio.Core.Insights;
using AdStudio.Core.Operations;
using Quartz;

namespace AdStudio.Infrastructure.Jobs;

/// <summary>Asks for a reading of every account whose numbers are due; the worker carries it out.</summary>
[DisallowConcurrentExecution]
public sealed class SyncInsightsJob(SyncQueue queue) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await queue.AskDueAsync(cancellationToken);
}

/// <summary>Asks for an import of every account from which campaigns were imported before, now and then, so that what is changed on the platform shows here.</summary>
[DisallowConcurrentExecution]
public sealed class ImportCampaignsJob(ImportQueue queue) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await queue.AskDueAsync(cancellationToken);
}

/// <summary>Reads the published currency rates; what could not be read is said to Quartz, which keeps it in its history.</summary>
[DisallowConcurrentExecution]
public sealed class ReadRatesJob(ReadRates readRates) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var read = await readRates.RunAsync(cancellationToken);
        if (read.Refusal is { } refusal) throw new JobExecutionException(refusal.Message);
    }
}
