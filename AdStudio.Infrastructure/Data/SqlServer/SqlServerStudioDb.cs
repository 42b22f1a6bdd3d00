using AdStudio.Core.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace AdStudio.Infrastructure.Data.SqlServer;

public sealed class SqlServerStudioDb(DbContextOptions<SqlServerStudioDb> options) : StudioDb(options)
{
    public override bool IsDuplicate(DbUpdateException failure) => failure.InnerException is SqlException { Number: 2601 or 2627 };
}

/// <summary>For <c>dotnet ef</c>; the connection is never opened.</summary>
public sealed class SqlServerDesign : IDesignTimeDbContextFactory<SqlServerStudioDb>
{
    public SqlServerStudioDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlServerStudioDb>().UseSqlServer("Server=localhost;Database=AdStudio").UseApplicationServiceProvider(IdentitySchema.Services).Options);
}
