using AdStudio.Core.Platforms;

namespace AdStudio.Core.Operations;

/// <summary>Whether and when a failed step is tried again without a person.</summary>
internal static class NextTry
{
    /// <summary>Null: not by itself.</summary>
    public static DateTimeOffset? After(PlatformFailure failure, Operation operation, OperationOptions options, DateTimeOffset now)
    {
        if (!failure.MayRetry || now - (operation.StartedAt ?? now) > options.GiveUpAfter) return null;
        if (failure.Kind == PlatformFailureKind.RateLimited) return Later(failure.RetryAt ?? now + options.LongestDelay / 5, now + options.FirstDelay);
        if (operation.Attempts + 1 >= options.MaxAttempts) return null;
        if (failure.Kind == PlatformFailureKind.UnknownOutcome) return now + options.Settle;
        return Later(failure.RetryAt ?? now, now + Delay(operation.Attempts, options));
    }

    /// <summary>Doubles with each try in a row, up to the longest.</summary>
    private static TimeSpan Delay(int triesBefore, OperationOptions options)
    {
        var delay = options.FirstDelay * Math.Pow(2, Math.Min(triesBefore, 20));
        return delay < options.LongestDelay ? delay : options.LongestDelay;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
