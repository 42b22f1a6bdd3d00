using Quartz;

namespace AdStudio.Infrastructure.Jobs;

/// <summary>When each job runs. A job is a small class that calls one action; a new one needs a line here.</summary>
public static class StudioJobs
{
    public static IReadOnlyList<StudioJob> All { get; } =
    [
        StudioJob.Of<LaunchScheduledJob>("launch-scheduled", "5 * * * * ?", expectedWithin: TimeSpan.FromMinutes(10)),
        StudioJob.Of<ContinuePartnerJobsJob>("continue-partner-jobs", "25 * * * * ?", expectedWithin: TimeSpan.FromMinutes(10)),
        StudioJob.Of<ReadStatusesJob>("read-statuses", "20 0/5 * * * ?", expectedWithin: TimeSpan.FromMinutes(30)),
        StudioJob.Of<SyncInsightsJob>("sync-insights", "35 * * * * ?", expectedWithin: TimeSpan.FromMinutes(10)),
        StudioJob.Of<ImportCampaignsJob>("import-campaigns", "50 0/10 * * * ?", expectedWithin: TimeSpan.FromMinutes(40)),
        // Published once a working day; asked for every four hours, so that a day when it is late or not reached is made up for.
        StudioJob.Of<ReadRatesJob>("read-rates", "15 10 0/4 * * ?", expectedWithin: TimeSpan.FromHours(30)),
        StudioJob.Of<SendMailJob>("send-mail", "0/20 * * * * ?", expectedWithin: TimeSpan.FromMinutes(5)),
        StudioJob.Of<CollectLeadsJob>("collect-leads", "50 0/5 * * * ?", expectedWithin: TimeSpan.FromMinutes(30)),
        StudioJob.Of<ForwardLeadsJob>("forward-leads", "10/20 * * * * ?", expectedWithin: TimeSpan.FromMinutes(10)),
        StudioJob.Of<CheckConnectionsJob>("check-connections", "0 10 4 * * ?", expectedWithin: TimeSpan.FromHours(50)),
        StudioJob.Of<TellStandingJob>("tell-standing", "15 * * * * ?", expectedWithin: TimeSpan.FromMinutes(10)),
        StudioJob.Of<PurgeJob>("purge", "0 40 3 * * ?", expectedWithin: TimeSpan.FromHours(50)),
    ];
}

/// <param name="ExpectedWithin">Health turns bad when the job has not succeeded for so long.</param>
public sealed record StudioJob(JobKey Key, TimeSpan ExpectedWithin, Action<IQuartzBuilder> Schedule)
{
    /// <summary>In UTC. What was missed while nothing ran is made up for once, late.</summary>
    public static StudioJob Of<T>(string name, string cron, TimeSpan expectedWithin) where T : class, IJob
    {
        var key = new JobKey(name);
        return new(key, expectedWithin, quartz => quartz.ScheduleJob<T>(
            trigger => trigger.WithIdentity(name).WithSchedule(CronScheduleBuilder.Create(cron).InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)),
            job => job.WithIdentity(key)));
    }
}
