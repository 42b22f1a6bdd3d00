using AdStudio.Sandbox.Clock;
using AdStudio.Sandbox.Console;
using AdStudio.Sandbox.Faults;
using AdStudio.Sandbox.Google;
using AdStudio.Sandbox.Hosting;
using AdStudio.Sandbox.Meta;
using AdStudio.Sandbox.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Sandbox;

public static class SandboxExtensions
{
    /// <summary>Adds the emulated ad platforms; they keep their state in the file the options name.</summary>
    public static IServiceCollection AddSandbox(this IServiceCollection services, Action<SandboxOptions>? configure = null)
    {
        var options = new SandboxOptions();
        configure?.Invoke(options);
        services.AddSingleton(options);
        services.AddSingleton(_ => new SandboxStore(options.DataPath));
        services.AddSingleton<SandboxClock>();
        services.AddSingleton<FaultDial>();
        services.AddSingleton<PolicyBook>();
        services.AddSingleton<RequestLog>();
        services.AddSingleton<MetaContext>();
        services.AddSingleton<MetaLeads>();
        services.AddSingleton<MetaApi>();
        services.AddHostedService<MetaWebhooks>();
        services.AddSingleton<GoogleContext>();
        services.AddSingleton<GoogleApi>();
        foreach (var platform in typeof(SandboxPlatform).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(SandboxPlatform)) && !t.IsAbstract)) services.AddSingleton(typeof(SandboxPlatform), platform);
        services.AddSingleton<SandboxControl>();
        services.AddSingleton<SandboxPipeline>();
        return services;
    }

    /// <summary>Serves the emulated platforms, their consent pages, the sample assets and the console beneath the path.</summary>
    public static IEndpointConventionBuilder MapSandbox(this IEndpointRouteBuilder endpoints, string path = "/sandbox")
    {
        var group = endpoints.MapGroup(path);
        var control = endpoints.ServiceProvider.GetRequiredService<SandboxControl>();
        control.SeedIfEmpty();
        foreach (var platform in control.Platforms) platform.Map(group, path);
        AssetEndpoints.Map(group);
        ControlEndpoints.Map(group);
        ConsoleEndpoints.Map(group, path);
        return group.AllowAnonymous().DisableAntiforgery().DisableRateLimiting().ExcludeFromDescription();
    }
}
