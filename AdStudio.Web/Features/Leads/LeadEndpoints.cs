using System.Text;
using AdStudio.Core.Leads;
using AdStudio.Core.Platforms;

namespace AdStudio.Web.Features.Leads;

public static class LeadEndpoints
{
    private const int MostBytes = 256 * 1024;

    /// <summary>Where platforms call when a lead has come in: https://…/webhooks/meta.</summary>
    public static WebApplication MapLeads(this WebApplication app)
    {
        var group = app.MapGroup("/webhooks").AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        group.MapGet("/{platform}", (string platform, HttpRequest request, PlatformSet platforms) =>
            PlatformNames.TryParse(platform, out var named) && platforms.Find<ITellsOfLeads>(named)?.AnswerChallenge(request.Query.ToDictionary(q => q.Key, q => q.Value.ToString())) is { } answer
                ? Results.Text(answer) : Results.StatusCode(StatusCodes.Status403Forbidden));
        group.MapPost("/{platform}", TakeAsync);
        app.MapGet(LeadCsv.Path, LeadCsv.AnswerAsync).RequireAuthorization().ExcludeFromDescription();
        return app;
    }

    private static async Task<IResult> TakeAsync(string platform, HttpRequest request, PlatformSet platforms, ReceiveLead receive, CancellationToken ct)
    {
        if (!PlatformNames.TryParse(platform, out var named) || platforms.Find<ITellsOfLeads>(named) is not { } tells) return Results.NotFound();
        if (request.ContentLength > MostBytes) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(ct);
        if (body.Length > MostBytes) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        if (tells.Read(body, request.Headers["X-Hub-Signature-256"]) is not { } notices) return Results.StatusCode(StatusCodes.Status403Forbidden);

        // One that can't be had now makes the platform send the call again; what is there already is not taken twice.
        var all = true;
        foreach (var notice in notices) all &= (await receive.RunAsync(notice, ct)).IsDone;
        return all ? Results.Ok() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }
}
