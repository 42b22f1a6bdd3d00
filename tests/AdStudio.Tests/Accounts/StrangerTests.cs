using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Accounts;

/// <summary>An admin of another organization who guesses ids is told that there is nothing, by every action.</summary>
public sealed class StrangerTests(StudioApp app) : IClassFixture<StudioApp>
{
    private static readonly CancellationToken Now = CancellationToken.None;

    [Fact]
    public async Task A_stranger_finds_nothing()
    {
        var scene = await Scene.SetAsync(app.Studio, "Home");
        var stranger = (await Scene.SetAsync(app.Studio, "Foreign")).Admin;
        var invitation = (await app.Get<InviteByEmail>().RunAsync(scene.Admin, scene.Team.Id, "guest@home.example", TeamRole.Member, OrganizationRole.Member, Now)).Value;
        var session = await app.Get<StartSession>().RunAsync(scene.Manager.Id, new SessionOrigin("127.0.0.1", "Firefox on Linux"), Now);
        var (workspace, team, mia) = (scene.Workspace.Id, scene.Team.Id, scene.Manager.Id);

        Refusal?[] answers =
        [
            (await app.Get<GetWorkspace>().RunAsync(stranger, workspace, Now)).Refusal,
            (await app.Get<RenameWorkspace>().RunAsync(stranger, workspace, "Taken", null, Now)).Refusal,
            (await app.Get<ChangeWorkspaceAdmin>().RunAsync(stranger, workspace, stranger.Id.ToString(), Now)).Refusal,
            (await app.Get<PreviewDeleteWorkspace>().RunAsync(stranger, workspace, Now)).Refusal,
            (await app.Get<DeleteWorkspace>().RunAsync(stranger, workspace, Now)).Refusal,
            (await app.Get<CreateTeam>().RunAsync(stranger, workspace, "Mine", Now)).Refusal,
            (await app.Get<ListTeams>().RunAsync(stranger, workspace, Now)).Refusal,
            (await app.Get<ListAllTeams>().RunAsync(stranger, workspace, Now)).Refusal,
            (await app.Get<ListInvitations>().RunAsync(stranger, workspace, Now)).Refusal,
            (await app.Get<GetTeam>().RunAsync(stranger, team, Now)).Refusal,
            (await app.Get<RenameTeam>().RunAsync(stranger, team, "Taken", null, Now)).Refusal,
            (await app.Get<PreviewDeleteTeam>().RunAsync(stranger, team, Now)).Refusal,
            (await app.Get<DeleteTeam>().RunAsync(stranger, team, Now)).Refusal,
            (await app.Get<AddTeamMembers>().RunAsync(stranger, team, [new(stranger.Id.ToString(), TeamRole.Admin)], Now)).Refusal,
            (await app.Get<ChangeTeamMemberRole>().RunAsync(stranger, team, "Mia-1", TeamRole.Admin, Now)).Refusal,
            (await app.Get<RemoveTeamMembers>().RunAsync(stranger, team, ["Mia-1"], Now)).Refusal,
            (await app.Get<InviteByEmail>().RunAsync(stranger, team, "x@home.example", TeamRole.Member, OrganizationRole.Member, Now)).Refusal,
            (await app.Get<ResendInvitation>().RunAsync(stranger, invitation.Id, Now)).Refusal,
            (await app.Get<WithdrawInvitation>().RunAsync(stranger, invitation.Id, Now)).Refusal,
            (await app.Get<ListTeamGrants>().RunAsync(stranger, team, Now)).Refusal,
            (await app.Get<GrantAdAccount>().RunAsync(stranger, team, "act_1001", "Mia-1", AccountAccess.Manager, Now)).Refusal,
            (await app.Get<ChangeAdAccountGrant>().RunAsync(stranger, team, "act_1001", "Mia-1", AccountAccess.Viewer, Now)).Refusal,
            (await app.Get<RevokeAdAccountGrant>().RunAsync(stranger, team, "act_1001", "Mia-1", Now)).Refusal,
            (await app.Get<ChangeOrganizationRole>().RunAsync(stranger, mia, OrganizationRole.Client, Now)).Refusal,
            (await app.Get<DeactivatePerson>().RunAsync(stranger, mia, Now)).Refusal,
            (await app.Get<ReactivatePerson>().RunAsync(stranger, mia, Now)).Refusal,
            (await app.Get<RevokeSession>().RunAsync(stranger, session.Id, Now)).Refusal,
        ];

        answers.ShouldAllBe(answer => answer is NotFoundError);
        (await app.Get<CheckSession>().RunAsync(session.Id, Now)).ShouldNotBeNull();
        (await app.Get<GetTeam>().RunAsync(scene.Viewer, team, Now)).Value.Members.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Ids_of_two_organizations_do_not_mix()
    {
        var ours = await Scene.SetAsync(app.Studio, "Inside");
        var theirs = await Scene.SetAsync(app.Studio, "Outside");

        (await app.Get<AddTeamMembers>().RunAsync(ours.Admin, ours.Team.Id, [new(theirs.Manager.Id.ToString(), TeamRole.Member)], Now)).Value.Failed.Single().Error.ShouldBe("User not found");
        (await app.Get<GrantAdAccount>().RunAsync(ours.Admin, ours.Team.Id, theirs.Meta.Id.ToString(), "Mia-1", AccountAccess.Viewer, Now)).Refusal.ShouldBeOfType<AdAccountNotInTeam>();
        (await app.Get<ChangeWorkspaceAdmin>().RunAsync(ours.Admin, ours.Workspace.Id, theirs.Manager.Id.ToString(), Now)).Refusal.ShouldBeOfType<PersonNotFound>();
        (await app.Get<FindWorkspaceByEnterpriseId>().RunAsync(ours.Admin, "1", Now)).Value.Id.ShouldBe(ours.Workspace.Id);
        (await app.Get<ListHistory>().RunAsync(ours.Admin, new HistoryFilter(theirs.Workspace.Id), Now)).ShouldBeEmpty();
    }
}
