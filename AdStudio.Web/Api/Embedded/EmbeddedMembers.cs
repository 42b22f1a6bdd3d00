using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Embedded;

/// <param name="Role">ADMIN or MEMBER.</param>
internal sealed record MemberToAssign(string ExternalUserId, string Role);
internal sealed record AssignRequest(IReadOnlyList<MemberToAssign> Members);

/// <param name="Members">By the ids by which your product knows the users.</param>
internal sealed record RemoveRequest(IReadOnlyList<string> Members);

internal sealed record AssignedMember(Guid Id, string Role, DateTime CreatedAt, DateTime UpdatedAt)
{
    public static AssignedMember Of(TeamMemberRow m) => new(m.Id, m.Role.Wire(), m.CreatedAt.UtcDateTime, m.UpdatedAt.UtcDateTime);
}

internal sealed record AssignedOne(string ExternalUserId, AssignedMember TeamMember);

/// <param name="Error">Why this user was not assigned.</param>
internal sealed record NotAssigned(string ExternalUserId, string Error);
internal sealed record AssignSummary(int Total, int SuccessCount, int FailureCount);
internal sealed record AssignedMany(IReadOnlyList<AssignedOne> Successful, IReadOnlyList<NotAssigned> Failed, AssignSummary Summary);

/// <param name="UserId">Our id of the user.</param>
internal sealed record EmbeddedMember(Guid Id, string Role, Guid UserId, DateTime CreatedAt, DateTime UpdatedAt, EmbeddedUser User);

/// <summary>Who is in a team.</summary>
internal static class EmbeddedMembers
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/teams/{teamId}/members", AssignAsync).Operation("Assign members", "For an admin of the team. One member is answered with 201; several with 200 and what became of each.", ApiScopes.ManageWorkspaces)
            .Takes<AssignRequest>("""{"members":[{"externalUserId":"Team-Admin-1","role":"ADMIN"},{"externalUserId":"Team-Member-1","role":"MEMBER"}]}""")
            .Gives<Envelope<AssignedMember>>(StatusCodes.Status201Created).Gives<Envelope<AssignedMany>>();
        group.MapGet("/teams/{teamId}/members", ListAsync).Operation("Get team members", "For any member of the team.", ApiScopes.ReadWorkspaces).Gives<Envelope<IReadOnlyList<EmbeddedMember>>>();
        group.MapDelete("/teams/{teamId}/members", RemoveAsync).Operation("Remove team members", "One or many, for an admin of the team. With it they lose their permissions on the team's ad accounts.", ApiScopes.ManageWorkspaces)
            .Takes<RemoveRequest>("""{"members":["external-user-id-1","external-user-id-2"]}""").Gives<Envelope<NoData?>>();
    }

    private static async Task<IResult> AssignAsync(string teamId, HttpContext http, AddTeamMembers add, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var members = body.Objects("members", AddTeamMembers.AtOnce, Read);
        if (body.Problems.Count == 0 && members is not { Count: > 0 }) body.Wrong("members", "members should not be empty");
        if (body.Refusal() is { } wrong) return wrong;
        if (EmbeddedScope.TeamIdOf(teamId) is not { } id) return new TeamNotFound().Refused();
        if (!(await add.RunAsync(http.Actor(), id, members!, ct)).TryGet(out var added, out var refusal)) return refusal.Refused();

        if (added.Total == 1) return added.Failed is [var failed] ? failed.Why.Refused() : AssignedMember.Of(added.Successful[0].Member).Created(EmbeddedJson.Shared.EnvelopeAssignedMember);
        return new AssignedMany(
            [.. added.Successful.Select(m => new AssignedOne(m.Person, AssignedMember.Of(m.Member)))], [.. added.Failed.Select(m => new NotAssigned(m.Person, m.Error))],
            new AssignSummary(added.Total, added.Successful.Count, added.Failed.Count)).Enveloped(EmbeddedJson.Shared.EnvelopeAssignedMany);
    }

    private static NewTeamMember? Read(Given given)
    {
        var (user, role) = (given.Text("externalUserId", 128, required: true), given.Word("role", EmbeddedRoles.Roles, required: true));
        return user is null || role is null ? null : new NewTeamMember(user, role.Value);
    }

    private static async Task<IResult> ListAsync(string teamId, HttpContext http, GetTeam get, CancellationToken ct) =>
        EmbeddedScope.TeamIdOf(teamId) is not { } id ? new TeamNotFound().Refused()
        : (await get.RunAsync(http.Actor(), id, ct)).TryGet(out var team, out var refusal)
            ? ((IReadOnlyList<EmbeddedMember>)[.. team.Members.Select(m => new EmbeddedMember(m.Id, m.Role.Wire(), m.PersonId, m.CreatedAt.UtcDateTime, m.UpdatedAt.UtcDateTime, EmbeddedUser.Of(m.ExternalUserId, m.PersonId)))])
                .Enveloped(EmbeddedJson.Shared.EnvelopeIReadOnlyListEmbeddedMember)
            : refusal.Refused();

    private static async Task<IResult> RemoveAsync(string teamId, HttpContext http, RemoveTeamMembers remove, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var members = body.Texts("members", AddTeamMembers.AtOnce, 128, required: true);
        if (body.Refusal() is { } wrong) return wrong;
        return EmbeddedScope.TeamIdOf(teamId) is not { } id ? new TeamNotFound().Refused()
            : (await remove.RunAsync(http.Actor(), id, members!, ct)).TryGet(out _, out var refusal) ? EmbeddedAnswers.Said("Member(s) removed successfully")
            : refusal.Refused();
    }
}
