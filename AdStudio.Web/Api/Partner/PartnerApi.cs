namespace AdStudio.Web.Api.Partner;

/// <summary>API 004, part by part.</summary>
internal static class PartnerApi
{
    public static void Map(WebApplication app)
    {
    }
}
