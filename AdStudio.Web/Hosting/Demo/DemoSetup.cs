using AdStudio.Core.Common;

namespace AdStudio.Web.Hosting.Demo;

/// <summary>The demo organization, when <c>Demo:Enabled</c>: its people before the first request, its past once the server answers.</summary>
public static class DemoSetup
{
    public static IServiceCollection AddDemo(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = configuration.GetSection("Demo").Get<DemoSettings>() ?? new();
        services.AddSingleton(settings);
        if (!settings.Enabled) return services;
        services.AddScoped<DemoOrganization>();
        if (!configuration.IsSandbox()) return services;
        services.AddScoped<DemoHistory>();
        services.AddHostedService<Past>();
        return services;
    }

    public static async Task MakeDemoAsync(this WebApplication app)
    {
        if (app.Services.GetService<DemoSettings>() is not { Enabled: true } settings) return;
        await using (var scope = app.Services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<DemoOrganization>().EnsureAsync(app.Lifetime.ApplicationStopping);
        if (!app.Configuration.IsSandbox()) app.Lifetime.ApplicationStarted.Register(() => Tell(app.Services, settings));
    }

    /// <summary>To the console, not to the log: whoever starts the demo has to read it, and logs are kept.</summary>
    private static void Tell(IServiceProvider services, DemoSettings settings) => Console.WriteLine($"""

          AdStudio is ready:  {services.GetRequiredService<StudioAddress>().Root}
          Sign in with:       {settings.Email}
          Password:           {settings.Password}
          API key:            {settings.ApiKey}

        """);

    private sealed class Past(IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, IServiceProvider services, DemoSettings settings, ILogger<Past> log) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            // The platforms are in our own server: it has to answer first.
            var started = new TaskCompletionSource();
            await using var _ = lifetime.ApplicationStarted.Register(started.SetResult);
            try
            {
                await started.Task.WaitAsync(stoppingToken);
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<DemoHistory>().MakeAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // Without its past the demo is poorer, and everything else works: say so and go on. The next start takes it up again.
                log.LogError(failure, "The demo's campaigns could not be made whole.");
            }
            Tell(services, settings);
        }
    }
}
