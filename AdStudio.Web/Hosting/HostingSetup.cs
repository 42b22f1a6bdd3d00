namespace AdStudio.Web.Hosting;

public static class HostingSetup
{
    /// <summary>Health, telemetry, security headers, keys of the data protection.</summary>
    public static IServiceCollection AddHosting(this IServiceCollection services, IConfiguration configuration)
    {
        return services;
    }

    /// <summary>Health endpoints.</summary>
    public static WebApplication MapHosting(this WebApplication app)
    {
        return app;
    }

    /// <summary>What every request passes first: forwarded headers, security headers, request id.</summary>
    public static WebApplication UseHosting(this WebApplication app)
    {
        return app;
    }
}
