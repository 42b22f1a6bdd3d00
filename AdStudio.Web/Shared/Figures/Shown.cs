using System.Globalization;
using AdStudio.Core.Common;

namespace AdStudio.Web.Shared.Figures;

/// <summary>How figures, money and times are written, everywhere. No data is "–", never 0.</summary>
public static class Shown
{
    public const string Nothing = "–";

    public static readonly CultureInfo Culture = CultureInfo.GetCultureInfo("en-US");

    private static readonly (decimal From, string Letter)[] Steps = [(1_000_000_000m, "B"), (1_000_000m, "M"), (1_000m, "K")];

    /// <summary>1234500000 micros of USD: "$1,234.50"; of JPY: "¥1,235"; of CHF: "CHF 1,234.50".</summary>
    public static string Money(long? micros, string currency) => micros is { } value ? new Money(value, currency).Format(Culture) : Nothing;

    /// <summary>"$12.4K", for tiles only; the exact sum belongs beside it on hover.</summary>
    public static string MoneyCompact(long? micros, string currency)
    {
        if (micros is not { } value) return Nothing;
        var units = Math.Abs(value / 1_000_000m);
        return Math.Round(units, Currencies.Digits(currency)) < 1_000 ? Money(value, currency) : (value < 0 ? "−" : "") + Currencies.Symbol(currency) + Shorten(units);
    }

    public static string Number(decimal? value, int digits = 0) => value is { } number ? Minus(number.ToString("N" + digits, Culture)) : Nothing;

    public static string NumberCompact(decimal? value) =>
        value is not { } number ? Nothing : Math.Abs(number) < 1_000 ? Minus(number.ToString("#,0.##", Culture)) : (number < 0 ? "−" : "") + Shorten(Math.Abs(number));

    /// <summary>A ratio as per cent: 0.0123 is "1.23%".</summary>
    public static string Percent(decimal? ratio, int digits = 2) => ratio is { } value ? Minus((value * 100).ToString("N" + digits, Culture)) + "%" : Nothing;

    /// <summary>A ratio as a factor: 3.2 is "3.20×" (ROAS).</summary>
    public static string Times(decimal? ratio) => ratio is { } value ? value.ToString("N2", Culture) + "×" : Nothing;

    /// <summary>Relative up to a day, then the date.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo? zone = null)
    {
        var passed = now - at;
        var future = passed < TimeSpan.Zero;
        var length = passed.Duration();
        if (length >= TimeSpan.FromDays(1)) return Date(DateOnly.FromDateTime(In(at, zone).DateTime), Today(now, zone));
        if (length < TimeSpan.FromSeconds(45)) return future ? "in a moment" : "just now";
        var words = length < TimeSpan.FromMinutes(59.5)
            ? $"{Math.Max(1, (int)Math.Round(length.TotalMinutes))} min"
            : $"{Math.Max(1, (int)Math.Round(length.TotalHours))} h";
        return future ? "in " + words : words + " ago";
    }

    /// <summary>"12 Mar", with the year when it is another one.</summary>
    public static string Date(DateOnly day, DateOnly today) => day.ToString(day.Year == today.Year ? "d MMM" : "d MMM yyyy", Culture);

    public static string Date(DateOnly? day) => day is { } value ? value.ToString("d MMM yyyy", Culture) : Nothing;

    /// <summary>"12 Mar 2026, 14:05 (Europe/Berlin)"</summary>
    public static string Exact(DateTimeOffset at, TimeZoneInfo? zone = null) =>
        In(at, zone).ToString("d MMM yyyy, HH:mm", Culture) + $" ({(zone is null || zone == TimeZoneInfo.Utc ? "UTC" : zone.Id)})";

    /// <summary>"1 campaign", "3 campaigns".</summary>
    public static string Count(int count, string one, string? many = null) => $"{Number(count)} {(count == 1 ? one : many ?? one + "s")}";

    private static DateOnly Today(DateTimeOffset now, TimeZoneInfo? zone) => DateOnly.FromDateTime(In(now, zone).DateTime);

    private static DateTimeOffset In(DateTimeOffset at, TimeZoneInfo? zone) => TimeZoneInfo.ConvertTime(at, zone ?? TimeZoneInfo.Utc);

    // A true minus sign: as wide as a figure, so that columns line up.
    private static string Minus(string number) => number.Replace('-', '−');

    private static string Shorten(decimal value)
    {
        foreach (var (from, letter) in Steps)
        {
            // 999,950 would read "1000.0K": the next letter takes over where rounding does.
            if (value < from * 0.99995m) continue;
            return (value / from).ToString("0.#", Culture) + letter;
        }
        return value.ToString("#,0", Culture);
    }
}
