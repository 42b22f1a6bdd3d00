using System.Net;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Media;
using AdStudio.Infrastructure.Platforms;
using AdStudio.Tests.Sandbox;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Tests.Operations;

/// <summary>
/// A bench over the sandbox: the real adapters over HTTP, connected by the platforms' own consent pages, on the accounts that they list. Every platform that has an adapter is there by itself.
/// </summary>
public sealed class SandboxBench : Bench
{
    private static readonly Uri Here = new("http://studio.example");

    private readonly Dictionary<Platform, AdAccount> accounts = [];
    private readonly HastyClock? hasty;
    private readonly Wiretap wire;
    private IReadOnlyList<Guid>? creatives;

    /// <summary>Every platform that has an adapter.</summary>
    public static IReadOnlyList<Platform> All { get; } = [.. PlatformSite.All.Select(site => site.Platform)];

    public SandboxHost Sandbox { get; }

    /// <summary>The first account in good standing that pays in dollars, by platform.</summary>
    public IReadOnlyDictionary<Platform, AdAccount> Accounts => accounts;

    /// <summary>Looks at each answer of a platform before the adapter does, and may answer something else in its place: its path and body.</summary>
    public Func<Platform, string, string, string>? OnAnswer { get => wire.OnAnswer; set => wire.OnAnswer = value; }

    private SandboxBench(TestDatabase database, SandboxHost sandbox, TimeProvider clock, Dictionary<string, string?> pace, Wiretap wire)
        : base(database, clock, pace.Concat(SandboxAddresses.Of(sandbox.Url)), (all, configuration) =>
        {
            all.AddPlatforms(configuration);
            foreach (var platform in All) all.AddHttpClient(platform.Wire()).AddHttpMessageHandler(() => new Tap(wire, platform));
        })
    {
        (Sandbox, this.wire, hasty) = (sandbox, wire, clock as HastyClock);
    }

    /// <summary>In real time, for workers that are processes of their own; with short time-outs.</summary>
    public static Task<SandboxBench> SetAsync(SandboxHost sandbox) => SetAsync(sandbox, TimeProvider.System, All, new()
    {
        ["AdPlatforms:Mode"] = "Sandbox", ["AdPlatforms:TimeoutSeconds"] = "10", ["Operations:Settle"] = "00:00:00.05", ["Operations:Lease"] = "00:00:03", ["Operations:Poll"] = "00:00:00.2",
        ["Operations:FirstDelay"] = "00:00:00.1", ["Operations:LongestDelay"] = "00:00:02", ["Operations:MaxAttempts"] = "200", ["Operations:Parallel"] = "14",
    });

    /// <summary>Sandbox and studio live by one clock, which jumps over every wait: an hour takes no time.</summary>
    public static async Task<SandboxBench> SetAsync(Action<AdStudio.Sandbox.SandboxOptions>? configure = null, params IReadOnlyList<Platform> platforms)
    {
        var clock = new HastyClock(TimeSpan.FromSeconds(20));
        var sandbox = await SandboxHost.StartAsync(o =>
        {
            (o.RealTime, o.FaultTimeout) = (clock, TimeSpan.FromSeconds(1));
            configure?.Invoke(o);
        });
        return await SetAsync(sandbox, clock, platforms.Count > 0 ? platforms : All, new() { ["AdPlatforms:Mode"] = "Sandbox", ["AdPlatforms:TimeoutSeconds"] = "45" });
    }

    private static async Task<SandboxBench> SetAsync(SandboxHost sandbox, TimeProvider clock, IReadOnlyList<Platform> platforms, Dictionary<string, string?> pace)
    {
        var bench = new SandboxBench(await TestDatabase.CreateAsync(), sandbox, clock, pace, new Wiretap());
        bench.Scene = await Scene.SetAsync(bench.Studio);
        await using (var db = await bench.Studio.OpenForEveryoneAsync(CancellationToken.None))
        {
            // The scene's own accounts are on no platform.
            await db.AdAccountGrants.ExecuteDeleteAsync();
            await db.AdAccounts.ExecuteDeleteAsync();
            await db.Connections.ExecuteDeleteAsync();
        }
        bench.Scene = bench.Scene with { Manager = bench.Scene.Admin };
        foreach (var platform in platforms) await bench.ConnectAsync(platform);
        return bench;
    }

    public DateTimeOffset Now => (hasty ?? TimeProvider.System).GetUtcNow();

    /// <summary>Moves studio and sandbox on together.</summary>
    public void Pass(TimeSpan time) => Advance(time);

    protected override void Advance(TimeSpan by) => (hasty ?? throw new InvalidOperationException("Real time cannot be moved.")).Advance(by);

    /// <summary>The whole way of a person who connects a platform, or connects it anew.</summary>
    /// <param name="without">Permissions that are not granted.</param>
    public async Task<ConnectedPlatform> ConnectAsync(Platform platform, Func<string, bool>? without = null)
    {
        var authorizes = Get<PlatformSet>().Get<IAuthorizes>(platform);
        var started = (await Get<StartConnection>().RunAsync(Scene.Admin, new(platform, Here) { TeamId = Scene.Team.Id }, default)).Value;
        var code = await Consent.GiveAsync(Sandbox.Url, Sandbox.Control, authorizes, started.AuthorizeUrl, without);
        var state = System.Web.HttpUtility.ParseQueryString(started.AuthorizeUrl.Query)["state"];
        var finished = await Get<FinishConnection>().RunAsync(Scene.Admin, new(platform, state, code, null, null), default);
        if (!finished.Outcome.TryGet(out var connected, out var refusal)) throw new InvalidOperationException($"{platform} was not connected: {refusal}");
        if (connected.AccountsProblem is null) accounts[platform] = await ReadAccountAsync(connected.ConnectionId);
        return connected;
    }

