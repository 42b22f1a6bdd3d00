using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Creatives;

public sealed class CreativeTests(StudioApp app) : IClassFixture<StudioApp>
{
    private static readonly CancellationToken Now = CancellationToken.None;
    private static readonly CreativeInput Sale = new() { Name = "Black Friday static", Headline = "Half price", PrimaryText = "Only today", CallToAction = "shop_now", LinkUrl = "https://acme.example/sale" };

    [Fact]
    public async Task A_creative_is_written_read_and_found_by_the_callers_id()
    {
        var scene = await Scene.SetAsync(app.Studio, "Writer");
        var image = await UploadAsync(scene);

        var made = (await app.Get<CreateCreative>().RunAsync(scene.Manager, scene.Workspace.Id, Sale with { ExternalKey = "cre-bf-static-1", AssetIds = [image.Id] }, Now)).Value;

        made.CallToAction.ShouldBe("SHOP_NOW");
        made.Assets.ShouldHaveSingleItem().Id.ShouldBe(image.Id);
        (await app.Get<GetCreative>().RunAsync(scene.Viewer, made.Id, Now)).Value.ShouldBeEquivalentTo(made);
        var found = (await app.Get<FindCreativesByKeys>().RunAsync(scene.Manager, scene.Workspace.Id, ["cre-bf-static-1", "cre-bf-video-1", PublicId.Of("cre", made.Id)], Now)).Value;
        found.Ids.Distinct().ShouldBe([made.Id]);
        found.Missing.ShouldBe(["cre-bf-video-1"]);
    }

    [Fact]
    public async Task The_callers_id_is_unique_in_the_workspace_until_its_creative_is_deleted()
    {
        var scene = await Scene.SetAsync(app.Studio, "Keys");
        var first = (await CreateAsync(scene, Sale with { ExternalKey = "cre-1" })).Value;

        (await CreateAsync(scene, Sale with { ExternalKey = "cre-1" })).Refusal.ShouldBeOfType<CreativeKeyTaken>();
        await app.Get<DeleteCreative>().RunAsync(scene.Manager, first.Id, Now);
        (await CreateAsync(scene, Sale with { ExternalKey = "cre-1" })).IsDone.ShouldBeTrue();
        (await app.Get<RestoreCreative>().RunAsync(scene.Manager, first.Id, Now)).Refusal.ShouldBeOfType<CreativeKeyTaken>();
    }

    [Fact]
    public async Task Every_wrong_field_is_named()
    {
        var scene = await Scene.SetAsync(app.Studio, "Strict");
        var image = await UploadAsync(scene);

        var refusal = (await CreateAsync(scene, new() { Name = " ", Type = CreativeType.Video, CallToAction = "BUY_IT", LinkUrl = "javascript:alert(1)", AssetIds = [image.Id, Guid.NewGuid()] })).Refusal.ShouldBeOfType<InvalidError>();

        refusal.Fields.Select(f => f.Field).Distinct().ShouldBe(["name", "callToAction", "linkUrl", "assetIds"], ignoreOrder: true);
    }

    [Fact]
    public async Task Script_in_a_name_is_kept_as_text()
    {
        var scene = await Scene.SetAsync(app.Studio, "Text");

        (await CreateAsync(scene, Sale with { Name = "<script>alert(1)</script>" })).Value.Name.ShouldBe("<script>alert(1)</script>");
    }

    [Fact]
    public async Task Two_people_editing_one_creative_do_not_overwrite_each_other()
    {
        var scene = await Scene.SetAsync(app.Studio, "Two");
        var seen = (await CreateAsync(scene, Sale)).Value;
        (await app.Get<UpdateCreative>().RunAsync(scene.Manager, seen.Id, Sale with { Headline = "First" }, seen.Version, Now)).IsDone.ShouldBeTrue();

        (await app.Get<UpdateCreative>().RunAsync(scene.Admin, seen.Id, Sale with { Headline = "Second" }, seen.Version, Now)).Refusal.ShouldBeOfType<CreativeChangedMeanwhile>();

        (await app.Get<GetCreative>().RunAsync(scene.Admin, seen.Id, Now)).Value.Headline.ShouldBe("First");
    }

