using AdStudio.Core.Common;

namespace AdStudio.Core.Platforms;

/// <summary>What every failure of a platform becomes.</summary>
public enum PlatformFailureKind
{
    /// <summary>The token no longer counts; refresh it, or ask the person to connect again.</summary>
    ExpiredAuthorization,
    MissingPermission,

    /// <summary>Try again at <see cref="PlatformFailure.RetryAt"/>.</summary>
    RateLimited,

    /// <summary>The platform's policy; its words are for the person.</summary>
    RejectedByPolicy,
    InvalidRequest,
    NotFound,

    /// <summary>Nothing was done; safe to try again.</summary>
    Unavailable,

    /// <summary>It may have been carried out. Never repeat blindly: look first.</summary>
    UnknownOutcome,

    /// <summary>The platform wants the question in smaller parts.</summary>
    TooMuchData,

    /// <summary>The platform no longer serves the version of its API that the adapter speaks; AdStudio has to be updated.</summary>
    VersionRetired,
}

/// <summary>A platform's refusal. <see cref="Refusal.Message"/> is the platform's own words where it gave any.</summary>
public sealed record PlatformFailure(Platform Platform, PlatformFailureKind Kind, string Message) : UnavailableError(Message)
{
    /// <summary>The field the platform names, in its own spelling.</summary>
    public string? Field { get; init; }

    /// <summary>When to try again (UTC), where the platform says so.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>The platform's own code ("190/463", "quotaError.RESOURCE_EXHAUSTED"), for support.</summary>
    public string? Code { get; init; }

    public bool MayRetry => Kind is PlatformFailureKind.RateLimited or PlatformFailureKind.Unavailable or PlatformFailureKind.UnknownOutcome;
}
