using System.Collections.Concurrent;
using AdStudio.Core.Platforms;

namespace AdStudio.Tests.Platforms.Conformance;

/// <summary>A request as an adapter sent it, with what came back.</summary>
/// <param name="Path">Below the platform's base address, or after a "~" where it lies outside of it.</param>
internal sealed record RecordedCall(Platform Platform, string Method, string Path, IReadOnlyList<KeyValuePair<string, string>> Query, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Names and texts of a form; null when it was none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Form { get; init; }

    /// <summary>Names of the form's parts that are files.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Empty for a form.</summary>
    public string Body { get; init; } = "";
    public bool IsBinary { get; init; }
    public int Status { get; init; }
    public string Answer { get; init; } = "";

    /// <summary>A path with a star for every part that looks like an id.</summary>
    public static string Plain(string path) => string.Join('/', path.Split('/').Select(part => part.Count(char.IsDigit) > 3 ? "*" : part));
}

/// <summary>Writes down every call of the adapters, in the order of their answers.</summary>
internal sealed class RecordedCalls
{
    private readonly ConcurrentQueue<RecordedCall> calls = new();

    public IReadOnlyList<RecordedCall> Of(Platform platform) => [.. calls.Where(c => c.Platform == platform)];

    /// <param name="root">The platform's whole address in the sandbox; <paramref name="api"/> its base address.</param>
    public DelegatingHandler Handler(Platform platform, string root, string api) => new Recorder(calls, platform, root, api);

    private sealed class Recorder(ConcurrentQueue<RecordedCall> calls, Platform platform, string root, string api) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var call = await ReadAsync(request, cancellationToken);
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            calls.Enqueue(call with { Status = (int)response.StatusCode, Answer = await response.Content.ReadAsStringAsync(cancellationToken) });
            return response;
        }

        private async Task<RecordedCall> ReadAsync(HttpRequestMessage request, CancellationToken ct)
        {
            var address = request.RequestUri!.GetLeftPart(UriPartial.Path);
            var path = address.StartsWith(api + "/", StringComparison.Ordinal) ? address[api.Length..] : address.StartsWith(root + "/", StringComparison.Ordinal) ? "~" + address[root.Length..] : "~" + request.RequestUri.AbsolutePath;
            var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? []).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
            var call = new RecordedCall(platform, request.Method.Method, Uri.UnescapeDataString(path), Pairs(request.RequestUri.Query.TrimStart('?')), headers);
            return request.Content switch
            {
                null => call,
                MultipartFormDataContent parts => call with
                {
                    Form = [.. await Task.WhenAll(parts.Where(p => !IsFile(p)).Select(async p => KeyValuePair.Create(NameOf(p), await p.ReadAsStringAsync(ct))))], Files = [.. parts.Where(IsFile).Select(NameOf)],
                },
                FormUrlEncodedContent form => call with { Form = Pairs(await form.ReadAsStringAsync(ct)) },
                { Headers.ContentType.MediaType: "application/json" } json => call with { Body = await json.ReadAsStringAsync(ct) },
                _ => call with { Body = "(bytes)", IsBinary = true },
            };
        }

        private static bool IsFile(HttpContent part) => part.Headers.ContentDisposition?.FileName is not null;
        private static string NameOf(HttpContent part) => part.Headers.ContentDisposition?.Name?.Trim('"') ?? "";

        private static List<KeyValuePair<string, string>> Pairs(string text) => [.. text.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Select(p => KeyValuePair.Create(Plain(p[0]), p.Length > 1 ? Plain(p[1]) : ""))];
        private static string Plain(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
    }
}
