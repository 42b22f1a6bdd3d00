using AdStudio.Core.Accounts;
using AdStudio.Core.Connections;
using AdStudio.Core.Common;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Idempotency;
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

internal sealed record CrmImportRequest
{
    public Guid? WorkspaceId { get; init; }
    public IReadOnlyList<string>? Platforms { get; init; }
    public IReadOnlyList<Guid>? AccountIds { get; init; }
}

/// <summary>One import of what stands on an account.</summary>
/// <param name="Status">waiting, running, succeeded or failed.</param>
/// <param name="Known">Of the campaigns, how many the studio had already; changed and deleted count those that were changed or deleted on the platform.</param>
/// <param name="Error">Why it failed, with what to do; or why this account can't be imported.</param>
internal sealed record CrmImport(Guid? Id, Guid AccountId, string Account, string Platform, string Status, string? Doing, int Campaigns, int AdSets, int Ads, int Known, int Changed, int Deleted, string? Summary, DateTime? StartedAt, DateTime? FinishedAt, DateTime? RetryAt, string? Error)
{
    public static CrmImport Of(CampaignImportRow i) => new(i.Id, i.AdAccountId, i.Account, i.Platform.CrmWire(), i.Status.Word(), i.Doing, i.Campaigns, i.AdSets, i.Ads, i.Known, i.Changed, i.Gone,
        i.IsActive ? null : i.Summary, i.StartedAt.UtcDateTime, i.FinishedAt?.UtcDateTime, i.RetryAt?.UtcDateTime, i.FailureText);
}

internal sealed record CrmImports(IReadOnlyList<CrmImport> Data, int Count);

/// <summary>The ad accounts that are connected.</summary>
internal static class CrmAccounts
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/accounts", ListAsync).Operation("List ad accounts", "Those that the caller may see, by name.", ApiScopes.ReadAccounts)
            .Query("workspaceId", "Only this workspace.", QueryKind.Id).Query("platforms", "Only on these platforms. Several with commas.", QueryKind.Words).Paged().Gives<CrmList<CrmAccount>>();
        group.MapPost("/accounts/sync", SyncAsync).Operation("Sync ad accounts", "Reads name, currency, time zone, standing and business of every account anew; each connection for itself.", ApiScopes.WriteAccounts)
            .Takes<CrmSyncRequest>("""{"platforms":["facebook"]}""", optional: true).Gives<CrmSync>();
        group.MapPost("/accounts/import", ImportAsync).Operation("Import campaigns", "Takes over what stands on the accounts: campaigns that were made on the platform become campaigns here, known ones are brought in step. Goes on in the background; asking again joins it.", ApiScopes.WriteCampaigns)
            .Idempotent<Core.Operations.CampaignImport>().Takes<CrmImportRequest>("""{"platforms":["facebook"]}""", optional: true).Gives<CrmImports>(StatusCodes.Status202Accepted);
        group.MapGet("/accounts/import", ListImportsAsync).Operation("Imports of campaigns", "The last one of each account that the caller sees.", ApiScopes.ReadAccounts).Query("workspaceId", "Only this workspace.", QueryKind.Id).Gives<CrmImports>();
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

    private static async Task<IResult> ImportAsync(HttpContext http, ListAdAccounts list, ImportCampaigns import, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http, optional: true);
        if (unreadable is not null) return unreadable;
        var (workspace, platforms, ids) = (body.Id("workspaceId", "ws"), body.Words("platforms", CrmWords.Platforms) ?? [], body.Texts("accountIds", 200, 64) ?? []);
        var wanted = ids.Select(text => PublicId.TryParse("acc", text, out var id) ? id : (Guid?)null).ToList();
        if (wanted.Contains(null)) body.Wrong("accountIds", "should be ids of ad accounts");
        if (body.Refusal() is { } wrong) return wrong;

        var actor = http.Actor();
        if (!(await list.RunAsync(actor, new ConnectionFilter(workspace), ct)).TryGet(out var all, out var refusal)) return refusal.Refused();
        var chosen = all.Where(a => (platforms.Count == 0 || platforms.Contains(a.Platform)) && (wanted.Count == 0 || wanted.Contains(a.Id))).ToList();
        if (wanted.Find(id => all.All(a => a.Id != id)) is not null) return new AccountToImportNotFound().Refused();

        List<CrmImport> imports = [];
        Refusal? last = null;
        foreach (var account in chosen)
        {
            var asked = (await import.RunAsync(actor, account.Id, ct)).TryGet(out var row, out var why);
            if (!asked) last = why;
            imports.Add(asked ? CrmImport.Of(row!) : new(null, account.Id, account.Name, account.Platform.CrmWire(), "failed", null, 0, 0, 0, 0, 0, 0, null, null, null, null, why!.Message));
        }
        // When nothing could be asked for, the whole request is refused.
        return last is not null && imports.TrueForAll(i => i.Id is null) ? last.Refused() : new CrmImports(imports, imports.Count).Answer(CrmJson.Shared.CrmImports, StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ListImportsAsync(HttpContext http, ListWorkspaces workspaces, ListImports list, CancellationToken ct)
    {
        var query = new GivenQuery(http);
        var workspace = query.Id("workspaceId", "ws");
        if (query.Refusal() is { } wrong) return wrong;
        var actor = http.Actor();
        List<CrmImport> imports = [];
        foreach (var id in workspace is { } only ? [only] : (await workspaces.RunAsync(actor, ct)).Select(w => w.Id).ToList())
        {
            if (!(await list.RunAsync(actor, id, ct)).TryGet(out var rows, out var refusal)) return refusal.Refused();
            imports.AddRange(rows.Select(CrmImport.Of));
        }
        return new CrmImports(imports, imports.Count).Answer(CrmJson.Shared.CrmImports);
    }
}
