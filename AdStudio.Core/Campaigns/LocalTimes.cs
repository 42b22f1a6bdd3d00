namespace AdStudio.Core.Campaigns;

/// <summary>From a local time in a named zone to the instant, across the shifts of the clocks.</summary>
public static class LocalTimes
{
    /// <summary>A time that the clocks skip moves on by the gap; of one that they pass twice, the first is meant.</summary>
    public static DateTimeOffset ToUtc(DateTime local, TimeZoneInfo zone)
    {
        var time = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(time)) time += zone.GetUtcOffset(time.AddDays(1)) - zone.GetUtcOffset(time.AddDays(-1));
        var offset = zone.IsAmbiguousTime(time) ? zone.GetAmbiguousTimeOffsets(time).Max() : zone.GetUtcOffset(time);
        return new DateTimeOffset(time, offset).ToUniversalTime();
    }

    /// <summary>The instants of a schedule. Its zone is its own, or else the account's.</summary>
    public static (DateTimeOffset? Start, DateTimeOffset? End) Instants(this ScheduleSpec schedule, string? accountZone)
    {
        var zone = ZoneOf(schedule.TimeZone ?? accountZone);
        return (schedule.Start is { } start ? ToUtc(start, zone) : null, schedule.End is { } end ? ToUtc(end, zone) : null);
    }

    public static TimeZoneInfo ZoneOf(string? id) => id is not null && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;
}
