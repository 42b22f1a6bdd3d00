using System.Text.Json.Serialization;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Crm;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Embedded;

/// <param name="Platform">meta, google, tiktok, linkedin, pinterest, snapchat or apple.</param>
internal sealed record ConnectionRequest(string Platform)
{
    /// <summary>Our id of the workspace, or yours; its default team gets the connection.</summary>
    public string? WorkspaceId { get; init; }

    /// <summary>The team that gets the connection; left out, the workspace's default team.</summary>
    public Guid? TeamId { get; init; }

    /// <summary>Where the browser goes afterwards: https, on one of your allowed hosts.</summary>
    public string? Redirect { get; init; }
}

/// <param name="AuthUrl">The platform's consent page. Good for ten minutes and for one use.</param>
internal sealed record ConnectionStarted(string AuthUrl);

/// <param name="AccountId">The platform's id.</param>
/// <param name="Currency">ISO 4217; its figures are in it.</param>
/// <param name="Status">active, disabled, unsettled and the like.</param>
/// <param name="Permission">The acting user's: MANAGER or VIEWER; null for who only hands out permissions.</param>
internal sealed record ConnectedAccount(Guid Id, string AccountId, string Name, string Currency, string Timezone, string Status, string? Permission);

/// <param name="Name">Whose consent it is, as the platform names them.</param>
/// <param name="Status">good, expiring, expired, missing_permission or disconnected.</param>
/// <param name="Problem">What is wrong with it and what to do; null when nothing is.</param>
internal sealed record EmbeddedConnection(Guid Id, string Platform, IReadOnlyList<ConnectedAccount> AdsAccounts, Guid WorkspaceId, Guid TeamId, string Name, string Status, string? Problem, DateTime ConnectedAt)
{
    public static EmbeddedConnection Of(ConnectionRow c) => new(c.Id, c.Platform.Wire(),
        [.. c.Accounts.Select(a => new ConnectedAccount(a.Id, a.ExternalId, a.Name, a.Currency, a.TimeZone, a.Status.Word(), a.Access?.Wire()))],
        c.WorkspaceId, c.TeamId, c.OwnerName, c.Health.Word(), c.HealthDetail, c.ConnectedAt.UtcDateTime);
}

/// <param name="Success">Always true.</param>
internal sealed record ConnectionList(bool Success, int Count, IReadOnlyList<EmbeddedConnection> Data);

/// <param name="Connected">Whether the platform can be reached for it now.</param>
/// <param name="AdsAccountId">The platform's id.</param>
/// <param name="AdsAccoounId">The same once more, as the seed spells it.</param>
/// <param name="Status">How the connection stands: good, expiring, expired, missing_permission or disconnected.</param>
/// <param name="AccountStatus">How the account stands with the platform.</param>
/// <param name="Problem">What is wrong and what to do; null when nothing is.</param>
internal sealed record AccountConnection(
    string Platform, bool Connected, [property: JsonPropertyName("ads_account_id")] string AdsAccountId, [property: JsonPropertyName("ads_accooun_id")] string AdsAccoounId,
    [property: JsonPropertyName("account_name")] string AccountName, string Status, [property: JsonPropertyName("account_status")] string AccountStatus, string? Problem);
internal sealed record AccountConnections(IReadOnlyList<AccountConnection> Connected);

/// <param name="DeletedConnections">One when it was the last account of its connection, which then goes too; else none.</param>
/// <param name="StillRunning">Campaigns that go on running on the platform.</param>
internal sealed record RemovedAccount(Guid TenantId, Guid AdsAccountId, int DeletedConnections, bool DeletedAdsAccount, IReadOnlyList<string> StillRunning);

/// <param name="AdsAccounts">How many went with it.</param>
/// <param name="StillRunning">Campaigns that go on running on the platform.</param>
internal sealed record DeletedConnection(Guid ConnectionId, int AdsAccounts, IReadOnlyList<string> StillRunning);
internal sealed record DisconnectedAnswer(DeletedConnection Deleted);

