using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Media;
using AdStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Creatives;

/// <summary>Real files, made over by ffmpeg for what a platform takes.</summary>
public sealed class WorkshopTests(StudioApp app) : IClassFixture<StudioApp>
{
    private static readonly CancellationToken Now = CancellationToken.None;
    private static readonly string Clip = Path.Combine(Repository.Root, "AdStudio.Sandbox", "Assets", "sample.mp4");

    [Fact]
    public async Task An_image_is_cut_shrunk_and_made_a_JPEG()
    {
        var asset = await UploadAsync("Jpeg", "wide.png", TestMedia.Png(800, 400));

        await using var file = await OpenAsync(asset, "1:1;200x200;image/jpeg");

        (file.FileName, file.ContentType).ShouldBe(("wide.jpg", "image/jpeg"));
        ImageHeader.Read(await BytesOf(file)).ShouldBe(new ImageHeader("image/jpeg", 200, 200));
    }

    [Fact]
    public async Task What_shows_through_a_PNG_is_white_as_a_JPEG()
    {
        var asset = await UploadAsync("Glass", "glass.png", TestMedia.Transparent(200, 100));

        var jpeg = await BytesOf(await OpenAsync(asset, "image/jpeg"));

        // A PNG again, whose pixels are easily read.
        var back = await UploadAsync("GlassBack", "glass.jpg", jpeg);
        TestMedia.FirstPixel(await BytesOf(await OpenAsync(back, "image/png"))).ShouldBe((255, 255, 255));
    }

    [Fact]
    public async Task The_focal_point_decides_what_stays()
    {
        var asset = await UploadAsync("Focal", "red-left.png", TestMedia.Png(600, 200));
        var middle = await BytesOf(await OpenAsync(asset, "1:1"));

        (await app.Get<SetFocalPoint>().RunAsync(asset.Scene.Manager, asset.Media.Id, 0, 0.5, Now)).Value.ShouldSatisfyAllConditions(m => m.FocalX.ShouldBe(0), m => m.FocalY.ShouldBe(0.5));
        var left = await BytesOf(await OpenAsync(asset, "1:1"));
        await app.Get<SetFocalPoint>().RunAsync(asset.Scene.Manager, asset.Media.Id, 1, 0.5, Now);
        var right = await BytesOf(await OpenAsync(asset, "1:1"));

        new[] { middle, left, right }.Select(Convert.ToHexString).Distinct().Count().ShouldBe(3, "red, blue, and both");
        await app.Get<SetFocalPoint>().RunAsync(asset.Scene.Manager, asset.Media.Id, 0.5, 0.5, Now);
        (await BytesOf(await OpenAsync(asset, "1:1"))).ShouldBe(middle);
    }

    [Fact]
    public async Task A_focal_point_lies_in_the_picture_and_is_set_by_those_who_may_write()
    {
        var asset = await UploadAsync("FocalRights", "a.png", TestMedia.Png(60, 40));
        var set = app.Get<SetFocalPoint>();

        (await set.RunAsync(asset.Scene.Manager, asset.Media.Id, 1.2, double.NaN, Now)).Refusal.ShouldBeOfType<InvalidError>().Fields.Select(f => f.Field).ShouldBe(["focalX", "focalY"]);
        (await set.RunAsync(asset.Scene.Viewer, asset.Media.Id, 0, 0, Now)).Refusal.ShouldBeOfType<CreativesNeedManager>();
        (await set.RunAsync((await Scene.SetAsync(app.Studio, "FocalStranger")).Admin, asset.Media.Id, 0, 0, Now)).Refusal.ShouldBeOfType<MediaNotFound>();
    }

