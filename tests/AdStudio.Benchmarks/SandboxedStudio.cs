using AdStudio.Core;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Creatives;
using AdStudio.Core.Data;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Data;
using AdStudio.Infrastructure.Media;
using AdStudio.Infrastructure.Platforms;
using AdStudio.Infrastructure.Secrets;
using AdStudio.Sandbox;
using AdStudio.Tests.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdStudio.Benchmarks;

/// <summary>The studio's actions and real adapters beside the sandbox in one server, connected to every platform by its own consent page. One clock for both, which jumps over waits.</summary>
internal sealed class SandboxedStudio : IAsyncDisposable
{
    private static readonly Uri Here = new("http://studio.example");

    private readonly BenchDatabase database;
    private readonly WebApplication app;

    public HastyClock Clock { get; }
    public Actor Actor { get; }
    public Studio Studio => Get<Studio>();

    private SandboxedStudio(BenchDatabase database, WebApplication app, HastyClock clock)
    {
        (this.database, this.app, Clock) = (database, app, clock);
        Actor = new Actor { Kind = ActorKind.Person, OrganizationId = database.Organization.Id, Id = database.Person.Id, PersonId = database.Person.Id, Name = database.Person.Name, Via = "benchmark", Role = OrganizationRole.Admin };
    }

    public T Get<T>() where T : notnull => app.Services.CreateScope().ServiceProvider.GetRequiredService<T>();

    public static async Task<SandboxedStudio> StartAsync()
    {
        var (database, clock) = (await BenchDatabase.CreateAsync(0), new HastyClock(TimeSpan.FromSeconds(20)));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(
        [
            new("Database:Provider", "Sqlite"), new("ConnectionStrings:AdStudio", $"Data Source={database.File}"), new("AdPlatforms:Mode", "Sandbox"), new("Media:Folder", Path.Combine(database.Folder, "media")),
        ]);
        builder.Services.AddSandbox(o => (o.DataPath, o.RealTime, o.ReviewDelay, o.ProcessingDelay) = (Path.Combine(database.Folder, "sandbox.db"), clock, TimeSpan.Zero, TimeSpan.FromSeconds(2)))
            .AddSingleton<TimeProvider>(clock).AddStudioActions().AddStudioDatabase(builder.Configuration).AddSecrets().AddMedia(builder.Configuration).AddPlatforms(builder.Configuration).AddOperations(new OperationOptions());
        var app = builder.Build();
        app.MapSandbox();
        await app.StartAsync();
        var studio = new SandboxedStudio(database, app, clock);
        foreach (var platform in Enum.GetValues<Platform>().Where(p => studio.Get<PlatformSet>().Find<IAuthorizes>(p) is not null)) await studio.ConnectAsync(platform);
        return studio;
    }

    private async Task ConnectAsync(Platform platform)
    {
        var authorizes = Get<PlatformSet>().Get<IAuthorizes>(platform);
        var started = (await Get<StartConnection>().RunAsync(Actor, new(platform, Here) { TeamId = database.Team.Id }, default)).Value;
        var code = await Consent.GiveAsync(app.Urls.First() + "/sandbox", Get<SandboxControl>(), authorizes, started.AuthorizeUrl);
        var state = System.Web.HttpUtility.ParseQueryString(started.AuthorizeUrl.Query)["state"];
        var finished = await Get<FinishConnection>().RunAsync(Actor, new(platform, state, code, null, null), default);
        if (finished.Outcome.Refusal is { } refusal) throw new InvalidOperationException($"{platform} was not connected: {refusal}");
    }

    /// <summary>The account of each platform that campaigns run on.</summary>
    public async Task<IReadOnlyList<AdAccount>> AccountsAsync()
    {
        await using var db = await Studio.OpenAsync(Actor, default);
        var good = await db.AdAccounts.AsNoTracking().Where(a => a.Status == AdAccountStatus.Active && a.Currency == "USD").OrderBy(a => a.Platform).ThenBy(a => a.ExternalId).ToListAsync();
        return [.. good.DistinctBy(a => a.Platform)];
    }

