using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AdStudio.Tests.Connections;

/// <summary>A platform that answers from memory, with refresh tokens that are good for one use only.</summary>
public sealed class FakePlatform(Platform platform, TimeProvider time) : IAuthorizes, IListsAccounts
{
    private readonly Lock gate = new();
    private int issued;

    public Platform Platform => platform;
    public bool SupportsPkce => platform == Platform.Google;
    public IReadOnlyList<string> Scopes => ["ads.read", "ads.write"];

    public PlatformIdentity Owner { get; set; } = new("owner-1", "Olga Owner", ["ads.read", "ads.write"], []);
    public List<PlatformAccount> Accounts { get; set; } = [new("act_1", "Shoes EU", "EUR", "Europe/Berlin", AdAccountStatus.Active) { BusinessName = "Acme GmbH" }];
    public HashSet<string> Accepted { get; } = [];
    public string? GoodRefreshToken { get; set; }
    public TimeSpan? TokensLast { get; set; }
    public bool GivesRefreshTokens { get; set; } = true;
    public int Refreshes { get; private set; }
    public (string? Verifier, Uri Callback)? LastExchange { get; private set; }
    public Refusal? RefreshFails { get; set; }

    public Uri AuthorizeUrl(string state, Uri redirectUri, string? codeChallenge) =>
        new($"https://platform.example/consent?state={Uri.EscapeDataString(state)}&redirect_uri={Uri.EscapeDataString(redirectUri.AbsoluteUri)}&code_challenge={codeChallenge}");

    public Task<Result<PlatformTokens>> ExchangeCodeAsync(string code, Uri redirectUri, string? codeVerifier, CancellationToken ct)
    {
        LastExchange = (codeVerifier, redirectUri);
        return Task.FromResult(code == "good" ? Result<PlatformTokens>.Of(Issue()) : new PlatformFailure(platform, PlatformFailureKind.InvalidRequest, "This code has been used."));
    }

    public async Task<Result<PlatformTokens>> RefreshAsync(string accessToken, string? refreshToken, CancellationToken ct)
    {
        await Task.Yield();
        lock (gate)
        {
            if (RefreshFails is { } refusal) return refusal;
            if (GoodRefreshToken is not null && refreshToken != GoodRefreshToken) return new PlatformFailure(platform, PlatformFailureKind.ExpiredAuthorization, "invalid_grant");
            Refreshes++;
            return Issue();
        }
    }

    public Task<Result<PlatformIdentity>> WhoAmIAsync(PlatformAccess access, CancellationToken ct) =>
        Task.FromResult(Accepted.Contains(access.AccessToken) ? Result<PlatformIdentity>.Of(Owner) : new PlatformFailure(platform, PlatformFailureKind.ExpiredAuthorization, "The session has been invalidated."));

    public Task<Result<IReadOnlyList<PlatformAccount>>> ListAccountsAsync(PlatformAccess access, CancellationToken ct) =>
        Task.FromResult(Accepted.Contains(access.AccessToken) ? Result<IReadOnlyList<PlatformAccount>>.Of(Accounts) : new PlatformFailure(platform, PlatformFailureKind.ExpiredAuthorization, "The session has been invalidated."));

    public PlatformTokens Issue()
    {
        var number = Interlocked.Increment(ref issued);
        Accepted.Add($"secret-access-{number}");
        if (GivesRefreshTokens) GoodRefreshToken = $"secret-refresh-{number}";
        return new PlatformTokens($"secret-access-{number}", GivesRefreshTokens ? GoodRefreshToken : null, TokensLast is { } lasts ? time.GetUtcNow() + lasts : null);
    }
}

/// <summary>The machine's clock, moved ahead by hand.</summary>
public sealed class MovableClock : TimeProvider
{
    private TimeSpan ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    public void Advance(TimeSpan by) => ahead += by;
}

/// <summary>The app with Meta and Google played by <see cref="FakePlatform"/>, and a clock that can be moved. One a test: what they hold is the test's own.</summary>
public sealed class FakePlatformsApp : StudioApp
{
    public MovableClock Clock { get; } = new();
    public FakePlatform Meta { get; }
    public FakePlatform Google { get; }

    public FakePlatformsApp() => (Meta, Google) = (new(Platform.Meta, Clock), new(Platform.Google, Clock));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services =>
        {
            services.RemoveAll<IPlatformCapability>();
            services.AddSingleton<IPlatformCapability>(Meta);
            services.AddSingleton<IPlatformCapability>(Google);
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
        });
    }
}
