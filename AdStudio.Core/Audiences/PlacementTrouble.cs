using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Audiences;

/// <summary>Why an audience could not be put on an account, or brought up to date there: in words with what to do, and when it is tried again.</summary>
/// <param name="RetryAt">Null waits for a person.</param>
/// <param name="IsWaiting">It goes on by itself soon; otherwise somebody has to look.</param>
internal sealed record PlacementTrouble(PlatformFailureKind Kind, string Text, DateTimeOffset? RetryAt, bool IsWaiting)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);
    private static readonly TimeSpan UntilSomebodyLooked = TimeSpan.FromHours(1);

    /// <param name="attempts">Tries in a row before this one that brought nothing.</param>
    public static PlacementTrouble Of(Platform platform, Refusal refusal, int attempts, DateTimeOffset now)
    {
        var name = Catalogue.Of(platform).Name;
        if (refusal is NoAudiencesOn or LookalikeWithoutSource) return new(PlatformFailureKind.InvalidRequest, refusal.Message, null, IsWaiting: false);
        if (refusal is not PlatformFailure failure)
            return refusal is UnavailableError or LimitedError
                ? new(PlatformFailureKind.Unavailable, refusal.Message, now + Pause(attempts), IsWaiting: true)
                : new(PlatformFailureKind.ExpiredAuthorization, refusal.Message, now + UntilSomebodyLooked, IsWaiting: false);

        var said = failure.Message;
        return failure.Kind switch
        {
            PlatformFailureKind.RateLimited => new(failure.Kind, $"{name} asks to wait, because it was asked too much. AdStudio goes on by itself.", Later(failure.RetryAt, now + Pause(attempts)), IsWaiting: true),
            PlatformFailureKind.Unavailable or PlatformFailureKind.UnknownOutcome => new(failure.Kind, $"{name} does not answer as it should: “{said}” AdStudio tries again by itself.", Later(failure.RetryAt, now + Pause(attempts)), IsWaiting: true),
            PlatformFailureKind.ExpiredAuthorization => new(failure.Kind, $"{name} no longer accepts the access. Reconnect it under Connections; then this goes on by itself.", now, IsWaiting: false),
            PlatformFailureKind.MissingPermission => new(failure.Kind, $"{name} does not let AdStudio write audiences here: “{said}” Do what it asks there, or reconnect it under Connections with every permission.", now + UntilSomebodyLooked, IsWaiting: false),
            PlatformFailureKind.VersionRetired => new(failure.Kind, $"{name} has switched off the version of its API that this AdStudio speaks. Update AdStudio; what was sent stays.", null, IsWaiting: false),
            PlatformFailureKind.NotFound => new(failure.Kind, $"{name} no longer has it: “{said}” Take it off this account and put it on again to make it anew.", null, IsWaiting: false),
            PlatformFailureKind.RejectedByPolicy => new(failure.Kind, $"{name} refuses it: “{said}” Change what it objects to, then try again.", null, IsWaiting: false),
            _ => new(failure.Kind, $"{name} did not take it: “{said}” Change what it objects to, then try again.", null, IsWaiting: false),
        };
    }

    /// <summary>Doubles with each try in a row.</summary>
    public static TimeSpan Pause(int attempts)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(attempts, 12));
        return pause < LongestPause ? pause : LongestPause;
    }

    private static DateTimeOffset Later(DateTimeOffset? told, DateTimeOffset ours) => told > ours ? told.Value : ours;
}
