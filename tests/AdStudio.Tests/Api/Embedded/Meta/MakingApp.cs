using System.Net;
using System.Text.Json.Nodes;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Media;
using AdStudio.Sandbox;
using AdStudio.Sandbox.Meta;
using AdStudio.Sandbox.Store;
using AdStudio.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace AdStudio.Tests.Api.Embedded.Meta;

/// <summary>The app in the days before seed 002's examples, with their pages and pixel in the sandbox, their picture on a stand-in for the internet, and one Meta account of the team.</summary>
public sealed class MakingApp : PartnerApp
{
    public const string Video = "8055501900001";

    public MakingApp() : base(new DateTimeOffset(2025, 11, 20, 15, 0, 0, TimeSpan.Zero))
    {
    }

    public AdAccount Meta { get; private set; } = null!;
    public Partner Manager { get; private set; } = null!;
    public Partner Viewer { get; private set; } = null!;

    public string Path(string rest, string more = "") => $"/api/v1/{Scene.Team.Id}/meta/{rest}?adAccountId={Meta.ExternalId}{more}";

    /// <summary>What stands on Meta, with its fields.</summary>
    public IReadOnlyList<Standing> Objects => [.. Get<SandboxControl>().Objects("meta").Select(o => new Standing(o.Kind, o.Id, o.ParentId, o.Name, o.Status, Get<SandboxStore>().Work(() => Get<SandboxStore>().Find("meta." + o.Kind, o.Id)!.Body)))];

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<RemoteMedia>();
            services.AddSingleton<IRemoteMedia, Internet>();
        });
    }

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Furnish(Get<SandboxStore>());
        await using (var db = await Studio.OpenAsync(Scene.Admin, default))
        {
            foreach (var account in await db.AdAccounts.ToListAsync()) account.DeletedAt = DateTimeOffset.UnixEpoch;
            foreach (var connection in await db.Connections.ToListAsync()) connection.DeletedAt = DateTimeOffset.UnixEpoch;
            await db.SaveChangesAsync();
        }
        await ConnectAsync(Scene.Admin, Platform.Meta, "10155501000002");
        await using (var db = await Studio.OpenAsync(Scene.Admin, default)) Meta = await db.AdAccounts.AsNoTracking().SingleAsync(a => a.Platform == Platform.Meta);
        foreach (var (person, access) in new[] { ("Mia-1", AccountAccess.Manager), ("Vic-1", AccountAccess.Viewer) })
            (await Get<GrantAdAccount>().RunAsync(Scene.Admin, Scene.Team.Id, Meta.ExternalId, person, access, default)).IsDone.ShouldBeTrue();
        (Manager, Viewer) = (await CallerAsync(Scene, "Mia-1"), await CallerAsync(Scene, "Vic-1"));
    }

    public async Task<Partner> CallerAsync(Scene scene, string externalUserId)
    {
        var key = await KeyAsync(scene);
        var reply = await new Partner(Address, ("x-api-key", key)).PostAsync("/api/v1/auth/token", new JsonObject { ["externalUserId"] = externalUserId });
        return new Partner(Address, ("x-api-key", key), ("Authorization", "Bearer " + reply.ShouldBe(HttpStatusCode.Created).Body["data"]!["accessToken"]!.GetValue<string>()));
    }

    /// <summary>What the seed's examples name, and a video that stands on the account.</summary>
    private static void Furnish(SandboxStore store) => store.Work(() =>
    {
        var now = new DateTimeOffset(2025, 11, 1, 0, 0, 0, TimeSpan.Zero);
        foreach (var (id, name) in new[] { ("173764419345388", "Best Products"), ("784350118091291", "Brand") }) store.Put(new SandboxObject
        {
            Kind = MetaWorld.Page, Id = id, CreatedAt = now, UpdatedAt = now,
            Body = new() { ["id"] = id, ["name"] = name, ["category"] = "Shop", ["tasks"] = new JsonArray("ADVERTISE"), ["instagram_business_account"] = new JsonObject { ["id"] = "1784" + id, ["username"] = "shop" + id }, ["fan_count"] = 12 },
        });
        store.Put(new SandboxObject { Kind = MetaWorld.Pixel, Id = "1391191359009715", AccountId = "1045550120001", CreatedAt = now, UpdatedAt = now, Body = new() { ["id"] = "1391191359009715", ["name"] = "Shop", ["is_unavailable"] = false } });
        store.Put(new SandboxObject { Kind = MetaWorld.Video, Id = Video, AccountId = "1045550120001", CreatedAt = now, UpdatedAt = now, Body = new() { ["title"] = "Rain", ["uploaded"] = true } });
        var user = store.Find(MetaWorld.User, "10155501000002")!.Clone();
        user.Body["pages"] = new JsonArray("105550130001", "173764419345388", "784350118091291");
        store.Put(user);
        return true;
    });

    /// <summary>Where the examples' picture lies; everything else is fetched as ever.</summary>
    private sealed class Internet(RemoteMedia real) : IRemoteMedia
    {
        public async Task<Result<T>> FetchAsync<T>(Uri url, Func<Stream, CancellationToken, Task<Result<T>>> read, CancellationToken ct)
        {
            if (url.Host != "images.pexels.com") return await real.FetchAsync(url, read, ct);
            await using var picture = File.OpenRead(System.IO.Path.Combine(Repository.Root, "AdStudio.Sandbox", "Assets", "sample-1200x628.jpg"));
            return await read(picture, ct);
        }
    }
}

public sealed record Standing(string Kind, string Id, string ParentId, string Name, string Status, JsonObject Body);
