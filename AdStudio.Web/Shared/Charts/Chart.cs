namespace AdStudio.Web.Shared.Charts;

public enum ChartKind { Line, Area, Bar, StackedBar, Donut }

/// <summary>How a chart writes its figures; the names are known to ApexChart.razor.js too.</summary>
public sealed record ChartFormat(string Name, string? Currency = null)
{
    public static readonly ChartFormat Number = new("number");
    /// <summary>Ratios: 0.0123 is 1.23%.</summary>
    public static readonly ChartFormat Percent = new("percent");
    public static readonly ChartFormat Times = new("times");

    /// <summary>Units of the currency, not micros.</summary>
    public static ChartFormat Money(string currency) => new("money", currency);

    public string Unit => Name switch { "money" => Currency!, "percent" => "%", "times" => "×", _ => "" };

    public string Text(decimal? value) => value is not { } v ? Figures.Shown.Nothing : Name switch
    {
        "money" => Core.Common.Money.FromUnits(v, Currency!).Format(Figures.Shown.Culture),
        "percent" => Figures.Shown.Percent(v),
        "times" => Figures.Shown.Times(v),
        _ => Figures.Shown.Number(v, v == Math.Truncate(v) ? 0 : 2),
    };
}

/// <summary>One line, set of bars or, in a donut, slice. Null is a gap. <paramref name="Colour"/> is a token ("--platform-meta", "--accent"); dashed is the period before.</summary>
public sealed record ChartSeries(string Name, IReadOnlyList<decimal?> Values, string Colour = "--accent", bool Dashed = false);

/// <summary>Where one pressed on a chart.</summary>
public sealed record ChartPoint(int Series, int Index);
