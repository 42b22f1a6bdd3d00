using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace AdStudio.Core.Accounts;

/// <param name="Start">The first characters, by which people recognise it.</param>
public sealed record ApiKeyRow(Guid Id, string Name, string Start, IReadOnlyList<string> Scopes, string? CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt);

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
    public async Task<Result<CreatedApiKey>> RunAsync(Actor actor, string name, IReadOnlyCollection<string> scopes, DateTimeOffset? expiresAt, CancellationToken ct)
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
        var text = KeyText.New("ask_");
        var key = new ApiKey { Name = name.Trim(), Start = text[..12], Hash = KeyText.HashOf(text), Scopes = [.. scopes.Distinct()], CreatedById = actor.PersonId, CreatedAt = now, ExpiresAt = expiresAt };
        db.Add(key);
        await db.SaveChangesAsync(ct);
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

    public static ApiKeyRow ToRow(this ApiKey key, string? createdBy) => new(key.Id, key.Name, key.Start, key.Scopes, createdBy, key.CreatedAt, key.ExpiresAt, key.RevokedAt, key.LastUsedAt);
}
