using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Google;

/// <summary>OAuth 2.0 of Google: codes with PKCE, access tokens for an hour, refresh tokens.</summary>
public sealed class GoogleTokens(GoogleContext context)
{
    public static IReadOnlyDictionary<string, string> Scopes { get; } = new Dictionary<string, string>
    {
        ["https://www.googleapis.com/auth/adwords"] = "See, edit, create and delete your Google Ads accounts and data",
        ["https://www.googleapis.com/auth/datamanager"] = "Upload your customers' data to Google's ads products",
        ["openid"] = "Know who you are on Google",
        ["email"] = "See your e-mail address",
        ["profile"] = "See your name",
        ["https://www.googleapis.com/auth/userinfo.email"] = "See your e-mail address",
        ["https://www.googleapis.com/auth/userinfo.profile"] = "See your name",
    };

    public string NewCode(string user, string redirectUri, IEnumerable<string> scopes, string? challenge, string? method, bool offline)
    {
        var code = Tokens.New("4/0A");
        context.Store.Put(new SandboxObject
        {
            Kind = GoogleWorld.Code, Id = Tokens.Hash(code), CreatedAt = context.Now,
            Body = new JsonObject { ["user"] = user, ["redirectUri"] = redirectUri, ["scope"] = string.Join(' ', scopes), ["challenge"] = challenge, ["method"] = method, ["offline"] = offline },
        });
        return code;
    }

    /// <summary>POST /token.</summary>
    public GoogleReply Exchange(IReadOnlyDictionary<string, string> form)
    {
        var clientId = form.GetValueOrDefault("client_id");
        if (clientId != context.Options.GoogleClientId) return Refused("invalid_client", "The OAuth client was not found.", 401);
        if (!Tokens.Same(form.GetValueOrDefault("client_secret"), context.Options.GoogleClientSecret)) return Refused("invalid_client", "Unauthorized", 401);
        switch (form.GetValueOrDefault("grant_type"))
        {
            case "authorization_code":
                var code = context.Store.Find(GoogleWorld.Code, Tokens.Hash(form.GetValueOrDefault("code") ?? ""));
                if (code is null || code.Body["used"] is not null) return Refused("invalid_grant", "Malformed auth code.");
                if (code.CreatedAt + context.Options.AuthorizationCodeLifetime < context.Now) return Refused("invalid_grant", "Bad Request");
                if (code.Body["redirectUri"]!.GetValue<string>() != form.GetValueOrDefault("redirect_uri")) return Refused("redirect_uri_mismatch", "Bad Request");
                if (!Verified(code.Body, form.GetValueOrDefault("code_verifier"))) return Refused("invalid_grant", "Missing or invalid code verifier.");
                var used = code.Clone();
                used.Body["used"] = true;
                context.Store.Put(used);
                return Give(code.Body["user"]!.GetValue<string>(), code.Body["scope"]!.GetValue<string>(), code.Body["offline"]!.GetValue<bool>());
            case "refresh_token":
                var refresh = context.Store.Find(GoogleWorld.Refresh, Tokens.Hash(form.GetValueOrDefault("refresh_token") ?? ""));
                return refresh is null || refresh.Body["revoked"] is not null
                    ? Refused("invalid_grant", "Token has been expired or revoked.")
                    : Give(refresh.Body["user"]!.GetValue<string>(), refresh.Body["scope"]!.GetValue<string>(), withRefresh: false);
            default:
                return Refused("unsupported_grant_type", "Invalid grant_type: " + form.GetValueOrDefault("grant_type"));
        }
    }

    /// <summary>POST /revoke.</summary>
    public GoogleReply Revoke(string token)
    {
        foreach (var kind in new[] { GoogleWorld.Token, GoogleWorld.Refresh })
            if (context.Store.Find(kind, Tokens.Hash(token))?.Clone() is { } found)
            {
                found.Body["revoked"] = true;
                context.Store.Put(found);
                return new JsonObject();
            }
        return Refused("invalid_token", "Token expired or revoked");
    }

    /// <summary>The session behind an access token, or why there is none.</summary>
    public (SandboxObject? Session, GoogleError? Error) Check(string? token)
    {
        if (string.IsNullOrEmpty(token)) return (null, new GoogleError("authenticationError", "AUTHENTICATION_ERROR", "Authentication of the request failed.") { Status = 401 });
        var found = context.Store.Find(GoogleWorld.Token, Tokens.Hash(token));
        if (found is null) return (null, new GoogleError("authenticationError", "OAUTH_TOKEN_INVALID", "OAuth token in the header is not valid.") { Status = 401 });
        if (found.Body["revoked"] is not null) return (null, new GoogleError("authenticationError", "OAUTH_TOKEN_REVOKED", "OAuth token has been revoked.") { Status = 401 });
        return DateTimeOffset.Parse(found.Body["expires"]!.GetValue<string>(), CultureInfo.InvariantCulture) <= context.Now ? (null, GoogleError.ExpiredToken()) : (found, null);
    }

    private JsonObject Give(string user, string scope, bool withRefresh)
    {
        var lifetime = context.Options.GoogleTokenLifetime;
        var token = Tokens.New("ya29.a0");
        context.Store.Put(new SandboxObject
        {
            Kind = GoogleWorld.Token, Id = Tokens.Hash(token), CreatedAt = context.Now,
            Body = new JsonObject { ["user"] = user, ["scope"] = scope, ["expires"] = (context.Now + lifetime).ToString("O", CultureInfo.InvariantCulture) },
        });
        var answer = new JsonObject { ["access_token"] = token, ["expires_in"] = (long)lifetime.TotalSeconds, ["scope"] = scope, ["token_type"] = "Bearer" };
        if (!withRefresh) return answer;
        var refresh = Tokens.New("1//0");
        context.Store.Put(new SandboxObject { Kind = GoogleWorld.Refresh, Id = Tokens.Hash(refresh), CreatedAt = context.Now, Body = new JsonObject { ["user"] = user, ["scope"] = scope } });
        answer["refresh_token"] = refresh;
        return answer;
    }

    private static bool Verified(JsonObject code, string? verifier)
    {
        if (code["challenge"]?.GetValue<string>() is not { Length: > 0 } challenge) return true;
        if (string.IsNullOrEmpty(verifier)) return false;
        return code["method"]?.GetValue<string>() == "S256"
            ? Tokens.Same(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))), challenge)
            : Tokens.Same(verifier, challenge);
    }

    private static GoogleReply Refused(string error, string description, int status = 400) => new(status, new JsonObject { ["error"] = error, ["error_description"] = description });
}
