namespace AdStudio.Web.Api.Advertising;

/// <summary>API 003, part by part.</summary>
internal static class AdvertisingApi
{
    public static void Map(WebApplication app)
    {
    }
}
