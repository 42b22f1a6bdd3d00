using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Clock;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.LinkedIn;

/// <summary>What every part of the API shares: state, time, who may do what.</summary>
public sealed class LinkedInContext(SandboxStore store, SandboxClock clock, SandboxOptions options, PolicyBook policy)
{
    public SandboxStore Store => store;
    public SandboxOptions Options => options;
    public PolicyBook Policy => policy;
    public DateTimeOffset Now => clock.Now;

    public string NewId(string series) => store.Next("linkedin." + series, series switch { "group" => 620_000_001, "campaign" => 340_000_001, "creative" => 780_000_001, "segment" => 11_130_001, "conversion" => 14_490_001, _ => 7_300_000_000_000_000_001 }).ToString(CultureInfo.InvariantCulture);

    public IEnumerable<SandboxObject> AccountsOf(SandboxObject user) => ((JsonObject)user.Body["accounts"]!).Select(r => store.Find(LinkedInWorld.Account, r.Key)!);

    /// <summary>An account in which the person has a role.</summary>
    public SandboxObject? Account(LinkedInCall call, string? id) => id is not null && ((JsonObject)call.User.Body["accounts"]!).ContainsKey(id) ? store.Find(LinkedInWorld.Account, id) : null;

    public bool MayPostFor(LinkedInCall call, string? urn) => call.User.Body["pages"]![LinkedInCall.IdOf(urn)] is not null;

    public static string Standing(SandboxObject account) => account.Body["standing"]!.ToString();

    /// <summary>Why nothing may be made or changed in the account; null when it may.</summary>
    public LinkedInReply? Closed(LinkedInCall call, SandboxObject account)
    {
        if (!call.Scopes.Contains("rw_ads")) return LinkedInReply.NoAccess("rw_ads");
        return Standing(account) is "CANCELED" or "REMOVED" ? LinkedInReply.Of([new("FIELD_VALUE_NOT_ACTIVE", "/account", $"/account value urn:li:sponsoredAccount:{account.Id} is not active")]) : null;
    }

    /// <summary>LinkedIn counts its days in UTC.</summary>
    public static Market MarketOf(SandboxObject account) => new(account.Id, account.Body["currency"]!.ToString(), TimeZoneInfo.Utc);

    public SandboxObject Create(string kind, string series, string account, string parent, JsonObject body)
    {
        var item = new SandboxObject { Kind = kind, Id = NewId(series), AccountId = account, ParentId = parent, CreatedAt = Now, UpdatedAt = Now, Body = body };
        return item;
    }

    /// <summary>When it begins: whoever said "now" meant the sandbox's. What has begun stays begun, whatever the clock is set to.</summary>
    public DateTimeOffset? StartOf(SandboxObject item) => Instant(item.Body["runSchedule"]?["start"]) is not { } start ? null
        : item.History is [.., { Start: { } before }] && before <= Now ? before : clock.Meant(start);

    public static DateTimeOffset? Instant(JsonNode? milliseconds) => milliseconds is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds.GetValue<long>());

    public static long Micros(JsonNode? money) => money?["amount"]?.ToString() is { } amount && decimal.TryParse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var units) ? (long)(units * 1_000_000) : 0;

    /// <summary>The least a campaign may spend a day, in micros: about ten dollars.</summary>
    public static long LeastBudget(SandboxObject account) => account.Body["currency"]!.ToString() switch
    {
        "JPY" => 1_500_000_000, "KRW" => 14_000_000_000, "INR" => 850_000_000, "HUF" => 3_700_000_000, "CLP" => 9_500_000_000, "COP" => 42_000_000_000, _ => 10_000_000,
    };

    public JsonObject Stamps(SandboxObject item) => new()
    {
        ["created"] = new JsonObject { ["time"] = item.CreatedAt.ToUnixTimeMilliseconds() }, ["lastModified"] = new JsonObject { ["time"] = item.UpdatedAt.ToUnixTimeMilliseconds() },
    };

    /// <summary>One page by token, as accounts, groups, campaigns and creatives page.</summary>
    public static LinkedInReply ByToken(LinkedInCall call, IReadOnlyList<JsonObject> all, int most = 1000)
    {
        var size = call.Number("pageSize") ?? most;
        if (size < 1 || size > most) return LinkedInReply.Query("pageSize");
        var start = 0;
        if (call.Text("pageToken") is { } token && !(token.StartsWith("DgE", StringComparison.Ordinal) && int.TryParse(token[3..], NumberStyles.None, CultureInfo.InvariantCulture, out start))) return LinkedInReply.Query("pageToken");
        var page = all.Skip(start).Take(size).ToList();
        var metadata = new JsonObject();
        if (start + page.Count < all.Count) metadata["nextPageToken"] = $"DgE{start + page.Count}";
        return new JsonObject { ["elements"] = new JsonArray([.. page]), ["metadata"] = metadata };
    }

    /// <summary>One page by start and count, as everything else pages.</summary>
    public static LinkedInReply ByCount(LinkedInCall call, IReadOnlyList<JsonObject> all)
    {
        var (start, count) = (call.Number("start") ?? 0, call.Number("count") ?? 10);
        var page = all.Skip(start).Take(count).ToList();
        return new JsonObject { ["paging"] = new JsonObject { ["start"] = start, ["count"] = count, ["total"] = all.Count, ["links"] = new JsonArray() }, ["elements"] = new JsonArray([.. page]) };
    }
}
