using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;
using AdStudio.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace AdStudio.Web.Features.Insights;

/// <summary>What is chosen on a page of numbers, as the address holds it: range, platforms, comparison, currency, metric.</summary>
public sealed record NumbersUrl(RangeChoice Range, IReadOnlyList<Platform> Platforms, bool Compare, string? Currency, Metric Metric, Division By)
{
    public static NumbersUrl Read(NavigationManager navigation) => new(
        RangeChoice.TryParse(navigation.Query("range"), out var range) ? range : RangeChoice.Default,
        [.. navigation.QueryList("on").Select(word => PlatformNames.TryParse(word, out var platform) ? platform : (Platform?)null).OfType<Platform>().Distinct()],
        navigation.Query("compare") != "no",
        navigation.Query("currency")?.ToUpperInvariant(),
        MetricLook.Find(navigation.Query("metric"))?.Metric ?? Metric.Spend,
        navigation.QueryEnum<Division>("by") ?? Division.Platform);

    public NumbersQuery Query(Guid? workspaceId) => new() { WorkspaceId = workspaceId, Range = Range, Platforms = [.. Platforms], Compare = Compare, Convert = true };

    /// <summary>The currencies to choose from: the one into which others were converted first, then those that were.</summary>
    public static IReadOnlyList<(string Value, string Name)> Choices(IReadOnlyList<CurrencyNumbers> currencies, IReadOnlyList<CurrencyNumbers> originals, Conversion? conversion) =>
    [
        .. currencies.Select(c => (c.Currency, c.Currency == conversion?.Into && conversion.From.Count > 0 ? $"{c.Currency}, all converted" : c.Currency)),
        .. originals.Where(o => currencies.All(c => c.Currency != o.Currency)).Select(o => (o.Currency, $"{o.Currency} only")),
    ];

    public static IReadOnlyList<(string Value, string Name)> Ranges { get; } =
    [
        ("today", "today"), ("yesterday", "yesterday"), ("7d", "the last 7 days"), ("14d", "the last 14 days"), ("30d", "the last 30 days"), ("90d", "the last 90 days"),
        ("this-month", "this month"), ("last-month", "last month"), ("custom", "other days"),
    ];
}
