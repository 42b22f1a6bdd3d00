using System.Globalization;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;

namespace AdStudio.Web.Api;

/// <summary>
/// What every request to an API passes: limits, who calls, whether their key reaches so far. Runs the operation itself, so that nothing meant for pages
/// (cookies, antiforgery, status pages) touches it, and words whatever goes wrong in the surface's dialect.
/// </summary>
internal sealed class ApiGate(RequestDelegate next, IEnumerable<ApiDialect> dialects, ApiRoutes routes, ApiLimits limits, KeptAnswers kept, PlatformsHere platforms, TimeProvider time, ILogger<ApiGate> log)
{
    private readonly ApiDialect[] dialects = [.. dialects.OrderByDescending(d => d.Root.Value!.Length)];

    public Task InvokeAsync(HttpContext http)
    {
        var dialect = Array.Find(dialects, d => http.Request.Path.StartsWithSegments(d.Root));
        if (dialect is null && http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)) dialect = Array.Find(dialects, d => d is Crm.CrmDialect);
        return dialect is null ? next(http) : ServeAsync(http, dialect);
    }

    private async Task ServeAsync(HttpContext http, ApiDialect dialect)
    {
        http.Features.Set(dialect);
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            await (await RefusalAsync(http, dialect) is { } problem ? dialect.WriteAsync(http, problem) : http.GetEndpoint()!.RequestDelegate!(http));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
        catch (BadHttpRequestException unreadable) when (!http.Response.HasStarted)
        {
            await dialect.WriteAsync(http, ApiProblem.OfStatus(unreadable.StatusCode, http.Request));
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            log.LogError(failure, "{Method} {Path} failed ({Request})", http.Request.Method, http.Request.Path, http.TraceIdentifier);
            await dialect.WriteAsync(http, ApiProblem.OfStatus(StatusCodes.Status500InternalServerError, http.Request));
        }
        finally
        {
            // Who writes reads at once what was written.
            if (!HttpMethods.IsGet(http.Request.Method)) kept.ForgetAll();
        }
    }

    private async ValueTask<ApiProblem?> RefusalAsync(HttpContext http, ApiDialect dialect)
    {
        if (Spend(http, limits.TakeFor(http.Connection.RemoteIpAddress)) is { } fromThere) return fromThere;
        if (http.GetEndpoint()?.Metadata.GetMetadata<ApiOperation>() is not { } operation)
        {
            var methods = routes.MethodsAt(http.Request.Path);
            // The method fits, yet the address was not taken: a number in it is none.
            if (methods.Contains(http.Request.Method)) methods = [];
            if (methods.Count > 0) http.Response.Headers.Allow = string.Join(", ", methods);
            return ApiProblem.OfStatus(methods.Count > 0 ? StatusCodes.Status405MethodNotAllowed : StatusCodes.Status404NotFound, http.Request);
        }

        if (!(await dialect.AuthenticateAsync(http, http.RequestAborted)).TryGet(out var actor, out var refusal)) return dialect.Of(refusal);
        http.Response.Headers["X-AdStudio-Environment"] = platforms.AreEmulated || !actor.ReachesPlatforms ? "sandbox" : "live";
        if (Spend(http, limits.TakeFor(actor.Id)) is { } tooMany) return tooMany;
        if (operation.Scope is { } scope && !actor.HasScope(scope)) return dialect.Of(new ScopeNeeded(scope));
        http.Features.Set(new ApiCaller(actor));
        return null;
    }

    // Until the caller is known the headers speak of the address, from then on of the caller.
    private ApiProblem? Spend(HttpContext http, Allowance allowance)
    {
        var headers = http.Response.Headers;
        headers["RateLimit-Limit"] = allowance.Limit.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = Math.Max(0, allowance.Remaining).ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = allowance.ResetSeconds.ToString(CultureInfo.InvariantCulture);
        return allowance.IsSpent
            ? new ApiProblem(StatusCodes.Status429TooManyRequests, "RATE_LIMITED", $"More than {allowance.Limit} requests in a minute. Go on in {allowance.ResetSeconds} s.", []) { RetryAt = time.GetUtcNow().AddSeconds(allowance.ResetSeconds) }
            : null;
    }
}
