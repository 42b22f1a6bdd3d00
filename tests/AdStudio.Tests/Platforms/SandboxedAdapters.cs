using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms;
using AdStudio.Tests.Platforms.Conformance;
using AdStudio.Tests.Sandbox;
using AdStudio.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Tests.Platforms;

/// <summary>The real adapters against the sandbox over HTTP, signed in by its consent pages.</summary>
internal sealed class SandboxedAdapters : IAsyncDisposable
{
    private static readonly Uri Back = new(SandboxHost.Redirect);

    private readonly ServiceProvider services;

    private SandboxedAdapters(SandboxHost host)
    {
        Host = host;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AdPlatforms:Mode"] = "Sandbox", ["AdPlatforms:TimeoutSeconds"] = "30", ["AdPlatforms:Google:CustomerMatchConsent"] = "granted",
        }.Concat(SandboxAddresses.Of(host.Url))).Build();
        var collection = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(new HastyClock(TimeSpan.FromSeconds(20))).AddSingleton<PlatformSet>().AddSingleton<IMediaSource, SampleFiles>().AddSingleton<IAudienceBook, TwoMembers>()
            .AddPlatforms(configuration);
        foreach (var site in PlatformSite.All)
            collection.AddHttpClient(site.Platform.Wire()).AddHttpMessageHandler(() => Calls.Handler(site.Platform, $"{host.Url}/{site.Platform.Wire()}", configuration[$"AdPlatforms:{site.Platform}:ApiBaseUrl"]!));
        services = collection.BuildServiceProvider();
    }

    public SandboxHost Host { get; }

    /// <summary>Every call that the adapters made.</summary>
    public RecordedCalls Calls { get; } = new();

    public static async Task<SandboxedAdapters> StartAsync(Action<AdStudio.Sandbox.SandboxOptions>? configure = null) => new(await SandboxHost.StartAsync(o =>
    {
        o.FaultTimeout = TimeSpan.FromMilliseconds(100);
        configure?.Invoke(o);
    }));

    public T Get<T>(Platform platform) where T : class, IPlatformCapability => services.GetRequiredService<PlatformSet>().Get<T>(platform);

    /// <summary>Null when the platform has no such capability.</summary>
    public T? Find<T>(Platform platform) where T : class, IPlatformCapability => services.GetRequiredService<PlatformSet>().Find<T>(platform);

    /// <summary>Consents, exchanges the code, and opens the first account in good standing.</summary>
    public async Task<(PlatformAccess Access, PlatformAccount Account, PlatformTokens Tokens)> ConnectAsync(Platform platform)
    {
        var tokens = await ConsentAsync(Get<IAuthorizes>(platform));
        var access = new PlatformAccess(Guid.NewGuid(), tokens.AccessToken);
        var account = (await Get<IListsAccounts>(platform).ListAccountsAsync(access, default)).Value.First(a => a is { Status: AdAccountStatus.Active, Currency: "USD" });
        return (access with { Account = new(Guid.NewGuid(), account.ExternalId, account.Currency, account.TimeZone, account.ManagerExternalId) }, account, tokens);
    }

    /// <summary>Says "Allow" on the consent page; where there is none, brings the sandbox's keys.</summary>
    private async Task<PlatformTokens> ConsentAsync(IAuthorizes authorizes)
    {
        var verifier = authorizes.SupportsPkce ? "a-long-enough-verifier-with-forty-three-characters-or-more" : null;
        var challenge = verifier is null ? null : System.Buffers.Text.Base64Url.EncodeToString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(verifier)));
        var code = await Consent.GiveAsync(Host.Url, Host.Control, authorizes, authorizes.AuthorizeUrl("state-1", Back, challenge));
        return (await authorizes.ExchangeCodeAsync(code, Back, verifier, default)).Value;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Host.DisposeAsync();
    }

    private sealed class SampleFiles : IMediaSource
    {
        public Task<MediaFile> OpenAsync(Guid assetId, string? rendition, CancellationToken ct)
        {
            if (assetId == Briefs.LongClip.Id) return Task.FromResult(new MediaFile(new MemoryStream(Long()), "video/mp4", "long.mp4", Briefs.LongClip.Bytes));
            var (name, type) = assetId == Briefs.Clip.Id ? ("sample.mp4", "video/mp4") : rendition?.StartsWith("9:16", StringComparison.Ordinal) == true || rendition is null && assetId == Briefs.Tall.Id ? ("sample-1080x1920.jpg", "image/jpeg") : (rendition == "1:1" || rendition is null && assetId != Briefs.Wide.Id ? "sample-1080x1080.jpg" : "sample-1200x628.jpg", "image/jpeg");
            var file = File.OpenRead(Path.Combine(Repository.Root, "AdStudio.Sandbox", "Assets", name));
            return Task.FromResult(new MediaFile(file, type, name, file.Length));
        }

        /// <summary>As long as it says, with a video's first bytes.</summary>
        private static byte[] Long()
        {
            var bytes = new byte[Briefs.LongClip.Bytes];
            "ftyp"u8.CopyTo(bytes.AsSpan(4));
            return bytes;
        }
    }

    private sealed class TwoMembers : IAudienceBook
    {
        public async IAsyncEnumerable<(string? EmailSha256, string? PhoneSha256)> MembersAsync(Guid audienceId, Platform platform, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
        {
            await Task.CompletedTask;
            yield return (new string('a', 64), null);
            yield return (new string('b', 64), new string('c', 64));
        }
    }
}
