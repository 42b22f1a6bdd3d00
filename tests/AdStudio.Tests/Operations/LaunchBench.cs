using AdStudio.Core;
using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Data;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Data;
using AdStudio.Infrastructure.Jobs;
using AdStudio.Infrastructure.Media;
using AdStudio.Tests.Connections;
using AdStudio.Tests.Support;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Tests.Operations;

/// <summary>Core with a database, two platforms in memory and a clock that is moved by hand. No web server and no worker: the test does the work.</summary>
public sealed class LaunchBench : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly ServiceProvider services;

    public MovableClock Clock { get; } = new();
    public FakeAds Meta { get; }
    public FakeAds Google { get; }
    public Scene Scene { get; private set; } = null!;
    public Studio Studio => services.GetRequiredService<Studio>();
    public OperationLeases Leases => services.GetRequiredService<OperationLeases>();
    public OperationSignals Signals => services.GetRequiredService<OperationSignals>();

    private LaunchBench(TestDatabase database)
    {
        this.database = database;
        (Meta, Google) = (new FakeAds(Platform.Meta, Clock), new FakeAds(Platform.Google, Clock));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(database.Settings).AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Jobs:Enabled"] = "false", ["Media:Folder"] = Path.Combine(database.Folder, "media"), ["Operations:Settle"] = "00:00:00.005", ["Operations:StepTimeout"] = "00:00:20", ["Operations:MaxAttempts"] = "5",
        }).Build();
        services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Clock).AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
            .AddStudioActions().AddStudioDatabase(configuration).AddStudioJobs(configuration).AddMedia(configuration)
            .AddSingleton<IPlatformCapability>(Meta).AddSingleton<IPlatformCapability>(Google)
            .BuildServiceProvider();
    }

    public static async Task<LaunchBench> SetAsync()
    {
        var bench = new LaunchBench(await TestDatabase.CreateAsync());
        bench.Scene = await Scene.SetAsync(bench.Studio);
        var secrets = bench.services.GetRequiredService<Secrets>();
        await using var db = await bench.Studio.OpenForEveryoneAsync(CancellationToken.None);
        foreach (var connection in await db.Connections.ToListAsync()) connection.AccessToken = secrets.Protect("token-1");
        await db.SaveChangesAsync();
        return bench;
    }

    public T Get<T>() where T : notnull => services.CreateScope().ServiceProvider.GetRequiredService<T>();

    public FakeAds On(Platform platform) => platform == Platform.Meta ? Meta : Google;

    /// <summary>A campaign that is ready for launch on Meta and Google, written by the manager.</summary>
    public async Task<Guid> DraftAsync(string name = "Winter boots", decimal dollarsADay = 100, ScheduleSpec? schedule = null, params Platform[] platforms)
    {
        await using var db = await Studio.OpenAsync(Scene.Admin, CancellationToken.None);
        var asset = new MediaAsset { WorkspaceId = Scene.Workspace.Id, FileName = "boots.jpg", Kind = MediaKind.Image, ContentType = "image/jpeg", Bytes = 120_000, Width = 1200, Height = 628, Sha256 = new string('a', 64) };
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
        db.AddRange(asset, creative, campaign);
        await db.SaveChangesAsync();
        return campaign.Id;
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
}
