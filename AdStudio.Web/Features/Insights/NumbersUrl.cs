using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;
using AdStudio.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace AdStudio.Web.Features.Insights;

/// <summary>What is chosen on a page of numbers, as the address holds it: range, platforms, comparison, currency, metric.</summary>
public sealed record NumbersUrl(RangeChoice Range, IReadOnlyList<Platform> Platforms, bool Compare, string? Currency, Metric Metric)
{
    public static NumbersUrl Read(NavigationManager navigation) => new(
        RangeChoice.TryParse(navigation.Query("range"), out var range) ? range : RangeChoice.Default,
        [.. navigation.QueryList("on").Select(word => PlatformNames.TryParse(word, out var platform) ? platform : (Platform?)null).OfType<Platform>().Distinct()],
        navigation.Query("compare") != "no",
        navigation.Query("currency")?.ToUpperInvariant(),
        MetricLook.Find(navigation.Query("metric"))?.Metric ?? Metric.Spend);

    public NumbersQuery Query(Guid? workspaceId) => new() { WorkspaceId = workspaceId, Range = Range, Platforms = [.. Platforms], Compare = Compare };

    public static IReadOnlyList<(string Value, string Name)> Ranges { get; } =
    [
        ("today", "today"), ("yesterday", "yesterday"), ("7d", "the last 7 days"), ("14d", "the last 14 days"), ("30d", "the last 30 days"), ("90d", "the last 90 days"),
        ("this-month", "this month"), ("last-month", "last month"), ("custom", "other days"),
    ];
}
