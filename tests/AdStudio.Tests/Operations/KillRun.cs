using System.Diagnostics;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Sandbox.Faults;
using AdStudio.Tests.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Tests.Operations;

/// <summary>
/// Launches on every platform by a worker in a process of its own, which is killed with SIGKILL after a random number of calls, while calls of the platforms go wrong at random. What is wrong at the end is counted.
/// </summary>
internal sealed class KillRun(SandboxBench bench, int seed, IReadOnlyList<FaultKind> kinds, Action<string> say)
{
    /// <summary>What takes no longer than its time-out. Some platforms count the end of a rate limit in minutes.</summary>
    public static readonly FaultKind[] Quick = [FaultKind.TimeoutAfter, FaultKind.TimeoutBefore, FaultKind.Error500, FaultKind.Malformed];
    private static readonly FaultKind[] All = [.. Quick, FaultKind.TimeoutAfter, FaultKind.RateLimit];

    /// <summary>Every third campaign has these: two campaigns on each platform.</summary>
    private static readonly CountryGroup[] Groups =
    [
        new() { Name = "East", Fraction = 0.5m, Places = [new TargetPlace { Kind = PlaceKind.Country, Name = "United States", Country = "US" }] },
        new() { Name = "West", Fraction = 0.5m, Places = [new TargetPlace { Kind = PlaceKind.Country, Name = "Canada", Country = "CA" }] },
    ];

    private readonly Random random = new(seed);
    private readonly Dictionary<Platform, KillFigures> figures = bench.Accounts.Keys.Order().ToDictionary(p => p, p => new KillFigures(p));
    private readonly List<Guid> launched = [];
    private readonly Dictionary<Guid, Platform> hit = [];

    /// <summary>How often the worker was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>What is wrong, in words.</summary>
    public List<string> Wrong { get; } = [];

    /// <param name="launches">How many have to be hit by a kill on their way, counted on each platform: a campaign on seven platforms is seven.</param>
    /// <param name="atMost">Kills no more after this; what was launched is brought to its end.</param>
    public async Task<IReadOnlyList<KillFigures>> RunAsync(int launches, TimeSpan atMost, TimeSpan patience)
    {
        var since = Stopwatch.StartNew();
        var worker = await WorkerProcess.StartAsync(bench.Settings);
        try
        {
            while (hit.Count < launches && since.Elapsed < atMost)
            {
                ArmSomething();
                while (await DueAsync() < 2 * figures.Count) await LaunchAsync();
                await SomeCallsAsync();
                await CountHitAsync();
                await worker.KillAsync();
                await worker.DisposeAsync();
                Kills++;
                await NothingIsHalfOnAsync();
                worker = await WorkerProcess.StartAsync(bench.Settings);
                if (Kills % 10 == 0) say($"{launched.Count * figures.Count} launches, {hit.Count} of them hit by one of {Kills} kills, {since.Elapsed.TotalSeconds:0} s");
            }
            CountFaults();
            bench.Sandbox.Control.Faults.Clear();
            await worker.DisposeAsync();
            await WaitNoMoreAsync();
            worker = await WorkerProcess.StartAsync(bench.Settings);
            for (var until = since.Elapsed + patience; await OpenAsync() is { Count: > 0 } open && since.Elapsed < until; await Task.Delay(100)) await NothingIsHalfOnAsync();
        }
        finally
        {
            await worker.DisposeAsync();
        }
        await JudgeAsync();
        return [.. figures.Values];
    }

    private void ArmSomething()
    {
        foreach (var platform in figures.Keys.Where(_ => random.NextDouble() < 0.7))
        {
            bench.Sandbox.Control.Faults.Arm(platform.Wire(), SandboxLaunchTests.Changes[random.Next(SandboxLaunchTests.Changes.Length)], kinds[random.Next(kinds.Count)], retryAfterSeconds: 1);
            figures[platform].Armed++;
        }
    }

    private async Task LaunchAsync()
    {
        var groups = launched.Count % 3 == 2 ? Groups : [];
        var id = await bench.DraftAsync($"Kill {launched.Count:000}", null, groups, []);
        var started = await bench.LaunchAsync(id);
        if (!started.IsDone) throw new InvalidOperationException(started.Refusal.ToString());
        launched.Add(id);
        foreach (var platform in figures.Values) platform.Launches += Math.Max(1, groups.Length);
    }

    /// <summary>A random number of calls, each as likely as the other: counted, so that a slow machine is killed at the same steps as a fast one.</summary>
    private async Task SomeCallsAsync()
    {
        var until = bench.Sandbox.Calls + random.Next(1, 25 * figures.Count);
        for (var patience = Stopwatch.StartNew(); bench.Sandbox.Calls < until && patience.Elapsed < TimeSpan.FromSeconds(8) && (await OpenAsync()).Count > 0;) await Task.Delay(5);
    }

    /// <summary>Those that the worker is at in this moment.</summary>
    private async Task CountHitAsync()
    {
        foreach (var running in (await OpenAsync()).Where(o => o.Status == OperationStatus.Running))
        {
            hit[running.Id] = running.Platform;
            figures[running.Platform].Killed = hit.Values.Count(p => p == running.Platform);
        }
    }

    private async Task<int> DueAsync() => (await OpenAsync()).Count(o => o.NotBefore < DateTimeOffset.UtcNow.AddSeconds(2));

    /// <summary>A platform may ask to wait until midnight (LinkedIn); that time is taken for passed. The worker, which would remember it, starts anew.</summary>
    private async Task WaitNoMoreAsync()
    {
        await using var db = await bench.Studio.OpenForEveryoneAsync(CancellationToken.None);
        var now = DateTimeOffset.UtcNow;
        await db.Operations.Where(o => o.Status == OperationStatus.Waiting).ExecuteUpdateAsync(set => set.SetProperty(o => o.NotBefore, now));
    }

