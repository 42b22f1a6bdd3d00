using System.Text.Json.Serialization.Metadata;

namespace AdStudio.Web.Api.Advertising;

/// <summary>The envelope of a success: {data, status}.</summary>
internal sealed class AdvertisingAnswer<T>(T data, JsonTypeInfo<Answered<T>> type, int status) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        return httpContext.Response.WriteAsJsonAsync(new Answered<T>(data, status), type, contentType: null, httpContext.RequestAborted);
    }
}

internal static class AdvertisingAnswers
{
    public static IResult Answered<T>(this T data, JsonTypeInfo<Answered<T>> type, int status = StatusCodes.Status200OK) => new AdvertisingAnswer<T>(data, type, status);
}
