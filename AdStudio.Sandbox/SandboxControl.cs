using System.Globalization;
using AdStudio.Sandbox.Clock;
using AdStudio.Sandbox.Console;
using AdStudio.Sandbox.Faults;
using AdStudio.Sandbox.Google;
using AdStudio.Sandbox.Meta;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox;

/// <summary>A campaign, ad set or ad on an emulated platform.</summary>
public sealed record SandboxItem(string Platform, string Kind, string Id, string AccountId, string ParentId, string Name, string Status, string EffectiveStatus, DateTimeOffset CreatedAt);

/// <summary>An ad account on an emulated platform.</summary>
public sealed record SandboxAccount(string Platform, string Id, string Name, string Currency, string TimeZone, string Status);

/// <summary>The sandbox from within the process: time, faults, policy, accounts, and what is there.</summary>
public sealed class SandboxControl(SandboxStore store, SandboxOptions options, SandboxClock clock, FaultDial faults, PolicyBook policy, RequestLog requests, MetaApi meta, GoogleApi google)
{
    public SandboxClock Clock => clock;
    public FaultDial Faults => faults;
    public PolicyBook Policy => policy;

    public DateTimeOffset Now => clock.Now;

    public IReadOnlyList<LoggedRequest> Requests => requests.Recent();

    /// <summary>Campaigns, ad sets and ads of one platform, or of all, in the order they were made.</summary>
    public IReadOnlyList<SandboxItem> Objects(string? platform = null) => store.Work(() =>
    {
        var found = new List<SandboxItem>();
        if (platform is null or "meta")
            foreach (var (kind, name) in new[] { (MetaWorld.Campaign, "campaign"), (MetaWorld.AdSet, "adset"), (MetaWorld.Ad, "ad") })
                found.AddRange(store.All(kind).Select(o => new SandboxItem("meta", name, o.Id, o.AccountId, o.ParentId, o.Body["name"]!.ToString(), MetaStatus.Own(o), MetaStatus.Effective(meta.Context, o), o.CreatedAt)));
        if (platform is null or "google")
            found.AddRange(google.Objects());
        return found;
    });

    public IReadOnlyList<SandboxAccount> Accounts() => store.Work(() => store.All(MetaWorld.Account)
        .Select(a => new SandboxAccount("meta", a.Id, a.Body["name"]!.ToString(), a.Body["currency"]!.ToString(), a.Body["timezone_name"]!.ToString(), a.Body["account_status"]!.ToString()))
        .Concat(store.All(GoogleWorld.Customer).Select(a => new SandboxAccount("google", a.Id, a.Body["descriptiveName"]!.ToString(), a.Body["currencyCode"]!.ToString(), a.Body["timeZone"]!.ToString(), a.Body["status"]!.ToString())))
        .ToList());

    /// <summary>Sets an account's status in the platform's own words: 1, 2, 3 … on Meta, ENABLED, SUSPENDED, CANCELED on Google.</summary>
    public bool SetAccountStatus(string platform, string id, string status) => store.Work(() =>
    {
        var account = store.Find(platform == "meta" ? MetaWorld.Account : GoogleWorld.Customer, id)?.Clone();
        if (account is null) return false;
        if (platform == "meta")
        {
            if (!int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code)) return false;
            account.Body["account_status"] = code;
            account.Body["disable_reason"] = code == 1 ? 0 : 3;
            account.Remember(new Moment(Now) { Status = code is 1 or 9 ? "ACTIVE" : "STOPPED" });
        }
        else
        {
            if (GoogleShapes.EnumOf(GoogleShapes.Types["Resources.Customer"]["status"])?.Contains(status) != true) return false;
            account.Body["status"] = status;
            account.Remember(new Moment(Now) { Status = status });
        }
        account.UpdatedAt = Now;
        store.Put(account);
        return true;
    });

    /// <summary>Makes every access token of a platform expired now; refresh tokens stay good.</summary>
    public int ExpireTokens(string platform) => store.Work(() =>
    {
        var tokens = store.All(platform == "meta" ? MetaWorld.Token : GoogleWorld.Token).ToList();
        foreach (var token in tokens)
        {
            var expired = token.Clone();
            expired.Body["expires"] = (Now - TimeSpan.FromSeconds(1)).ToString("O", CultureInfo.InvariantCulture);
            store.Put(expired);
        }
        return tokens.Count;
    });

    /// <summary>Takes back every grant of a platform: access and refresh tokens are refused from now on.</summary>
    public void RevokeGrants(string platform) => store.Work(() =>
    {
        string[] kinds = platform == "meta" ? [MetaWorld.Token] : [GoogleWorld.Token, GoogleWorld.Refresh];
        foreach (var token in kinds.SelectMany(store.All).ToList())
        {
            var revoked = token.Clone();
            revoked.Body["revoked"] = true;
            store.Put(revoked);
        }
    });

    /// <summary>Back to the first day: no campaigns, no tokens, no faults, real time.</summary>
    public void Reset()
    {
        store.Clear();
        clock.FollowRealTime();
        requests.Clear();
        SeedIfEmpty(store, options);
    }

    internal static void SeedIfEmpty(SandboxStore store, SandboxOptions options) => store.Work(() =>
    {
        var now = options.RealTime.GetUtcNow();
        if (!store.All(MetaWorld.User).Any()) MetaWorld.Seed(store, now);
        if (!store.All(GoogleWorld.User).Any()) GoogleWorld.Seed(store, now);
    });
}
