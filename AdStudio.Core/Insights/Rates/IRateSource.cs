using AdStudio.Core.Common;

namespace AdStudio.Core.Insights;

/// <param name="PerEuro">Units of the currency for one euro.</param>
public sealed record PublishedRate(DateOnly Day, string Currency, decimal PerEuro);

/// <summary>Where the rates for everybody come from: the European Central Bank; or a fixed table, in the sandbox.</summary>
public interface IRateSource
{
    string Name { get; }

    /// <summary>The rates of the last weeks, so that days on which nobody asked are made up for.</summary>
    Task<Result<IReadOnlyList<PublishedRate>>> ReadAsync(CancellationToken ct);
}
