using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Connections;

/// <summary>Asks the platform, with a real call, whether a connection still works, and stores the answer.</summary>
public sealed class CheckConnection(Studio studio, PlatformSet platforms, ConnectionTokens tokens, TimeProvider time)
{
    public async Task<Result<ConnectionRow>> RunAsync(Actor actor, Guid connectionId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var connection = await db.Connections.Include(c => c.Team).SingleOrDefaultAsync(c => c.Id == connectionId, ct);
        if (connection is null || !actor.Sees(connection)) return new ConnectionNotFound();
        if (!actor.Administers(connection)) return new ConnectingNeedsTeamAdmin();
        if (connection.Health == ConnectionHealth.Disconnected) return new ConnectionDisconnected(connection.Platform);

        var identity = await AskAsync(actor, connection, ct);
        await db.Entry(connection).ReloadAsync(ct);
        if (identity.TryGet(out var owner, out var refusal))
        {
            connection.OwnerName = owner.Name;
            connection.GrantedScopes = [.. owner.GrantedScopes];
            connection.MissingScopes = [.. owner.MissingScopes];
            connection.Judge(time.GetUtcNow());
        }
        else if (refusal is PlatformFailure { Kind: PlatformFailureKind.MissingPermission })
        {
            connection.Health = ConnectionHealth.MissingPermission;
            connection.HealthDetail = $"{connection.Platform} says: “{refusal.Message}” Reconnect and leave every permission switched on.";
            connection.HealthCheckedAt = time.GetUtcNow();
        }
        else if (refusal is not ConnectionExpired) return Result<ConnectionRow>.Refused(refusal);

        await db.SaveOverOthersAsync(ct);
        return ConnectionRow.Of(connection, actor, accounts: []);
    }

    private async Task<Result<PlatformIdentity>> AskAsync(Actor actor, Connection connection, CancellationToken ct)
    {
        var access = await tokens.GetAsync(actor, connection.Id, ct, evenIfExpired: true);
        if (!access.TryGet(out var usable, out var refusal)) return Result<PlatformIdentity>.Refused(refusal);

        var authorizes = platforms.Get<IAuthorizes>(connection.Platform);
        var identity = await authorizes.WhoAmIAsync(usable, ct);
        if (identity.Refusal is not PlatformFailure { Kind: PlatformFailureKind.ExpiredAuthorization }) return identity;

        access = await tokens.ReplaceAsync(actor, usable, ct);
        return access.TryGet(out usable, out refusal) ? await authorizes.WhoAmIAsync(usable, ct) : Result<PlatformIdentity>.Refused(refusal);
    }
}

/// <summary>Checks every connection of the organization and reads its accounts anew: the daily job. Also drops attempts to connect that nobody finished.</summary>
public sealed class CheckAllConnections(Studio studio, CheckConnection check, SyncAdAccounts sync, TimeProvider time)
{
    public async Task<Result<CheckedConnections>> RunAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.IsOrganizationAdmin) return new ConnectingNeedsTeamAdmin();
        await using var db = await studio.OpenAsync(actor, ct);
        var yesterday = time.GetUtcNow().AddDays(-1);
        await db.OAuthAttempts.Where(a => a.ExpiresAt < yesterday).ExecuteDeleteAsync(ct);

        var ids = await db.Connections.Where(c => c.Health != ConnectionHealth.Disconnected).OrderBy(c => c.ConnectedAt).Select(c => c.Id).ToListAsync(ct);
        List<string> problems = [];
        foreach (var id in ids)
        {
            var now = await check.RunAsync(actor, id, ct);
            if (now is { IsDone: true, Value.Health: ConnectionHealth.Good or ConnectionHealth.Expiring })
            {
                var synced = await sync.RunAsync(actor, id, ct);
                if (!synced.IsDone) problems.Add(synced.Refusal.Message);
            }
            else problems.Add(now.IsDone ? now.Value.HealthDetail ?? "" : now.Refusal.Message);
        }
        return new CheckedConnections(ids.Count, problems);
    }
}

public sealed record CheckedConnections(int Count, IReadOnlyList<string> Problems);
