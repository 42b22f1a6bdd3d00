using System.Text;
using AdStudio.Core.Insights;
using AdStudio.Web.Features.Insights;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Insights;

public sealed class CsvExportTests
{
    private static readonly DayRange Days = new(new(2026, 6, 1), new(2026, 6, 7));

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil.example\")")]
    [InlineData("+1+1")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    public void A_name_that_a_spreadsheet_would_run_is_only_text(string name)
    {
        var line = Lines(Row(name, new MetricSums(1, 0, 0, 0, 0)))[1];

        line.TrimStart('"').ShouldStartWith("'" + name[0]);
    }

    [Fact]
    public void Figures_are_bare_numbers_with_their_unit_in_the_head_and_nothing_where_there_is_none()
    {
        var lines = Lines(Row("Summer", new MetricSums(2_000, 0, 1_234_567_890, 2_500_000, 9_000_000_000)));

        lines[0].ShouldContain("Spend (currency units)");
        lines[0].ShouldContain("CTR (%)");
        lines[1].ShouldBe("Summer,Campaign,Summer,Meta,2026-06-01,2026-06-07,USD,1234.57,2000,0,0,,617.28,2.5,493.83,9000,7.2900,2026-06-08 10:00,");
    }

    [Fact]
    public void Without_any_figure_the_cells_are_empty() => Lines(Row("Quiet", null))[1].ShouldBe("Quiet,Campaign,Quiet,Meta,2026-06-01,2026-06-07,USD,,,,,,,,,,,2026-06-08 10:00,");

    [Fact]
    public void It_begins_with_the_mark_of_UTF8() => CsvExport.Write([Row("Größe", null)])[..3].ShouldBe(Encoding.UTF8.GetPreamble());

    private static CsvRow Row(string name, MetricSums? sums) => new(name, "Campaign", name, "Meta", Days, "USD", sums, new DateTimeOffset(2026, 6, 8, 10, 0, 0, TimeSpan.Zero));

    private static string[] Lines(CsvRow row) => Encoding.UTF8.GetString(CsvExport.Write([row])[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
}
