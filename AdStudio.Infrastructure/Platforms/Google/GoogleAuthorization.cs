using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Google;

/// <summary>Google's code flow with PKCE and a refresh token that lasts until it is withdrawn.</summary>
internal sealed class GoogleAuthorization(GoogleApi api, TimeProvider time) : IAuthorizes
{
    private const string AdWords = "https://www.googleapis.com/auth/adwords";

    public Platform Platform => Platform.Google;
    public bool SupportsPkce => true;
    public IReadOnlyList<string> Scopes { get; } = [AdWords];

    public Uri AuthorizeUrl(string state, Uri redirectUri, string? codeChallenge)
    {
        List<(string, string)> query =
        [
            // Google gives a refresh token only to those who ask for offline access, and reliably only with a fresh consent.
            ("client_id", api.Settings.ClientId), ("redirect_uri", redirectUri.AbsoluteUri), ("response_type", "code"), ("scope", AdWords), ("state", state), ("access_type", "offline"), ("prompt", "consent"),
        ];
        if (codeChallenge is not null) query.AddRange([("code_challenge", codeChallenge), ("code_challenge_method", "S256")]);
        return new(api.Settings.Authorize + "?" + string.Join('&', query.Select(q => $"{q.Item1}={Uri.EscapeDataString(q.Item2)}")));
    }

    public async Task<Result<PlatformTokens>> ExchangeCodeAsync(string code, Uri redirectUri, string? codeVerifier, CancellationToken ct)
    {
        List<(string, string)> form = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectUri.AbsoluteUri), .. Client()];
        if (codeVerifier is not null) form.Add(("code_verifier", codeVerifier));
        // A code counts once: a second try after a lost answer would be refused.
        return Read(await api.TokenAsync("exchange code", CallKind.Create, form, ct));
    }

    public async Task<Result<PlatformTokens>> RefreshAsync(string accessToken, string? refreshToken, CancellationToken ct) => refreshToken is null
        ? new PlatformFailure(Platform.Google, PlatformFailureKind.ExpiredAuthorization, "Google gave no lasting consent. Connect again.")
        : Read(await api.TokenAsync("refresh token", CallKind.Repeatable, [("grant_type", "refresh_token"), ("refresh_token", refreshToken), .. Client()], ct));

    /// <summary>The least of scopes tells no name, so the consent goes by the first account that it opens.</summary>
    public async Task<Result<PlatformIdentity>> WhoAmIAsync(PlatformAccess access, CancellationToken ct)
    {
        var answer = await api.GetAsync(access, "customers:listAccessibleCustomers", ct);
        if (!answer.TryGet(out var body, out var refusal))
            return refusal is PlatformFailure { Kind: PlatformFailureKind.MissingPermission } ? new PlatformIdentity("", "Google", [], Scopes) : Result<PlatformIdentity>.Refused(refusal);
        var customers = (body["resourceNames"] as JsonArray ?? []).Select(n => GoogleApi.IdOf(n!.ToString())).ToList();
        foreach (var customer in customers)
        {
            var rows = await api.SearchAsync(access, customer, "SELECT customer.id, customer.descriptive_name FROM customer", ct, login: customer);
            if (rows.TryGet(out var found, out _) && found.Count > 0) return new PlatformIdentity(customer, found[0]["customer"]?["descriptiveName"]?.ToString() is { Length: > 0 } name ? name : customer, Scopes, []);
        }
        return new PlatformIdentity(customers is [var first, ..] ? first : "", customers is [var only, ..] ? only : "Google", Scopes, []);
    }

    private (string, string)[] Client() => [("client_id", api.Settings.ClientId), ("client_secret", api.Settings.ClientSecret)];

    private Result<PlatformTokens> Read(Result<JsonNode> answer)
    {
        if (!answer.TryGet(out var body, out var refusal)) return Result<PlatformTokens>.Refused(refusal);
        if (body["access_token"]?.ToString() is not { Length: > 0 } token) return new PlatformFailure(Platform.Google, PlatformFailureKind.Unavailable, "Google answered without a token.");
        var seconds = double.TryParse(body["expires_in"]?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var s) ? s : 3600;
        return new PlatformTokens(token, body["refresh_token"]?.ToString(), time.GetUtcNow().AddSeconds(seconds));
    }
}
