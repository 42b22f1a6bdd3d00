using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms;

public sealed class CatalogueTests
{
    [Fact]
    public void Every_platform_has_a_name_a_mark_and_a_colour()
    {
        Catalogue.All.Select(e => e.Platform).ShouldBe(Enum.GetValues<Platform>());
        Catalogue.All.ShouldAllBe(e => e.Name.Length > 0 && e.Mark.Length > 0 && e.ColorToken == "platform-" + e.Platform.Wire());
    }

    [Fact]
    public void Every_objective_is_either_offered_or_explained()
    {
        foreach (var rules in Catalogue.All.Select(e => e.Rules).OfType<PlatformRules>())
        {
            rules.Objectives.Select(o => o.Objective).ShouldBe(Enum.GetValues<Objective>());
            rules.Objectives.Where(o => !o.IsOffered).ShouldAllBe(o => o.WhyNot!.EndsWith('.'));
        }
    }

    [Theory]
    [InlineData("USD", 1, 1)]
    [InlineData("JPY", 1, 150)]
    [InlineData("USD", 7, 7)]
    [InlineData("MOP", 1, 1)]
    public void Least_budgets_follow_currency_and_days(string currency, int days, double units) => MetaCatalogue.Rules.MinimumBudget(currency, days).ShouldBe(Money.FromUnits((decimal)units, currency));

    [Theory]
    [InlineData(1200, 628, null, null)]
    [InlineData(1080, 1080, null, null)]
    [InlineData(2000, 800, "1.91:1", null)]
    [InlineData(1080, 1920, "4:5", null)]
    [InlineData(500, 500, null, "at least 600 × 600 is needed")]
    public void Meta_takes_any_of_its_shapes_and_cuts_to_the_nearest(int width, int height, string? cut, string? problem)
    {
        var fit = MetaCatalogue.Rules.MediaOf(MediaKind.Image)!.Fits(Briefs.Wide with { Width = width, Height = height }).Single();

        fit.Cut.ShouldBe(cut);
        if (problem is null) fit.Problem.ShouldBeNull();
        else fit.Problem!.ShouldContain(problem);
    }

    [Fact]
    public void Google_wants_both_shapes_and_says_which_one_an_image_cannot_give()
    {
        var rule = GoogleCatalogue.Rules.MediaOf(MediaKind.Image)!;

        rule.Fits(Briefs.Wide).Select(f => f.Cut).ShouldBe([null, "1:1"]);
        rule.Fits(Briefs.Wide with { CanCrop = false })[1].Problem!.ShouldContain("cannot be cut");
        rule.Fits(Briefs.Wide with { CanCrop = false, Bytes = 6_000_000 }).Single().Problem!.ShouldContain("at most 5.1 MB");
        rule.Fits(Briefs.Wide with { CanCrop = false, ContentType = "image/webp" }).Single().Problem!.ShouldContain("image/webp");
    }

    [Fact]
    public void Videos_of_any_shape_go_to_Meta_as_they_are() => MetaCatalogue.Rules.MediaOf(MediaKind.Video)!.Fits(Briefs.Clip).Single().ShouldSatisfyAllConditions(f => f.Cut.ShouldBeNull(), f => f.Problem.ShouldBeNull());

    [Fact]
    public void Countries_are_known_by_code_and_number()
    {
        Countries.All.Count.ShouldBe(249);
        Countries.All.Select(c => c.Number).ShouldBeUnique();
        (Countries.Find("us")!.Number, Countries.Find("DE")!.Name, Countries.Find("XX")).ShouldBe((840, "Germany", null));
    }
}
