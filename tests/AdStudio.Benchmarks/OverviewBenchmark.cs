using AdStudio.Core.Insights;
using Microsoft.Data.Sqlite;

namespace AdStudio.Benchmarks;

/// <summary>The overview of the last thirty days with the period before, over a million facts, against reading the very rows of the roll-up that it needs by plain SQL.</summary>
internal static class OverviewBenchmark
{
    public static async Task<Figure> MeasureAsync(bool quick)
    {
        var (accounts, campaigns, days, rounds) = quick ? (12, 5, 90, 5) : (12, 31, 180, 15);
        const int calls = 20;
        await using var database = await BenchDatabase.CreateAsync(accounts);
        var last = DateTimeOffset.UtcNow.DayIn("America/New_York");
        var facts = await FillAsync(database, campaigns, new DayRange(last.AddDays(1 - days), last));
        var query = new NumbersQuery { WorkspaceId = database.Workspace.Id, Range = new RangeChoice(RangePreset.Last30Days) };
        var overview = database.Get<GetOverview>();

        var read = 0L;
        var times = await Turns.MeasureAsync(rounds,
            async _ =>
            {
                for (var i = 0; i < calls; i++)
                {
                    if (!(await overview.RunAsync(database.Actor, query, default)).TryGet(out var answer, out var refusal)) throw new InvalidOperationException(refusal.Message);
                    if (answer.Currencies[0].Sums is null) throw new InvalidOperationException("The overview is empty.");
                }
            },
            async _ =>
            {
                for (var i = 0; i < calls; i++) read = await ReadAsync(database, last.AddDays(-59), last);
            });

        var ratios = times.Select(t => t.Studio / t.Floor).ToList();
        return new Figure($"Overview over {facts:N0} facts ({read} roll-up rows)", $"{times.Select(t => t.Studio).Median() / calls * 1000:0.00} ms", $"{times.Select(t => t.Floor).Median() / calls * 1000:0.00} ms",
            ratios.Median(), ratios.Min(), ratios.Max(), rounds, "≤ 3");
    }

    private static async Task<long> FillAsync(BenchDatabase database, int campaigns, DayRange range)
    {
        var writer = database.Get<IFactWriter>();
        var facts = 0L;
        foreach (var account in database.Accounts)
        {
            var entities = await database.AddCampaignsAsync(account, campaigns);
            foreach (var slice in SyncPlan.Slices(range))
            {
                await using var db = await database.Studio.OpenAsync(database.Actor, default);
                List<MetricFact> rows = [.. entities.SelectMany(e => slice.Each().SelectMany(day => BenchDatabase.Facts(e, day, DateTimeOffset.UtcNow, 0)))];
                await writer.WriteAsync(db, new AnsweredDays(account, slice, range.From, rows[0].ReadAt, rows), default);
                facts += rows.Count;
            }
        }
        return facts;
    }

    private static async Task<long> ReadAsync(BenchDatabase database, DateOnly from, DateOnly to)
    {
        await using var connection = new SqliteConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new SqliteCommand("""
            SELECT AdAccountId, Day, Impressions, Clicks, SpendMicros, ConversionsMicros, ValueMicros, ReadAt, IsFinal FROM AccountDays
            WHERE WorkspaceId = $workspace AND Day >= $from AND Day <= $to
            """, connection);
        command.Parameters.AddWithValue("$workspace", database.Workspace.Id);
        command.Parameters.AddWithValue("$from", from);
        command.Parameters.AddWithValue("$to", to);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = 0L;
        var sum = 0L;
        while (await reader.ReadAsync())
        {
            _ = (reader.GetGuid(0), reader.GetFieldValue<DateOnly>(1), reader.GetDateTime(7), reader.GetBoolean(8));
            sum += reader.GetInt64(2) + reader.GetInt64(3) + reader.GetInt64(4) + reader.GetInt64(5) + reader.GetInt64(6);
            rows++;
        }
        return sum > 0 ? rows : 0;
    }
}
