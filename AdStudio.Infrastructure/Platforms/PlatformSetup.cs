using System.Net;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Google;
using AdStudio.Infrastructure.Platforms.Http;
using AdStudio.Infrastructure.Platforms.Meta;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Infrastructure.Platforms;

public static class PlatformSetup
{
    /// <summary>The adapters, their HTTP clients and what keeps them polite.</summary>
    public static IServiceCollection AddPlatforms(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(provider => new PlatformSettings(configuration, provider));
        services.AddSingleton<RateBudgets>();
        services.AddSingleton<ChannelParts>();
        services.AddPlatformClient(Platform.Meta).AddSingleton<MetaApi>().AddCapabilities(typeof(MetaApi));
        services.AddPlatformClient(Platform.Google).AddSingleton<GoogleApi>().AddCapabilities(typeof(GoogleApi));
        return services;
    }

    /// <summary>Every capability beside a platform's API: a new one is installed by being written.</summary>
    private static void AddCapabilities(this IServiceCollection services, Type api)
    {
        foreach (var capability in api.Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.Namespace == api.Namespace && t.IsAssignableTo(typeof(IPlatformCapability))))
            services.AddSingleton(typeof(IPlatformCapability), capability);
    }

    private static IServiceCollection AddPlatformClient(this IServiceCollection services, Platform platform)
    {
        // The factory's own loggers write whole addresses, and Meta's token addresses carry secrets: PlatformChannel logs instead.
        services.AddHttpClient(platform.Wire(), client =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.MaxResponseContentBufferSize = 64_000_000;
                client.DefaultRequestHeaders.UserAgent.ParseAdd("AdStudio/1.0");
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.All,
                ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(5), PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            })
            .RemoveAllLoggers();
        return services;
    }
}
