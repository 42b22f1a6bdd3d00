using System.Security.Cryptography;
using System.Text;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Connections;

/// <param name="Fields">What to bring, in order.</param>
/// <param name="OwnerName">Of the connection that is renewed; null for a new one.</param>
public sealed record KeyForm(Platform Platform, IReadOnlyList<KeyField> Fields, string? OwnerName, DateTimeOffset ExpiresAt);

/// <summary>What a person has to bring to connect a platform that has no consent page; <see cref="FinishConnection"/> takes it as the code.</summary>
public sealed class ReadKeyForm(Studio studio, PlatformSet platforms, OAuthState states, TimeProvider time)
{
    public async Task<Result<KeyForm>> RunAsync(Actor actor, Platform platform, string? state, CancellationToken ct)
    {
        if (platforms.Find<IAuthorizes>(platform) is not { KeyFields.Count: > 0 } authorizes) return new PlatformNotInstalled(platform);
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindAttemptAsync(actor, states, platform, state, time.GetUtcNow(), ct)).TryGet(out var attempt, out var refusal)) return Result<KeyForm>.Refused(refusal);
        var owner = await db.Connections.Where(c => c.Id == attempt.ConnectionId).Select(c => c.OwnerName).FirstOrDefaultAsync(ct);
        return new KeyForm(platform, authorizes.KeyFields, owner, attempt.ExpiresAt);
    }
}

/// <summary>The same for a program's user, for whom the state alone says who asks.</summary>
[WithoutActor]
public sealed class ReadProgramKeyForm(Studio studio, OAuthState states, FindActor actors, ReadKeyForm read)
{
    public async Task<Result<KeyForm>> RunAsync(Platform platform, string? state, CancellationToken ct) =>
        await studio.FindProgramAttemptAsync(states, state, ct) is { } attempt && await actors.RunAsync(attempt.PersonId, "api/v1", ct) is { } actor ? await read.RunAsync(actor, platform, state, ct) : new StateForged();
}

internal static class AttemptFinding
{
    /// <summary>The attempt that the state names, open or over, when a program began it; null else.</summary>
    public static async Task<OAuthAttempt?> FindProgramAttemptAsync(this Studio studio, OAuthState states, string? state, CancellationToken ct)
    {
        if (states.Read(state) is not var (attemptId, _)) return null;
        await using var db = await studio.OpenForEveryoneAsync(ct);
        return await db.OAuthAttempts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == attemptId && a.ByProgram, ct);
    }

    /// <summary>The attempt that the state names, when it is still open and the actor's own.</summary>
    public static async Task<Result<OAuthAttempt>> FindAttemptAsync(this StudioDb db, Actor actor, OAuthState states, Platform platform, string? state, DateTimeOffset now, CancellationToken ct)
    {
        if (states.Read(state) is not var (attemptId, nonce)) return new StateForged();
        var attempt = await db.OAuthAttempts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == attemptId, ct);
        if (attempt is null || attempt.PersonId != actor.PersonId) return new StateOfSomebodyElse();
        if (attempt.Platform != platform || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(attempt.NonceHash), Encoding.ASCII.GetBytes(OAuthState.HashOf(nonce)))) return new StateForged();
        if (attempt.UsedAt is not null) return new StateReplayed();
        return attempt.ExpiresAt <= now ? new StateExpired() : attempt;
    }
}
