using System.Data.Common;
using AdStudio.Core.Insights;
using Microsoft.Data.Sqlite;

namespace AdStudio.Infrastructure.Data.Sqlite;

/// <summary>SQLite: one prepared upsert, run once for each row. (Statements of many rows are slower: their parameters are looked up by name.)</summary>
internal sealed class SqliteFactWriter : FactWriter
{
    public static readonly string Upsert =
        $"""
        INSERT INTO "MetricFacts" ({string.Join(", ", Columns.Select(c => $"\"{c}\""))}) VALUES ({string.Join(", ", Columns.Select(c => "$" + c))})
        ON CONFLICT ({string.Join(", ", Key.Select(c => $"\"{c}\""))}) DO UPDATE SET {string.Join(", ", Values.Select(c => $"\"{c}\" = excluded.\"{c}\""))}
        """;

    protected override Task<int> UpsertAsync(DbConnection connection, DbTransaction transaction, IReadOnlyList<MetricFact> facts, CancellationToken ct)
    {
        using var command = new SqliteCommand(Upsert, (SqliteConnection)connection, (SqliteTransaction)transaction);
        var parameters = Columns.Select(column => command.Parameters.Add("$" + column, TypeOf(column))).ToArray();
        command.Prepare();
        var texts = new Texts();
        var stored = 0;
        foreach (var fact in facts)
        {
            ct.ThrowIfCancellationRequested();
            object?[] row =
            [
                texts.Of(fact.EntityId), texts.Of(fact.Day), fact.Breakdown, texts.Of(fact.OrganizationId), texts.Of(fact.AdAccountId), texts.Of(fact.PlatformCampaignId), texts.Of(fact.Level),
                fact.Impressions, fact.Clicks, fact.SpendMicros, fact.ConversionsMicros, fact.ValueMicros, fact.Reach, texts.Of(fact.ReadAt), fact.IsFinal ? 1L : 0L,
            ];
            for (var i = 0; i < row.Length; i++) parameters[i].Value = row[i] ?? DBNull.Value;
            stored += command.ExecuteNonQuery();
        }
        return Task.FromResult(stored);
    }

    private static SqliteType TypeOf(string column) => column is nameof(MetricFact.Impressions) or nameof(MetricFact.Clicks) or nameof(MetricFact.SpendMicros) or nameof(MetricFact.ConversionsMicros)
        or nameof(MetricFact.ValueMicros) or nameof(MetricFact.Reach) or nameof(MetricFact.IsFinal) ? SqliteType.Integer : SqliteType.Text;

    /// <summary>The texts that SQLite keeps for keys, days and instants, as EF Core writes them; the same few come again and again.</summary>
    private sealed class Texts
    {
        private readonly Dictionary<Guid, string> keys = [];
        private readonly Dictionary<DateOnly, string> days = [];
        private (DateTimeOffset At, string Text) instant = (default, "");

        public string Of(Guid key) => keys.TryGetValue(key, out var text) ? text : keys[key] = key.ToString().ToUpperInvariant();
        public string Of(DateOnly day) => days.TryGetValue(day, out var text) ? text : days[day] = day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        public string Of(DateTimeOffset at)
        {
            if (instant.At != at) instant = (at, at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", System.Globalization.CultureInfo.InvariantCulture));
            return instant.Text;
        }

        public string Of<T>(T level) where T : struct, Enum => level.ToString();
    }
}
