using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Google;

/// <summary>Google Ads over REST as it is on the wire: GAQL searches, lists of operations, 64-bit numbers as texts.</summary>
internal sealed class GoogleApi(ChannelParts parts) : PlatformChannel(Platform.Google, parts)
{
    private const int MostPages = 500, MostReadings = 3;

    public PlatformEndpoint Settings => Endpoint;

    /// <summary>
    /// What the operator of this server states of the people on customer lists: AdPlatforms:Google:CustomerMatchConsent, GRANTED or DENIED. Null states nothing, and Google then leaves people in Europe out.
    /// </summary>
    public string? Consent => OwnSetting("CustomerMatchConsent")?.ToUpperInvariant() is ("GRANTED" or "DENIED") and var word ? word : null;

    public Task<Result<JsonNode>> TokenAsync(string name, CallKind kind, IEnumerable<(string Name, string Value)> form, CancellationToken ct)
    {
        var fields = form.Select(f => KeyValuePair.Create(f.Name, f.Value)).ToList();
        return SendAsync(new(name, kind, null), _ => Task.FromResult(new HttpRequestMessage(HttpMethod.Post, Endpoint.Token) { Content = new FormUrlEncodedContent(fields) }), ct);
    }

    public Task<Result<JsonNode>> GetAsync(PlatformAccess access, string path, CancellationToken ct) =>
        SendAsync(new("GET " + NameOf(path), CallKind.Read, access.Account?.ExternalId), _ => Task.FromResult(Signed(access, HttpMethod.Get, path, null, null)), ct);

    /// <param name="login">The manager to sign in by; null takes the account's own, or the configured one.</param>
    public Task<Result<JsonNode>> PostAsync(PlatformAccess access, string path, JsonObject body, CallKind kind, CancellationToken ct, string? login = null) =>
        SendAsync(new("POST " + NameOf(path), kind, CustomerIn(path) ?? access.Account?.ExternalId), _ => Task.FromResult(Signed(access, HttpMethod.Post, path, body, login)), ct);

    /// <summary>Creates, changes or removes; the id of the first that it concerned.</summary>
    public async Task<Result<string>> MutateAsync(PlatformAccess access, string collection, JsonObject body, CallKind kind, CancellationToken ct)
    {
        var answer = await PostAsync(access, $"customers/{Customer(access)}/{collection}:mutate", body, kind, ct);
        if (!answer.TryGet(out var got, out var refusal)) return Result<string>.Refused(refusal);
        return ((got["results"] as JsonArray)?.FirstOrDefault()?["resourceName"] ?? body["operations"]![0]!["remove"])?.ToString() is { Length: > 0 } name ? IdOf(name)
            : Fail(PlatformFailureKind.UnknownOutcome, "Google answered without a resource's name.");
    }

    /// <summary>
    /// All rows of a query, page by page. When what is asked for changes between two pages, it is read again from the start; when it does not come to rest, it is <see cref="PlatformFailureKind.Unavailable"/>.
    /// </summary>
    public async Task<Result<IReadOnlyList<JsonObject>>> SearchAsync(PlatformAccess access, string customer, string query, CancellationToken ct, string? login = null)
    {
        for (var reading = 1; ; reading++)
        {
            var rows = await PagesAsync(access, customer, query, login, ct);
            if (!GoogleErrors.IsChangedWhileRead(rows.Refusal)) return rows;
            if (reading == MostReadings) return Fail(PlatformFailureKind.Unavailable, "What is read on Google keeps changing. The studio tries again later.") with { Code = "changed-while-read" };
        }
    }

    private async Task<Result<IReadOnlyList<JsonObject>>> PagesAsync(PlatformAccess access, string customer, string query, string? login, CancellationToken ct)
    {
        var found = new List<JsonObject>();
        var next = (string?)null;
        for (var page = 0; page < MostPages; page++)
        {
            var body = new JsonObject { ["query"] = query };
            if (next is not null) body["pageToken"] = next;
            var answer = await PostAsync(access, $"customers/{customer}/googleAds:search", body, CallKind.Read, ct, login);
            if (!answer.TryGet(out var got, out var refusal)) return Result<IReadOnlyList<JsonObject>>.Refused(refusal);
            found.AddRange((got["results"] as JsonArray ?? []).OfType<JsonObject>());
            next = got["nextPageToken"]?.ToString();
            if (string.IsNullOrEmpty(next)) return found;
        }
        return Fail(PlatformFailureKind.TooMuchData, $"Google has more than {MostPages} pages of this.");
    }

    protected override Judgement Judge(int status, JsonNode? body, HttpResponseHeaders headers) => GoogleErrors.Judge(status, body, RetryAfter(headers), Time.GetUtcNow());

    private HttpRequestMessage Signed(PlatformAccess access, HttpMethod method, string path, JsonObject? body, string? login)
    {
        var endpoint = Endpoint;
        var message = new HttpRequestMessage(method, $"{endpoint.Api}/{path}");
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access.AccessToken);
        // Since 9 September 2026 Google goes by the Cloud project of the client id and ignores this (developers.google.com/google-ads/api/docs/api-policy/developer-token).
        if (endpoint.DeveloperToken is { } developer) message.Headers.Add("developer-token", developer);
        if ((login ?? access.Account?.ManagerExternalId ?? endpoint.LoginCustomerId) is { } manager) message.Headers.Add("login-customer-id", manager);
        if (body is not null) message.Content = JsonContent.Create(body);
        return message;
    }

    public static string Customer(PlatformAccess access) => (access.Account ?? throw new InvalidOperationException("This needs an account.")).ExternalId;

    /// <summary>The last part of a resource's name: "customers/1/adGroupAds/2~3" is the ad 3.</summary>
    public static string IdOf(string resourceName) => resourceName[(resourceName.LastIndexOfAny(['/', '~']) + 1)..];

    /// <summary>A text inside a GAQL string.</summary>
    public static string Quoted(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);

    /// <summary>A text inside a GAQL LIKE pattern, where %, _ and brackets have meanings of their own.</summary>
    public static string Like(string text) => Quoted(string.Concat(text.Select(c => c is '%' or '_' or '[' or ']' ? $"[{c}]" : c.ToString())));

    private static string? CustomerIn(string path) => path.Split('/') is ["customers", var id, ..] ? id : null;

    private static string NameOf(string path) => string.Join('/', path.Split('/').Select(p => p.Length > 0 && p.All(char.IsDigit) ? "*" : p));
}
