using System.Diagnostics;
using AdStudio.Core.Insights;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Benchmarks;

/// <summary>
/// The first reading of ninety days of every platform's numbers, end to end: asked for over HTTP by the real adapters, answered by the sandbox, checked, stored, added up. The sandbox works in the same
/// process, so what it takes to make up its numbers is in the time of the calls; "own" is everything else: adapters after the answer, checks, the database.
/// </summary>
internal static class SyncBenchmark
{
    private const int Days = 90;

    /// <param name="quick">Four campaigns instead of twenty on each platform.</param>
    public static async Task RunAsync(bool quick)
    {
        var campaigns = quick ? 4 : 20;
        await using var studio = await SandboxedStudio.StartAsync();
        Console.WriteLine($"Launching {campaigns} campaigns on every platform …");
        await studio.LaunchAsync(campaigns);
        await studio.LiveAsync(Days);
        using var calls = new CallTime();

        Console.WriteLine($"Reading {Days} days of each …");
        Console.WriteLine();
        Console.WriteLine($"| {"Platform",-10} | {"Facts",7} | {"Calls",5} | {"Seconds",7} | {"Facts/s",7} | {"In calls",8} | {"Own",5} | {"Own, facts/s",12} | {"Waits jumped",12} |");
        Console.WriteLine("|------------|---------|-------|---------|---------|----------|-------|--------------|--------------|");
        var (facts, seconds, within, count) = (0L, 0.0, 0.0, 0);
        foreach (var account in await studio.AccountsAsync())
        {
            calls.Reset();
            var (start, waited) = (Stopwatch.GetTimestamp(), studio.Clock.Waited);
            var run = (await studio.Get<SyncInsights>().RunAsync(studio.Actor, account.Id, default)).Value;
            var took = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (run.Status != SyncStatus.Succeeded) throw new InvalidOperationException($"{account.Platform}: {run.FailureText}");
            Print(account.Platform.ToString(), run.RowsStored, calls.Count, took, calls.Seconds, $"{(studio.Clock.Waited - waited).TotalSeconds:0} s");
            (facts, seconds, within, count) = (facts + run.RowsStored, seconds + took, within + calls.Seconds, count + calls.Count);
        }
        Print("All", facts, count, seconds, within, "");
        await using var db = await studio.Studio.OpenAsync(studio.Actor, default);
        Console.WriteLine();
        Console.WriteLine($"{await db.MetricFacts.CountAsync():N0} facts are stored, {await db.MetricFacts.CountAsync(f => f.Breakdown != ""):N0} of them by age, country and so on.");
    }

    private static void Print(string name, long facts, int calls, double seconds, double within, string waits) => Console.WriteLine(
        $"| {name,-10} | {facts,7} | {calls,5} | {seconds,7:0.00} | {facts / seconds,7:0} | {within / seconds,8:P0} | {1 - within / seconds,5:P0} | {facts / (seconds - within),12:0} | {waits,12} |");

    /// <summary>How long at least one call of a platform was under way.</summary>
    private sealed class CallTime : IDisposable
    {
        private readonly ActivityListener listener;
        private readonly Lock gate = new();
        private int open;
        private long since;
        private TimeSpan total;

        public CallTime()
        {
            listener = new()
            {
                ShouldListenTo = source => source.Name == "AdStudio.Platforms", Sample = (ref _) => ActivitySamplingResult.AllData,
                ActivityStarted = _ => { lock (gate) if (open++ == 0) since = Stopwatch.GetTimestamp(); },
                ActivityStopped = _ =>
                {
                    lock (gate)
                    {
                        Count++;
                        if (--open == 0) total += Stopwatch.GetElapsedTime(since);
                    }
                },
            };
            ActivitySource.AddActivityListener(listener);
        }

        public int Count { get; private set; }
        public double Seconds => total.TotalSeconds;
        public void Reset() => (Count, total) = (0, TimeSpan.Zero);
        public void Dispose() => listener.Dispose();
    }
}
