using System.Collections.Concurrent;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Http;

/// <summary>
/// How much of each account's rate limit is used up. Reading slows down above 75 %, stops above 95 %, and always leaves a reserve, so that launching goes first.
/// </summary>
internal sealed class RateBudgets(TimeProvider time) : IShowsRateBudgets
{
    private const double SlowAt = 75, StopAt = 95;

    // A platform's percentages are of a sliding hour; one that it has not repeated for this long says nothing any more.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(Platform, string), Budget> budgets = new();

    /// <summary>What the platform said is used of an account's limit, in per cent, and when it will be free again, if it said so.</summary>
    public void Report(Platform platform, string? account, double percent, DateTimeOffset? regainedAt)
    {
        var budget = Of(platform, account);
        lock (budget)
        {
            budget.Percent = percent;
            budget.ReportedAt = time.GetUtcNow();
            if (regainedAt > budget.RegainedAt) budget.RegainedAt = regainedAt.Value;
        }
    }

    /// <summary>The platform refused a call of this account; nothing is sent before <paramref name="until"/>.</summary>
    public void Refused(Platform platform, string? account, DateTimeOffset until)
    {
        var budget = Of(platform, account);
        lock (budget) budget.RegainedAt = until > budget.RegainedAt ? until : budget.RegainedAt;
    }

    /// <summary>Null lets the call pass now; it may have waited a little.</summary>
    public async Task<PlatformFailure?> AdmitAsync(Platform platform, string? account, CallKind kind, CancellationToken ct)
    {
        var (wait, until) = Ask(Of(platform, account), kind);
        if (until is { } at)
        {
            PlatformTelemetry.Held.Add(1, new("platform", platform), new("how", "refused"));
            return new PlatformFailure(platform, PlatformFailureKind.RateLimited, $"{platform} has had enough calls for now. The studio goes on by itself.") { RetryAt = at, Code = "budget" };
        }
        if (wait > TimeSpan.Zero)
        {
            PlatformTelemetry.Held.Add(1, new("platform", platform), new("how", "slowed"));
            await Task.Delay(wait, time, ct);
        }
        return null;
    }

    private (TimeSpan Wait, DateTimeOffset? Until) Ask(Budget budget, CallKind kind)
    {
        lock (budget)
        {
            var now = time.GetUtcNow();
            if (budget.RegainedAt > now) return (default, budget.RegainedAt);

            var percent = now - budget.ReportedAt < Remembered ? budget.Percent : 0;
            if (kind == CallKind.Read && percent >= StopAt) return (default, budget.ReportedAt + Remembered);

            var slowed = kind == CallKind.Read && percent >= SlowAt ? TimeSpan.FromSeconds(2 * (percent - SlowAt) / (StopAt - SlowAt)) : TimeSpan.Zero;
            var queued = budget.Bucket.Take(now, leave: kind == CallKind.Read ? TokenBucket.Reserve : 0);
            return (slowed > queued ? slowed : queued, null);
        }
    }

    public RateUse? UseOf(Platform platform, string accountExternalId)
    {
        if (!budgets.TryGetValue((platform, accountExternalId), out var budget)) return null;
        lock (budget)
        {
            var now = time.GetUtcNow();
            var said = budget.ReportedAt > DateTimeOffset.MinValue ? budget.ReportedAt : (DateTimeOffset?)null;
            return new RateUse(said is null ? null : now - said < Remembered ? budget.Percent : 0, said, budget.RegainedAt > now ? budget.RegainedAt : null);
        }
    }

    private Budget Of(Platform platform, string? account) => budgets.GetOrAdd((platform, account ?? ""), _ => new Budget(PlatformSite.Of(platform).CallsPerSecond));

    private sealed class Budget(double callsPerSecond)
    {
        public double Percent;
        public DateTimeOffset ReportedAt = DateTimeOffset.MinValue;
        public DateTimeOffset RegainedAt = DateTimeOffset.MinValue;
        public readonly TokenBucket Bucket = new(callsPerSecond);
    }
}

/// <summary>Evens out bursts, for platforms that report no usage: so many calls a second, with some kept back for launching.</summary>
internal sealed class TokenBucket(double perSecond)
{
    public const double Reserve = 10;

    private readonly double capacity = 2 * perSecond;
    private double tokens = 2 * perSecond;
    private DateTimeOffset filledAt = DateTimeOffset.MinValue;

    /// <summary>Takes one token and says how long to wait until it is there. Callers hold the budget's lock.</summary>
    public TimeSpan Take(DateTimeOffset now, double leave)
    {
        tokens = filledAt == DateTimeOffset.MinValue ? capacity : Math.Min(capacity, tokens + (now - filledAt).TotalSeconds * perSecond);
        filledAt = now;
        tokens -= 1;
        return tokens >= leave ? TimeSpan.Zero : TimeSpan.FromSeconds((leave - tokens) / perSecond);
    }
}
