using AdStudio.Sandbox.Clock;
using AdStudio.Sandbox.Console;
using AdStudio.Sandbox.Faults;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox;

/// <summary>A campaign, ad set or ad on an emulated platform.</summary>
public sealed record SandboxItem(string Platform, string Kind, string Id, string AccountId, string ParentId, string Name, string Status, string EffectiveStatus, DateTimeOffset CreatedAt);

/// <summary>An ad account on an emulated platform.</summary>
public sealed record SandboxAccount(string Platform, string Id, string Name, string Currency, string TimeZone, string Status);

/// <summary>The sandbox from within the process: time, faults, policy, accounts, and what is there.</summary>
public sealed class SandboxControl(SandboxStore store, SandboxOptions options, SandboxClock clock, FaultDial faults, PolicyBook policy, RequestLog requests, IEnumerable<SandboxPlatform> platforms)
{
    private readonly SandboxPlatform[] all = [.. platforms.OrderBy(p => p.Title, StringComparer.Ordinal)];

    public SandboxClock Clock => clock;
    public FaultDial Faults => faults;
    public PolicyBook Policy => policy;
    public IReadOnlyList<SandboxPlatform> Platforms => all;

    public DateTimeOffset Now => clock.Now;

    public IReadOnlyList<LoggedRequest> Requests => requests.Recent();

    /// <summary>Campaigns, ad sets and ads of one platform, or of all, in the order they were made.</summary>
    public IReadOnlyList<SandboxItem> Objects(string? platform = null) => store.Work(() => Of(platform).SelectMany(p => p.Objects()).ToList());

    public IReadOnlyList<SandboxAccount> Accounts() => store.Work(() => all.SelectMany(p => p.Accounts()).ToList());

    /// <summary>Sets an account's status in the platform's own words.</summary>
    public bool SetAccountStatus(string platform, string id, string status) => store.Work(() => Find(platform)?.SetAccountStatus(id, status) == true);

    /// <summary>Makes every access token of a platform expired now; refresh tokens stay good.</summary>
    public int ExpireTokens(string platform) => store.Work(() => Find(platform)?.ExpireTokens() ?? 0);

    /// <summary>Takes back every grant of a platform: access and refresh tokens are refused from now on.</summary>
    public void RevokeGrants(string platform) => store.Work(() => Find(platform)?.RevokeGrants());

    public SandboxPlatform? Find(string? platform) => Array.Find(all, p => p.Name == platform);

    /// <summary>Back to the first day: no campaigns, no tokens, no faults, real time.</summary>
    public void Reset()
    {
        store.Clear();
        clock.FollowRealTime();
        requests.Clear();
        SeedIfEmpty();
    }

    internal void SeedIfEmpty() => store.Work(() =>
    {
        foreach (var platform in all.Where(p => !p.IsSeeded)) platform.Seed(options.RealTime.GetUtcNow());
    });

    private IEnumerable<SandboxPlatform> Of(string? platform) => platform is null ? all : all.Where(p => p.Name == platform);
}
