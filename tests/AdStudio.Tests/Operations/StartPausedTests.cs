using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Operations;

/// <summary>A campaign that is launched to stand paused spends nothing anywhere until somebody resumes it.</summary>
public sealed class StartPausedTests : IAsyncLifetime
{
    private SandboxBench bench = null!;

    public async Task InitializeAsync() => bench = await SandboxBench.SetAsync();
    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task A_paused_launch_stands_whole_and_paused_on_every_platform_and_resuming_switches_all_of_it_on()
    {
        var id = await DraftAsync();
        (await bench.LaunchAsync(id)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();

        var launched = await bench.ReadAsync(id);
        launched.Platforms.Select(p => p.Platform).ShouldBe(SandboxBench.All, ignoreOrder: true);
        launched.Platforms.Where(p => p.Status != PlatformStatus.Paused || p.ExternalId is null || p.LaunchedAt is null).Select(p => $"{p.Platform}: {p.Status} {p.StatusDetail}").Concat(bench.Bugs).ShouldBeEmpty();
        launched.Status.ShouldBe(CampaignStatus.Paused);
        foreach (var platform in SandboxBench.All)
        {
            var made = await Made.OfAsync(bench, id, platform);
            made.Wrong.ShouldBeEmpty();
            made.There.Where(Made.IsOn).Select(o => $"{platform} {o.Kind} {o.Status}").ShouldBeEmpty();
        }
        (await bench.Get<PauseCampaign>().RunAsync(bench.Scene.Manager, id, default)).Refusal.ShouldBeOfType<CampaignNotRunning>();
        (await bench.Get<GetCampaignProgress>().RunAsync(bench.Scene.Manager, id, default)).Value.Platforms.ShouldAllBe(p => p.Work!.Steps.All(s => s.Status == StepStatus.Done), "nothing looks unfinished");

        await ResumeAsync(id);

        Running.Wrong(bench, await bench.ReadAsync(id)).ShouldBeEmpty();
        foreach (var platform in SandboxBench.All)
        {
            var made = await Made.OfAsync(bench, id, platform);
            made.Wrong.ShouldBeEmpty();
            made.There.Where(o => !Made.IsOn(o)).Select(o => $"{platform} {o.Kind} {o.Status}").ShouldBeEmpty();
        }

        // From now on it is paused and resumed like any other: with one change of the campaign.
        await bench.Get<PauseCampaign>().RunAsync(bench.Scene.Manager, id, default);
        await bench.DrainAsync();
        await ResumeAsync(id);
        foreach (var platform in SandboxBench.All) (await bench.LastWorkAsync(id, platform)).Steps.Count.ShouldBe(1, platform.ToString());
    }

    [Fact]
    public async Task What_failed_halfway_still_stands_paused_after_another_try()
    {
        bench.Sandbox.Control.Policy.Add(new("meta", "Warm feet", "create", "This ad makes a promise that may not be made."));
        var id = await DraftAsync(Platform.Meta);
        await bench.LaunchAsync(id);
        await bench.DrainAsync();
        (await bench.OnAsync(id, Platform.Meta)).Status.ShouldBe(PlatformStatus.Failed);

        bench.Sandbox.Control.Policy.Clear();
        (await bench.Get<RetryLaunch>().RunAsync(bench.Scene.Manager, id, Platform.Meta, default)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();

        (await bench.OnAsync(id, Platform.Meta)).Status.ShouldBe(PlatformStatus.Paused);
        bench.Sandbox.Control.Objects("meta").ShouldAllBe(o => !Made.IsOn(o));
    }

    [Fact]
    public async Task Whoever_sees_that_the_work_ended_sees_all_that_it_made()
    {
        for (var i = 0; i < 6; i++)
        {
            var id = await DraftAsync(Platform.Meta);
            await bench.LaunchAsync(id);
            // Each asks as fast as it can, so that some of them ask while the last step is being saved.
            var watching = Enumerable.Range(0, 4).Select(_ => Task.Run(() => WatchAsync(id))).ToList();
            await bench.DrainAsync();
            foreach (var seen in await Task.WhenAll(watching)) (seen.ExternalId, seen.AdSetId, seen.AdId).ShouldSatisfyAllConditions(s => s.ExternalId.ShouldNotBeNull(), s => s.AdSetId.ShouldNotBeNull(), s => s.AdId.ShouldNotBeNull());
        }

        async Task<StandsThere> WatchAsync(Guid id)
        {
            while (true)
            {
                var seen = (await bench.Get<AwaitWork>().RunAsync(bench.Scene.Manager, id, Platform.Meta, TimeSpan.Zero, default)).Value;
                if (!seen.IsAtWork) return seen;
            }
        }
    }

    private async Task ResumeAsync(Guid id)
    {
        var started = await bench.Get<ResumeCampaign>().RunAsync(bench.Scene.Manager, id, default);
        started.IsDone.ShouldBeTrue(started.Refusal?.Message);
        await bench.DrainAsync();
    }

    private async Task<Guid> DraftAsync(params IReadOnlyList<Platform> platforms)
    {
        var id = await bench.DraftAsync(platforms: platforms);
        await using var db = await bench.Studio.OpenAsync(bench.Scene.Admin, default);
        var campaign = await db.Campaigns.Include(c => c.Targets).SingleAsync(c => c.Id == id);
        campaign.Write(campaign.Name, campaign.Spec with { StartsPaused = true });
        await db.SaveChangesAsync();
        return id;
    }
}
