using AdStudio.Core.Connections;
using AdStudio.Core.Insights;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Operations;

/// <summary>What bad days have in common: on which platforms there are any, and what a bench is asked on them.</summary>
internal static class BadDays
{
    public static TheoryData<Platform> Everywhere() => [.. PlatformSite.All.Select(s => s.Platform)];

    /// <param name="whyNot">Why a platform knows no such day; null when it does.</param>
    public static TheoryData<Platform> Where(Func<Platform, string?> whyNot) => [.. PlatformSite.All.Select(s => s.Platform).Where(p => whyNot(p) is null)];

    public static void Break(this SandboxBench bench, Platform platform, string calls, AdStudio.Sandbox.Faults.FaultKind fault, int times = 1, int retryAfterSeconds = 600) =>
        bench.Sandbox.Control.Faults.Arm(platform.Wire(), calls, fault, times, retryAfterSeconds);

    public static void Mend(this SandboxBench bench) => bench.Sandbox.Control.Faults.Clear();

    /// <summary>Nothing that the platform ever gave counts any more: neither tokens, nor what renews them, nor keys.</summary>
    public static void TakeBackEverything(this SandboxBench bench, Platform platform)
    {
        bench.Sandbox.Control.RevokeGrants(platform.Wire());
        bench.Break(platform, AdStudio.Sandbox.Faults.CallKinds.Token, AdStudio.Sandbox.Faults.FaultKind.ExpiredToken, times: 1000);
    }

    /// <summary>Runs, whole, and only once.</summary>
    public static async Task ShouldRunOnceAsync(this SandboxBench bench, Guid campaignId, Platform platform)
    {
        var there = await bench.OnAsync(campaignId, platform);
        $"{there.Status}: {there.FailureKind} {there.StatusDetail}".ShouldStartWith(there.Status == PlatformStatus.InReview ? "InReview: " : "Active: ");
        (await Made.OfAsync(bench, campaignId, platform)).Wrong.ShouldBeEmpty();
        bench.Bugs.ShouldBeEmpty();
    }

    /// <summary>Is not shown as if all were well, says why, and nothing that was made spends.</summary>
    public static async Task ShouldHaveFailedAsync(this SandboxBench bench, Guid campaignId, Platform platform, string words, params PlatformFailureKind[] kinds)
    {
        var there = await bench.OnAsync(campaignId, platform);
        there.Status.ShouldBe(PlatformStatus.Failed, there.StatusDetail);
        there.FailureKind!.Value.ShouldBeOneOf(kinds.Length > 0 ? kinds : Enum.GetValues<PlatformFailureKind>());
        there.StatusDetail.ShouldNotBeNull().ShouldContain(words, Case.Insensitive);
        (await Made.OfAsync(bench, campaignId, platform)).IsHalfOn.ShouldBeFalse();
        bench.Bugs.ShouldBeEmpty();
    }

    public static async Task ShouldSayToReconnectAsync(this SandboxBench bench, Platform platform)
    {
        var connection = await bench.ConnectionAsync(platform);
        connection.Health.ShouldBe(ConnectionHealth.Expired);
        connection.HealthDetail.ShouldNotBeNull().ShouldContain("reconnect");
    }

    public static async Task<SyncRun> SyncAsync(this SandboxBench bench, Platform platform) => (await bench.Get<SyncInsights>().RunAsync(bench.Scene.Admin, bench.Accounts[platform].Id, default)).Value;

    public static async Task<SyncState> SyncStateAsync(this SandboxBench bench) => (await bench.Get<GetSyncState>().RunAsync(bench.Scene.Admin, bench.Scene.Workspace.Id, default)).Value;

    /// <summary>What the studio reads by itself now; null when nothing is due.</summary>
    public static async Task<SyncRun?> SyncDueAsync(this SandboxBench bench)
    {
        await bench.Get<SyncQueue>().AskDueAsync(default);
        if (await bench.Get<SyncQueue>().NextAsync([], default) is not { } next) return null;
        return (await bench.Get<CarryOutSync>().RunAsync(Core.Common.Actor.Studio(next.OrganizationId), next.RunId, default)).Value;
    }

    public static async Task RetryAsync(this SandboxBench bench, Guid campaignId, Platform platform)
    {
        (await bench.Get<RetryLaunch>().RunAsync(bench.Scene.Admin, campaignId, platform, default)).Refusal.ShouldBeNull();
        await bench.DrainAsync();
    }
}
