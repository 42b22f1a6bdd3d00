using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Snapchat;

/// <summary>Snapchat's code flow: tokens of an hour, renewed by a refresh token. https://developers.snap.com/api/marketing-api/Ads-API/authentication</summary>
internal sealed class SnapchatAuthorization(SnapchatApi api, TimeProvider time) : IAuthorizes
{
    private static readonly TimeSpan Hour = TimeSpan.FromSeconds(3600);

    public Platform Platform => Platform.Snapchat;
    public bool SupportsPkce => false;
    public IReadOnlyList<string> Scopes { get; } = ["snapchat-marketing-api"];

    public Uri AuthorizeUrl(string state, Uri redirectUri, string? codeChallenge) => new(api.Settings.Authorize + SnapchatApi.Query(
    [
        ("client_id", api.Settings.ClientId), ("redirect_uri", redirectUri.AbsoluteUri), ("response_type", "code"), ("scope", string.Join(' ', Scopes)), ("state", state),
    ]));

    public async Task<Result<PlatformTokens>> ExchangeCodeAsync(string code, Uri redirectUri, string? codeVerifier, CancellationToken ct) => Read(await api.TokenAsync("exchange code", new()
    {
        ["grant_type"] = "authorization_code", ["client_id"] = api.Settings.ClientId, ["client_secret"] = api.Settings.ClientSecret, ["code"] = code, ["redirect_uri"] = redirectUri.AbsoluteUri,
    }, ct));

    public async Task<Result<PlatformTokens>> RefreshAsync(string accessToken, string? refreshToken, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(refreshToken)) return new PlatformFailure(Platform.Snapchat, PlatformFailureKind.ExpiredAuthorization, "There is no refresh token; connect Snapchat again.");
        return Read(await api.TokenAsync("refresh token", new()
        {
            ["grant_type"] = "refresh_token", ["client_id"] = api.Settings.ClientId, ["client_secret"] = api.Settings.ClientSecret, ["refresh_token"] = refreshToken,
        }, ct));
    }

    public async Task<Result<PlatformIdentity>> WhoAmIAsync(PlatformAccess access, CancellationToken ct)
    {
        if (!(await api.GetAsync(access, "me", [], ct)).TryGet(out var body, out var refusal)) return Result<PlatformIdentity>.Refused(refusal);
        if (body["me"] is not JsonObject me || me["id"]?.ToString() is not { Length: > 0 } id) return new PlatformFailure(Platform.Snapchat, PlatformFailureKind.Unavailable, "Snapchat did not say who consented.");
        // Snapchat tells no scopes: a token that may ask who it belongs to has the one that was asked for.
        return new PlatformIdentity(id, me["display_name"]?.ToString() ?? me["email"]?.ToString() ?? id, Scopes, []);
    }

    private Result<PlatformTokens> Read(Result<JsonNode> answer)
    {
        if (!answer.TryGet(out var body, out var refusal)) return Result<PlatformTokens>.Refused(refusal);
        if (body["access_token"]?.ToString() is not { Length: > 0 } token) return new PlatformFailure(Platform.Snapchat, PlatformFailureKind.Unavailable, "Snapchat answered without a token.");
        var lives = double.TryParse(body["expires_in"]?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : Hour;
        return new PlatformTokens(token, body["refresh_token"]?.ToString(), time.GetUtcNow() + lives);
    }
}
