using System.Net;
using System.Net.Http.Json;
using Microsoft.Data.Sqlite;

namespace AdStudio.Benchmarks;

/// <summary>
/// Campaigns made over the API under an idempotency key, against raw ADO.NET that inserts the same three rows (campaign, audit, kept request) in one transaction
/// of the same database. One after the other on both sides.
/// </summary>
internal static class CreateBenchmark
{
    private static readonly string[] Platforms = ["facebook"];
    private static readonly string[] Tables = ["Campaigns", "AuditEntries", "IdempotentRequests"];

    public static async Task<Figure> MeasureAsync(bool quick)
    {
        var (calls, rounds) = quick ? (100, 3) : (400, 7);
        await using var database = await BenchDatabase.CreateAsync(2);
        await using var app = ServedStudio.Start(database);
        using var ours = await ServedStudio.CallerAsync(app, database, 4);
        await CreateAsync(ours, 1);

        await using var connection = new SqliteConnection(database.ConnectionString);
        await connection.OpenAsync();
        var rows = Tables.Select(table => Insert.LastOf(connection, table)).ToArray();
        var number = 1_000_000;
        var times = await Turns.MeasureAsync(rounds, _ => CreateAsync(ours, calls), _ =>
        {
            for (var i = 0; i < calls; i++)
            {
                using var transaction = connection.BeginTransaction();
                number++;
                foreach (var row in rows) row.Again(transaction, number);
                transaction.Commit();
            }
            return Task.CompletedTask;
        });
        foreach (var row in rows) row.Dispose();

        var ratios = times.Select(t => t.Floor / t.Studio).ToList();
        return new Figure("POST campaign a second, idempotent", $"{calls / times.Select(t => t.Studio).Median():N0}/s", $"{calls / times.Select(t => t.Floor).Median():N0}/s", ratios.Median(), ratios.Min(), ratios.Max(), rounds, "≥ 0.30");
    }

    private static async Task CreateAsync(HttpClient client, int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/crm/ads/campaigns")
            {
                Content = JsonContent.Create(new { name = $"Measured {i}", objective = "traffic", platforms = Platforms, budget = new { type = "daily", amount = 50, currency = "USD" } }),
            };
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            using var answer = await client.SendAsync(request);
            if (answer.StatusCode != HttpStatusCode.Created) throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    /// <summary>A row as the app wrote it, inserted again and again under new keys by one prepared statement.</summary>
    private sealed class Insert : IDisposable
    {
        private readonly SqliteCommand command;

        private Insert(SqliteCommand command) => this.command = command;

        public static Insert LastOf(SqliteConnection connection, string table)
        {
            using var read = connection.CreateCommand();
            read.CommandText = $"SELECT * FROM {table} ORDER BY rowid DESC LIMIT 1";
            using var row = read.ExecuteReader();
            if (!row.Read()) throw new InvalidOperationException($"{table} is empty.");

            var insert = connection.CreateCommand();
            var columns = Enumerable.Range(0, row.FieldCount).ToList();
            insert.CommandText = $"INSERT INTO {table} ({string.Join(", ", columns.Select(c => $"\"{row.GetName(c)}\""))}) VALUES ({string.Join(", ", columns.Select(c => "$" + row.GetName(c)))})";
            foreach (var column in columns) insert.Parameters.AddWithValue("$" + row.GetName(column), row.GetValue(column));
            insert.Prepare();
            return new Insert(insert);
        }

        public void Again(SqliteTransaction transaction, int number)
        {
            command.Transaction = transaction;
            command.Parameters["$Id"].Value = Guid.NewGuid().ToString().ToUpperInvariant();
            if (command.Parameters.Contains("$Number")) command.Parameters["$Number"].Value = number;
            command.ExecuteNonQuery();
        }

        public void Dispose() => command.Dispose();
    }
}
