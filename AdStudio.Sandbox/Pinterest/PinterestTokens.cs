using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AdStudio.Sandbox.Pinterest;

/// <summary>POST /oauth/token: codes and refresh tokens against access tokens, the app named by HTTP Basic.</summary>
public sealed class PinterestTokens(PinterestContext context, OAuthDesk desk)
{
    private static readonly TimeSpan Access = TimeSpan.FromDays(30), Refresh = TimeSpan.FromDays(60);
    private static readonly string[] Known = ["grant_type", "code", "redirect_uri", "refresh_token", "scope", "continuous_refresh"];

    public PinterestReply Exchange(string? authorization, IReadOnlyDictionary<string, string> form)
    {
        var (id, secret) = Client(authorization);
        if (!desk.KnowsClient(id, secret)) return PinterestReply.NoToken();
        if (form.Keys.FirstOrDefault(k => !Known.Contains(k)) is { } unknown) return PinterestReply.Invalid($"'{unknown}' is not a known property.");
        var type = form.GetValueOrDefault("grant_type");
        switch (type)
        {
            case "authorization_code":
                foreach (var name in (string[])["code", "redirect_uri"])
                    if (!form.ContainsKey(name)) return PinterestReply.Invalid($"'{name}' is a required property.");
                return desk.Redeem(form["code"], form["redirect_uri"]) is { } grant ? Give(grant, type) : PinterestReply.Invalid("The authorization code is invalid, has expired or was used before.");
            case "refresh_token":
                if (!form.TryGetValue("refresh_token", out var token)) return PinterestReply.Invalid("'refresh_token' is a required property.");
                return desk.UseRefreshToken(token) is { } again ? Give(again, type) : PinterestReply.NoToken();
            case "client_credentials":
                return PinterestReply.Forbidden();
            default:
                return PinterestReply.Invalid($"'grant_type' value '{type}' is not one of authorization_code, refresh_token, client_credentials.");
        }
    }

    /// <summary>Each answer brings a refresh token of its own, good for 60 days from then.</summary>
    private JsonObject Give(OAuthGrant grant, string type) => new()
    {
        ["response_type"] = type, ["access_token"] = desk.NewAccessToken(grant, Access, "pina_"), ["token_type"] = "bearer", ["expires_in"] = (int)Access.TotalSeconds, ["scope"] = string.Join(' ', grant.Scopes),
        ["refresh_token"] = desk.NewRefreshToken(grant, "pinr_"), ["refresh_token_expires_in"] = (int)Refresh.TotalSeconds, ["refresh_token_expires_at"] = (context.Now + Refresh).ToUnixTimeSeconds(),
    };

    private static (string? Id, string? Secret) Client(string? authorization)
    {
        if (authorization?.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) != true) return default;
        var bytes = new byte[authorization.Length];
        if (!Convert.TryFromBase64String(authorization[6..].Trim(), bytes, out var count)) return default;
        return Encoding.UTF8.GetString(bytes, 0, count).Split(':', 2) is [var id, var secret] ? (id, secret) : default;
    }
}
