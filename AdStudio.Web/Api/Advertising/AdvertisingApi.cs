using AdStudio.Web.Api.Webhooks;

namespace AdStudio.Web.Api.Advertising;

/// <summary>API 003, part by part.</summary>
internal static class AdvertisingApi
{
    public static IServiceCollection AddAdvertisingApi(this IServiceCollection services) =>
        services.AddScoped<BrandScope>().AddScoped<BrandView>().AddScoped<AdvertisingView>().AddScoped<AdvertisingWriter>().AddScoped<AnalyticsView>();

    public static void Map(WebApplication app)
    {
        var api = app.MapGroup("/advertising/v1");
        AdvertisingCampaignEndpoints.Map(api.MapGroup("").WithTags("Campaigns"));
        AdvertisingLifecycle.Map(api.MapGroup("").WithTags("Campaigns"));
        AnalyticsEndpoints.Map(api.MapGroup("").WithTags("Analytics"));
        AdvertisingBrandEndpoints.Map(api.MapGroup("").WithTags("Brands"));
        WebhookApi.Map(api.MapGroup("").WithTags("Webhooks"), enveloped: true);
    }
}
