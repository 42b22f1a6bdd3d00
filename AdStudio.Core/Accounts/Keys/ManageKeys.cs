using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace AdStudio.Core.Accounts;

/// <param name="Start">The first characters, by which people recognise it.</param>
public sealed record ApiKeyRow(Guid Id, string Name, string Start, IReadOnlyList<string> Scopes, string? CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt, KeyEnvironment Environment, Guid? RotatedFromId);

/// <param name="Text">The key itself. It is nowhere kept, so it can be shown this once only.</param>
public sealed record CreatedApiKey(ApiKeyRow Row, string Text)
{
    public override string ToString() => $"{nameof(CreatedApiKey)} {{ {Row.Name} }}";
}

/// <summary>The organization's keys, those that count first.</summary>
public sealed class ListApiKeys(Studio studio)
{
    public async Task<Result<IReadOnlyList<ApiKeyRow>>> RunAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.ManagesKeys()) return new OrganizationAdminNeeded();
        await using var db = await studio.OpenAsync(actor, ct);
        var keys = await db.ApiKeys.AsNoTracking().OrderBy(k => k.RevokedAt != null).ThenByDescending(k => k.CreatedAt).ToListAsync(ct);
        var makers = keys.Select(k => k.CreatedById).OfType<Guid>().Distinct().ToList();
        var names = await db.Users.IgnoreQueryFilters([StudioDb.DeletedFilter]).Where(p => makers.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        return keys.ConvertAll(k => k.ToRow(k.CreatedById is { } by ? names.GetValueOrDefault(by) : null));
    }
}

/// <summary>Makes a key by which a program calls the APIs.</summary>
public sealed class CreateApiKey(Studio studio, TimeProvider time)
{
    public async Task<Result<CreatedApiKey>> RunAsync(Actor actor, string name, IReadOnlyCollection<string> scopes, DateTimeOffset? expiresAt, CancellationToken ct, KeyEnvironment environment = KeyEnvironment.Live)
    {
        if (!actor.ManagesKeys()) return new OrganizationAdminNeeded();
        var now = time.GetUtcNow();
        List<FieldProblem> wrong = [];
        if (name.Trim().Length is 0 or > 128) wrong.Add(new("name", name.Trim().Length == 0 ? "Give the key a name, so that you know it again." : "A name has at most 128 characters."));
        if (scopes.Count == 0) wrong.Add(new("scopes", "Choose what the key may do."));
        else if (scopes.FirstOrDefault(s => !ApiScopes.IsKnown(s)) is { } unknown) wrong.Add(new("scopes", $"There is no scope “{unknown}”."));
        if (expiresAt <= now) wrong.Add(new("expiresAt", "This day has passed. Choose a later one."));
        if (wrong.Count > 0) return new InvalidError(wrong);

        await using var db = await studio.OpenAsync(actor, ct);
        var (key, text) = KeyRules.Make(name.Trim(), scopes.Distinct(), environment, actor, now, expiresAt);
        db.Add(key);
        await db.SaveChangesAsync(ct);
        return new CreatedApiKey(key.ToRow(actor.Name), text);
    }
}

/// <summary>
/// Makes a new key in the place of one, with the same name, scopes, environment and end. The old one counts on for the time given, zero to seven days, so that
/// programs can change over one by one. Tokens that the old key brought end with it.
/// </summary>
public sealed class RotateApiKey(Studio studio, IMemoryCache cache, TimeProvider time)
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public async Task<Result<CreatedApiKey>> RunAsync(Actor actor, Guid keyId, TimeSpan overlap, CancellationToken ct)
    {
        if (!actor.ManagesKeys()) return new OrganizationAdminNeeded();
        if (overlap < TimeSpan.Zero || overlap > Longest) return new InvalidError("overlap", "The old key can count on for up to seven days.");
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.ApiKeys.SingleOrDefaultAsync(k => k.Id == keyId, ct) is not { } old) return new ApiKeyNotFound();
        var now = time.GetUtcNow();
        if (old.RevokedAt is not null || old.ExpiresAt <= now) return new ApiKeyHasEnded(old.Name);
        if (await db.ApiKeys.AnyAsync(k => k.RotatedFromId == keyId, ct)) return new ApiKeyWasRotated(old.Name);

        var (key, text) = KeyRules.Make(old.Name, old.Scopes, old.Environment, actor, now, old.ExpiresAt);
        key.RotatedFromId = old.Id;
        db.Add(key);
        var ends = now + overlap;
        if (old.ExpiresAt is null || old.ExpiresAt > ends) old.ExpiresAt = ends;
        db.AuditVerb = "rotated";
        await db.SaveChangesAsync(ct);
        cache.Remove(old.Hash);
        cache.Remove(old.Id);
        return new CreatedApiKey(key.ToRow(actor.Name), text);
    }
}

/// <summary>Ends a key and every token it brought. Other nodes follow within a few seconds.</summary>
public sealed class RevokeApiKey(Studio studio, IMemoryCache cache, TimeProvider time)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid keyId, CancellationToken ct)
    {
        if (!actor.ManagesKeys()) return new OrganizationAdminNeeded();
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.ApiKeys.SingleOrDefaultAsync(k => k.Id == keyId, ct) is not { } key) return new ApiKeyNotFound();
        if (key.RevokedAt is not null) return Done.Value;

        var now = time.GetUtcNow();
        key.RevokedAt = now;
        db.AuditVerb = "revoked";
        await db.SaveChangesAsync(ct);
        await db.RefreshTokens.Where(t => t.ApiKeyId == keyId && t.RevokedAt == null).ExecuteUpdateAsync(t => t.SetProperty(x => x.RevokedAt, now), ct);
        cache.Remove(key.Hash);
        cache.Remove(key.Id);
        return Done.Value;
    }
}

internal static class KeyRules
{
    /// <summary>The organization's admins; a key makes no keys.</summary>
    public static bool ManagesKeys(this Actor actor) => actor.IsOrganizationAdmin && actor.Kind is ActorKind.Person or ActorKind.Studio;

    /// <summary>The text says by its beginning what the key is for.</summary>
    public static (ApiKey Key, string Text) Make(string name, IEnumerable<string> scopes, KeyEnvironment environment, Actor actor, DateTimeOffset now, DateTimeOffset? expiresAt)
    {
        var text = KeyText.New(environment == KeyEnvironment.Live ? "ask_live_" : "ask_test_");
        return (new ApiKey { Name = name, Start = text[..16], Hash = KeyText.HashOf(text), Scopes = [.. scopes], Environment = environment, CreatedById = actor.PersonId, CreatedAt = now, ExpiresAt = expiresAt }, text);
    }

    public static ApiKeyRow ToRow(this ApiKey key, string? createdBy) => new(key.Id, key.Name, key.Start, key.Scopes, createdBy, key.CreatedAt, key.ExpiresAt, key.RevokedAt, key.LastUsedAt, key.Environment, key.RotatedFromId);
}
