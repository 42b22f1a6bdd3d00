using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Connections;

/// <summary>
/// Hands out a connection's token in the clear, to call the platform with. Renews it ahead of its end; one node at a time, because a refresh token may be good for one use only.
/// </summary>
public sealed class ConnectionTokens(Studio studio, PlatformSet platforms, Secrets secrets, TimeProvider time)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromMinutes(30);

    /// <summary>How long before its end a token that needs no person is renewed.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>A token without a refresh token can only be exchanged while it still counts, so this is done days ahead.</summary>
    private static readonly TimeSpan FarAhead = ConnectionState.ExpiresSoon;

    /// <param name="evenIfExpired">Tries also a connection that is marked as expired: to find out whether it still is.</param>
    public Task<Result<PlatformAccess>> GetAsync(Actor actor, Guid connectionId, CancellationToken ct, bool evenIfExpired = false) => GetAsync(actor, connectionId, null, evenIfExpired, ct);

    /// <summary>After the platform refused <paramref name="refused"/>: another token, or the refusal that the person must connect again, with the connection marked so.</summary>
    public Task<Result<PlatformAccess>> ReplaceAsync(Actor actor, PlatformAccess refused, CancellationToken ct) => GetAsync(actor, refused.ConnectionId, refused, evenIfExpired: true, ct);

    private async Task<Result<PlatformAccess>> GetAsync(Actor actor, Guid connectionId, PlatformAccess? refused, bool evenIfExpired, CancellationToken ct)
    {
        if (!actor.ReachesPlatforms) return new SandboxKeyStopsHere();
        var giveUpAt = time.GetUtcNow() + Patience;
        while (true)
        {
            await using var db = await studio.OpenAsync(actor, ct);
            var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == connectionId, ct);
            if (connection is null) return new ConnectionNotFound();
            if (connection.Health == ConnectionHealth.Disconnected) return new ConnectionDisconnected(connection.Platform);
            if (connection.Health == ConnectionHealth.Expired && !evenIfExpired) return new ConnectionExpired(connection.Platform, connection.OwnerName);

            var token = secrets.Unprotect(connection.AccessToken);
            if (token is null) return await ExpireAsync(db, connection.Id, ct);

            var now = time.GetUtcNow();
            var counts = token != refused?.AccessToken && (connection.AccessTokenExpiresAt is not { } end || end > now);
            if (counts && !IsDue(connection, now)) return new PlatformAccess(connection.Id, token);

            var claimed = await ClaimAsync(db, connection, now, ct);
            if (claimed) return await RenewAsync(db, connection, token, counts, ct);
            if (counts) return new PlatformAccess(connection.Id, token);
            if (now >= giveUpAt) return new ConnectionBusy(connection.Platform);
            await Task.Delay(TimeSpan.FromMilliseconds(150), time, ct);
        }
    }

    private static bool IsDue(Connection connection, DateTimeOffset now) =>
        connection.AccessTokenExpiresAt is { } end && end - now < (connection.RefreshToken is null ? FarAhead : Ahead);

    private static async Task<bool> ClaimAsync(StudioDb db, Connection connection, DateTimeOffset now, CancellationToken ct)
    {
        var until = now + Lease;
        return await db.Connections
            .Where(c => c.Id == connection.Id && c.AccessToken == connection.AccessToken && (c.RenewingUntil == null || c.RenewingUntil <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.RenewingUntil, until), ct) == 1;
    }

    /// <summary>Holding the lease. Once the platform was asked, what it says is stored even when the caller has gone: a used refresh token must not be lost.</summary>
    private async Task<Result<PlatformAccess>> RenewAsync(StudioDb db, Connection connection, string token, bool stillCounts, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var renewed = await platforms.Get<IAuthorizes>(connection.Platform).RefreshAsync(token, secrets.Unprotect(connection.RefreshToken), CancellationToken.None);
        if (renewed.TryGet(out var tokens, out var refusal))
        {
            await StoreAsync(db, connection.Id, tokens);
            return new PlatformAccess(connection.Id, tokens.AccessToken);
        }

        var refusedForGood = refusal is PlatformFailure { Kind: PlatformFailureKind.ExpiredAuthorization or PlatformFailureKind.MissingPermission or PlatformFailureKind.InvalidRequest };
        if (refusedForGood && !stillCounts) return await ExpireAsync(db, connection.Id, CancellationToken.None);

        // Not renewed: go on with what still counts and leave the platform alone for a while; without a token that counts the next caller may try at once.
        var rest = stillCounts ? Earlier(time.GetUtcNow() + RestAfterFailure, connection.AccessTokenExpiresAt) : (DateTimeOffset?)null;
        await db.Connections.Where(c => c.Id == connection.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.RenewingUntil, rest), CancellationToken.None);
        return stillCounts ? new PlatformAccess(connection.Id, token) : Result<PlatformAccess>.Refused(refusal);
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset? b) => b < a ? b.Value : a;

    private async Task StoreAsync(StudioDb db, Guid connectionId, PlatformTokens tokens)
    {
        var connection = await db.Connections.SingleAsync(c => c.Id == connectionId, CancellationToken.None);
        Put(connection, tokens);
        connection.RenewingUntil = null;
        if (connection.Health is ConnectionHealth.Expired or ConnectionHealth.Expiring) connection.Judge(time.GetUtcNow());
        await db.SaveOverOthersAsync(CancellationToken.None);
    }

    /// <summary>Writes fresh tokens into the row, encrypted.</summary>
    public void Put(Connection connection, PlatformTokens tokens)
    {
        connection.AccessToken = secrets.Protect(tokens.AccessToken);
        if (tokens.RefreshToken is { } refresh) connection.RefreshToken = secrets.Protect(refresh);
        connection.AccessTokenExpiresAt = tokens.ExpiresAt;
    }

    private async Task<Result<PlatformAccess>> ExpireAsync(StudioDb db, Guid connectionId, CancellationToken ct)
    {
        var connection = await db.Connections.SingleAsync(c => c.Id == connectionId, ct);
        connection.MarkExpired(time.GetUtcNow());
        connection.RenewingUntil = null;
        await db.SaveOverOthersAsync(ct);
        return new ConnectionExpired(connection.Platform, connection.OwnerName);
    }
}
