using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Meta;

/// <summary>Access tokens: given for codes, made long-lived, inspected, checked.</summary>
public sealed class MetaTokens(MetaContext context)
{
    /// <summary>With a pixel's id behind it: the token that only tells that pixel of conversions.</summary>
    public const string PixelToken = "sandbox-pixel-";

    public static string PixelScope(string pixel) => "pixel:" + pixel;

    /// <summary>Makes a code for what a person granted, to be used once.</summary>
    public string NewCode(string user, string redirectUri, IEnumerable<string> scopes)
    {
        var code = Tokens.New("AQ");
        context.Store.Put(new SandboxObject
        {
            Kind = MetaWorld.Code, Id = Tokens.Hash(code), CreatedAt = context.Now,
            Body = new JsonObject { ["user"] = user, ["redirectUri"] = redirectUri, ["scopes"] = new JsonArray([.. scopes.Select(s => (JsonNode)s)]) },
        });
        return code;
    }

    /// <summary>GET or POST /oauth/access_token.</summary>
    public MetaReply Exchange(MetaCall call)
    {
        if (call.Text("client_id") != context.Options.MetaClientId) return new MetaError(101, "Error validating application. Cannot get application info due to a system error.");
        if (!Tokens.Same(call.Text("client_secret"), context.Options.MetaClientSecret)) return new MetaError(1, "Error validating client secret.");
        if (call.Text("grant_type") == "client_credentials") return new JsonObject { ["access_token"] = context.Options.MetaClientId + "|" + Tokens.New("", 20), ["token_type"] = "bearer" };
        if (call.Text("grant_type") == "fb_exchange_token")
        {
            var (old, error) = Check(call.Text("fb_exchange_token"));
            if (error is not null) return error;
            return Give(old!.Body["user"]!.GetValue<string>(), old.Body["scopes"]!.AsArray(), context.Options.MetaLongTokenLifetime);
        }
        if (call.Text("code") is not { } given) return new MetaError(1, "Missing authorization code");
        var code = context.Store.Find(MetaWorld.Code, Tokens.Hash(given));
        if (code is null) return new MetaError(100, "Invalid verification code format.") { Subcode = 36007 };
        if (code.Body["used"] is not null) return new MetaError(100, "This authorization code has been used.") { Subcode = 36009 };
        if (code.CreatedAt + context.Options.AuthorizationCodeLifetime < context.Now) return new MetaError(100, "This authorization code has expired.") { Subcode = 36007 };
        if (code.Body["redirectUri"]!.GetValue<string>() != call.Text("redirect_uri"))
            return new MetaError(100, "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request") { Subcode = 36008 };
        var used = code.Clone();
        used.Body["used"] = true;
        context.Store.Put(used);
        return Give(code.Body["user"]!.GetValue<string>(), code.Body["scopes"]!.AsArray(), context.Options.MetaShortTokenLifetime);
    }

    /// <summary>GET /debug_token.</summary>
    public MetaReply Debug(MetaCall call)
    {
        var asking = call.Token ?? "";
        if (!Tokens.Same(asking, context.Options.MetaClientId + "|" + context.Options.MetaClientSecret) && Check(asking).Error is { } error) return error;
        var token = call.Text("input_token") is { } input ? context.Store.Find(MetaWorld.Token, Tokens.Hash(input)) : null;
        if (token is null)
            return new JsonObject { ["data"] = new JsonObject { ["error"] = new JsonObject { ["code"] = 190, ["message"] = "Invalid OAuth access token." }, ["is_valid"] = false, ["scopes"] = new JsonArray() } };
        var expires = Expires(token);
        var data = new JsonObject
        {
            ["app_id"] = context.Options.MetaClientId, ["type"] = "USER", ["application"] = "AdStudio", ["data_access_expires_at"] = (token.CreatedAt + TimeSpan.FromDays(90)).ToUnixTimeSeconds(),
            ["expires_at"] = expires.ToUnixTimeSeconds(), ["is_valid"] = expires > context.Now, ["issued_at"] = token.CreatedAt.ToUnixTimeSeconds(),
            ["scopes"] = token.Body["scopes"]!.DeepClone(), ["user_id"] = token.Body["user"]!.DeepClone(),
        };
        if (expires <= context.Now) data["error"] = new JsonObject { ["code"] = 190, ["message"] = "Error validating access token: Session has expired.", ["subcode"] = 463 };
        return new JsonObject { ["data"] = data };
    }

    /// <summary>The session behind a token, or why there is none.</summary>
    public (SandboxObject? Session, MetaError? Error) Check(string? token)
    {
        if (string.IsNullOrEmpty(token)) return (null, new MetaError(2500, "An active access token must be used to query information about the current user."));
        if (token.StartsWith(PixelToken, StringComparison.Ordinal) && context.Store.Find(MetaWorld.Pixel, token[PixelToken.Length..]) is { } pixel)
        {
            var owner = context.Store.All(MetaWorld.User).First(u => u.Body["accounts"]!.AsArray().Any(a => a!.ToString() == pixel.AccountId));
            return (new SandboxObject { Kind = MetaWorld.Token, Id = token, Body = new JsonObject { ["user"] = owner.Id, ["scopes"] = new JsonArray(PixelScope(pixel.Id)) } }, null);
        }
        var found = context.Store.Find(MetaWorld.Token, Tokens.Hash(token));
        if (found is null) return (null, MetaError.BadToken());
        if (found.Body["revoked"] is not null) return (null, new MetaError(190, "Error validating access token: The user has not authorized application.") { Status = 401, Subcode = 458 });
        return Expires(found) <= context.Now ? (null, MetaError.Expired(Expires(found), context.Now)) : (found, null);
    }

    public MetaError? CheckProof(MetaCall call)
    {
        if (call.Text("appsecret_proof") is not { } proof) return null;
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(context.Options.MetaClientSecret), Encoding.UTF8.GetBytes(call.Token ?? "")));
        return Tokens.Same(proof, expected) ? null : new MetaError(100, "Invalid appsecret_proof provided in the API argument") { Type = "GraphMethodException" };
    }

    /// <summary>A page's own token: it can do what the person granted, for that page.</summary>
    public static string PageToken(MetaContext context, MetaCall call, SandboxObject page)
    {
        var token = "EAAP" + Tokens.Hash(call.Session!.Id + page.Id)[..40];
        var kept = call.Session.Clone();
        kept.Body["page"] = page.Id;
        context.Store.Put(new SandboxObject { Kind = MetaWorld.Token, Id = Tokens.Hash(token), CreatedAt = kept.CreatedAt, Body = kept.Body });
        return token;
    }

    private JsonObject Give(string user, JsonArray scopes, TimeSpan lifetime)
    {
        var token = Tokens.New("EAAB");
        context.Store.Put(new SandboxObject
        {
            Kind = MetaWorld.Token, Id = Tokens.Hash(token), CreatedAt = context.Now,
            Body = new JsonObject { ["user"] = user, ["scopes"] = scopes.DeepClone(), ["expires"] = (context.Now + lifetime).ToString("O", CultureInfo.InvariantCulture) },
        });
        return new JsonObject { ["access_token"] = token, ["token_type"] = "bearer", ["expires_in"] = (long)lifetime.TotalSeconds };
    }

    private static DateTimeOffset Expires(SandboxObject token) => DateTimeOffset.Parse(token.Body["expires"]!.GetValue<string>(), CultureInfo.InvariantCulture);
}
