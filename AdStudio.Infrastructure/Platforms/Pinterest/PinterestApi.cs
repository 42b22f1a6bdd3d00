using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Pinterest;

/// <summary>Pinterest's API v5 as it is on the wire: JSON, bookmarks for pages, writes of campaigns, ad groups and ads as lists whose items answer for themselves.</summary>
internal sealed class PinterestApi(ChannelParts parts) : PlatformChannel(Platform.Pinterest, parts)
{
    private const int MostPages = 500, PageSize = 250;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public PlatformEndpoint Settings => Endpoint;

    /// <summary>A call to the token address; the app is named by HTTP Basic.</summary>
    public Task<Result<JsonNode>> TokenAsync(string name, CallKind kind, IEnumerable<KeyValuePair<string, string>> form, CancellationToken ct) => SendAsync(new(name, kind, null), _ =>
    {
        var endpoint = Endpoint;
        var message = new HttpRequestMessage(HttpMethod.Post, endpoint.Token) { Content = new FormUrlEncodedContent(form) };
        message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{endpoint.ClientId}:{endpoint.ClientSecret}")));
        return Task.FromResult(message);
    }, ct);

    public Task<Result<JsonNode>> GetAsync(PlatformAccess access, string path, IEnumerable<(string Name, string Value)> query, CancellationToken ct) =>
        SendAsync(Call(access, HttpMethod.Get, path, CallKind.Read), _ => Task.FromResult(Signed(access, HttpMethod.Get, path, query)), ct);

