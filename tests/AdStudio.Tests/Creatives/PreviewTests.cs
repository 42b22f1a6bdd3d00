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
    public void Each_placement_is_drawn_in_its_shape_around_the_focal_point()
    {
        var draft = new CreativeDraft { PrimaryText = new string('a', 100), Headline = "Half price", Media = [Media("wide.png", 2000, 1000) with { FocalX = 1 }] };
        var shown = Render<CreativePreview>(p => p.Add(c => c.Of, draft).Add(c => c.Platforms, [Platform.Meta]));
        shown.Find(".media img").GetAttribute("style").ShouldBe("object-position:100% 50%");

        shown.FindAll("button").Single(b => b.TextContent == "Story").Click();
        (shown.Find(".media").GetAttribute("style"), shown.Find(".media img").GetAttribute("style")).ShouldBe(("aspect-ratio:9 / 16", "object-position:100% 50%"));
        shown.Find(".text").TextContent.ShouldBe(new string('a', 100));

        shown.FindAll("button").Single(b => b.TextContent == "Reel").Click();
        shown.Find(".text").TextContent.ShouldBe(new string('a', 72) + "…", "a reel shows less of it");
    }

    [Fact]
    public void Every_platform_with_rules_has_something_to_show()
    {
        foreach (var entry in Catalogue.All.Where(p => p.Rules is not null))
        {
            var shown = Render<CreativePreview>(p => p.Add(c => c.Of, new CreativeDraft()).Add(c => c.Platforms, [entry.Platform]));
            shown.FindAll(".ad").ShouldNotBeEmpty(entry.Name);
            foreach (var placement in PlacementLook.Of(entry.Platform)) PlacementLook.Of(entry.Platform, placement).Placement.ShouldBe(placement);
        }
    }

    [Fact]
    public void The_ad_is_shown_in_the_dark_when_asked()
    {
        var shown = Render<CreativePreview>(p => p.Add(c => c.Of, new CreativeDraft()));
        shown.Find(".stage").HasAttribute("style").ShouldBeFalse();

        shown.Find("button[aria-label='Show it in the dark']").Click();

        shown.Find(".stage").GetAttribute("style").ShouldBe("color-scheme:dark");
    }

    [Fact]
    public void A_carousel_shows_each_cards_own_words()
    {
        var draft = new CreativeDraft { Type = CreativeType.Carousel, Headline = "Warm feet", Media = [Media("a.png", 100, 100), Media("b.png", 100, 100)] };
        draft.CardAt(1).Headline = "Boots";

        var shown = Render<CreativePreview>(p => p.Add(c => c.Of, draft).Add(c => c.Platforms, [Platform.Meta]));

        shown.FindAll("figcaption").Select(f => f.TextContent).ShouldBe(["Warm feet", "Boots"]);
    }

    [Fact]
    public void Texts_are_cut_between_letters_as_people_see_them() => PlacementLook.Shown("👩‍🚀👩‍🚀👩‍🚀", 2, "").ShouldBe("👩‍🚀👩‍🚀…");

    [Fact]
    public void Counters_say_what_each_platform_cuts_or_refuses()
    {
        var shown = Render<TextCounters>(p => p.Add(c => c.Text, TextField.Headline).Add(c => c.Value, new string('a', 41)).Add(c => c.Platforms, [Platform.Meta, Platform.Google]));

        shown.Find(".long").TextContent.ShouldContain("Meta may cut it off after 40.");
        shown.Find(".over").TextContent.ShouldContain("Google takes at most 30.");
    }

    private static MediaRow Media(string name, int width, int height) => new(Guid.NewGuid(), Guid.NewGuid(), name, MediaKind.Image, "image/png", 1000, width, height, null, null, DateTimeOffset.UnixEpoch);
}
