using System.Security.Claims;
using System.Security.Cryptography;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AdStudio.Core.Accounts;

/// <summary>Whom an access token speaks for: a person, brought by a key of the same organization.</summary>
public sealed record TokenHolder(Guid PersonId, Guid OrganizationId, Guid ApiKeyId);

/// <summary>
/// Access tokens of APIs 000, 001 and 002: JWTs signed with a key of the installation, for one hour. The key lies encrypted in the database, so that every node reads the same.
/// </summary>
public sealed class AccessTokens(Studio studio, Secrets secrets, IMemoryCache cache, TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);
    private const string Issuer = "adstudio", KeyName = "access-token-key";

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };
    private SymmetricSecurityKey? signing;

    public async Task<string> IssueAsync(TokenHolder holder, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Life,
            Claims = new Dictionary<string, object> { ["sub"] = holder.PersonId.ToString(), ["org"] = holder.OrganizationId.ToString(), ["key"] = holder.ApiKeyId.ToString(), ["jti"] = Guid.NewGuid().ToString("N") },
            SigningCredentials = new SigningCredentials(await KeyAsync(ct), SecurityAlgorithms.HmacSha256),
        });
    }

    /// <summary>Null for a token that is not ours, is spoilt, or has run out. A good one is remembered for a few seconds: a client sends the same one with every request.</summary>
    public async Task<TokenHolder?> ReadAsync(string token, CancellationToken ct)
    {
        if (cache.TryGetValue(token, out TokenHolder? known)) return known;

        var result = await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Issuer,
            IssuerSigningKey = await KeyAsync(ct),
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            LifetimeValidator = (from, until, _, _) => from <= time.GetUtcNow().UtcDateTime.AddSeconds(30) && until > time.GetUtcNow().UtcDateTime,
        });
        if (!result.IsValid || IdOf(result.ClaimsIdentity, "sub") is not { } person || IdOf(result.ClaimsIdentity, "org") is not { } organization || IdOf(result.ClaimsIdentity, "key") is not { } key) return null;

        var holder = new TokenHolder(person, organization, key);
        cache.Set(token, holder, ApiKeys.KeptFor);
        return holder;
    }

    private static Guid? IdOf(ClaimsIdentity claims, string type) => Guid.TryParse(claims.FindFirst(type)?.Value, out var id) ? id : null;

    // Two first requests at once read the same row: nothing to lock.
    private async Task<SymmetricSecurityKey> KeyAsync(CancellationToken ct) => signing ??= new SymmetricSecurityKey(Convert.FromBase64String(await ReadOrMakeKeyAsync(ct)));

    private async Task<string> ReadOrMakeKeyAsync(CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var row = await db.InstallationSecrets.SingleOrDefaultAsync(s => s.Name == KeyName, ct);
        if (secrets.Unprotect(row?.Value) is { } there) return there;

        // None yet, or encrypted with keys that are gone: then no old token can be honoured anyway.
        var made = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        if (row is null) db.InstallationSecrets.Add(new InstallationSecret { Name = KeyName, Value = secrets.Protect(made) });
        else row.Value = secrets.Protect(made);
        try
        {
            await db.SaveChangesAsync(ct);
            return made;
        }
        catch (DbUpdateException race) when (db.IsDuplicate(race))
        {
            return await ReadOrMakeKeyAsync(ct);
        }
    }
}
