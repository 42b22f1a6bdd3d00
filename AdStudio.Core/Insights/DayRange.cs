using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AdStudio.Core.Insights;

/// <summary>Whole days, first and last included. Each ad account's days are days of its own time zone.</summary>
public readonly record struct DayRange(DateOnly From, DateOnly To)
{
    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>As many days, directly before.</summary>
    public DayRange Previous => new(From.AddDays(-Days), From.AddDays(-1));

    public bool Contains(DateOnly day) => day >= From && day <= To;

    public IEnumerable<DateOnly> Each()
    {
        for (var day = From; day <= To; day = day.AddDays(1)) yield return day;
    }
}

public enum RangePreset { Today, Yesterday, Last7Days, Last14Days, Last30Days, Last90Days, ThisMonth, LastMonth, Custom }

/// <summary>A range as it is chosen and stands in a URL: "30d", "this-month", "2026-05-01..2026-05-31". What has today in it moves on with the days.</summary>
public readonly record struct RangeChoice(RangePreset Preset, DayRange Custom = default)
{
    public const int LongestDays = 800;

    public static readonly RangeChoice Default = new(RangePreset.Last30Days);

    private static readonly Dictionary<string, RangePreset> ByWord = new(StringComparer.OrdinalIgnoreCase)
    {
        ["today"] = RangePreset.Today, ["yesterday"] = RangePreset.Yesterday, ["7d"] = RangePreset.Last7Days, ["14d"] = RangePreset.Last14Days, ["30d"] = RangePreset.Last30Days,
        ["90d"] = RangePreset.Last90Days, ["this-month"] = RangePreset.ThisMonth, ["last-month"] = RangePreset.LastMonth,
    };

    public static RangeChoice Of(DateOnly from, DateOnly to) => new(RangePreset.Custom, new DayRange(from, to));

    /// <summary>Reads what <see cref="ToString"/> writes. A range that runs backwards or is longer than <see cref="LongestDays"/> is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out RangeChoice choice)
    {
        choice = Default;
        if (string.IsNullOrWhiteSpace(text)) return false;
        if (ByWord.TryGetValue(text, out var preset))
        {
            choice = new RangeChoice(preset);
            return true;
        }
        var ends = text.Split("..");
        if (ends.Length != 2 || !TryDay(ends[0], out var from) || !TryDay(ends[1], out var to)) return false;
        choice = Of(from, to);
        return choice.Check() is null;
    }

    /// <summary>What is wrong with a range of the caller's own.</summary>
    public InvalidRange? Check() => Preset != RangePreset.Custom ? null
        : Custom.To < Custom.From ? new InvalidRange("The last day lies before the first one.")
        : Custom.Days > LongestDays ? new InvalidRange($"Ask for {LongestDays} days at most.")
        : null;

    /// <summary>The days, seen from <paramref name="today"/>, which counts among "the last 30".</summary>
    public DayRange Resolve(DateOnly today)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        return Preset switch
        {
            RangePreset.Today => new(today, today),
            RangePreset.Yesterday => new(today.AddDays(-1), today.AddDays(-1)),
            RangePreset.Last7Days => new(today.AddDays(-6), today),
            RangePreset.Last14Days => new(today.AddDays(-13), today),
            RangePreset.Last30Days => new(today.AddDays(-29), today),
            RangePreset.Last90Days => new(today.AddDays(-89), today),
            RangePreset.ThisMonth => new(month, today),
            RangePreset.LastMonth => new(month.AddMonths(-1), month.AddDays(-1)),
            _ => Custom,
        };
    }

    public override string ToString()
    {
        var preset = Preset;
        return preset == RangePreset.Custom
            ? $"{Custom.From:yyyy-MM-dd}..{Custom.To:yyyy-MM-dd}"
            : ByWord.First(p => p.Value == preset).Key;
    }

    private static bool TryDay(string text, out DateOnly day) => DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
