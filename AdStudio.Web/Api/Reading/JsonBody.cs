using System.Text.Json;
using AdStudio.Core.Common;
using Microsoft.AspNetCore.Http.Features;

namespace AdStudio.Web.Api.Reading;

/// <summary>Reads the body of a request as one JSON object.</summary>
internal static class JsonBody
{
    public const int MaxBytes = 2_000_000;

    // A name that stands twice has two meanings: neither is taken.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 24, AllowDuplicateProperties = false };

    /// <summary>The object with a list for what is wrong in it; or why there is none. An empty body counts as <c>{}</c> where it is <paramref name="optional"/>.</summary>
    public static async Task<(Given Body, ApiProblem? Problem)> ReadAsync(HttpContext http, bool optional = false)
    {
        var request = http.Request;
        if (optional && request.ContentLength is null or 0 && request.ContentType is null && !request.Headers.ContainsKey("Transfer-Encoding")) return (Given.Empty(), null);
        if (!request.HasJsonContentType()) return (Given.Empty(), ApiProblem.OfStatus(StatusCodes.Status415UnsupportedMediaType, request));
        if (request.ContentLength > MaxBytes) return (Given.Empty(), ApiProblem.OfStatus(StatusCodes.Status413PayloadTooLarge, request));
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MaxBytes;
        try
        {
            var document = await JsonDocument.ParseAsync(request.Body, Options, http.RequestAborted);
            http.Response.RegisterForDispose(document);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (Given.Of(document.RootElement), null)
                : (Given.Empty(), ApiProblem.BadRequest("The body should be a JSON object.", [new FieldProblem("", "Begin the body with {.")]));
        }
        catch (JsonException broken)
        {
            return (Given.Empty(), ApiProblem.BadRequest($"The body is not the JSON that is expected here: {Why(broken)}"));
        }
        catch (InvalidOperationException)
        {
            return (Given.Empty(), ApiProblem.BadRequest("The body holds text that is no Unicode."));
        }
    }

    private static string Why(JsonException broken) =>
        broken.Message.Contains("depth", StringComparison.OrdinalIgnoreCase) ? $"it is nested more than {Options.MaxDepth} deep."
        : broken.Message.Contains("uplicate", StringComparison.Ordinal) ? "a name stands twice in one object."
        : $"it can't be read at line {broken.LineNumber + 1}, character {broken.BytePositionInLine + 1}.";
}
