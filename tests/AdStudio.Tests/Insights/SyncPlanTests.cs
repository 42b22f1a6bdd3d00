using AdStudio.Core.Insights;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Insights;

public sealed class SyncPlanTests
{
    private static readonly DateOnly Today = new(2026, 6, 30);

    [Fact]
    public void The_first_reading_goes_ninety_days_back() => SyncPlan.Range(Today, 28, null, null).ShouldBe(new DayRange(new(2026, 4, 2), Today));

    [Fact]
    public void Or_to_the_first_launch() => SyncPlan.Range(Today, 28, null, new DateOnly(2026, 6, 20)).ShouldBe(new DayRange(new(2026, 6, 20), Today));

    [Fact]
    public void Later_ones_read_the_window_again() => SyncPlan.Range(Today, 28, Today, new DateOnly(2026, 1, 1)).ShouldBe(new DayRange(new(2026, 6, 3), Today));

    [Fact]
    public void After_a_silence_what_was_open_then_is_read_too() => SyncPlan.Range(Today, 28, new DateOnly(2026, 5, 1), null).ShouldBe(new DayRange(new(2026, 4, 4), Today));

    [Fact]
    public void Slices_cover_every_day_once_and_begin_with_the_newest()
    {
        var range = new DayRange(new(2026, 4, 2), Today);
        var slices = SyncPlan.Slices(range).ToList();

        slices[0].To.ShouldBe(Today);
        slices.SelectMany(s => s.Each()).Order().ShouldBe(range.Each());
        slices.ShouldAllBe(s => s.Days <= SyncPlan.SliceDays);
    }

    [Theory, InlineData(2), InlineData(3), InlineData(13), InlineData(14)]
    public void Halves_make_up_the_whole(int days)
    {
        var slice = new DayRange(Today.AddDays(1 - days), Today);
        var (older, newer) = SyncPlan.Halve(slice);

        older.Each().Concat(newer.Each()).ShouldBe(slice.Each());
    }
}
