using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Snapchat;

/// <summary>How Snapchat names a kind of object: in paths and lists, and around each single one.</summary>
internal sealed record Noun(string Plural, string Singular)
{
    public static readonly Noun Organization = new("organizations", "organization");
    public static readonly Noun Account = new("adaccounts", "adaccount");
    public static readonly Noun Campaign = new("campaigns", "campaign");
    public static readonly Noun AdSquad = new("adsquads", "adsquad");
    public static readonly Noun Ad = new("ads", "ad");
    public static readonly Noun Creative = new("creatives", "creative");
    public static readonly Noun Media = new("media", "media");
    public static readonly Noun Segment = new("segments", "segment");
    public static readonly Noun User = new("users", "user");
    public static readonly Noun Pixel = new("pixels", "pixel");
    public static readonly Noun PublicProfile = new("public_profiles", "public_profile");
}

/// <summary>
/// Snapchat's Marketing API as it is on the wire: writes wrap a list, and every answer says of itself and of each object whether it went well, which is looked at even with status 200.
/// https://developers.snap.com/api/marketing-api/Ads-API/api-patterns
/// </summary>
internal sealed class SnapchatApi(ChannelParts parts) : PlatformChannel(Platform.Snapchat, parts)
{
    private const int MostPages = 500;

    public PlatformEndpoint Settings => Endpoint;
    public string BusinessApi => SnapchatFromMemory.BusinessApi(Endpoint.Api);
    public string ConversionsApi => SnapchatFromMemory.ConversionsApi(Endpoint.Api, Endpoint.Version);

    /// <summary>An unsigned form to the token address.</summary>
    public Task<Result<JsonNode>> TokenAsync(string name, Dictionary<string, string> form, CancellationToken ct) =>
        SendAsync(new(name, CallKind.Repeatable, null), _ => Task.FromResult(new HttpRequestMessage(HttpMethod.Post, Endpoint.Token) { Content = new FormUrlEncodedContent(form) }), ct);

    public Task<Result<JsonNode>> GetAsync(PlatformAccess access, string path, IEnumerable<(string Name, string Value)> query, CancellationToken ct) => GetAsync(access, Endpoint.Api, path, query, ct);

    public Task<Result<JsonNode>> GetAsync(PlatformAccess access, string api, string path, IEnumerable<(string Name, string Value)> query, CancellationToken ct) =>
        SendAsync(Call("GET", path, CallKind.Read, access), _ => Task.FromResult(Signed(access, HttpMethod.Get, $"{api}/{path}{Query(query)}", null)), ct);

    /// <summary>One object by its id.</summary>
    public async Task<Result<JsonObject>> FindAsync(PlatformAccess access, Noun noun, string id, CancellationToken ct) => Single(await GetAsync(access, $"{noun.Plural}/{id}", [], ct), noun);

    /// <summary>Everything on a list, page by page. Lists that hang on an account or what is in it come in pages of the greatest length; the others come whole.</summary>
    public Task<Result<IReadOnlyList<JsonObject>>> ListAsync(PlatformAccess access, string path, Noun noun, CancellationToken ct, params (string Name, string Value)[] query) =>
        ListAsync(access, Endpoint.Api, path, noun, path.Split('/')[0] is "adaccounts" or "campaigns" or "adsquads" ? [("limit", "1000"), .. query] : query, ct);

    public async Task<Result<IReadOnlyList<JsonObject>>> ListAsync(PlatformAccess access, string api, string path, Noun noun, IReadOnlyList<(string Name, string Value)> query, CancellationToken ct)
    {
        var found = new List<JsonObject>();
        for (var page = 0; page < MostPages; page++)
        {
            if (!(await GetAsync(access, api, path, query, ct)).TryGet(out var body, out var refusal)) return Result<IReadOnlyList<JsonObject>>.Refused(refusal);
            if (!Entities(body, noun).TryGet(out var entities, out refusal)) return Result<IReadOnlyList<JsonObject>>.Refused(refusal);
            found.AddRange(entities);
            // Only the query of the next link is taken: the token goes nowhere else, whatever host the link names.
            var link = body["paging"]?["next_link"]?.ToString() ?? "";
            var mark = link.IndexOf('?', StringComparison.Ordinal);
            if (mark < 0) return found;
            query = [.. link[(mark + 1)..].Split('&').Select(p => p.Split('=', 2)).Select(p => (Uri.UnescapeDataString(p[0]), p.Length == 2 ? Uri.UnescapeDataString(p[1]) : ""))];
        }
        return Fail(PlatformFailureKind.TooMuchData, "Snapchat's list does not come to an end.");
    }

