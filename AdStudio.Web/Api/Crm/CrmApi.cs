namespace AdStudio.Web.Api.Crm;

/// <summary>API 000, part by part.</summary>
internal static class CrmApi
{
    public static void Map(WebApplication app)
    {
        var crm = app.MapGroup("/api/crm/ads");
        var campaigns = crm.MapGroup("").WithTags("Campaigns");
        CrmCampaigns.Map(campaigns);
        CrmLifecycle.Map(campaigns);
        CrmTemplates.Map(crm.MapGroup("").WithTags("Templates"));
        CrmAccounts.Map(crm.MapGroup("").WithTags("Ad accounts"));
        CrmCreatives.Map(crm.MapGroup("").WithTags("Creatives"));
        CrmAudiences.Map(crm.MapGroup("").WithTags("Audiences"));
        CrmAudiencePlaces.Map(crm.MapGroup("").WithTags("Audiences"));
        CrmNumbers.Map(crm.MapGroup("").WithTags("Numbers"));
    }
}
