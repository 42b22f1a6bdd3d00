using AdStudio.Core.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace AdStudio.Infrastructure.Data.Sqlite;

public sealed class SqliteStudioDb(DbContextOptions<SqliteStudioDb> options) : StudioDb(options)
{
    public override bool IsDuplicate(DbUpdateException failure) =>
        failure.InnerException is SqliteException { SqliteExtendedErrorCode: 2067 or 1555 }; // SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY
}

/// <summary>For <c>dotnet ef</c>.</summary>
public sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteStudioDb>
{
    public SqliteStudioDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteStudioDb>().UseSqlite("Data Source=design.db").UseApplicationServiceProvider(IdentitySchema.Services).Options);
}
