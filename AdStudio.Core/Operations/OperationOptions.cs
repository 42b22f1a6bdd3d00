namespace AdStudio.Core.Operations;

/// <summary>How work on platforms is paced. <c>Operations:*</c> in the configuration.</summary>
public sealed record OperationOptions
{
    /// <summary>How many platforms one node works on at the same time.</summary>
    public int Parallel { get; init; } = 4;

    /// <summary>How long a claim holds without being renewed. A dead worker's work is taken up after it.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often the database is asked for work that another node put there.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Longest time that one call on a platform may take; then its outcome is unknown.</summary>
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a platform gets to show what it may have made, before it is looked for, and again before it is taken for absent.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The first wait after a platform did not answer; each further one doubles.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(2);
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Tries in a row without any result after which a person has to decide. With the waits above, about two hours: longer than most outages.</summary>
    public int MaxAttempts { get; init; } = 30;

    /// <summary>Longest time to keep trying, however politely a platform asks to wait.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(12);
}
