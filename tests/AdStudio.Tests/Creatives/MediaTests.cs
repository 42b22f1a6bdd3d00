using System.Text;
using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Creatives;

public sealed class SmallMediaApp : StudioApp
{
    public SmallMediaApp()
    {
        Settings["Media:MaxImageBytes"] = "100000";
        Settings["Media:MaxVideoBytes"] = "200000";
        Settings["Media:MaxPixels"] = "25000000";
    }
}

/// <summary>Uploads, good and bad, and what becomes of them on disk.</summary>
public sealed class MediaTests(SmallMediaApp app) : IClassFixture<SmallMediaApp>
{
    private static readonly CancellationToken Now = CancellationToken.None;

    [Fact]
    public async Task An_image_is_kept_under_its_hash_and_the_same_one_twice_is_one()
    {
        var scene = await Scene.SetAsync(app.Studio, "Keeper");
        var bytes = TestMedia.Png(120, 63);

        var first = await UploadAsync(scene, scene.Manager, "banner.png", bytes);
        var second = await UploadAsync(scene, scene.Manager, "the same again.jpeg", bytes);

        first.Value.ShouldSatisfyAllConditions(m => m.ContentType.ShouldBe("image/png"), m => (m.Width, m.Height, m.Bytes).ShouldBe((120, 63, bytes.Length)), m => m.FileName.ShouldBe("banner.png"));
        second.Value.Id.ShouldBe(first.Value.Id);
        await using var opened = (await app.Get<OpenMedia>().RunAsync(scene.Viewer, first.Value.Id, false, Now)).Value;
        (await BytesOf(opened.Content)).ShouldBe(bytes);
    }

    [Theory]
    [InlineData("holiday.jpg", "<!doctype html><script>alert(1)</script>")]
    [InlineData("logo.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")]
    [InlineData("movie.mp4", "this is no movie, whatever its name says")]
    public async Task What_is_no_image_is_refused_whatever_its_name(string name, string content)
    {
        var scene = await Scene.SetAsync(app.Studio, $"Refuser{Guid.NewGuid():N}");

        (await UploadAsync(scene, scene.Manager, name, Encoding.UTF8.GetBytes(content))).Refusal.ShouldBeOfType<NotMedia>();
        (await UploadAsync(scene, scene.Manager, name, [])).Refusal.ShouldBeOfType<MediaEmpty>();
    }

    [Fact]
    public async Task What_is_too_large_is_refused_and_leaves_nothing_behind()
    {
        var scene = await Scene.SetAsync(app.Studio, "Large");
        byte[] image = [.. TestMedia.Png(100, 100), .. new byte[100_000]];
        byte[] anything = [.. TestMedia.Mp4(640, 360, 3), .. new byte[200_000]];

        (await UploadAsync(scene, scene.Manager, "a.png", image)).Refusal.ShouldBeOfType<MediaTooLarge>();
        (await UploadAsync(scene, scene.Manager, "a.mp4", anything)).Refusal.ShouldBeOfType<MediaTooLarge>();
        (await UploadAsync(scene, scene.Manager, "bomb.png", TestMedia.PngHeader(60_000, 60_000))).Refusal.ShouldBeOfType<TooManyPixels>();

        Directory.EnumerateFiles(Path.Combine(MediaFolder, "incoming")).ShouldBeEmpty();
        Directory.Exists(Path.Combine(MediaFolder, scene.Organization.Id.ToString("N"))).ShouldBeFalse();
    }

