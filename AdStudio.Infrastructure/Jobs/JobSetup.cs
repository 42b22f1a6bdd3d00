using AdStudio.Core.Operations;
using AdStudio.Core.Upkeep;
using AdStudio.Infrastructure.Data;
using AdStudio.Infrastructure.Rates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Quartz;

namespace AdStudio.Infrastructure.Jobs;

public static class JobSetup
{
    /// <summary>
    /// The worker on platforms; and Quartz with its store in the studio's database, clustered where the database allows more than one node.
    /// <c>Jobs:Enabled</c> = false leaves Quartz out: a node for the web alone, or a test.
    /// </summary>
    public static IServiceCollection AddStudioJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOperations(configuration.GetSection("Operations").Get<OperationOptions>() ?? new OperationOptions());
        services.AddHostedService<OperationsWorker>();
        services.AddHostedService<SyncWorker>();
        services.AddHostedService<ImportWorker>();
        services.AddHostedService<PlacementWorker>();
        services.AddHostedService<WebhookWorker>();
        services.AddRates(configuration);
        services.AddSingleton(configuration.GetSection("Retention").Get<RetentionOptions>() ?? new RetentionOptions());
        if (!configuration.GetValue("Jobs:Enabled", true)) return services;

        services.AddHostedService<FirstRates>();
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(s => (s.InstanceName, s.GenerateInstanceId) = ("AdStudio", true));
            quartz.UsePersistentStore(store =>
            {
                var connection = DatabaseSetup.ConnectionString(configuration);
                if (DatabaseSetup.IsSqlServer(configuration))
                {
                    store.UseSqlServer(connection);
                    store.UseClustering(c => c.CheckinInterval = TimeSpan.FromSeconds(10));
                }
                else store.UseSqlite(connection);
                store.ProvisionSchema();
                store.UseExecutionHistory();
                store.UseSystemTextJsonSerializer();
                store.ConfigureStore(o => o.MisfireThreshold = TimeSpan.FromSeconds(60));
            });
            foreach (var job in StudioJobs.All) job.Schedule(quartz);
            quartz.AddQuartzHealthChecks(health =>
            {
                health.Name = "jobs";
                health.Tags.Add("ready");
                health.StaleFiringTolerance = 5;
                foreach (var job in StudioJobs.All) health.RequireSuccessWithin(job.Key, job.ExpectedWithin, HealthStatus.Degraded);
            });
        });
        services.AddQuartzHostedService(o =>
        {
            o.WaitForJobsToComplete = true;
            o.AwaitApplicationStarted = true;
            o.StartDelay = TimeSpan.FromMilliseconds(Random.Shared.Next(500, 4000)); // nodes that start together don't fight for the store's first locks
        });
        return services;
    }
}
