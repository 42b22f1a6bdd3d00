using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Accounts;

public sealed class TeamTests(StudioApp app) : IClassFixture<StudioApp>
{
    private static readonly CancellationToken Now = CancellationToken.None;

    [Fact]
    public async Task Only_the_workspace_admin_creates_teams_and_sees_all_of_them()
    {
        var scene = await Scene.SetAsync(app.Studio, "Alder");
        var create = app.Get<CreateTeam>();

        var made = await create.RunAsync(scene.Admin, scene.Workspace.Id, "  Launch team ", Now);

        made.Value.Name.ShouldBe("Launch team");
        made.Value.IsDefault.ShouldBeFalse();
        foreach (var other in new[] { scene.TeamAdmin, scene.Manager, scene.Viewer })
        {
            (await create.RunAsync(other, scene.Workspace.Id, "Mine", Now)).Refusal.ShouldBeOfType<WorkspaceAdminNeeded>();
            (await app.Get<ListAllTeams>().RunAsync(other, scene.Workspace.Id, Now)).Refusal.ShouldBeOfType<WorkspaceAdminNeeded>();
            (await app.Get<ListTeams>().RunAsync(other, scene.Workspace.Id, Now)).Value.Select(t => t.Name).ShouldBe(["Default team"]);
        }
        (await app.Get<ListAllTeams>().RunAsync(scene.Admin, scene.Workspace.Id, Now)).Value.Select(t => t.Name).ShouldBe(["Default team", "Launch team"]);
        (await create.RunAsync(scene.Admin, scene.Workspace.Id, "Launch team", Now)).Refusal.ShouldBeOfType<TeamExists>();
        (await create.RunAsync(scene.Admin, scene.Workspace.Id, " ", Now)).Refusal.ShouldBeOfType<InvalidError>().Fields.Single().Field.ShouldBe("name");
    }

    [Fact]
    public async Task Every_member_reads_the_team_and_its_members()
    {
        var scene = await Scene.SetAsync(app.Studio, "Birch");

        var team = (await app.Get<GetTeam>().RunAsync(scene.Viewer, scene.Team.Id, Now)).Value;

        team.WorkspaceName.ShouldBe("Birch Shoes");
        team.EnterpriseId.ShouldBe("1");
        team.Members.Select(m => (m.ExternalUserId, m.Role)).ShouldBe([("Tom-1", TeamRole.Admin), ("Mia-1", TeamRole.Member), ("Vic-1", TeamRole.Member)]);
        team.MayChange.ShouldBeFalse();
    }

    [Fact]
    public async Task A_member_of_one_team_sees_nothing_of_another()
    {
        var scene = await Scene.SetAsync(app.Studio, "Cedar");
        var other = (await app.Get<CreateTeam>().RunAsync(scene.Admin, scene.Workspace.Id, "Secret", Now)).Value;

        (await app.Get<GetTeam>().RunAsync(scene.Manager, other.Id, Now)).Refusal.ShouldBeOfType<TeamNotFound>();
        (await app.Get<RenameTeam>().RunAsync(scene.TeamAdmin, other.Id, "Ours", null, Now)).Refusal.ShouldBeOfType<TeamNotFound>();
    }

    [Fact]
    public async Task Many_people_are_added_at_once_with_a_result_for_each()
    {
        var scene = await Scene.SetAsync(app.Studio, "Elm");
        var newcomer = await app.PersonAsync(scene, "Nia");

        var result = await app.Get<AddTeamMembers>().RunAsync(scene.TeamAdmin, scene.Team.Id, [new("Nia-1", TeamRole.Member), new("Mia-1", TeamRole.Admin), new("nobody", TeamRole.Member)], Now);

        result.Value.Successful.Select(m => (m.Person, m.Member.PersonId)).ShouldBe([("Nia-1", newcomer.Id)]);
        result.Value.Failed.ShouldBe([new("Mia-1", new AlreadyInTeam()), new("nobody", new UserNotFound())]);
        result.Value.Total.ShouldBe(3);
        (await app.ActorAsync(newcomer.Id)).Teams[scene.Team.Id].ShouldBe(TeamRole.Member);
    }

    [Fact]
    public async Task Members_do_not_say_who_is_in_the_team()
    {
        var scene = await Scene.SetAsync(app.Studio, "Fir");
        foreach (var actor in new[] { scene.Manager, scene.Viewer })
        {
            (await app.Get<AddTeamMembers>().RunAsync(actor, scene.Team.Id, [new("Ada-1", TeamRole.Member)], Now)).Refusal.ShouldBeOfType<TeamAdminNeeded>();
            (await app.Get<RemoveTeamMembers>().RunAsync(actor, scene.Team.Id, ["Tom-1"], Now)).Refusal.ShouldBeOfType<TeamAdminNeeded>();
            (await app.Get<ChangeTeamMemberRole>().RunAsync(actor, scene.Team.Id, "Mia-1", TeamRole.Admin, Now)).Refusal.ShouldBeOfType<TeamAdminNeeded>();
            (await app.Get<RenameTeam>().RunAsync(actor, scene.Team.Id, "Ours", null, Now)).Refusal.ShouldBeOfType<TeamAdminNeeded>();
        }
        (await app.Get<RenameTeam>().RunAsync(scene.TeamAdmin, scene.Team.Id, "Growth", null, Now)).Value.Name.ShouldBe("Growth");
    }

