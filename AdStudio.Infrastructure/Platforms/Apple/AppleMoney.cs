using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;

namespace AdStudio.Infrastructure.Platforms.Apple;

/// <summary>Amounts and instants as Apple writes them: major units as decimal texts, UTC without a sign of it.</summary>
internal static class AppleMoney
{
    public static Money? Read(JsonNode? value) => Micros(value) is { } micros && value!["currency"]?.ToString() is { Length: > 0 } currency ? new Money(micros, currency) : null;

    public static long? Micros(JsonNode? value) => decimal.TryParse(value?["amount"]?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var units) ? decimal.ToInt64(Math.Round(units * 1_000_000m)) : null;

    public static DateTimeOffset? Time(JsonNode? value) =>
        DateTimeOffset.TryParse(value?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;
}
