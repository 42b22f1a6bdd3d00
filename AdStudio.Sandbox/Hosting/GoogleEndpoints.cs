using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Console;
using AdStudio.Sandbox.Faults;
using AdStudio.Sandbox.Google;
using AdStudio.Sandbox.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace AdStudio.Sandbox.Hosting;

/// <summary>The Google Ads API over HTTP, and Google's OAuth endpoints.</summary>
internal static class GoogleEndpoints
{
    public static void Map(RouteGroupBuilder group, string root)
    {
        group.MapGet("/google/o/oauth2/v2/auth", (HttpContext http, GoogleApi api) => GoogleConsent.ShowAsync(http, api));
        group.MapPost("/google/o/oauth2/v2/auth", (HttpContext http, GoogleApi api, SandboxStore store) => GoogleConsent.DecideAsync(http, api, store));
        group.MapPost("/google/token", async (HttpContext http, GoogleApi api, SandboxPipeline pipeline) =>
        {
            var form = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync(http.RequestAborted)).ToDictionary(f => f.Key, f => f.Value.ToString()) : [];
            await pipeline.RunAsync(http, new PlatformCall("google", [CallKinds.Token], () => Reply(api.Tokens.Exchange(form)), RefuseToken));
        });
        group.MapPost("/google/revoke", async (HttpContext http, GoogleApi api, SandboxPipeline pipeline) =>
        {
            var token = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync(http.RequestAborted))["token"].ToString() : http.Request.Query["token"].ToString();
            await pipeline.RunAsync(http, new PlatformCall("google", [CallKinds.Token], () => Reply(api.Tokens.Revoke(token)), RefuseToken));
        });
        group.MapGet("/google/images/{id}", (string id, SandboxStore store) => store.FindBlob("google:" + id) is { } image ? Results.Bytes(image.Bytes, image.Type) : Results.NotFound());
        group.Map("/google/v25/{**path}", async (HttpContext http, string? path, GoogleApi api, SandboxPipeline pipeline, SandboxOptions options) =>
        {
            var call = await ReadAsync(http, path ?? "", $"{SandboxPipeline.Origin(http, options)}{root}/google");
            await pipeline.RunAsync(http, new PlatformCall("google", api.OperationsOf(call), () => Reply(api.Answer(call)), fault => Refuse(fault, call)));
        });
        group.Map("/google/v{version:int}/{**path}", async (HttpContext http, SandboxPipeline pipeline) =>
            await pipeline.RunAsync(http, new PlatformCall("google", [], () => Reply(GoogleError.Retired()), _ => Reply(GoogleError.Retired()))));
    }

    private static async Task<GoogleCall> ReadAsync(HttpContext http, string path, string baseUrl)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = 80L * 1024 * 1024;
        var request = http.Request;
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(http.RequestAborted);
        var authorization = request.Headers.Authorization.ToString();
        var (body, bad) = Parse(text);
        return new GoogleCall
        {
            Method = request.Method, Path = path, BaseUrl = baseUrl, Body = body, BadBody = bad,
            Token = authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization[7..].Trim() : null,
            LoginCustomerId = request.Headers["login-customer-id"].ToString(),
        };
    }

    private static (JsonObject? Body, bool Bad) Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return (null, false);
        try
        {
            return JsonNode.Parse(text) is JsonObject body ? (body, false) : (null, true);
        }
        catch (JsonException)
        {
            return (null, true);
        }
    }

    private static PlatformReply Reply(GoogleReply reply) => new(reply.Status, reply.Body, Headers());

    private static PlatformReply Refuse(Fault fault, GoogleCall call)
    {
        GoogleReply reply = fault.Kind switch { FaultKind.RateLimit => GoogleError.RateLimited(fault.RetryAfterSeconds), FaultKind.ExpiredToken => GoogleError.ExpiredToken(), FaultKind.VersionRetired => GoogleError.Retired(), _ => GoogleError.Internal() };
        return Reply(call.Path.EndsWith(":searchStream", StringComparison.Ordinal) ? new GoogleReply(reply.Status, new JsonArray(reply.Body)) : reply);
    }

    private static PlatformReply RefuseToken(Fault fault) => fault.Kind switch
    {
        FaultKind.RateLimit => new(429, new JsonObject { ["error"] = "rate_limit_exceeded", ["error_description"] = "Rate Limit Exceeded" }, new Dictionary<string, string> { ["Retry-After"] = fault.RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture) }),
        FaultKind.ExpiredToken => new(400, new JsonObject { ["error"] = "invalid_grant", ["error_description"] = "Token has been expired or revoked." }, Headers()),
        _ => new(500, new JsonObject { ["error"] = "internal_failure", ["error_description"] = "Backend Error" }, Headers()),
    };

    private static Dictionary<string, string> Headers() => new() { ["request-id"] = GoogleFailure.RequestId(), ["Server"] = "ESF" };
}