    /// <summary>Makes one object.</summary>
    public async Task<Result<JsonObject>> CreateAsync(PlatformAccess access, string path, Noun noun, JsonObject entity, CancellationToken ct) =>
        Single(await WriteAsync(access, HttpMethod.Post, path, noun.Plural, entity, CallKind.Create, ct), noun);

    /// <summary>
    /// Changes some fields of what stands. Snapchat wants the whole object back, so it is read first. Its newer PATCH would spare that, but how its body looks is not published where we could read it.
    /// </summary>
    public async Task<Result<string>> ChangeAsync(PlatformAccess access, Noun noun, string id, JsonObject changes, CancellationToken ct)
    {
        if (!(await FindAsync(access, noun, id, ct)).TryGet(out var entity, out var refusal)) return Result<string>.Refused(refusal);
        foreach (var name in SnapchatFromMemory.ReadOnly) entity.Remove(name);
        foreach (var (name, value) in changes) entity[name] = value?.DeepClone();
        var parent = noun == Noun.Campaign || noun == Noun.Creative ? $"adaccounts/{entity["ad_account_id"]}" : noun == Noun.AdSquad ? $"campaigns/{entity["campaign_id"]}" : $"adsquads/{entity["ad_squad_id"]}";
        var answer = Single(await WriteAsync(access, HttpMethod.Put, $"{parent}/{noun.Plural}", noun.Plural, entity, CallKind.Repeatable, ct), noun);
        return answer.IsDone ? id : Result<string>.Refused(answer.Refusal);
    }

    /// <summary>Takes an object away with all beneath it; one that is gone already is as good as done.</summary>
    public async Task<Result<string>> DeleteAsync(PlatformAccess access, Noun noun, string id, CancellationToken ct)
    {
        var path = $"{noun.Plural}/{id}";
        var answer = await SendAsync(Call("DELETE", path, CallKind.Repeatable, access), _ => Task.FromResult(Signed(access, HttpMethod.Delete, $"{Endpoint.Api}/{path}", null)), ct);
        if (answer.TryGet(out var body, out var refusal) && !Entities(body, noun).TryGet(out _, out refusal) || refusal is not null)
            return refusal is PlatformFailure { Kind: PlatformFailureKind.NotFound } ? id : Result<string>.Refused(refusal);
        return id;
    }

    /// <summary>Sends a list of which each entry is judged for itself.</summary>
    public Task<Result<JsonNode>> WriteAsync(PlatformAccess access, HttpMethod method, string path, string wrapper, JsonObject entity, CallKind kind, CancellationToken ct)
    {
        var text = new JsonObject { [wrapper] = new JsonArray(entity.DeepClone()) }.ToJsonString();
        return SendAsync(Call(method.Method, path, kind, access), _ => Task.FromResult(Signed(access, method, $"{Endpoint.Api}/{path}", new StringContent(text, Encoding.UTF8, "application/json"))), ct);
    }

    /// <summary>A form with at most one file, to a path beneath the version or, beginning with a slash, beneath the host.</summary>
    public Task<Result<JsonNode>> UploadAsync(PlatformAccess access, string path, IReadOnlyList<(string Name, string Value)> fields, byte[]? file, string fileName, CancellationToken ct)
    {
        var address = path.StartsWith('/') ? Endpoint.Api[..^(Endpoint.Version.Length + 1)] + path : $"{Endpoint.Api}/{path}";
        return SendAsync(Call("POST", path.TrimStart('/'), CallKind.Repeatable, access) with { Timeout = TimeSpan.FromMinutes(5) }, _ =>
        {
            var form = new MultipartFormDataContent();
            foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
            if (file is not null) form.Add(new ByteArrayContent(file), "file", fileName);
            return Task.FromResult(Signed(access, HttpMethod.Post, address, form));
        }, ct);
    }

