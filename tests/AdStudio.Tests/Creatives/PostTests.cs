using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Creatives;

/// <summary>Posts in the library.</summary>
public sealed class PostTests(StudioApp app) : IClassFixture<StudioApp>
{
    private static readonly CancellationToken Now = CancellationToken.None;
    private static readonly CreativeInput Post = new() { Name = "Boots post", Type = CreativeType.ExistingPost, PrimaryText = "New boots", Post = new("17955550140000001", "https://www.instagram.com/p/x/") };

    [Fact]
    public async Task A_post_is_written_read_and_found_again_in_its_own_workspace()
    {
        var (scene, other) = (await Scene.SetAsync(app.Studio, "Poster"), await Scene.SetAsync(app.Studio, "Other poster"));
        var made = (await app.Get<KeepPost>().RunAsync(scene.Manager, scene.Workspace.Id, Post, Now)).Value;
        made.IsNew.ShouldBeTrue();
        (await app.Get<GetCreative>().RunAsync(scene.Viewer, made.Creative.Id, Now)).Value.Post.ShouldBe(Post.Post);

        (await app.Get<KeepPost>().RunAsync(scene.Manager, scene.Workspace.Id, Post with { Name = "Again" }, Now)).Value.ShouldSatisfyAllConditions(k => k.IsNew.ShouldBeFalse(), k => k.Creative.Id.ShouldBe(made.Creative.Id));
        (await app.Get<KeepPost>().RunAsync(scene.Manager, scene.Workspace.Id, Post with { LinkUrl = "https://shop.example/boots" }, Now)).Value.IsNew.ShouldBeTrue();
        (await app.Get<KeepPost>().RunAsync(other.Manager, other.Workspace.Id, Post, Now)).Value.IsNew.ShouldBeTrue();

        var changed = (await app.Get<UpdateCreative>().RunAsync(scene.Manager, made.Creative.Id, Post with { Post = new("173_99") }, null, Now)).Value;
        changed.Post!.IsOfPage.ShouldBeTrue();
        (await app.Get<ListCreativeVersions>().RunAsync(scene.Manager, changed.Id, Now)).Value[0].What.ShouldContain(c => c.Part == "Post" && c.Before == "17955550140000001" && c.After == "173_99");
    }

    [Fact]
    public async Task A_post_without_an_id_or_with_a_file_is_refused_as_is_an_id_without_a_post()
    {
        var scene = await Scene.SetAsync(app.Studio, "Strict poster");
        (await WrongAsync(scene, Post with { Post = new("") })).ShouldBe(["postId"]);
        (await WrongAsync(scene, Post with { Post = null })).ShouldBe(["postId"]);
        (await WrongAsync(scene, Post with { Post = new("https://www.instagram.com/p/x/") })).ShouldBe(["postId"]);
        (await WrongAsync(scene, Post with { Type = CreativeType.Image })).ShouldBe(["postId"]);
        (await WrongAsync(scene, Post with { Post = new("1", "javascript:alert(1)") })).ShouldBe(["permalink"]);
        (await WrongAsync(scene, Post with { AssetIds = [Guid.NewGuid()] })).ShouldContain("assetIds");
    }

    private async Task<IReadOnlyList<string>> WrongAsync(Scene scene, CreativeInput input) =>
        [.. (await app.Get<CreateCreative>().RunAsync(scene.Manager, scene.Workspace.Id, input, Now)).Refusal.ShouldBeOfType<InvalidError>().Fields.Select(f => f.Field).Distinct()];
}
