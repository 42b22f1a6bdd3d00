using AdStudio.Web.Api.Webhooks;

namespace AdStudio.Web.Api.Partner;

/// <summary>API 004, part by part.</summary>
internal static class PartnerApi
{
    public static void Map(WebApplication app)
    {
        var group = app.MapGroup("/v1");
        PartnerProjects.Map(group.MapGroup("").WithTags("Projects and jobs"));
        PartnerCampaigns.Map(group.MapGroup("").WithTags("Campaigns"));
        PartnerChanges.Map(group.MapGroup("").WithTags("Campaigns, part by part"));
        WebhookApi.Map(group.MapGroup("").WithTags("Webhooks"), enveloped: false);
    }
}
