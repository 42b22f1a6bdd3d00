using AdStudio.Core.Data;
using AdStudio.Infrastructure.Data;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Tests.Support;

/// <summary>
/// A migrated database of its own: a SQLite file, or a database on the server that ADSTUDIO_TEST_SQLSERVER names.
/// The file is a copy of one that was migrated once in this process.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly string? SqlServer = Environment.GetEnvironmentVariable("ADSTUDIO_TEST_SQLSERVER");
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    private readonly string folder = Directory.CreateTempSubdirectory("adstudio-test-").FullName;
    private readonly string name = $"AdStudioTest_{Guid.NewGuid():N}";

    private TestDatabase() { }

    public string Folder => folder;

    public static async Task<TestDatabase> CreateAsync()
    {
        var database = new TestDatabase();
        if (SqlServer is null) File.Copy(await Template.Value, Path.Combine(database.folder, "studio.db"));
        else await MigrateAsync(database.Settings);
        return database;
    }

    public IReadOnlyDictionary<string, string?> Settings => SqlServer is null
        ? SqliteSettings(Path.Combine(folder, "studio.db"))
        : new Dictionary<string, string?> { ["Database:Provider"] = "SqlServer", ["ConnectionStrings:AdStudio"] = $"{SqlServer};Database={name}" };

    public async ValueTask DisposeAsync()
    {
        if (SqlServer is not null)
        {
            await using var services = Services(Settings);
            await using var db = await services.GetRequiredService<Studio>().OpenForEveryoneAsync(CancellationToken.None);
            await db.Database.EnsureDeletedAsync();
        }
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static Dictionary<string, string?> SqliteSettings(string file) => new() { ["Database:Provider"] = "Sqlite", ["ConnectionStrings:AdStudio"] = $"Data Source={file}" };

    private static async Task<string> MakeTemplateAsync()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("adstudio-template-").FullName, "studio.db");
        await MigrateAsync(SqliteSettings(file));
        await using (var services = Services(SqliteSettings(file)))
        await using (var db = await services.GetRequiredService<Studio>().OpenForEveryoneAsync(CancellationToken.None))
            await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(db.Database, "PRAGMA wal_checkpoint(TRUNCATE)");
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        return file;
    }

    private static async Task MigrateAsync(IReadOnlyDictionary<string, string?> settings)
    {
        await using var services = Services(settings);
        await DatabaseSetup.MigrateAsync(services, CancellationToken.None);
    }

    private static ServiceProvider Services(IReadOnlyDictionary<string, string?> settings) =>
        new ServiceCollection().AddSingleton(TimeProvider.System).AddStudioDatabase(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();
}
