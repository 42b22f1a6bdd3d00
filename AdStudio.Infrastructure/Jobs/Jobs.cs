using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.LeadForms;
using AdStudio.Core.Leads;
using AdStudio.Core.Mail;
using AdStudio.Core.Operations;
using AdStudio.Core.Partners;
using AdStudio.Core.Upkeep;
using Microsoft.EntityFrameworkCore;
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
public sealed class ContinuePartnerJobsJob(ContinuePartnerJobs continueJobs) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await continueJobs.RunAsync(cancellationToken);
}

[DisallowConcurrentExecution]
public sealed class SendMailJob(SendOutgoingMail sendMail) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await sendMail.RunAsync(cancellationToken);
}

/// <summary>Finishes what publishing left open, then reads what the webhook may have missed.</summary>
[DisallowConcurrentExecution]
public sealed class CollectLeadsJob(FinishPublishing finish, CollectAllLeads collect) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await finish.RunAsync(cancellationToken);
        await collect.RunAsync(cancellationToken);
    }
}

[DisallowConcurrentExecution]
public sealed class ForwardLeadsJob(ForwardLeads forward) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await forward.RunAsync(cancellationToken);
}

/// <summary>Daily, organization by organization.</summary>
[DisallowConcurrentExecution]
public sealed class CheckConnectionsJob(Studio studio, CheckAllConnections checkConnections) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await using var db = await studio.OpenForEveryoneAsync(cancellationToken);
        foreach (var organization in await db.Organizations.Select(o => o.Id).ToListAsync(cancellationToken))
            await checkConnections.RunAsync(Actor.Studio(organization), cancellationToken);
    }
}

[DisallowConcurrentExecution]
public sealed class TellStandingJob(TellStanding tellStanding) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await tellStanding.RunAsync(cancellationToken);
}

[DisallowConcurrentExecution]
public sealed class PurgeJob(PurgeExpired purge, EraseOldLeads eraseLeads, ExpireApprovals expireApprovals) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await expireApprovals.RunAsync(cancellationToken);
        await eraseLeads.RunAsync(cancellationToken);
        await purge.RunAsync(cancellationToken);
    }
}
