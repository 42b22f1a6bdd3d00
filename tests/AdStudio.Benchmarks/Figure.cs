using System.Diagnostics;

namespace AdStudio.Benchmarks;

/// <param name="Ratio">Studio to floor, the median over the rounds; lowest and highest show how steady it is.</param>
internal sealed record Figure(string What, string Studio, string Floor, double Ratio, double Lowest, double Highest, int Rounds, string Aim);

/// <summary>Measures two ways of doing the same in turns, so that a busy machine slows both.</summary>
internal static class Turns
{
    /// <summary>The seconds of each, round by round; which goes first changes from round to round. The first round warms up and does not count.</summary>
    public static async Task<(double Studio, double Floor)[]> MeasureAsync(int rounds, Func<int, Task> studio, Func<int, Task> floor)
    {
        var times = new (double Studio, double Floor)[rounds];
        for (var round = -1; round < rounds; round++)
        {
            double ours, theirs;
            if (round % 2 == 0) (ours, theirs) = (await TimeAsync(studio, round), await TimeAsync(floor, round));
            else (theirs, ours) = (await TimeAsync(floor, round), await TimeAsync(studio, round));
            if (round >= 0) times[round] = (ours, theirs);
        }
        return times;
    }

    public static double Median(this IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private static async Task<double> TimeAsync(Func<int, Task> work, int round)
    {
        var start = Stopwatch.GetTimestamp();
        await work(round);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
