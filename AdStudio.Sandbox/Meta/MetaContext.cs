using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Clock;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Meta;

/// <summary>What every part of the Graph API shares: state, time, who may do what.</summary>
public sealed class MetaContext(SandboxStore store, SandboxClock clock, SandboxOptions options, PolicyBook policy)
{
    private static readonly string[] Kinds =
    [
        MetaWorld.Campaign, MetaWorld.AdSet, MetaWorld.Ad, MetaWorld.Creative, MetaWorld.Video, MetaWorld.Audience, MetaWorld.Pixel, MetaWorld.Report, MetaWorld.Form, MetaWorld.Lead, MetaWorld.SavedAudience, MetaWorld.Page, MetaWorld.Business,
        MetaWorld.User,
    ];

    public SandboxStore Store => store;
    public SandboxOptions Options => options;
    public PolicyBook Policy => policy;
    public DateTimeOffset Now => clock.Now;

    public string NewId() => store.Next("meta", 120_210_000_000_010_001).ToString(CultureInfo.InvariantCulture);

    public SandboxObject User(MetaCall call) => store.Find(MetaWorld.User, call.Session!.Body["user"]!.GetValue<string>())!;

    public IEnumerable<SandboxObject> AccountsOf(MetaCall call) =>
        User(call).Body["accounts"]!.AsArray().Select(a => store.Find(MetaWorld.Account, a!.GetValue<string>())!);

    /// <summary>The apps that an account may promote.</summary>
    public IEnumerable<SandboxObject> AppsOf(SandboxObject account) => store.All(MetaWorld.App).Where(a => a.Body["accounts"]!.AsArray().Any(i => i!.GetValue<string>() == account.Id));

    public IEnumerable<SandboxObject> PagesOf(MetaCall call) =>
        User(call).Body["pages"]!.AsArray().Select(a => store.Find(MetaWorld.Page, a!.GetValue<string>())!);

    /// <summary>An ad account the person may use.</summary>
    public SandboxObject? Account(MetaCall call, string id) =>
        AccountsOf(call).FirstOrDefault(a => a.Id == (id.StartsWith("act_", StringComparison.Ordinal) ? id[4..] : id));

    /// <summary>Any object by its id, if the person may see it.</summary>
    public SandboxObject? Find(MetaCall call, string id)
    {
        if (id == "me") return User(call);
        if (id.StartsWith("act_", StringComparison.Ordinal)) return Account(call, id);
        var found = Kinds.Select(k => store.Find(k, id)).FirstOrDefault(o => o is not null);
        if (found is null) return null;
        return found.Kind switch
        {
            MetaWorld.User => found.Id == User(call).Id ? found : null,
            MetaWorld.Page => PagesOf(call).Any(p => p.Id == id) ? found : null,
            MetaWorld.Business => User(call).Body["business"]!.GetValue<string>() == id ? found : null,
            MetaWorld.Lead => Has(call, "leads_retrieval") && PagesOf(call).Any(p => p.Id == store.Find(MetaWorld.Form, found.ParentId)?.ParentId) ? found : null,
            MetaWorld.Form => PagesOf(call).Any(p => p.Id == found.ParentId) ? found : null,
            _ => Account(call, found.AccountId) is null ? null : found,
        };
    }

    public bool Has(MetaCall call, params string[] permissions) =>
        permissions.Any(p => call.Session!.Body["scopes"]!.AsArray().Any(s => s!.GetValue<string>() == p));

    public MetaError? MayRead(MetaCall call) => Has(call, "ads_read", "ads_management") ? null : MetaError.NoPermission("ads_read or ads_management");

    /// <summary>Whether the person may change things in the account, and the account may be changed.</summary>
    public MetaError? MayChange(MetaCall call, SandboxObject account)
    {
        if (!Has(call, "ads_management")) return MetaError.NoPermission("ads_management");
        return account.Body["account_status"]!.GetValue<int>() switch
        {
            1 or 9 => null,
            3 => new MetaError(200, "Permissions error") { Status = 403, Subcode = 1487194, Title = "Ad account has an unpaid balance", UserMessage = "This ad account has an outstanding balance. Pay it before you create or change ads." },
            _ => new MetaError(200, "Permissions error") { Status = 403, Subcode = 1815089, Title = "Ad account is disabled", UserMessage = "This ad account has been disabled. You can't create or change ads in it." },
        };
    }

    public TimeZoneInfo Zone(SandboxObject account) => TimeZoneInfo.FindSystemTimeZoneById(account.Body["timezone_name"]!.GetValue<string>());

    public SandboxObject AccountOf(SandboxObject item) => item.Kind == MetaWorld.Account ? item : store.Find(MetaWorld.Account, item.AccountId)!;

    /// <summary>Micros of one minor unit of the account's currency.</summary>
    public static long MinorUnit(SandboxObject account) =>
        account.Body["currency"]!.GetValue<string>() is "CLP" or "COP" or "CRC" or "HUF" or "ISK" or "IDR" or "JPY" or "KRW" or "PYG" or "TWD" or "VND" ? 1_000_000 : 10_000;

    public static long BudgetMicros(JsonObject body, string name, SandboxObject account) =>
        long.TryParse(body[name]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var minor) ? minor * MinorUnit(account) : 0;

    public SandboxObject Create(string kind, string account, string parent, JsonObject body, string? id = null)
    {
        var item = new SandboxObject { Kind = kind, Id = id ?? NewId(), AccountId = account, ParentId = parent, CreatedAt = Now, UpdatedAt = Now, Body = body };
        item.Body["id"] = item.Id;
        return item;
    }
}
