using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Embedded;

/// <param name="EnterpriseId">Your own id of the workspace; unique among yours.</param>
internal sealed record WorkspaceRequest(string WorkspaceName, string EnterpriseId);

internal sealed record WorkspaceRename
{
    /// <summary>The new name; left out, it stays.</summary>
    public string? Name { get; init; }
}

/// <param name="AdminId">The new admin, by the id by which your product knows the user.</param>
internal sealed record AdminRequest(string AdminId);

internal sealed record CreatedWorkspace(Guid Id, string Name, string EnterpriseId, DateTime CreatedAt, DateTime UpdatedAt);

/// <param name="ExternalUserId">The id by which your product knows the user; ours for one whom it does not know.</param>
internal sealed record EmbeddedUser(string ExternalUserId)
{
    public static EmbeddedUser Of(string? externalId, Guid personId) => new(externalId ?? personId.ToString());
}

internal sealed record EmbeddedWorkspace(Guid Id, string Name, EmbeddedUser Admin, string EnterpriseId, DateTime CreatedAt, DateTime UpdatedAt);

/// <param name="AdminId">Our id of the admin.</param>
internal sealed record UpdatedWorkspace(Guid Id, string Name, Guid AdminId, string EnterpriseId, DateTime CreatedAt, DateTime UpdatedAt);

/// <summary>Workspaces, named by the partner's own ids.</summary>
internal static class EmbeddedWorkspaces
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/workspace", CreateAsync).Operation("Create workspace", "The acting user becomes its admin; its default team stands with it.", ApiScopes.ManageWorkspaces)
            .Takes<WorkspaceRequest>("""{"enterpriseId":"1","workspaceName":"New Workspace"}""").Gives<Envelope<CreatedWorkspace>>(StatusCodes.Status201Created);
        group.MapGet("/workspace/{id}", GetAsync).Operation("Get single workspace", "By your enterpriseId, for whoever belongs to it.", ApiScopes.ReadWorkspaces).Gives<Envelope<EmbeddedWorkspace>>();
        group.MapPatch("/workspace/{id}", RenameAsync).Operation("Update workspace", "By your enterpriseId, for its admin.", ApiScopes.ManageWorkspaces)
            .Takes<WorkspaceRename>("""{"name":"New Name"}""").Gives<Envelope<UpdatedWorkspace>>();
        group.MapDelete("/workspace/{id}", DeleteAsync).Operation("Delete workspace", "With its teams and connections; not while a campaign of it runs. Numbers are kept.", ApiScopes.ManageWorkspaces).Gives<Envelope<NoData?>>();
        group.MapPatch("/workspace/{enterpriseId}/change-admin", ChangeAdminAsync).Operation("Change workspace admin", "For its admin, who keeps what teams and permissions give.", ApiScopes.ManageWorkspaces)
            .Takes<AdminRequest>("""{"adminId":"4"}""").Gives<Envelope<NoData?>>();
    }

    private static async Task<IResult> CreateAsync(HttpContext http, CreateWorkspace create, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        // The seed's schema calls it name, its example workspaceName.
        var name = body.Text(body.Has("name") && !body.Has("workspaceName") ? "name" : "workspaceName", 128, required: true);
        var enterpriseId = body.Text("enterpriseId", 128, required: true);
        if (body.Refusal() is { } wrong) return wrong;
        return (await create.RunAsync(http.Actor(), name!, enterpriseId, ct)).TryGet(out var w, out var refusal)
            ? new CreatedWorkspace(w.Id, w.Name, w.EnterpriseId, w.CreatedAt.UtcDateTime, w.UpdatedAt.UtcDateTime).Created(EmbeddedJson.Shared.EnvelopeCreatedWorkspace)
            : refusal.Refused();
    }

    private static async Task<IResult> GetAsync(string id, HttpContext http, EmbeddedScope scope, CancellationToken ct) =>
        (await scope.WorkspaceAsync(http.Actor(), id, ct)).TryGet(out var w, out var refusal)
            ? new EmbeddedWorkspace(w.Id, w.Name, EmbeddedUser.Of(w.AdminExternalUserId, w.AdminId), w.EnterpriseId, w.CreatedAt.UtcDateTime, w.UpdatedAt.UtcDateTime).Enveloped(EmbeddedJson.Shared.EnvelopeEmbeddedWorkspace)
            : refusal.Refused();

    private static async Task<IResult> RenameAsync(string id, HttpContext http, EmbeddedScope scope, RenameWorkspace rename, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var name = body.Text("name", 128, required: body.Has("name"));
        if (body.Refusal() is { } wrong) return wrong;
        if (!(await scope.WorkspaceAsync(http.Actor(), id, ct)).TryGet(out var there, out var refusal)) return refusal.Refused();
        return (await rename.RunAsync(http.Actor(), there.Id, name ?? there.Name, null, ct)).TryGet(out var w, out refusal)
            ? new UpdatedWorkspace(w.Id, w.Name, w.AdminId, w.EnterpriseId, w.CreatedAt.UtcDateTime, w.UpdatedAt.UtcDateTime).Enveloped(EmbeddedJson.Shared.EnvelopeUpdatedWorkspace)
            : refusal.Refused();
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext http, EmbeddedScope scope, DeleteWorkspace delete, CancellationToken ct)
    {
        if (!(await scope.WorkspaceAsync(http.Actor(), id, ct)).TryGet(out var there, out var refusal)) return refusal.Refused();
        return (await delete.RunAsync(http.Actor(), there.Id, ct)).TryGet(out _, out refusal) ? EmbeddedAnswers.Said("Workspace deleted successfully with its teams") : refusal.Refused();
    }

    private static async Task<IResult> ChangeAdminAsync(string enterpriseId, HttpContext http, EmbeddedScope scope, ChangeWorkspaceAdmin change, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var admin = body.Text("adminId", 128, required: true);
        if (body.Refusal() is { } wrong) return wrong;
        if (!(await scope.WorkspaceAsync(http.Actor(), enterpriseId, ct)).TryGet(out var there, out var refusal)) return refusal.Refused();
        return (await change.RunAsync(http.Actor(), there.Id, admin!, ct)).TryGet(out _, out refusal) ? EmbeddedAnswers.Said("Admin changed successfully") : refusal.Refused();
    }
}
