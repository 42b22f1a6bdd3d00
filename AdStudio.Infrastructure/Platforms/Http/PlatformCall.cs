namespace AdStudio.Infrastructure.Platforms.Http;

internal enum CallKind
{
    /// <summary>Changes nothing: may be repeated, and yields to the others when the platform's patience runs out.</summary>
    Read,

    /// <summary>Changes something to a state that it names, or refreshes a token: may be repeated.</summary>
    Repeatable,

    /// <summary>Makes something new each time: sent once, and when no answer comes its outcome is unknown.</summary>
    Create,
}

/// <param name="Name">For logs and measures: the path's words without ids, tokens or queries.</param>
/// <param name="Account">Whose rate budget it uses; null for calls that concern no account.</param>
internal sealed record PlatformCall(string Name, CallKind Kind, string? Account)
{
    /// <summary>For calls that move a lot, such as videos.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The answer is no JSON but a text, such as the lines of a report; it comes as one string.</summary>
    public bool IsText { get; init; }
}
