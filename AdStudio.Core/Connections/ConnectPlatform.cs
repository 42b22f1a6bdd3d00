using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Connections;

public sealed record ConnectPlatformRequest(Platform Platform, Guid TeamId, PlatformTokens Tokens)
{
    /// <summary>The connection to renew; null finds one of the same owner, or makes a new one.</summary>
    public Guid? ConnectionId { get; init; }

    public override string ToString() => $"{nameof(ConnectPlatformRequest)} {{ {Platform}, {TeamId} }}";
}

/// <param name="AccountsProblem">Why the ad accounts could not be read, in words; the connection stands, and syncing tries again.</param>
public sealed record ConnectedPlatform(Guid ConnectionId, Platform Platform, string OwnerName, int Accounts, string? AccountsProblem = null);

/// <summary>
/// Makes a connection of tokens that a platform has just granted, or renews the one there is: accounts, grants and history stay.
/// Two connections of one owner in one team become one.
/// </summary>
public sealed class ConnectPlatform(Studio studio, PlatformSet platforms, ConnectionTokens tokens, SyncAdAccounts sync, TimeProvider time)
{
    public async Task<Result<ConnectedPlatform>> RunAsync(Actor actor, ConnectPlatformRequest request, CancellationToken ct)
    {
        var access = new PlatformAccess(Guid.Empty, request.Tokens.AccessToken);
        var identity = await platforms.Get<IAuthorizes>(request.Platform).WhoAmIAsync(access, ct);
        if (!identity.TryGet(out var owner, out var refusal)) return Result<ConnectedPlatform>.Refused(refusal);

        await using var db = await studio.OpenAsync(actor, ct);
        var team = await db.Teams.AsNoTracking().SingleOrDefaultAsync(t => t.Id == request.TeamId, ct);
        if (team is null || !actor.Sees(team.WorkspaceId)) return new ConnectingTeamNotFound();
        if (!actor.AdministersTeam(team.Id, team.WorkspaceId)) return new ConnectingNeedsTeamAdmin();

        var connection = await FindAsync(db, request, team, owner, ct);
        if (connection is null)
        {
            connection = new Connection { WorkspaceId = team.WorkspaceId, TeamId = team.Id, Platform = request.Platform, ConnectedById = actor.PersonId ?? Guid.Empty };
            db.Add(connection);
        }
        else db.AuditVerb = "reconnected";

        Renew(connection, request.Tokens, owner);
        await MergeAsync(db, connection, ct);
        await db.SaveOverOthersAsync(ct);

        var listed = await sync.RunAsync(actor, connection.Id, ct);
        return listed.TryGet(out var found, out var problem)
            ? new ConnectedPlatform(connection.Id, connection.Platform, connection.OwnerName, found.Found)
            : new ConnectedPlatform(connection.Id, connection.Platform, connection.OwnerName, 0, problem.Message);
    }

    private static async Task<Connection?> FindAsync(StudioDb db, ConnectPlatformRequest request, Team team, PlatformIdentity owner, CancellationToken ct) =>
        request.ConnectionId is { } id
            ? await db.Connections.SingleOrDefaultAsync(c => c.Id == id && c.TeamId == team.Id && c.Platform == request.Platform, ct)
            : await db.Connections.Where(c => c.TeamId == team.Id && c.Platform == request.Platform && c.OwnerExternalId == owner.ExternalId).OrderBy(c => c.ConnectedAt).FirstOrDefaultAsync(ct);

    private void Renew(Connection connection, PlatformTokens granted, PlatformIdentity owner)
    {
        var now = time.GetUtcNow();
        connection.RefreshToken = null;
        tokens.Put(connection, granted);
        connection.RenewingUntil = null;
        connection.OwnerExternalId = owner.ExternalId;
        connection.OwnerName = owner.Name;
        connection.GrantedScopes = [.. owner.GrantedScopes];
        connection.MissingScopes = [.. owner.MissingScopes];
        connection.ConnectedAt = now;
        connection.Judge(now);
    }

    /// <summary>Another connection of the same owner in the same team hands its accounts over and goes.</summary>
    private async Task MergeAsync(StudioDb db, Connection connection, CancellationToken ct)
    {
        var twins = await db.Connections.Include(c => c.AdAccounts)
            .Where(c => c.Id != connection.Id && c.TeamId == connection.TeamId && c.Platform == connection.Platform && c.OwnerExternalId == connection.OwnerExternalId).ToListAsync(ct);
        foreach (var twin in twins)
        {
            foreach (var account in twin.AdAccounts.ToList()) account.ConnectionId = connection.Id;
            twin.Forget();
            twin.DeletedAt = time.GetUtcNow();
        }
    }
}
