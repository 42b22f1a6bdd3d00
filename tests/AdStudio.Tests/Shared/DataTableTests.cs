using AdStudio.Web.Shared.Tables;
using Bunit;
using Microsoft.AspNetCore.Components;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Shared;

public sealed class DataTableTests : KitContext
{
    private sealed record Row(string Name, long? Spend);

    private static readonly Row[] Rows = [new("brand", 20), new("Autumn", null), new("Black Friday", 300)];

    [Fact]
    public void Words_sort_from_A_and_numbers_from_the_greatest_then_the_other_way_then_not_at_all()
    {
        var table = Table(Rows);

        Press(table, "Name");
        Names(table).ShouldBe(["Autumn", "Black Friday", "brand"]);
        Press(table, "Name");
        Names(table).ShouldBe(["brand", "Black Friday", "Autumn"]);
        Press(table, "Name");
        Names(table).ShouldBe(["brand", "Autumn", "Black Friday"]);

        Press(table, "Spend");
        Names(table).ShouldBe(["Black Friday", "brand", "Autumn"]);
        table.Find("th[aria-sort]").GetAttribute("aria-sort").ShouldBe("descending");
        Press(table, "Spend");
        Names(table).ShouldBe(["brand", "Black Friday", "Autumn"], "a row without a figure stays last");
    }

    [Fact]
    public void The_order_can_be_kept_in_the_address()
    {
        string? told = null;
        var table = Table(Rows, p => p.Add(t => t.Sort, "-spend").Add(t => t.SortChanged, s => told = s));
        Names(table)[0].ShouldBe("Black Friday");

        Press(table, "Spend");
        told.ShouldBe("spend");
    }

    [Fact]
    public void Selecting_rows_brings_up_what_can_be_done_with_them()
    {
        var table = Table(Rows, p => p.Add(t => t.Selectable, true).Add(t => t.Key, r => r.Name).Add(t => t.Noun, "campaign")
            .Add(t => t.Bulk, chosen => builder => builder.AddContent(0, $"Pause {string.Join(",", chosen.Select(r => r.Name))}")));
        table.FindAll(".bulk").ShouldBeEmpty();

        table.Find("tbody tr:nth-child(1) input").Change(true);
        table.Find("tbody tr:nth-child(3) input").Change(true);
        table.Find(".bulk").TextContent.ShouldContain("2 campaigns selected");
        table.Find(".bulk").TextContent.ShouldContain("Pause brand,Black Friday");

        table.Render(p => p.Add(t => t.Items, Rows[..1]));
        table.Find(".bulk").TextContent.ShouldContain("1 campaign selected", customMessage: "what is gone is not selected any more");
    }

    [Fact]
    public void It_says_that_it_is_reading_that_there_is_nothing_or_that_nothing_matches()
    {
        Table(null).FindAll(".bone").Count.ShouldBeGreaterThan(0);
        Table([], p => p.Add(t => t.Noun, "campaign")).Markup.ShouldContain("No campaigns yet");
        Table([], p => p.Add(t => t.Noun, "campaign").Add(t => t.Filtered, true)).Markup.ShouldContain("No campaigns match");
        Table(Rows, p => p.Add(t => t.Problem, new("The list could not be read"))).Find("[role=alert]").TextContent.ShouldContain("could not be read");
    }

    [Fact]
    public void A_column_can_be_taken_out_of_sight_but_not_the_first()
    {
        var table = Table(Rows, p => p.Add(t => t.ColumnChooser, true));
        table.FindAll(".pick-list input").Count.ShouldBe(1);
        table.Find(".pick-list input").Change(false);
        table.FindAll("thead th").Count.ShouldBe(1);
    }

    private IRenderedComponent<DataTable<Row>> Table(IReadOnlyList<Row>? rows, Action<ComponentParameterCollectionBuilder<DataTable<Row>>>? more = null) =>
        Render<DataTable<Row>>(p =>
        {
            p.Add(t => t.Items, rows).Add(t => t.Caption, "Campaigns").Add(t => t.Columns, Columns);
            more?.Invoke(p);
        });

    private static readonly RenderFragment Columns = builder =>
    {
        builder.OpenComponent<Column<Row>>(0);
        builder.AddComponentParameter(1, "Key", "name");
        builder.AddComponentParameter(2, "Title", "Name");
        builder.AddComponentParameter(3, "Text", (Func<Row, string?>)(r => r.Name));
        builder.AddComponentParameter(4, "SortBy", (Func<Row, IComparable?>)(r => r.Name));
        builder.CloseComponent();
        builder.OpenComponent<Column<Row>>(5);
        builder.AddComponentParameter(6, "Key", "spend");
        builder.AddComponentParameter(7, "Title", "Spend");
        builder.AddComponentParameter(8, "Numeric", true);
        builder.AddComponentParameter(9, "Text", (Func<Row, string?>)(r => r.Spend?.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        builder.AddComponentParameter(10, "SortBy", (Func<Row, IComparable?>)(r => r.Spend));
        builder.CloseComponent();
    };

    private static void Press(IRenderedComponent<DataTable<Row>> table, string title) => table.FindAll(".sort").Single(b => b.TextContent == title).Click();

    private static List<string> Names(IRenderedComponent<DataTable<Row>> table) => [.. table.FindAll("tbody th").Select(c => c.TextContent.Trim())];
}