    /// <summary>Those that were armed and are no longer were met.</summary>
    private void CountFaults()
    {
        var left = bench.Sandbox.Control.Faults.Armed().ToLookup(f => f.Platform);
        foreach (var platform in figures.Values) platform.Faults = platform.Armed - left[platform.Platform.Wire()].Count();
    }

    private async Task<List<Operation>> OpenAsync()
    {
        await using var db = await bench.Studio.OpenForEveryoneAsync(CancellationToken.None);
        return await db.Operations.AsNoTracking().Where(o => o.ActiveKey != null).ToListAsync();
    }

    private async Task<List<Operation>> LaunchesAsync()
    {
        await using var db = await bench.Studio.OpenForEveryoneAsync(CancellationToken.None);
        return await db.Operations.AsNoTracking().Include(o => o.Steps).Include(o => o.PlatformCampaign).Where(o => o.Kind == OperationKind.Launch).AsSplitQuery().ToListAsync();
    }

    private async Task NothingIsHalfOnAsync()
    {
        var launches = await LaunchesAsync();
        foreach (var half in figures.Keys.Select(p => (p, Objects: bench.Sandbox.Control.Objects(p.Wire()))).SelectMany(p => launches.Where(l => l.Platform == p.p).Select(l => Made.Of(p.Objects, l))).Where(m => m.IsHalfOn))
        {
            figures[half.Platform].HalfOn++;
            Wrong.Add($"Half of it is on: {half.Wrong}");
        }
    }

    private async Task JudgeAsync()
    {
        var launches = await LaunchesAsync();
        foreach (var figure in figures.Values)
        {
            var objects = bench.Sandbox.Control.Objects(figure.Platform.Wire());
            var known = new HashSet<string>();
            foreach (var launch in launches.Where(l => l.Platform == figure.Platform))
            {
                var made = Made.Of(objects, launch);
                known.UnionWith(made.There.Select(o => o.Kind + o.Id));
                figure.Duplicates += made.Duplicates;
                if (made.Wrong.Length > 0) Wrong.Add(made.Wrong);
                if (made.Missing > 0 || launch.PlatformCampaign.Status is not (PlatformStatus.Active or PlatformStatus.InReview))
                {
                    figure.Lost++;
                    Wrong.Add($"{launch.Platform} is {launch.PlatformCampaign.Status}: {launch.Status} {launch.FailureKind} {launch.FailureText}");
                }
            }
            var orphans = objects.Where(o => !known.Contains(o.Kind + o.Id)).ToList();
            figure.Orphans = orphans.Count;
            Wrong.AddRange(orphans.Select(o => $"{figure.Platform} has a {o.Kind} “{o.Name}” that belongs to no launch."));
        }
    }

    /// <summary>The program behind <c>kills</c>: prints its figures, and returns 0 when nothing is wrong.</summary>
    public static async Task<int> MainAsync(int launches, TimeSpan atMost)
    {
        await using var sandbox = await SandboxHost.StartAsync(o => o.FaultTimeout = TimeSpan.FromMilliseconds(300));
        await using var bench = await SandboxBench.SetAsync(sandbox);
        var seed = Environment.TickCount;
        Console.WriteLine($"At least {launches} launches to be hit by a kill, over {bench.Accounts.Count} platforms, at most {atMost.TotalMinutes:0} minutes, seed {seed}.");
        var run = new KillRun(bench, seed, All, Console.WriteLine);
        var since = Stopwatch.StartNew();
        var all = await run.RunAsync(launches, atMost, TimeSpan.FromMinutes(5));

        Console.WriteLine();
        Console.WriteLine($"| {"Platform",-10} | {"Launches",8} | {"Hit by a kill",13} | {"Faults met",10} | {"Duplicates",10} | {"Orphans",7} | {"Lost",4} | {"Half on",7} |");
        Console.WriteLine("|------------|----------|---------------|------------|------------|---------|------|---------|");
        foreach (var f in all.Append(KillFigures.Sum(all))) Console.WriteLine($"| {f.Name,-10} | {f.Launches,8} | {f.Killed,13} | {f.Faults,10} | {f.Duplicates,10} | {f.Orphans,7} | {f.Lost,4} | {f.HalfOn,7} |");
        Console.WriteLine();
        Console.WriteLine($"{run.Kills} kills of the worker in {since.Elapsed.TotalSeconds:0} seconds.");
        foreach (var wrong in run.Wrong) Console.WriteLine(wrong);
        return run.Wrong.Count == 0 ? 0 : 1;
    }
}

/// <param name="Platform">Null in a sum.</param>
internal sealed record KillFigures(Platform? Of)
{
    public Platform Platform => Of!.Value;
    public string Name => Of?.ToString() ?? "All";
    public int Launches { get; set; }

    /// <summary>Launches that the worker was at when it was killed, each counted once however often it was hit.</summary>
    public int Killed { get; set; }
    public int Armed { get; set; }
    public int Faults { get; set; }
    public int Duplicates { get; set; }

    /// <summary>Things on the platform that belong to no launch.</summary>
    public int Orphans { get; set; }

    /// <summary>Launches that did not come to run whole.</summary>
    public int Lost { get; set; }
    public int HalfOn { get; set; }

    public static KillFigures Sum(IReadOnlyCollection<KillFigures> all) => new((Platform?)null)
    {
        Launches = all.Sum(f => f.Launches), Killed = all.Sum(f => f.Killed), Faults = all.Sum(f => f.Faults), Duplicates = all.Sum(f => f.Duplicates), Orphans = all.Sum(f => f.Orphans), Lost = all.Sum(f => f.Lost), HalfOn = all.Sum(f => f.HalfOn),
    };
}
