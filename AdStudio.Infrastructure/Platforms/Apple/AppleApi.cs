using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Apple;

/// <summary>Apple's Campaign Management API as it is on the wire: an organization in a header, everything in an envelope of data, pagination and error.</summary>
internal sealed class AppleApi(ChannelParts parts) : PlatformChannel(Platform.Apple, parts)
{
    private const int MostPages = 500;

    public DateTimeOffset Now => Time.GetUtcNow();

    public Task<Result<JsonNode>> TokenAsync(IEnumerable<(string Name, string Value)> form, CancellationToken ct)
    {
        var fields = form.Select(f => KeyValuePair.Create(f.Name, f.Value)).ToList();
        return SendAsync(new("client credentials", CallKind.Repeatable, null), _ => Task.FromResult(new HttpRequestMessage(HttpMethod.Post, Endpoint.Token) { Content = new FormUrlEncodedContent(fields) }), ct);
    }

    /// <param name="organization">Null takes the account's; calls that concern none have none.</param>
    public Task<Result<JsonNode>> GetAsync(PlatformAccess access, string path, string? organization, CancellationToken ct) => SendAsync(access, HttpMethod.Get, path, null, CallKind.Read, organization, ct);

    public Task<Result<JsonNode>> SendAsync(PlatformAccess access, HttpMethod method, string path, JsonNode? body, CallKind kind, CancellationToken ct) => SendAsync(access, method, path, body, kind, null, ct);

    private Task<Result<JsonNode>> SendAsync(PlatformAccess access, HttpMethod method, string path, JsonNode? body, CallKind kind, string? organization, CancellationToken ct)
    {
        var context = organization ?? access.Account?.ExternalId;
        return SendAsync(new($"{method} {NameOf(path)}", kind, context), _ =>
        {
            var message = new HttpRequestMessage(method, $"{Endpoint.Api}/{path}");
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access.AccessToken);
            if (context is not null) message.Headers.Add("X-AP-Context", $"orgId={context}");
            if (body is not null) message.Content = JsonContent.Create(body);
            return Task.FromResult(message);
        }, ct);
    }

    /// <summary>Everything of a list, page by page.</summary>
    public Task<Result<IReadOnlyList<JsonObject>>> ListAsync(PlatformAccess access, string path, string? organization, CancellationToken ct) =>
        PagesAsync(offset => GetAsync(access, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit={AppleFromMemory.PageSize}&offset={offset}", organization, ct), body => body["data"] as JsonArray);

    /// <summary>Everything that fits the conditions, page by page.</summary>
    public Task<Result<IReadOnlyList<JsonObject>>> FindAsync(PlatformAccess access, string path, IReadOnlyList<JsonObject> conditions, CancellationToken ct) =>
        PagesAsync(offset => SendAsync(access, HttpMethod.Post, path, Selector(conditions, "id", offset), CallKind.Read, ct), body => body["data"] as JsonArray);

    /// <summary>All rows of a report, page by page.</summary>
    public Task<Result<IReadOnlyList<JsonObject>>> ReportAsync(PlatformAccess access, string path, JsonObject request, IReadOnlyList<JsonObject> conditions, string orderBy, CancellationToken ct) => PagesAsync(offset =>
    {
        var body = request.DeepClone().AsObject();
        body["selector"] = Selector(conditions, orderBy, offset);
        return SendAsync(access, HttpMethod.Post, path, body, CallKind.Read, ct);
    }, body => body["data"]?["reportingDataResponse"]?["row"] as JsonArray);

    private static async Task<Result<IReadOnlyList<JsonObject>>> PagesAsync(Func<int, Task<Result<JsonNode>>> ask, Func<JsonNode, JsonArray?> rows)
    {
        var found = new List<JsonObject>();
        for (var page = 0; page < MostPages; page++)
        {
            if (!(await ask(page * AppleFromMemory.PageSize)).TryGet(out var body, out var refusal)) return Result<IReadOnlyList<JsonObject>>.Refused(refusal);
            var got = (rows(body) ?? []).OfType<JsonObject>().ToList();
            found.AddRange(got);
            if (got.Count < AppleFromMemory.PageSize) break;
        }
        return found;
    }

    private static JsonObject Selector(IReadOnlyList<JsonObject> conditions, string orderBy, int offset) => new()
    {
        ["conditions"] = new JsonArray([.. conditions.Select(c => c.DeepClone())]), ["orderBy"] = new JsonArray(new JsonObject { ["field"] = orderBy, ["sortOrder"] = "ASCENDING" }),
        ["pagination"] = new JsonObject { ["offset"] = offset, ["limit"] = AppleFromMemory.PageSize },
    };

    public static JsonObject Equal(string field, string value) => In(field, [value], "EQUALS");

    public static JsonObject In(string field, IEnumerable<string> values, string @operator = "IN") => new() { ["field"] = field, ["operator"] = @operator, ["values"] = new JsonArray([.. values.Select(v => (JsonNode)v)]) };

    protected override Judgement Judge(int status, JsonNode? body, HttpResponseHeaders headers)
    {
        var error = (body?["error"]?.GetValueKind() == System.Text.Json.JsonValueKind.Object ? body["error"]!["errors"] as JsonArray : null)?.FirstOrDefault();
        // The token address words its refusals as OAuth does.
        var code = error?["messageCode"]?.ToString() ?? (body?["error"] as JsonValue)?.ToString();
        var words = error?["message"]?.ToString() ?? body?["error_description"]?.ToString();
        var kind = status switch
        {
            401 => PlatformFailureKind.ExpiredAuthorization,
            400 when code is "invalid_client" or "invalid_grant" => PlatformFailureKind.ExpiredAuthorization,
            403 => PlatformFailureKind.MissingPermission,
            404 => PlatformFailureKind.NotFound,
            410 => PlatformFailureKind.VersionRetired,
            429 => PlatformFailureKind.RateLimited,
            >= 500 => PlatformFailureKind.Unavailable,
            _ => PlatformFailureKind.InvalidRequest,
        };
        return new(Fail(kind, words is { Length: > 0 } ? words : $"Apple answered {status}.") with
        {
            Code = code ?? status.ToString(System.Globalization.CultureInfo.InvariantCulture), Field = error?["field"]?.ToString() is { Length: > 0 } field ? field : null,
            RetryAt = kind == PlatformFailureKind.RateLimited ? RetryAfter(headers) ?? Time.GetUtcNow().AddMinutes(1) : RetryAfter(headers),
        }, IsCertain: status < 500);
    }

    private static string NameOf(string path) => string.Join('/', path.Split('?')[0].Split('/').Select(p => p.Length > 0 && p.All(char.IsDigit) ? "*" : p));
}
