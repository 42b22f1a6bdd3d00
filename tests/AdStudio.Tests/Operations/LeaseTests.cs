using AdStudio.Core.Campaigns;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Operations;

/// <summary>Two workers on one piece of work: only the one that holds the lease counts.</summary>
public sealed class LeaseTests
{
    private static readonly TimeSpan Lapse = new OperationOptions().Lease + TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Work_is_given_to_one_worker_only_until_its_lease_lapses()
    {
        await using var bench = await LaunchBench.SetAsync();
        await bench.LaunchAsync(await bench.DraftAsync(platforms: [Platform.Meta]));

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => bench.Leases.ClaimAsync(CancellationToken.None))));
        var first = claims.OfType<OperationLease>().ShouldHaveSingleItem();
        bench.Clock.Advance(Lapse / 2);
        (await bench.Leases.RenewAsync(first, CancellationToken.None)).ShouldBeTrue();
        bench.Clock.Advance(Lapse / 2);
        (await bench.Leases.ClaimAsync(CancellationToken.None)).ShouldBeNull("it was renewed");
        bench.Clock.Advance(Lapse);

        (await bench.Leases.ClaimAsync(CancellationToken.None)).ShouldNotBeNull();
        (await bench.Leases.RenewAsync(first, CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_worker_that_slept_over_its_lease_saves_nothing_and_its_successor_adopts_what_it_made()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync(platforms: [Platform.Meta]);
        await bench.LaunchAsync(id);
        var (asleep, wake) = (new TaskCompletionSource(), new TaskCompletionSource());
        bench.Meta.Set("campaign", Fault.TimeoutAfter); // it is made, and its answer comes too late
        bench.Meta.OnCall = async (key, _) =>
        {
            if (key != "adset" || asleep.Task.IsCompleted) return;
            asleep.SetResult();
            await wake.Task;
        };

        await bench.WorkAsync((await bench.Leases.ClaimAsync(CancellationToken.None))!); // waits after the time-out
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        var sleeper = Task.Run(async () => await bench.WorkAsync((await bench.Leases.ClaimAsync(CancellationToken.None))!));
        await asleep.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var before = await bench.LastWorkAsync(id, Platform.Meta);
        bench.Clock.Advance(Lapse);
        var successor = (await bench.Leases.ClaimAsync(CancellationToken.None)).ShouldNotBeNull();
        wake.SetResult(); // the sleeper's call arrives, and then it wants to save the id
        await sleeper;

        var untouched = await bench.LastWorkAsync(id, Platform.Meta);
        untouched.LeaseOwner.ShouldBe(successor.Token);
        untouched.Steps.Single(s => s.Key == "adset").Status.ShouldBe(StepStatus.Started);
        untouched.Version.ShouldBe(before.Version + 1, "only the claim was written");
        await bench.WorkAsync(successor);
        await bench.DrainAsync();

        bench.Meta.Calls.Count(c => c == "adset").ShouldBe(1);
        bench.Meta.Things.Select(t => t.Key).ShouldBeUnique();
        (await bench.ReadAsync(id)).Status.ShouldBe(CampaignStatus.Active);
    }

    [Fact]
    public async Task A_process_that_stood_still_between_intent_and_call_sends_nothing()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync(platforms: [Platform.Meta]);
        await bench.LaunchAsync(id);
        using (bench.Signals.Subscribe(_ => bench.Clock.Advance(Lapse))) // every save is followed by a long sleep
            await bench.WorkAsync((await bench.Leases.ClaimAsync(CancellationToken.None))!);

        bench.Meta.Calls.ShouldBeEmpty();
        await bench.DrainAsync();
        bench.Meta.Things.Select(t => t.Key).ShouldBeUnique();
        (await bench.ReadAsync(id)).Status.ShouldBe(CampaignStatus.Active);
    }

    [Fact]
    public async Task Work_that_is_handed_back_is_taken_up_at_once()
    {
        await using var bench = await LaunchBench.SetAsync();
        await bench.LaunchAsync(await bench.DraftAsync(platforms: [Platform.Meta]));
        var lease = (await bench.Leases.ClaimAsync(CancellationToken.None))!;

        await bench.Leases.ReleaseAsync(lease, CancellationToken.None);

        (await bench.Leases.ClaimAsync(CancellationToken.None)).ShouldNotBeNull().OperationId.ShouldBe(lease.OperationId);
    }

    [Fact]
    public async Task Eight_workers_at_once_make_one_of_each_for_twelve_campaigns()
    {
        await using var bench = await LaunchBench.SetAsync();
        foreach (var key in FakeAds.Keys) bench.Meta.Set(key, Fault.TimeoutAfter, Fault.TimeoutBefore, Fault.Unavailable, Fault.TimeoutAfter);
        var ids = new List<Guid>();
        for (var i = 0; i < 12; i++) ids.Add(await bench.DraftAsync($"Campaign {i}"));
        foreach (var id in ids) (await bench.LaunchAsync(id)).IsDone.ShouldBeTrue();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (await bench.Leases.ClaimAsync(CancellationToken.None) is { } lease) await bench.WorkAsync(lease);
        })));
        await bench.DrainAsync();

        foreach (var platform in new[] { bench.Meta, bench.Google })
        {
            foreach (var key in FakeAds.Keys.Where(k => k != "activate")) platform.Things.Count(t => t.Key == key).ShouldBe(12, key);
            platform.Things.Count(t => t.Active).ShouldBe(12);
            platform.Violations.ShouldBeEmpty();
        }
    }
}
