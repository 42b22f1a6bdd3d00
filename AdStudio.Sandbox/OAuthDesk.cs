using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Clock;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox;

/// <summary>Who let whom do what.</summary>
public sealed record OAuthGrant(string User, IReadOnlyList<string> Scopes);

public enum TokenState { Missing, Unknown, Expired, Revoked, Good }

/// <summary>
/// Codes, access tokens and refresh tokens of one platform, kept as <see cref="SandboxPlatform"/> expects them. How a platform words its answers and refusals is its own affair. Call it within the store's work.
/// </summary>
public sealed class OAuthDesk(string platform, SandboxStore store, SandboxClock clock, SandboxOptions options)
{
    public bool KnowsClient(string? id) => id == options.ClientId;
    public bool KnowsClient(string? id, string? secret) => KnowsClient(id) && Tokens.Same(secret, options.ClientSecret);
    public SandboxObject? Person(string id) => store.Find(platform + ".user", id);

    public string NewCode(string user, string redirectUri, IEnumerable<string> scopes, string? challenge = null)
    {
        var code = Tokens.New("");
        Put("code", code, new() { ["user"] = user, ["redirectUri"] = redirectUri, ["scope"] = string.Join(' ', scopes), ["challenge"] = challenge });
        return code;
    }

    /// <summary>A code counts once, for ten minutes, for the address and the verifier it was asked with; null when it does not.</summary>
    /// <param name="redirectUri">Null where the platform does not ask for it again.</param>
    public OAuthGrant? Redeem(string? code, string? redirectUri, string? verifier = null)
    {
        if (Find("code", code) is not { } found || found.Body["used"] is not null || found.CreatedAt + options.AuthorizationCodeLifetime < clock.Now) return null;
        if (redirectUri is not null && found.Body["redirectUri"]!.ToString() != redirectUri) return null;
        if (found.Body["challenge"]?.ToString() is { } challenge && challenge != Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier ?? "")))) return null;
        Mark(found, "used");
        return GrantOf(found);
    }

    public string NewAccessToken(OAuthGrant grant, TimeSpan lifetime, string prefix = "") =>
        New("token", prefix, grant, (clock.Now + lifetime).ToString("O", CultureInfo.InvariantCulture));

    public string NewRefreshToken(OAuthGrant grant, string prefix = "") => New("refresh", prefix, grant, null);

    /// <param name="rotates">Whether the token is used up by this.</param>
    public OAuthGrant? UseRefreshToken(string? token, bool rotates = false)
    {
        if (Find("refresh", token) is not { } found || found.Body["revoked"] is not null) return null;
        if (rotates) Mark(found, "revoked");
        return GrantOf(found);
    }

    /// <summary>What an access token is worth now.</summary>
    public (TokenState State, OAuthGrant? Grant) Check(string? token)
    {
        if (string.IsNullOrEmpty(token)) return (TokenState.Missing, null);
        if (Find("token", token) is not { } found) return (TokenState.Unknown, null);
        if (found.Body["revoked"] is not null) return (TokenState.Revoked, null);
        return DateTimeOffset.Parse(found.Body["expires"]!.ToString(), CultureInfo.InvariantCulture) <= clock.Now ? (TokenState.Expired, null) : (TokenState.Good, GrantOf(found));
    }

    private string New(string kind, string prefix, OAuthGrant grant, string? expires)
    {
        var token = Tokens.New(prefix);
        Put(kind, token, new() { ["user"] = grant.User, ["scope"] = string.Join(' ', grant.Scopes), ["expires"] = expires });
        return token;
    }

    private void Put(string kind, string secret, JsonObject body) => store.Put(new SandboxObject { Kind = $"{platform}.{kind}", Id = Tokens.Hash(secret), CreatedAt = clock.Now, UpdatedAt = clock.Now, Body = body });

    private SandboxObject? Find(string kind, string? secret) => secret is null ? null : store.Find($"{platform}.{kind}", Tokens.Hash(secret));

    private void Mark(SandboxObject item, string field)
    {
        var changed = item.Clone();
        changed.Body[field] = true;
        store.Put(changed);
    }

    private static OAuthGrant GrantOf(SandboxObject item) => new(item.Body["user"]!.ToString(), item.Body["scope"]!.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