    /// <summary>Everything on a list, page by page.</summary>
    public async Task<Result<IReadOnlyList<JsonObject>>> ListAsync(PlatformAccess access, string path, IEnumerable<(string Name, string Value)> query, CancellationToken ct)
    {
        var found = new List<JsonObject>();
        var asked = query.Append(("page_size", PageSize.ToString(CultureInfo.InvariantCulture))).ToList();
        var bookmark = (string?)null;
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await GetAsync(access, path, bookmark is null ? asked : [.. asked, ("bookmark", bookmark)], ct);
            if (!answer.TryGet(out var body, out var refusal)) return Result<IReadOnlyList<JsonObject>>.Refused(refusal);
            found.AddRange((body["items"] as JsonArray ?? []).OfType<JsonObject>());
            bookmark = body["bookmark"]?.ToString();
            if (string.IsNullOrEmpty(bookmark)) break;
        }
        return found;
    }

    public Task<Result<JsonNode>> SendAsync(PlatformAccess access, HttpMethod method, string path, JsonNode body, CallKind kind, CancellationToken ct, IEnumerable<(string, string)>? query = null) =>
        SendAsync(Call(access, method, path, kind), _ =>
        {
            var message = Signed(access, method, path, query ?? []);
            message.Content = new StringContent(body.ToJsonString(Relaxed), Encoding.UTF8, "application/json");
            return Task.FromResult(message);
        }, ct);

    public Task<Result<JsonNode>> DeleteAsync(PlatformAccess access, string path, IEnumerable<(string Name, string Value)> query, CancellationToken ct) =>
        SendAsync(Call(access, HttpMethod.Delete, path, CallKind.Repeatable), _ => Task.FromResult(Signed(access, HttpMethod.Delete, path, query)), ct);

    /// <summary>Writes one campaign, ad group or ad. The list it goes in answers 200 whatever becomes of the item.</summary>
    public async Task<Result<JsonObject>> WriteAsync(PlatformAccess access, HttpMethod method, string path, JsonObject item, CallKind kind, CancellationToken ct)
    {
        var answer = await SendAsync(access, method, path, new JsonArray(item.DeepClone()), kind, ct);
        if (!answer.TryGet(out var body, out var refusal)) return Result<JsonObject>.Refused(refusal);
        var first = (body["items"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault();
        if (PinterestErrors.Exception(first?["exceptions"], Time.GetUtcNow()) is { } failure) return failure;
        return first?["data"] is JsonObject data && data["id"] is not null ? data
            : Fail(kind == CallKind.Create ? PlatformFailureKind.UnknownOutcome : PlatformFailureKind.Unavailable, "Pinterest answered without saying what became of it.");
    }

    /// <summary>Sends a file to the address that was given for it. What stands there is a storage of its own, which knows no token.</summary>
    public Task<Result<JsonNode>> UploadAsync(PlatformAccess access, Uri address, JsonObject parameters, MediaFile file, CancellationToken ct) =>
        SendAsync(new("POST upload", CallKind.Repeatable, Budget(access, "upload")) { Timeout = TimeSpan.FromMinutes(10) }, _ =>
        {
            var form = new MultipartFormDataContent();
            foreach (var (name, value) in parameters) form.Add(new StringContent(value?.ToString() ?? ""), name);
            if (file.Content.CanSeek) file.Content.Position = 0;
            // The content would close the file with the first try; the caller owns it.
            var bytes = new StreamContent(new KeptOpen(file.Content));
            bytes.Headers.ContentType = new MediaTypeHeaderValue(file.ContentType);
            form.Add(bytes, "file", file.FileName);
            return Task.FromResult(new HttpRequestMessage(HttpMethod.Post, address) { Content = form });
        }, ct);

    /// <summary>Fetches a finished report; its address is the permission.</summary>
    public Task<Result<JsonNode>> DownloadAsync(PlatformAccess access, Uri address, CancellationToken ct) =>
        SendAsync(new("GET report", CallKind.Read, Budget(access, "download")) { Timeout = TimeSpan.FromMinutes(2) }, _ => Task.FromResult(new HttpRequestMessage(HttpMethod.Get, address)), ct);

    public static string AccountOf(PlatformAccess access) => "ad_accounts/" + (access.Account?.ExternalId ?? throw new InvalidOperationException("This call needs an account."));

    protected override Judgement Judge(int status, JsonNode? body, HttpResponseHeaders headers) => PinterestErrors.Judge(status, body, RetryAfter(headers) ?? Reset(headers), Time.GetUtcNow());

    protected override void Learn(RateBudgets budgets, string? account, HttpResponseHeaders headers)
    {
        if (Number(headers, PinterestFromMemory.LimitHeader) is > 0 and { } limit && Number(headers, PinterestFromMemory.RemainingHeader) is { } left)
            budgets.Report(Platform.Pinterest, account, 100.0 * (limit - left) / limit, left == 0 ? Reset(headers) : null);
    }

    private DateTimeOffset? Reset(HttpResponseHeaders headers) => Number(headers, PinterestFromMemory.ResetHeader) is { } seconds ? Time.GetUtcNow().AddSeconds(seconds) : null;

    /// <summary>The number at the beginning: of "400, 400;w=60" it is 400.</summary>
    private static long? Number(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) && long.TryParse(values.First().Split(',', ';')[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static PlatformCall Call(PlatformAccess access, HttpMethod method, string path, CallKind kind) =>
        new($"{method.Method} {string.Join('/', path.Split('/').Select(p => p.Any(char.IsDigit) ? "*" : p))}", kind, Budget(access, PinterestErrors.Category(method, path)));

    /// <summary>Each category of calls has a limit of its own.</summary>
    private static string? Budget(PlatformAccess access, string category) => access.Account is { } account ? $"{account.ExternalId} {category}" : null;

    private HttpRequestMessage Signed(PlatformAccess access, HttpMethod method, string path, IEnumerable<(string Name, string Value)> query)
    {
        var asked = string.Join('&', query.Select(q => $"{Uri.EscapeDataString(q.Name)}={Uri.EscapeDataString(q.Value)}"));
        var message = new HttpRequestMessage(method, $"{Endpoint.Api}/{path}{(asked.Length > 0 ? "?" + asked : "")}");
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access.AccessToken);
        return message;
    }

    /// <summary>A stream that its content may dispose of without closing it.</summary>
    private sealed class KeptOpen(Stream inner) : Stream
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
