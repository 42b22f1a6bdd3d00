using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Meta;

/// <summary>Budgets and schedules, in the account's minor units.</summary>
public static class MetaBudget
{
    /// <summary>Refuses budgets that contradict each other or are too small.</summary>
    public static MetaError? Check(JsonObject body, SandboxObject account, DateTimeOffset? start, DateTimeOffset? end, DateTimeOffset now)
    {
        var (daily, lifetime) = (Minor(body, "daily_budget"), Minor(body, "lifetime_budget"));
        if (daily > 0 && lifetime > 0)
            return MetaError.ForPerson(1885621, "Only one budget can be set", "You can set either a daily budget or a lifetime budget, not both.", "daily_budget");
        if (daily < 0 || lifetime < 0) return MetaError.Invalid("Budget must not be negative", daily < 0 ? "daily_budget" : "lifetime_budget");
        var least = account.Body["min_daily_budget"]!.GetValue<int>();
        var currency = account.Body["currency"]!.GetValue<string>();
        if (daily is > 0 && daily < least)
            return MetaError.ForPerson(1885272, "Your budget is too low", $"Your daily budget must be at least {Money(least, account)} {currency}.", "daily_budget");
        if (lifetime is null or 0) return null;
        if (end is null) return MetaError.ForPerson(1487793, "End time is required", "Ad sets with a lifetime budget need an end time.", "end_time");
        var days = Math.Max(1, (long)Math.Ceiling((end.Value - (start ?? now)).TotalDays));
        return lifetime < least * days
            ? MetaError.ForPerson(1885272, "Your budget is too low", $"Your lifetime budget must be at least {Money(least * days, account)} {currency} for {days} days.", "lifetime_budget")
            : null;
    }

    public static MetaError? CheckTimes(DateTimeOffset? start, DateTimeOffset? end, DateTimeOffset now, bool endChanged)
    {
        if (end is null) return null;
        if (endChanged && end <= now) return MetaError.ForPerson(1487476, "The end time is in the past", "Choose an end time in the future.", "end_time");
        return end <= (start ?? now) ? MetaError.ForPerson(1487093, "The end time is before the start time", "Choose an end time after the start time.", "end_time") : null;
    }

    public static long? Minor(JsonObject body, string name) =>
        long.TryParse(body[name]?.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    public static bool HasOne(JsonObject body) => Minor(body, "daily_budget") > 0 || Minor(body, "lifetime_budget") > 0;

    private static string Money(long minor, SandboxObject account) => (minor * MetaContext.MinorUnit(account) / 1_000_000m).ToString("0.00", CultureInfo.InvariantCulture);
}
