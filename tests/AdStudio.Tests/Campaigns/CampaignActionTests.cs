using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Campaigns;

public sealed class CampaignActionTests(StudioApp app) : IClassFixture<StudioApp>
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    private Task<Scene> SetAsync() => Scene.SetAsync(app.Studio, $"Org{Guid.NewGuid():N}"[..12]);

    [Fact]
    public async Task A_manager_writes_a_draft_and_it_gets_the_next_number()
    {
        var scene = await SetAsync();

        var first = await Drafts.CreateAsync(app, scene.Manager, scene);
        var second = await Drafts.CreateAsync(app, scene.Manager, scene, new CampaignSpec(), "Empty one");

        (first.Number, second.Number).ShouldBe((1, 2));
        first.Status.ShouldBe(CampaignStatus.Draft);
        first.CreatedByName.ShouldBe("Mia");
        first.TeamId.ShouldBe(scene.Team.Id);
    }

    [Fact]
    public async Task A_viewer_reads_and_changes_nothing()
    {
        var scene = await SetAsync();
        var campaign = await Drafts.CreateAsync(app, scene.Manager, scene);

        (await app.Get<GetCampaign>().RunAsync(scene.Viewer, campaign.Id, Ct)).Value.Name.ShouldBe("Spring shoes");
        (await app.Get<CreateCampaign>().RunAsync(scene.Viewer, scene.Workspace.Id, "Mine", new CampaignSpec(), null, Ct)).Refusal.ShouldBeOfType<WritingNotAllowed>();
        (await app.Get<SaveDraft>().RunAsync(scene.Viewer, campaign.Id, "Mine", campaign.Spec, campaign.Version, Ct)).Refusal.ShouldBeOfType<ManagerNeeded>();
        (await app.Get<UpdateCampaign>().RunAsync(scene.Viewer, campaign.Id, "Mine", campaign.Spec, null, Ct)).Refusal.ShouldBeOfType<ManagerNeeded>();
        (await app.Get<RenameCampaign>().RunAsync(scene.Viewer, campaign.Id, "Mine", Ct)).Refusal.ShouldBeOfType<ManagerNeeded>();
        (await app.Get<DuplicateCampaign>().RunAsync(scene.Viewer, campaign.Id, Ct)).Refusal.ShouldBeOfType<ManagerNeeded>();
        (await app.Get<DeleteCampaign>().RunAsync(scene.Viewer, campaign.Id, Ct)).Refusal.ShouldBeOfType<ManagerNeeded>();
        await app.Get<DeleteCampaign>().RunAsync(scene.Manager, campaign.Id, Ct);
        (await app.Get<RestoreCampaign>().RunAsync(scene.Viewer, campaign.Id, Ct)).Refusal.ShouldBeOfType<ManagerNeeded>();
    }

    [Fact]
    public async Task A_member_of_another_organization_who_guesses_an_id_finds_nothing()
    {
        var (ours, theirs) = (await SetAsync(), await SetAsync());
        var campaign = await Drafts.CreateAsync(app, ours.Manager, ours);

        (await app.Get<GetCampaign>().RunAsync(theirs.Admin, campaign.Id, Ct)).Refusal.ShouldBeOfType<CampaignNotFound>();
        (await app.Get<SaveDraft>().RunAsync(theirs.Admin, campaign.Id, "Taken", campaign.Spec, campaign.Version, Ct)).Refusal.ShouldBeOfType<CampaignNotFound>();
        (await app.Get<UpdateCampaign>().RunAsync(theirs.Admin, campaign.Id, "Taken", campaign.Spec, null, Ct)).Refusal.ShouldBeOfType<CampaignNotFound>();
        (await app.Get<RenameCampaign>().RunAsync(theirs.Admin, campaign.Id, "Taken", Ct)).Refusal.ShouldBeOfType<CampaignNotFound>();
        (await app.Get<DuplicateCampaign>().RunAsync(theirs.Admin, campaign.Id, Ct)).Refusal.ShouldBeOfType<CampaignNotFound>();
        (await app.Get<DeleteCampaign>().RunAsync(theirs.Admin, campaign.Id, Ct)).Refusal.ShouldBeOfType<CampaignNotFound>();
        (await app.Get<RestoreCampaign>().RunAsync(theirs.Admin, campaign.Id, Ct)).Refusal.ShouldBeOfType<CampaignNotFound>();
        (await app.Get<CheckCampaign>().RunAsync(theirs.Admin, campaign.Id, Ct)).Refusal.ShouldBeOfType<CampaignNotFound>();
        (await app.Get<ReviewCampaign>().RunAsync(theirs.Admin, campaign.Id, Ct)).Refusal.ShouldBeOfType<CampaignNotFound>();
        (await app.Get<BuildLaunchBriefs>().RunAsync(theirs.Admin, campaign.Id, Ct)).Refusal.ShouldBeOfType<CampaignNotFound>();
        (await app.Get<CreateCampaign>().RunAsync(theirs.Admin, ours.Workspace.Id, "Mine", new CampaignSpec(), null, Ct)).Refusal.ShouldBeOfType<WorkspaceOfCampaignNotFound>();
        (await app.Get<CheckSpec>().RunAsync(theirs.Admin, ours.Workspace.Id, "Mine", new CampaignSpec(), Ct)).Refusal.ShouldBeOfType<WorkspaceOfCampaignNotFound>();
        (await app.Get<CreateCampaign>().RunAsync(theirs.Admin, theirs.Workspace.Id, "Mine", Drafts.On(ours), null, Ct)).Refusal.ShouldBeOfType<InvalidError>()
            .Fields[0].ShouldBe(new FieldProblem("platforms[0].adAccountId", "There is no such Meta account in this workspace."));
    }

    [Fact]
    public async Task Nobody_chooses_an_account_that_they_only_read()
    {
        var scene = await SetAsync();
        var half = scene.Manager with { Accounts = new Dictionary<Guid, AccountAccess> { [scene.Meta.Id] = AccountAccess.Manager, [scene.Google.Id] = AccountAccess.Viewer } };

        var refusal = (await app.Get<CreateCampaign>().RunAsync(half, scene.Workspace.Id, "Mine", Drafts.On(scene), null, Ct)).Refusal.ShouldBeOfType<InvalidError>();

        refusal.Fields.Single().Field.ShouldBe("platforms[1].adAccountId");
        refusal.Message.ShouldBe($"You may only look at {scene.Google.Name}. Choose an account that you manage, or ask an admin of your team.");
    }

    [Fact]
    public async Task When_two_people_edit_one_campaign_the_second_gets_both_versions()
    {
        var scene = await SetAsync();
        var campaign = await Drafts.CreateAsync(app, scene.Manager, scene);
        var (mias, adas) = (campaign.Spec with { Objective = Objective.Sales }, campaign.Spec with { Objective = Objective.Leads });

        var saved = (await app.Get<SaveDraft>().RunAsync(scene.Manager, campaign.Id, "Mia's", mias, campaign.Version, Ct)).Value;
        var conflict = (await app.Get<SaveDraft>().RunAsync(scene.Admin, campaign.Id, "Ada's", adas, campaign.Version, Ct)).Refusal.ShouldBeOfType<CampaignChangedMeanwhile>();

        conflict.Message.ShouldBe("Mia changed this campaign while you were editing it.");
        (conflict.Theirs.Name, conflict.Theirs.Spec.Objective, conflict.Theirs.Version).ShouldBe(("Mia's", Objective.Sales, saved.Version));
        (conflict.Yours.Name, conflict.Yours.Spec.Objective).ShouldBe(("Ada's", Objective.Leads));
        (await app.Get<SaveDraft>().RunAsync(scene.Admin, campaign.Id, "Ada's", adas, conflict.Theirs.Version, Ct)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task Of_many_saves_over_one_version_at_once_exactly_one_wins()
    {
        var scene = await SetAsync();
        var campaign = await Drafts.CreateAsync(app, scene.Manager, scene);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            app.Get<SaveDraft>().RunAsync(scene.Manager, campaign.Id, $"Try {i}", campaign.Spec, campaign.Version, Ct)));

        results.Count(r => r.IsDone).ShouldBe(1);
        results.Where(r => !r.IsDone).ShouldAllBe(r => r.Refusal is CampaignChangedMeanwhile);
    }

    [Fact]
    public async Task Saving_the_same_again_changes_nothing_and_is_no_conflict()
    {
        var scene = await SetAsync();
        var campaign = await Drafts.CreateAsync(app, scene.Manager, scene);
        var spec = campaign.Spec with { CreativeIds = [Guid.NewGuid()] };

        var first = (await app.Get<SaveDraft>().RunAsync(scene.Manager, campaign.Id, "Spring", spec, campaign.Version, Ct)).Value;
        var again = (await app.Get<SaveDraft>().RunAsync(scene.Manager, campaign.Id, "Spring", spec, campaign.Version, Ct)).Value;

        again.Version.ShouldBe(first.Version);
    }

    [Fact]
    public async Task Platforms_that_come_and_go_in_a_draft_are_found_by_the_list()
    {
        var scene = await SetAsync();
        var campaign = await Drafts.CreateAsync(app, scene.Manager, scene, Drafts.On(scene.Meta.Id));
        PlatformChoice google = new() { Platform = Platform.Google }, tiktok = new() { Platform = Platform.TikTok };

        var both = (await app.Get<SaveDraft>().RunAsync(scene.Manager, campaign.Id, "Spring", campaign.Spec with { Platforms = [google, tiktok] }, campaign.Version, Ct)).Value;
        (await NamesAsync(scene.Manager, new CampaignFilter { Platforms = [Platform.Meta] })).ShouldBeEmpty();
        (await NamesAsync(scene.Manager, new CampaignFilter { Platforms = [Platform.TikTok] })).ShouldBe(["Spring"]);
        await app.Get<SaveDraft>().RunAsync(scene.Manager, campaign.Id, "Spring", campaign.Spec with { Platforms = [google with { AdAccountId = scene.Google.Id }] }, both.Version, Ct);

        (await app.Get<GetCampaign>().RunAsync(scene.Manager, campaign.Id, Ct)).Value.Targets.ShouldHaveSingleItem().AdAccountId.ShouldBe(scene.Google.Id);
    }

    [Fact]
    public async Task A_copy_is_a_draft_with_the_same_spec_and_its_own_number()
    {
        var scene = await SetAsync();
        var campaign = await Drafts.CreateAsync(app, scene.Manager, scene);

        var copy = (await app.Get<DuplicateCampaign>().RunAsync(scene.Manager, campaign.Id, Ct)).Value;

        copy.Name.ShouldBe("Spring shoes copy");
        copy.IsWritten("Spring shoes copy", campaign.Spec).ShouldBeTrue();
        (copy.Status, copy.Number, copy.CopiedFromId).ShouldBe((CampaignStatus.Draft, 2, campaign.Id));
        var read = (await app.Get<GetCampaign>().RunAsync(scene.Viewer, copy.Id, Ct)).Value;
        read.Targets.Select(t => t.AdAccountId).ShouldBe([scene.Meta.Id, scene.Google.Id], ignoreOrder: true);
    }

    [Fact]
    public async Task A_deleted_campaign_is_gone_and_comes_back_as_it_was()
    {
        var scene = await SetAsync();
        var campaign = await Drafts.CreateAsync(app, scene.Manager, scene);

        (await app.Get<DeleteCampaign>().RunAsync(scene.Manager, campaign.Id, Ct)).IsDone.ShouldBeTrue();
        (await app.Get<GetCampaign>().RunAsync(scene.Admin, campaign.Id, Ct)).Refusal.ShouldBeOfType<CampaignNotFound>();
        (await app.Get<RestoreCampaign>().RunAsync(scene.Manager, campaign.Id, Ct)).IsDone.ShouldBeTrue();

        (await app.Get<GetCampaign>().RunAsync(scene.Admin, campaign.Id, Ct)).Value.IsWritten("Spring shoes", campaign.Spec).ShouldBeTrue();
        (await app.Get<RestoreCampaign>().RunAsync(scene.Manager, campaign.Id, Ct)).Refusal.ShouldBeOfType<CampaignNotDeleted>();
    }

    [Fact]
    public async Task What_runs_on_a_platform_can_be_neither_deleted_nor_rewritten()
    {
        var scene = await SetAsync();
        var campaign = await LaunchedAsync(scene, PlatformStatus.Active);

        (await app.Get<DeleteCampaign>().RunAsync(scene.Manager, campaign.Id, Ct)).Refusal!.Message.ShouldBe("“Spring shoes” is still running on Meta. Pause it first, then delete it.");
        (await app.Get<UpdateCampaign>().RunAsync(scene.Manager, campaign.Id, "Spring shoes", campaign.Spec with { Objective = Objective.Sales }, null, Ct)).Refusal!.Message
            .ShouldBe("“Spring shoes” has been launched, so this can't be changed here. Change its budget, pause it, or duplicate it and launch the copy.");
        (await app.Get<UpdateCampaign>().RunAsync(scene.Manager, campaign.Id, "Summer shoes", campaign.Spec, null, Ct)).Value.Name.ShouldBe("Summer shoes");
    }

    [Fact]
    public async Task Numbers_stay_unique_when_many_begin_at_once()
    {
        var scene = await SetAsync();

        var campaigns = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Drafts.CreateAsync(app, scene.Manager, scene, new CampaignSpec(), $"Campaign {i}")));

        campaigns.Select(c => c.Number).Distinct().Count().ShouldBe(12);
    }

    [Fact]
    public async Task A_list_holds_what_the_actor_sees_narrowed_sorted_and_paged()
    {
        var scene = await SetAsync();
        await Drafts.CreateAsync(app, scene.Manager, scene, Drafts.On(scene.Meta.Id), "Autumn 100% wool");
        await Drafts.CreateAsync(app, scene.Manager, scene, Drafts.On(scene), "Winter boots");
        await LaunchedAsync(scene, PlatformStatus.Active);
        var outsider = scene.Viewer with { Id = Guid.NewGuid(), PersonId = Guid.NewGuid(), Accounts = new Dictionary<Guid, AccountAccess>() };

        (await NamesAsync(scene.Viewer, new CampaignFilter { Sort = CampaignSort.Name, Descending = false })).ShouldBe(["Autumn 100% wool", "Spring shoes", "Winter boots"]);
        (await NamesAsync(scene.Viewer, new CampaignFilter { Search = "0%" })).ShouldBe(["Autumn 100% wool"]);
        (await NamesAsync(scene.Viewer, new CampaignFilter { Search = "#2" })).ShouldBe(["Winter boots"]);
        (await NamesAsync(scene.Viewer, new CampaignFilter { Statuses = [CampaignStatus.Active] })).ShouldBe(["Spring shoes"]);
        (await NamesAsync(scene.Viewer, new CampaignFilter { Platforms = [Platform.Google], Statuses = [CampaignStatus.Draft] })).ShouldBe(["Winter boots"]);
        (await NamesAsync(scene.Viewer, new CampaignFilter { Sort = CampaignSort.Number, Descending = false, Offset = 1, Limit = 1 })).ShouldBe(["Winter boots"]);
        (await NamesAsync(outsider, new CampaignFilter())).ShouldBeEmpty();

        var row = (await app.Get<ListCampaigns>().RunAsync(scene.Viewer, new CampaignFilter { Search = "Spring" }, Ct)).Value.Items.Single();
        row.Platforms.Select(p => (p.Platform, p.Status)).ShouldBe([(Platform.Meta, PlatformStatus.Active), (Platform.Google, null)]);
        row.Budget.ShouldBe(new Money(250_000_000, "USD"));
    }

    private async Task<IEnumerable<string>> NamesAsync(Actor actor, CampaignFilter filter) =>
        (await app.Get<ListCampaigns>().RunAsync(actor, filter, Ct)).Value.Items.Select(r => r.Name);

    /// <summary>A campaign that stands on Meta, set there by hand.</summary>
    private async Task<Campaign> LaunchedAsync(Scene scene, PlatformStatus status)
    {
        var campaign = await Drafts.CreateAsync(app, scene.Manager, scene);
        await using var db = await app.Studio.OpenAsync(Actor.Studio(scene.Organization.Id), Ct);
        var row = await db.Campaigns.SingleAsync(c => c.Id == campaign.Id);
        db.Add(new PlatformCampaign { OrganizationId = scene.Organization.Id, Campaign = row, Platform = Platform.Meta, AdAccountId = scene.Meta.Id, Status = status, ExternalId = $"12{campaign.Number}" });
        row.Status = CampaignLifecycle.DeriveStatus(row.Platforms);
        await db.SaveChangesAsync();
        return campaign;
    }
}
