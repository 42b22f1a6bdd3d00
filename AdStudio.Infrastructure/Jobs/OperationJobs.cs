using AdStudio.Core.Operations;
using AdStudio.Core.Upkeep;
using Quartz;

namespace AdStudio.Infrastructure.Jobs;

[DisallowConcurrentExecution]
public sealed class LaunchScheduledJob(LaunchScheduled launchScheduled) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await launchScheduled.ForEveryoneAsync(cancellationToken);
}

[DisallowConcurrentExecution]
public sealed class ReadStatusesJob(ReadAllStatuses readStatuses) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await readStatuses.ForEveryoneAsync(cancellationToken);
}

[DisallowConcurrentExecution]
public sealed class PurgeJob(PurgeExpired purge) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await purge.ForEveryoneAsync(cancellationToken);
}
