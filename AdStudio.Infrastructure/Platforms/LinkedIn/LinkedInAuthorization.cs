using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.LinkedIn;

/// <summary>LinkedIn's code flow: access tokens of 60 days, refresh tokens of about a year. https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow</summary>
internal sealed class LinkedInAuthorization(LinkedInApi api, TimeProvider time) : IAuthorizes
{
    private const double AccessSeconds = 5_184_000;

    public Platform Platform => Platform.LinkedIn;
    public bool SupportsPkce => false;

    // What posts for ads are made and found with belongs to the company page, hence the two of the organization.
    public IReadOnlyList<string> Scopes { get; } = ["rw_ads", "r_ads_reporting", "rw_conversions", "rw_dmp_segments", "r_organization_social", "w_organization_social", "rw_organization_admin"];

    public Uri AuthorizeUrl(string state, Uri redirectUri, string? codeChallenge) => new(api.Settings.Authorize + "?" + string.Join('&', new[]
    {
        ("response_type", "code"), ("client_id", api.Settings.ClientId), ("redirect_uri", redirectUri.AbsoluteUri), ("state", state), ("scope", string.Join(' ', Scopes)),
    }.Select(q => $"{q.Item1}={Uri.EscapeDataString(q.Item2)}")));

    /// <summary>A code counts once: a second try after a lost answer would be refused.</summary>
    public async Task<Result<PlatformTokens>> ExchangeCodeAsync(string code, Uri redirectUri, string? codeVerifier, CancellationToken ct) =>
        Read(await api.FormAsync("exchange code", CallKind.Create, api.Settings.Token, [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectUri.AbsoluteUri), .. Client()], ct));

    public async Task<Result<PlatformTokens>> RefreshAsync(string accessToken, string? refreshToken, CancellationToken ct) => refreshToken is null
        ? new PlatformFailure(Platform.LinkedIn, PlatformFailureKind.ExpiredAuthorization, "LinkedIn gave no lasting consent. Connect again.")
        : Read(await api.FormAsync("refresh token", CallKind.Repeatable, api.Settings.Token, [("grant_type", "refresh_token"), ("refresh_token", refreshToken), .. Client()], ct));

    /// <summary>What the token allows is asked of the token; who it belongs to, of the accounts that it opens: the least of scopes tells no name.</summary>
    public async Task<Result<PlatformIdentity>> WhoAmIAsync(PlatformAccess access, CancellationToken ct)
    {
        var users = await api.GetAsync(access, "adAccountUsers", [("q", "authenticatedUser")], ct);
        if (!users.TryGet(out var body, out var refusal)) return Result<PlatformIdentity>.Refused(refusal);
        var introspect = api.Settings.Token[..(api.Settings.Token.LastIndexOf('/') + 1)] + LinkedInFromMemory.Introspection;
        var inspected = await api.FormAsync("inspect token", CallKind.Read, introspect, [.. Client(), ("token", access.AccessToken)], ct);
        if (!inspected.TryGet(out var token, out refusal)) return Result<PlatformIdentity>.Refused(refusal);
        var granted = (token["scope"]?.ToString() ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Order().ToList();

        var first = LinkedInApi.Elements(body).FirstOrDefault();
        var name = first?["account"]?.ToString() is { } account && (await api.GetAsync(access, "adAccounts/" + Restli.IdOf(account), [], ct)).TryGet(out var known, out _) ? known["name"]?.ToString() : null;
        return new PlatformIdentity(Restli.IdOf(first?["user"]?.ToString() ?? ""), name ?? "LinkedIn", granted, [.. Scopes.Except(granted)]);
    }

    private (string, string)[] Client() => [("client_id", api.Settings.ClientId), ("client_secret", api.Settings.ClientSecret)];

    private Result<PlatformTokens> Read(Result<JsonNode> answer)
    {
        if (!answer.TryGet(out var body, out var refusal)) return Result<PlatformTokens>.Refused(refusal);
        if (body["access_token"]?.ToString() is not { Length: > 0 } token) return new PlatformFailure(Platform.LinkedIn, PlatformFailureKind.Unavailable, "LinkedIn answered without a token.");
        var seconds = double.TryParse(body["expires_in"]?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var s) ? s : AccessSeconds;
        return new PlatformTokens(token, body["refresh_token"]?.ToString(), time.GetUtcNow().AddSeconds(seconds));
    }
}