    private async Task<AdAccount> ReadAccountAsync(Guid connectionId)
    {
        await using var db = await Studio.OpenForEveryoneAsync(CancellationToken.None);
        return await db.AdAccounts.AsNoTracking().Where(a => a.ConnectionId == connectionId && a.Status == AdAccountStatus.Active && a.Currency == "USD").OrderBy(a => a.ExternalId).FirstAsync();
    }

    public async Task<Connection> ConnectionAsync(Platform platform)
    {
        await using var db = await Studio.OpenForEveryoneAsync(CancellationToken.None);
        return await db.Connections.AsNoTracking().SingleAsync(c => c.Id == accounts[platform].ConnectionId);
    }

    /// <summary>A campaign with a picture and a video that is ready for launch: awareness, which every platform offers, for a hundred dollars a day on each.</summary>
    /// <param name="text">Its text and its headline: not every platform shows both.</param>
    public Task<Guid> DraftAsync(string name = "Winter boots", string? text = null, params IReadOnlyList<Platform> platforms) => DraftAsync(name, text, [], platforms);

    public async Task<Guid> DraftAsync(string name, string? text, IReadOnlyList<CountryGroup> groups, IReadOnlyList<Platform> platforms)
    {
        var chosen = platforms.Count > 0 ? platforms : [.. accounts.Keys.Order()];
        var shown = text is null ? creatives ??= await WriteCreativesAsync("Warm feet all winter.", "Winter boots") : await WriteCreativesAsync(text, text);
        await using var db = await Studio.OpenAsync(Scene.Admin, CancellationToken.None);
        var campaign = new Campaign { OrganizationId = Scene.Organization.Id, Number = Random.Shared.Next(1, int.MaxValue), WorkspaceId = Scene.Workspace.Id, TeamId = Scene.Team.Id, CreatedByName = "Ada", CreatedById = Scene.Admin.Id };
        campaign.Write(name, new CampaignSpec
        {
            Objective = Objective.Awareness,
            Platforms = [.. chosen.Select(p => new PlatformChoice { Platform = p, AdAccountId = accounts[p].Id })],
            Audience = new AudienceSpec { Places = [new TargetPlace { Kind = PlaceKind.Country, Name = "United States", Country = "US" }] },
            CreativeIds = shown,
            Groups = groups,
            Budget = new BudgetSpec { Type = BudgetType.Daily, AmountMicros = 100_000_000 * chosen.Count * Math.Max(1, groups.Count), Currency = "USD" },
        });
        db.Add(campaign);
        await db.SaveChangesAsync();
        return campaign.Id;
    }

    /// <summary>Without ffmpeg there is a tall picture besides, for those that would have to cut the square one.</summary>
    private async Task<IReadOnlyList<Guid>> WriteCreativesAsync(string text, string headline)
    {
        var media = new List<(CreativeType Type, MediaRow File)> { (CreativeType.Image, await UploadAsync("sample-1080x1080.jpg", "boots.jpg")), (CreativeType.Video, await UploadAsync("sample.mp4", "boots.mp4")) };
        if (!Get<MediaWorkshop>().IsThere) media.Add((CreativeType.Image, await UploadAsync("sample-1080x1920.jpg", "tall.jpg")));
        await using var db = await Studio.OpenAsync(Scene.Admin, CancellationToken.None);
        var written = media.ConvertAll(m => new Creative
        {
            WorkspaceId = Scene.Workspace.Id, Name = m.File.FileName, Type = m.Type, PrimaryText = text, Headline = headline, Description = "Lined and light.", CallToAction = "LEARN_MORE", LinkUrl = "https://shoes.example/boots", AssetIds = [m.File.Id],
        });
        db.AddRange(written);
        await db.SaveChangesAsync();
        return written.ConvertAll(c => c.Id);
    }

    /// <summary>Launches and works until nothing is left to do.</summary>
    public async Task<Guid> LaunchedAsync(params IReadOnlyList<Platform> platforms)
    {
        var id = await DraftAsync(platforms: platforms);
        var started = await LaunchAsync(id);
        if (!started.IsDone) throw new InvalidOperationException(started.Refusal.ToString());
        await DrainAsync();
        return id;
    }

    public async Task<PlatformCampaign> OnAsync(Guid campaignId, Platform platform) => (await ReadAsync(campaignId)).Platforms.Single(p => p.Platform == platform);

    private sealed class Wiretap
    {
        public Func<Platform, string, string, string>? OnAnswer;
    }

    private sealed class Tap(Wiretap wire, Platform platform) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (wire.OnAnswer is not { } look || response.StatusCode != HttpStatusCode.OK) return response;
            var (body, type) = (await response.Content.ReadAsStringAsync(cancellationToken), response.Content.Headers.ContentType);
            response.Content = new StringContent(look(platform, request.RequestUri!.AbsolutePath, body));
            response.Content.Headers.ContentType = type;
            return response;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (hasty is not null) await Sandbox.DisposeAsync();
    }
}
