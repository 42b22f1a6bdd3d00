using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Connections;

/// <summary>One question to a platform on an ad account, with a token that counts: renewed once when the platform says that it no longer does.</summary>
public sealed class AskPlatform(GetPlatformAccess getAccess, ReportExpired reportExpired)
{
    /// <summary>The caller has checked what the actor may do there. What the platform finds wrong with the question comes back as the caller's mistake, in its words.</summary>
    public async Task<Result<T>> RunAsync<T>(Actor actor, Guid adAccountId, Func<PlatformAccess, Task<Result<T>>> ask, CancellationToken ct)
    {
        if (!(await getAccess.RunAsync(actor, adAccountId, ct)).TryGet(out var access, out var refusal)) return Result<T>.Refused(refusal);
        var answer = await ask(access);
        if (answer.Refusal is PlatformFailure { Kind: PlatformFailureKind.ExpiredAuthorization })
            answer = (await reportExpired.RunAsync(actor, access, ct)).TryGet(out var renewed, out refusal) ? await ask(renewed) : Result<T>.Refused(refusal);
        return answer.Refusal is PlatformFailure failure ? Result<T>.Refused(Worded(failure)) : answer;
    }

    /// <summary>A platform's failure is the studio's to explain, but for questions that it cannot answer and for limits.</summary>
    private static Refusal Worded(PlatformFailure failure) => failure.Kind switch
    {
        PlatformFailureKind.InvalidRequest or PlatformFailureKind.RejectedByPolicy => new InvalidError(failure.Field ?? "", $"{Catalogue.Of(failure.Platform).Name} answered: {failure.Message}"),
        PlatformFailureKind.TooMuchData => new InvalidError("", $"{Catalogue.Of(failure.Platform).Name} finds this too much at once: {failure.Message} Ask for fewer days, fields or breakdowns."),
        PlatformFailureKind.RateLimited => new LimitedError(failure.Message, failure.RetryAt),
        PlatformFailureKind.NotFound => new NotFoundError(failure.Message),
        _ => failure,
    };
}
