using System.Text.Json.Serialization.Metadata;

namespace AdStudio.Web.Api.Embedded;

/// <summary>Data in the envelope of seed 002.</summary>
internal sealed class EmbeddedAnswer<T>(T data, JsonTypeInfo<Envelope<T>> type, int status, string message) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => EmbeddedDialect.WriteAsync(httpContext, data, type, status, message);
}

/// <summary>What an answer without data has in its place: always null.</summary>
internal sealed record NoData;

internal static class EmbeddedAnswers
{
    /// <summary>200 with the seed's words.</summary>
    public static IResult Enveloped<T>(this T data, JsonTypeInfo<Envelope<T>> type, string message = "Request successful") => new EmbeddedAnswer<T>(data, type, StatusCodes.Status200OK, message);

    /// <summary>201 with the seed's words.</summary>
    public static IResult Created<T>(this T data, JsonTypeInfo<Envelope<T>> type) => new EmbeddedAnswer<T>(data, type, StatusCodes.Status201Created, "Resource created successfully");

    /// <summary>200 without data: only the message says what was done.</summary>
    public static IResult Said(string message) => new EmbeddedAnswer<NoData?>(null, EmbeddedJson.Shared.EnvelopeNoData, StatusCodes.Status200OK, message);
}
