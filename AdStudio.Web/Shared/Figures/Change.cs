namespace AdStudio.Web.Shared.Figures;

/// <summary>Which way is good news. Spend is neither.</summary>
public enum Better { Neither, Up, Down }

/// <summary>How a figure moved against the one before. Without a figure before, there is no per cent.</summary>
public readonly record struct Change(decimal? Ratio)
{
    public static Change Between(decimal? now, decimal? before) =>
        now is not { } n || before is not { } b ? new(null)
        : b == 0 ? new(n == 0 ? 0 : null)
        : new((n - b) / Math.Abs(b));

    private decimal? Rounded => Ratio is { } r ? Math.Round(r, 3) : null;

    public string Text => Rounded switch
    {
        null => Shown.Nothing,
        > 9.99m => ">999%",
        { } r => Shown.Percent(Math.Abs(r), 1),
    };

    public string? Icon => Rounded switch { > 0 => "arrow-up", < 0 => "arrow-down", _ => null };

    public string Spoken => Rounded switch
    {
        null => "No figure to compare with",
        0 => "No change on the period before",
        > 0 => $"Up {Text} on the period before",
        _ => $"Down {Text} on the period before",
    };

    /// <summary>The colour's class: only where up or down is clearly good or bad.</summary>
    public string? Tone(Better better) => (Rounded, better) switch
    {
        (null or 0, _) or (_, Better.Neither) => null,
        ( > 0, Better.Up) or ( < 0, Better.Down) => "good",
        _ => "bad",
    };
}
