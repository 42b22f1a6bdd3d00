using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>Meta's Graph API as it is on the wire: parameters in query or form, nested values as JSON text, cursors for pages.</summary>
internal sealed class MetaApi(ChannelParts parts) : PlatformChannel(Platform.Meta, parts)
{
    private const int MostPages = 500;

    public PlatformEndpoint Settings => Endpoint;

    /// <summary>An unsigned call to the token address.</summary>
    public Task<Result<JsonNode>> TokenAsync(string name, IEnumerable<(string Name, string Value)> query, CancellationToken ct) =>
        SendAsync(new(name, CallKind.Repeatable, null), _ => Task.FromResult(new HttpRequestMessage(HttpMethod.Get, Endpoint.Token + Query(query))), ct);

    public Task<Result<JsonNode>> GetAsync(PlatformAccess access, string path, IEnumerable<(string Name, string Value)> query, CancellationToken ct) =>
        SendAsync(new("GET " + NameOf(path), CallKind.Read, access.Account?.ExternalId), _ => Task.FromResult(Signed(access, HttpMethod.Get, path, query)), ct);

    /// <summary>The rest of a list of which an answer already held the first page.</summary>
    public async Task<Result<IReadOnlyList<JsonObject>>> RestAsync(PlatformAccess access, JsonNode? first, string path, IEnumerable<(string Name, string Value)> query, CancellationToken ct)
    {
        IReadOnlyList<JsonObject> rows = [.. (first?["data"] as JsonArray ?? []).OfType<JsonObject>()];
        if (first is null || NextCursor(first) is not { } after) return Result<IReadOnlyList<JsonObject>>.Of(rows);
        var rest = await ListAsync(access, path, [.. query, ("after", after)], ct);
        return rest.TryGet(out var more, out var refusal) ? Result<IReadOnlyList<JsonObject>>.Of([.. rows, .. more]) : Result<IReadOnlyList<JsonObject>>.Refused(refusal);
    }

