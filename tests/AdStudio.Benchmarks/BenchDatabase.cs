using AdStudio.Core;
using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Data;
using AdStudio.Infrastructure.Secrets;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Benchmarks;

/// <summary>A migrated SQLite database in a folder of its own, with an organization, its person and its accounts.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    public const string ExternalUserId = "benchmark";
    private static readonly DateTimeOffset Then = new(2026, 1, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("adstudio-bench-").FullName;
    private ServiceProvider services = null!;

    public string Folder => folder;
    public string File => Path.Combine(folder, "studio.db");
    public string ConnectionString { get; private set; } = "";
    public Studio Studio => services.GetRequiredService<Studio>();
    public Organization Organization { get; } = new() { Name = "Benchmark", CreatedAt = Then };
    public Workspace Workspace { get; private set; } = null!;
    public Team Team { get; private set; } = null!;
    public Person Person { get; private set; } = null!;
    public IReadOnlyList<AdAccount> Accounts { get; private set; } = [];
    public Actor Actor => Actor.Studio(Organization.Id);

    public T Get<T>() where T : notnull => services.CreateScope().ServiceProvider.GetRequiredService<T>();

    public static async Task<BenchDatabase> CreateAsync(int accounts)
    {
        var database = new BenchDatabase();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Database:Provider", "Sqlite"), new("ConnectionStrings:AdStudio", $"Data Source={database.File}")]).Build();
        database.ConnectionString = DatabaseSetup.ConnectionString(configuration);
        database.services = new ServiceCollection().AddLogging().AddStudioActions().AddStudioDatabase(configuration).AddSecrets().BuildServiceProvider();
        await DatabaseSetup.MigrateAsync(database.services, default);
        await database.FillAsync(accounts);
        return database;
    }

    private async Task FillAsync(int accounts)
    {
        await using var db = await Studio.OpenForEveryoneAsync(default);
        Person = new Person
        {
            OrganizationId = Organization.Id, Name = "Ben", Email = "ben@bench.example", UserName = "ben@bench.example", NormalizedEmail = "BEN@BENCH.EXAMPLE", NormalizedUserName = "BEN@BENCH.EXAMPLE",
            EmailConfirmed = true, Role = OrganizationRole.Admin, ExternalUserId = ExternalUserId, SecurityStamp = Guid.NewGuid().ToString("N"), CreatedAt = Then,
        };
        Workspace = new Workspace { OrganizationId = Organization.Id, Name = "Shoes", EnterpriseId = "1", Number = ++Organization.LastWorkspaceNumber, Admin = Person, CreatedAt = Then, UpdatedAt = Then };
        Team = new Team { OrganizationId = Organization.Id, Workspace = Workspace, Name = "Default team", IsDefault = true, CreatedAt = Then, UpdatedAt = Then };
        var connection = new Connection { OrganizationId = Organization.Id, Workspace = Workspace, Team = Team, Platform = Platform.Meta, OwnerName = "Ben", OwnerExternalId = "1", ConnectedById = Person.Id, ConnectedAt = Then };
        Accounts = [.. Enumerable.Range(1, accounts).Select(i => new AdAccount
        {
            OrganizationId = Organization.Id, WorkspaceId = Workspace.Id, TeamId = Team.Id, Connection = connection, Platform = i % 2 == 0 ? Platform.Google : Platform.Meta, ExternalId = $"act_{i}",
            Name = $"Account {i}", Currency = "USD", TimeZone = "America/New_York", Status = AdAccountStatus.Active, ReadAt = Then, CreatedAt = Then,
        })];
        db.AddRange(Organization, Person, Workspace, Team, connection);
        db.AddRange(Accounts);
        await db.SaveChangesAsync();
    }

    /// <summary>Campaigns that run on an account, each with four ad sets and ten ads: fifteen facts a day.</summary>
    public async Task<IReadOnlyList<Entities>> AddCampaignsAsync(AdAccount account, int count)
    {
        await using var db = await Studio.OpenForEveryoneAsync(default);
        List<Entities> all = [];
        for (var i = 0; i < count; i++)
        {
            var campaign = new Campaign
            {
                OrganizationId = Organization.Id, WorkspaceId = Workspace.Id, TeamId = Team.Id, Name = $"{account.Name}, campaign {i}", Number = ++Organization.LastCampaignNumber, Status = CampaignStatus.Active,
                CreatedByName = "Ben", CreatedAt = Then, UpdatedAt = Then, LaunchedAt = Then,
            };
            var onPlatform = new PlatformCampaign { OrganizationId = Organization.Id, Campaign = campaign, Platform = account.Platform, AdAccountId = account.Id, ExternalId = $"c{i}", Currency = "USD", Status = PlatformStatus.Active };
            var adSets = Enumerable.Range(0, 4).Select(s => new AdSet { OrganizationId = Organization.Id, PlatformCampaign = onPlatform, ExternalId = $"s{s}", Name = $"Ad set {s}" }).ToArray();
            var ads = Enumerable.Range(0, 10).Select(a => new Ad { OrganizationId = Organization.Id, AdSet = adSets[a % 4], ExternalId = $"a{a}", Name = $"Ad {a}" }).ToArray();
            db.AddRange(campaign, onPlatform);
            db.AddRange(adSets);
            db.AddRange(ads);
            all.Add(new Entities(onPlatform, [(onPlatform.Id, MetricLevel.Campaign), .. adSets.Select(s => (s.Id, MetricLevel.AdSet)), .. ads.Select(a => (a.Id, MetricLevel.Ad))]));
        }
        await db.SaveChangesAsync();
        return all;
    }

    public static IEnumerable<MetricFact> Facts(Entities of, DateOnly day, DateTimeOffset readAt, int salt) => of.All.Select((entity, i) => new MetricFact
    {
        OrganizationId = of.OnPlatform.OrganizationId, AdAccountId = of.OnPlatform.AdAccountId!.Value, PlatformCampaignId = of.OnPlatform.Id, Level = entity.Level, EntityId = entity.Id, Day = day,
        Impressions = 1_000 + (day.DayNumber * 31 + i * 7 + salt) % 900, Clicks = 20 + (day.DayNumber + i + salt) % 40, SpendMicros = 5_000_000 + salt, ConversionsMicros = 2_000_000, ValueMicros = 60_000_000, ReadAt = readAt,
    });

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}

internal sealed record Entities(PlatformCampaign OnPlatform, IReadOnlyList<(Guid Id, MetricLevel Level)> All);
