using System.Net;
using AdStudio.Web.Api;
using AdStudio.Web.Hosting;

namespace AdStudio.Web.Features.Developers;

/// <summary>The reference's addresses, and the page beside it on which calls are tried: the OpenAPI document in Swagger UI, all served from here.</summary>
public static class ApiReference
{
    public const string Path = "/developers/reference";

    public const string TryPath = "/developers/try";

    public static string Of(string surface) => $"{Path}?surface={surface}";

    /// <summary>Where calls of a surface are tried; opened at one of them if it is named.</summary>
    public static string Try(ApiSurface surface, ApiCall? call = null) => $"{TryPath}?surface={surface.Name}{(call is null ? "" : $"#/{Uri.EscapeDataString(call.Tag)}/{call.Id}")}";

    public static WebApplication MapReference(this WebApplication app)
    {
        app.MapGet(TryPath, (string? surface, IConfiguration configuration) => Results.Content(Page(ApiSurface.All.Any(s => s.Name == surface) ? surface! : ApiSurface.All[0].Name, configuration.IsSandbox()), "text/html; charset=utf-8")).RequireAuthorization().ExcludeFromDescription();
        return app;
    }

    /// <summary>What a call that is tried does, in this environment.</summary>
    public static string Where(bool sandbox) => sandbox ? "Calls run against this sandbox: nothing here spends money." : "Calls run against the live platforms, and a live key spends real money.";

    private static string Page(string surface, bool sandbox)
    {
        var links = string.Concat(ApiSurface.All.Select(s => $"<a href=\"{Try(s)}\"{(s.Name == surface ? " aria-current=\"page\"" : "")}>{WebUtility.HtmlEncode(s.Title)}</a>"));
        return $$"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Try the API · AdStudio</title>
            <link rel="icon" type="image/svg+xml" href="/icons/studio.svg"><link rel="stylesheet" href="/css/tokens.css"><link rel="stylesheet" href="/lib/swagger-ui/swagger-ui.css"><link rel="stylesheet" href="/css/reference.css"></head>
            <body><header class="reference"><a href="{{Of(surface)}}">API reference</a><nav aria-label="Surfaces">{{links}}</nav><p>{{Where(sandbox)}}</p></header>
            <main id="reference" data-document="/openapi/{{surface}}.json"></main>
            <noscript><p>The reference needs JavaScript. The document itself is at <a href="/openapi/{{surface}}.json">/openapi/{{surface}}.json</a>.</p></noscript>
            <script src="/lib/swagger-ui/swagger-ui-bundle.js"></script><script src="/js/reference.js"></script></body></html>
            """;
    }
}
