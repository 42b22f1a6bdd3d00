using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Accounts;

public sealed class GrantTests(StudioApp app) : IClassFixture<StudioApp>
{
    private static readonly CancellationToken Now = CancellationToken.None;

    [Fact]
    public async Task A_team_admin_gives_changes_and_takes_grants()
    {
        var scene = await Scene.SetAsync(app.Studio, "Amber");
        var nia = await app.PersonAsync(scene, "Nia");
        await app.Get<AddTeamMembers>().RunAsync(scene.TeamAdmin, scene.Team.Id, [new("Nia-1", TeamRole.Member)], Now);

        (await app.Get<GrantAdAccount>().RunAsync(scene.TeamAdmin, scene.Team.Id, "act_1001", "Nia-1", AccountAccess.Manager, Now)).Value.AdAccountExternalId.ShouldBe("act_1001");
        (await app.ActorAsync(nia.Id)).Manages(scene.Meta.Id, scene.Workspace.Id).ShouldBeTrue();

        await app.Get<ChangeAdAccountGrant>().RunAsync(scene.TeamAdmin, scene.Team.Id, scene.Meta.Id.ToString(), nia.Id.ToString(), AccountAccess.Viewer, Now);
        var viewer = await app.ActorAsync(nia.Id);
        viewer.Manages(scene.Meta.Id, scene.Workspace.Id).ShouldBeFalse();
        viewer.Reads(scene.Meta.Id, scene.Workspace.Id).ShouldBeTrue();

        (await app.Get<RevokeAdAccountGrant>().RunAsync(scene.TeamAdmin, scene.Team.Id, "act_1001", "Nia-1", Now)).IsDone.ShouldBeTrue();
        (await app.ActorAsync(nia.Id)).Reads(scene.Meta.Id, scene.Workspace.Id).ShouldBeFalse();
        (await app.Get<ChangeAdAccountGrant>().RunAsync(scene.TeamAdmin, scene.Team.Id, "act_1001", "Nia-1", AccountAccess.Viewer, Now)).Refusal.ShouldBeOfType<GrantNotFound>();
        (await app.Get<RevokeAdAccountGrant>().RunAsync(scene.TeamAdmin, scene.Team.Id, "act_1001", "Nia-1", Now)).Refusal.ShouldBeOfType<GrantNotFound>();
    }

    [Fact]
    public async Task A_grant_is_for_members_of_the_account_s_own_team()
    {
        var scene = await Scene.SetAsync(app.Studio, "Basalt");
        await app.PersonAsync(scene, "Nia");
        var other = (await app.Get<CreateTeam>().RunAsync(scene.Admin, scene.Workspace.Id, "Other", Now)).Value;

        (await app.Get<GrantAdAccount>().RunAsync(scene.Admin, scene.Team.Id, "act_1001", "Nia-1", AccountAccess.Viewer, Now)).Refusal.ShouldBeOfType<MemberNotFound>();
        (await app.Get<GrantAdAccount>().RunAsync(scene.Admin, other.Id, "act_1001", "Nia-1", AccountAccess.Viewer, Now)).Refusal.ShouldBe(new AdAccountNotInTeam("Other"));
        (await app.Get<GrantAdAccount>().RunAsync(scene.Admin, scene.Team.Id, "act_9", "Mia-1", AccountAccess.Viewer, Now)).Refusal.ShouldBeOfType<AdAccountNotInTeam>();
    }

    [Fact]
    public async Task Members_see_their_own_line_of_the_matrix_and_change_nothing()
    {
        var scene = await Scene.SetAsync(app.Studio, "Coral");

        (await app.Get<ListTeamGrants>().RunAsync(scene.TeamAdmin, scene.Team.Id, Now)).Value.Grants.Count.ShouldBe(4);
        foreach (var actor in new[] { scene.Manager, scene.Viewer })
        {
            var own = (await app.Get<ListTeamGrants>().RunAsync(actor, scene.Team.Id, Now)).Value;
            own.Accounts.Select(a => a.ExternalId).ShouldBe(["2002002002", "act_1001"], ignoreOrder: true);
            own.Grants.ShouldAllBe(g => g.PersonId == actor.Id);
            (await app.Get<GrantAdAccount>().RunAsync(actor, scene.Team.Id, "act_1001", "Vic-1", AccountAccess.Manager, Now)).Refusal.ShouldBeOfType<TeamAdminNeeded>();
            (await app.Get<ChangeAdAccountGrant>().RunAsync(actor, scene.Team.Id, "act_1001", "Vic-1", AccountAccess.Manager, Now)).Refusal.ShouldBeOfType<TeamAdminNeeded>();
            (await app.Get<RevokeAdAccountGrant>().RunAsync(actor, scene.Team.Id, "act_1001", "Mia-1", Now)).Refusal.ShouldBeOfType<TeamAdminNeeded>();
        }
    }
}
