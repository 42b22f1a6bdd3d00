using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.TikTok;

/// <summary>TikTok's Business API as it is on the wire: an Access-Token header, JSON bodies, JSON text for lists in queries, a slash at the end of every path. Answers come without their envelope.</summary>
internal sealed class TikTokApi(ChannelParts parts) : PlatformChannel(Platform.TikTok, parts)
{
    private const int MostPages = 1000;
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public PlatformEndpoint Settings => Endpoint;
    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>An unsigned call to the token address. oauth2/access_token/: a code counts once, so it is not repeated.</summary>
    public Task<Result<JsonNode>> TokenAsync(JsonObject body, CancellationToken ct) =>
        DataAsync(SendAsync(new("POST oauth2/access_token", CallKind.Repeatable, null), _ => Task.FromResult(new HttpRequestMessage(HttpMethod.Post, Endpoint.Token.TrimEnd('/') + "/") { Content = Json(body) }), ct));

    public Task<Result<JsonNode>> GetAsync(PlatformAccess access, string path, JsonObject query, CancellationToken ct) =>
        DataAsync(SendAsync(Call("GET", path, CallKind.Read, access), _ => Task.FromResult(Signed(access, HttpMethod.Get, path + Query(query))), ct));

    public Task<Result<JsonNode>> PostAsync(PlatformAccess access, string path, JsonObject body, CallKind kind, CancellationToken ct) => DataAsync(SendAsync(Call("POST", path, kind, access), _ =>
    {
        var message = Signed(access, HttpMethod.Post, path);
        message.Content = Json(body);
        return Task.FromResult(message);
    }, ct));

    /// <summary>Everything of a list, page by page, of pages with <paramref name="size"/> rows.</summary>
    public async Task<Result<IReadOnlyList<JsonObject>>> ListAsync(PlatformAccess access, string path, JsonObject query, CancellationToken ct, string list = "list", int size = 1000)
    {
        var found = new List<JsonObject>();
        for (var page = 1; page <= MostPages; page++)
        {
            var asked = (JsonObject)query.DeepClone();
            (asked["page"], asked["page_size"]) = (page, size);
            if (!(await GetAsync(access, path, asked, ct)).TryGet(out var data, out var refusal)) return Result<IReadOnlyList<JsonObject>>.Refused(refusal);
            found.AddRange((data[list] as JsonArray ?? []).OfType<JsonObject>());
            if (page >= Whole(data["page_info"]?["total_page"])) break;
        }
        return found;
    }

    /// <summary>Sends a file with its MD5 as a form.</summary>
    public async Task<Result<JsonNode>> UploadAsync(PlatformAccess access, string path, JsonObject fields, string part, string signature, Stream content, string type, string fileName, CallKind kind, CancellationToken ct)
    {
        content.Position = 0;
#pragma warning disable CA5351 // TikTok checks uploads by their MD5.
        var md5 = Convert.ToHexStringLower(await MD5.HashDataAsync(content, ct));
#pragma warning restore CA5351
        return await DataAsync(SendAsync(Call("POST", path, kind, access) with { Timeout = TimeSpan.FromMinutes(5) }, _ =>
        {
            content.Position = 0;
            var message = Signed(access, HttpMethod.Post, path);
            var form = new MultipartFormDataContent();
            foreach (var (name, value) in fields) form.Add(new StringContent(Text(value)), name);
            form.Add(new StringContent(md5), signature);
            var bytes = new StreamContent(new BorrowedStream(content));
            bytes.Headers.ContentType = new MediaTypeHeaderValue(type);
            form.Add(bytes, part, fileName);
            message.Content = form;
            return Task.FromResult(message);
        }, ct));
    }

    /// <summary>A form without a file: what TikTok is to fetch itself.</summary>
    public Task<Result<JsonNode>> FormAsync(PlatformAccess access, string path, JsonObject fields, CallKind kind, CancellationToken ct) => DataAsync(SendAsync(Call("POST", path, kind, access), _ =>
    {
        var message = Signed(access, HttpMethod.Post, path);
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(Text(value)), name);
        message.Content = form;
        return Task.FromResult(message);
    }, ct));

    /// <summary>The lines of a finished report. Its address is signed by itself, so no token goes there.</summary>
    public Task<Result<JsonNode>> DownloadAsync(PlatformAccess access, Uri address, CancellationToken ct) =>
        SendAsync(new("GET report file", CallKind.Read, access.Account?.ExternalId) { IsText = true, Timeout = TimeSpan.FromMinutes(2) }, _ => Task.FromResult(new HttpRequestMessage(HttpMethod.Get, address)), ct);

    protected override bool Refuses(int status, JsonNode? body) => TikTokErrors.Refuses(status, body);

    protected override Judgement Judge(int status, JsonNode? body, HttpResponseHeaders headers) => TikTokErrors.Judge(status, body, RetryAfter(headers), Time.GetUtcNow());

    public static string AccountOf(PlatformAccess access) => access.Account?.ExternalId ?? throw new InvalidOperationException("This needs an account.");

    public static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);

    public static long Whole(JsonNode? value) => long.TryParse(value?.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>Amounts are units of the currency, as numbers or texts.</summary>
    public static long Micros(JsonNode? value) =>
        decimal.TryParse(value?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var units) ? decimal.ToInt64(decimal.Round(units * Money.MicrosPerUnit)) : 0;

    public static PlatformFailure Odd(string what) => new(Platform.TikTok, PlatformFailureKind.UnknownOutcome, $"TikTok answered without {what}.");

    private static PlatformCall Call(string method, string path, CallKind kind, PlatformAccess access) => new($"{method} {path.TrimEnd('/')}", kind, access.Account?.ExternalId);

    private HttpRequestMessage Signed(PlatformAccess access, HttpMethod method, string path)
    {
        var message = new HttpRequestMessage(method, $"{Endpoint.Api}/{path}");
        message.Headers.Add("Access-Token", access.AccessToken);
        return message;
    }

    private static async Task<Result<JsonNode>> DataAsync(Task<Result<JsonNode>> answer) =>
        (await answer).TryGet(out var body, out var refusal) ? Result<JsonNode>.Of(body["data"] ?? new JsonObject()) : Result<JsonNode>.Refused(refusal);

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(Relaxed), Encoding.UTF8, "application/json");

    /// <summary>Texts plain, everything else as JSON.</summary>
    private static string Text(JsonNode? value) => value is JsonValue v && v.TryGetValue<string>(out var text) ? text : value?.ToJsonString(Relaxed) ?? "";

    public static string Query(JsonObject query) => "?" + string.Join('&', query.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(Text(p.Value))}"));
}
