using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Accounts;

public sealed class PeopleTests(StudioApp app) : IClassFixture<StudioApp>
{
    private static readonly CancellationToken Now = CancellationToken.None;

    [Fact]
    public async Task Only_admins_of_the_organization_say_what_people_are()
    {
        var scene = await Scene.SetAsync(app.Studio, "Adriatic");
        foreach (var actor in new[] { scene.TeamAdmin, scene.Manager, scene.Viewer })
        {
            (await app.Get<ChangeOrganizationRole>().RunAsync(actor, scene.Viewer.Id, OrganizationRole.Admin, Now)).Refusal.ShouldBeOfType<OrganizationAdminNeeded>();
            (await app.Get<DeactivatePerson>().RunAsync(actor, scene.Viewer.Id, Now)).Refusal.ShouldBeOfType<OrganizationAdminNeeded>();
            (await app.Get<ReactivatePerson>().RunAsync(actor, scene.Viewer.Id, Now)).Refusal.ShouldBeOfType<OrganizationAdminNeeded>();
            (await app.Get<RenameOrganization>().RunAsync(actor, "Mine", null, Now)).Refusal.ShouldBeOfType<OrganizationAdminNeeded>();
        }
        (await app.Get<ChangeOrganizationRole>().RunAsync(scene.Admin, scene.Manager.Id, OrganizationRole.Admin, Now)).IsDone.ShouldBeTrue();
        (await app.ActorAsync(scene.Manager.Id)).IsOrganizationAdmin.ShouldBeTrue();
    }

    [Fact]
    public async Task The_last_admin_stays()
    {
        var scene = await Scene.SetAsync(app.Studio, "Baltic");

        (await app.Get<ChangeOrganizationRole>().RunAsync(scene.Admin, scene.Admin.Id, OrganizationRole.Member, Now)).Refusal.ShouldBe(new LastOrganizationAdmin("Ada"));
        (await app.Get<DeactivatePerson>().RunAsync(scene.Admin, scene.Admin.Id, Now)).Refusal.ShouldBe(new LastOrganizationAdmin("Ada"));
    }

    [Fact]
    public async Task Who_leads_a_workspace_hands_it_over_before_leaving()
    {
        var scene = await Scene.SetAsync(app.Studio, "Caspian");
        await app.Get<ChangeWorkspaceAdmin>().RunAsync(scene.Admin, scene.Workspace.Id, "Tom-1", Now);

        (await app.Get<DeactivatePerson>().RunAsync(scene.Admin, scene.TeamAdmin.Id, Now)).Refusal!.Message.ShouldBe("Tom is the admin of Caspian Shoes. Choose another admin there first.");
        (await app.Get<ChangeOrganizationRole>().RunAsync(scene.Admin, scene.TeamAdmin.Id, OrganizationRole.Client, Now)).Refusal.ShouldBeOfType<LeadsWorkspaces>();
    }

    [Fact]
    public async Task A_client_s_grants_shrink_to_viewing()
    {
        var scene = await Scene.SetAsync(app.Studio, "Dead");

        await app.Get<ChangeOrganizationRole>().RunAsync(scene.Admin, scene.Manager.Id, OrganizationRole.Client, Now);

        var client = await app.ActorAsync(scene.Manager.Id);
        client.Accounts.Values.ShouldAllBe(access => access == AccountAccess.Viewer);
        client.Manages(scene.Meta.Id, scene.Workspace.Id).ShouldBeFalse();
        client.Reads(scene.Meta.Id, scene.Workspace.Id).ShouldBeTrue();
        (await app.Get<ListPeople>().RunAsync(client, Now)).Refusal.ShouldBeOfType<ClientsOnlyRead>();
    }

    [Fact]
    public async Task Who_is_deactivated_is_out_at_once_and_may_come_back_without_grants()
    {
        var scene = await Scene.SetAsync(app.Studio, "Erie");
        var session = await app.Get<StartSession>().RunAsync(scene.Manager.Id, new SessionOrigin("127.0.0.1", "Firefox on Linux"), Now);
        (await app.Get<CheckSession>().RunAsync(session.Id, Now)).ShouldNotBeNull();

        (await app.Get<DeactivatePerson>().RunAsync(scene.Admin, scene.Manager.Id, Now)).IsDone.ShouldBeTrue();

        (await app.Get<CheckSession>().RunAsync(session.Id, Now)).ShouldBeNull();
        (await app.Get<FindActor>().RunAsync(scene.Manager.Id, "test", Now)).ShouldBeNull();
        (await app.Get<EnsurePersonByExternalId>().RunAsync(scene.Admin, "Mia-1", Now)).Refusal.ShouldBeOfType<ForbiddenError>();
        (await app.Get<ListPeople>().RunAsync(scene.TeamAdmin, Now)).Value.ShouldNotContain(p => p.Id == scene.Manager.Id);
        (await app.Get<ListPeople>().RunAsync(scene.Admin, Now)).Value.Single(p => p.Id == scene.Manager.Id).DeactivatedAt.ShouldNotBeNull();

        (await app.Get<ReactivatePerson>().RunAsync(scene.Admin, scene.Manager.Id, Now)).IsDone.ShouldBeTrue();
        var back = await app.ActorAsync(scene.Manager.Id);
        back.Teams.ShouldBeEmpty();
        back.Accounts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Clients_are_shown_to_those_who_share_a_workspace()
    {
        var scene = await Scene.SetAsync(app.Studio, "Fundy");
        var hidden = await app.PersonAsync(scene, "Cleo", OrganizationRole.Client);

        (await app.Get<ListPeople>().RunAsync(scene.Viewer, Now)).Value.ShouldNotContain(p => p.Id == hidden.Id);
        await app.Get<AddTeamMembers>().RunAsync(scene.Admin, scene.Team.Id, [new("Cleo-1", TeamRole.Member)], Now);
        (await app.Get<ListPeople>().RunAsync(scene.Viewer, Now)).Value.Single(p => p.Id == hidden.Id).Teams.ShouldBe(["Default team (Fundy Shoes)"]);
    }

    [Fact]
    public async Task Two_who_rename_the_organization_learn_of_each_other()
    {
        var scene = await Scene.SetAsync(app.Studio, "Great Lakes");
        var read = await app.Get<GetProfile>().RunAsync(scene.Admin, Now);
        (await app.Get<RenameOrganization>().RunAsync(scene.Admin, "First", read.OrganizationVersion, Now)).IsDone.ShouldBeTrue();

        (await app.Get<RenameOrganization>().RunAsync(scene.Admin, "Second", read.OrganizationVersion, Now)).Refusal.ShouldBe(new ChangedMeanwhile("First", "Second"));
    }

    [Fact]
    public async Task A_session_is_revoked_by_its_own_person_only()
    {
        var scene = await Scene.SetAsync(app.Studio, "Hudson");
        var session = await app.Get<StartSession>().RunAsync(scene.Manager.Id, new SessionOrigin("127.0.0.1", "Firefox on Linux"), Now);

        (await app.Get<RevokeSession>().RunAsync(scene.Admin, session.Id, Now)).Refusal.ShouldBeOfType<SessionNotFound>();
        (await app.Get<RevokeSessions>().RunAsync(scene.Viewer, null, Now)).ShouldBe(0);
        (await app.Get<CheckSession>().RunAsync(session.Id, Now)).ShouldNotBeNull();
        (await app.Get<ListSessions>().RunAsync(scene.Admin, null, Now)).ShouldBeEmpty();
    }
}
