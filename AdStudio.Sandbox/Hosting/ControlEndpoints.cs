using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AdStudio.Sandbox.Hosting;

/// <summary>The control panel as JSON, for tests and programs.</summary>
internal static class ControlEndpoints
{
    public sealed record ClockBody(DateTimeOffset? Now, double? AdvanceHours, double? AdvanceDays, bool? RealTime);
    public sealed record FaultBody(string? Platform, string? Operation, string? Fault, int? Times, int? RetryAfterSeconds, int? Seconds);
    public sealed record PlatformBody(string? Platform);
    public sealed record PolicyBody(string? Platform, string? Word, string? When, string? Reason);
    public sealed record StatusBody(string? Status);

    public static void Map(RouteGroupBuilder root)
    {
        var group = root.MapGroup("/control");
        group.MapGet("/clock", (SandboxControl control) => Clock(control));
        group.MapPost("/clock", (ClockBody body, SandboxControl control) =>
        {
            if (body.RealTime == true) control.Clock.FollowRealTime();
            if (body.Now is { } now) control.Clock.Set(now);
            if (body.AdvanceDays is { } days) control.Clock.Advance(TimeSpan.FromDays(days));
            if (body.AdvanceHours is { } hours) control.Clock.Advance(TimeSpan.FromHours(hours));
            return Clock(control);
        });

        group.MapGet("/faults", (SandboxControl control) => Results.Json(control.Faults.Armed().Select(Show)));
        group.MapPost("/faults", (FaultBody body, SandboxControl control) =>
        {
            if (Fault.KindOf(body.Fault) is not { } kind) return Results.BadRequest(new { error = "fault is one of " + string.Join(", ", Enum.GetValues<FaultKind>().Select(Fault.NameOf)) });
            if (!CallKinds.All.Contains(body.Operation ?? CallKinds.Any)) return Results.BadRequest(new { error = "operation is one of " + string.Join(", ", CallKinds.All) });
            if (body.Platform is not (null or "*") && control.Find(body.Platform) is null) return Results.BadRequest(new { error = $"platform is {string.Join(", ", control.Platforms.Select(p => p.Name))} or *" });
            return Results.Json(Show(control.Faults.Arm(body.Platform ?? "*", body.Operation ?? CallKinds.Any, kind, body.Times ?? 1, body.RetryAfterSeconds ?? 60, body.Seconds ?? 5)), statusCode: 201);
        });
        group.MapDelete("/faults", (SandboxControl control) =>
        {
            control.Faults.Clear();
            return Results.NoContent();
        });

        group.MapGet("/objects", (string? platform, SandboxControl control) => Results.Json(control.Objects(platform)));
        group.MapGet("/requests", (SandboxControl control) => Results.Json(control.Requests));
        group.MapGet("/accounts", (SandboxControl control) => Results.Json(control.Accounts()));
        group.MapPost("/accounts/{platform}/{id}", (string platform, string id, StatusBody body, SandboxControl control) =>
            control.SetAccountStatus(platform, id, body.Status ?? "") ? Results.NoContent() : Results.BadRequest(new { error = "There is no such account or status." }));
        group.MapPost("/tokens/expire", (PlatformBody body, SandboxControl control) => Results.Json(new { expired = control.ExpireTokens(body.Platform ?? "meta") }));
        group.MapPost("/tokens/revoke", (PlatformBody body, SandboxControl control) =>
        {
            control.RevokeGrants(body.Platform ?? "meta");
            return Results.NoContent();
        });
        group.MapGet("/policy", (SandboxControl control) => Results.Json(control.Policy.Rules()));
        group.MapPost("/policy", (PolicyBody body, SandboxControl control) =>
        {
            if (string.IsNullOrWhiteSpace(body.Word) || (body.When ?? "review") is not ("review" or "create")) return Results.BadRequest(new { error = "word is required; when is review or create" });
            control.Policy.Add(new PolicyRule(body.Platform ?? "*", body.Word, body.When ?? "review", body.Reason ?? "Prohibited content"));
            return Results.Json(control.Policy.Rules(), statusCode: 201);
        });
        group.MapDelete("/policy", (SandboxControl control) =>
        {
            control.Policy.Clear();
            return Results.NoContent();
        });
        group.MapPost("/reset", (SandboxControl control) =>
        {
            control.Reset();
            return Results.NoContent();
        });
    }

    private static IResult Clock(SandboxControl control) => Results.Json(new JsonObject
    {
        ["now"] = control.Now.ToString("O", CultureInfo.InvariantCulture), ["offsetSeconds"] = control.Clock.Offset.TotalSeconds,
    });

    private static object Show(Fault f) => new { f.Id, f.Platform, f.Operation, Fault = f.Name, f.Times, f.RetryAfterSeconds, f.Seconds };
}
