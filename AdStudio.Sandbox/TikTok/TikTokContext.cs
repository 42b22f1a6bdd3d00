using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Clock;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.TikTok;

/// <summary>What every part of the Business API shares: state, time, who may do what.</summary>
internal sealed class TikTokContext(SandboxStore store, SandboxClock clock, SandboxOptions options, PolicyBook policy, OAuthDesk desk)
{
    public SandboxStore Store => store;
    public SandboxOptions Options => options;
    public PolicyBook Policy => policy;
    public OAuthDesk Desk => desk;
    public DateTimeOffset Now => clock.Now;

    public string NewId() => store.Next("tiktok", 1_790_100_000_000_001).ToString(CultureInfo.InvariantCulture);

    public IEnumerable<SandboxObject> AccountsOf(TikTokCall call) => TikTokCall.Texts(call.Person.Body["accounts"]).Select(a => store.Find(TikTokWorld.Account, a)!);

    /// <summary>The advertiser that a call names, if the person may use it.</summary>
    public SandboxObject? Account(TikTokCall call) => AccountsOf(call).FirstOrDefault(a => a.Id == call.Text("advertiser_id"));

    public static bool Runs(SandboxObject account) => account.Body["status"]!.ToString() == "STATUS_ENABLE";

    /// <summary>Something of the account that is not deleted.</summary>
    public SandboxObject? Find(string kind, string? id, SandboxObject account) =>
        id is not null && store.Find(kind, id) is { } found && found.AccountId == account.Id && found.Body["operation_status"]?.ToString() != "DELETE" ? found : null;

    public TimeZoneInfo Zone(SandboxObject account) => TimeZoneInfo.FindSystemTimeZoneById(account.Body["display_timezone"]!.ToString());

    public SandboxObject Make(string kind, SandboxObject account, string parent, JsonObject body, string idField)
    {
        var item = new SandboxObject { Kind = kind, Id = NewId(), AccountId = account.Id, ParentId = parent, CreatedAt = Now, UpdatedAt = Now, Body = body };
        (item.Body[idField], item.Body["create_time"], item.Body["modify_time"]) = (item.Id, TikTokTime.Write(Now), TikTokTime.Write(Now));
        return item;
    }

    public void Keep(SandboxObject changed)
    {
        changed.UpdatedAt = Now;
        changed.Body["modify_time"] = TikTokTime.Write(Now);
        store.Put(changed);
    }

    /// <summary>Units of the account's currency, in micros.</summary>
    public static long Micros(JsonNode? amount) => decimal.TryParse(amount?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var units) ? (long)(units * 1_000_000m) : 0;

    /// <summary>The least a day costs: for a campaign two and a half times as much as for an ad group.</summary>
    public static decimal LeastADay(SandboxObject account, bool campaign) => (account.Body["currency"]!.ToString() == "JPY" ? 2000m : 20m) * (campaign ? 2.5m : 1m);

    /// <summary>A field of an object as it was given, without what belongs to the request.</summary>
    public static JsonObject Given(JsonObject parameters, params string[] without) => new(parameters.Where(p => !without.Contains(p.Key)).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));

    public static bool HasEmoji(string text) => text.EnumerateRunes().Any(r => r.Value >= 0x1F000 || r.Value is >= 0x2600 and <= 0x27BF);

    /// <summary>TikTok counts a wide character as two.</summary>
    public static int Length(string text) => text.EnumerateRunes().Sum(r => r.Value >= 0x2E80 ? 2 : 1);
}
