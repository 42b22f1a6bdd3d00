using AdStudio.Web.Api.Advertising;
using AdStudio.Web.Api.Crm;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Embedded;
using AdStudio.Web.Api.Idempotency;
using AdStudio.Web.Api.Partner;
using AdStudio.Web.Features.Developers;

namespace AdStudio.Web.Api;

public static class ApiSetup
{
    /// <summary>The APIs, their documents and their limits.</summary>
    public static IServiceCollection AddStudioApis(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ApiLimits>();
        services.AddSingleton<KeptAnswers>();
        services.AddSingleton<AnswerBook>();
        services.AddHostedService(s => s.GetRequiredService<AnswerBook>());
        services.AddSingleton<IdempotencyGate>();
        services.AddSingleton<ApiRoutes>();
        services.AddSingleton<ApiDialect, CrmDialect>();
        services.AddSingleton<ApiDialect, EmbeddedDialect>();
        services.AddSingleton<ApiDialect, AdvertisingDialect>();
        services.AddSingleton<ApiDialect, PartnerDialect>();
        services.AddSingleton<TokenCallers>();
        services.AddDocuments();
        services.AddSingleton<ApiCatalog>();
        services.AddScoped<CampaignView>();
        services.AddScoped<CampaignWriter>();
        services.AddAdvertisingApi();
        services.AddScoped<Embedded.Meta.MetaCampaignWriter>();
        services.AddScoped<EmbeddedScope>();
        return services;
    }

    /// <summary>Comes before all that is meant for pages: a program's request passes nothing that it has no use for.</summary>
    public static WebApplication UseStudioApis(this WebApplication app)
    {
        app.UseMiddleware<ApiGate>();
        return app;
    }

    /// <summary>Every API surface.</summary>
    public static WebApplication MapStudioApis(this WebApplication app)
    {
        PartnerApi.Map(app);
        EmbeddedApi.Map(app);
        AdvertisingApi.Map(app);
        CrmApi.Map(app);
        app.MapReference();
        app.MapOpenApi("/openapi/{documentName}.json");
        return app;
    }
}
