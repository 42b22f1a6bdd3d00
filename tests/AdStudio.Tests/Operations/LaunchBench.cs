using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Connections;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Tests.Operations;

/// <summary>A bench on which Meta and Google are played in memory.</summary>
public sealed class LaunchBench : Bench
{
    private static readonly Dictionary<string, string?> Quick = new() { ["Operations:Settle"] = "00:00:00.005", ["Operations:StepTimeout"] = "00:00:20", ["Operations:MaxAttempts"] = "5" };

    private MediaRow? picture;

    public MovableClock Clock { get; }
    public FakeAds Meta { get; }
    public FakeAds Google { get; }

    private LaunchBench(TestDatabase database, MovableClock clock, FakeAds meta, FakeAds google)
        : base(database, clock, Quick, (all, _) => all.AddSingleton<IPlatformCapability>(meta).AddSingleton<IPlatformCapability>(google)) => (Clock, Meta, Google) = (clock, meta, google);

    public static async Task<LaunchBench> SetAsync()
    {
        var clock = new MovableClock();
        var bench = new LaunchBench(await TestDatabase.CreateAsync(), clock, new FakeAds(Platform.Meta, clock), new FakeAds(Platform.Google, clock));
        bench.Scene = await Scene.SetAsync(bench.Studio);
        await using var db = await bench.Studio.OpenForEveryoneAsync(CancellationToken.None);
        foreach (var connection in await db.Connections.ToListAsync()) connection.AccessToken = bench.Get<Secrets>().Protect("token-1");
        await db.SaveChangesAsync();
        return bench;
    }

    public FakeAds On(Platform platform) => platform == Platform.Meta ? Meta : Google;

    protected override void Advance(TimeSpan by) => Clock.Advance(by);

    /// <summary>A campaign that is ready for launch on Meta and Google, written by the manager.</summary>
    public async Task<Guid> DraftAsync(string name = "Winter boots", decimal dollarsADay = 100, ScheduleSpec? schedule = null, params Platform[] platforms)
    {
        await using var db = await Studio.OpenAsync(Scene.Admin, CancellationToken.None);
        var asset = picture ??= await UploadAsync("sample-1200x628.jpg", "boots.jpg");
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
}
