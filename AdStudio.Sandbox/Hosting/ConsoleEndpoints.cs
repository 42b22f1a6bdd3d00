using AdStudio.Sandbox.Console;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AdStudio.Sandbox.Hosting;

/// <summary>The console: a page of plain forms that post back to it.</summary>
internal static class ConsoleEndpoints
{
    public static void Map(RouteGroupBuilder group, string root)
    {
        group.MapGet("/console.css", () => Results.Stream(typeof(ConsoleEndpoints).Assembly.GetManifestResourceStream("console/console.css")!, "text/css; charset=utf-8"));
        group.MapGet("", (HttpContext http, SandboxControl control) => ConsolePage.Show(http.Request.PathBase + root, control, http.Request.Query["said"], http.Request.Query["on"]));
        group.MapPost("/do/{action}", (string action, HttpContext http, SandboxControl control) => ConsolePage.DoAsync(http.Request.PathBase + root, action, http, control));
    }
}
