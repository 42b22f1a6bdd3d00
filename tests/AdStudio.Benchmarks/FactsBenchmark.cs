using AdStudio.Core.Insights;
using Microsoft.Data.Sqlite;

namespace AdStudio.Benchmarks;

/// <summary>
/// Facts stored a second, with the zeros, the restatements and the roll-ups that belong to them, against the same rows by one prepared upsert in one transaction and nothing else.
/// Each round stores two weeks anew and then reads them once more, changed.
/// </summary>
internal static class FactsBenchmark
{
    private const int Days = 14;

    public static async Task<Figure> MeasureAsync(bool quick)
    {
        var (campaigns, rounds) = quick ? (40, 3) : (200, 7);
        await using var ours = await BenchDatabase.CreateAsync(1);
        await using var raw = await BenchDatabase.CreateAsync(1);
        var (ourCampaigns, rawCampaigns) = (await ours.AddCampaignsAsync(ours.Accounts[0], campaigns), await raw.AddCampaignsAsync(raw.Accounts[0], campaigns));
        var writer = ours.Get<IFactWriter>();
        await using var connection = new SqliteConnection(raw.ConnectionString);
        await connection.OpenAsync();

        var first = new DateOnly(2026, 1, 1);
        var readAt = new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);
        var times = await Turns.MeasureAsync(rounds,
            async round =>
            {
                foreach (var reading in Readings(ourCampaigns, round))
                {
                    await using var db = await ours.Studio.OpenAsync(ours.Actor, default);
                    await writer.WriteAsync(db, new AnsweredDays(ours.Accounts[0], RangeOf(round), first.AddDays(-1), reading[0].ReadAt, reading), default);
                }
            },
            round =>
            {
                foreach (var reading in Readings(rawCampaigns, round)) Store(connection, reading);
                return Task.CompletedTask;
            });

        var rows = 2d * campaigns * 15 * Days;
        var ratios = times.Select(t => t.Floor / t.Studio).ToList();
        return new Figure("Facts stored a second, roll-ups included", $"{rows / times.Select(t => t.Studio).Median():N0}/s", $"{rows / times.Select(t => t.Floor).Median():N0}/s",
            ratios.Median(), ratios.Min(), ratios.Max(), rounds, "≥ 0.5");

        DayRange RangeOf(int round) => new(first.AddDays((round + 1) * Days), first.AddDays((round + 2) * Days - 1));

        IEnumerable<List<MetricFact>> Readings(IReadOnlyList<Entities> of, int round)
        {
            for (var reading = 0; reading < 2; reading++)
                yield return [.. of.SelectMany(c => RangeOf(round).Each().SelectMany(day => BenchDatabase.Facts(c, day, readAt.AddHours(round * 2 + reading), reading)))];
        }
    }

    private static void Store(SqliteConnection connection, List<MetricFact> facts)
    {
        using var transaction = connection.BeginTransaction();
        using var command = new SqliteCommand("""
            INSERT INTO MetricFacts (EntityId, Day, Breakdown, OrganizationId, AdAccountId, PlatformCampaignId, Level, Impressions, Clicks, SpendMicros, ConversionsMicros, ValueMicros, Reach, ReadAt, IsFinal)
            VALUES ($a, $b, $c, $d, $e, $f, $g, $h, $i, $j, $k, $l, $m, $n, $o)
            ON CONFLICT (EntityId, Day, Breakdown) DO UPDATE SET Impressions = excluded.Impressions, Clicks = excluded.Clicks, SpendMicros = excluded.SpendMicros,
                ConversionsMicros = excluded.ConversionsMicros, ValueMicros = excluded.ValueMicros, Reach = excluded.Reach, ReadAt = excluded.ReadAt, IsFinal = excluded.IsFinal
            """, connection, transaction);
        var parameters = "abcdefghijklmno".Select(letter => command.Parameters.Add("$" + letter, letter is >= 'h' and <= 'm' or 'o' ? SqliteType.Integer : SqliteType.Text)).ToArray();
        command.Prepare();
        foreach (var fact in facts)
        {
            (parameters[0].Value, parameters[1].Value, parameters[2].Value, parameters[3].Value) = (fact.EntityId, fact.Day, fact.Breakdown, fact.OrganizationId);
            (parameters[4].Value, parameters[5].Value, parameters[6].Value, parameters[7].Value) = (fact.AdAccountId, fact.PlatformCampaignId, fact.Level.ToString(), fact.Impressions);
            (parameters[8].Value, parameters[9].Value, parameters[10].Value, parameters[11].Value) = (fact.Clicks, fact.SpendMicros, fact.ConversionsMicros, fact.ValueMicros);
            (parameters[12].Value, parameters[13].Value, parameters[14].Value) = (fact.Reach ?? (object)DBNull.Value, fact.ReadAt.UtcDateTime, fact.IsFinal);
            command.ExecuteNonQuery();
        }
        transaction.Commit();
    }
}
