using System.Net;
using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Infrastructure.Media;
using AdStudio.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Creatives;

/// <summary>An asset server of the own network, that the settings trust.</summary>
public sealed class ImportApp : StudioApp
{
    private WebApplication server = null!;

    public Uri Remote { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.MapGet("/good.png", () => Results.Bytes(TestMedia.Png(120, 63), "text/html"));
        server.MapGet("/page.png", () => Results.Content("<html>not found</html>", "image/png"));
        server.MapGet("/moved", () => Results.Redirect("/good.png"));
        server.MapGet("/inside", () => Results.Redirect("http://localhost:1/secret.png"));
        server.MapGet("/metadata", () => Results.Redirect("http://169.254.169.254/latest/meta-data"));
        server.MapGet("/file", () => Results.Redirect("file:///etc/passwd"));
        server.MapGet("/round", () => Results.Redirect("/round"));
        server.MapGet("/gone", () => Results.NotFound());
        server.MapGet("/endless", async (HttpContext http) =>
        {
            await http.Response.Body.WriteAsync(TestMedia.Png(50, 50));
            var more = new byte[65536];
            while (!http.RequestAborted.IsCancellationRequested) await http.Response.Body.WriteAsync(more, http.RequestAborted);
        });
        server.MapGet("/slow", async (HttpContext http) =>
        {
            await http.Response.StartAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        await server.StartAsync();
        Remote = new Uri(server.Urls.Single());
        Settings["Media:TrustedHosts:0"] = Remote.Authority;
        Settings["Media:MaxImageBytes"] = "100000";
        Settings["Media:MaxVideoBytes"] = "1000000";
        Settings["Media:FetchSeconds"] = "6";
        await base.InitializeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose(disposing);
    }
}

public sealed class ImportTests(ImportApp app) : IClassFixture<ImportApp>
{
    [Theory]
    [InlineData("/good.png")]
    [InlineData("/moved")]
    public async Task A_file_is_fetched_and_what_it_is_its_content_says(string path)
    {
        var scene = await Scene.SetAsync(app.Studio, $"Fetch{Guid.NewGuid():N}");

        var asset = (await ImportAsync(scene, scene.Manager, new Uri(app.Remote, path).AbsoluteUri)).Value;

        (asset.ContentType, asset.Width, asset.SourceUrl).ShouldBe(("image/png", 120, new Uri(app.Remote, path).AbsoluteUri));
    }

    [Theory]
    [InlineData("/page.png", typeof(NotMedia))]
    [InlineData("/endless", typeof(MediaTooLarge))]
    [InlineData("/slow", typeof(UrlUnreachable))]
    [InlineData("/gone", typeof(UrlUnreachable))]
    [InlineData("/round", typeof(UrlUnreachable))]
    [InlineData("/inside", typeof(UrlNotUsable))]
    [InlineData("/metadata", typeof(UrlNotUsable))]
    [InlineData("/file", typeof(UrlNotUsable))]
    public async Task Whatever_goes_wrong_on_the_way_is_said_and_leads_nowhere(string path, Type refusal)
    {
        var scene = await Scene.SetAsync(app.Studio, $"Wrong{Guid.NewGuid():N}");

        (await ImportAsync(scene, scene.Manager, new Uri(app.Remote, path).AbsoluteUri)).Refusal.ShouldBeOfType(refusal);
    }

    [Theory]
    [InlineData("http://127.0.0.1/x.png")]
    [InlineData("http://localhost/x.png")]
    [InlineData("http://2130706433/x.png")]
    [InlineData("http://0x7f.1/x.png")]
    [InlineData("http://[::1]/x.png")]
    [InlineData("http://[::ffff:127.0.0.1]/x.png")]
    [InlineData("http://10.1.2.3/x.png")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://0.0.0.0/x.png")]
    [InlineData("ftp://example.com/x.png")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://me:secret@example.com/x.png")]
    [InlineData("not an address")]
    public async Task An_address_inside_a_private_network_is_refused(string url)
    {
        var scene = await Scene.SetAsync(app.Studio, $"Private{Guid.NewGuid():N}");

        (await ImportAsync(scene, scene.Manager, url)).Refusal.ShouldBeOfType<UrlNotUsable>();
    }

    [Fact]
    public async Task Our_own_pages_are_not_ours_to_fetch_except_the_sandboxs_samples()
    {
        var rules = new RemoteRules(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["AdPlatforms:Mode"] = "Sandbox", ["PublicUrl"] = "https://studio.example" }).Build());

        rules.IsTrusted(new("https://studio.example/sandbox/assets/sample-1200x628.jpg")).ShouldBeTrue();
        rules.IsTrusted(new("https://studio.example/sandbox/assets/../../account")).ShouldBeFalse();
        rules.IsTrusted(new("https://studio.example/sandbox/assets/%2e%2e/%2e%2e/account")).ShouldBeFalse();
        rules.IsTrusted(new("https://studio.example/connections")).ShouldBeFalse();
        rules.IsTrusted(new("https://other.example/sandbox/assets/sample-1200x628.jpg")).ShouldBeFalse();
        var scene = await Scene.SetAsync(app.Studio, "Own");
        (await ImportAsync(scene, scene.Manager, new Uri(app.Address, "/health/live").AbsoluteUri)).Refusal.ShouldBeOfType<UrlNotUsable>();
    }

    [Fact]
    public void Outside_the_sandbox_only_https_is_fetched()
    {
        var rules = new RemoteRules(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["AdPlatforms:Mode"] = "Live" }).Build());

        rules.RefusalOf(new("http://example.com/x.png")).ShouldNotBeNull();
        rules.RefusalOf(new("https://example.com/x.png")).ShouldBeNull();
        rules.IsTrusted(new("http://localhost:5080/sandbox/assets/sample.mp4")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_name_that_resolves_to_an_inside_address_is_refused_even_among_good_ones()
    {
        var asked = 0;
        var rules = new RemoteRules(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["AdPlatforms:Mode"] = "Sandbox" }).Build())
        {
            Resolve = (_, _) => { asked++; return Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.216.34"), IPAddress.Parse("192.168.0.7")]); },
        };
        using var remote = new RemoteMedia(rules);

        var fetched = await remote.FetchAsync(new Uri("http://rebinding.example/x.png"), (_, _) => Task.FromResult(Result<Done>.Of(Done.Value)), CancellationToken.None);

        fetched.Refusal.ShouldBeOfType<UrlNotUsable>();
        asked.ShouldBe(1, "it must be looked up once, and that answer used");
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("172.31.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("100.64.0.1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::10.0.0.1", false)]
    [InlineData("64:ff9b::8.8.8.8", true)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("::", false)]
    [InlineData("2002:0a00:0001::", false)]
    public void Public_addresses_are_told_from_the_others(string address, bool isPublic) => PublicAddresses.IsPublic(IPAddress.Parse(address)).ShouldBe(isPublic);

    [Fact]
    public async Task A_viewer_and_a_stranger_fetch_nothing()
    {
        var scene = await Scene.SetAsync(app.Studio, "Ours");
        var stranger = await Scene.SetAsync(app.Studio, "Theirs");
        var url = new Uri(app.Remote, "/good.png").AbsoluteUri;

        (await ImportAsync(scene, scene.Viewer, url)).Refusal.ShouldBeOfType<CreativesNeedManager>();
        (await ImportAsync(scene, stranger.Admin, url)).Refusal.ShouldBeOfType<CreativeWorkspaceNotFound>();
    }

    private Task<Result<MediaRow>> ImportAsync(Scene scene, Actor actor, string url) => app.Get<ImportMediaFromUrl>().RunAsync(actor, scene.Workspace.Id, url, CancellationToken.None);
}
