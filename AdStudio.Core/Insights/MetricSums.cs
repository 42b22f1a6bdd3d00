namespace AdStudio.Core.Insights;

/// <summary>The metrics that tiles, charts, tables and programs ask for.</summary>
public enum Metric { Spend, Impressions, Clicks, Ctr, Cpc, Cpm, Conversions, Cpa, ConversionValue, Roas }

/// <summary>
/// Summed figures of one currency. Sums are integers; every ratio is taken from the sums, never averaged, and is null where it would divide by nothing.
/// Money is micros, conversions are millionths.
/// </summary>
public readonly record struct MetricSums(long Impressions, long Clicks, long SpendMicros, long ConversionsMicros, long ValueMicros)
{
    private const decimal Million = 1_000_000m;

    public decimal Conversions => ConversionsMicros / Million;

    /// <summary>Clicks per impression: 0.0123 is 1.23 %.</summary>
    public decimal? Ctr => Impressions == 0 ? null : (decimal)Clicks / Impressions;
    public long? CpcMicros => Per(Clicks);

    /// <summary>For a thousand impressions.</summary>
    public long? CpmMicros => Per(Impressions / 1000m);
    public long? CpaMicros => Per(Conversions);

    /// <summary>Conversion value per money spent, both of one currency.</summary>
    public decimal? Roas => SpendMicros == 0 ? null : (decimal)ValueMicros / SpendMicros;

    /// <summary>The figure: money as micros, CTR as a fraction, everything else as it counts.</summary>
    public decimal? Of(Metric metric) => metric switch
    {
        Metric.Spend => SpendMicros,
        Metric.Impressions => Impressions,
        Metric.Clicks => Clicks,
        Metric.Ctr => Ctr,
        Metric.Cpc => CpcMicros,
        Metric.Cpm => CpmMicros,
        Metric.Conversions => Conversions,
        Metric.Cpa => CpaMicros,
        Metric.ConversionValue => ValueMicros,
        Metric.Roas => Roas,
        _ => throw new ArgumentOutOfRangeException(nameof(metric)),
    };

    public static MetricSums operator +(MetricSums a, MetricSums b) => checked(new(
        a.Impressions + b.Impressions, a.Clicks + b.Clicks, a.SpendMicros + b.SpendMicros, a.ConversionsMicros + b.ConversionsMicros, a.ValueMicros + b.ValueMicros));

    private long? Per(decimal count) => count == 0 ? null : decimal.ToInt64(Math.Round(SpendMicros / count, MidpointRounding.AwayFromZero));
}

public static class MetricSumsOf
{
    /// <summary>The sum, or null when there is nothing to add up: no figure is not zero.</summary>
    public static MetricSums? SumOrNull(this IEnumerable<MetricSums> parts)
    {
        MetricSums? sum = null;
        foreach (var part in parts) sum = sum is { } before ? before + part : part;
        return sum;
    }

    /// <summary>Whether a figure is money in micros.</summary>
    public static bool IsMoney(this Metric metric) => metric is Metric.Spend or Metric.Cpc or Metric.Cpm or Metric.Cpa or Metric.ConversionValue;
}
