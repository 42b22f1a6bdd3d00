using AdStudio.Core.Insights;
using AdStudio.Web.Shared.Charts;
using AdStudio.Web.Shared.Figures;

namespace AdStudio.Web.Features.Insights;

/// <summary>How a metric is called, written and judged, everywhere.</summary>
/// <param name="Key">In addresses and in the columns of tables.</param>
/// <param name="Better">Which way is good news; spend and what only grows with it are neither.</param>
public sealed record MetricLook(Metric Metric, string Key, string Name, string Explains, Better Better)
{
    public static IReadOnlyList<MetricLook> All { get; } =
    [
        new(Metric.Spend, "spend", "Spend", "What the platforms charged.", Better.Neither),
        new(Metric.Impressions, "impressions", "Impressions", "How often the ads were shown.", Better.Neither),
        new(Metric.Clicks, "clicks", "Clicks", "Clicks on the ads.", Better.Up),
        new(Metric.Ctr, "ctr", "CTR", "Click-through rate: clicks per impression.", Better.Up),
        new(Metric.Cpc, "cpc", "CPC", "Cost per click.", Better.Down),
        new(Metric.Cpm, "cpm", "CPM", "Cost of a thousand impressions.", Better.Down),
        new(Metric.Conversions, "conversions", "Conversions", "As each platform counts them. Platforms may both claim the same sale.", Better.Up),
        new(Metric.Cpa, "cpa", "CPA", "Cost per conversion.", Better.Down),
        new(Metric.ConversionValue, "value", "Conversion value", "What the conversions were worth, as the platforms report it.", Better.Up),
        new(Metric.Roas, "roas", "ROAS", "Return on ad spend: conversion value per money spent.", Better.Up),
    ];

    /// <summary>The eight of a dashboard.</summary>
    public static IReadOnlyList<MetricLook> Tiles { get; } =
        [.. new[] { Metric.Spend, Metric.Impressions, Metric.Clicks, Metric.Ctr, Metric.Cpc, Metric.Conversions, Metric.Cpa, Metric.Roas }.Select(Of)];

    public static MetricLook Of(Metric metric) => All.First(m => m.Metric == metric);

    public static MetricLook? Find(string? key) => All.FirstOrDefault(m => m.Key == key);

    /// <summary>Whether parts add up to a whole, so that a share of it means something.</summary>
    public bool IsSum => Metric is Metric.Spend or Metric.Impressions or Metric.Clicks or Metric.Conversions or Metric.ConversionValue;

    public ChartFormat Format(string currency) => Metric switch
    {
        Metric.Ctr => ChartFormat.Percent,
        Metric.Roas => ChartFormat.Times,
        _ when Metric.IsMoney() => ChartFormat.Money(currency),
        _ => ChartFormat.Number,
    };

    /// <summary>The figure as charts want it: money in units.</summary>
    public decimal? ForChart(MetricSums? sums) => sums?.Of(Metric) is not { } value ? null : Metric.IsMoney() ? value / 1_000_000m : value;

    public string Text(MetricSums? sums, string currency) => Format(currency).Text(ForChart(sums));
}
