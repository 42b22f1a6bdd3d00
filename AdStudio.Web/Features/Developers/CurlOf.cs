using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using AdStudio.Web.Api;
using AdStudio.Web.Api.Documents;
using Microsoft.OpenApi;

namespace AdStudio.Web.Features.Developers;

/// <summary>A call as a line for a terminal, made from the OpenAPI document: its address, what its surface wants to know of the caller, and the body's example.</summary>
internal static partial class CurlOf
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <param name="valueOf">What to put for a place of the address or a value of the query; null for the document's examples.</param>
    public static string Line(ApiCall call, Uri root, Func<string, string>? valueOf = null)
    {
        var parameters = call.Operation.Parameters ?? [];
        string ValueOf(string name) => Uri.EscapeDataString(valueOf?.Invoke(name) ?? parameters.FirstOrDefault(p => p.Name == name)?.Example?.ToString() ?? "…");
        var path = Place().Replace(call.Path, p => ValueOf(p.Groups[1].Value));
        var asked = parameters.Where(p => p is { In: ParameterLocation.Query, Required: true }).Select(p => $"{p.Name}={ValueOf(p.Name!)}").ToList();
        var address = root.ToString().TrimEnd('/') + path + (asked.Count == 0 ? "" : "?" + string.Join('&', asked));
        List<string> parts = [(call.Method == "GET" ? "curl " : $"curl -X {call.Method} ") + $"\"{address}\"", .. Headers(call).Select(h => $"-H \"{h}\"")];
        if (call.Operation.RequestBody?.Content.Json()?.Example is { } body)
        {
            parts.Add("-H \"Content-Type: application/json\"");
            parts.Add($"-d '{Quoted(body.ToJsonString(Plain))}'");
        }
        return string.Join(" \\\n  ", parts);
    }

    private static IEnumerable<string> Headers(ApiCall call)
    {
        // By the key alone a user's tokens are got; what is refreshed goes along as Bearer.
        var keyAlone = call.Operation.Security is { Count: > 0 };
        if (keyAlone && call.Path.EndsWith("/refresh-token", StringComparison.Ordinal)) return ["x-api-key: $KEY", "Authorization: Bearer $REFRESH"];
        return call.Surface.SignIn switch
        {
            SignIn.BearerKey => ["Authorization: Bearer $KEY"],
            SignIn.KeyAndToken when !keyAlone => ["x-api-key: $KEY", "Authorization: Bearer $TOKEN"],
            _ => ["x-api-key: $KEY"],
        };
    }

    // Inside single quotes a shell leaves everything as it is but the quote itself.
    private static string Quoted(string text) => text.Replace("'", "'\"'\"'", StringComparison.Ordinal);

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Place();
}
