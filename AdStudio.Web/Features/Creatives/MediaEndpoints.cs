using System.Security.Claims;
using AdStudio.Core.Accounts;
using AdStudio.Core.Creatives;
using Microsoft.Net.Http.Headers;

namespace AdStudio.Web.Features.Creatives;

public static class MediaEndpoints
{
    /// <summary>Media for those who may see their workspace; for the pages' own pictures.</summary>
    public static WebApplication MapMedia(this WebApplication app)
    {
        app.MapGet("/media/{assetId:guid}", (Guid assetId, HttpContext http, FindActor actors, OpenMedia open, CancellationToken ct) => ServeAsync(assetId, false, http, actors, open, ct)).ExcludeFromDescription();
        app.MapGet("/media/{assetId:guid}/thumb", (Guid assetId, HttpContext http, FindActor actors, OpenMedia open, CancellationToken ct) => ServeAsync(assetId, true, http, actors, open, ct)).ExcludeFromDescription();
        return app;
    }

    private static async Task<IResult> ServeAsync(Guid assetId, bool thumbnail, HttpContext http, FindActor actors, OpenMedia open, CancellationToken ct)
    {
        var actor = Guid.TryParse(http.User.FindFirstValue(ClaimTypes.NameIdentifier), out var person) ? await actors.RunAsync(person, "page", ct) : null;
        if (actor is null) return Results.Unauthorized();
        if (!(await open.RunAsync(actor, assetId, thumbnail, ct)).TryGet(out var media, out _)) return Results.NotFound();

        // Whatever was uploaded, the browser takes it for nothing but a picture or a video, and runs nothing in it.
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.ContentDisposition = new ContentDispositionHeaderValue("inline") { FileNameStar = media.FileName }.ToString();
        headers.CacheControl = "private, max-age=86400";
        return Results.Stream(media.Content, media.ContentType, entityTag: new EntityTagHeaderValue($"\"{media.Tag}\""), enableRangeProcessing: true);
    }
}
