using System.Globalization;

namespace AdStudio.Core.Common;

/// <summary>An amount of one currency in micros (1 unit = 1,000,000). Sums are integer sums; mixing currencies throws.</summary>
public readonly record struct Money(long Micros, string Currency) : IComparable<Money>
{
    public const long MicrosPerUnit = 1_000_000;

    public static Money Zero(string currency) => new(0, currency);

    /// <summary>From decimal units, e.g. 12.34. Rounds to the currency's minor unit, half away from zero.</summary>
    public static Money FromUnits(decimal units, string currency)
    {
        var rounded = Math.Round(units, Currencies.Digits(currency), MidpointRounding.AwayFromZero);
        return new(decimal.ToInt64(rounded * MicrosPerUnit), currency);
    }

    /// <summary>From the currency's minor unit: cents for USD, whole yen for JPY, fils (thousandths) for KWD.</summary>
    public static Money FromMinor(long minor, string currency) => new(checked(minor * MicrosPerMinor(currency)), currency);

    public decimal Units => Micros / (decimal)MicrosPerUnit;

    /// <summary>In the currency's minor unit, rounded down.</summary>
    public long Minor => Micros / MicrosPerMinor(Currency);

    public static Money operator +(Money a, Money b) => a.Currency == b.Currency
        ? new(checked(a.Micros + b.Micros), a.Currency)
        : throw new InvalidOperationException($"Adding {b.Currency} to {a.Currency}.");

    public static Money operator -(Money a, Money b) => a + new Money(-b.Micros, b.Currency);

    public static bool operator <(Money a, Money b) => a.CompareTo(b) < 0;
    public static bool operator >(Money a, Money b) => a.CompareTo(b) > 0;
    public static bool operator <=(Money a, Money b) => a.CompareTo(b) <= 0;
    public static bool operator >=(Money a, Money b) => a.CompareTo(b) >= 0;

    public int CompareTo(Money other) => Currency == other.Currency
        ? Micros.CompareTo(other.Micros)
        : throw new InvalidOperationException($"Comparing {other.Currency} with {Currency}.");

    /// <summary>Splits into <paramref name="parts"/> amounts of whole minor units that add up exactly; the first ones get the remainder.</summary>
    public IReadOnlyList<Money> Split(int parts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        var (each, rest) = Math.DivRem(Minor, parts);
        var currency = Currency;
        return [.. Enumerable.Range(0, parts).Select(i => FromMinor(each + (i < rest ? 1 : 0), currency))];
    }

    /// <summary>Splits in the proportion of <paramref name="weights"/> into whole minor units that add up exactly; what rounding leaves over goes where it cut off most, the first ones before the later.</summary>
    public IReadOnlyList<Money> Split(IReadOnlyList<decimal> weights)
    {
        var sum = weights.Sum();
        if (sum <= 0 || weights.Any(w => w < 0)) throw new ArgumentOutOfRangeException(nameof(weights), "Something has to weigh more than nothing.");
        var (whole, currency) = (Minor, Currency);
        var exact = weights.Select(w => whole * (w / sum)).ToList();
        var parts = exact.ConvertAll(e => (long)decimal.Floor(e));
        foreach (var i in Enumerable.Range(0, parts.Count).OrderByDescending(i => exact[i] - parts[i]).ThenBy(i => i).Take((int)(whole - parts.Sum())).ToList()) parts[i]++;
        return [.. parts.Select(p => FromMinor(p, currency))];
    }

    /// <summary>"$1,234.50", "¥1,200", "KWD 1.250": symbol where it is unmistakable, the currency's own digits.</summary>
    public string Format(IFormatProvider? culture = null)
    {
        var number = Math.Abs(Units).ToString("N" + Currencies.Digits(Currency), culture ?? CultureInfo.GetCultureInfo("en-US"));
        return (Micros < 0 ? "−" : "") + Currencies.Symbol(Currency) + number;
    }

    public override string ToString() => Format(CultureInfo.GetCultureInfo("en-US"));

    private static long MicrosPerMinor(string currency) => Currencies.Digits(currency) switch { 0 => 1_000_000, 3 => 1_000, _ => 10_000 };
}
