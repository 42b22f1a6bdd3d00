namespace AdStudio.Web.Api.Embedded;

/// <summary>API 002, part by part.</summary>
internal static class EmbeddedApi
{
    public static void Map(WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        EmbeddedAuth.Map(api.MapGroup("").WithTags("Tokens"));
    }
}
