using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AdStudio.Sandbox.Snapchat;

/// <summary>One request, read.</summary>
public sealed record SnapchatCall(string Method, string[] Path, IReadOnlyDictionary<string, string> Query, string Origin)
{
    private const long LargestFile = 40L * 1024 * 1024;

    public string? Token { get; init; }

    /// <summary>Null when there is none; <see cref="IsGarbled"/> when there is one that is no JSON object.</summary>
    public JsonObject? Body { get; init; }
    public bool IsGarbled { get; init; }
    public IReadOnlyDictionary<string, string> Form { get; init; } = new Dictionary<string, string>();

    /// <summary>The part "file" of a form.</summary>
    public byte[]? File { get; init; }
    public string FileName { get; init; } = "";

    /// <summary>How the report that this begins goes wrong; null when it doesn't.</summary>
    public string? Doom { get; init; }

    /// <summary>Of what the person may do; filled in once the token was checked.</summary>
    public OAuthGrant? Grant { get; init; }

    public static async Task<SnapchatCall> ReadAsync(HttpContext http, string path, string origin)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = LargestFile;
        var request = http.Request;
        var authorization = request.Headers.Authorization.ToString();
        var call = new SnapchatCall(request.Method, path.Split('/', StringSplitOptions.RemoveEmptyEntries), request.Query.ToDictionary(q => q.Key, q => q.Value.ToString()), origin)
        {
            Token = authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization[7..].Trim() : null,
        };
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = LargestFile, BufferBodyLengthLimit = LargestFile }, http.RequestAborted);
            using var memory = new MemoryStream();
            if (form.Files.GetFile("file") is not { } file) return call with { Form = form.ToDictionary(f => f.Key, f => f.Value.ToString()) };
            await file.CopyToAsync(memory, http.RequestAborted);
            return call with { Form = form.ToDictionary(f => f.Key, f => f.Value.ToString()), File = memory.ToArray(), FileName = file.FileName };
        }
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(http.RequestAborted);
        if (string.IsNullOrWhiteSpace(text)) return call;
        try { return JsonNode.Parse(text) is JsonObject body ? call with { Body = body } : call with { IsGarbled = true }; }
        catch (JsonException) { return call with { IsGarbled = true }; }
    }
}
