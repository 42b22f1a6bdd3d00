using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.LinkedIn;

/// <summary>LinkedIn's versioned Rest.li as it is on the wire: ids of what was made in a header, changes as patches, pages by token or by start and count.</summary>
internal sealed class LinkedInApi(ChannelParts parts) : PlatformChannel(Platform.LinkedIn, parts)
{
    private const int MostPages = 500, PageSize = 100;

    /// <summary>Where the answers of this class carry what LinkedIn said in headers: the id of what was made, and the mark of an uploaded part.</summary>
    public const string MadeId = "x-restli-id", ETag = "etag";

    public PlatformEndpoint Settings => Endpoint;

    /// <summary>An unsigned form for the OAuth addresses.</summary>
    public Task<Result<JsonNode>> FormAsync(string name, CallKind kind, string address, IEnumerable<(string Name, string Value)> form, CancellationToken ct)
    {
        var fields = form.Select(f => KeyValuePair.Create(f.Name, f.Value)).ToList();
        return SendAsync(new(name, kind, null), _ => Task.FromResult(new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(fields) }), ct);
    }

    /// <param name="query">Values as <see cref="Restli"/> writes them.</param>
    /// <param name="method">Some resources want Rest.li's method named in a header: "FINDER", "BATCH_GET".</param>
    public Task<Result<JsonNode>> GetAsync(PlatformAccess access, string path, IEnumerable<(string Name, string Value)> query, CancellationToken ct, string? method = null)
    {
        var address = path + Query(query);
        return SendAsync(new("GET " + NameOf(path), CallKind.Read, access.Account?.ExternalId), _ => Task.FromResult(Signed(access, HttpMethod.Get, address, null, method)), ct);
    }

    /// <summary>All elements of a finder that pages by token.</summary>
    public async Task<Result<IReadOnlyList<JsonObject>>> SearchAsync(PlatformAccess access, string path, IEnumerable<(string Name, string Value)> query, CancellationToken ct, bool isFinder = false)
    {
        var found = new List<JsonObject>();
        var asked = query.Append(("pageSize", PageSize.ToString(System.Globalization.CultureInfo.InvariantCulture))).ToList();
        var next = (string?)null;
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await GetAsync(access, path, next is null ? asked : [.. asked, ("pageToken", Restli.Text(next))], ct, isFinder ? "FINDER" : null);
            if (!answer.TryGet(out var body, out var refusal)) return Result<IReadOnlyList<JsonObject>>.Refused(refusal);
            found.AddRange(Elements(body));
            next = body["metadata"]?["nextPageToken"]?.ToString();
            if (string.IsNullOrEmpty(next)) break;
        }
        return found;
    }

    /// <summary>All elements of a finder that pages by start and count; the last page is the one that is not full.</summary>
    /// <param name="until">Ends the reading early.</param>
    public async Task<Result<IReadOnlyList<JsonObject>>> ListAsync(PlatformAccess access, string path, IEnumerable<(string Name, string Value)> query, CancellationToken ct, bool isFinder = false, Func<JsonObject, bool>? until = null)
    {
        var found = new List<JsonObject>();
        var asked = query.ToList();
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await GetAsync(access, path, [.. asked, ("start", Number(page * PageSize)), ("count", Number(PageSize))], ct, isFinder ? "FINDER" : null);
            if (!answer.TryGet(out var body, out var refusal)) return Result<IReadOnlyList<JsonObject>>.Refused(refusal);
            var elements = Elements(body).ToList();
            found.AddRange(elements);
            if (elements.Count < PageSize || until is not null && elements.Any(until)) break;
        }
        return found;
    }

    public Task<Result<JsonNode>> PostAsync(PlatformAccess access, string path, JsonObject body, CallKind kind, CancellationToken ct, string? method = null) =>
        SendAsync(new("POST " + NameOf(path), kind, access.Account?.ExternalId), _ => Task.FromResult(Signed(access, HttpMethod.Post, path, body, method)), ct);

    /// <summary>Makes something and returns its id.</summary>
    public async Task<Result<string>> CreateAsync(PlatformAccess access, string path, JsonObject body, CancellationToken ct)
    {
        var answer = await PostAsync(access, path, body, CallKind.Create, ct);
        if (!answer.TryGet(out var made, out var refusal)) return Result<string>.Refused(refusal);
        return made[MadeId]?.ToString() is { Length: > 0 } id ? id : new PlatformFailure(Platform.LinkedIn, PlatformFailureKind.UnknownOutcome, "LinkedIn answered without an id.");
    }

    /// <summary>Sets fields of what stands.</summary>
    public Task<Result<JsonNode>> PatchAsync(PlatformAccess access, string path, JsonObject set, CancellationToken ct) =>
        PostAsync(access, path, new JsonObject { ["patch"] = new JsonObject { ["$set"] = set.DeepClone() } }, CallKind.Repeatable, ct, "PARTIAL_UPDATE");

    public Task<Result<JsonNode>> PutAsync(PlatformAccess access, string path, JsonObject body, CancellationToken ct) =>
        SendAsync(new("PUT " + NameOf(path), CallKind.Repeatable, access.Account?.ExternalId), _ => Task.FromResult(Signed(access, HttpMethod.Put, path, body, null)), ct);

    public Task<Result<JsonNode>> DeleteAsync(PlatformAccess access, string path, CancellationToken ct) =>
        SendAsync(new("DELETE " + NameOf(path), CallKind.Repeatable, access.Account?.ExternalId), _ => Task.FromResult(Signed(access, HttpMethod.Delete, path, null, null)), ct);

    /// <summary>Sends bytes to an address that LinkedIn gave for them. May be repeated: the same bytes lie there in the end.</summary>
    public Task<Result<JsonNode>> UploadAsync(PlatformAccess access, string address, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken ct) =>
        SendAsync(new("PUT upload", CallKind.Repeatable, access.Account?.ExternalId) { Timeout = TimeSpan.FromMinutes(5) }, _ =>
        {
            var message = new HttpRequestMessage(HttpMethod.Put, address) { Content = new ReadOnlyMemoryContent(bytes) };
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access.AccessToken);
            return Task.FromResult(message);
        }, ct);

    public static IEnumerable<JsonObject> Elements(JsonNode body) => (body["elements"] as JsonArray ?? []).OfType<JsonObject>();

    public static string AccountPath(PlatformAccess access) => "adAccounts/" + (access.Account ?? throw new InvalidOperationException("This needs an account.")).ExternalId;

    protected override Judgement Judge(int status, JsonNode? body, HttpResponseHeaders headers) => LinkedInErrors.Judge(status, body, RetryAfter(headers), Time.GetUtcNow());

    protected override JsonNode Answer(JsonNode? body, HttpResponseHeaders headers)
    {
        var answer = body ?? new JsonObject();
        if (answer is JsonObject o)
        {
            if (headers.TryGetValues(MadeId, out var ids)) o[MadeId] = Uri.UnescapeDataString(ids.First());
            if (headers.ETag is { } tag) o[ETag] = tag.Tag.Trim('"');
        }
        return answer;
    }

    private HttpRequestMessage Signed(PlatformAccess access, HttpMethod method, string address, JsonObject? body, string? restliMethod)
    {
        var endpoint = Endpoint;
        var message = new HttpRequestMessage(method, $"{endpoint.Api}/{address}");
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access.AccessToken);
        message.Headers.Add("LinkedIn-Version", endpoint.Version);
        message.Headers.Add("X-Restli-Protocol-Version", "2.0.0");
        if (restliMethod is not null) message.Headers.Add("X-RestLi-Method", restliMethod);
        if (body is not null) message.Content = JsonContent.Create(body);
        return message;
    }

    private static string Query(IEnumerable<(string Name, string Value)> query) => query.ToList() is { Count: > 0 } pairs ? "?" + string.Join('&', pairs.Select(p => $"{p.Name}={p.Value}")) : "";

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string NameOf(string path) => string.Join('/', path.Split('?')[0].Split('/').Select(p => p.Any(char.IsDigit) ? "*" : p));
}
