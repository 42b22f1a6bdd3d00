using AdStudio.Core.Accounts;
using AdStudio.Core.Data;
using AdStudio.Infrastructure.Data.Sqlite;
using AdStudio.Infrastructure.Data.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Data;

/// <summary>One model, two databases: what holds of the model itself, without any database.</summary>
public sealed class ModelTests
{
    private static readonly SqliteStudioDb Sqlite = new SqliteDesign().CreateDbContext([]);
    private static readonly SqlServerStudioDb SqlServer = new SqlServerDesign().CreateDbContext([]);

    public static TheoryData<string> Providers => new("Sqlite", "SqlServer");

    private static DbContext ContextOf(string provider) => provider == "Sqlite" ? Sqlite : SqlServer;
    private static IModel ModelOf(DbContext db) => db.GetService<IDesignTimeModel>().Model;

    [Fact]
    public void Both_databases_have_the_same_model()
    {
        Describe(ModelOf(SqlServer)).ShouldBe(Describe(ModelOf(Sqlite)));

        static IEnumerable<string> Describe(IModel model) =>
            from entity in model.GetEntityTypes().OrderBy(e => e.Name)
            from line in entity.GetProperties().Select(p => $"{p.Name}: {p.ClrType.Name}, {(p.IsNullable ? "optional" : "needed")}, {p.GetMaxLength()}, {(p.IsConcurrencyToken ? "version" : "")}")
                .Concat(entity.GetKeys().Select(k => "key " + Names(k.Properties)))
                .Concat(entity.GetForeignKeys().Select(k => $"foreign key {Names(k.Properties)} to {k.PrincipalEntityType.ShortName()}, {k.DeleteBehavior}"))
                .Concat(entity.GetIndexes().Select(i => $"{(i.IsUnique ? "unique index" : "index")} {Names(i.Properties)}"))
                .Order()
            select $"{entity.ShortName()}: {line}";
    }

    [Theory, MemberData(nameof(Providers))]
    public void The_migrations_are_up_to_date_with_the_model(string provider) => ContextOf(provider).Database.HasPendingModelChanges().ShouldBeFalse("run build/migrations.sh");

    [Fact]
    public void The_script_for_SQL_Server_makes_every_table()
    {
        var script = SqlServer.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

        foreach (var table in ModelOf(SqlServer).GetEntityTypes().Select(e => e.GetTableName()!).Distinct()) script.ShouldContain($"CREATE TABLE [{table}]");
        script.ShouldContain("__EFMigrationsHistory");
        script.ShouldNotContain("ON DELETE CASCADE", customMessage: "SQL Server refuses two cascade paths to one table; we cascade nowhere");
    }

    [Fact]
    public void Every_indexed_text_has_a_length_and_every_key_fits()
    {
        foreach (var entity in ModelOf(SqlServer).GetEntityTypes())
        {
            var keys = entity.GetKeys().Select(k => (k.Properties, Limit: 900)).Concat(entity.GetIndexes().Select(i => (i.Properties, Limit: 1700)));
            foreach (var (properties, limit) in keys)
            {
                properties.Sum(SizeOf).ShouldBeLessThanOrEqualTo(limit, $"{entity.ShortName()} ({Names(properties)})");
            }
        }

        static int SizeOf(IProperty property)
        {
            var type = property.GetColumnType();
            type.ShouldNotContain("max", customMessage: $"{property.DeclaringType.ShortName()}.{property.Name} is indexed and needs a length");
            return type.StartsWith("nvarchar", StringComparison.Ordinal) ? 2 * property.GetMaxLength()!.Value : 16;
        }
    }

    [Fact]
    public void Index_filters_are_plain()
    {
        foreach (var filter in ModelOf(SqlServer).GetEntityTypes().SelectMany(e => e.GetIndexes()).Select(i => i.GetFilter()).Where(f => f is not null))
        {
            filter!.ShouldNotContain(" OR ", Case.Insensitive);
            filter!.ShouldNotContain("LIKE", Case.Insensitive);
        }
    }

    [Fact]
    public void Every_row_but_the_installations_own_belongs_to_an_organization_and_is_filtered()
    {
        // The organization itself, the installation's keys, rates that are published for everybody, and what hangs on a person by Identity's own hand (reached by the person alone).
        string[] free = [nameof(Organization), nameof(DataProtectionKey), nameof(InstallationSecret), nameof(AdStudio.Core.Insights.CurrencyRate), "IdentityUserClaim", "IdentityUserLogin", "IdentityUserToken"];

        foreach (var entity in ModelOf(Sqlite).GetEntityTypes().Where(e => !e.IsOwned() && !free.Contains(e.ShortName().Split("<")[0])))
        {
            entity.ClrType.IsAssignableTo(typeof(IOrganizationRow)).ShouldBeTrue($"{entity.ShortName()} has no organization");
            entity.FindDeclaredQueryFilter(StudioDb.TenantFilter).ShouldNotBeNull($"{entity.ShortName()} is not filtered");
        }
    }

    [Fact]
    public void Every_row_that_people_edit_carries_a_version()
    {
        foreach (var entity in ModelOf(Sqlite).GetEntityTypes().Where(e => e.ClrType.IsAssignableTo(typeof(IVersionedRow))))
            entity.FindProperty(nameof(IVersionedRow.Version))!.IsConcurrencyToken.ShouldBeTrue(entity.ShortName());
    }

    private static string Names(IEnumerable<IProperty> properties) => string.Join(", ", properties.Select(p => p.Name));
}
