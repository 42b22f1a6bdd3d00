using AdStudio.Tests.Sandbox;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace AdStudio.Tests.Operations;

/// <summary>A few launches on every platform, each with the worker killed on its way and calls that go wrong. <c>dotnet run --project tests/AdStudio.Tests -- kills 500</c> does the same five hundred times.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Killed_at_random_steps_with_faults_on_every_launch_stands_once()
    {
        await using var sandbox = await SandboxHost.StartAsync(o => o.FaultTimeout = TimeSpan.FromMilliseconds(300));
        await using var bench = await SandboxBench.SetAsync(sandbox);
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var run = new KillRun(bench, seed, KillRun.Quick, output.WriteLine);

        var figures = await run.RunAsync(launches: 2 * SandboxBench.All.Count, atMost: TimeSpan.FromSeconds(20), patience: TimeSpan.FromSeconds(120));

        run.Wrong.ShouldBeEmpty();
        figures.ShouldAllBe(f => f.Launches > 0 && f.Duplicates == 0 && f.Orphans == 0 && f.Lost == 0);
    }
}
