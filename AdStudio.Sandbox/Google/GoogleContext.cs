using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Clock;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Google;

/// <summary>A request to the Google Ads API.</summary>
public sealed class GoogleCall
{
    public required string Method { get; init; }

    /// <summary>What follows the version: customers/123/campaigns:mutate.</summary>
    public required string Path { get; init; }
    public JsonObject? Body { get; init; }
    public bool BadBody { get; init; }
    public string? Token { get; init; }
    public string? LoginCustomerId { get; init; }

    /// <summary>Where the emulation lies for the caller, without a slash at the end: for addresses of images.</summary>
    public required string BaseUrl { get; init; }
}

/// <summary>What every part of the Google Ads API shares: state, time, names.</summary>
public sealed class GoogleContext(SandboxStore store, SandboxClock clock, SandboxOptions options, PolicyBook policy)
{
    public SandboxStore Store => store;
    public SandboxOptions Options => options;
    public PolicyBook Policy => policy;
    public DateTimeOffset Now => clock.Now;

    public string NewId() => store.Next("google", 21_700_000_001).ToString(CultureInfo.InvariantCulture);

    public SandboxObject Customer(string id) => store.Find(GoogleWorld.Customer, id)!;

    public TimeZoneInfo Zone(SandboxObject customer) => TimeZoneInfo.FindSystemTimeZoneById(customer.Body["timeZone"]!.GetValue<string>());

    public Market MarketOf(SandboxObject customer) => new(customer.Id, customer.Body["currencyCode"]!.GetValue<string>(), Zone(customer));

    /// <summary>A resource by its name, unless it was removed.</summary>
    public SandboxObject? Live(string collection, string? resourceName) =>
        resourceName is not null && store.Find(GoogleWorld.Kind(collection), resourceName) is { } found && Status(found) != "REMOVED" ? found : null;

    public static string Status(SandboxObject item) => item.Body["status"]?.ToString() ?? "";

    public IEnumerable<SandboxObject> All(string collection, string customer) => store.InAccount(GoogleWorld.Kind(collection), customer);

    public static string IdOf(string resourceName) => resourceName[(resourceName.LastIndexOf('/') + 1)..];

    /// <summary>Reads "yyyy-MM-dd HH:mm:ss" or "yyyy-MM-dd" in the customer's time zone.</summary>
    public DateTimeOffset? Instant(string? text, SandboxObject customer, bool endOfDay = false)
    {
        if (!DateTime.TryParseExact(text, ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return null;
        if (endOfDay && text!.Length == 10) local = local.AddDays(1).AddSeconds(-1);
        var zone = Zone(customer);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(30);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    public static long Micros(JsonNode? value) => long.TryParse(value?.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var micros) ? micros : 0;
}