/// <summary>Connections to the platforms: begun here, finished in the browser.</summary>
internal static class EmbeddedConnections
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/connections", StartAsync)
            .Operation("Create connection", "For a team's admin. Send the user's browser to `authUrl`; it comes back to your `redirect` with `?status=connected&platform=…&connectionId=…` or `?status=failed&platform=…&reason=…`.", ApiScopes.WriteAccounts)
            .Takes<ConnectionRequest>("""{"platform":"meta"}""").Gives<ConnectionStarted>(StatusCodes.Status201Created);
        group.MapGet("/connections", ListAsync).Operation("Get all connections", "Those of every team that the acting user administers, with their ad accounts.", ApiScopes.ReadAccounts).Gives<Envelope<ConnectionList>>();
        group.MapGet("/connections/team/{teamId}", ListOfTeamAsync).Operation("Get connections by team", "For an admin of the team.", ApiScopes.ReadAccounts).Gives<Envelope<ConnectionList>>();
        group.MapGet("/connections/status", StatusAsync).Operation("Ad accounts and their connection", "For a team's admin: every ad account and whether its platform can be reached.", ApiScopes.ReadAccounts).Gives<Envelope<AccountConnections>>();
        group.MapDelete("/connections/{adsaccountid}/remove-connection", RemoveAsync).Operation("Delete connection of an ad account", "For a team's admin, by the platform's id or ours. Campaigns and numbers are kept, and what runs on the platform goes on running.", ApiScopes.WriteAccounts)
            .Gives<Envelope<RemovedAccount>>();
        group.MapDelete("/connections/{connectionId}/disconnect", DisconnectAsync).Operation("Disconnect", "For a team's admin: forgets the tokens and removes the ad accounts with their permissions.", ApiScopes.WriteAccounts)
            .Query("keepHistory", "true keeps the ad accounts and their permissions, so that reconnecting takes them up again.", QueryKind.Flag).Gives<Envelope<DisconnectedAnswer>>();
    }

    private static async Task<IResult> StartAsync(HttpContext http, EmbeddedScope scope, StartConnection start, StudioAddress address, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var (word, workspace, team, redirect) = (body.Text("platform", 32, required: true), body.Text("workspaceId", 128), body.Text("teamId", 64), body.Text("redirect", 1900));
        Platform platform = default;
        if (word is not null && !PlatformNames.TryParse(word, out platform)) body.Wrong("platform", $"platform should be one of {string.Join(", ", Enum.GetValues<Platform>().Select(p => p.Wire()))}");
        if (redirect is not null && !(Uri.TryCreate(redirect, UriKind.Absolute, out var to) && to.Scheme is "https" or "http")) body.Wrong("redirect", "redirect should be an address such as https://app.example.com/connected");
        if (body.Refusal() is { } wrong) return wrong;

        var teamId = team is null ? null : EmbeddedScope.TeamIdOf(team);
        if (team is not null && teamId is null) return new TeamNotFound().Refused();
        Guid? workspaceId = null;
        if (workspace is not null)
        {
            if (!(await scope.WorkspaceAsync(http.Actor(), workspace, ct)).TryGet(out var there, out var unknown)) return unknown.Refused();
            workspaceId = there.Id;
        }
        var request = new StartConnectionRequest(platform, address.Root, redirect ?? ReturnUrls.DonePage) { WorkspaceId = workspaceId, TeamId = teamId, ByProgram = true };
        return (await start.RunAsync(http.Actor(), request, ct)).TryGet(out var started, out var refusal)
            ? TypedResults.Json(new ConnectionStarted(started.AuthorizeUrl.AbsoluteUri), EmbeddedJson.Shared.ConnectionStarted, statusCode: StatusCodes.Status201Created)
            : refusal.Refused();
    }

    private static async Task<IResult> ListAsync(HttpContext http, ListAdministeredConnections list, CancellationToken ct) => Listed(await list.RunAsync(http.Actor(), null, ct));

    private static async Task<IResult> ListOfTeamAsync(string teamId, HttpContext http, ListAdministeredConnections list, CancellationToken ct) =>
        EmbeddedScope.TeamIdOf(teamId) is { } id ? Listed(await list.RunAsync(http.Actor(), id, ct)) : new TeamNotFound().Refused();

    private static IResult Listed(Result<IReadOnlyList<ConnectionRow>> result) => result.TryGet(out var rows, out var refusal)
        ? new ConnectionList(true, rows.Count, [.. rows.Select(EmbeddedConnection.Of)]).Enveloped(EmbeddedJson.Shared.EnvelopeConnectionList)
        : refusal.Refused();

    private static async Task<IResult> StatusAsync(HttpContext http, ListAdministeredConnections list, CancellationToken ct) =>
        (await list.RunAsync(http.Actor(), null, ct)).TryGet(out var rows, out var refusal)
            ? new AccountConnections([.. rows.SelectMany(c => c.Accounts.Select(a => new AccountConnection(
                c.Platform.Wire(), c.Health is ConnectionHealth.Good or ConnectionHealth.Expiring, a.ExternalId, a.ExternalId, a.Name, c.Health.Word(), a.Status.Word(), c.HealthDetail ?? a.StatusDetail)))])
                .Enveloped(EmbeddedJson.Shared.EnvelopeAccountConnections)
            : refusal.Refused();

    private static async Task<IResult> RemoveAsync(string adsaccountid, HttpContext http, RemoveAdAccount remove, CancellationToken ct) =>
        (await remove.RunAsync(http.Actor(), adsaccountid, ct)).TryGet(out var removed, out var refusal)
            ? new RemovedAccount(http.Actor().OrganizationId, removed.AdAccountId, removed.Connections, true, removed.StillRunning).Enveloped(EmbeddedJson.Shared.EnvelopeRemovedAccount, $"Ads account {removed.AdAccountId} removed successfully.")
            : refusal.Refused();

    private static async Task<IResult> DisconnectAsync(string connectionId, HttpContext http, Disconnect disconnect, CancellationToken ct)
    {
        var query = new GivenQuery(http);
        var keep = query.Flag("keepHistory") ?? false;
        if (query.Refusal() is { } wrong) return wrong;
        if (!PublicId.TryParse("con", connectionId, out var id)) return new ConnectionNotFound().Refused();
        return (await disconnect.RunAsync(http.Actor(), id, deleteAccounts: !keep, ct)).TryGet(out var gone, out var refusal)
            ? new DisconnectedAnswer(new(gone.ConnectionId, gone.DeletedAccounts, gone.StillRunning)).Enveloped(EmbeddedJson.Shared.EnvelopeDisconnectedAnswer,
                keep ? $"Connection {id} disconnected; its ad accounts and history are kept." : $"Connection {id} and all related data deleted successfully.")
            : refusal.Refused();
    }
}
