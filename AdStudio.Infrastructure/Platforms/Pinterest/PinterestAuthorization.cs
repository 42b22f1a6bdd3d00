using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Pinterest;

/// <summary>Pinterest's code flow. Access tokens last 30 days, refresh tokens 60; each refresh brings a refresh token of its own.</summary>
internal sealed class PinterestAuthorization(PinterestApi api, TimeProvider time) : IAuthorizes
{
    public Platform Platform => Platform.Pinterest;
    public bool SupportsPkce => false;

    // Writing pins wants all four of boards and pins: https://developers.pinterest.com/docs/api/v5/pins-create
    public IReadOnlyList<string> Scopes { get; } = ["ads:read", "ads:write", "boards:read", "boards:write", "pins:read", "pins:write", "user_accounts:read"];

    public Uri AuthorizeUrl(string state, Uri redirectUri, string? codeChallenge) => new(api.Settings.Authorize + "?" + string.Join('&', new[]
    {
        ("client_id", api.Settings.ClientId), ("redirect_uri", redirectUri.AbsoluteUri), ("response_type", "code"), ("scope", string.Join(',', Scopes)), ("state", state),
    }.Select(q => $"{q.Item1}={Uri.EscapeDataString(q.Item2)}")));

    /// <remarks>continuous_refresh asks for a refresh token that can be renewed for ever; apps made since September 2025 have no other.</remarks>
    public async Task<Result<PlatformTokens>> ExchangeCodeAsync(string code, Uri redirectUri, string? codeVerifier, CancellationToken ct) =>
        // A code counts once: a second try after a lost answer would be refused.
        Read(await api.TokenAsync("exchange code", CallKind.Create, [new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", redirectUri.AbsoluteUri), new("continuous_refresh", "true")], ct));

    public async Task<Result<PlatformTokens>> RefreshAsync(string accessToken, string? refreshToken, CancellationToken ct) => refreshToken is null
        ? new PlatformFailure(Platform.Pinterest, PlatformFailureKind.ExpiredAuthorization, "Pinterest gave no lasting consent. Connect again.")
        : Read(await api.TokenAsync("refresh token", CallKind.Repeatable, [new("grant_type", "refresh_token"), new("refresh_token", refreshToken)], ct));

    /// <summary>Pinterest's consent is for everything asked or nothing; that the account can be read shows that it holds.</summary>
    public async Task<Result<PlatformIdentity>> WhoAmIAsync(PlatformAccess access, CancellationToken ct)
    {
        var answer = await api.GetAsync(access, "user_account", [], ct);
        if (!answer.TryGet(out var me, out var refusal))
            return refusal is PlatformFailure { Kind: PlatformFailureKind.MissingPermission } ? new PlatformIdentity("", "Pinterest", [], Scopes) : Result<PlatformIdentity>.Refused(refusal);
        var username = me["username"]?.ToString() ?? "";
        return new PlatformIdentity(me["id"]?.ToString() ?? username, me["business_name"]?.ToString() is { Length: > 0 } name ? name : username, Scopes, []);
    }

    private Result<PlatformTokens> Read(Result<JsonNode> answer)
    {
        if (!answer.TryGet(out var body, out var refusal)) return Result<PlatformTokens>.Refused(refusal);
        if (body["access_token"]?.ToString() is not { Length: > 0 } token) return new PlatformFailure(Platform.Pinterest, PlatformFailureKind.Unavailable, "Pinterest answered without a token.");
        DateTimeOffset? expires = double.TryParse(body["expires_in"]?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? time.GetUtcNow().AddSeconds(seconds) : null;
        return new PlatformTokens(token, body["refresh_token"]?.ToString(), expires);
    }
}
