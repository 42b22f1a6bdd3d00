using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Console;
using AdStudio.Sandbox.Faults;
using AdStudio.Sandbox.Meta;
using AdStudio.Sandbox.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace AdStudio.Sandbox.Hosting;

/// <summary>The Graph API over HTTP: how its requests are read and its headers written.</summary>
internal static class MetaEndpoints
{
    private const string Version = "v25.0";

    public static void Map(RouteGroupBuilder group, string root)
    {
        group.MapGet($"/meta/{Version}/dialog/oauth", (HttpContext http, MetaApi api) => MetaConsent.ShowAsync(http, api));
        group.MapPost($"/meta/{Version}/dialog/oauth", (HttpContext http, MetaApi api, SandboxStore store) => MetaConsent.DecideAsync(http, api, store));
        group.MapGet("/meta/images/{hash}", (string hash, SandboxStore store) => store.FindBlob("meta:" + hash) is { } image ? Results.Bytes(image.Bytes, image.Type) : Results.NotFound());
        group.Map($"/meta/{Version}/{{**path}}", async (HttpContext http, string? path, MetaApi api, SandboxPipeline pipeline, SandboxOptions options) =>
        {
            var call = await ReadAsync(http, path ?? "", SandboxPipeline.Origin(http, options) + root);
            await pipeline.RunAsync(http, new PlatformCall("meta", api.OperationsOf(call), () => Reply(api.Answer(call), call), fault => Refuse(fault, call))
            {
                StartDoomed = fault =>
                {
                    call.Doom = fault.Kind;
                    return Reply(api.Answer(call), call);
                },
            });
        });
    }

    private static async Task<MetaCall> ReadAsync(HttpContext http, string path, string origin)
    {
        // Videos come whole: the platform takes far more than Kestrel does by itself.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = 300L * 1024 * 1024;
        var request = http.Request;
        var parameters = request.Query.ToDictionary(q => q.Key, q => q.Value.ToString());
        var files = new List<MetaFile>();
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = 300L * 1024 * 1024, ValueLengthLimit = 60 * 1024 * 1024, BufferBodyLengthLimit = 400L * 1024 * 1024 }, http.RequestAborted);
            foreach (var field in form) parameters[field.Key] = field.Value.ToString();
            foreach (var file in form.Files)
            {
                using var memory = new MemoryStream();
                await file.CopyToAsync(memory, http.RequestAborted);
                files.Add(new MetaFile(file.Name, file.FileName, memory.ToArray()));
            }
        }
        else if (request.HasJsonContentType() && request.ContentLength is not 0)
        {
            using var reader = new StreamReader(request.Body);
            if (MetaCall.Parse(await reader.ReadToEndAsync(http.RequestAborted)) is JsonObject body)
                foreach (var (name, value) in body)
                    if (value is not null) parameters[name] = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
        }
        var authorization = request.Headers.Authorization.ToString();
        var bearer = authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization[7..].Trim() : null;
        parameters.Remove("access_token", out var token);
        var method = parameters.Remove("method", out var other) ? other.ToUpperInvariant() : request.Method;
        return new MetaCall
        {
            Method = method, Path = path.Split('/', StringSplitOptions.RemoveEmptyEntries), Params = parameters, Files = files, BaseUrl = $"{origin}/meta/{Version}",
            Token = token ?? bearer, TokenInParams = token is not null,
        };
    }

    private static PlatformReply Reply(MetaReply reply, MetaCall call) => new(reply.Status, reply.Body, Usage(call, 4, 0));

    private static PlatformReply Refuse(Fault fault, MetaCall call)
    {
        var error = fault.Kind switch
        {
            FaultKind.RateLimit => MetaError.RateLimited(),
            FaultKind.ExpiredToken => MetaError.Expired(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch),
            FaultKind.VersionRetired => MetaError.OldVersion(),
            _ => MetaError.Unknown(),
        };
        return new PlatformReply(error.Status, error.ToJson(), Usage(call, fault.Kind == FaultKind.RateLimit ? 100 : 4, fault.Kind == FaultKind.RateLimit ? fault.RetryAfterSeconds : 0));
    }

    /// <summary>How much of the allowance is used: percentages, seconds until the account's is back, minutes until the business's is.</summary>
    private static Dictionary<string, string> Usage(MetaCall call, int percent, int retryAfterSeconds)
    {
        var headers = new Dictionary<string, string>
        {
            ["X-App-Usage"] = $$"""{"call_count":{{percent}},"total_cputime":{{percent}},"total_time":{{percent}}}""",
            ["facebook-api-version"] = Version,
        };
        var account = call.Path.Length > 0 && call.Path[0].StartsWith("act_", StringComparison.Ordinal) ? call.Path[0][4..] : null;
        if (account is null && retryAfterSeconds == 0) return headers;
        headers["X-Ad-Account-Usage"] = string.Create(CultureInfo.InvariantCulture, $$"""{"acc_id_util_pct":{{percent}}.0,"reset_time_duration":{{retryAfterSeconds}},"ads_api_access_tier":"standard_access"}""");
        headers["X-Business-Use-Case-Usage"] = string.Create(CultureInfo.InvariantCulture, $$"""{"{{account ?? "700100200300400"}}":[{"type":"ads_management","call_count":{{percent}},"total_cputime":{{percent}},"total_time":{{percent}},"estimated_time_to_regain_access":{{(retryAfterSeconds + 59) / 60}},"ads_api_access_tier":"standard_access"}]}""");
        return headers;
    }
}
