using System.Globalization;

namespace AdStudio.Sandbox.Meta;

/// <summary>Instants as the Graph API reads and writes them.</summary>
public static class MetaTime
{
    public static string Write(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var offset = local.Offset;
        return local.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hhmm", CultureInfo.InvariantCulture);
    }

    /// <summary>Reads seconds since 1970 or an ISO 8601 text; without an offset it is in the account's time zone.</summary>
    public static DateTimeOffset? Read(string? text, TimeZoneInfo zone)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return seconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(seconds);
        // "+0100" is read once it has its colon.
        if (text.Length > 5 && text[^5] is '+' or '-' && text.Contains('T', StringComparison.Ordinal)) text = text[..^2] + ":" + text[^2..];
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var parsed)) return null;
        if (parsed.Kind == DateTimeKind.Unspecified) return new DateTimeOffset(parsed, zone.GetUtcOffset(parsed)).ToUniversalTime();
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact) ? exact.ToUniversalTime() : null;
    }

    public static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