    /// <summary>So many campaigns with a picture and a video on every platform, launched as a person's are.</summary>
    public async Task LaunchAsync(int campaigns)
    {
        var accounts = await AccountsAsync();
        var creatives = await WriteCreativesAsync();
        for (var i = 0; i < campaigns; i++)
        {
            Guid id;
            await using (var db = await Studio.OpenAsync(Actor, default))
            {
                var campaign = new Campaign { OrganizationId = Actor.OrganizationId, Number = 1 + i, WorkspaceId = database.Workspace.Id, TeamId = database.Team.Id, CreatedByName = "Ben", CreatedById = Actor.Id };
                campaign.Write($"Boots {i}", new CampaignSpec
                {
                    Objective = Objective.Awareness, CreativeIds = creatives, Platforms = [.. accounts.Select(a => new PlatformChoice { Platform = a.Platform, AdAccountId = a.Id })],
                    Audience = new AudienceSpec { Places = [new TargetPlace { Kind = PlaceKind.Country, Name = "United States", Country = "US" }] },
                    Budget = new BudgetSpec { Type = BudgetType.Daily, AmountMicros = 100_000_000L * accounts.Count, Currency = "USD" },
                });
                db.Add(campaign);
                await db.SaveChangesAsync();
                id = campaign.Id;
            }
            if ((await Get<LaunchCampaign>().RunAsync(Actor, id, default)).Refusal is { } refusal) throw new InvalidOperationException(refusal.ToString());
            await WorkAsync();
        }
        await using var all = await Studio.OpenAsync(Actor, default);
        var wrong = await all.PlatformCampaigns.Where(p => p.Status != PlatformStatus.Active && p.Status != PlatformStatus.InReview).Select(p => $"{p.Platform} is {p.Status}: {p.StatusDetail}").ToListAsync();
        if (wrong.Count > 0) throw new InvalidOperationException(string.Join('\n', wrong.Distinct()));
    }

    /// <summary>Days go by; now and then each connection is used, as it would be, so that its access is renewed in time.</summary>
    public async Task LiveAsync(int days)
    {
        for (var day = 0; day < days; day++)
        {
            Clock.Advance(TimeSpan.FromDays(1));
            if (day % 6 != 5) continue;
            foreach (var account in await AccountsAsync())
                if ((await Get<GetPlatformAccess>().RunAsync(Actor, account.Id, default)).Refusal is { } refusal) throw new InvalidOperationException(refusal.ToString());
        }
    }

    /// <summary>Until nothing is left to do; what waits (for a video to be made ready) waits no time.</summary>
    private async Task WorkAsync()
    {
        while (true)
        {
            while (await Get<OperationLeases>().ClaimAsync(default) is { } lease) await Get<CarryOutOperation>().WorkAsync(lease, default);
            await using var db = await Studio.OpenAsync(Actor, default);
            if (!await db.Operations.AnyAsync(o => o.ActiveKey != null)) return;
            Clock.Advance(TimeSpan.FromSeconds(5));
        }
    }

    private async Task<IReadOnlyList<Guid>> WriteCreativesAsync()
    {
        using var http = new HttpClient();
        List<Creative> written = [];
        foreach (var (type, sample) in new[] { (CreativeType.Image, "sample-1080x1080.jpg"), (CreativeType.Image, "sample-1080x1920.jpg"), (CreativeType.Video, "sample.mp4") })
        {
            if (sample == "sample-1080x1920.jpg" && Get<MediaWorkshop>().IsThere) continue; // the square one is cut
            using var content = new MemoryStream(await http.GetByteArrayAsync($"{app.Urls.First()}/sandbox/assets/{sample}"));
            var file = (await Get<UploadMedia>().RunAsync(Actor, database.Workspace.Id, sample, content, default)).Value;
            written.Add(new() { WorkspaceId = database.Workspace.Id, Name = sample, Type = type, PrimaryText = "Warm feet all winter.", Headline = "Winter boots", Description = "Lined and light.", CallToAction = "LEARN_MORE", LinkUrl = "https://shoes.example/boots", AssetIds = [file.Id] });
        }
        await using var db = await Studio.OpenAsync(Actor, default);
        db.AddRange(written);
        await db.SaveChangesAsync();
        return written.ConvertAll(c => c.Id);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await database.DisposeAsync();
    }
}
