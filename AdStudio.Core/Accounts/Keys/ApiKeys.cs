using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace AdStudio.Core.Accounts;

/// <summary>Recognises API keys. What it found is kept for a few seconds, because every request asks; a revoked key is gone within <see cref="KeptFor"/>.</summary>
public sealed class ApiKeys(Studio studio, PlatformsHere platforms, IMemoryCache cache, TimeProvider time)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UseIsNotedEvery = TimeSpan.FromMinutes(1);

    /// <summary>The actor of a key that still counts, acting for itself within its scopes; null for any other text.</summary>
    public async Task<Actor?> FindAsync(string text, string via, CancellationToken ct)
    {
        if (text.Length is 0 or > 256) return null;
        var hash = KeyText.HashOf(text);
        if (cache.TryGetValue(hash, out Actor? kept) && kept is not null) return kept with { Via = via };

        await using var db = await studio.OpenForEveryoneAsync(ct);
        return await RememberAsync(db, await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Hash == hash, ct), hash, via, ct);
    }

    /// <summary>The same by the key's id, for a token that the key brought: with the key, the token ends, and beyond the key's scopes it does not reach.</summary>
    public async Task<Actor?> FindAsync(Guid keyId, string via, CancellationToken ct)
    {
        if (cache.TryGetValue(keyId, out Actor? kept) && kept is not null) return kept with { Via = via };
        await using var db = await studio.OpenForEveryoneAsync(ct);
        return await RememberAsync(db, await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Id == keyId, ct), keyId, via, ct);
    }

    private async Task<Actor?> RememberAsync(StudioDb db, ApiKey? key, object by, string via, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (key is null || key.RevokedAt is not null || key.ExpiresAt <= now) return null;

        var stale = now - UseIsNotedEvery;
        await db.ApiKeys.Where(k => k.Id == key.Id && (k.LastUsedAt == null || k.LastUsedAt < stale)).ExecuteUpdateAsync(k => k.SetProperty(x => x.LastUsedAt, now), ct);
        var actor = new Actor
        {
            Kind = ActorKind.ApiKey,
            OrganizationId = key.OrganizationId,
            Id = key.Id,
            Name = key.Name,
            Via = via,
            Role = OrganizationRole.Admin,
            Scopes = key.Scopes.ToHashSet(),
            ReachesPlatforms = platforms.AreEmulated || key.Environment == KeyEnvironment.Live,
        };
        cache.Set(by, actor, KeptFor);
        return actor;
    }
}
