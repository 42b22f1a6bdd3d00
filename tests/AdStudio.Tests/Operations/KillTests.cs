using AdStudio.Core.Campaigns;
using AdStudio.Core.Platforms;
using AdStudio.Sandbox;
using AdStudio.Sandbox.Faults;
using AdStudio.Tests.Sandbox;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace AdStudio.Tests.Operations;

/// <summary>
/// A worker in a process of its own, killed with SIGKILL while it launches; the sandbox lives on here. Each campaign's name is in the names of all that is made for it, so that what is made twice is seen.
/// </summary>
public sealed class KillTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private SandboxHost sandbox = null!;
    private LaunchBench bench = null!;
    private WorkerProcess worker = null!;

    public async Task InitializeAsync()
    {
        sandbox = await SandboxHost.StartAsync(o => o.FaultTimeout = TimeSpan.FromSeconds(2));
        bench = await LaunchBench.SetAsync(sandbox);
        worker = await WorkerProcess.StartAsync(bench.Settings);
    }

    public async Task DisposeAsync()
    {
        await worker.DisposeAsync();
        await bench.DisposeAsync();
        await sandbox.DisposeAsync();
    }

    [Fact]
    public async Task Killed_at_each_step_right_after_the_platform_did_it()
    {
        var launched = new List<Guid>();
        var steps = SandboxLaunchTests.Changes.ToLookup(c => c.Platform, c => c.Call);
        for (var step = 0; step < steps.Max(platform => platform.Count()); step++)
        {
            foreach (var platform in steps.Where(p => step < p.Count())) sandbox.Control.Faults.Arm(platform.Key, platform.ElementAt(step), FaultKind.TimeoutAfter);
            launched.Add(await LaunchAsync($"Step {step:00}"));
            await UntilAsync(() => Task.FromResult(sandbox.Control.Faults.Armed().Count == 0)); // the work is done on both, and its answers hang
            await KillAndRestartAsync();
            NothingHalfMadeIsOn();
        }
        await EverythingStandsOnceAsync(launched);
    }

    [Fact]
    public async Task Killed_twenty_times_at_random_with_answers_lost()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var launched = new List<Guid>();
        for (var kill = 0; kill < 20; kill++)
        {
            var (platform, call) = SandboxLaunchTests.Changes[random.Next(SandboxLaunchTests.Changes.Length)];
            sandbox.Control.Faults.Arm(platform, call, FaultKind.TimeoutAfter);
            launched.Add(await LaunchAsync($"Kill {kill:00}"));
            await Task.Delay(random.Next(20, 900));
            await KillAndRestartAsync();
            NothingHalfMadeIsOn();
        }
        sandbox.Control.Faults.Clear();
        await EverythingStandsOnceAsync(launched);
    }

    private async Task<Guid> LaunchAsync(string name)
    {
        var id = await bench.DraftAsync(name);
        (await bench.LaunchAsync(id)).IsDone.ShouldBeTrue();
        return id;
    }

    private async Task KillAndRestartAsync()
    {
        await worker.KillAsync();
        await worker.DisposeAsync();
        worker = await WorkerProcess.StartAsync(bench.Settings);
    }

    private async Task EverythingStandsOnceAsync(List<Guid> launched)
    {
        await UntilAsync(async () =>
        {
            await using var db = await bench.Studio.OpenForEveryoneAsync(CancellationToken.None);
            return !await db.Operations.AnyAsync(o => o.ActiveKey != null);
        });
        var wrong = new List<string>();
        foreach (var id in launched)
        {
            var campaign = await bench.ReadAsync(id);
            foreach (var platform in campaign.Platforms)
            {
                if (platform.Status is not (PlatformStatus.Active or PlatformStatus.InReview)) wrong.Add($"{campaign.Name} on {platform.Platform} is {platform.Status}: {platform.StatusDetail}");
                var made = Belonging(platform.Platform.Wire(), campaign.Name).Select(o => o.Kind).Order().ToList();
                if (!made.SequenceEqual(["ad", "adset", "campaign"])) wrong.Add($"{campaign.Name} on {platform.Platform} made {string.Join(", ", made)}");
            }
        }
        sandbox.Control.Objects().Count(o => o.Kind == "campaign").ShouldBe(launched.Count * 2);
        wrong.ShouldBeEmpty(string.Join('\n', worker.Log));
        NothingHalfMadeIsOn();
    }

    /// <summary>A campaign that is switched on has its ad set and its ad, switched on as well.</summary>
    private void NothingHalfMadeIsOn()
    {
        var objects = sandbox.Control.Objects();
        foreach (var campaign in objects.Where(o => o.Kind == "campaign" && IsOn(o)))
        {
            var adSet = objects.SingleOrDefault(o => o.Kind == "adset" && o.ParentId == campaign.Id && IsOn(o)).ShouldNotBeNull(campaign.Name);
            objects.SingleOrDefault(o => o.Kind == "ad" && o.ParentId == adSet.Id && IsOn(o)).ShouldNotBeNull(campaign.Name);
        }
    }

    private List<SandboxItem> Belonging(string platform, string name)
    {
        var objects = sandbox.Control.Objects(platform);
        var campaigns = objects.Where(o => o.Kind == "campaign" && o.Name.StartsWith(name, StringComparison.Ordinal)).ToList();
        var adSets = objects.Where(o => o.Kind == "adset" && campaigns.Exists(c => c.Id == o.ParentId)).ToList();
        return [.. campaigns, .. adSets, .. objects.Where(o => o.Kind == "ad" && adSets.Exists(s => s.Id == o.ParentId))];
    }

    private static bool IsOn(SandboxItem item) => item.Status is "ACTIVE" or "ENABLED";

    private static async Task UntilAsync(Func<Task<bool>> happened)
    {
        var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!await happened())
        {
            if (Environment.TickCount64 > deadline) throw new TimeoutException("It did not happen in time.");
            await Task.Delay(25);
        }
    }
}
