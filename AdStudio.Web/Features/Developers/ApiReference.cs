using System.Net;
using AdStudio.Web.Api;

namespace AdStudio.Web.Features.Developers;

/// <summary>The browsable reference of a surface: its OpenAPI document in Swagger UI, all served from here.</summary>
public static class ApiReference
{
    public const string Path = "/developers/reference";

    public static string Of(string surface) => $"{Path}?surface={surface}";

    public static WebApplication MapReference(this WebApplication app)
    {
        app.MapGet(Path, (string? surface) => Results.Content(Page(ApiSurface.All.Any(s => s.Name == surface) ? surface! : ApiSurface.All[0].Name), "text/html; charset=utf-8")).RequireAuthorization().ExcludeFromDescription();
        return app;
    }

    private static string Page(string surface)
    {
        var links = string.Concat(ApiSurface.All.Select(s => $"<a href=\"{Of(s.Name)}\"{(s.Name == surface ? " aria-current=\"page\"" : "")}>{WebUtility.HtmlEncode(s.Title)}</a>"));
        return $$"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>API reference · AdStudio</title>
            <link rel="icon" type="image/svg+xml" href="/icons/studio.svg"><link rel="stylesheet" href="/css/tokens.css"><link rel="stylesheet" href="/lib/swagger-ui/swagger-ui.css"><link rel="stylesheet" href="/css/reference.css"></head>
            <body><header class="reference"><a href="{{App.Urls.Developers}}">AdStudio developers</a><nav aria-label="Surfaces">{{links}}</nav></header>
            <main id="reference" data-document="/openapi/{{surface}}.json"></main>
            <noscript><p>The reference needs JavaScript. The document itself is at <a href="/openapi/{{surface}}.json">/openapi/{{surface}}.json</a>.</p></noscript>
            <script src="/lib/swagger-ui/swagger-ui-bundle.js"></script><script src="/js/reference.js"></script></body></html>
            """;
    }
}
