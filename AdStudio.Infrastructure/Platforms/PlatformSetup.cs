using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Infrastructure.Platforms;

public static class PlatformSetup
{
    /// <summary>The adapters, their HTTP clients and what keeps them polite.</summary>
    public static IServiceCollection AddPlatforms(this IServiceCollection services, IConfiguration configuration)
    {
        return services;
    }
}
