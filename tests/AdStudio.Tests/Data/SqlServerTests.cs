using AdStudio.Infrastructure.Data;
using AdStudio.Infrastructure.Data.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Data;

/// <summary>What can be proved of SQL Server without one: its client can send every kind of parameter that the studio uses.</summary>
public sealed class SqlServerTests
{
    public static TheoryData<object> Values => new(1, 1L, "Grüße", 12.5m, DateTime.UnixEpoch, Guid.Empty, new byte[] { 1, 2 }, new DateOnly(2026, 1, 1), true, DBNull.Value);

    [Theory, MemberData(nameof(Values))]
    public async Task A_command_with_a_parameter_reaches_the_server(object value)
    {
        await using var server = new TdsListener();
        await using var connection = new SqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "update t set a = @value";
        command.Parameters.AddWithValue("@value", value);

        await Should.NotThrowAsync(() => command.ExecuteNonQueryAsync());
    }

    [Fact]
    public async Task A_query_of_the_studio_reaches_the_server()
    {
        await using var server = new TdsListener();
        await using var db = new SqlServerStudioDb(new DbContextOptionsBuilder<SqlServerStudioDb>()
            .UseSqlServer(server.ConnectionString).UseApplicationServiceProvider(IdentitySchema.Services).Options);
        var name = "Spring";

        (await db.Campaigns.Where(c => c.Name == name && c.BudgetMicros > 1 && c.CreatedAt > DateTimeOffset.UnixEpoch).ToListAsync()).ShouldBeEmpty();
    }
}
