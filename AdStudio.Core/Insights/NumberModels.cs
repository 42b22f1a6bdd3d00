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

    /// <summary>The currency into which figures of others are converted, each day at its stored rate; null shows them side by side.</summary>
    public string? Into { get; init; }

    /// <summary>Into the workspace's reporting currency, where it has one and <see cref="Into"/> names none.</summary>
    public bool Convert { get; init; }
}

/// <summary>How fresh figures are.</summary>
/// <param name="AsOf">The last reading of that account which was read longest ago; null when nothing was read.</param>
/// <param name="FirstOpenDay">The first day of the range that a platform may still change; null when all are final.</param>
/// <param name="TimeZones">The zones of the accounts; the days are each account's own.</param>
public sealed record Freshness(DateTimeOffset? AsOf, DateOnly? FirstOpenDay, IReadOnlyList<string> TimeZones)
{
    public bool MayChange => FirstOpenDay is not null;

    /// <summary>Each platform by itself; disconnected accounts do not count.</summary>
    public IReadOnlyList<PlatformFreshness> Platforms { get; init; } = [];
    public bool IsStale => Platforms.Any(p => p.IsStale);
}

/// <param name="AsOf">Of its account that was read longest ago; null when one was never read.</param>
/// <param name="IsStale">Older than the platform's rhythm explains.</param>
/// <param name="Words">How fresh its numbers are, as its catalogue entry says it.</param>
public sealed record PlatformFreshness(Platform Platform, DateTimeOffset? AsOf, bool IsStale, string Words);

/// <param name="Sums">Null for a day that was not read: that is not zero.</param>
public sealed record DayNumbers(DateOnly Day, MetricSums? Sums, bool MayChange);

public sealed record PlatformNumbers(Platform Platform, MetricSums? Sums, MetricSums? Previous);

/// <summary>All figures of one currency. Figures of several currencies are added up only where each day's rate is known and somebody asked for it.</summary>
public sealed record CurrencyNumbers(
    string Currency, MetricSums? Sums, MetricSums? Previous, IReadOnlyList<DayNumbers> Days, IReadOnlyList<DayNumbers> PreviousDays, IReadOnlyList<PlatformNumbers> Platforms);

/// <param name="Currencies">The one with the highest spend first; one for each currency of the accounts.</param>
/// <param name="Accounts">Whose figures these are.</param>
public sealed record Overview(DayRange Range, DayRange? Previous, IReadOnlyList<CurrencyNumbers> Currencies, Freshness Freshness, IReadOnlyList<ReadableAccount> Accounts)
{
    /// <summary>How figures of several currencies came to be one; null when nothing had to be converted.</summary>
    public Conversion? Conversion { get; init; }

    /// <summary>The figures as the platforms gave them, by currency, where some were converted.</summary>
    public IReadOnlyList<CurrencyNumbers> Originals { get; init; } = [];

    /// <summary>The figures of a currency, or of the first one when there are none of it.</summary>
    public CurrencyNumbers? In(string? currency) => Currencies.FirstOrDefault(c => c.Currency == currency) ?? Originals.FirstOrDefault(c => c.Currency == currency) ?? (Currencies.Count > 0 ? Currencies[0] : null);
}
