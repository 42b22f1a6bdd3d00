using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Apple;

/// <summary>Apple's token address: client credentials with a secret that is a JWT signed with ES256 (RFC 7519, RFC 7518).</summary>
internal sealed class AppleTokens(AppleContext context, OAuthDesk desk)
{
    private const string Audience = "https://appleid.apple.com", Scope = "searchadsorg";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1), Longest = TimeSpan.FromDays(180), Skew = TimeSpan.FromMinutes(5);

    public AppleReply Exchange(IReadOnlyDictionary<string, string> form)
    {
        if (form.GetValueOrDefault("grant_type") != "client_credentials") return Refused("unsupported_grant_type");
        if (form.GetValueOrDefault("scope") != Scope) return Refused("invalid_scope");
        var client = form.GetValueOrDefault("client_id");
        if (context.Store.All(AppleWorld.User).FirstOrDefault(u => u.Body["clientId"]!.ToString() == client) is not { } user || !IsSignedBy(user, form.GetValueOrDefault("client_secret"))) return Refused("invalid_client");
        return new(200, new JsonObject
        {
            ["access_token"] = desk.NewAccessToken(new(user.Id, [Scope]), Lifetime, "ea."), ["token_type"] = "Bearer", ["expires_in"] = (int)Lifetime.TotalSeconds, ["scope"] = Scope,
        });
    }

    private static AppleReply Refused(string error) => new(400, new JsonObject { ["error"] = error });

    private bool IsSignedBy(SandboxObject user, string? assertion)
    {
        if (assertion?.Split('.') is not [var head, var body, var signature] || Read(head) is not { } header || Read(body) is not { } claims) return false;
        if (header["alg"]?.ToString() != "ES256" || header["kid"]?.ToString() != user.Body["keyId"]!.ToString()) return false;
        if (claims["sub"]?.ToString() != user.Body["clientId"]!.ToString() || claims["iss"]?.ToString() != user.Body["teamId"]!.ToString() || claims["aud"]?.ToString() != Audience) return false;
        if (Instant(claims["iat"]) is not { } issued || Instant(claims["exp"]) is not { } expires) return false;

        // The caller's clock is the real one, however far the sandbox's has gone.
        var now = context.Options.RealTime.GetUtcNow();
        if (issued > now + Skew || expires <= now - Skew || expires - issued > Longest) return false;

        using var key = ECDsa.Create();
        key.ImportFromPem(user.Body["publicKey"]!.ToString());
        try
        {
            return key.VerifyData(Encoding.ASCII.GetBytes($"{head}.{body}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static JsonObject? Read(string part)
    {
        try { return JsonNode.Parse(Base64Url.DecodeFromChars(part)) as JsonObject; }
        catch (Exception e) when (e is FormatException or JsonException) { return null; }
    }

    private static DateTimeOffset? Instant(JsonNode? seconds) => seconds?.GetValueKind() == JsonValueKind.Number ? DateTimeOffset.FromUnixTimeSeconds(seconds.GetValue<long>()) : null;
}
