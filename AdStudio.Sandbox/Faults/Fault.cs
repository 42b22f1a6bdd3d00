namespace AdStudio.Sandbox.Faults;

/// <summary>What may go wrong with a call.</summary>
public enum FaultKind
{
    /// <summary>Answers 500 as the platform does and does nothing.</summary>
    Error500,

    /// <summary>Does nothing, holds the call, then drops the connection.</summary>
    TimeoutBefore,

    /// <summary>Does the work, then holds the call and drops the connection: the caller cannot know.</summary>
    TimeoutAfter,

    /// <summary>Refuses with the platform's rate limit and when to come back.</summary>
    RateLimit,

    /// <summary>Refuses as if the access token had expired.</summary>
    ExpiredToken,

    /// <summary>Works, but only after some seconds.</summary>
    Slow,

    /// <summary>Does the work and answers half of the JSON.</summary>
    Malformed,

    /// <summary>Takes a report on and gives it up half-way; on other calls nothing goes wrong.</summary>
    ReportFails,

    /// <summary>Takes a report on and never ends it; on other calls nothing goes wrong.</summary>
    ReportHangs,

    /// <summary>Refuses because this version of the API is no longer served.</summary>
    VersionRetired,
}

/// <summary>One setting of the fault dial: the next so many calls of an operation on a platform go wrong.</summary>
/// <param name="Platform">meta, google or *.</param>
/// <param name="Operation">One of <see cref="CallKinds"/>.</param>
/// <param name="Times">How many calls are left.</param>
/// <param name="Seconds">How long <see cref="FaultKind.Slow"/> waits.</param>
public sealed record Fault(string Id, string Platform, string Operation, FaultKind Kind, int Times, int RetryAfterSeconds, int Seconds)
{
    public string Name => NameOf(Kind);

    /// <summary>The fault's name on the wire: error500, timeout-before, timeout-after, rate-limit, expired-token, slow, malformed, report-fails, report-hangs, version-retired.</summary>
    public static string NameOf(FaultKind kind) => kind switch
    {
        FaultKind.TimeoutBefore => "timeout-before",
        FaultKind.TimeoutAfter => "timeout-after",
        FaultKind.RateLimit => "rate-limit",
        FaultKind.ExpiredToken => "expired-token",
        FaultKind.ReportFails => "report-fails",
        FaultKind.ReportHangs => "report-hangs",
        FaultKind.VersionRetired => "version-retired",
        _ => kind.ToString().ToLowerInvariant(),
    };

    public static FaultKind? KindOf(string? name) =>
        Enum.GetValues<FaultKind>().Cast<FaultKind?>().FirstOrDefault(k => NameOf(k!.Value) == name);
}
