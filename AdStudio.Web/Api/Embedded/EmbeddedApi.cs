using AdStudio.Web.Api.Embedded.Google;
using AdStudio.Web.Api.Embedded.Meta;

namespace AdStudio.Web.Api.Embedded;

/// <summary>API 002, part by part.</summary>
internal static class EmbeddedApi
{
    public static void Map(WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        EmbeddedAuth.Map(api.MapGroup("").WithTags("Tokens"));

        var meta = api.MapGroup("/{teamId}/meta").WithTags("Meta");
        MetaCampaigns.Map(meta);
        MetaObjectReads.Map(meta);
        MetaReads.Map(meta);
        MetaNumbers.Map(meta);
        MetaPixels.Map(meta);
        MetaLeadForms.Map(meta);
        GoogleReads.Map(api.MapGroup("/{teamId}/google").WithTags("Google"));
        EmbeddedWorkspaces.Map(api.MapGroup("").WithTags("Workspaces"));
        EmbeddedTeams.Map(api.MapGroup("").WithTags("Teams"));
        EmbeddedConnections.Map(api.MapGroup("").WithTags("Connections"));
        EmbeddedInsights.Map(api.MapGroup("").WithTags("Connections"));
        EmbeddedGrants.Map(api.MapGroup("").WithTags("Permissions"));
    }
}
