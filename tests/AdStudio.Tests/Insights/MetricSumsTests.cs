using AdStudio.Core.Insights;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Insights;

public sealed class MetricSumsTests
{
    [Fact]
    public void Ratios_come_from_the_sums()
    {
        // 10 % of 100 and 1 % of 10,000: the mean of the ratios would say 5.5 %.
        var sums = new MetricSums(100, 10, 5_000_000, 0, 0) + new MetricSums(10_000, 100, 45_000_000, 2_500_000, 200_000_000);

        sums.Ctr.ShouldBe(110m / 10_100m);
        sums.CpcMicros.ShouldBe(454_545);
        sums.CpmMicros.ShouldBe(4_950_495);
        sums.CpaMicros.ShouldBe(20_000_000);
        sums.Roas.ShouldBe(4m);
    }

    [Fact]
    public void What_would_divide_by_nothing_has_no_figure()
    {
        var nothing = new MetricSums(0, 0, 0, 0, 0);

        foreach (var metric in new[] { Metric.Ctr, Metric.Cpc, Metric.Cpm, Metric.Cpa, Metric.Roas }) nothing.Of(metric).ShouldBeNull(metric.ToString());
        nothing.Of(Metric.Clicks).ShouldBe(0);
        new MetricSums(10, 0, 1_000_000, 0, 0).CpcMicros.ShouldBeNull();
        new MetricSums(10, 0, 1_000_000, 0, 0).Roas.ShouldBe(0);
    }

    [Fact]
    public void The_sum_of_nothing_is_no_figure() => Array.Empty<MetricSums>().SumOrNull().ShouldBeNull();

    [Theory]
    [InlineData("7d", "2026-05-09", "2026-05-15")]
    [InlineData("30d", "2026-04-16", "2026-05-15")]
    [InlineData("this-month", "2026-05-01", "2026-05-15")]
    [InlineData("last-month", "2026-04-01", "2026-04-30")]
    [InlineData("today", "2026-05-15", "2026-05-15")]
    [InlineData("2026-02-01..2026-02-10", "2026-02-01", "2026-02-10")]
    public void A_range_is_read_from_the_address_and_ends_today(string text, string from, string to)
    {
        RangeChoice.TryParse(text, out var choice).ShouldBeTrue();

        choice.Resolve(new DateOnly(2026, 5, 15)).ShouldBe(new DayRange(Day(from), Day(to)));
        choice.ToString().ShouldBe(text);
    }

    [Theory, InlineData("2026-05-02..2026-05-01"), InlineData("1990-01-01..2026-05-01"), InlineData("x"), InlineData("2026-05-02"), InlineData("")]
    public void What_is_no_range_is_none(string text) => RangeChoice.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void The_period_before_is_as_long_and_ends_the_day_before()
    {
        var month = new DayRange(new(2026, 5, 1), new(2026, 5, 31));

        month.Previous.ShouldBe(new DayRange(new(2026, 3, 31), new(2026, 4, 30)));
        month.Previous.Days.ShouldBe(month.Days);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
