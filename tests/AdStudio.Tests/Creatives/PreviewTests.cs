using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;
using AdStudio.Web.Features.Creatives;
using Bunit;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Creatives;

public sealed class PreviewTests : BunitContext
{
    private const string Script = "<script>alert(1)</script><img src=x onerror=alert(1)>";

    [Fact]
    public void Script_in_any_text_or_file_name_is_shown_as_text()
    {
        var draft = new CreativeDraft { PrimaryText = Script, Headline = Script, Description = Script, LinkUrl = "javascript:alert(1)", Media = [Media(Script, 1200, 628)] };

        foreach (var platform in new[] { Platform.Meta, Platform.Google })
        {
            var shown = Render<CreativePreview>(p => p.Add(c => c.Of, draft).Add(c => c.Business, Script).Add(c => c.Platforms, [platform]));

            shown.FindAll("script").ShouldBeEmpty();
            shown.FindAll("[onerror]").ShouldBeEmpty();
            shown.FindAll("a").ShouldBeEmpty();
            shown.Markup.ShouldContain("&lt;script&gt;");
        }
    }

    [Fact]
    public void Meta_is_shown_in_the_shape_that_fits_and_cuts_what_it_would_cut()
    {
        var draft = new CreativeDraft { PrimaryText = new string('a', 130), Headline = "Half price", LinkUrl = "https://www.acme.example/sale", CallToAction = "SHOP_NOW", Media = [Media("a.png", 1080, 1080)] };

        var shown = Render<CreativePreview>(p => p.Add(c => c.Of, draft).Add(c => c.Platforms, [Platform.Meta]));

        shown.Find(".media").GetAttribute("style").ShouldBe("aspect-ratio:1 / 1");
        shown.Find(".text").TextContent.ShouldBe(new string('a', 125) + "…");
        shown.Find(".bar").TextContent.ShouldContain("ACME.EXAMPLE");
        shown.Find(".cta").TextContent.ShouldBe("Shop now");
    }

    [Fact]
    public void Counters_say_what_each_platform_cuts_or_refuses()
    {
        var shown = Render<TextCounters>(p => p.Add(c => c.Text, TextField.Headline).Add(c => c.Value, new string('a', 41)).Add(c => c.Platforms, [Platform.Meta, Platform.Google]));

        shown.Find(".long").TextContent.ShouldContain("Meta may cut it off after 40.");
        shown.Find(".over").TextContent.ShouldContain("Google takes at most 30.");
    }

    private static MediaRow Media(string name, int width, int height) => new(Guid.NewGuid(), Guid.NewGuid(), name, MediaKind.Image, "image/png", 1000, width, height, null, null, DateTimeOffset.UnixEpoch);
}
