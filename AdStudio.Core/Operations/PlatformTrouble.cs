using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Operations;

/// <summary>Why a reading of an account ended early: in words with what to do, and when to try again.</summary>
/// <param name="RetryAt">Null waits for the platform's rhythm, or for a person.</param>
internal sealed record PlatformTrouble(PlatformFailureKind Kind, string Text, DateTimeOffset? RetryAt)
{
    private static readonly TimeSpan LaterIfUnavailable = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LaterIfLimited = TimeSpan.FromMinutes(15);

    /// <summary>What nobody can wait out.</summary>
    public static string Outdated(PlatformFailure failure) => $"{failure.Platform.Label()} has switched off the version of its API that this AdStudio speaks: “{failure.Message}” AdStudio has to be updated.";

    public static PlatformTrouble Of(Platform platform, Refusal refusal, DateTimeOffset now)
    {
        if (refusal is not PlatformFailure failure)
        {
            var forPerson = refusal is ConnectionExpired or ConnectionDisconnected or NotFoundError;
            return new(forPerson ? PlatformFailureKind.ExpiredAuthorization : PlatformFailureKind.Unavailable, refusal.Message, forPerson ? null : now + LaterIfUnavailable);
        }
        var (name, said) = (platform.Label(), failure.Message);
        return failure.Kind switch
        {
            PlatformFailureKind.ExpiredAuthorization => new(failure.Kind, $"{name} no longer accepts the access. Reconnect it under Connections.", null),
            PlatformFailureKind.MissingPermission => new(failure.Kind, $"{name} does not let AdStudio read this: “{said}” Reconnect it under Connections and leave every permission switched on.", null),
            PlatformFailureKind.RateLimited => new(failure.Kind, $"{name} asks to wait, because it was asked too much. AdStudio goes on by itself.", failure.RetryAt ?? now + LaterIfLimited),
            PlatformFailureKind.Unavailable or PlatformFailureKind.UnknownOutcome =>
                new(failure.Kind, $"{name} does not answer as it should: “{said}” AdStudio tries again by itself.", failure.RetryAt ?? now + LaterIfUnavailable),
            PlatformFailureKind.TooMuchData => new(failure.Kind, $"{name} finds even the smallest question too large: “{said}” The next reading tries again; if it stays so, archive old campaigns on {name}.", null),
            PlatformFailureKind.VersionRetired => new(failure.Kind, Outdated(failure) + " What is stored stays.", null),
            PlatformFailureKind.NotFound => new(failure.Kind, $"{name} no longer shows this account: “{said}” Choose “Sync accounts” under Connections to see what became of it.", null),
            PlatformFailureKind.RejectedByPolicy => new(failure.Kind, $"{name} refuses: “{said}” Look at the account on {name}; the next reading tries again.", null),
            _ => new(failure.Kind, $"{name} did not take the question: “{said}” The next reading tries again. If it stays so, tell whoever runs AdStudio.", null),
        };
    }
}
