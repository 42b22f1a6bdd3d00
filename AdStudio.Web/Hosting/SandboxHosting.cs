using AdStudio.Sandbox;

namespace AdStudio.Web.Hosting;

/// <summary>Hosts the emulated platforms in the studio's own server when <c>AdPlatforms:Mode</c> is Sandbox; in Live mode nothing of them is there.</summary>
public static class SandboxHosting
{
    public static bool IsSandbox(this IConfiguration configuration) => !string.Equals(configuration["AdPlatforms:Mode"], "Live", StringComparison.OrdinalIgnoreCase);

    public static IServiceCollection AddSandboxWhenAsked(this IServiceCollection services, IConfiguration configuration)
    {
        if (!configuration.IsSandbox()) return services;
        var section = configuration.GetSection("Sandbox");
        return services.AddSandbox(o =>
        {
            o.DataPath = section["DataPath"] ?? o.DataPath;
            o.ReviewDelay = Seconds("ReviewDelaySeconds") ?? o.ReviewDelay;
            o.ProcessingDelay = Seconds("ProcessingDelaySeconds") ?? o.ProcessingDelay;
            o.FaultTimeout = Seconds("FaultTimeoutSeconds") ?? o.FaultTimeout;
        });

        TimeSpan? Seconds(string name) => section.GetValue<double?>(name) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    public static WebApplication MapSandboxWhenAsked(this WebApplication app)
    {
        if (app.Configuration.IsSandbox()) app.MapSandbox();
        return app;
    }
}
