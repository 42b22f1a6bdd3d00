using AdStudio.Core.Campaigns;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Sandbox.Faults;
using AdStudio.Tests.Sandbox;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Operations;

/// <summary>The real adapters, over HTTP, against the sandbox.</summary>
public sealed class SandboxLaunchTests : IAsyncLifetime
{
    /// <summary>Each call by which a launch makes or switches on something.</summary>
    internal static readonly (string Platform, string Call)[] Changes =
    [
        ("meta", CallKinds.CampaignCreate), ("meta", CallKinds.AdSetCreate), ("meta", CallKinds.ImageUpload), ("meta", CallKinds.CreativeCreate), ("meta", CallKinds.AdCreate), ("meta", CallKinds.StatusUpdate),
        ("google", CallKinds.BudgetCreate), ("google", CallKinds.CampaignCreate), ("google", CallKinds.AdSetCreate), ("google", CallKinds.TargetingCreate), ("google", CallKinds.ImageUpload), ("google", CallKinds.AdCreate), ("google", CallKinds.StatusUpdate),
    ];

    private SandboxHost sandbox = null!;
    private LaunchBench bench = null!;

    public async Task InitializeAsync()
    {
        sandbox = await SandboxHost.StartAsync(o => o.FaultTimeout = TimeSpan.FromSeconds(3));
        bench = await LaunchBench.SetAsync(sandbox);
    }

    public async Task DisposeAsync()
    {
        await bench.DisposeAsync();
        await sandbox.DisposeAsync();
    }

    [Fact]
    public async Task A_launch_arrives_on_both_platforms_and_is_read_back()
    {
        var id = await bench.DraftAsync();

        (await bench.LaunchAsync(id)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();

        await ShouldRunAsync(id);
        var campaign = await bench.ReadAsync(id);
        campaign.Platforms.ShouldAllBe(p => p.AdSets.Count == 1 && p.AdSets[0].Ads.Count == 1 && p.AdSets[0].Ads[0].CreativeId != null);
        foreach (var platform in campaign.Platforms) sandbox.Control.Objects(platform.Platform.Wire()).Single(o => o.Kind == "campaign").Id.ShouldBe(platform.ExternalId);
        ShouldHoldOneOfEach("meta");
        ShouldHoldOneOfEach("google");
    }

    [Fact]
    public async Task A_time_out_after_doing_it_at_each_step_makes_nothing_twice()
    {
        foreach (var (platform, call) in Changes) sandbox.Control.Faults.Arm(platform, call, FaultKind.TimeoutAfter);
        var id = await bench.DraftAsync();

        await bench.LaunchAsync(id);
        await bench.DrainAsync();

        await ShouldRunAsync(id);
        sandbox.Control.Faults.Armed().ShouldBeEmpty("each fault was met");
        ShouldHoldOneOfEach("meta");
        ShouldHoldOneOfEach("google");
    }

    [Fact]
    public async Task A_refusal_shows_the_platforms_words_and_roll_back_leaves_nothing()
    {
        sandbox.Control.Policy.Add(new("meta", "Warm feet", "create", "This ad makes a promise that may not be made."));
        var id = await bench.DraftAsync();
        await bench.LaunchAsync(id);
        await bench.DrainAsync();

        var meta = (await bench.ReadAsync(id)).Platforms.Single(p => p.Platform == Platform.Meta);
        meta.Status.ShouldBe(PlatformStatus.Failed);
        meta.StatusDetail.ShouldNotBeNull().ShouldContain("promise that may not be made");
        sandbox.Control.Objects("meta").ShouldAllBe(o => o.Status == "PAUSED");

        (await bench.Get<RollBackLaunch>().RunAsync(bench.Scene.Manager, id, Platform.Meta, CancellationToken.None)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();

        sandbox.Control.Objects("meta").ShouldAllBe(o => o.EffectiveStatus == "DELETED");
        (await bench.ReadAsync(id)).Platforms.Single(p => p.Platform == Platform.Meta).Status.ShouldBe(PlatformStatus.RolledBack);
        ShouldHoldOneOfEach("google");
    }

    [Fact]
    public async Task Pause_resume_and_a_new_budget_arrive()
    {
        var id = await bench.DraftAsync();
        await bench.LaunchAsync(id);
        await bench.DrainAsync();
        await ShouldRunAsync(id);

        await bench.Get<PauseCampaign>().RunAsync(bench.Scene.Manager, id, CancellationToken.None);
        await bench.DrainAsync();
        sandbox.Control.Objects().Where(o => o.Kind == "campaign").ShouldAllBe(o => o.Status == "PAUSED");
        await bench.Get<ResumeCampaign>().RunAsync(bench.Scene.Manager, id, CancellationToken.None);
        await bench.DrainAsync();
        sandbox.Control.Objects().Where(o => o.Kind == "campaign").ShouldAllBe(o => o.Status == "ACTIVE" || o.Status == "ENABLED");
        await bench.Get<ChangeBudget>().RunAsync(bench.Scene.Manager, id, Core.Common.Money.FromUnits(240, "USD"), null, CancellationToken.None);
        await bench.DrainAsync();

        var campaign = await bench.ReadAsync(id);
        campaign.Platforms.ShouldAllBe(p => p.BudgetMicros == 120_000_000 && p.StatusDetail == null);
    }

    private async Task ShouldRunAsync(Guid id) => (await bench.ReadAsync(id)).Platforms
        .Where(p => p.Status is not (PlatformStatus.Active or PlatformStatus.InReview)).Select(p => $"{p.Platform} is {p.Status}: {p.FailureKind} {p.StatusDetail}").Concat(bench.Bugs).ShouldBeEmpty();

    private void ShouldHoldOneOfEach(string platform) =>
        sandbox.Control.Objects(platform).Select(o => o.Kind).Order().ShouldBe(["ad", "adset", "campaign"]);
}
