using AdStudio.Core.Platforms;

namespace AdStudio.Core.Insights;

/// <summary>Whose numbers are asked for, and of which days.</summary>
public sealed record NumbersQuery
{
    /// <summary>Null is every workspace that the actor sees.</summary>
    public Guid? WorkspaceId { get; init; }
    public RangeChoice Range { get; init; } = RangeChoice.Default;

    /// <summary>Empty is all.</summary>
    public IReadOnlyCollection<Platform> Platforms { get; init; } = [];

    /// <summary>Also the period of equal length before it.</summary>
    public bool Compare { get; init; } = true;
}

/// <summary>How fresh figures are.</summary>
/// <param name="AsOf">The last reading of that account which was read longest ago; null when nothing was read.</param>
/// <param name="FirstOpenDay">The first day of the range that a platform may still change; null when all are final.</param>
/// <param name="TimeZones">The zones of the accounts; the days are each account's own.</param>
public sealed record Freshness(DateTimeOffset? AsOf, DateOnly? FirstOpenDay, IReadOnlyList<string> TimeZones)
{
    public bool MayChange => FirstOpenDay is not null;
}

/// <param name="Sums">Null for a day that was not read: that is not zero.</param>
public sealed record DayNumbers(DateOnly Day, MetricSums? Sums, bool MayChange);

public sealed record PlatformNumbers(Platform Platform, MetricSums? Sums, MetricSums? Previous);

/// <summary>All figures of one currency. Figures of several currencies are never added up.</summary>
public sealed record CurrencyNumbers(
    string Currency, MetricSums? Sums, MetricSums? Previous, IReadOnlyList<DayNumbers> Days, IReadOnlyList<DayNumbers> PreviousDays, IReadOnlyList<PlatformNumbers> Platforms);

/// <param name="Currencies">The one with the highest spend first; one for each currency of the accounts.</param>
/// <param name="Accounts">Whose figures these are.</param>
public sealed record Overview(DayRange Range, DayRange? Previous, IReadOnlyList<CurrencyNumbers> Currencies, Freshness Freshness, IReadOnlyList<ReadableAccount> Accounts)
{
    /// <summary>The figures of a currency, or of the first one when there are none of it.</summary>
    public CurrencyNumbers? In(string? currency) => Currencies.FirstOrDefault(c => c.Currency == currency) ?? (Currencies.Count > 0 ? Currencies[0] : null);
}