    [Fact]
    public async Task Deleting_says_where_it_is_used_and_can_be_undone()
    {
        var scene = await Scene.SetAsync(app.Studio, "Undo");
        var creative = (await CreateAsync(scene, Sale)).Value;
        await AddCampaignAsync(scene, "Autumn", CampaignStatus.Draft, creative.Id);

        (await app.Get<FindCreativeUses>().RunAsync(scene.Viewer, creative.Id, Now)).Value.ShouldHaveSingleItem().Name.ShouldBe("Autumn");
        (await app.Get<DeleteCreative>().RunAsync(scene.Manager, creative.Id, Now)).Value.Uses.ShouldHaveSingleItem().Name.ShouldBe("Autumn");
        (await app.Get<GetCreative>().RunAsync(scene.Manager, creative.Id, Now)).Refusal.ShouldBeOfType<CreativeNotFound>();
        (await app.Get<RestoreCreative>().RunAsync(scene.Manager, creative.Id, Now)).IsDone.ShouldBeTrue();
        (await app.Get<GetCreative>().RunAsync(scene.Manager, creative.Id, Now)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task What_runs_is_not_deleted_and_the_campaigns_are_named()
    {
        var scene = await Scene.SetAsync(app.Studio, "Running");
        var creative = (await CreateAsync(scene, Sale)).Value;
        await AddCampaignAsync(scene, "Autumn", CampaignStatus.Active, creative.Id);
        await AddCampaignAsync(scene, "Winter", CampaignStatus.Draft, creative.Id);

        var refusal = (await app.Get<DeleteCreative>().RunAsync(scene.Manager, creative.Id, Now)).Refusal.ShouldBeOfType<CreativeRuns>();

        refusal.Campaigns.ShouldBe(["Autumn"]);
        refusal.Message.ShouldContain("runs in “Autumn”. Pause it");
        (await app.Get<GetCreative>().RunAsync(scene.Manager, creative.Id, Now)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task A_list_tells_uses_and_is_narrowed_and_sorted_by_them()
    {
        var scene = await Scene.SetAsync(app.Studio, "Uses");
        var (often, once, never) = ((await CreateAsync(scene, Sale with { Name = "Often" })).Value, (await CreateAsync(scene, Sale with { Name = "Once" })).Value, (await CreateAsync(scene, Sale with { Name = "Never" })).Value);
        await AddCampaignAsync(scene, "Autumn", CampaignStatus.Active, often.Id);
        await AddCampaignAsync(scene, "Winter", CampaignStatus.Draft, often.Id, once.Id);

        (await ListAsync(new() { Sort = CreativeSort.MostUsed, WithUses = true })).Select(r => (r.Name, r.Uses!.Count)).ShouldBe([("Often", 2), ("Once", 1), ("Never", 0)]);
        (await ListAsync(new() { Use = CreativeUse.Unused })).ShouldHaveSingleItem().Id.ShouldBe(never.Id);
        (await ListAsync(new() { Use = CreativeUse.Running })).ShouldHaveSingleItem().Id.ShouldBe(often.Id);
        (await ListAsync(new() { Use = CreativeUse.Used, Sort = CreativeSort.Name })).Select(r => r.Name).ShouldBe(["Often", "Once"]);
        (await ListAsync(new() { Sort = CreativeSort.MostUsed, Offset = 1, Limit = 1 })).ShouldHaveSingleItem().Id.ShouldBe(once.Id);

        async Task<IReadOnlyList<CreativeRow>> ListAsync(CreativeFilter filter) => (await app.Get<ListCreatives>().RunAsync(scene.Viewer, filter with { WorkspaceId = scene.Workspace.Id }, Now)).Value.Items;
    }

    [Fact]
    public async Task A_list_is_searched_and_narrowed_and_paged()
    {
        var scene = await Scene.SetAsync(app.Studio, "Lists");
        foreach (var name in new[] { "Summer one", "Summer two", "Winter" }) await CreateAsync(scene, Sale with { Name = name, Type = name == "Winter" ? CreativeType.Carousel : CreativeType.Image });

        var summer = (await app.Get<ListCreatives>().RunAsync(scene.Viewer, new(scene.Workspace.Id, "SUMMER", Limit: 1), Now)).Value;
        (summer.Total, summer.Items.Count, summer.HasMore).ShouldBe((2, 1, true));
        (await app.Get<ListCreatives>().RunAsync(scene.Viewer, new(Type: CreativeType.Carousel), Now)).Value.Items.ShouldHaveSingleItem().Name.ShouldBe("Winter");
        (await app.Get<ListCreatives>().RunAsync(scene.Viewer, new(Search: "100%_"), Now)).Value.Items.ShouldBeEmpty("signs of the database's pattern are just signs");
    }

    [Fact]
    public async Task A_viewer_reads_and_changes_nothing_and_a_stranger_finds_nothing()
    {
        var scene = await Scene.SetAsync(app.Studio, "Ours");
        var stranger = await Scene.SetAsync(app.Studio, "Theirs");
        var creative = (await CreateAsync(scene, Sale)).Value;

        (await app.Get<CreateCreative>().RunAsync(scene.Viewer, scene.Workspace.Id, Sale, Now)).Refusal.ShouldBeOfType<CreativesNeedManager>();
        (await app.Get<UpdateCreative>().RunAsync(scene.Viewer, creative.Id, Sale, null, Now)).Refusal.ShouldBeOfType<CreativesNeedManager>();
        (await app.Get<DeleteCreative>().RunAsync(scene.Viewer, creative.Id, Now)).Refusal.ShouldBeOfType<CreativesNeedManager>();
        (await app.Get<CreateCreative>().RunAsync(stranger.Admin, scene.Workspace.Id, Sale, Now)).Refusal.ShouldBeOfType<CreativeWorkspaceNotFound>();
        (await app.Get<UpdateCreative>().RunAsync(stranger.Admin, creative.Id, Sale, null, Now)).Refusal.ShouldBeOfType<CreativeNotFound>();
        (await app.Get<DeleteCreative>().RunAsync(stranger.Admin, creative.Id, Now)).Refusal.ShouldBeOfType<CreativeNotFound>();
        (await app.Get<GetCreative>().RunAsync(stranger.Admin, creative.Id, Now)).Refusal.ShouldBeOfType<CreativeNotFound>();
        (await app.Get<ListCreatives>().RunAsync(stranger.Admin, new(scene.Workspace.Id), Now)).Value.Total.ShouldBe(0);
    }

    private async Task AddCampaignAsync(Scene scene, string name, CampaignStatus status, params Guid[] creatives)
    {
        await using var db = await app.Studio.OpenAsync(scene.Admin, Now);
        db.Add(new Campaign
        {
            WorkspaceId = scene.Workspace.Id, TeamId = scene.Team.Id, Number = db.Campaigns.Count() + 1, Name = name, Status = status, Spec = new() { CreativeIds = creatives }, CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch,
        });
        await db.SaveChangesAsync();
    }

    private Task<Result<CreativeRow>> CreateAsync(Scene scene, CreativeInput input) => app.Get<CreateCreative>().RunAsync(scene.Manager, scene.Workspace.Id, input, Now);

    private async Task<MediaRow> UploadAsync(Scene scene) => (await app.Get<UploadMedia>().RunAsync(scene.Manager, scene.Workspace.Id, "a.png", new MemoryStream(TestMedia.Png(120, 63)), Now)).Value;
}
