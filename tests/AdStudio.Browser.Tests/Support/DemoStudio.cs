using AdStudio.Browser.Tests.Pages;
using AdStudio.Core.Mail;
using AdStudio.Sandbox;
using AdStudio.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace AdStudio.Browser.Tests.Support;

[CollectionDefinition(Name)]
public sealed class InBrowser : ICollectionFixture<DemoStudio>
{
    public const string Name = "In a browser";
}

/// <summary>One studio with its demo organization and one browser, for all tests.</summary>
public sealed class DemoStudio : IAsyncLifetime
{
    public const string Email = "demo@adstudio.example";
    public const string Password = "Demo-Studio-2026";

    private readonly StudioApp app = new();
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;
    private string demoCookies = "";

    public string Address { get; private set; } = "";
    public SandboxControl Sandbox => app.Services.GetRequiredService<SandboxControl>();
    public MailBox Mail => new(app.Services.GetRequiredService<MailPlace>().Folder!);

    /// <summary>An action or another service of the studio.</summary>
    public T Get<T>() where T : notnull => app.Get<T>();

    /// <summary>A partner's server, that the studio may post to.</summary>
    public Receiver Receiver { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Receiver = await Receiver.StartAsync();
        app.Settings["Media:TrustedHosts:0"] = Receiver.Address.Authority;
        foreach (var (key, value) in new (string, string)[]
        {
            ("Demo:Enabled", "true"), ("Demo:Email", Email), ("Demo:Password", Password), ("Demo:ApiKey", "ask_demo_browser_tests"),
            ("Jobs:Enabled", "true"), ("Sandbox:ReviewDelaySeconds", "0"), ("Sandbox:ProcessingDelaySeconds", "0"), ("Logging:LogLevel:Default", "Warning"), ("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Warning"), ("Limits:SignInPerMinute", "10000"),
        })
            app.Settings[key] = value;
        await app.InitializeAsync();
        Address = app.Address.ToString().TrimEnd('/');

        Assertions.SetDefaultExpectTimeout(Visitor.Patience);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });

        // The demo's past is made on the first start, with the sandbox's clock put back: nobody else acts before it is whole.
        await using var first = await StrangerAsync();
        await new SignInPage(first.Page).SignInAsync(Email, Password);
        await new OverviewPage(first.Page).UntilNumbersAsync();
        await new CampaignsPage(first.Page).UntilListedAsync("Black Friday");
        demoCookies = await first.Context.StorageStateAsync();
    }

    /// <summary>An image that every platform takes, and that the studio doesn't have yet.</summary>
    public async Task<byte[]> NewImageAsync()
    {
        using var http = new HttpClient();
        return [.. await http.GetByteArrayAsync(new Uri($"{Address}/sandbox/assets/sample-1200x628.jpg")), .. Guid.NewGuid().ToByteArray()];
    }

    public Task<Visitor> StrangerAsync() => Visitor.OpenAsync(browser, Address, null);

    /// <summary>The demo person, signed in.</summary>
    public Task<Visitor> DemoPersonAsync() => Visitor.OpenAsync(browser, Address, demoCookies);

    public async Task DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        await ((IAsyncLifetime)app).DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
