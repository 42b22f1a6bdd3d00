using AdStudio.Core.Connections;
using AdStudio.Core.Mail;
using AdStudio.Core.Operations;
using AdStudio.Core.Upkeep;
using Quartz;

namespace AdStudio.Infrastructure.Jobs;

// Each calls one action. What it throws goes to Quartz, which keeps it in its history and shows it in the health check.

[DisallowConcurrentExecution]
public sealed class LaunchScheduledJob(LaunchScheduled launchScheduled) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await launchScheduled.RunAsync(cancellationToken);
}

[DisallowConcurrentExecution]
public sealed class ReadStatusesJob(ReadAllStatuses readStatuses) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await readStatuses.RunAsync(cancellationToken);
}

[DisallowConcurrentExecution]
public sealed class SendMailJob(SendOutgoingMail sendMail) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await sendMail.RunAsync(cancellationToken);
}

[DisallowConcurrentExecution]
public sealed class CheckConnectionsJob(CheckAllConnections checkConnections) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await checkConnections.RunAsync(cancellationToken);
}

[DisallowConcurrentExecution]
public sealed class PurgeJob(PurgeExpired purge) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await purge.RunAsync(cancellationToken);
}
