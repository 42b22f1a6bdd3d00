using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Connections;

/// <param name="Address">AdStudio's own address as the person's browser knows it.</param>
/// <param name="ReturnUrl">Where the browser goes afterwards: a path of ours, or a URL on an allowed host.</param>
public sealed record StartConnectionRequest(Platform Platform, Uri Address, string ReturnUrl = "/connections")
{
    /// <summary>Null takes the only workspace the person can see, or the team's.</summary>
    public Guid? WorkspaceId { get; init; }

    /// <summary>Null takes the workspace's default team, or else one that the actor administers.</summary>
    public Guid? TeamId { get; init; }

    /// <summary>The connection to renew; null for a new one.</summary>
    public Guid? ConnectionId { get; init; }

    /// <summary>A program asks for its user, who need not be signed in here when coming back.</summary>
    public bool ByProgram { get; init; }
}

/// <param name="AuthorizeUrl">The platform's consent page.</param>
public sealed record StartedConnection(Guid AttemptId, Uri AuthorizeUrl);

/// <summary>Begins to connect a platform, or to renew a connection: sends the person to the platform's consent page.</summary>
public sealed class StartConnection(Studio studio, PlatformSet platforms, OAuthState states, Secrets secrets, TimeProvider time)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    public async Task<Result<StartedConnection>> RunAsync(Actor actor, StartConnectionRequest request, CancellationToken ct)
    {
        if (actor.PersonId is not { } personId) return new ConnectingNeedsPerson();
        if (!actor.ReachesPlatforms) return new SandboxKeyStopsHere();
        if (platforms.Find<IAuthorizes>(request.Platform) is not { } authorizes) return new PlatformNotInstalled(request.Platform);

        await using var db = await studio.OpenAsync(actor, ct);
        var connection = request.ConnectionId is { } id ? await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.Platform == request.Platform, ct) : null;
        if (request.ConnectionId is not null && (connection is null || !actor.Sees(connection))) return new ConnectionNotFound();

        var team = connection is null ? await FindTeamAsync(db, actor, request, ct) : await db.Teams.AsNoTracking().SingleOrDefaultAsync(t => t.Id == connection.TeamId, ct);
        if (team is null || !actor.Sees(team.WorkspaceId)) return new ConnectingTeamNotFound();
        if (!actor.AdministersTeam(team.Id, team.WorkspaceId)) return new ConnectingNeedsTeamAdmin();

        var hosts = await db.Organizations.Where(o => o.Id == actor.OrganizationId).Select(o => o.AllowedRedirectHosts).SingleAsync(ct);
        if (!ReturnUrls.IsAllowed(request.ReturnUrl, hosts, request.Address.IsLoopback)) return new RedirectNotAllowed();

        var now = time.GetUtcNow();
        var verifier = authorizes.SupportsPkce ? Random(32) : null;
        var attempt = new OAuthAttempt
        {
            PersonId = personId,
            WorkspaceId = team.WorkspaceId,
            TeamId = team.Id,
            Platform = request.Platform,
            ConnectionId = connection?.Id,
            CallbackUrl = new Uri(request.Address, $"/connections/callback/{request.Platform.Wire()}").AbsoluteUri,
            CodeVerifier = verifier is null ? null : secrets.Protect(verifier),
            ReturnUrl = request.ReturnUrl,
            ByProgram = request.ByProgram,
            CreatedAt = now,
            ExpiresAt = now + Lasts,
        };
        var nonce = Random(16);
        attempt.NonceHash = OAuthState.HashOf(nonce);
        db.Add(attempt);
        await db.SaveChangesAsync(ct);

        var challenge = verifier is null ? null : Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var state = states.Write(attempt.Id, nonce);
        // Where keys are pasted instead, the page for programs' users asks for no sign-in.
        return new StartedConnection(attempt.Id, request.ByProgram && authorizes.KeyFields.Count > 0
            ? new Uri(request.Address, $"{ReturnUrls.KeysPage}/{request.Platform.Wire()}?state={Uri.EscapeDataString(state)}")
            : authorizes.AuthorizeUrl(state, new Uri(attempt.CallbackUrl), challenge));
    }

    private static async Task<Team?> FindTeamAsync(StudioDb db, Actor actor, StartConnectionRequest request, CancellationToken ct)
    {
        var teams = db.Teams.AsNoTracking();
        if (request.TeamId is { } teamId) return await teams.SingleOrDefaultAsync(t => t.Id == teamId && (request.WorkspaceId == null || t.WorkspaceId == request.WorkspaceId), ct);

        var there = await teams.Where(t => request.WorkspaceId == null || t.WorkspaceId == request.WorkspaceId).OrderByDescending(t => t.IsDefault).ThenBy(t => t.CreatedAt).ToListAsync(ct);
        return there.Find(t => actor.AdministersTeam(t.Id, t.WorkspaceId)) ?? there.Find(t => actor.Sees(t.WorkspaceId));
    }

    private static string Random(int bytes) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));
}
