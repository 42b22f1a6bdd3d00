namespace AdStudio.Core.Insights;

/// <summary>An instant as a day of an ad account's time zone.</summary>
public static class AccountDays
{
    public static DateOnly DayIn(this DateTimeOffset instant, string timeZone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone(timeZone)).DateTime);

    /// <summary>UTC for a zone that this machine doesn't know.</summary>
    public static TimeZoneInfo Zone(string timeZone) => TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}
