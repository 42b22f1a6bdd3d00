using System.Collections.Concurrent;

namespace AdStudio.Web.Api;

/// <param name="Remaining">Below zero when this request is one too many.</param>
/// <param name="ResetSeconds">Until the count begins anew.</param>
internal readonly record struct Allowance(int Limit, int Remaining, int ResetSeconds)
{
    public bool IsSpent => Remaining < 0;
}

/// <summary>Counts requests by the minute, for each caller and for each address. Counts are this node's own.</summary>
internal sealed class ApiLimits(IConfiguration configuration, TimeProvider time)
{
    private readonly int perCaller = configuration.GetValue("Api:RequestsPerMinute", 600);
    private readonly int perAddress = configuration.GetValue("Api:RequestsPerMinutePerAddress", 3000);
    private Minute current = new(0);

    public Allowance TakeFor(Guid caller) => Take(caller, perCaller);

    /// <summary>Holds off whoever tries keys, before any is looked up.</summary>
    public Allowance TakeFor(System.Net.IPAddress? address) => Take(address ?? System.Net.IPAddress.None, perAddress);

    private Allowance Take(object who, int limit)
    {
        var (number, second) = Math.DivRem(time.GetUtcNow().ToUnixTimeSeconds(), 60);
        var minute = current;
        if (minute.Number != number) minute = current = new Minute(number); // two that come at once may begin the minute twice: a few requests go uncounted
        var count = Interlocked.Increment(ref minute.Counts.GetOrAdd(who, _ => new Counter()).Count);
        return new Allowance(limit, limit - count, (int)(60 - second));
    }

    private sealed class Counter
    {
        public int Count;
    }

    private sealed record Minute(long Number)
    {
        public ConcurrentDictionary<object, Counter> Counts { get; } = new();
    }
}
