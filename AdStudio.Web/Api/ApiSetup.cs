using AdStudio.Web.Api.Crm;
using AdStudio.Web.Api.Embedded;

namespace AdStudio.Web.Api;

public static class ApiSetup
{
    /// <summary>The APIs, their documents and their limits.</summary>
    public static IServiceCollection AddStudioApis(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ApiLimits>();
        services.AddSingleton<ApiDialect, CrmDialect>();
        services.AddSingleton<ApiDialect, EmbeddedDialect>();
        services.AddScoped<CampaignView>();
        services.AddScoped<CampaignWriter>();
        return services;
    }

    /// <summary>Every API surface.</summary>
    public static WebApplication MapStudioApis(this WebApplication app)
    {
        app.UseMiddleware<ApiGate>();

        var embedded = app.MapGroup("/api/v1").WithTags("Tokens");
        EmbeddedAuth.Map(embedded);

        var crm = app.MapGroup("/api/crm/ads");
        var campaigns = crm.MapGroup("").WithTags("Campaigns");
        CrmCampaigns.Map(campaigns);
        CrmLifecycle.Map(campaigns);
        CrmAccounts.Map(crm.MapGroup("").WithTags("Ad accounts"));
        CrmCreatives.Map(crm.MapGroup("").WithTags("Creatives"));
        CrmAudiences.Map(crm.MapGroup("").WithTags("Audiences"));
        return app;
    }
}