    [Fact]
    public async Task Leaving_a_team_takes_the_grants_on_its_accounts_along()
    {
        var scene = await Scene.SetAsync(app.Studio, "Hazel");

        var removed = await app.Get<RemoveTeamMembers>().RunAsync(scene.TeamAdmin, scene.Team.Id, ["Mia-1", "Vic-1"], Now);

        removed.Value.Names.ShouldBe(["Mia", "Vic"], ignoreOrder: true);
        removed.Value.Notice.ShouldBeNull();
        var mia = await app.ActorAsync(scene.Manager.Id);
        mia.Teams.ShouldBeEmpty();
        mia.Accounts.ShouldBeEmpty();
        (await app.Get<RemoveTeamMembers>().RunAsync(scene.TeamAdmin, scene.Team.Id, ["Mia-1"], Now)).Refusal.ShouldBeOfType<MemberNotFound>();
    }

    [Fact]
    public async Task A_team_that_loses_its_last_admin_says_who_looks_after_it()
    {
        var scene = await Scene.SetAsync(app.Studio, "Ivy");

        var removed = await app.Get<RemoveTeamMembers>().RunAsync(scene.Admin, scene.Team.Id, ["Tom-1"], Now);

        removed.Value.Notice.ShouldBe("Default team has no admin of its own now. Ada, the admin of Ivy Shoes, looks after it.");
    }

    [Fact]
    public async Task Deleting_a_team_hands_its_things_to_the_default_team()
    {
        var scene = await Scene.SetAsync(app.Studio, "Juniper");
        var team = (await app.Get<CreateTeam>().RunAsync(scene.Admin, scene.Workspace.Id, "Short-lived", Now)).Value;
        await app.Get<AddTeamMembers>().RunAsync(scene.Admin, team.Id, [new("Mia-1", TeamRole.Admin)], Now);
        await using (var db = await app.Studio.OpenAsync(scene.Admin, Now))
        {
            (await db.AdAccounts.SingleAsync(a => a.Id == scene.Meta.Id)).TeamId = team.Id;
            await db.SaveChangesAsync(Now);
        }

        (await app.Get<DeleteTeam>().RunAsync(await app.ActorAsync(scene.Manager.Id), team.Id, Now)).Refusal.ShouldBeOfType<TeamDeletionNeedsWorkspaceAdmin>();
        (await app.Get<PreviewDeleteTeam>().RunAsync(scene.Admin, team.Id, Now)).Value.ShouldBe(new TeamContents("Short-lived", 1, 0, 1, 0, "Default team"));
        (await app.Get<DeleteTeam>().RunAsync(scene.Admin, team.Id, Now)).Value.ShouldBe("Short-lived");

        await using var after = await app.Studio.OpenAsync(scene.Admin, Now);
        (await after.AdAccounts.SingleAsync(a => a.Id == scene.Meta.Id)).TeamId.ShouldBe(scene.Team.Id);
        (await app.ActorAsync(scene.Manager.Id)).Accounts.Keys.ShouldContain(scene.Meta.Id);
        (await app.Get<DeleteTeam>().RunAsync(scene.Admin, scene.Team.Id, Now)).Refusal.ShouldBeOfType<DefaultTeamStays>();
    }

    [Fact]
    public async Task Two_who_rename_at_once_learn_of_each_other()
    {
        var scene = await Scene.SetAsync(app.Studio, "Larch");
        var read = (await app.Get<GetTeam>().RunAsync(scene.Admin, scene.Team.Id, Now)).Value;
        await app.Get<RenameTeam>().RunAsync(scene.Admin, scene.Team.Id, "First", read.Version, Now);

        (await app.Get<RenameTeam>().RunAsync(scene.TeamAdmin, scene.Team.Id, "Second", read.Version, Now)).Refusal.ShouldBe(new ChangedMeanwhile("First", "Second"));
    }

    [Fact]
    public async Task Clients_read_and_change_nothing()
    {
        var scene = await Scene.SetAsync(app.Studio, "Maple");
        await app.Get<ChangeOrganizationRole>().RunAsync(scene.Admin, scene.TeamAdmin.Id, OrganizationRole.Client, Now);
        var client = await app.ActorAsync(scene.TeamAdmin.Id);

        (await app.Get<GetTeam>().RunAsync(client, scene.Team.Id, Now)).Value.Members.Count.ShouldBe(3);
        (await app.Get<RenameTeam>().RunAsync(client, scene.Team.Id, "Ours", null, Now)).Refusal.ShouldBeOfType<TeamAdminNeeded>();
        (await app.Get<CreateWorkspace>().RunAsync(client, "Own", null, Now)).Refusal.ShouldBeOfType<ClientsOnlyRead>();
        (await app.Get<AddTeamMembers>().RunAsync(scene.Admin, scene.Team.Id, [new("Tom-1", TeamRole.Admin)], Now)).Value.Failed.Single().Error.ShouldBe("User already assigned to this team");
        (await app.Get<ChangeTeamMemberRole>().RunAsync(scene.Admin, scene.Team.Id, "Tom-1", TeamRole.Admin, Now)).Refusal.ShouldBe(new ClientCannotLead("Tom"));
        (await app.Get<GrantAdAccount>().RunAsync(scene.Admin, scene.Team.Id, "act_1001", "Tom-1", AccountAccess.Manager, Now)).Refusal.ShouldBe(new ClientOnlyViews("Tom"));
        (await app.Get<GrantAdAccount>().RunAsync(scene.Admin, scene.Team.Id, "act_1001", "Tom-1", AccountAccess.Viewer, Now)).IsDone.ShouldBeTrue();
    }
}
