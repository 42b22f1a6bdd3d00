using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Insights;

/// <summary>
/// Stores what a platform answered for some days of an account and brings the roll-ups of those days up to date, all in one transaction.
/// Each database has its own fast way of doing it.
/// </summary>
public interface IFactWriter
{
    Task<FactsWritten> WriteAsync(StudioDb db, AnsweredDays answer, CancellationToken ct);
}

/// <summary>The platform's whole answer for the days: what was stored for them earlier and is not in <paramref name="Facts"/> any more becomes zero.</summary>
/// <param name="FinalThrough">The last day that the platform no longer changes.</param>
/// <param name="ReadAt">Later than any earlier reading of these days; the facts carry it.</param>
public sealed record AnsweredDays(AdAccount Account, DayRange Days, DateOnly FinalThrough, DateTimeOffset ReadAt, IReadOnlyList<MetricFact> Facts)
{
    /// <summary>The kind of value by which the facts are taken apart: then totals and roll-ups stay as they are, and parts of it that are not there any more are removed.</summary>
    public BreakdownKind? Breakdown { get; init; }
}

/// <param name="Stored">Rows that the database says it wrote for the facts.</param>
/// <param name="Restated">Campaign days, over when they were read before, whose figures have changed since.</param>
public sealed record FactsWritten(int Stored, int Zeroed, int Restated);
