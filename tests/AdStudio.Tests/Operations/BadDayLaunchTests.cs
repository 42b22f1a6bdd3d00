using AdStudio.Core.Campaigns;
using AdStudio.Core.Connections;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Sandbox.Faults;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Operations;

/// <summary>What may go wrong with a launch, on every platform where it can: nothing is made twice, nothing half-made spends, nothing is shown as if all were well, and when the day is over it goes on.</summary>
public sealed class BadDayLaunchTests
{
    public static TheoryData<Platform> Everywhere() => BadDays.Everywhere();

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task A_rate_limit_in_the_middle_is_waited_out(Platform platform)
    {
        await using var bench = await SandboxBench.SetAsync(platforms: platform);
        var id = await bench.DraftAsync();
        bench.Break(platform, CallKinds.AdSetCreate, FaultKind.RateLimit);
        await bench.LaunchAsync(id);

        await bench.WorkAsync((await bench.Leases.ClaimAsync(default))!);

        var waiting = await bench.LastWorkAsync(id, platform);
        (waiting.Status, waiting.FailureKind).ShouldBe((OperationStatus.Waiting, PlatformFailureKind.RateLimited));
        waiting.NotBefore.ShouldBeGreaterThan(bench.Now);
        (await bench.Leases.ClaimAsync(default)).ShouldBeNull("not before the time is up");
        (await bench.OnAsync(id, platform)).Status.ShouldBe(PlatformStatus.Launching);
        await bench.DrainAsync();
        await bench.ShouldRunOnceAsync(id, platform);
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task Access_that_ends_in_the_middle_and_is_not_renewed_says_to_reconnect_and_goes_on_afterwards(Platform platform)
    {
        await using var bench = await SandboxBench.SetAsync(platforms: platform);
        var id = await bench.DraftAsync();
        await bench.LaunchAsync(id);
        var answers = 0;
        bench.OnAnswer = (_, _, body) =>
        {
            if (++answers == 2) bench.TakeBackEverything(platform);
            return body;
        };

        await bench.DrainAsync();

        await bench.ShouldHaveFailedAsync(id, platform, "reconnect", PlatformFailureKind.ExpiredAuthorization);
        await bench.ShouldSayToReconnectAsync(platform);
        (await bench.LaunchAsync(await bench.DraftAsync("Another"))).Refusal.ShouldBeOfType<NoPlatformToLaunch>();
        bench.Mend();
        await bench.ConnectAsync(platform);
        await bench.RetryAsync(id, platform);
        await bench.ShouldRunOnceAsync(id, platform);
    }

    public static TheoryData<Platform> WithPermissions() => BadDays.Where(p => p switch
    {
        Platform.Apple => "An API user's role is set on Apple; there is nothing to tick.",
        Platform.TikTok => "What an app may do is settled with TikTok once; people allow all of it or nothing.",
        Platform.Google or Platform.Snapchat => "There is one permission; without it nothing is connected.",
        _ => null,
    });

    [Theory]
    [MemberData(nameof(WithPermissions))]
    public async Task A_permission_that_is_withdrawn_is_named_and_nothing_is_made(Platform platform)
    {
        await using var bench = await SandboxBench.SetAsync(platforms: platform);
        var id = await bench.DraftAsync();
        var needed = bench.Get<PlatformSet>().Get<IAuthorizes>(platform).Scopes.Single(s => s is "ads_management" or "rw_ads" or "ads:write");

        await bench.ConnectAsync(platform, without: s => s == needed);

        var connection = await bench.ConnectionAsync(platform);
        if (connection.Health == ConnectionHealth.Good)
        {
            // Pinterest does not tell what was allowed; it refuses what was not.
            await bench.LaunchAsync(id);
            await bench.DrainAsync();
            await bench.ShouldHaveFailedAsync(id, platform, needed, PlatformFailureKind.MissingPermission);
        }
        else
        {
            (connection.Health, string.Join(' ', connection.MissingScopes)).ShouldBe((ConnectionHealth.MissingPermission, needed));
            (await bench.LaunchAsync(id)).Refusal.ShouldBeOfType<NoPlatformToLaunch>().Problems.ShouldContain(p => p.Message.Contains(needed));
        }
        bench.Sandbox.Control.Objects(platform.Wire()).ShouldBeEmpty();
    }

    /// <summary>Leaves the account in the first standing in which it is not active, and returns it in the platform's words; the last one where the studio cannot tell.</summary>
    private static async Task<string> StoppedAsync(SandboxBench bench, Platform platform)
    {
        foreach (var (status, _) in bench.Sandbox.Control.Find(platform.Wire())!.AccountStatuses)
        {
            Stop(bench, platform, status);
            if (!await IsActiveAsync(bench, platform)) return status;
        }
        return bench.Sandbox.Control.Find(platform.Wire())!.AccountStatuses[^1].Value;
    }

    private static void Stop(SandboxBench bench, Platform platform, string status)
    {
        var account = bench.Sandbox.Control.Accounts().Single(a => a.Platform == platform.Wire() && bench.Accounts[platform].ExternalId.EndsWith(a.Id, StringComparison.Ordinal));
        bench.Sandbox.Control.SetAccountStatus(platform.Wire(), account.Id, status).ShouldBeTrue();
    }

    private static async Task<bool> IsActiveAsync(SandboxBench bench, Platform platform)
    {
        (await bench.Get<SyncAdAccounts>().RunAsync(bench.Scene.Admin, bench.Accounts[platform].ConnectionId, default)).Refusal.ShouldBeNull();
        await using var db = await bench.Studio.OpenForEveryoneAsync(default);
        return await db.AdAccounts.AnyAsync(a => a.Id == bench.Accounts[platform].Id && a.Status == AdAccountStatus.Active);
    }

    public static TheoryData<Platform> TellingTheStanding() => BadDays.Where(p => p == Platform.Pinterest ? "It tells no standing of an account; a launch finds out." : null);

    [Theory]
    [MemberData(nameof(TellingTheStanding))]
    public async Task An_account_that_is_stopped_before_the_launch_is_left_alone(Platform platform)
    {
        await using var bench = await SandboxBench.SetAsync(platforms: platform);
        var id = await bench.DraftAsync();

        await StoppedAsync(bench, platform);

        (await bench.LaunchAsync(id)).Refusal.ShouldBeOfType<NoPlatformToLaunch>().Problems.ShouldContain(p => p.Message.Contains("can't run ads"));
        bench.Sandbox.Control.Objects(platform.Wire()).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task An_account_that_is_stopped_during_the_launch_keeps_it_from_spending_until_it_is_good_again(Platform platform)
    {
        await using var bench = await SandboxBench.SetAsync(platforms: platform);
        var good = bench.Sandbox.Control.Find(platform.Wire())!.AccountStatuses[0].Value;
        var stopped = await StoppedAsync(bench, platform);
        Stop(bench, platform, good);
        (await IsActiveAsync(bench, platform)).ShouldBeTrue();
        var id = await bench.DraftAsync();
        await bench.LaunchAsync(id);
        var answers = 0;
        bench.OnAnswer = (_, _, body) =>
        {
            if (++answers == 2) Stop(bench, platform, stopped);
            return body;
        };

        await bench.DrainAsync();

        // Some refuse what is to be made; others take it, and let nothing of it run.
        await bench.ShouldHaveFailedAsync(id, platform, "");
        Stop(bench, platform, good);
        if ((await bench.OnAsync(id, platform)).LaunchedAt is null) await bench.RetryAsync(id, platform);
        else (await bench.Get<ReadStatuses>().RunAsync(bench.Scene.Admin, id, default)).Refusal.ShouldBeNull();
        (await bench.OnAsync(id, platform)).StatusDetail.ShouldBeNull();
        await bench.ShouldRunOnceAsync(id, platform);
    }

    public static TheoryData<Platform> WithWordsOfOurs() => BadDays.Where(p => p == Platform.Apple ? "Its ads show the app's own product page." : null);

    [Theory]
    [MemberData(nameof(WithWordsOfOurs))]
    public async Task An_ad_that_is_rejected_after_it_was_switched_on_says_why(Platform platform)
    {
        await using var bench = await SandboxBench.SetAsync(o => o.ReviewDelay = TimeSpan.FromHours(1), platform);
        bench.Sandbox.Control.Policy.Add(new(platform.Wire(), "cold toes", "review", "MISLEADING_CLAIMS"));
        var id = await bench.DraftAsync(text: "No more cold toes.");
        await bench.LaunchAsync(id);
        await bench.DrainAsync();
        await bench.ShouldRunOnceAsync(id, platform);
        bench.Pass(TimeSpan.FromHours(2));

        await bench.Get<ReadStatuses>().RunAsync(bench.Scene.Admin, id, default);

        var there = await bench.OnAsync(id, platform);
        there.Status.ShouldBe(PlatformStatus.Rejected, there.StatusDetail);
        there.FailureKind.ShouldBe(PlatformFailureKind.RejectedByPolicy);
        there.StatusDetail.ShouldNotBeNullOrWhiteSpace();
        (await bench.ReadAsync(id)).Status.ShouldBe(CampaignStatus.Rejected);
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task What_breaks_before_anything_is_done_at_each_step_is_done_once(Platform platform)
    {
        await using var bench = await SandboxBench.SetAsync(platforms: platform);
        foreach (var call in SandboxLaunchTests.Changes)
        {
            bench.Break(platform, call, FaultKind.TimeoutBefore);
            bench.Break(platform, call, FaultKind.Error500);
        }

        var id = await bench.LaunchedAsync(platform);

        await bench.ShouldRunOnceAsync(id, platform);
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task A_campaign_that_somebody_deletes_on_the_platform_is_deleted_here(Platform platform)
    {
        await using var bench = await SandboxBench.SetAsync(platforms: platform);
        var id = await bench.LaunchedAsync(platform);
        var (publishes, work) = (bench.Get<PlatformSet>().Get<IPublishes>(platform), await bench.LastWorkAsync(id, platform));
        var access = (await bench.Get<GetPlatformAccess>().RunAsync(bench.Scene.Admin, bench.Accounts[platform].Id, default)).Value;
        foreach (var step in publishes.PlanRemove(new(access.Account!, work.Marker, work.Results))) (await publishes.CarryOutAsync(access, step.Fill(work.Results), default)).Refusal.ShouldBeNull();

        (await bench.Get<ReadStatuses>().RunAsync(bench.Scene.Admin, id, default)).Refusal.ShouldBeNull();

        var there = await bench.OnAsync(id, platform);
        (there.Status, there.StatusDetail).ShouldBe((PlatformStatus.Deleted, $"It was deleted on {platform.Label()}."));
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task A_version_that_is_no_longer_served_fails_with_what_to_do_and_is_not_tried_again(Platform platform)
    {
        await using var bench = await SandboxBench.SetAsync(platforms: platform);
        var id = await bench.DraftAsync();
        bench.Break(platform, CallKinds.Any, FaultKind.VersionRetired, times: 1000);
        await bench.LaunchAsync(id);
        var before = bench.Sandbox.Calls;

        await bench.DrainAsync();

        await bench.ShouldHaveFailedAsync(id, platform, "AdStudio has to be updated", PlatformFailureKind.VersionRetired);
        (bench.Sandbox.Calls - before).ShouldBeLessThan(4);
        bench.Pass(TimeSpan.FromDays(1));
        (await bench.Leases.ClaimAsync(default)).ShouldBeNull();
        bench.Mend();
        await bench.RetryAsync(id, platform);
        await bench.ShouldRunOnceAsync(id, platform);
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task A_platform_that_is_down_for_an_hour_holds_up_no_other_and_catches_up(Platform platform)
    {
        var other = SandboxBench.All[(SandboxBench.All.ToList().IndexOf(platform) + 1) % SandboxBench.All.Count];
        await using var bench = await SandboxBench.SetAsync(platforms: [platform, other]);
        var running = await bench.LaunchedAsync();
        bench.Pass(TimeSpan.FromDays(3));
        var id = await bench.DraftAsync("While it is down");
        bench.Break(platform, CallKinds.Any, FaultKind.Error500, times: 100_000);
        await bench.LaunchAsync(id);

        await bench.DrainAsync(atMost: TimeSpan.FromMinutes(30));
        var (down, up) = (await bench.SyncAsync(platform), await bench.SyncAsync(other));

        await bench.ShouldRunOnceAsync(id, other);
        (up.Status, up.FailureText).ShouldBe((Core.Insights.SyncStatus.Succeeded, null));
        (down.Status, down.RetryAt > bench.Now).ShouldBe((Core.Insights.SyncStatus.Failed, true), down.FailureText);
        (await bench.OnAsync(id, platform)).Status.ShouldBe(PlatformStatus.Launching);
        await bench.DrainAsync(atMost: TimeSpan.FromMinutes(30));
        bench.Mend();
        bench.Pass(TimeSpan.FromMinutes(10));
        await bench.DrainAsync();
        await bench.ShouldRunOnceAsync(id, platform);
        await bench.ShouldRunOnceAsync(running, platform);
        (await bench.SyncAsync(platform)).FailureText.ShouldBeNull();
    }
}
