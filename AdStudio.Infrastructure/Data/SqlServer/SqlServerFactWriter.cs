using System.Data;
using System.Data.Common;
using AdStudio.Core.Insights;
using Microsoft.Data.SqlClient;

namespace AdStudio.Infrastructure.Data.SqlServer;

/// <summary>SQL Server: the rows go into a temporary table in bulk, then overwrite what is there and add what is not, each in one statement.</summary>
internal sealed class SqlServerFactWriter : FactWriter
{
    // SELECT INTO takes the columns' types over from the table itself.
    public static readonly string Stage = $"SELECT TOP 0 {List("f")} INTO #Facts FROM [MetricFacts] f";

    public static readonly string Update =
        $"UPDATE f SET {string.Join(", ", Values.Select(c => $"f.[{c}] = s.[{c}]"))} FROM [MetricFacts] f JOIN #Facts s ON {Match}";

    // The lock on the range of keys keeps a second writer from adding the same row in between.
    public static readonly string Insert =
        $"INSERT INTO [MetricFacts] ({string.Join(", ", Columns.Select(c => $"[{c}]"))}) SELECT {List("s")} FROM #Facts s WHERE NOT EXISTS (SELECT 1 FROM [MetricFacts] f WITH (UPDLOCK, HOLDLOCK) WHERE {Match})";

    private static string Match => string.Join(" AND ", Key.Select(c => $"f.[{c}] = s.[{c}]"));

    protected override async Task<int> UpsertAsync(DbConnection connection, DbTransaction transaction, IReadOnlyList<MetricFact> facts, CancellationToken ct)
    {
        if (facts.Count == 0) return 0;
        var (server, work) = ((SqlConnection)connection, (SqlTransaction)transaction);
        await RunAsync("DROP TABLE IF EXISTS #Facts");
        await RunAsync(Stage);
        using (var bulk = new SqlBulkCopy(server, SqlBulkCopyOptions.Default, work) { DestinationTableName = "#Facts", BatchSize = 10_000, BulkCopyTimeout = 120 })
        {
            foreach (var column in Columns) bulk.ColumnMappings.Add(column, column);
            using var rows = TableOf(facts);
            await bulk.WriteToServerAsync(rows, ct);
        }
        var stored = await RunAsync(Update) + await RunAsync(Insert);
        await RunAsync("DROP TABLE #Facts");
        return stored;

        async Task<int> RunAsync(string sql)
        {
            await using var command = new SqlCommand(sql, server, work) { CommandTimeout = 120 };
            return await command.ExecuteNonQueryAsync(ct);
        }
    }

    public static DataTable TableOf(IReadOnlyList<MetricFact> facts)
    {
        var table = new DataTable { Locale = System.Globalization.CultureInfo.InvariantCulture };
        foreach (var column in Columns) table.Columns.Add(column, TypeOf(column));
        foreach (var f in facts)
        {
            table.Rows.Add(
                f.EntityId, f.Day.ToDateTime(TimeOnly.MinValue), f.Breakdown, f.OrganizationId, f.AdAccountId, f.PlatformCampaignId, f.Level.ToString(),
                f.Impressions, f.Clicks, f.SpendMicros, f.ConversionsMicros, f.ValueMicros, f.Reach ?? (object)DBNull.Value, f.ReadAt.UtcDateTime, f.IsFinal);
        }
        return table;
    }

    private static Type TypeOf(string column) => column switch
    {
        nameof(MetricFact.EntityId) or nameof(MetricFact.OrganizationId) or nameof(MetricFact.AdAccountId) or nameof(MetricFact.PlatformCampaignId) => typeof(Guid),
        nameof(MetricFact.Breakdown) or nameof(MetricFact.Level) => typeof(string),
        nameof(MetricFact.Day) or nameof(MetricFact.ReadAt) => typeof(DateTime),
        nameof(MetricFact.IsFinal) => typeof(bool),
        _ => typeof(long),
    };

    private static string List(string of) => string.Join(", ", Columns.Select(c => $"{of}.[{c}]"));
}
