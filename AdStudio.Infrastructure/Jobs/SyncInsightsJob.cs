using AdStudio.Core.Insights;
using Quartz;

namespace AdStudio.Infrastructure.Jobs;

/// <summary>Asks for a reading of every account whose numbers are due; the worker carries it out.</summary>
[DisallowConcurrentExecution]
public sealed class SyncInsightsJob(SyncQueue queue) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await queue.AskDueAsync(cancellationToken);
}
