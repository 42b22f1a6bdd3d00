using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Creatives;

/// <summary>What a creative was before, what somebody has not saved yet, and the cards of a carousel.</summary>
public sealed class VersionTests(StudioApp app) : IClassFixture<StudioApp>
{
    private static readonly CancellationToken Now = CancellationToken.None;
    private static readonly CreativeInput Sale = new() { Name = "Sale", Headline = "Half price", PrimaryText = "Only today", LinkUrl = "https://acme.example/sale" };

    [Fact]
    public async Task Each_save_is_a_version_that_says_who_and_what()
    {
        var scene = await Scene.SetAsync(app.Studio, "Versions");
        var first = (await CreateAsync(scene, Sale)).Value;
        var second = (await app.Get<UpdateCreative>().RunAsync(scene.Admin, first.Id, Sale with { Headline = "Last day", CallToAction = "SHOP_NOW" }, first.Version, Now)).Value;
        await app.Get<UpdateCreative>().RunAsync(scene.Admin, first.Id, second.ToInput(), second.Version, Now);

        var versions = (await app.Get<ListCreativeVersions>().RunAsync(scene.Viewer, first.Id, Now)).Value;

        versions.Select(v => (v.Number, v.Who)).ShouldBe([(2, scene.Admin.Name), (1, scene.Manager.Name)], "saving the same again is no version");
        versions[0].What.ShouldBe([new CreativeChange("Headline", "Half price", "Last day"), new("Button", "Learn more", "Shop now")]);
        versions[1].What.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_version_is_brought_back_as_the_latest()
    {
        var scene = await Scene.SetAsync(app.Studio, "Back");
        var first = (await CreateAsync(scene, Sale)).Value;
        var second = (await app.Get<UpdateCreative>().RunAsync(scene.Manager, first.Id, Sale with { Headline = "Worse", ExternalKey = "sale-1" }, null, Now)).Value;
        var restore = app.Get<RestoreCreativeVersion>();

        (await restore.RunAsync(scene.Manager, first.Id, 1, first.Version, Now)).Refusal.ShouldBeOfType<CreativeChangedMeanwhile>();
        (await restore.RunAsync(scene.Viewer, first.Id, 1, null, Now)).Refusal.ShouldBeOfType<CreativesNeedManager>();
        (await restore.RunAsync(scene.Manager, first.Id, 7, null, Now)).Refusal.ShouldBeOfType<CreativeVersionNotFound>();
        var back = (await restore.RunAsync(scene.Manager, first.Id, 1, second.Version, Now)).Value;

        (back.Headline, back.ExternalKey).ShouldBe(("Half price", "sale-1"), "by the caller's id it is still found");
        (await app.Get<ListCreativeVersions>().RunAsync(scene.Manager, first.Id, Now)).Value[0].ShouldSatisfyAllConditions(v => v.Number.ShouldBe(3), v => v.RestoredFrom.ShouldBe(1));
    }

    [Fact]
    public async Task Versions_are_for_those_who_see_the_creative()
    {
        var scene = await Scene.SetAsync(app.Studio, "VersionsOurs");
        var stranger = await Scene.SetAsync(app.Studio, "VersionsTheirs");
        var creative = (await CreateAsync(scene, Sale)).Value;

        (await app.Get<ListCreativeVersions>().RunAsync(stranger.Admin, creative.Id, Now)).Refusal.ShouldBeOfType<CreativeNotFound>();
        (await app.Get<RestoreCreativeVersion>().RunAsync(stranger.Admin, creative.Id, 1, null, Now)).Refusal.ShouldBeOfType<CreativeNotFound>();
    }

    [Fact]
    public async Task Cards_have_words_of_their_own_and_borrow_the_rest()
    {
        var scene = await Scene.SetAsync(app.Studio, "Cards");
        var (one, two) = (await UploadAsync(scene, 40), await UploadAsync(scene, 41));
        var input = Sale with { Type = CreativeType.Carousel, AssetIds = [one.Id, two.Id], Cards = [new(" Boots ", "", "https://acme.example/boots")] };

        var made = (await CreateAsync(scene, input)).Value;

        made.Cards.ShouldBe([new("Boots", "", "https://acme.example/boots"), new()]);
        made.Assets.Select(a => a.Id).ShouldBe([one.Id, two.Id]);
        (await CreateAsync(scene, input with { AssetIds = [one.Id], Cards = [new(), new("Shoes")] })).Refusal.ShouldBeOfType<InvalidError>().Fields.ShouldHaveSingleItem().Field.ShouldBe("cards");
        (await CreateAsync(scene, input with { Cards = [new("", "", "javascript:x")] })).Refusal.ShouldBeOfType<InvalidError>().Fields.ShouldHaveSingleItem().Field.ShouldBe("cards[0].linkUrl");
        (await CreateAsync(scene, Sale with { AssetIds = [one.Id], Cards = [new("x")] })).Refusal.ShouldBeOfType<InvalidError>().Fields.ShouldHaveSingleItem().Field.ShouldBe("cards");
    }

    [Fact]
    public async Task What_was_not_saved_is_kept_for_the_person_who_wrote_it()
    {
        var scene = await Scene.SetAsync(app.Studio, "Unfinished");
        var (keep, find, drop) = (app.Get<KeepUnfinishedCreative>(), app.Get<FindUnfinishedCreative>(), app.Get<DropUnfinishedCreative>());
        var creative = (await CreateAsync(scene, Sale)).Value;
        var image = await UploadAsync(scene, 30);

        await keep.RunAsync(scene.Manager, scene.Workspace.Id, creative.Id, creative.Version, Sale with { Headline = "Half" }, Now);
        await keep.RunAsync(scene.Manager, scene.Workspace.Id, creative.Id, creative.Version, Sale with { Headline = "Half written", AssetIds = [image.Id] }, Now);
        await keep.RunAsync(scene.Manager, scene.Workspace.Id, null, 0, new() { Headline = "Something new" }, Now);

        var kept = (await find.RunAsync(scene.Manager, scene.Workspace.Id, creative.Id, Now)).Value.ShouldNotBeNull();
        (kept.Content.Headline, kept.BasedOn, kept.Assets.Single().Id).ShouldBe(("Half written", creative.Version, image.Id));
        (await find.RunAsync(scene.Admin, scene.Workspace.Id, creative.Id, Now)).Value.ShouldBeNull("it is nobody else's business");
        (await app.Get<GetCreative>().RunAsync(scene.Manager, creative.Id, Now)).Value.Headline.ShouldBe("Half price");

        (await drop.RunAsync(scene.Manager, scene.Workspace.Id, creative.Id, Now)).Value.ShouldBeTrue();
        (await find.RunAsync(scene.Manager, scene.Workspace.Id, creative.Id, Now)).Value.ShouldBeNull();
        (await find.RunAsync(scene.Manager, scene.Workspace.Id, null, Now)).Value!.Content.Headline.ShouldBe("Something new");
        (await keep.RunAsync(scene.Viewer, scene.Workspace.Id, null, 0, new(), Now)).Refusal.ShouldBeOfType<CreativesNeedManager>();
        (await keep.RunAsync(scene.Manager, scene.Workspace.Id, null, 0, new() { PrimaryText = new string('a', 70_000) }, Now)).Refusal.ShouldBeOfType<InvalidError>();
    }

    private Task<Result<CreativeRow>> CreateAsync(Scene scene, CreativeInput input) => app.Get<CreateCreative>().RunAsync(scene.Manager, scene.Workspace.Id, input, Now);

    private async Task<MediaRow> UploadAsync(Scene scene, int side) => (await app.Get<UploadMedia>().RunAsync(scene.Manager, scene.Workspace.Id, "a.png", new MemoryStream(TestMedia.Png(side, side)), Now)).Value;
}
