using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>Meta's code flow. There are no refresh tokens: a token of about 60 days is exchanged for a new one while it is still good.</summary>
internal sealed class MetaAuthorization(MetaApi api, TimeProvider time) : IAuthorizes
{
    private static readonly TimeSpan LongLived = TimeSpan.FromDays(60);

    public Platform Platform => Platform.Meta;
    public bool SupportsPkce => false;
    public IReadOnlyList<string> Scopes { get; } = ["ads_management", "ads_read", "pages_show_list", "pages_read_engagement", "pages_manage_ads", "pages_manage_metadata", "leads_retrieval"];

    public Uri AuthorizeUrl(string state, Uri redirectUri, string? codeChallenge) => new(api.Settings.Authorize + MetaApi.Query(
    [
        ("client_id", api.Settings.ClientId), ("redirect_uri", redirectUri.AbsoluteUri), ("state", state), ("scope", string.Join(',', Scopes)), ("response_type", "code"),
    ]));

    public async Task<Result<PlatformTokens>> ExchangeCodeAsync(string code, Uri redirectUri, string? codeVerifier, CancellationToken ct)
    {
        var answer = await api.TokenAsync("exchange code",
            [("client_id", api.Settings.ClientId), ("client_secret", api.Settings.ClientSecret), ("redirect_uri", redirectUri.AbsoluteUri), ("code", code)], ct);
        if (!Read(answer).TryGet(out var shortLived, out var refusal)) return Result<PlatformTokens>.Refused(refusal);
        return await RefreshAsync(shortLived.AccessToken, null, ct);
    }

    public async Task<Result<PlatformTokens>> RefreshAsync(string accessToken, string? refreshToken, CancellationToken ct) => Read(await api.TokenAsync("exchange token",
        [("grant_type", "fb_exchange_token"), ("client_id", api.Settings.ClientId), ("client_secret", api.Settings.ClientSecret), ("fb_exchange_token", accessToken)], ct));

    public async Task<Result<PlatformIdentity>> WhoAmIAsync(PlatformAccess access, CancellationToken ct)
    {
        if (!(await api.GetAsync(access, "me", [("fields", "id,name")], ct)).TryGet(out var me, out var refusal)) return Result<PlatformIdentity>.Refused(refusal);
        if (!(await api.ListAsync(access, "me/permissions", [], ct)).TryGet(out var permissions, out refusal)) return Result<PlatformIdentity>.Refused(refusal);
        var granted = permissions.Where(p => p["status"]?.ToString() == "granted").Select(p => p["permission"]!.ToString()).Order().ToList();
        return new PlatformIdentity(me["id"]!.ToString(), me["name"]?.ToString() ?? "", granted, [.. Scopes.Except(granted)]);
    }

    private Result<PlatformTokens> Read(Result<JsonNode> answer)
    {
        if (!answer.TryGet(out var body, out var refusal)) return Result<PlatformTokens>.Refused(refusal);
        if (body["access_token"]?.ToString() is not { Length: > 0 } token) return new PlatformFailure(Platform.Meta, PlatformFailureKind.Unavailable, "Meta answered without a token.");
        // Meta leaves expires_in out of some long-lived answers; it is about 60 days then.
        var lives = double.TryParse(body["expires_in"]?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : LongLived;
        return new PlatformTokens(token, null, time.GetUtcNow() + lives);
    }
}
