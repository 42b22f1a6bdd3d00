using System.Diagnostics;
using System.Net;

namespace AdStudio.Benchmarks;

/// <summary>Campaigns asked for with a bearer token of the whole app, against a bare Kestrel that answers a constant JSON of the same size. Both in this process, over loopback.</summary>
internal static class CampaignBenchmark
{
    private const int Campaigns = 50;

    /// <summary>Many campaigns in turn, so that what stands for a moment helps no more than it does in life.</summary>
    public static async Task<Figure> MeasureAsync(bool quick)
    {
        var (calls, rounds) = quick ? (1_000, 3) : (6_000, 7);
        await using var database = await BenchDatabase.CreateAsync(2);
        var paths = (await database.AddCampaignsAsync(database.Accounts[0], Campaigns)).Select(c => $"/api/crm/ads/campaigns/{c.OnPlatform.CampaignId}").ToArray();
        await using var app = ServedStudio.Start(database);
        using var ours = await ServedStudio.CallerAsync(app, database, 8);
        var body = await ours.GetByteArrayAsync(paths[0]);

        await using var bare = await ServedStudio.BareAsync(body);
        using var floor = ServedStudio.Client(new Uri(bare.Urls.First()), 8);
        var times = await Turns.MeasureAsync(rounds, _ => CallAsync(ours, paths, calls, 8), _ => CallAsync(floor, ["/"], calls, 8));

        var ratios = times.Select(t => t.Floor / t.Studio).ToList();
        return new Figure($"GET campaign a second ({body.Length} bytes)", $"{calls / times.Select(t => t.Studio).Median():N0}/s", $"{calls / times.Select(t => t.Floor).Median():N0}/s",
            ratios.Median(), ratios.Min(), ratios.Max(), rounds, "≥ 0.30");
    }

    /// <summary>The slowest hundredth of the answers to 64 who ask at once, as a multiple of the middle one.</summary>
    public static async Task<Figure> MeasureTailAsync(bool quick)
    {
        const int callers = 64;
        var (calls, rounds) = quick ? (4_000, 3) : (20_000, 7);
        await using var database = await BenchDatabase.CreateAsync(2);
        var paths = (await database.AddCampaignsAsync(database.Accounts[0], Campaigns)).Select(c => $"/api/crm/ads/campaigns/{c.OnPlatform.CampaignId}").ToArray();
        await using var app = ServedStudio.Start(database);
        using var ours = await ServedStudio.CallerAsync(app, database, callers);
        await CallAsync(ours, paths, calls, callers);

        List<(double Half, double Last)> found = [];
        for (var round = 0; round < rounds; round++)
        {
            var taken = (await CallAsync(ours, paths, calls, callers)).Order().ToArray();
            found.Add((taken[taken.Length / 2], taken[taken.Length * 99 / 100]));
        }
        var ratios = found.Select(f => f.Last / f.Half).ToList();
        return new Figure("GET campaign, 64 at once: p99 to p50", $"p99 {found.Select(f => f.Last).Median():0.0} ms", $"p50 {found.Select(f => f.Half).Median():0.0} ms", ratios.Median(), ratios.Min(), ratios.Max(), rounds, "≤ 5");
    }

    /// <summary>What each call took, in milliseconds.</summary>
    private static async Task<IReadOnlyCollection<double>> CallAsync(HttpClient client, string[] paths, int calls, int callers)
    {
        var (left, taken) = (calls, new double[calls]);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) is >= 0 and var call)
            {
                var (path, start) = (paths[call % paths.Length], Stopwatch.GetTimestamp());
                using var answer = await client.GetAsync(path);
                if (answer.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}.");
                await answer.Content.ReadAsByteArrayAsync();
                taken[call] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }));
        return taken;
    }
}
