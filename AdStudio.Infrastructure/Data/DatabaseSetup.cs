using AdStudio.Core.Data;
using AdStudio.Core.Insights;
using AdStudio.Infrastructure.Data.Sqlite;
using AdStudio.Infrastructure.Data.SqlServer;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Infrastructure.Data;

/// <summary>Chooses the database by <c>Database:Provider</c> and <c>ConnectionStrings:AdStudio</c>.</summary>
public static class DatabaseSetup
{
    public static bool IsSqlServer(IConfiguration configuration) =>
        string.Equals(configuration["Database:Provider"], "SqlServer", StringComparison.OrdinalIgnoreCase);

    /// <summary>The connection string, completed: on SQLite foreign keys are on and a busy database is waited for.</summary>
    public static string ConnectionString(IConfiguration configuration)
    {
        var given = configuration.GetConnectionString("AdStudio");
        if (IsSqlServer(configuration)) return given ?? throw new InvalidOperationException("ConnectionStrings:AdStudio is needed for SQL Server.");
        var sqlite = new SqliteConnectionStringBuilder(given ?? "Data Source=data/adstudio.db") { ForeignKeys = true, DefaultTimeout = 30, Pooling = true };
        if (Path.GetDirectoryName(Path.GetFullPath(sqlite.DataSource)) is { } folder) Directory.CreateDirectory(folder);
        return sqlite.ToString();
    }

    public static IServiceCollection AddStudioDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        var connection = ConnectionString(configuration);
        if (IsSqlServer(configuration))
        {
            services.AddPooledDbContextFactory<SqlServerStudioDb>(o => o.UseSqlServer(connection, s => s.EnableRetryOnFailure()));
            services.AddSingleton<IDbContextFactory<StudioDb>, FactoryOf<SqlServerStudioDb>>();
            services.AddSingleton<IFactWriter, SqlServerFactWriter>();
        }
        else
        {
            services.AddPooledDbContextFactory<SqliteStudioDb>(o => o.UseSqlite(connection).AddInterceptors(new BusyTimeout()));
            services.AddSingleton<IDbContextFactory<StudioDb>, FactoryOf<SqliteStudioDb>>();
            services.AddSingleton<IFactWriter, SqliteFactWriter>();
        }
        services.AddIdentitySchema();
        services.AddSingleton<Studio>();
        return services;
    }

    /// <summary>Creates the database or brings it up to date.</summary>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var db = await services.GetRequiredService<Studio>().OpenForEveryoneAsync(ct);
        await db.Database.MigrateAsync(ct);
        if (db.Database.IsSqlite()) await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", ct);
    }

    private sealed class FactoryOf<T>(IDbContextFactory<T> inner) : IDbContextFactory<StudioDb> where T : StudioDb
    {
        public StudioDb CreateDbContext() => inner.CreateDbContext();
        public async Task<StudioDb> CreateDbContextAsync(CancellationToken cancellationToken = default) => await inner.CreateDbContextAsync(cancellationToken);
    }
}
