using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Clock;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Apple;

/// <summary>A call as it came in.</summary>
public sealed record AppleCall(string Method, string[] Path, IReadOnlyDictionary<string, string> Query, JsonNode? Body, bool IsReadable, string? Token, string? Context)
{
    public SandboxObject User { get; set; } = null!;

    /// <summary>For which it is made; null where it needs none.</summary>
    public SandboxObject Organization { get; set; } = null!;
}

/// <summary>What every part of the API shares: state, time, who may do what.</summary>
public sealed class AppleContext(SandboxStore store, SandboxClock clock, SandboxOptions options, PolicyBook policy)
{
    public SandboxStore Store => store;
    public SandboxOptions Options => options;
    public PolicyBook Policy => policy;
    public DateTimeOffset Now => clock.Now;

    public static bool MayWrite(SandboxObject user, SandboxObject organization) => user.Body["roles"]![organization.Id]?.ToString().Contains("Manager", StringComparison.Ordinal) == true;

    public static bool CanPay(SandboxObject organization) => organization.Body["paymentModel"]!.ToString() != AppleWorld.Unpaid;

    public static Market MarketOf(SandboxObject organization) =>
        new(organization.Id, organization.Body["currency"]!.ToString(), TimeZoneInfo.FindSystemTimeZoneById(organization.Body["timeZone"]!.ToString()));

    public SandboxObject Create(string kind, SandboxObject organization, string parent, JsonObject body)
    {
        var id = store.Next("apple", 1_640_200_001).ToString(CultureInfo.InvariantCulture);
        var item = new SandboxObject { Kind = kind, Id = id, AccountId = organization.Id, ParentId = parent, CreatedAt = Now, UpdatedAt = Now, Body = body };
        (body["id"], body["orgId"], body["deleted"], body["creationTime"]) = (AppleWorld.Number(id), AppleWorld.Number(organization.Id), false, AppleTime.Write(Now));
        return item;
    }

    /// <summary>What may be changed; deleted things may not.</summary>
    public SandboxObject Get(AppleCall call, string kind, string what, string id, string? parent = null) =>
        store.Find(kind, id) is { } found && found.AccountId == call.Organization.Id && (parent is null || found.ParentId == parent) && !IsDeleted(found) ? found : throw AppleRefusal.Missing(what);

    public static bool IsDeleted(SandboxObject item) => item.Body["deleted"]?.GetValue<bool>() == true;

    public SandboxObject? AppOf(SandboxObject organization, string adamId) =>
        store.Find(AppleWorld.App, adamId) is { } app && app.Body["owners"]!.AsArray().Any(o => o!.ToString() == organization.Id) ? app : null;

    public SandboxObject Delete(SandboxObject item)
    {
        var gone = item.Clone();
        gone.Body["deleted"] = true;
        Keep(gone);
        return gone;
    }

    /// <summary>Puts a changed clone and notes how it stands from now on.</summary>
    public void Keep(SandboxObject item)
    {
        item.UpdatedAt = Now;
        item.Remember(MomentOf(item));
        store.Put(item);
    }

    private Moment MomentOf(SandboxObject item)
    {
        var body = item.Body;
        var before = item.History.Count > 0 ? item.History[^1] : null;
        return new(Now)
        {
            Status = IsDeleted(item) ? "DELETED" : body["status"]?.ToString() ?? "", DailyBudget = item.Kind == AppleWorld.Campaign ? Micros(body["dailyBudgetAmount"]) : 0,
            Start = AppleTime.Read(body["startTime"]), End = AppleTime.Read(body["endTime"]),
            // Review looks once, when the ad is made.
            ReviewedAt = before?.ReviewedAt ?? (item.Kind == AppleWorld.Ad ? Now + options.ReviewDelay : null),
            Rejection = before is not null ? before.Rejection : item.Kind == AppleWorld.Ad ? policy.Broken("apple", "review", body["name"]!.ToString())?.Reason : null,
        };
    }

    public static long Micros(JsonNode? money) => money is null ? 0 : decimal.ToInt64(decimal.Parse(money["amount"]!.ToString(), CultureInfo.InvariantCulture) * 1_000_000m);

    public static JsonObject Money(long micros, string currency) => new() { ["amount"] = (micros / 1_000_000m).ToString("0.######", CultureInfo.InvariantCulture), ["currency"] = currency };

    public void CheckMoney(AppleCall call, JsonNode? money, string field)
    {
        if (money is null) return;
        var currency = call.Organization.Body["currency"]!.ToString();
        if (money["currency"]!.ToString() != currency) throw AppleRefusal.Invalid(field + ".currency", $"This organization's currency is {currency}.");
        if (Micros(money) <= 0) throw AppleRefusal.Invalid(field + ".amount", "The amount must be greater than zero.");
        if (Micros(money) % MarketOf(call.Organization).BillableUnit != 0) throw AppleRefusal.Invalid(field + ".amount", "The amount has more digits than the currency.");
    }
}
