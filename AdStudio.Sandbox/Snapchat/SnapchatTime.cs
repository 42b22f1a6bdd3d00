using System.Globalization;

namespace AdStudio.Sandbox.Snapchat;

/// <summary>Instants as the Marketing API reads and writes them.</summary>
public static class SnapchatTime
{
    public static string Write(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>With the offset of a time zone, as statistics have it.</summary>
    public static string Write(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

    /// <summary>An instant with an offset or a Z; null when it has none or is no instant.</summary>
    public static DateTimeOffset? Read(string? text)
    {
        if (text is null || text.Length < 17 || text[10] != 'T' || !(text.EndsWith('Z') || text[^6] is '+' or '-' || text[^5] is '+' or '-')) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at.ToUniversalTime() : null;
    }
}
