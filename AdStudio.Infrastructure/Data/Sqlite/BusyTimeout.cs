using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace AdStudio.Infrastructure.Data.Sqlite;

/// <summary>
/// Lets SQLite itself wait for another writer: it looks again after a millisecond, then two, then five. Left to the driver, whoever meets a writer sleeps
/// 150 ms, however short the other's work was.
/// </summary>
internal sealed class BusyTimeout : DbConnectionInterceptor
{
    private const int Milliseconds = 10_000;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Set(connection);
        return Task.CompletedTask;
    }

    private static void Set(DbConnection connection)
    {
        if (connection is SqliteConnection { Handle: { } handle }) raw.sqlite3_busy_timeout(handle, Milliseconds);
    }
}
