using AdStudio.Core.Common;
using AdStudio.Core.Insights;

namespace AdStudio.Infrastructure.Rates;

/// <summary>A fixed table for the sandbox, where nothing is asked of the internet: round figures, the same on every day, from no market.</summary>
internal sealed class SandboxRates(TimeProvider time) : IRateSource
{
    private const int Days = 200;

    private static readonly (string Currency, decimal PerEuro)[] Table =
    [
        ("USD", 1.10m), ("GBP", 0.85m), ("CHF", 0.95m), ("JPY", 160m), ("CAD", 1.50m), ("AUD", 1.65m), ("NZD", 1.80m), ("SEK", 11.50m), ("NOK", 11.70m), ("DKK", 7.46m), ("PLN", 4.30m), ("CZK", 25m),
        ("HUF", 400m), ("RON", 5m), ("TRY", 45m), ("BRL", 6m), ("MXN", 20m), ("INR", 95m), ("CNY", 7.90m), ("HKD", 8.60m), ("SGD", 1.45m), ("KRW", 1500m), ("THB", 38m), ("IDR", 17_500m), ("MYR", 4.80m),
        ("PHP", 63m), ("ZAR", 20m), ("ILS", 4m), ("ISK", 145m),
    ];

    public string Name => "Sandbox table";

    public Task<Result<IReadOnlyList<PublishedRate>>> ReadAsync(CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        // The days between have the last known rate before them, which is the same.
        var days = Enumerable.Range(0, Days).Select(i => today.AddDays(-i)).Where(d => d.DayOfWeek is DayOfWeek.Monday or DayOfWeek.Thursday);
        return Task.FromResult(Result<IReadOnlyList<PublishedRate>>.Of([.. days.SelectMany(day => Table.Select(r => new PublishedRate(day, r.Currency, r.PerEuro)))]));
    }
}
