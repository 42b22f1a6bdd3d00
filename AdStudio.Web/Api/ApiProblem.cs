using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Partners;

namespace AdStudio.Web.Api;

/// <summary>Why a request is not answered, before a dialect puts it into its envelope.</summary>
/// <param name="Fields">Every wrong field, where fields are wrong.</param>
internal sealed record ApiProblem(int Status, string Code, string Message, IReadOnlyList<FieldProblem> Fields) : IResult
{
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>The refusal itself, where a surface says more of it than code and fields.</summary>
    public Refusal? Why { get; init; }

    public static ApiProblem BadRequest(string message, IReadOnlyList<FieldProblem>? fields = null) => new(StatusCodes.Status400BadRequest, "BAD_REQUEST", message, fields ?? []);

    /// <summary>What a bare status means, when routing or the server refused before any of our code ran.</summary>
    public static ApiProblem OfStatus(int status, HttpRequest request) => status switch
    {
        StatusCodes.Status404NotFound => new(status, "NOT_FOUND", $"There is nothing at {request.Method} {request.Path}.", []),
        StatusCodes.Status405MethodNotAllowed => new(status, "METHOD_NOT_ALLOWED", $"{request.Path} does not take {request.Method}.", []),
        StatusCodes.Status413PayloadTooLarge => new(status, "PAYLOAD_TOO_LARGE", "The body is too large.", []),
        StatusCodes.Status415UnsupportedMediaType => new(status, "UNSUPPORTED_MEDIA_TYPE", "Send JSON, with “Content-Type: application/json”.", []),
        StatusCodes.Status500InternalServerError => new(status, "INTERNAL_ERROR", "Internal server error", []),
        _ => new(status, "BAD_REQUEST", "The request could not be read.", []),
    };

    /// <summary>The kinds of refusal as statuses and codes; the same on every surface.</summary>
    public static ApiProblem Of(Refusal refusal) => refusal switch
    {
        InvalidError invalid => BadRequest(invalid.Message, invalid.Fields),
        UnauthenticatedError => new(StatusCodes.Status401Unauthorized, "UNAUTHORIZED", refusal.Message, []),
        ScopeNeeded => new(StatusCodes.Status403Forbidden, "FORBIDDEN_SCOPE", refusal.Message, []),
        ForbiddenError => new(StatusCodes.Status403Forbidden, "FORBIDDEN", refusal.Message, []),
        NotFoundError => new(StatusCodes.Status404NotFound, "NOT_FOUND", refusal.Message, []),
        IdempotencyConflict => new(StatusCodes.Status409Conflict, "IDEMPOTENCY_CONFLICT", refusal.Message, []),
        RequestStillUnderWay underWay => new(StatusCodes.Status409Conflict, "REQUEST_UNDER_WAY", refusal.Message, []) { RetryAt = underWay.RetryAt },
        ConflictError => new(StatusCodes.Status409Conflict, "CONFLICT", refusal.Message, []),
        LimitedError limited => new(StatusCodes.Status429TooManyRequests, "RATE_LIMITED", refusal.Message, []) { RetryAt = limited.RetryAt },
        UnavailableError => new(StatusCodes.Status503ServiceUnavailable, "UNAVAILABLE", refusal.Message, []),
        _ => throw new InvalidOperationException($"A refusal of no kind: {refusal.GetType().Name}."),
    };

    public Task ExecuteAsync(HttpContext httpContext) => httpContext.Dialect().WriteAsync(httpContext, this);
}

/// <summary>A refusal as an answer; the surface's dialect words it.</summary>
internal sealed class RefusedAnswer(Refusal refusal) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var dialect = httpContext.Dialect();
        return dialect.WriteAsync(httpContext, dialect.Of(refusal));
    }
}

internal static class Refusals
{
    public static IResult Refused(this Refusal refusal) => new RefusedAnswer(refusal);
}
