using AdStudio.Core.Accounts;
using AdStudio.Core.Connections;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Crm;

internal sealed record CrmBusiness(string? Id, string? Name);

/// <param name="ExternalId">The platform's own id.</param>
/// <param name="Connection">How the connection stands: good, expiring, expired, missing_permission, disconnected.</param>
/// <param name="Access">What you may do: manager spends, viewer reads; null when you only hand out grants.</param>
internal sealed record CrmAccount(
    Guid Id, string Platform, string ExternalId, string Name, string Currency, string Timezone, string Status, string? StatusDetail, CrmBusiness Business, Guid WorkspaceId, Guid ConnectionId, string Connection,
    string? Access, DateTime LastSyncedAt)
{
    public static CrmAccount Of(AdAccountRow a) => new(
        a.Id, a.Platform.CrmWire(), a.ExternalId, a.Name, a.Currency, a.TimeZone, a.Status.Word(), a.StatusDetail, new(a.BusinessId, a.BusinessName), a.WorkspaceId, a.ConnectionId, a.Health.Word(),
        a.Access?.Word(), a.ReadAt.UtcDateTime);
}

internal sealed record CrmSyncRequest
{
    public Guid? WorkspaceId { get; init; }
    public IReadOnlyList<string>? Platforms { get; init; }
}

/// <param name="Error">Why this connection could not be read; null when it could.</param>
internal sealed record CrmSyncedConnection(Guid ConnectionId, string Platform, string Owner, int Found, int Added, int Vanished, CrmBulkError? Error);
internal sealed record CrmSync(IReadOnlyList<CrmSyncedConnection> Connections, IReadOnlyList<CrmAccount> Data, int Count);

/// <summary>The ad accounts that are connected.</summary>
internal static class CrmAccounts
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/accounts", ListAsync).Operation("List ad accounts", "Those that the caller may see, by name.", ApiScopes.ReadAccounts)
            .Query("workspaceId", "Only this workspace.", QueryKind.Id).Query("platforms", "Only on these platforms. Several with commas.", QueryKind.Words).Paged().Gives<CrmList<CrmAccount>>();
        group.MapPost("/accounts/sync", SyncAsync).Operation("Sync ad accounts", "Reads name, currency, time zone, standing and business of every account anew; each connection for itself.", ApiScopes.WriteAccounts)
            .Takes<CrmSyncRequest>("""{"platforms":["facebook"]}""", optional: true).Gives<CrmSync>();
    }

    private static async Task<IResult> ListAsync(HttpContext http, ListAdAccounts list, CancellationToken ct)
    {
        var query = new GivenQuery(http);
        var (workspace, platforms, offset, limit) = (query.Id("workspaceId", "ws"), query.Platforms(), query.Whole("offset", 0, 0, 1_000_000), query.Whole("limit", 100, 1, 200));
        if (query.Refusal() is { } wrong) return wrong;
        if (!(await list.RunAsync(http.Actor(), new ConnectionFilter(workspace), ct)).TryGet(out var all, out var refusal)) return refusal.Refused();
        var rows = all.Where(a => platforms.Count == 0 || platforms.Contains(a.Platform)).ToList();
        return CrmList<CrmAccount>.Of(new Page<AdAccountRow>([.. rows.Skip(offset).Take(limit)], rows.Count, offset, limit), CrmAccount.Of).Answer(CrmJson.Shared.CrmListCrmAccount);
    }

    private static async Task<IResult> SyncAsync(HttpContext http, ListConnections connections, ListAdAccounts accounts, SyncAdAccounts sync, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http, optional: true);
        if (unreadable is not null) return unreadable;
        var (workspace, platforms) = (body.Id("workspaceId", "ws"), body.Words("platforms", CrmWords.Platforms) ?? []);
        if (body.Refusal() is { } wrong) return wrong;

        var actor = http.Actor();
        if (!(await connections.RunAsync(actor, new ConnectionFilter(workspace), ct)).TryGet(out var all, out var refusal)) return refusal.Refused();
        var chosen = all.Where(c => platforms.Count == 0 || platforms.Contains(c.Platform)).ToList();
        List<CrmSyncedConnection> synced = [];
        Refusal? last = null;
        foreach (var connection in chosen)
        {
            var done = (await sync.RunAsync(actor, connection.Id, ct)).TryGet(out var result, out var why);
            if (!done) last = why;
            var problem = done ? null : http.Dialect().Of(why!);
            synced.Add(new(connection.Id, connection.Platform.CrmWire(), connection.OwnerName, result?.Found ?? 0, result?.Added ?? 0, result?.Vanished ?? 0, problem is null ? null : new(problem.Code, problem.Message, [])));
        }
        // When there was nothing that the caller may sync, the whole request is refused.
        if (synced.Count > 0 && synced.TrueForAll(s => s.Error?.Code == "FORBIDDEN")) return last!.Refused();
        if (!(await accounts.RunAsync(actor, new ConnectionFilter(workspace), ct)).TryGet(out var rows, out refusal)) return refusal.Refused();
        var data = rows.Where(a => platforms.Count == 0 || platforms.Contains(a.Platform)).Select(CrmAccount.Of).ToList();
        return new CrmSync(synced, data, data.Count).Answer(CrmJson.Shared.CrmSync);
    }
}
