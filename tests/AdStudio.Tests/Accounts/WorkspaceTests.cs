using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Accounts;

public sealed class WorkspaceTests(StudioApp app) : IClassFixture<StudioApp>
{
    private static readonly CancellationToken Now = CancellationToken.None;

    [Fact]
    public async Task Whoever_creates_a_workspace_is_its_admin_and_finds_a_default_team()
    {
        var scene = await Scene.SetAsync(app.Studio, "Oak");

        var made = (await app.Get<CreateWorkspace>().RunAsync(scene.Viewer, "Vic's brand", "ent-7", Now)).Value;

        made.AdminExternalUserId.ShouldBe("Vic-1");
        made.Number.ShouldBe(2);
        var vic = await app.ActorAsync(scene.Viewer.Id);
        vic.Administers(made.Id).ShouldBeTrue();
        (await app.Get<ListTeams>().RunAsync(vic, made.Id, Now)).Value.Single().IsDefault.ShouldBeTrue();
        (await app.Get<FindWorkspaceByEnterpriseId>().RunAsync(vic, "ent-7", Now)).Value.Id.ShouldBe(made.Id);
    }

    [Fact]
    public async Task An_enterprise_id_is_there_once()
    {
        var scene = await Scene.SetAsync(app.Studio, "Pine");
        var theirs = await Scene.SetAsync(app.Studio, "Other");

        (await app.Get<CreateWorkspace>().RunAsync(scene.Admin, "Again", "1", Now)).Refusal!.Message.ShouldBe("Workspace already exists with the same enterpriseId");
        (await app.Get<CreateWorkspace>().RunAsync(theirs.Admin, "Elsewhere", "ent-1", Now)).IsDone.ShouldBeTrue();
        (await app.Get<CreateWorkspace>().RunAsync(scene.Admin, "Here", "ent-1", Now)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task Workspaces_made_at_once_get_different_numbers()
    {
        var scene = await Scene.SetAsync(app.Studio, "Quince");

        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => app.Get<CreateWorkspace>().RunAsync(scene.Admin, $"Brand {i}", null, Now)));

        made.Select(w => w.Value.Number).Order().ShouldBe([2, 3, 4, 5]);
        made.Select(w => w.Value.EnterpriseId).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public async Task Only_its_admin_renames_deletes_or_hands_over_a_workspace()
    {
        var scene = await Scene.SetAsync(app.Studio, "Rowan");
        foreach (var actor in new[] { scene.TeamAdmin, scene.Manager, scene.Viewer })
        {
            (await app.Get<GetWorkspace>().RunAsync(actor, scene.Workspace.Id, Now)).Value.MayChange.ShouldBeFalse();
            (await app.Get<RenameWorkspace>().RunAsync(actor, scene.Workspace.Id, "Mine", null, Now)).Refusal.ShouldBe(new WorkspaceAdminNeeded("Rowan Shoes"));
            (await app.Get<PreviewDeleteWorkspace>().RunAsync(actor, scene.Workspace.Id, Now)).Refusal.ShouldBeOfType<WorkspaceAdminNeeded>();
            (await app.Get<DeleteWorkspace>().RunAsync(actor, scene.Workspace.Id, Now)).Refusal.ShouldBeOfType<WorkspaceAdminNeeded>();
            (await app.Get<ChangeWorkspaceAdmin>().RunAsync(actor, scene.Workspace.Id, "Mia-1", Now)).Refusal.ShouldBeOfType<WorkspaceAdminNeeded>();
        }
        (await app.Get<RenameWorkspace>().RunAsync(scene.Admin, scene.Workspace.Id, "Acme Boots", null, Now)).Value.Name.ShouldBe("Acme Boots");
    }

    [Fact]
    public async Task A_new_admin_may_what_the_old_one_could()
    {
        var scene = await Scene.SetAsync(app.Studio, "Spruce");

        (await app.Get<ChangeWorkspaceAdmin>().RunAsync(scene.Admin, scene.Workspace.Id, "Mia-1", Now)).Value.AdminExternalUserId.ShouldBe("Mia-1");

        (await app.ActorAsync(scene.Manager.Id)).Administers(scene.Workspace.Id).ShouldBeTrue();
        (await app.Get<ChangeWorkspaceAdmin>().RunAsync(scene.Admin, scene.Workspace.Id, "nobody", Now)).Refusal.ShouldBeOfType<PersonNotFound>();
        await app.PersonAsync(scene, "Cleo", OrganizationRole.Client);
        (await app.Get<ChangeWorkspaceAdmin>().RunAsync(scene.Admin, scene.Workspace.Id, "Cleo-1", Now)).Refusal.ShouldBe(new ClientCannotLead("Cleo"));
    }

    [Fact]
    public async Task Deleting_names_what_goes_with_it_and_takes_it_along()
    {
        var scene = await Scene.SetAsync(app.Studio, "Teak");
        await AddCampaignAsync(scene, "Spring", CampaignStatus.Draft);

        var preview = (await app.Get<PreviewDeleteWorkspace>().RunAsync(scene.Admin, scene.Workspace.Id, Now)).Value;
        preview.Teams.ShouldBe(["Default team"]);
        (preview.Connections, preview.Campaigns).ShouldBe((2, 1));
        (await app.Get<DeleteWorkspace>().RunAsync(scene.Admin, scene.Workspace.Id, Now)).IsDone.ShouldBeTrue();

        (await app.Get<GetWorkspace>().RunAsync(scene.Admin, scene.Workspace.Id, Now)).Refusal.ShouldBeOfType<WorkspaceNotFound>();
        var mia = await app.ActorAsync(scene.Manager.Id);
        mia.Teams.ShouldBeEmpty();
        mia.Accounts.ShouldBeEmpty();
        await using var db = await app.Studio.OpenAsync(scene.Admin, Now);
        (await db.Connections.CountAsync(Now)).ShouldBe(0);
        (await db.Campaigns.CountAsync(Now)).ShouldBe(0);
        (await app.Get<CreateWorkspace>().RunAsync(scene.Admin, "Acme again", "1", Now)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task A_workspace_that_runs_campaigns_is_not_deleted()
    {
        var scene = await Scene.SetAsync(app.Studio, "Willow");
        await AddCampaignAsync(scene, "Black Friday", CampaignStatus.Active);

        (await app.Get<DeleteWorkspace>().RunAsync(scene.Admin, scene.Workspace.Id, Now)).Refusal!.Message
            .ShouldBe("Willow Shoes can't be deleted while it runs a campaign: Black Friday. Pause or end it first.");
    }

    private async Task AddCampaignAsync(Scene scene, string name, CampaignStatus status)
    {
        await using var db = await app.Studio.OpenAsync(scene.Admin, Now);
        db.Campaigns.Add(new Campaign { OrganizationId = scene.Organization.Id, Number = 1, WorkspaceId = scene.Workspace.Id, TeamId = scene.Team.Id, Name = name, Status = status });
        await db.SaveChangesAsync(Now);
    }
}
