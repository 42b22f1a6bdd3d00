namespace AdStudio.Core.Insights;

/// <summary>Which days a reading asks for, in slices small enough for a platform to answer, the newest first.</summary>
public static class SyncPlan
{
    public const int FirstRead = 90;
    public const int SliceDays = 14;
    private const int Longest = 400;

    /// <param name="reread">How many days back the platform may still change.</param>
    /// <param name="lastRead">The last day of the last reading that succeeded; null before the first one.</param>
    /// <param name="firstLaunch">When the account's first campaign was launched, as a day of the account; null when nobody knows.</param>
    public static DayRange Range(DateOnly today, int reread, DateOnly? lastRead, DateOnly? firstLaunch)
    {
        if (lastRead is not { } last)
        {
            var start = today.AddDays(1 - FirstRead);
            return new DayRange(firstLaunch is { } launch && launch > start ? Earlier(launch, today) : start, today);
        }
        // After a long silence the days that were not final then are read again too.
        var from = Earlier(today, last).AddDays(1 - reread);
        return new DayRange(Later(from, today.AddDays(1 - Longest)), today);
    }

    /// <param name="stored">Days that an earlier try has stored and that need no asking.</param>
    public static Stack<DayRange> Slices(DayRange range, IReadOnlySet<DateOnly>? stored = null)
    {
        var slices = new Stack<DayRange>();
        for (var from = range.From; from <= range.To;)
        {
            if (stored?.Contains(from) == true)
            {
                from = from.AddDays(1);
                continue;
            }
            var to = from;
            while (to < range.To && to.DayNumber - from.DayNumber + 1 < SliceDays && stored?.Contains(to.AddDays(1)) != true) to = to.AddDays(1);
            slices.Push(new DayRange(from, to));
            from = to.AddDays(1);
        }
        return slices;
    }

    /// <summary>Two halves of a slice that was too much at once, the newer one to be taken first.</summary>
    public static (DayRange Older, DayRange Newer) Halve(DayRange slice)
    {
        var middle = slice.From.AddDays(slice.Days / 2 - 1);
        return (new DayRange(slice.From, middle), new DayRange(middle.AddDays(1), slice.To));
    }

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
    internal static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}