    [Fact]
    public async Task What_is_asked_for_twice_at_once_is_made_once()
    {
        var asset = await UploadAsync("Once", "busy.png", TestMedia.Png(900, 300));
        var before = app.Get<MediaWorkshop>().Made;

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => Convert.ToHexString(await BytesOf(await OpenAsync(asset, "4:5;image/jpeg")))));

        all.Distinct().Count().ShouldBe(1);
        (app.Get<MediaWorkshop>().Made - before).ShouldBe(1);
        (await BytesOf(await OpenAsync(asset, "4:5;image/jpeg"))).Length.ShouldBeGreaterThan(0);
        (app.Get<MediaWorkshop>().Made - before).ShouldBe(1);
    }

    [Fact]
    public async Task An_image_is_kept_below_a_size()
    {
        var asset = await UploadAsync("Small", "noise.png", TestMedia.Noise(700, 500));

        await using var file = await OpenAsync(asset, "image/jpeg;<=60000");

        file.Length.ShouldBeInRange(1, 60_000);
        await Should.ThrowAsync<IOException>(OpenAsync(asset, "image/jpeg;<=600"));
    }

    [Theory]
    [InlineData("9:16", 9 / 16.0)]
    [InlineData("1:1", 1)]
    [InlineData("16:9;<=120000", 16 / 9.0)]
    public async Task A_video_is_cut_to_the_ratio_and_always_to_the_same_bytes(string rendition, double ratio)
    {
        var bytes = await File.ReadAllBytesAsync(Clip);
        var (one, other) = (await UploadAsync("VideoA" + ratio, "clip.mp4", bytes), await UploadAsync("VideoB" + ratio, "clip.mp4", bytes));

        await using var file = await OpenAsync(one, rendition);
        var first = await BytesOf(file);

        file.ContentType.ShouldBe("video/mp4");
        var header = VideoHeader.Read(new MemoryStream(first))!;
        (header.Width / (double)header.Height).ShouldBe(ratio, 0.03);
        header.Seconds.ShouldBe(one.Media.Seconds!.Value, 0.2);
        (header.Width % 2, header.Height % 2).ShouldBe((0, 0));
        if (Rendition.Parse(rendition)!.MaxBytes is { } most) first.LongLength.ShouldBeLessThanOrEqualTo(most);
        (await BytesOf(await OpenAsync(other, rendition))).ShouldBe(first, "made a second time, for another organization");
    }

    [Fact]
    public async Task A_video_has_a_poster()
    {
        var asset = await UploadAsync("Poster", "clip.mp4", await File.ReadAllBytesAsync(Clip));

        await using var poster = (await app.Get<OpenMedia>().RunAsync(asset.Scene.Viewer, asset.Media.Id, true, Now)).Value;

        poster.ContentType.ShouldBe("image/jpeg");
        ImageHeader.Read(await BytesOf(poster.Content))!.Width.ShouldBeInRange(2, 640);
    }

    [Fact]
    public async Task What_cannot_be_made_is_said_and_leaves_nothing_behind()
    {
        // Its headers are those of a video, and there is no picture in it.
        var hollow = await UploadAsync("Hollow", "hollow.mp4", TestMedia.Mp4(640, 360, 4));

        await Should.ThrowAsync<IOException>(OpenAsync(hollow, "1:1"));
        await Should.ThrowAsync<ArgumentException>(OpenAsync(hollow, "image/jpeg"));
        await Should.ThrowAsync<ArgumentException>(OpenAsync(hollow, "1:1,scale=1:1"));

        (await app.Get<OpenMedia>().RunAsync(hollow.Scene.Viewer, hollow.Media.Id, true, Now)).Refusal.ShouldBeOfType<MediaNotFound>();
        var home = app.Get<Microsoft.Extensions.Configuration.IConfiguration>()["Media:Folder"]!;
        Directory.EnumerateFiles(Path.Combine(home, hollow.Scene.Organization.Id.ToString("N")), "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_file_that_was_here_already_says_under_which_name()
    {
        var first = await UploadAsync("Known", "banner.png", TestMedia.Png(77, 33));

        var again = (await app.Get<UploadMedia>().RunAsync(first.Scene.Manager, first.Scene.Workspace.Id, "autumn sale.png", new MemoryStream(TestMedia.Png(77, 33)), Now)).Value;

        first.Media.GivenName.ShouldBeNull();
        (again.Id, again.FileName, again.GivenName).ShouldBe((first.Media.Id, "banner.png", "autumn sale.png"));
        (await app.Get<UploadMedia>().RunAsync(first.Scene.Manager, first.Scene.Workspace.Id, "banner.png", new MemoryStream(TestMedia.Png(77, 33)), Now)).Value.GivenName.ShouldBeNull();
    }

    private sealed record Uploaded(Scene Scene, MediaRow Media);

    private async Task<Uploaded> UploadAsync(string organization, string name, byte[] bytes)
    {
        var scene = await Scene.SetAsync(app.Studio, organization);
        return new(scene, (await app.Get<UploadMedia>().RunAsync(scene.Manager, scene.Workspace.Id, name, new MemoryStream(bytes), Now)).Value);
    }

    private Task<MediaFile> OpenAsync(Uploaded asset, string? rendition) => app.Get<IMediaSource>().OpenAsync(asset.Media.Id, rendition, Now);

    private static async Task<byte[]> BytesOf(MediaFile file)
    {
        await using var _ = file;
        return await BytesOf(file.Content);
    }

    private static async Task<byte[]> BytesOf(Stream content)
    {
        var copy = new MemoryStream();
        await content.CopyToAsync(copy);
        return copy.ToArray();
    }
}
