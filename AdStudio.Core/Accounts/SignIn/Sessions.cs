using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace AdStudio.Core.Accounts;

/// <param name="Address">Where it came from.</param>
/// <param name="Device">The browser in words: "Firefox on Linux".</param>
public sealed record SessionOrigin(string Address, string Device);

public sealed record LiveSession(Guid Id, Guid PersonId, Guid OrganizationId, string PersonName);

/// <summary>Starts the session that a cookie then stands for.</summary>
[WithoutActor]
public sealed class StartSession(Studio studio, TimeProvider time)
{
    public async Task<LiveSession> RunAsync(Guid personId, SessionOrigin origin, CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var person = await db.Users.AsNoTracking().SingleAsync(p => p.Id == personId, ct);
        var now = time.GetUtcNow();
        var session = new PersonSession
        {
            OrganizationId = person.OrganizationId, PersonId = person.Id, CreatedAt = now, LastSeenAt = now, Address = Cut(origin.Address, 64), Device = Cut(origin.Device, 128),
        };
        db.PersonSessions.Add(session);
        await db.SaveChangesAsync(ct);
        return new LiveSession(session.Id, person.Id, person.OrganizationId, ((IAuditedRow)person).AuditName);
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}

/// <summary>Whether a cookie's session still counts. Asked by every request and every few seconds by open pages, so the answer is kept for a moment.</summary>
[WithoutActor]
public sealed class CheckSession(Studio studio, IMemoryCache cache, TimeProvider time)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(3);

    /// <summary>A session that nobody used for so long is over.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    public async Task<LiveSession?> RunAsync(Guid sessionId, CancellationToken ct)
    {
        if (cache.TryGetValue(KeyOf(sessionId), out LiveSession? kept)) return kept;

        await using var db = await studio.OpenForEveryoneAsync(ct);
        var now = time.GetUtcNow();
        var oldest = now - Lifetime;
        var found = await db.PersonSessions.Where(s => s.Id == sessionId && s.RevokedAt == null && s.LastSeenAt > oldest && s.Person.DeletedAt == null)
            .Select(s => new { s.PersonId, s.OrganizationId, s.LastSeenAt, s.Person.Name, s.Person.Email }).SingleOrDefaultAsync(ct);
        if (found is not null && now - found.LastSeenAt > TimeSpan.FromMinutes(1))
            await db.PersonSessions.Where(s => s.Id == sessionId).ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, now), ct);

        var live = found is null ? null : new LiveSession(sessionId, found.PersonId, found.OrganizationId, found.Name.Length > 0 ? found.Name : found.Email ?? "");
        cache.Set(KeyOf(sessionId), live, KeptFor);
        return live;
    }

    /// <summary>After a session was revoked.</summary>
    public void Forget(Guid sessionId) => cache.Remove(KeyOf(sessionId));

    private static string KeyOf(Guid sessionId) => $"session:{sessionId:N}";
}

public sealed record SessionRow(Guid Id, string Device, string Address, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, bool IsThis);

/// <summary>The browsers in which the person is signed in, this one first.</summary>
public sealed class ListSessions(Studio studio, TimeProvider time)
{
    public async Task<IReadOnlyList<SessionRow>> RunAsync(Actor actor, Guid? thisSession, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var oldest = time.GetUtcNow() - CheckSession.Lifetime;
        var rows = await db.PersonSessions.Where(s => s.PersonId == actor.PersonId && s.RevokedAt == null && s.LastSeenAt > oldest)
            .OrderByDescending(s => s.LastSeenAt)
            .Select(s => new SessionRow(s.Id, s.Device, s.Address, s.CreatedAt, s.LastSeenAt, s.Id == thisSession)).ToListAsync(ct);
        return [.. rows.OrderByDescending(s => s.IsThis)];
    }
}

/// <summary>Signs one browser of the person out.</summary>
public sealed class RevokeSession(Studio studio, CheckSession check, TimeProvider time)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid sessionId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var now = time.GetUtcNow();
        var revoked = await db.PersonSessions.Where(s => s.Id == sessionId && s.PersonId == actor.PersonId && s.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.RevokedAt, (DateTimeOffset?)now), ct);
        check.Forget(sessionId);
        return revoked == 0 ? new SessionNotFound() : Done.Value;
    }
}

/// <summary>Signs all browsers of a person out but one, or all of them.</summary>
public sealed class RevokeSessions(Studio studio, CheckSession check, TimeProvider time)
{
    /// <summary>How many were signed out.</summary>
    public async Task<int> RunAsync(Actor actor, Guid? except, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        return actor.PersonId is { } person ? await InAsync(db, person, except, ct) : 0;
    }

    internal async Task<int> InAsync(StudioDb db, Guid personId, Guid? except, CancellationToken ct)
    {
        var sessions = await db.PersonSessions.Where(s => s.PersonId == personId && s.RevokedAt == null && s.Id != except).Select(s => s.Id).ToListAsync(ct);
        var now = time.GetUtcNow();
        await db.PersonSessions.Where(s => sessions.Contains(s.Id)).ExecuteUpdateAsync(set => set.SetProperty(s => s.RevokedAt, (DateTimeOffset?)now), ct);
        sessions.ForEach(check.Forget);
        return sessions.Count;
    }
}
