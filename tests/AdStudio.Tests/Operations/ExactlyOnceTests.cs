using AdStudio.Core.Campaigns;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Operations;

/// <summary>Whatever goes wrong at whichever step: one of each object, and nothing half-made is on.</summary>
public sealed class ExactlyOnceTests
{
    public static TheoryData<string, Fault> EachStepAndFault()
    {
        var all = new TheoryData<string, Fault>();
        foreach (var key in FakeAds.Keys)
            foreach (var fault in Enum.GetValues<Fault>()) all.Add(key, fault);
        return all;
    }

    [Theory]
    [MemberData(nameof(EachStepAndFault))]
    public async Task A_fault_at_a_step_makes_nothing_twice(string key, Fault fault)
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync(platforms: [Platform.Meta]);
        bench.Meta.Set(key, fault, fault);

        (await bench.LaunchAsync(id)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();
        for (var tries = 0; tries < 2 && (await bench.ReadAsync(id)).Status == CampaignStatus.Failed; tries++)
        {
            bench.Meta.Things.ShouldNotContain(t => t.Active);
            (await bench.Get<RetryLaunch>().RunAsync(bench.Scene.Manager, id, Platform.Meta, CancellationToken.None)).IsDone.ShouldBeTrue();
            await bench.DrainAsync();
        }

        (await bench.ReadAsync(id)).Status.ShouldBe(CampaignStatus.Active);
        bench.Meta.Things.Select(t => t.Key).Order().ShouldBe(FakeAds.Keys.Where(k => k != "activate").Order());
        bench.Meta.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Everything_made_is_known_afterwards_with_its_ids()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync();

        await bench.LaunchAsync(id);
        await bench.DrainAsync();

        var campaign = await bench.ReadAsync(id);
        campaign.LaunchedAt.ShouldNotBeNull();
        foreach (var platform in campaign.Platforms)
        {
            platform.Status.ShouldBe(PlatformStatus.Active);
            platform.ExternalId.ShouldBe(bench.On(platform.Platform).Things.Single(t => t.Key == "campaign").Id);
            var adSet = platform.AdSets.ShouldHaveSingleItem();
            adSet.Ads.ShouldHaveSingleItem().CreativeId.ShouldNotBeNull();
            platform.BudgetMicros.ShouldBe(50_000_000, "the budget is shared out, not multiplied");
        }
    }

    [Fact]
    public async Task The_intent_is_stored_before_the_platform_is_called()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync(platforms: [Platform.Meta]);
        var seen = new List<(string, StepStatus, int)>();
        bench.Meta.OnCall = async (key, _) =>
        {
            var step = (await bench.LastWorkAsync(id, Platform.Meta)).Steps.Single(s => s.Key == key);
            seen.Add((key, step.Status, step.Attempts));
        };

        await bench.LaunchAsync(id);
        await bench.DrainAsync();

        seen.ShouldBe(FakeAds.Keys.Select(k => (k, StepStatus.Started, 1)));
    }

    [Fact]
    public async Task One_platform_that_hangs_does_not_keep_the_other()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync();
        bench.Google.Set("campaign", Fault.Policy);

        await bench.LaunchAsync(id);
        await bench.DrainAsync();

        var campaign = await bench.ReadAsync(id);
        campaign.Status.ShouldBe(CampaignStatus.Active);
        campaign.Platforms.Single(p => p.Platform == Platform.Meta).Status.ShouldBe(PlatformStatus.Active);
        var google = campaign.Platforms.Single(p => p.Platform == Platform.Google);
        google.Status.ShouldBe(PlatformStatus.Failed);
        google.StatusDetail.ShouldBe(FakeAds.PolicyWords);
        google.FailureKind.ShouldBe(PlatformFailureKind.RejectedByPolicy);
        google.FailureField.ShouldBe("text");
    }

    [Fact]
    public async Task Launching_twice_at_the_same_moment_launches_once()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => bench.LaunchAsync(id))));
        await bench.DrainAsync();

        results.Count(r => r.IsDone).ShouldBe(1);
        results.Where(r => !r.IsDone).ShouldAllBe(r => r.Refusal is Core.Common.ConflictError);
        bench.Meta.Things.Count(t => t.Key == "campaign").ShouldBe(1);
        (await bench.LaunchAsync(id)).Refusal.ShouldBeOfType<CampaignIsLaunched>();
    }

    [Fact]
    public async Task A_rate_limit_in_the_middle_is_waited_out_and_not_a_moment_less()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync(platforms: [Platform.Meta]);
        bench.Meta.Set("adset", Fault.RateLimited);
        await bench.LaunchAsync(id);

        var before = bench.Clock.GetUtcNow();
        await bench.WorkAsync((await bench.Leases.ClaimAsync(CancellationToken.None))!);
        var waiting = await bench.LastWorkAsync(id, Platform.Meta);
        waiting.Status.ShouldBe(OperationStatus.Waiting);
        waiting.NotBefore.ShouldBeGreaterThanOrEqualTo(before + bench.Meta.RateLimitedFor);
        bench.Clock.Advance(bench.Meta.RateLimitedFor - TimeSpan.FromSeconds(10));
        (await bench.Leases.ClaimAsync(CancellationToken.None)).ShouldBeNull();

        await bench.DrainAsync();
        (await bench.ReadAsync(id)).Status.ShouldBe(CampaignStatus.Active);
        bench.Meta.Calls.ShouldNotContain("find adset"); // it is certain that nothing was made
    }

    [Fact]
    public async Task A_token_that_expires_in_the_middle_is_renewed_once()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync(platforms: [Platform.Meta]);
        bench.Meta.OnCall = (key, _) =>
        {
            if (key == "adset") bench.Meta.GoodToken = "token-2";
            return Task.CompletedTask;
        };

        await bench.LaunchAsync(id);
        await bench.DrainAsync();

        (await bench.ReadAsync(id)).Status.ShouldBe(CampaignStatus.Active);
        bench.Meta.Things.Count(t => t.Key == "adset").ShouldBe(1);
    }

    [Fact]
    public async Task A_token_that_cannot_be_renewed_says_what_to_do_and_the_launch_goes_on_after_reconnecting()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync(platforms: [Platform.Meta]);
        (bench.Meta.GoodToken, bench.Meta.RefreshWorks) = ("token-2", false);

        await bench.LaunchAsync(id);
        await bench.DrainAsync();

        var meta = (await bench.ReadAsync(id)).Platforms.Single();
        meta.Status.ShouldBe(PlatformStatus.Failed);
        meta.FailureKind.ShouldBe(PlatformFailureKind.ExpiredAuthorization);
        meta.StatusDetail.ShouldNotBeNull().ShouldContain("Reconnect");
    }

    [Fact]
    public async Task A_platform_that_never_answers_is_given_up_and_a_person_decides()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync(platforms: [Platform.Meta]);
        bench.Meta.Set("campaign", [.. Enumerable.Repeat(Fault.Unavailable, 30)]);

        await bench.LaunchAsync(id);
        await bench.DrainAsync();

        var work = await bench.LastWorkAsync(id, Platform.Meta);
        work.Status.ShouldBe(OperationStatus.Failed);
        work.ActiveKey.ShouldBeNull();
        bench.Meta.Calls.Count(c => c == "campaign").ShouldBe(5);
    }
}
