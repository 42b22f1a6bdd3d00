using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.TikTok;

/// <summary>TikTok's code flow. What may be asked for belongs to the app, so no scopes go along; a token lasts until it is taken back, so there is nothing to refresh.</summary>
internal sealed class TikTokAuthorization(TikTokApi api) : IAuthorizes
{
    public Platform Platform => Platform.TikTok;
    public bool SupportsPkce => false;
    public IReadOnlyList<string> Scopes { get; } = [];

    public Uri AuthorizeUrl(string state, Uri redirectUri, string? codeChallenge) =>
        new(api.Settings.Authorize + TikTokApi.Query(new() { ["app_id"] = api.Settings.ClientId, ["state"] = state, ["redirect_uri"] = redirectUri.AbsoluteUri }));

    /// <summary>POST oauth2/access_token/ (SDK: Oauth2AccessTokenBody).</summary>
    public async Task<Result<PlatformTokens>> ExchangeCodeAsync(string code, Uri redirectUri, string? codeVerifier, CancellationToken ct)
    {
        var answer = await api.TokenAsync(new() { ["app_id"] = api.Settings.ClientId, ["secret"] = api.Settings.ClientSecret, ["auth_code"] = code }, ct);
        if (!answer.TryGet(out var data, out var refusal)) return Result<PlatformTokens>.Refused(refusal);
        return data["access_token"]?.ToString() is { Length: > 0 } token ? new PlatformTokens(token, null, null) : new PlatformFailure(Platform.TikTok, PlatformFailureKind.Unavailable, "TikTok answered without a token.");
    }

    /// <summary>The same token, if it still counts.</summary>
    public async Task<Result<PlatformTokens>> RefreshAsync(string accessToken, string? refreshToken, CancellationToken ct) =>
        (await WhoAmIAsync(new(Guid.Empty, accessToken), ct)).TryGet(out _, out var refusal) ? new PlatformTokens(accessToken, null, null) : Result<PlatformTokens>.Refused(refusal);

    public async Task<Result<PlatformIdentity>> WhoAmIAsync(PlatformAccess access, CancellationToken ct)
    {
        if (!(await api.GetAsync(access, TikTokFromMemory.UserInfo, [], ct)).TryGet(out var me, out var refusal)) return Result<PlatformIdentity>.Refused(refusal);
        return new PlatformIdentity(me["core_user_id"]?.ToString() ?? "", me["display_name"]?.ToString() ?? "TikTok", [], []);
    }
}