    /// <summary>Everything on a list edge, page by page. What comes twice, because the list changed meanwhile, is taken as it came last.</summary>
    public async Task<Result<IReadOnlyList<JsonObject>>> ListAsync(PlatformAccess access, string path, IEnumerable<(string Name, string Value)> query, CancellationToken ct)
    {
        var found = new List<JsonObject>();
        var asked = query.ToList();
        // A query that begins in the middle of a list brings its cursor.
        var after = asked.Find(q => q.Name == "after").Value;
        asked.RemoveAll(q => q.Name == "after");
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await GetAsync(access, path, after is null ? asked : [.. asked, ("after", after)], ct);
            if (!answer.TryGet(out var body, out var refusal)) return Result<IReadOnlyList<JsonObject>>.Refused(refusal);
            found.AddRange((body["data"] as JsonArray ?? []).OfType<JsonObject>());
            after = NextCursor(body);
            if (after is null) break;
        }
        return after is null && found.Count > 1 && found[0].ContainsKey("id") ? [.. found.AsEnumerable().Reverse().DistinctBy(o => o["id"]?.ToString()).Reverse()] : found;
    }

    public Task<Result<JsonNode>> PostAsync(PlatformAccess access, string path, JsonObject parameters, CallKind kind, CancellationToken ct) => FormAsync(access, HttpMethod.Post, path, parameters, kind, true, ct);

    /// <summary>Takes something away, which may be repeated. The parameters may be too long for an address, so they go in the body.</summary>
    public Task<Result<JsonNode>> DeleteAsync(PlatformAccess access, string path, JsonObject parameters, CancellationToken ct) => FormAsync(access, HttpMethod.Delete, path, parameters, CallKind.Repeatable, true, ct);

    /// <summary>With a token that another app of Meta's gave out, so that our secret proves nothing about it.</summary>
    public Task<Result<JsonNode>> PostAsOtherAsync(PlatformAccess access, string path, JsonObject parameters, CallKind kind, CancellationToken ct) => FormAsync(access, HttpMethod.Post, path, parameters, kind, false, ct);

    private Task<Result<JsonNode>> FormAsync(PlatformAccess access, HttpMethod method, string path, JsonObject parameters, CallKind kind, bool proves, CancellationToken ct) =>
        SendAsync(new($"{method} {NameOf(path)}", kind, access.Account?.ExternalId), _ =>
        {
            var message = Signed(access, method, path, [], proves);
            if (parameters.Count > 0) message.Content = new FormUrlEncodedContent(parameters.Select(p => KeyValuePair.Create(p.Key, Text(p.Value))));
            return Task.FromResult(message);
        }, ct);

    /// <summary>Sends a file as one part of a form.</summary>
    public Task<Result<JsonNode>> UploadAsync(PlatformAccess access, string path, JsonObject parameters, string part, MediaFile file, CallKind kind, CancellationToken ct) =>
        SendAsync(new("POST " + NameOf(path), kind, access.Account?.ExternalId) { Timeout = TimeSpan.FromMinutes(5) }, _ =>
        {
            var message = Signed(access, HttpMethod.Post, path, []);
            var form = new MultipartFormDataContent();
            foreach (var (name, value) in parameters) form.Add(new StringContent(Text(value)), name);
            if (file.Content.CanSeek) file.Content.Position = 0;
            // The content would close the file with the first try; the caller owns it.
            var bytes = new StreamContent(new Unclosed(file.Content));
            bytes.Headers.ContentType = new MediaTypeHeaderValue(file.ContentType);
            form.Add(bytes, part, file.FileName);
            message.Content = form;
            return Task.FromResult(message);
        }, ct);

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public static string? NextCursor(JsonNode body) => body["paging"]?["next"] is null ? null : body["paging"]?["cursors"]?["after"]?.GetValue<string>();

    protected override Judgement Judge(int status, JsonNode? body, HttpResponseHeaders headers) => MetaErrors.Judge(status, body, Usage(headers).RegainedAt ?? RetryAfter(headers), Time.GetUtcNow());

    protected override void Learn(RateBudgets budgets, string? account, HttpResponseHeaders headers)
    {
        var (percent, regained) = Usage(headers);
        if (percent is { } used) budgets.Report(Platform.Meta, account, used, regained);
    }

    private (double? Percent, DateTimeOffset? RegainedAt) Usage(HttpResponseHeaders headers) => MetaUsage.Read(
        name => headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null, Time.GetUtcNow());

    private HttpRequestMessage Signed(PlatformAccess access, HttpMethod method, string path, IEnumerable<(string Name, string Value)> query, bool proves = true)
    {
        var endpoint = Endpoint;
        // Proves that whoever holds the token also holds the app's secret: a stolen token is worth nothing elsewhere.
        var proof = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(endpoint.ClientSecret), Encoding.UTF8.GetBytes(access.AccessToken)));
        var message = new HttpRequestMessage(method, $"{(path.EndsWith("/advideos", StringComparison.Ordinal) && method == HttpMethod.Post ? MetaFromMemory.VideoHost(endpoint.Api) : endpoint.Api)}/{path}{Query(proves ? [.. query, ("appsecret_proof", proof)] : query)}");
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access.AccessToken);
        return message;
    }

    /// <summary>As Meta takes parameters: texts plain, everything else as JSON.</summary>
    public static string Text(JsonNode? value) => value is JsonValue v && v.TryGetValue<string>(out var text) ? text : value?.ToJsonString(Relaxed) ?? "";

    public static string Query(IEnumerable<(string Name, string Value)> query) => "?" + string.Join('&', query.Select(p => $"{Uri.EscapeDataString(p.Name)}={Uri.EscapeDataString(p.Value)}"));

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string NameOf(string path) => string.Join('/', path.Split('/').Select(p => p.Any(char.IsDigit) ? "*" : p));

    /// <summary>A stream that its content may dispose of without closing it.</summary>
    private sealed class Unclosed(Stream inner) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => inner.CanSeek;
        public override bool CanWrite => false;
        public override long Length => inner.Length;
        public override long Position { get => inner.Position; set => inner.Position = value; }
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);
        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

/// <summary>Reads the headers in which Meta says how much of a limit is used.</summary>
internal static class MetaUsage
{
    public static (double? Percent, DateTimeOffset? RegainedAt) Read(Func<string, string?> header, DateTimeOffset now)
    {
        double? percent = null;
        double minutes = 0;
        if (Parse(header("X-Business-Use-Case-Usage")) is { } businesses)
            foreach (var use in businesses.SelectMany(b => b.Value as JsonArray ?? []).OfType<JsonObject>())
            {
                foreach (var name in (string[])["call_count", "total_cputime", "total_time"]) Raise(use[name]);
                minutes = Math.Max(minutes, Number(use["estimated_time_to_regain_access"]) ?? 0);
            }
        if (Parse(header("X-Ad-Account-Usage")) is { } account) Raise(account["acc_id_util_pct"]);
        if (Parse(header("X-FB-Ads-Insights-Throttle")) is { } insights) Raise(insights["acc_id_util_pct"]);
        if (Parse(header("X-App-Usage")) is { } app)
            foreach (var name in (string[])["call_count", "total_cputime", "total_time"]) Raise(app[name]);
        return (percent, minutes > 0 ? now.AddMinutes(minutes) : null);

        void Raise(JsonNode? value) => percent = Number(value) is { } n && n > (percent ?? -1) ? n : percent;
    }

    private static JsonObject? Parse(string? header)
    {
        if (header is null) return null;
        try { return JsonNode.Parse(header) as JsonObject; }
        catch (JsonException) { return null; }
    }

    private static double? Number(JsonNode? value) => double.TryParse(value?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