    /// <summary>A finished report, from the address that Snapchat gave for it; that address needs no token and gets none.</summary>
    public async Task<Result<string>> DownloadAsync(PlatformAccess access, string address, CancellationToken ct)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps && uri.Authority != new Uri(Endpoint.Api).Authority)
            return Fail(PlatformFailureKind.Unavailable, "Snapchat gave no address for the report.");
        var answer = await SendAsync(Call("GET", "report", CallKind.Read, access) with { IsText = true }, _ => Task.FromResult(new HttpRequestMessage(HttpMethod.Get, uri)), ct);
        return answer.TryGet(out var text, out var refusal) ? text.ToString() : Result<string>.Refused(refusal);
    }

    /// <summary>A conversion, signed in the address as the Conversions API wants it.</summary>
    public Task<Result<JsonNode>> SendEventAsync(PlatformAccess access, string path, string token, JsonObject body, CancellationToken ct) =>
        SendAsync(Call("POST", path, CallKind.Repeatable, access), _ => Task.FromResult(new HttpRequestMessage(HttpMethod.Post, $"{ConversionsApi}/{path}?access_token={Uri.EscapeDataString(token)}")
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        }), ct);

    /// <summary>The objects of an answer; the first one that did not go well makes it a refusal.</summary>
    public Result<IReadOnlyList<JsonObject>> Entities(JsonNode body, Noun noun)
    {
        var found = new List<JsonObject>();
        foreach (var item in (body[noun.Plural] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (!SnapchatErrors.WentWell(item["sub_request_status"])) return SnapchatErrors.OfPart(item);
            if (item[noun.Singular] is JsonObject entity) found.Add((JsonObject)entity.DeepClone());
        }
        return found;
    }

    public Result<JsonObject> Single(Result<JsonNode> answer, Noun noun)
    {
        if (!answer.TryGet(out var body, out var refusal) || !Entities(body, noun).TryGet(out var entities, out refusal)) return Result<JsonObject>.Refused(refusal);
        return entities.Count > 0 ? entities[0] : Fail(PlatformFailureKind.UnknownOutcome, $"Snapchat answered without the {noun.Singular}.");
    }

    public static string Query(IEnumerable<(string Name, string Value)> query)
    {
        var text = string.Join('&', query.Select(p => $"{Uri.EscapeDataString(p.Name)}={Uri.EscapeDataString(p.Value)}"));
        return text.Length == 0 ? "" : "?" + text;
    }

    /// <summary>An instant with its offset, as Snapchat reads and writes it.</summary>
    public static string Instant(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

    protected override Judgement Judge(int status, JsonNode? body, HttpResponseHeaders headers) => SnapchatErrors.Judge(status, body, RetryAfter(headers) ?? Time.GetUtcNow() + SnapchatFromMemory.AfterTooManyCalls);

    /// <summary>A refusal may come with status 200; then nothing was done.</summary>
    protected override bool Refuses(int status, JsonNode? body) => base.Refuses(status, body) || body is JsonObject && !SnapchatErrors.WentWell(body["request_status"]);

    // Limits are the token's, not the account's.
    private static PlatformCall Call(string method, string path, CallKind kind, PlatformAccess access) => new($"{method} {NameOf(path)}", kind, access.ConnectionId.ToString("N"));

    private static HttpRequestMessage Signed(PlatformAccess access, HttpMethod method, string address, HttpContent? content)
    {
        var message = new HttpRequestMessage(method, address) { Content = content };
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access.AccessToken);
        return message;
    }

    private static string NameOf(string path) => string.Join('/', path.Split('?')[0].Split('/').Select(p => p.Any(char.IsDigit) && p.Length > 8 ? "*" : p));
}
