using System.Globalization;
using AdStudio.Core.Common;

namespace AdStudio.Web.Features.Campaigns.Wizard;

/// <summary>Amounts as people type them: "1,250.50", "1250,5", "$40".</summary>
public static class AmountText
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    /// <summary>Null for what is no amount. A last comma or point with one or two digits after it marks the decimals, others part thousands.</summary>
    public static long? Read(string text, string? currency)
    {
        var figures = new string([.. text.Where(c => char.IsAsciiDigit(c) || c is '.' or ',')]);
        if (text.Any(char.IsLetter) && currency is not null && !text.Contains(currency, StringComparison.OrdinalIgnoreCase)) return null;
        if (!figures.Any(char.IsAsciiDigit) || text.Contains('-', StringComparison.Ordinal) || figures.Length > 15) return null;
        var mark = figures.LastIndexOfAny(['.', ',']);
        var decimals = mark >= 0 && figures.Length - mark - 1 is 1 or 2 || (mark >= 0 && figures[mark] == '.' && figures.Count(c => c == '.') == 1);
        var plain = decimals ? figures[..mark].Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal) + "." + figures[(mark + 1)..] : figures.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var units) && units < 1_000_000_000_000m
            ? Money.FromUnits(units, currency ?? "USD").Micros
            : null;
    }

    public static string Write(long? micros, string? currency)
    {
        if (micros is not { } value) return "";
        var units = value / (decimal)Money.MicrosPerUnit;
        return units == decimal.Truncate(units) ? units.ToString("#,0", English) : units.ToString("N" + Currencies.Digits(currency ?? "USD"), English);
    }
}
