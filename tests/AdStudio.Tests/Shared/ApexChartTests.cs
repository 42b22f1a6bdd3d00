using AdStudio.Web.Shared.Charts;
using Bunit;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Shared;

public sealed class ApexChartTests : KitContext
{
    private static readonly ChartSeries[] Lines = [new("Meta", [920.5m, null], "--platform-meta"), new("Google", [640, 655.25m], "--platform-google")];

    [Fact]
    public void Behind_the_drawing_stands_a_table_that_says_the_same()
    {
        var chart = Render<ApexChart>(p => p.Add(c => c.Title, "Spend a day").Add(c => c.Format, ChartFormat.Money("USD")).Add(c => c.Categories, ["2026-11-01", "2026-11-02"]).Add(c => c.Series, Lines));

        chart.Find(".sr-only table caption").TextContent.ShouldBe("Spend a day");
        chart.FindAll("thead th").Select(c => c.TextContent).ShouldBe(["Day", "Meta", "Google"]);
        chart.FindAll("tbody tr").Select(r => string.Join(" | ", r.Children.Select(c => c.TextContent))).ShouldBe(["1 Nov 2026 | $920.50 | $640.00", "2 Nov 2026 | – | $655.25"]);
    }

    [Fact]
    public void The_table_can_be_shown_to_everybody()
    {
        var chart = Render<ApexChart>(p => p.Add(c => c.Title, "Spend a day").Add(c => c.Categories, ["a", "b"]).Add(c => c.Series, Lines));

        chart.Find("button[aria-label='Show as table']").Click();
        chart.Find(".chart-table").GetAttribute("role").ShouldBe("region");
        chart.Find(".chart-canvas").HasAttribute("hidden").ShouldBeTrue();
    }

    [Fact]
    public void A_donut_has_a_row_for_each_slice()
    {
        var chart = Render<ApexChart>(p => p.Add(c => c.Title, "Share of spend").Add(c => c.CategoryTitle, "Platform").Add(c => c.Kind, ChartKind.Donut).Add(c => c.Categories, ["Spend"])
            .Add(c => c.Series, [new ChartSeries("Meta", [75m]), new ChartSeries("Google", [25m])]));

        chart.FindAll("tbody tr").Select(r => r.TextContent.Trim()).ShouldBe(["Meta75", "Google25"]);
    }

    [Fact]
    public void Without_figures_it_says_so_instead_of_drawing_nothing()
    {
        var chart = Render<ApexChart>(p => p.Add(c => c.Title, "Spend a day").Add(c => c.Categories, ["a"]).Add(c => c.Series, [new ChartSeries("Meta", [null])]));

        chart.Markup.ShouldContain("No figures in this range yet");
        chart.FindAll(".chart-canvas").ShouldBeEmpty();
    }
}