    [Theory]
    [InlineData("../../x", "x")]
    [InlineData("..\\..\\windows\\x.png", "x.png")]
    [InlineData("/etc/passwd", "passwd")]
    [InlineData("..", "image")]
    [InlineData("<script>alert(1)</script>.png", "script.png")]
    [InlineData("a\u0000b\n.png", "ab.png")]
    public async Task A_name_never_becomes_part_of_a_path(string given, string kept)
    {
        var scene = await Scene.SetAsync(app.Studio, $"Named{Guid.NewGuid():N}");

        (await UploadAsync(scene, scene.Manager, given, TestMedia.Png(30, 30))).Value.FileName.ShouldBe(kept);

        var home = Path.Combine(MediaFolder, scene.Organization.Id.ToString("N"));
        Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories).ShouldHaveSingleItem().ShouldMatch("/[0-9a-f]{2}/[0-9a-f]{64}$");
    }

    [Fact]
    public async Task A_viewer_and_a_stranger_upload_nothing_and_a_stranger_sees_nothing()
    {
        var scene = await Scene.SetAsync(app.Studio, "Ours");
        var stranger = await Scene.SetAsync(app.Studio, "Theirs");
        var asset = (await UploadAsync(scene, scene.Manager, "a.png", TestMedia.Png(31, 31))).Value;

        (await UploadAsync(scene, scene.Viewer, "a.png", TestMedia.Png(32, 32))).Refusal.ShouldBeOfType<CreativesNeedManager>();
        (await UploadAsync(scene, stranger.Admin, "a.png", TestMedia.Png(32, 32))).Refusal.ShouldBeOfType<CreativeWorkspaceNotFound>();
        (await app.Get<OpenMedia>().RunAsync(stranger.Admin, asset.Id, false, Now)).Refusal.ShouldBeOfType<MediaNotFound>();
    }

    [Fact]
    public async Task Without_being_signed_in_no_file_is_served()
    {
        var scene = await Scene.SetAsync(app.Studio, "Served");
        var asset = (await UploadAsync(scene, scene.Manager, "a.png", TestMedia.Png(33, 33))).Value;

        var answer = await new HttpClient().GetAsync(new Uri(app.Address, $"/media/{asset.Id}"));

        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_image_is_cut_from_its_middle_to_the_ratio_a_platform_wants_and_always_to_the_same_bytes()
    {
        app.Get<IMediaStore>().CanCut.ShouldBeTrue("ffmpeg is among what the tests install");
        var scene = await Scene.SetAsync(app.Studio, "Cutter");
        var asset = (await UploadAsync(scene, scene.Manager, "wide.png", TestMedia.Png(382, 200))).Value;
        var media = app.Get<IMediaSource>();

        await using var square = await media.OpenAsync(asset.Id, "1:1", Now);
        await using var again = await media.OpenAsync(asset.Id, "1:1", Now);
        await using var whole = await media.OpenAsync(asset.Id, null, Now);

        var bytes = await BytesOf(square.Content);
        ImageHeader.Read(bytes).ShouldBe(new ImageHeader("image/png", 200, 200));
        (square.FileName, square.ContentType, square.Length).ShouldBe(("wide.png", "image/png", bytes.Length));
        (await BytesOf(again.Content)).ShouldBe(bytes);
        ImageHeader.Read(await BytesOf(whole.Content))!.Width.ShouldBe(382);
    }

    [Fact]
    public async Task A_list_gets_a_small_picture_of_it()
    {
        var scene = await Scene.SetAsync(app.Studio, "Small");
        var asset = (await UploadAsync(scene, scene.Manager, "wide.png", TestMedia.Png(2000, 1000))).Value;

        await using var small = (await app.Get<OpenMedia>().RunAsync(scene.Viewer, asset.Id, true, Now)).Value;

        ImageHeader.Read(await BytesOf(small.Content)).ShouldBe(new ImageHeader("image/png", 640, 320));
    }

    private string MediaFolder => app.Services.GetService(typeof(Microsoft.Extensions.Configuration.IConfiguration)) is Microsoft.Extensions.Configuration.IConfiguration c ? c["Media:Folder"]! : "";

    private Task<Result<MediaRow>> UploadAsync(Scene scene, Actor actor, string name, byte[] bytes) => app.Get<UploadMedia>().RunAsync(actor, scene.Workspace.Id, name, new MemoryStream(bytes), Now);

    private static async Task<byte[]> BytesOf(Stream content)
    {
        var copy = new MemoryStream();
        await content.CopyToAsync(copy);
        return copy.ToArray();
    }
}
