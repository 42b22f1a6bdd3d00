using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Faults;
using AdStudio.Sandbox.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace AdStudio.Sandbox.TikTok;

/// <summary>The Business API over HTTP: how its requests are read.</summary>
internal static class TikTokEndpoints
{
    private const long LargestUpload = 520L * 1024 * 1024;

    public static void Map(RouteGroupBuilder group, string root, TikTokApi api) => group.Map("/tiktok/open_api/v1.3/{**path}", async (HttpContext http, string? path, SandboxPipeline pipeline, SandboxOptions options) =>
    {
        var call = await ReadAsync(http, path ?? "", SandboxPipeline.Origin(http, options) + root);
        await pipeline.RunAsync(http, new PlatformCall("tiktok", TikTokApi.KindsOf(call), () => Reply(api.Answer(call)), fault => Reply(Refuse(fault))));
    });

    private static async Task<TikTokCall> ReadAsync(HttpContext http, string path, string origin)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = LargestUpload;
        var request = http.Request;
        var (parameters, files, readable) = (new JsonObject(), new Dictionary<string, (string, byte[])>(), true);
        foreach (var (name, values) in request.Query) parameters[name] = Value(values.ToString());
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = LargestUpload, BufferBodyLengthLimit = LargestUpload }, http.RequestAborted);
            foreach (var field in form) parameters[field.Key] = field.Value.ToString();
            foreach (var file in form.Files)
            {
                using var memory = new MemoryStream();
                await file.CopyToAsync(memory, http.RequestAborted);
                files[file.Name] = (file.FileName, memory.ToArray());
            }
        }
        else if (request.Method == "POST")
        {
            using var reader = new StreamReader(request.Body);
            var body = request.HasJsonContentType() ? Parse(await reader.ReadToEndAsync(http.RequestAborted)) as JsonObject : null;
            (parameters, readable) = (body ?? [], body is not null);
        }
        return new TikTokCall { Method = request.Method, Path = path, Params = parameters, Files = files, Token = request.Headers["Access-Token"].ToString(), Origin = origin, IsReadable = readable };
    }

    /// <summary>Lists and objects stand in a query as JSON.</summary>
    private static JsonNode Value(string text) => text is ['[' or '{', ..] && Parse(text) is { } node ? node : JsonValue.Create(text);

    private static JsonNode? Parse(string text)
    {
        try { return JsonNode.Parse(text); }
        catch (JsonException) { return null; }
    }

    private static TikTokReply Refuse(Fault fault) => fault.Kind switch
    {
        FaultKind.RateLimit => new(40100, "Requests made too frequently. Please try again later."),
        FaultKind.ExpiredToken => new(40102, "Access token has expired."),
        FaultKind.VersionRetired => new(40010, "This version of the API is no longer supported. Please use a newer one."),
        _ => new(50000, "System error. Please try again later."),
    };

    private static PlatformReply Reply(TikTokReply reply) => new(200, reply.ToJson(), new Dictionary<string, string>());
}
