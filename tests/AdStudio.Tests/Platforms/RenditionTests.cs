using AdStudio.Core.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms;

/// <summary>What is to become of a file for a platform, as a short text, and how a platform's rules decide it.</summary>
public sealed class RenditionTests
{
    private static readonly MediaRule Stories = new(MediaKind.Video, ["video/mp4"], 4_000_000, [new("9:16", "story", 9 / 16.0, 540, 960) { MaxWidth = 1080, MaxHeight = 1920 }]) { MinSeconds = 5, MaxSeconds = 60 };
    private static readonly MediaRule Pins = new(MediaKind.Image, ["image/jpeg", "image/png"], 5_000_000, [new("2:3", "pin", 2 / 3.0, 600, 900) { MaxWidth = 1000 }]);
    private static readonly BriefAsset Photo = Briefs.Wide with { FileName = "photo.webp", ContentType = "image/webp", Width = 3000, Height = 3000, Bytes = 400_000 };
    private static readonly BriefAsset Film = Briefs.Clip with { FileName = "film.mov", ContentType = "video/quicktime", Width = 1920, Height = 1080, Bytes = 3_000_000, CanCrop = true, Seconds = 10 };

    [Theory]
    [InlineData("9:16")]
    [InlineData("1.91:1")]
    [InlineData("1080x1080")]
    [InlineData("image/jpeg")]
    [InlineData("<=4000000")]
    [InlineData("2:3;1080x1620;image/jpeg")]
    [InlineData("9:16;720x1280;video/mp4;<=4000000")]
    public void A_rendition_is_read_back_as_it_was_written(string name) => Rendition.Parse(name)!.Name.ShouldBe(name);

    [Theory]
    [InlineData("")]
    [InlineData("whole")]
    [InlineData("0:1")]
    [InlineData("1:1;")]
    [InlineData("image/jpeg;1:1")]
    [InlineData("1:1;1:1")]
    [InlineData("99999x1")]
    [InlineData("image/svg+xml")]
    [InlineData("<=-5")]
    [InlineData("1:1,drawtext=textfile=/etc/passwd")]
    public void What_is_no_rendition_is_none(string name) => Rendition.Parse(name).ShouldBeNull();

    [Fact]
    public void A_file_is_cut_shrunk_and_converted_in_one_go_and_said_in_words()
    {
        var fit = Pins.Fits(Photo).Single();

        fit.Cut.ShouldBe("2:3;1000x1500;image/jpeg");
        fit.Words.ShouldBe("cut to 2:3, made 1000 × 1500 pixels large and made a JPEG");
        Pins.RenditionOf($"media:3:{fit.KeyPart}").ShouldBe(fit.Cut);
    }

    [Fact]
    public void What_fits_is_left_alone_and_nothing_is_made_larger()
    {
        Pins.Fits(Photo with { ContentType = "image/png", Width = 1000, Height = 1500 }).Single().ShouldBe(new MediaFit(Pins.Shapes[0], null, null));
        Pins.Fits(Photo with { Width = 500, Height = 750 }).Single().Problem!.ShouldContain("at least 600 × 900 is needed");
        Pins.RenditionOf("media:1").ShouldBeNull();
        Pins.RenditionOf("media:1:pin").ShouldBe("2:3");
    }

    [Fact]
    public void Too_heavy_an_image_is_made_lighter_as_a_JPEG()
    {
        Pins.Fits(Photo with { ContentType = "image/png", Width = 1000, Height = 1500, Bytes = 9_000_000 }).Single().Cut.ShouldBe("image/jpeg;<=5000000");
        Pins.Fits(Photo with { ContentType = "image/jpeg", Bytes = 4_000_000 }).Single().Cut.ShouldBe("2:3;1000x1500;<=5000000", "cutting a JPEG anew may make it heavier");
    }

    [Fact]
    public void A_video_is_cut_converted_and_kept_below_the_size_but_never_shortened()
    {
        Stories.Fits(Film).Single().Cut.ShouldBe("9:16;video/mp4;<=4000000");
        Stories.Fits(Film with { Seconds = 75 }).Single().Problem.ShouldBe("film.mov runs 75 seconds; 5 seconds to 60 seconds can be shown.");
        Stories.Fits(Film with { Seconds = 3.5 }).Single().Problem!.ShouldContain("runs 3.5 seconds");
        (Stories with { MaxSeconds = 600 }).Fits(Film with { Seconds = 300, Bytes = 90_000_000 }).Single().Problem!.ShouldContain("at most 4 MB", Case.Sensitive, "nothing worth looking at would be left");
    }

    [Fact]
    public void Without_a_workshop_originals_that_fit_are_used_and_the_rest_is_explained()
    {
        var alone = Film with { CanCrop = false };

        Stories.Fits(alone).Single().Problem!.ShouldContain("film.mov is video/quicktime; allowed are video/mp4");
        Stories.Fits(alone with { ContentType = "video/mp4" }).Single().Problem!.ShouldContain("cannot be cut here");
        Stories.Fits(alone with { ContentType = "video/mp4", Width = 2160, Height = 3840 }).Single().Problem!.ShouldContain("at most 1080 × 1920 can be used");
        Stories.Fits(alone with { ContentType = "video/mp4", Width = 1080, Height = 1920 }).Single().ShouldBe(new MediaFit(Stories.Shapes[0], null, null));
    }

    [Theory]
    [InlineData(0.5, 0.5, 400, 0)]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 1, 800, 0)]
    [InlineData(0.7, 0.2, 640, 0)]
    public void The_focal_point_stays_in_sight(double x, double y, int left, int top)
    {
        var box = CropBox.Of(1200, 400, 1, x, y);

        box.ShouldBe(new CropBox(left, top, 400, 400));
        (box.X <= x * 1200 && x * 1200 <= box.X + box.Width).ShouldBeTrue();
        box.PositionIn(1200, 400).ShouldBe((100.0 * left / 800, 50));
    }

    [Fact]
    public void A_carousel_without_cards_of_its_own_gets_one_for_each_image()
    {
        Briefs.Carousel.Cards.Select(c => (c.Asset.FileName, c.Headline, c.LinkUrl)).ShouldBe([("hero.jpg", "Black Friday", "https://shop.example/bf"), ("two.jpg", "Black Friday", "https://shop.example/bf")]);

        (Briefs.Carousel with { Cards = [new(Briefs.Wide, "One", "", "https://shop.example/1")] }).Cards.ShouldHaveSingleItem().Headline.ShouldBe("One");
    }
}
