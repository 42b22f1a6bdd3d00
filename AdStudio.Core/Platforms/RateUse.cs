namespace AdStudio.Core.Platforms;

/// <summary>How much of an account's rate limit is used up, as far as this node knows.</summary>
/// <param name="Percent">As the platform said last; null when it tells no percentage.</param>
/// <param name="FreeAt">When calls are let through again (UTC), while the platform refuses them.</param>
public sealed record RateUse(double? Percent, DateTimeOffset? SaidAt, DateTimeOffset? FreeAt);

/// <summary>Shows what is left of the platforms' rate limits.</summary>
public interface IShowsRateBudgets
{
    /// <summary>Null when nothing was asked of the account lately.</summary>
    RateUse? UseOf(Platform platform, string accountExternalId);
}
