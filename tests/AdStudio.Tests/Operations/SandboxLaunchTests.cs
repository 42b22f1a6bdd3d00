using AdStudio.Core.Campaigns;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms;
using AdStudio.Sandbox.Faults;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Operations;

/// <summary>One campaign on every platform that has an adapter: over HTTP, against the sandbox.</summary>
public sealed class SandboxLaunchTests : IAsyncLifetime
{
    /// <summary>Each kind of call by which a launch makes or switches on something.</summary>
    internal static readonly string[] Changes =
    [
        CallKinds.BudgetCreate, CallKinds.CampaignCreate, CallKinds.AdSetCreate, CallKinds.TargetingCreate, CallKinds.ImageUpload, CallKinds.VideoUpload, CallKinds.CreativeCreate, CallKinds.AdCreate, CallKinds.StatusUpdate,
    ];

    private SandboxBench bench = null!;

    public async Task InitializeAsync() => bench = await SandboxBench.SetAsync();
    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task One_campaign_runs_on_every_platform_and_is_read_back()
    {
        var id = await bench.LaunchedAsync();

        var campaign = await bench.ReadAsync(id);
        campaign.Platforms.Select(p => p.Platform).ShouldBe(SandboxBench.All, ignoreOrder: true);
        Running.Wrong(bench, campaign).ShouldBeEmpty();
        campaign.Status.ShouldBeOneOf(CampaignStatus.Active, CampaignStatus.InReview);
        campaign.Platforms.ShouldAllBe(p => p.BudgetMicros == 100_000_000, "the budget is shared out, not multiplied");
        foreach (var platform in campaign.Platforms) (await Made.OfAsync(bench, id, platform.Platform)).Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Pause_resume_and_a_new_budget_arrive_everywhere()
    {
        var id = await bench.LaunchedAsync();

        await bench.Get<PauseCampaign>().RunAsync(bench.Scene.Manager, id, CancellationToken.None);
        await bench.DrainAsync();
        (await bench.ReadAsync(id)).Platforms.Where(p => p.Status != PlatformStatus.Paused).Select(p => $"{p.Platform}: {p.StatusDetail}").Concat(bench.Bugs).ShouldBeEmpty();
        bench.Sandbox.Control.Objects().Where(o => o.Kind == "campaign").ShouldNotContain(o => Made.IsOn(o));

        await bench.Get<ResumeCampaign>().RunAsync(bench.Scene.Manager, id, CancellationToken.None);
        await bench.DrainAsync();
        bench.Sandbox.Control.Objects().Where(o => o.Kind == "campaign").ShouldAllBe(o => Made.IsOn(o));

        await bench.Get<ChangeBudget>().RunAsync(bench.Scene.Manager, id, Core.Common.Money.FromUnits(200 * SandboxBench.All.Count, "USD"), null, CancellationToken.None);
        await bench.DrainAsync();
        (await bench.ReadAsync(id)).Platforms.Where(p => p.BudgetMicros != 200_000_000 || p.StatusDetail is not null).Select(p => $"{p.Platform}: {p.BudgetMicros} {p.StatusDetail}").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_shows_the_platforms_words_and_roll_back_leaves_nothing()
    {
        bench.Sandbox.Control.Policy.Add(new("meta", "Warm feet", "create", "This ad makes a promise that may not be made."));
        var id = await bench.LaunchedAsync();

        var meta = await bench.OnAsync(id, Platform.Meta);
        meta.Status.ShouldBe(PlatformStatus.Failed);
        meta.StatusDetail.ShouldNotBeNull().ShouldContain("promise that may not be made");
        bench.Sandbox.Control.Objects("meta").ShouldAllBe(o => o.Status == "PAUSED");

        (await bench.Get<RollBackLaunch>().RunAsync(bench.Scene.Manager, id, Platform.Meta, CancellationToken.None)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();

        bench.Sandbox.Control.Objects("meta").ShouldAllBe(o => o.EffectiveStatus == "DELETED");
        (await bench.OnAsync(id, Platform.Meta)).Status.ShouldBe(PlatformStatus.RolledBack);
        (await bench.ReadAsync(id)).Platforms.Where(p => p.Platform != Platform.Meta && p.Status is not (PlatformStatus.Active or PlatformStatus.InReview)).ShouldBeEmpty("the others went on");
    }

    public static TheoryData<Platform> Platforms() => [.. PlatformSite.All.Select(s => s.Platform)];

    [Theory]
    [MemberData(nameof(Platforms))]
    public Task An_answer_that_is_lost_at_each_step_makes_nothing_twice(Platform platform) => AtEachStepAsync(platform, FaultKind.TimeoutAfter);

    [Theory]
    [MemberData(nameof(Platforms))]
    public Task Half_an_answer_at_each_step_makes_nothing_twice(Platform platform) => AtEachStepAsync(platform, FaultKind.Malformed);

    private async Task AtEachStepAsync(Platform platform, FaultKind fault)
    {
        foreach (var call in Changes) bench.Sandbox.Control.Faults.Arm(platform.Wire(), call, fault);

        var id = await bench.LaunchedAsync(platform);

        Running.Wrong(bench, await bench.ReadAsync(id)).ShouldBeEmpty();
        (await Made.OfAsync(bench, id, platform)).Wrong.ShouldBeEmpty();
        var kinds = bench.Sandbox.Control.Requests.Where(r => r.Platform == platform.Wire()).SelectMany(r => r.Operation.Split(", ")).ToHashSet();
        bench.Sandbox.Control.Faults.Armed().Select(f => f.Operation).Intersect(kinds).ShouldBeEmpty("each fault was met, but those of calls that this platform has not");
        kinds.ShouldContain(CallKinds.CampaignCreate);
    }
}
