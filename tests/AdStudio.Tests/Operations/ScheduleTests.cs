using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Operations;

public sealed class ScheduleTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_local_time_keeps_its_hour_across_the_shift_of_the_clocks()
    {
        await using var bench = await LaunchBench.SetAsync();
        bench.Clock.Advance(new DateTimeOffset(2027, 3, 1, 12, 0, 0, TimeSpan.Zero) - bench.Clock.GetUtcNow());
        var id = await bench.DraftAsync();

        var before = await At(new DateTime(2027, 3, 13, 9, 0, 0), "America/New_York");
        var after = await At(new DateTime(2027, 3, 14, 9, 0, 0), null); // the account's zone; the clocks went forward that night
        var skipped = await At(new DateTime(2027, 3, 14, 2, 30, 0), null);
        var doubled = await At(new DateTime(2027, 11, 7, 1, 30, 0), null);

        before.ShouldBe(new DateTimeOffset(2027, 3, 13, 14, 0, 0, TimeSpan.Zero));
        after.ShouldBe(new DateTimeOffset(2027, 3, 14, 13, 0, 0, TimeSpan.Zero));
        skipped.ShouldBe(new DateTimeOffset(2027, 3, 14, 7, 30, 0, TimeSpan.Zero), "half past two does not exist; it becomes half past three");
        doubled.ShouldBe(new DateTimeOffset(2027, 11, 7, 5, 30, 0, TimeSpan.Zero), "the first of the two");

        async Task<DateTimeOffset> At(DateTime local, string? zone) => (await bench.Get<ScheduleCampaign>().RunAsync(bench.Scene.Manager, id, PlannedStart.AtLocal(local, zone), None)).Value.At;
    }

    [Fact]
    public async Task What_is_due_is_launched_once_even_late_and_by_several_nodes()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync();
        await bench.Get<ScheduleCampaign>().RunAsync(bench.Scene.Manager, id, PlannedStart.AtInstant(bench.Clock.GetUtcNow().AddHours(1)), None);
        (await bench.ReadAsync(id)).Status.ShouldBe(CampaignStatus.Scheduled);
        (await bench.Get<LaunchScheduled>().RunAsync(None)).ShouldBe(0);

        bench.Clock.Advance(TimeSpan.FromHours(30)); // nothing ran for a day
        var launched = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => bench.Get<LaunchScheduled>().RunAsync(None))));
        await bench.DrainAsync();

        launched.Sum().ShouldBe(1);
        (await bench.ReadAsync(id)).Status.ShouldBe(CampaignStatus.Active);
        bench.Meta.Things.Count(t => t.Key == "campaign").ShouldBe(1);
        (await bench.Get<LaunchScheduled>().RunAsync(None)).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_no_longer_ready_when_its_time_comes_says_why()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync();
        await bench.Get<ScheduleCampaign>().RunAsync(bench.Scene.Manager, id, PlannedStart.AtInstant(bench.Clock.GetUtcNow().AddHours(1)), None);
        await using (var db = await bench.Studio.OpenAsync(bench.Scene.Manager, None))
        {
            foreach (var creative in db.Creatives) creative.DeletedAt = bench.Clock.GetUtcNow();
            await db.SaveChangesAsync();
        }
        bench.Clock.Advance(TimeSpan.FromHours(2));

        (await bench.Get<LaunchScheduled>().RunAsync(None)).ShouldBe(0);

        var campaign = await bench.ReadAsync(id);
        campaign.Status.ShouldBe(CampaignStatus.Failed);
        campaign.Platforms.ShouldAllBe(p => p.Status == PlatformStatus.Failed && p.StatusDetail!.Contains("creative"));
    }

    [Fact]
    public async Task A_planned_start_can_be_taken_back_and_never_lies_in_the_past()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync();
        var schedule = bench.Get<ScheduleCampaign>();

        (await schedule.RunAsync(bench.Scene.Manager, id, PlannedStart.AtInstant(bench.Clock.GetUtcNow().AddMinutes(-1)), None)).Refusal.ShouldBeOfType<StartInThePast>();
        (await schedule.RunAsync(bench.Scene.Manager, id, null, None)).Refusal.ShouldBeOfType<InvalidError>();
        (await schedule.RunAsync(bench.Scene.Manager, id, PlannedStart.AtInstant(bench.Clock.GetUtcNow().AddMinutes(10)), None)).IsDone.ShouldBeTrue();
        (await bench.Get<UnscheduleCampaign>().RunAsync(bench.Scene.Manager, id, None)).IsDone.ShouldBeTrue();
        bench.Clock.Advance(TimeSpan.FromHours(1));

        (await bench.Get<LaunchScheduled>().RunAsync(None)).ShouldBe(0);
        (await bench.ReadAsync(id)).Status.ShouldBe(CampaignStatus.Draft);
    }
}
