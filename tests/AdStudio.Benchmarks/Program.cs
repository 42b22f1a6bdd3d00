using System.Globalization;
using AdStudio.Benchmarks;

// Figures, each as a ratio against its floor measured in the same run: what matters is how far the studio stays behind what the machine can do.
// Names as arguments ("facts", "overview", "campaign", "tail", "create") run only those; "quick" takes less data.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var quick = args.Contains("quick");
if (args.Contains("sync"))
{
    // Counts and shares instead of a ratio to a floor, and never among the others.
    await SyncBenchmark.RunAsync(quick);
    return;
}
var chosen = args.Where(a => a != "quick").ToHashSet();
var benchmarks = new (string Name, Func<bool, Task<Figure>> Measure)[] { ("facts", FactsBenchmark.MeasureAsync), ("overview", OverviewBenchmark.MeasureAsync), ("campaign", CampaignBenchmark.MeasureAsync), ("tail", CampaignBenchmark.MeasureTailAsync), ("create", CreateBenchmark.MeasureAsync) };

List<Figure> figures = [];
foreach (var (name, measure) in benchmarks)
{
    if (chosen.Count > 0 && !chosen.Contains(name)) continue;
    Console.WriteLine($"Measuring {name} …");
    figures.Add(await measure(quick));
}

Console.WriteLine();
Console.WriteLine($"| {"What",-44} | {"Studio",-18} | {"Floor",-18} | {"Ratio",6} | {"Aim",-8} | {"Rounds",-15} |");
Console.WriteLine($"|{new string('-', 46)}|{new string('-', 20)}|{new string('-', 20)}|{new string('-', 8)}|{new string('-', 10)}|{new string('-', 17)}|");
foreach (var figure in figures)
    Console.WriteLine($"| {figure.What,-44} | {figure.Studio,-18} | {figure.Floor,-18} | {figure.Ratio,6:0.00} | {figure.Aim,-8} | {figure.Lowest:0.00} to {figure.Highest:0.00} ({figure.Rounds}) |");
