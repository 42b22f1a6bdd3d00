using System.Security.Claims;
using AdStudio.Core.Accounts;
using AdStudio.Core.Connections;
using AdStudio.Core.Platforms;

namespace AdStudio.Web.Features.Connections;

public static class ConnectionEndpoints
{
    /// <summary>Where platforms send the browser back after consent; TikTok calls the code auth_code.</summary>
    public static WebApplication MapConnections(this WebApplication app)
    {
        app.MapGet("/connections/callback/{platform}", FinishAsync).ExcludeFromDescription();
        return app;
    }

    private static async Task<IResult> FinishAsync(string platform, string? state, string? code, string? auth_code, string? error, string? error_description, HttpContext http, FindActor actors, FinishConnection finish, FinishProgramConnection finishForProgram, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!PlatformNames.TryParse(platform, out var named)) return Results.NotFound();

        var answer = new ConnectionAnswer(named, state, code ?? auth_code, error, error_description);
        if (await finishForProgram.RunAsync(answer, ct) is { } back) return Results.Redirect(back.ReturnUrl);

        // Whoever was signed out meanwhile starts again: the code must not be carried along through the sign-in page.
        var actor = Guid.TryParse(http.User.FindFirstValue(ClaimTypes.NameIdentifier), out var person) ? await actors.RunAsync(person, "page", ct) : null;
        if (actor is null) return Results.LocalRedirect("/connections?err=signed_out");

        var finished = await finish.RunAsync(actor, answer, ct);
        return Results.Redirect(finished.ReturnUrl);
    }
}
