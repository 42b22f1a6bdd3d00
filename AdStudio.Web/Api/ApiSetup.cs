using AdStudio.Web.Api.Crm;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Embedded;
using AdStudio.Web.Features.Developers;

namespace AdStudio.Web.Api;

public static class ApiSetup
{
    /// <summary>The APIs, their documents and their limits.</summary>
    public static IServiceCollection AddStudioApis(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ApiLimits>();
        services.AddSingleton<KeptAnswers>();
        services.AddSingleton<ApiRoutes>();
        services.AddSingleton<ApiDialect, CrmDialect>();
        services.AddSingleton<ApiDialect, EmbeddedDialect>();
        services.AddDocuments();
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
        CrmAudiencePlaces.Map(crm.MapGroup("").WithTags("Audiences"));
        CrmNumbers.Map(crm.MapGroup("").WithTags("Numbers"));
        app.MapReference();
        app.MapOpenApi("/openapi/{documentName}.json");
        return app;
    }
}
