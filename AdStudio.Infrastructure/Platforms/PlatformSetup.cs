using System.Net;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Infrastructure.Platforms;

public static class PlatformSetup
{
    /// <summary>The adapters, their HTTP clients and what keeps them polite.</summary>
    public static IServiceCollection AddPlatforms(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(provider => new PlatformSettings(configuration, provider));
        services.AddSingleton(provider => new PlatformsHere(provider.GetRequiredService<PlatformSettings>().IsSandbox));
        services.AddSingleton<RateBudgets>();
        services.AddSingleton<IShowsRateBudgets>(provider => provider.GetRequiredService<RateBudgets>());
        services.AddSingleton<ChannelParts>();
        foreach (var site in PlatformSite.All) services.AddPlatformClient(site.Platform).AddAdapter(site.GetType().Namespace!);
        return services;
    }

    /// <summary>The channel of an adapter's folder and every capability in it: a new one is installed by being written.</summary>
    private static void AddAdapter(this IServiceCollection services, string folder)
    {
        foreach (var type in typeof(PlatformSite).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.Namespace == folder))
            if (type.IsSubclassOf(typeof(PlatformChannel))) services.AddSingleton(type);
            else if (type.IsAssignableTo(typeof(IPlatformCapability))) services.AddSingleton(typeof(IPlatformCapability), type);
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
