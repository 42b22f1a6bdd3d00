using System.Text.Json.Nodes;

namespace AdStudio.Sandbox.LinkedIn;

/// <summary>Access tokens of 60 days and refresh tokens of a year, with OAuth's own words for what is wrong.</summary>
internal sealed class LinkedInTokens(LinkedInContext context, OAuthDesk desk)
{
    private static readonly TimeSpan Access = TimeSpan.FromDays(60), Refresh = TimeSpan.FromDays(365);

    public LinkedInReply Exchange(IReadOnlyDictionary<string, string> form)
    {
        if (!desk.KnowsClient(form.GetValueOrDefault("client_id"), form.GetValueOrDefault("client_secret"))) return Refused(401, "invalid_client", "Client authentication failed");
        switch (form.GetValueOrDefault("grant_type"))
        {
            case "authorization_code":
                if (!form.TryGetValue("redirect_uri", out var redirect)) return Refused(400, "invalid_request", "A required parameter \"redirect_uri\" is missing");
                return desk.Redeem(form.GetValueOrDefault("code"), redirect) is { } grant ? Give(grant, desk.NewRefreshToken(grant, "AQX")) : Refused(400, "invalid_request", "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. Or authorization code expired.");
            case "refresh_token":
                return desk.UseRefreshToken(form.GetValueOrDefault("refresh_token")) is { } again ? Give(again, form["refresh_token"]) : Refused(400, "invalid_request", "The provided authorization grant or refresh token is invalid, expired or revoked");
            default:
                return Refused(400, "unsupported_grant_type", "The grant type is not supported");
        }
    }

    /// <summary>What a token is worth, for the app that it was given to.</summary>
    public LinkedInReply Introspect(IReadOnlyDictionary<string, string> form)
    {
        if (!desk.KnowsClient(form.GetValueOrDefault("client_id"), form.GetValueOrDefault("client_secret"))) return Refused(401, "invalid_client", "Client authentication failed");
        if (!form.TryGetValue("token", out var token)) return Refused(400, "invalid_request", "A required parameter \"token\" is missing");
        var (state, grant) = desk.Check(token);
        if (state != TokenState.Good) return new JsonObject { ["active"] = false, ["status"] = state switch { TokenState.Expired => "expired", TokenState.Revoked => "revoked", _ => "invalid" } };
        return new JsonObject { ["active"] = true, ["client_id"] = form["client_id"], ["status"] = "active", ["scope"] = string.Join(',', grant!.Scopes), ["auth_type"] = "3L", ["created_at"] = context.Now.ToUnixTimeSeconds() };
    }

    /// <summary>The refresh token stays the same, and so does the end of its year.</summary>
    private JsonObject Give(OAuthGrant grant, string refresh) => new()
    {
        ["access_token"] = desk.NewAccessToken(grant, Access, "AQV"), ["expires_in"] = (int)Access.TotalSeconds, ["refresh_token"] = refresh, ["refresh_token_expires_in"] = (int)Refresh.TotalSeconds,
        ["scope"] = string.Join(',', grant.Scopes), ["token_type"] = "Bearer",
    };

    private static LinkedInReply Refused(int status, string error, string words) => new(status, new JsonObject { ["error"] = error, ["error_description"] = words });
}
