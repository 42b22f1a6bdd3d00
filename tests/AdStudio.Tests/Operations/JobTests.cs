using AdStudio.Core.Campaigns;
using AdStudio.Core.Upkeep;
using AdStudio.Infrastructure.Jobs;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Quartz;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Operations;

/// <summary>Quartz with its store in the studio's own database.</summary>
public sealed class JobTests
{
    public sealed class ScheduledApp : StudioApp
    {
        public ScheduledApp() => Settings["Jobs:Enabled"] = "true";
    }

    [Fact]
    public async Task Every_job_runs_and_the_health_page_knows_it()
    {
        var app = new ScheduledApp();
        await app.InitializeAsync();
        try
        {
            var scheduler = await app.Get<ISchedulerFactory>().GetScheduler();
            foreach (var job in StudioJobs.All)
            {
                (await scheduler.GetTriggersOfJob(job.Key)).Count.ShouldBe(1, job.Key.Name);
                await scheduler.TriggerJob(job.Key);
            }
            await using var db = await app.Studio.OpenForEveryoneAsync(CancellationToken.None);
            var deadline = Environment.TickCount64 + 60_000;
            while (await SucceededAsync(db) < StudioJobs.All.Count)
            {
                if (Environment.TickCount64 > deadline) throw new TimeoutException("Not every job succeeded.");
                await Task.Delay(100);
            }
            var health = await app.Get<HealthCheckService>().CheckHealthAsync(CancellationToken.None);
            health.Entries["jobs"].Status.ShouldBe(HealthStatus.Healthy);
        }
        finally
        {
            await ((IAsyncLifetime)app).DisposeAsync();
        }
    }

    private static Task<int> SucceededAsync(Core.Data.StudioDb db) =>
        db.Database.SqlQueryRaw<int>("SELECT COUNT(DISTINCT JOB_NAME) AS Value FROM QRTZ_EXECUTION_HISTORY WHERE SUCCEEDED = 1").SingleAsync();

    [Fact]
    public async Task The_purge_removes_what_was_deleted_long_ago_with_all_that_hangs_on_it()
    {
        await using var bench = await LaunchBench.SetAsync();
        var (gone, kept) = (await bench.DraftAsync("Gone"), await bench.DraftAsync("Kept"));
        foreach (var id in new[] { gone, kept }) await bench.LaunchAsync(id);
        await bench.DrainAsync();
        await using (var db = await bench.Studio.OpenAsync(bench.Scene.Admin, CancellationToken.None))
        {
            (await db.Campaigns.SingleAsync(c => c.Id == gone)).DeletedAt = bench.Clock.GetUtcNow();
            await db.SaveChangesAsync();
        }

        await bench.Get<PurgeExpired>().RunAsync(CancellationToken.None);
        await HoldsAsync(bench, campaigns: 2, operations: 4);
        bench.Clock.Advance(new RetentionOptions().Deleted + TimeSpan.FromDays(1));
        await bench.Get<PurgeExpired>().RunAsync(CancellationToken.None);

        await HoldsAsync(bench, campaigns: 1, operations: 2);
        (await bench.ReadAsync(kept)).Status.ShouldBe(CampaignStatus.Active);
    }

    private static async Task HoldsAsync(LaunchBench bench, int campaigns, int operations)
    {
        await using var db = await bench.Studio.OpenForEveryoneAsync(CancellationToken.None);
        (await db.Campaigns.IgnoreQueryFilters().CountAsync()).ShouldBe(campaigns);
        (await db.Operations.IgnoreQueryFilters().CountAsync()).ShouldBe(operations);
    }
}
