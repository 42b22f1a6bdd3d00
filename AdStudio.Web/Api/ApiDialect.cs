using System.Globalization;
using AdStudio.Core.Common;

namespace AdStudio.Web.Api;

/// <summary>How one surface recognises its callers, and how it words success and refusal.</summary>
internal abstract class ApiDialect
{
    /// <summary>Where the surface begins.</summary>
    public abstract PathString Root { get; }

    /// <summary>As the audit names it.</summary>
    public abstract string Via { get; }

    /// <summary>Who calls.</summary>
    public abstract ValueTask<Result<Actor>> AuthenticateAsync(HttpContext http, CancellationToken ct);

    /// <summary>A refusal in this surface's words.</summary>
    public virtual ApiProblem Of(Refusal refusal) => ApiProblem.Of(refusal);

    /// <summary>Writes the envelope of a refusal.</summary>
    public abstract Task WriteAsync(HttpContext http, ApiProblem problem);

    protected static void Begin(HttpContext http, ApiProblem problem)
    {
        http.Response.StatusCode = problem.Status;
        if (problem.Status == StatusCodes.Status401Unauthorized) http.Response.Headers.WWWAuthenticate = "Bearer";
        if (problem.RetryAt is { } at) http.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling((at - Now(http)).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    protected static DateTimeOffset Now(HttpContext http) => http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();

    /// <summary>As both seeds write instants.</summary>
    protected static string Timestamp(HttpContext http) => Now(http).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    protected static string? Bearer(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && header.Length > 7 ? header[7..].Trim() : null;
    }

    protected static string? ApiKey(HttpContext http) => http.Request.Headers["x-api-key"].ToString() is { Length: > 0 } key ? key : null;
}

/// <summary>What an operation of an API asks of its caller.</summary>
/// <param name="Scope">Of the caller's key; null when none is needed.</param>
internal sealed record ApiOperation(string? Scope);

/// <summary>Marks an operation that a partner's key may call without a user's token: it is how tokens are got.</summary>
internal sealed record KeyAlone;

/// <summary>The caller of the request at hand, once recognised.</summary>
internal sealed record ApiCaller(Actor Actor);

internal static class ApiContext
{
    public static ApiDialect Dialect(this HttpContext http) => http.Features.Get<ApiDialect>() ?? throw new InvalidOperationException("Outside the APIs.");

    /// <summary>Who acts. Every operation runs behind the gate, which has found out.</summary>
    public static Actor Actor(this HttpContext http) => http.Features.Get<ApiCaller>()?.Actor ?? throw new InvalidOperationException("The gate let somebody unknown through.");
}
