using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Clock;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Pinterest;

/// <summary>What every part of the API shares: state, time, who may do what.</summary>
public sealed class PinterestContext(SandboxStore store, SandboxClock clock, SandboxOptions options, PolicyBook policy)
{
    private static readonly string[] Readers = ["OWNER", "ADMIN", "ANALYST", "CAMPAIGN_MANAGER", "AUDIENCE_MANAGER"];
    private static readonly string[] Writers = ["OWNER", "ADMIN", "CAMPAIGN_MANAGER"];

    public SandboxStore Store => store;
    public SandboxOptions Options => options;
    public PolicyBook Policy => policy;
    public DateTimeOffset Now => clock.Now;

    public string NewId() => store.Next("pinterest", 549_755_900_001).ToString(CultureInfo.InvariantCulture);

    public static IReadOnlyList<string> RolesOf(SandboxObject user, string account) => [.. (user.Body["roles"]![account] as JsonArray ?? []).Select(r => r!.ToString())];

    public IEnumerable<SandboxObject> AccountsOf(SandboxObject user) => ((JsonObject)user.Body["roles"]!).Select(r => store.Find(PinterestWorld.Account, r.Key)!);

    public bool MayRead(SandboxObject user, SandboxObject account) => RolesOf(user, account.Id).Intersect(Readers).Any();

    /// <summary>Whether the person may change things in the account, and the account is one in which anything may be changed.</summary>
    public bool MayWrite(SandboxObject user, SandboxObject account, bool audiences) =>
        RolesOf(user, account.Id).Intersect(audiences ? [.. Writers, "AUDIENCE_MANAGER"] : Writers).Any() && IsUsable(account);

    public static bool IsUsable(SandboxObject account) => account.Body["status"]!.ToString() == "ACTIVE";

    /// <summary>Whose pins and boards a call is about: the owner of the account that it names, else whoever asks.</summary>
    public static string OwnerOf(PinterestCall call) => call.Account?.Body["owner"]!["id"]!.ToString() ?? call.User.Id;

    /// <summary>Pinterest counts its days in UTC, whatever the country of the account.</summary>
    public static Market MarketOf(SandboxObject account) => new(account.Id, account.Body["currency"]!.ToString(), TimeZoneInfo.Utc);

    public SandboxObject Create(string kind, string account, string parent, JsonObject body)
    {
        var item = new SandboxObject { Kind = kind, Id = NewId(), AccountId = account, ParentId = parent, CreatedAt = Now, UpdatedAt = Now, Body = body };
        item.Body["id"] = item.Id;
        return item;
    }

    public SandboxObject? InAccount(PinterestCall call, string kind, string? id) => id is not null && store.Find(kind, id) is { } found && found.AccountId == call.Account!.Id ? found : null;

    /// <summary>The items of a list by its status filter and order; both are alike for campaigns, ad groups and ads.</summary>
    public static IEnumerable<SandboxObject> Chosen(PinterestCall call, IEnumerable<SandboxObject> all)
    {
        var statuses = call.List("entity_statuses") is { Count: > 0 } asked ? asked : ["ACTIVE", "PAUSED"];
        var found = all.Where(o => statuses.Contains(o.Body["status"]!.ToString()));
        return call.Text("order") == "DESCENDING" ? found.OrderByDescending(Number) : found.OrderBy(Number);
    }

    public static long Number(SandboxObject item) => long.Parse(item.Id, CultureInfo.InvariantCulture);

    public static DateTimeOffset? Instant(JsonObject body, string name) => body[name] is { } value ? DateTimeOffset.FromUnixTimeSeconds(value.GetValue<long>()) : null;

    public static long Micros(JsonObject body, string name) => body[name]?.GetValue<long>() ?? 0;

    /// <summary>The least a day may cost, in micros: about a dollar.</summary>
    public static long LeastBudget(SandboxObject account) => account.Body["currency"]!.ToString() switch
    {
        "JPY" => 150_000_000, "KRW" => 1_400_000_000, "INR" => 85_000_000, "HUF" => 370_000_000, "CLP" => 950_000_000, "COP" => 4_200_000_000, "ARS" => 1_100_000_000, _ => 1_000_000,
    };

    /// <summary>Takes what was given over what there was; a null takes a field away.</summary>
    public static void Merge(JsonObject into, JsonObject given)
    {
        foreach (var (name, value) in given)
            if (value is null) into.Remove(name);
            else into[name] = value.DeepClone();
    }
}
