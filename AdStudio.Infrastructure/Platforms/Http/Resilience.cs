using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace AdStudio.Infrastructure.Platforms.Http;

/// <summary>Repeats calls that may be repeated, and stops asking a host that is down. What a platform refuses on purpose doesn't count as down.</summary>
internal sealed class Resilience(TimeProvider time)
{
    // Longer waits are left to whoever asked: a job or an operation that comes back later.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, (ResiliencePipeline<Result<JsonNode>> Once, ResiliencePipeline<Result<JsonNode>> Repeat)> pipelines = new();

    public async Task<Result<JsonNode>> RunAsync(PlatformCall call, string host, Platform platform, Func<CancellationToken, Task<Result<JsonNode>>> attempt, CancellationToken ct)
    {
        var (once, repeat) = pipelines.GetOrAdd(host, _ => Build());
        try
        {
            return await (call.Kind == CallKind.Create ? once : repeat).ExecuteAsync(async token => await attempt(token), ct);
        }
        catch (BrokenCircuitException e)
        {
            return new PlatformFailure(platform, PlatformFailureKind.Unavailable, $"{platform} is not answering at the moment.") { Code = "circuit", RetryAt = time.GetUtcNow() + (e.RetryAfter ?? TimeSpan.FromSeconds(15)) };
        }
    }

    private (ResiliencePipeline<Result<JsonNode>>, ResiliencePipeline<Result<JsonNode>>) Build()
    {
        var once = new ResiliencePipelineBuilder<Result<JsonNode>> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Result<JsonNode>>
            {
                FailureRatio = 0.8, MinimumThroughput = 20, SamplingDuration = TimeSpan.FromSeconds(30), BreakDuration = TimeSpan.FromSeconds(15),
                ShouldHandle = args => ValueTask.FromResult(FailureOf(args.Outcome) is { Kind: PlatformFailureKind.Unavailable or PlatformFailureKind.UnknownOutcome }),
            })
            .Build();
        var repeat = new ResiliencePipelineBuilder<Result<JsonNode>> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<Result<JsonNode>>
            {
                MaxRetryAttempts = 2, Delay = TimeSpan.FromMilliseconds(400), BackoffType = DelayBackoffType.Exponential, UseJitter = true,
                ShouldHandle = args => ValueTask.FromResult(FailureOf(args.Outcome) is { } failure && IsWorthAnotherTry(failure)),
                DelayGenerator = args => ValueTask.FromResult(FailureOf(args.Outcome)?.RetryAt is { } at ? Later(at) : (TimeSpan?)null),
            })
            .AddPipeline(once)
            .Build();
        return (once, repeat);
    }

    private bool IsWorthAnotherTry(PlatformFailure failure) => failure.Kind switch
    {
        PlatformFailureKind.Unavailable => failure.RetryAt is not { } at || Later(at) <= LongestWait,
        PlatformFailureKind.RateLimited => failure.RetryAt is { } at && Later(at) <= LongestWait,
        _ => false,
    };

    private TimeSpan Later(DateTimeOffset at) => at - time.GetUtcNow() is { } wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

    private static PlatformFailure? FailureOf(Outcome<Result<JsonNode>> outcome) => outcome.Exception is null ? outcome.Result.Refusal as PlatformFailure : null;
}
