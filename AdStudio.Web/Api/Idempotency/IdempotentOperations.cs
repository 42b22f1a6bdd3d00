using AdStudio.Core.Common;

namespace AdStudio.Web.Api.Idempotency;

/// <summary>An operation that does its work once, however often a caller sends it under one key.</summary>
/// <param name="Makes">The entities it is there to make; with the first of them the key is taken.</param>
/// <param name="Again">Answers from what was made, by its id, when the answer itself was lost; null where that can't be said.</param>
internal sealed record IdempotentOperation(IReadOnlyCollection<Type> Makes, Func<HttpContext, Guid, Task<IResult>>? Again)
{
    public const string Header = "Idempotency-Key", ReplayedHeader = "Idempotency-Replayed";

    public const string Says = "Your own id for this request, 1 to 255 printable characters. Sent again with the same body within 24 hours, the request is not carried out twice but answered as before, with `Idempotency-Replayed: true`; with another body it is refused with IDEMPOTENCY_CONFLICT. What was refused made nothing and is not kept.";
}

internal static class IdempotentEndpoints
{
    /// <summary>Makes <c>Idempotency-Key</c> work on the operation. <typeparamref name="TMade"/> is the entity it makes.</summary>
    public static RouteHandlerBuilder Idempotent<TMade>(this RouteHandlerBuilder endpoint, Func<HttpContext, Guid, Task<IResult>>? again = null) => endpoint.Idempotent([typeof(TMade)], again);

    /// <summary>The same where it makes one thing or another.</summary>
    public static RouteHandlerBuilder Idempotent(this RouteHandlerBuilder endpoint, IReadOnlyCollection<Type> makes, Func<HttpContext, Guid, Task<IResult>>? again = null)
    {
        var operation = new IdempotentOperation(makes, again);
        return endpoint.WithMetadata(operation).AddEndpointFilter((context, next) => context.HttpContext.RequestServices.GetRequiredService<IdempotencyGate>().RunAsync(operation, context, next));
    }
}
