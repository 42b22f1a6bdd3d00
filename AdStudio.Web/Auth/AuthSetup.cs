namespace AdStudio.Web.Auth;

public static class AuthSetup
{
    /// <summary>Identity, cookies, API keys and bearer tokens.</summary>
    public static IServiceCollection AddStudioAuth(this IServiceCollection services, IConfiguration configuration)
    {
        return services;
    }

    /// <summary>Sign-in endpoints that are no pages: sign out, callbacks.</summary>
    public static WebApplication MapStudioAuth(this WebApplication app)
    {
        return app;
    }
}
