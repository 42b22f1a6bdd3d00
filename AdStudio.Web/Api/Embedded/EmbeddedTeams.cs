using System.Text.Json.Serialization;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Embedded;

/// <param name="EnterpriseId">Your own id of the workspace.</param>
internal sealed record TeamRequest(string EnterpriseId, string Name);
internal sealed record TeamsRequest(string EnterpriseId);
internal sealed record TeamRename(string Name);

/// <param name="IsDefault">The workspace's first team: connections go there unless another is named, and it stays.</param>
internal sealed record CreatedTeam(Guid Id, string Name, bool IsDefault, DateTime CreatedAt, DateTime UpdatedAt);

/// <param name="Role">ADMIN or MEMBER.</param>
internal sealed record ListedMember(Guid Id, string Role, DateTime CreatedAt, DateTime UpdatedAt, EmbeddedUser User);

/// <param name="TeamMembers">Admins first.</param>
internal sealed record ListedTeam(Guid Id, string Name, bool IsDefault, DateTime CreatedAt, DateTime UpdatedAt, [property: JsonPropertyName("TeamMembers")] IReadOnlyList<ListedMember> TeamMembers)
{
    public static ListedTeam Of(TeamRow t) => new(t.Id, t.Name, t.IsDefault, t.CreatedAt.UtcDateTime, t.UpdatedAt.UtcDateTime,
        [.. t.Members.Select(m => new ListedMember(m.Id, m.Role.Wire(), m.CreatedAt.UtcDateTime, m.UpdatedAt.UtcDateTime, EmbeddedUser.Of(m.ExternalUserId, m.PersonId)))]);
}

internal sealed record TeamOfWorkspace(string Name, string EnterpriseId);
internal sealed record ShownMember(Guid Id, string Role, EmbeddedUser User);
internal sealed record ShownTeam(Guid Id, string Name, bool IsDefault, TeamOfWorkspace Workspace, [property: JsonPropertyName("TeamMembers")] IReadOnlyList<ShownMember> TeamMembers)
{
    public static ShownTeam Of(TeamRow t) =>
        new(t.Id, t.Name, t.IsDefault, new(t.WorkspaceName, t.EnterpriseId), [.. t.Members.Select(m => new ShownMember(m.Id, m.Role.Wire(), EmbeddedUser.Of(m.ExternalUserId, m.PersonId)))]);
}

internal sealed record RenamedTeam(Guid Id, string Name);

/// <summary>Teams of a workspace.</summary>
internal static class EmbeddedTeams
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/teams", CreateAsync).Operation("Create team", "For the workspace's admin.", ApiScopes.ManageWorkspaces)
            .Takes<TeamRequest>("""{"enterpriseId":"1","name":"New Team"}""").Gives<Envelope<CreatedTeam>>(StatusCodes.Status201Created);
        group.MapPost("/teams/get-all", ListAsync).Operation("Get workspace teams", "With their members; for the workspace's admin.", ApiScopes.ReadWorkspaces)
            .Takes<TeamsRequest>("""{"enterpriseId":"1"}""").Gives<Envelope<IReadOnlyList<ListedTeam>>>();
        group.MapGet("/teams/{id}", GetAsync).Operation("Get team by id", "For any of its members.", ApiScopes.ReadWorkspaces).Gives<Envelope<ShownTeam>>();
        group.MapPatch("/teams/{id}", RenameAsync).Operation("Update team name", "For an admin of the team.", ApiScopes.ManageWorkspaces).Takes<TeamRename>("""{"name":"Updated Name"}""").Gives<Envelope<RenamedTeam>>();
        group.MapDelete("/teams/{id}", DeleteAsync).Operation("Delete team", "For the workspace's admin. What it has goes over to the default team, which itself stays.", ApiScopes.ManageWorkspaces).Gives<Envelope<NoData?>>();
        EmbeddedMembers.Map(group);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, EmbeddedScope scope, CreateTeam create, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var (enterpriseId, name) = (body.Text("enterpriseId", 128, required: true), body.Text("name", 128, required: true));
        if (body.Refusal() is { } wrong) return wrong;
        if (!(await scope.WorkspaceAsync(http.Actor(), enterpriseId!, ct)).TryGet(out var workspace, out var refusal)) return refusal.Refused();
        return (await create.RunAsync(http.Actor(), workspace.Id, name!, ct)).TryGet(out var t, out refusal)
            ? new CreatedTeam(t.Id, t.Name, t.IsDefault, t.CreatedAt.UtcDateTime, t.UpdatedAt.UtcDateTime).Created(EmbeddedJson.Shared.EnvelopeCreatedTeam)
            : refusal.Refused();
    }

    private static async Task<IResult> ListAsync(HttpContext http, EmbeddedScope scope, ListAllTeams list, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var enterpriseId = body.Text("enterpriseId", 128, required: true);
        if (body.Refusal() is { } wrong) return wrong;
        if (!(await scope.WorkspaceAsync(http.Actor(), enterpriseId!, ct)).TryGet(out var workspace, out var refusal)) return refusal.Refused();
        return (await list.RunAsync(http.Actor(), workspace.Id, ct)).TryGet(out var teams, out refusal)
            ? ((IReadOnlyList<ListedTeam>)[.. teams.Select(ListedTeam.Of)]).Enveloped(EmbeddedJson.Shared.EnvelopeIReadOnlyListListedTeam)
            : refusal.Refused();
    }

    private static async Task<IResult> GetAsync(string id, HttpContext http, GetTeam get, CancellationToken ct) =>
        EmbeddedScope.TeamIdOf(id) is not { } teamId ? new TeamNotFound().Refused()
        : (await get.RunAsync(http.Actor(), teamId, ct)).TryGet(out var team, out var refusal) ? ShownTeam.Of(team).Enveloped(EmbeddedJson.Shared.EnvelopeShownTeam)
        : refusal.Refused();

    private static async Task<IResult> RenameAsync(string id, HttpContext http, RenameTeam rename, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var name = body.Text("name", 128, required: true);
        if (body.Refusal() is { } wrong) return wrong;
        return EmbeddedScope.TeamIdOf(id) is not { } teamId ? new TeamNotFound().Refused()
            : (await rename.RunAsync(http.Actor(), teamId, name!, null, ct)).TryGet(out var team, out var refusal) ? new RenamedTeam(team.Id, team.Name).Enveloped(EmbeddedJson.Shared.EnvelopeRenamedTeam)
            : refusal.Refused();
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext http, DeleteTeam delete, CancellationToken ct) =>
        EmbeddedScope.TeamIdOf(id) is not { } teamId ? new TeamNotFound().Refused()
        : (await delete.RunAsync(http.Actor(), teamId, ct)).TryGet(out var name, out var refusal) ? EmbeddedAnswers.Said($"'Team {name}' deleted successfully")
        : refusal.Refused();
}

internal static class EmbeddedRoles
{
    public static readonly Dictionary<string, TeamRole> Roles = new() { ["admin"] = TeamRole.Admin, ["member"] = TeamRole.Member };
    public static readonly Dictionary<string, AccountAccess> Permissions = new() { ["manager"] = AccountAccess.Manager, ["viewer"] = AccountAccess.Viewer };

    /// <summary>ADMIN or MEMBER.</summary>
    public static string Wire(this TeamRole role) => role.ToString().ToUpperInvariant();

    /// <summary>MANAGER or VIEWER.</summary>
    public static string Wire(this AccountAccess access) => access.ToString().ToUpperInvariant();
}
