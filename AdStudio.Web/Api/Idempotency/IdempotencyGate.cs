using System.Collections.Concurrent;
using System.Text;
using AdStudio.Core.Common;
using AdStudio.Core.Partners;
using AdStudio.Web.Api.Reading;
using Microsoft.AspNetCore.Http.Features;

namespace AdStudio.Web.Api.Idempotency;

/// <summary>
/// Stands before operations that take an <c>Idempotency-Key</c>: answers again what was done already, lets one of several alike through and the others wait for
/// its answer. Across nodes and crashes the claim in the database decides (<see cref="IdempotencyClaim"/>); what waits here spares it the crowd.
/// </summary>
internal sealed class IdempotencyGate(IdempotencyKeys keys, AnswerBook book, TimeProvider time)
{
    /// <summary>How long one waits for another's answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>How long the answer of another node may follow its work.</summary>
    private static readonly TimeSpan AnswerFollows = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Guid, UnderWay> underWay = new();

    public async ValueTask<object?> RunAsync(IdempotentOperation operation, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var given = http.Request.Headers[IdempotentOperation.Header];
        if (given.Count == 0) return await next(context);
        if (given.Count > 1 || !IdempotencyClaim.IsKey(given.ToString())) return ApiProblem.Of(new InvalidError(IdempotentOperation.Header, $"{IdempotentOperation.Header} should be 1 to {IdempotencyClaim.MaxKey} printable characters"));
        if (await BodyAsync(http) is not { } body) return await next(context);

        var claim = IdempotencyClaim.Of(http.Actor(), given.ToString(), $"{http.Request.Method} {http.Request.Path}", body, operation.Makes);
        var until = time.GetTimestamp();
        while (true)
        {
            var mine = new UnderWay(claim);
            var first = underWay.GetOrAdd(claim.Id, mine);
            if (ReferenceEquals(first, mine))
            {
                try
                {
                    return await FirstAsync(operation, claim, context, next);
                }
                finally
                {
                    underWay.TryRemove(claim.Id, out _);
                    mine.Ended.SetResult();
                }
            }
            if (!first.IsOf(claim)) return new RefusedAnswer(new IdempotencyConflict());
            var patience = Patience - time.GetElapsedTime(until);
            if (patience <= TimeSpan.Zero || !await EndsAsync(first, patience, http.RequestAborted)) return new RefusedAnswer(new RequestStillUnderWay(time.GetUtcNow().AddSeconds(2)));
        }
    }

    private async Task<object?> FirstAsync(IdempotentOperation operation, IdempotencyClaim claim, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var actor = http.Actor();
        if ((book.Find(claim.Id) ?? await keys.FindAsync(actor, claim, http.RequestAborted)) is { } known) return await AgainAsync(operation, claim, known, http);

        http.Features.Set(new ApiCaller(actor with { Claim = claim }));
        var answer = await CaughtAsync(http, claim, async () => await next(context));
        if (claim is { WasRefused: true, IsWritten: false } && await keys.FindAsync(actor, claim, http.RequestAborted) is { } others)
        {
            // Another node carried the same out in the same moment: what came of it here was undone.
            http.Response.StatusCode = StatusCodes.Status200OK;
            http.Response.Headers.Remove("Location");
            return await AgainAsync(operation, claim, others, http);
        }
        answer.ThrowIfFailed();
        return await KeptAsync(operation, answer, claim, actor, http);
    }

    private async Task<object?> AgainAsync(IdempotentOperation operation, IdempotencyClaim claim, KnownRequest known, HttpContext http)
    {
        if (!known.IsOf(claim)) return new RefusedAnswer(new IdempotencyConflict());
        var began = time.GetTimestamp();
        while (known.Status is null && time.GetElapsedTime(began) < AnswerFollows)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), time, http.RequestAborted);
            known = await keys.FindAsync(http.Actor(), claim, http.RequestAborted) ?? known;
        }
        if (known.Status is null && (operation.Again is null || known.MadeId is null)) return new RefusedAnswer(new AnswerWasLost(known.MadeKind, known.MadeId));

        http.Response.Headers[IdempotentOperation.ReplayedHeader] = "true";
        if (known.Status is { } status) return new AnswerAgain(status, Encoding.UTF8.GetBytes(known.Answer ?? ""), known.Location);
        var answer = await CaughtAsync(http, claim, async () => await operation.Again!(http, known.MadeId!.Value));
        answer.ThrowIfFailed();
        return await KeptAsync(operation, answer, claim, http.Actor(), http);
    }

    /// <summary>Keeps the answer of what was done; faults and limits pass, and what was refused made nothing.</summary>
    private async Task<AnswerAgain> KeptAsync(IdempotentOperation operation, Caught answer, IdempotencyClaim claim, Actor actor, HttpContext http)
    {
        var location = http.Response.Headers.Location.ToString() is { Length: > 0 } there ? there : null;
        var passes = answer.Status is >= StatusCodes.Status500InternalServerError or StatusCodes.Status429TooManyRequests;
        // Where what was made can answer in its place, the answer itself may be written down a moment later, together with others.
        if (!passes && claim.IsWritten && operation.Again is not null) book.Add(actor, claim, answer.Status, Encoding.UTF8.GetString(answer.Body), location);
        else if (!passes && (claim.IsWritten || answer.Status is >= 200 and < 300)) await keys.KeepAsync(actor, claim, answer.Status, Encoding.UTF8.GetString(answer.Body), location, CancellationToken.None);
        return new AnswerAgain(answer.Status, answer.Body, location);
    }

    /// <summary>Runs the operation and keeps what it writes from going out yet.</summary>
    private static async Task<Caught> CaughtAsync(HttpContext http, IdempotencyClaim claim, Func<Task<object?>> run)
    {
        var outside = http.Response.Body;
        using var memory = new MemoryStream();
        http.Response.Body = memory;
        try
        {
            if (await run() is IResult result) await result.ExecuteAsync(http);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
            return new Caught(http.Response.StatusCode, memory.ToArray(), null);
        }
        catch (Exception failure) when (claim is { WasRefused: true, IsWritten: false })
        {
            return new Caught(StatusCodes.Status500InternalServerError, [], failure);
        }
        finally
        {
            http.Response.Body = outside;
        }
    }

    /// <summary>The whole body, put back for the operation; null when it is longer than any operation takes.</summary>
    private static async Task<byte[]?> BodyAsync(HttpContext http)
    {
        if (http.Request.ContentLength > JsonBody.MaxBytes) return null;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = JsonBody.MaxBytes;
        using var memory = new MemoryStream();
        await http.Request.Body.CopyToAsync(memory, http.RequestAborted);
        var body = memory.ToArray();
        http.Request.Body = new MemoryStream(body, writable: false);
        return body;
    }

    private async Task<bool> EndsAsync(UnderWay first, TimeSpan patience, CancellationToken ct)
    {
        try
        {
            await first.Ended.Task.WaitAsync(patience, time, ct);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private sealed record Caught(int Status, byte[] Body, Exception? Failure)
    {
        public void ThrowIfFailed()
        {
            if (Failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(Failure);
        }
    }

    private sealed class UnderWay(IdempotencyClaim claim)
    {
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsOf(IdempotencyClaim other) => claim.Route == other.Route && claim.BodyHash == other.BodyHash;
    }

    /// <summary>An answer that is written already.</summary>
    private sealed class AnswerAgain(int status, byte[] body, string? location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = status;
            if (location is not null) response.Headers.Location = location;
            if (body.Length == 0) return Task.CompletedTask;
            (response.ContentType, response.ContentLength) = ("application/json; charset=utf-8", body.Length);
            return response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
        }
    }
}
