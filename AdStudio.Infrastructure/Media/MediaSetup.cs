using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Infrastructure.Media;

public static class MediaSetup
{
    /// <summary>Where media lie, and the workshop that measures and cuts them.</summary>
    public static IServiceCollection AddMedia(this IServiceCollection services, IConfiguration configuration)
    {
        return services;
    }
}
