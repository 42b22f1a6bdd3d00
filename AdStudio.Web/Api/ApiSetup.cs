namespace AdStudio.Web.Api;

public static class ApiSetup
{
    /// <summary>The APIs, their documents and their limits.</summary>
    public static IServiceCollection AddStudioApis(this IServiceCollection services, IConfiguration configuration)
    {
        return services;
    }

    /// <summary>Every API surface.</summary>
    public static WebApplication MapStudioApis(this WebApplication app)
    {
        return app;
    }
}
