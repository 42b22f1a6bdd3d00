using System.Collections.Concurrent;
using AdStudio.Core;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Creatives;
using AdStudio.Core.Data;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Data;
using AdStudio.Infrastructure.Jobs;
using AdStudio.Infrastructure.Media;
using AdStudio.Infrastructure.Platforms;
using AdStudio.Infrastructure.Secrets;
using AdStudio.Tests.Connections;
using AdStudio.Tests.Sandbox;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdStudio.Tests.Operations;

/// <summary>
/// Core with a database and a clock that is moved by hand, without web server and worker: the test does the work.
/// Meta and Google are played in memory; or reached over HTTP by the real adapters, when the bench is set over a sandbox.
/// </summary>
public sealed class LaunchBench : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly ServiceProvider services;
    private MediaRow? picture;

    public MovableClock Clock { get; } = new();
    public FakeAds Meta { get; }
    public FakeAds Google { get; }
    public Scene Scene { get; private set; } = null!;

    /// <summary>What another process needs to work on the same database and platforms.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; }
    public Studio Studio => services.GetRequiredService<Studio>();
    public OperationLeases Leases => services.GetRequiredService<OperationLeases>();
    public OperationSignals Signals => services.GetRequiredService<OperationSignals>();

    /// <summary>Errors of ours that were logged: an adapter's bug, a save that broke.</summary>
    public ConcurrentQueue<string> Bugs { get; } = new();

    private LaunchBench(TestDatabase database, IReadOnlyDictionary<string, string?> more, bool inMemory)
    {
        this.database = database;
        (Meta, Google) = (new FakeAds(Platform.Meta, Clock), new FakeAds(Platform.Google, Clock));
        Settings = database.Settings.Concat(more).Append(new("Jobs:Enabled", "false")).Append(new("Media:Folder", Path.Combine(database.Folder, "media"))).ToDictionary();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings).Build();
        var all = new ServiceCollection().AddLogging(l => l.AddProvider(new Errors(this))).AddSingleton<IConfiguration>(configuration).AddSingleton<TimeProvider>(Clock)
            .AddStudioActions().AddStudioDatabase(configuration).AddSecrets().AddMedia(configuration).AddStudioJobs(configuration);
        if (inMemory) all.AddSingleton<IPlatformCapability>(Meta).AddSingleton<IPlatformCapability>(Google);
        else all.AddPlatforms(configuration);
        services = all.BuildServiceProvider();
    }

    public static async Task<LaunchBench> SetAsync()
    {
        var quick = new Dictionary<string, string?> { ["Operations:Settle"] = "00:00:00.005", ["Operations:StepTimeout"] = "00:00:20", ["Operations:MaxAttempts"] = "5" };
        var bench = new LaunchBench(await TestDatabase.CreateAsync(), quick, inMemory: true);
        await bench.SetSceneAsync((_, _) => "token-1");
        return bench;
    }

    /// <summary>Over the sandbox: the real adapters over HTTP, with short time-outs, on the accounts and in the name of its Mara Lindqvist.</summary>
    public static async Task<LaunchBench> SetAsync(SandboxHost sandbox)
    {
        var quick = new Dictionary<string, string?>
        {
            ["AdPlatforms:Mode"] = "Live", ["AdPlatforms:TimeoutSeconds"] = "0.6",
            ["AdPlatforms:Meta:ApiBaseUrl"] = sandbox.Url + "/meta", ["AdPlatforms:Meta:ClientId"] = "sandbox-client", ["AdPlatforms:Meta:ClientSecret"] = "sandbox-secret",
            ["AdPlatforms:Google:ApiBaseUrl"] = sandbox.Url + "/google", ["AdPlatforms:Google:TokenUrl"] = sandbox.Url + "/google/token",
            ["AdPlatforms:Google:ClientId"] = "sandbox-client", ["AdPlatforms:Google:ClientSecret"] = "sandbox-secret", ["AdPlatforms:Google:DeveloperToken"] = "any",
            ["Operations:Settle"] = "00:00:00.05", ["Operations:Lease"] = "00:00:02", ["Operations:Poll"] = "00:00:00.2", ["Operations:FirstDelay"] = "00:00:00.1", ["Operations:MaxAttempts"] = "40",
        };
        var bench = new LaunchBench(await TestDatabase.CreateAsync(), quick, inMemory: false);
        var (meta, google) = ((await sandbox.MetaAsync()).Token, (await sandbox.GoogleAsync()).Token);
        await bench.SetSceneAsync((connection, account) =>
        {
            if (connection.Platform == Platform.Meta) (account.ExternalId, account.Assets) = (MetaUser.Usd, [new(AccountAssetKind.Page, MetaUser.Page, "Mara's page")]);
            else (account.ExternalId, account.ManagerExternalId) = ("8005550101", "8005550100");
            return connection.Platform == Platform.Meta ? meta : google;
        });
        return bench;
    }

    private async Task SetSceneAsync(Func<Connection, AdAccount, string> tokenOf)
    {
        Scene = await Scene.SetAsync(Studio);
        var secrets = services.GetRequiredService<Core.Common.Secrets>();
        await using var db = await Studio.OpenForEveryoneAsync(CancellationToken.None);
        foreach (var account in await db.AdAccounts.Include(a => a.Connection).ToListAsync()) account.Connection.AccessToken = secrets.Protect(tokenOf(account.Connection, account));
        await db.SaveChangesAsync();
    }

    public T Get<T>() where T : notnull => services.CreateScope().ServiceProvider.GetRequiredService<T>();

    public FakeAds On(Platform platform) => platform == Platform.Meta ? Meta : Google;

    /// <summary>A campaign that is ready for launch on Meta and Google, written by the manager.</summary>
    public async Task<Guid> DraftAsync(string name = "Winter boots", decimal dollarsADay = 100, ScheduleSpec? schedule = null, params Platform[] platforms)
    {
        await using var db = await Studio.OpenAsync(Scene.Admin, CancellationToken.None);
        var asset = picture ??= await UploadAsync();
        var creative = new Creative
        {
            WorkspaceId = Scene.Workspace.Id, Name = "Boots", Type = CreativeType.Image, PrimaryText = "Warm feet all winter.", Headline = "Winter boots", Description = "Lined and light.",
            CallToAction = "SHOP_NOW", LinkUrl = "https://shoes.example/boots", AssetIds = [asset.Id],
        };
        var chosen = platforms.Length > 0 ? platforms : [Platform.Meta, Platform.Google];
        var campaign = new Campaign { OrganizationId = Scene.Organization.Id, Number = Random.Shared.Next(1, int.MaxValue), WorkspaceId = Scene.Workspace.Id, TeamId = Scene.Team.Id, CreatedByName = "Mia", CreatedById = Scene.Manager.Id };
        campaign.Write(name, new CampaignSpec
        {
            Objective = Objective.Traffic,
            Platforms = [.. chosen.Select(p => new PlatformChoice { Platform = p, AdAccountId = p == Platform.Meta ? Scene.Meta.Id : p == Platform.Google ? Scene.Google.Id : null })],
            Audience = new AudienceSpec { Places = [new TargetPlace { Kind = PlaceKind.Country, Name = "United States", Country = "US" }] },
            CreativeIds = [creative.Id],
            Budget = new BudgetSpec { Type = BudgetType.Daily, AmountMicros = (long)(dollarsADay * 1_000_000), Currency = "USD" },
            Schedule = schedule ?? new ScheduleSpec(),
        });
        db.AddRange(creative, campaign);
        await db.SaveChangesAsync();
        return campaign.Id;
    }

    private async Task<MediaRow> UploadAsync()
    {
        await using var file = File.OpenRead(Path.Combine(Repository.Root, "AdStudio.Sandbox", "Assets", "sample-1200x628.jpg"));
        return (await Get<UploadMedia>().RunAsync(Scene.Admin, Scene.Workspace.Id, "boots.jpg", file, CancellationToken.None)).Value;
    }

    public Task<Result<WorkStarted>> LaunchAsync(Guid campaignId, Actor? by = null) => Get<LaunchCampaign>().RunAsync(by ?? Scene.Manager, campaignId, CancellationToken.None);

    /// <summary>Works until nothing is left to do by itself; where it would wait, the clock is moved on.</summary>
    public async Task DrainAsync()
    {
        for (var turns = 0; turns < 500; turns++)
        {
            if (await Leases.ClaimAsync(CancellationToken.None) is { } lease)
            {
                await WorkAsync(lease);
                continue;
            }
            await using var db = await Studio.OpenForEveryoneAsync(CancellationToken.None);
            var open = await db.Operations.AsNoTracking().Where(o => o.ActiveKey != null).ToListAsync();
            if (open.Count == 0) return;
            var next = open.Min(o => o.Status == OperationStatus.Running ? o.LeaseUntil!.Value : o.NotBefore);
            Clock.Advance(next - Clock.GetUtcNow() + TimeSpan.FromMilliseconds(1));
        }
        throw new InvalidOperationException("The work does not come to an end.");
    }

    /// <summary>One worker's turn. A kill leaves everything as it was in that moment.</summary>
    public async Task WorkAsync(OperationLease lease, CancellationToken ct = default)
    {
        try
        {
            await Get<CarryOutOperation>().WorkAsync(lease, ct);
        }
        catch (OperationCanceledException)
        {
        }
    }

    public async Task<Campaign> ReadAsync(Guid campaignId)
    {
        await using var db = await Studio.OpenForEveryoneAsync(CancellationToken.None);
        return await db.Campaigns.AsNoTracking().Include(c => c.Platforms).ThenInclude(p => p.AdSets).ThenInclude(s => s.Ads).SingleAsync(c => c.Id == campaignId);
    }

    public async Task<Operation> LastWorkAsync(Guid campaignId, Platform platform)
    {
        await using var db = await Studio.OpenForEveryoneAsync(CancellationToken.None);
        return await db.Operations.AsNoTracking().Include(o => o.Steps.OrderBy(s => s.Ordinal)).Where(o => o.CampaignId == campaignId && o.Platform == platform).OrderByDescending(o => o.CreatedAt).FirstAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    private sealed class Errors(LaunchBench bench) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) bench.Bugs.Enqueue($"{formatter(state, exception)} {exception}");
        }
        public void Dispose() { }
    }
}
