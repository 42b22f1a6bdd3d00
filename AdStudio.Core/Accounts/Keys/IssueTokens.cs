using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

/// <param name="RefreshToken">Good for one day and for one use.</param>
public sealed record TokenPair(string AccessToken, string RefreshToken);

/// <summary>Gives a partner's user tokens to act with. The token belongs to that user; one who is not known yet becomes a person without grants.</summary>
public sealed class IssueTokens(Studio studio, AccessTokens accessTokens, EnsurePersonByExternalId ensurePerson, TimeProvider time)
{
    public static readonly TimeSpan RefreshLife = TimeSpan.FromDays(1);

    public async Task<Result<TokenPair>> RunAsync(Actor key, string externalUserId, CancellationToken ct)
    {
        if (key.Kind != ActorKind.ApiKey) return new ApiKeyNeeded();
        var ensured = await ensurePerson.RunAsync(key, externalUserId, ct);
        if (!ensured.TryGet(out var person, out var refusal)) return refusal;

        await using var db = await studio.OpenAsync(key, ct);
        var refresh = AddRefreshToken(db, person.Id, key.Id, Guid.CreateVersion7(), time.GetUtcNow());
        await db.SaveChangesAsync(ct);
        return new TokenPair(await accessTokens.IssueAsync(new TokenHolder(person.Id, key.OrganizationId, key.Id), ct), refresh);
    }

    internal static string AddRefreshToken(StudioDb db, Guid personId, Guid apiKeyId, Guid familyId, DateTimeOffset now)
    {
        var text = KeyText.New("asr_");
        db.RefreshTokens.Add(new RefreshToken { PersonId = personId, ApiKeyId = apiKeyId, FamilyId = familyId, Hash = KeyText.HashOf(text), CreatedAt = now, ExpiresAt = now + RefreshLife });
        return text;
    }
}

/// <summary>Turns a refresh token into a new pair. Using one a second time revokes its whole family: one of the two holders stole it.</summary>
public sealed class RefreshTokens(Studio studio, AccessTokens accessTokens, TimeProvider time)
{
    public async Task<Result<TokenPair>> RunAsync(Actor key, string refreshToken, CancellationToken ct)
    {
        if (key.Kind != ActorKind.ApiKey) return new ApiKeyNeeded();
        var (hash, now) = (KeyText.HashOf(refreshToken), time.GetUtcNow());
        await using var db = await studio.OpenAsync(key, ct);

        var token = await db.RefreshTokens.AsNoTracking().SingleOrDefaultAsync(t => t.Hash == hash, ct);
        if (token is null || token.ApiKeyId != key.Id || token.RevokedAt is not null || token.ExpiresAt <= now) return new RefreshTokenNoLongerCounts();

        // Claimed by one statement, so that of two uses at once only one succeeds.
        var claimed = await db.UseRefreshTokenAsync(token.Id, now, ct);
        if (!claimed)
        {
            await db.RevokeFamilyAsync(token.FamilyId, now, ct);
            return new RefreshTokenNoLongerCounts();
        }
        var next = IssueTokens.AddRefreshToken(db, token.PersonId, key.Id, token.FamilyId, now);
        await db.SaveChangesAsync(ct);
        return new TokenPair(await accessTokens.IssueAsync(new TokenHolder(token.PersonId, key.OrganizationId, key.Id), ct), next);
    }
}
