using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using Microsoft.Extensions.Logging;

namespace AdStudio.Infrastructure.Platforms.Http;

/// <param name="IsCertain">The platform refused, so nothing was done; false when it broke down and may have done it.</param>
internal sealed record Judgement(PlatformFailure Failure, bool IsCertain = true);

/// <summary>
/// The way to one platform: keeps to its rate limits, repeats what may be repeated, stops asking while it is down, and turns everything that goes wrong into a <see cref="PlatformFailure"/>.
/// </summary>
internal abstract class PlatformChannel(Platform platform, ChannelParts parts)
{
    private readonly Resilience resilience = new(parts.Time);

    protected TimeProvider Time => parts.Time;
    protected PlatformEndpoint Endpoint => parts.Settings.Of(platform);

    /// <summary>A setting that only this platform has; null when it is not set.</summary>
    protected string? OwnSetting(string name) => parts.Settings.Own(platform, name);

    /// <summary>What a refusing answer means.</summary>
    protected abstract Judgement Judge(int status, JsonNode? body, HttpResponseHeaders headers);

    /// <summary>Whether the answer is a refusal: some platforms refuse with status 200 and a code in the body.</summary>
    protected virtual bool Refuses(int status, JsonNode? body) => status is < 200 or > 299;

    /// <summary>Notes what the answer says about the rate limit.</summary>
    protected virtual void Learn(RateBudgets budgets, string? account, HttpResponseHeaders headers) { }

    /// <summary>What a good answer comes to; for platforms that say something in its headers alone.</summary>
    protected virtual JsonNode Answer(JsonNode? body, HttpResponseHeaders headers) => body ?? new JsonObject();

    protected PlatformFailure Fail(PlatformFailureKind kind, string message) => new(platform, kind, message);

    /// <param name="request">Makes the request anew for each try.</param>
    protected async Task<Result<JsonNode>> SendAsync(PlatformCall call, Func<CancellationToken, Task<HttpRequestMessage>> request, CancellationToken ct) =>
        await resilience.RunAsync(call, Host(), platform, token => TryAsync(call, request, token), ct);

    private async Task<Result<JsonNode>> TryAsync(PlatformCall call, Func<CancellationToken, Task<HttpRequestMessage>> request, CancellationToken ct)
    {
        if (await parts.Budgets.AdmitAsync(platform, call.Account, call.Kind, ct) is { } held) return held;

        using var activity = PlatformTelemetry.Source.StartActivity($"{platform} {call.Name}", ActivityKind.Client);
        var started = Time.GetTimestamp();
        var result = await ExchangeAsync(call, request, ct);
        var took = Time.GetElapsedTime(started);

        var failure = result.Refusal as PlatformFailure;
        var outcome = failure?.Kind.ToString() ?? "Done";
        activity?.SetTag("outcome", outcome).SetTag("code", failure?.Code).SetStatus(failure is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
        PlatformTelemetry.Calls.Add(1, new("platform", platform), new("call", call.Name), new("outcome", outcome));
        PlatformTelemetry.Duration.Record(took.TotalSeconds, new("platform", platform), new("call", call.Name));
        if (failure is null) parts.Log.LogDebug("{Platform} {Call} took {Milliseconds} ms", platform, call.Name, (long)took.TotalMilliseconds);
        else parts.Log.LogWarning("{Platform} {Call}: {Outcome} {Code} after {Milliseconds} ms", platform, call.Name, outcome, failure.Code, (long)took.TotalMilliseconds);
        if (failure is { Kind: PlatformFailureKind.RateLimited, RetryAt: { } at }) parts.Budgets.Refused(platform, call.Account, at);
        return result;
    }

    private async Task<Result<JsonNode>> ExchangeAsync(PlatformCall call, Func<CancellationToken, Task<HttpRequestMessage>> request, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(call.Timeout ?? parts.Settings.Timeout, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        try
        {
            using var message = await request(either.Token);
            using var client = parts.Clients.CreateClient(platform.Wire());
            using var response = await client.SendAsync(message, either.Token);
            Learn(parts.Budgets, call.Account, response.Headers);
            var text = await response.Content.ReadAsStringAsync(either.Token);
            var (body, readable) = call.IsText && response.IsSuccessStatusCode ? (JsonValue.Create(text), true) : Parse(text);

            if (readable && !Refuses((int)response.StatusCode, body)) return Result<JsonNode>.Of(Answer(body, response.Headers));
            if (response.IsSuccessStatusCode && !readable) return Lost(call, $"{platform} answered something unreadable.");
            var (failure, isCertain) = Judge((int)response.StatusCode, body, response.Headers);
            return isCertain || call.Kind != CallKind.Create ? failure : failure with { Kind = PlatformFailureKind.UnknownOutcome };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Lost(call, $"{platform} did not answer in time.");
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            return Fail(PlatformFailureKind.Unavailable, $"{platform} cannot be reached.") with { Code = e.HttpRequestError.ToString() };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Lost(call, $"The connection to {platform} broke off.") with { Code = (e as HttpRequestException)?.HttpRequestError.ToString() ?? "IO" };
        }
    }

    /// <summary>The request went out and no answer came back: what makes something new may have been done.</summary>
    private PlatformFailure Lost(PlatformCall call, string words) => call.Kind == CallKind.Create
        ? Fail(PlatformFailureKind.UnknownOutcome, words + " It may have done it all the same; the studio looks first.")
        : Fail(PlatformFailureKind.Unavailable, words);

    private static (JsonNode? Body, bool Readable) Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return (null, true);
        try { return (JsonNode.Parse(text), true); }
        catch (JsonException) { return (null, false); }
    }

    private string Host() => new Uri(Endpoint.Api).Authority;

    /// <summary>When a standard Retry-After header says to come back.</summary>
    protected DateTimeOffset? RetryAfter(HttpResponseHeaders headers) =>
        headers.RetryAfter is { } after ? after.Date ?? (after.Delta is { } delta ? Time.GetUtcNow() + delta : null) : null;
}

/// <summary>What every channel needs.</summary>
internal sealed record ChannelParts(IHttpClientFactory Clients, PlatformSettings Settings, RateBudgets Budgets, TimeProvider Time, ILogger<ChannelParts> Log);
