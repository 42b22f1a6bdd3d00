namespace AdStudio.Web.Api.Documents;

/// <summary>The body that an operation takes. It is read by hand, so that every wrong field can be named; this says it to the document.</summary>
internal sealed record RequestBody(Type Type, string Example, bool Optional);

/// <summary>What an answer of 200 may hold instead, where the query decides.</summary>
internal sealed record OtherAnswer(Type Type);

internal enum QueryKind { Text, Whole, Flag, Day, Id, Words }

/// <summary>A value of the query that an operation understands.</summary>
internal sealed record QueryValue(string Name, string Says, QueryKind Kind)
{
    /// <summary>Said in words that people read and in the document that programs read, by the same sentence.</summary>
    public bool Required => Says.EndsWith(" Required.", StringComparison.Ordinal);
}

/// <summary>What an operation says of itself, beside its code.</summary>
internal static class Operations
{
    /// <param name="scope">What the caller's key must allow; null when nothing.</param>
    public static RouteHandlerBuilder Operation(this RouteHandlerBuilder endpoint, string summary, string description, string? scope) =>
        endpoint.WithSummary(summary).WithDescription(scope is null ? description : $"{description} Scope: `{scope}`.".TrimStart()).WithMetadata(new ApiOperation(scope));

    /// <summary>A key is enough: no user acts yet.</summary>
    public static RouteHandlerBuilder ByKeyAlone(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new KeyAlone());

    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint, string example, bool optional = false) => endpoint.WithMetadata(new RequestBody(typeof(T), example, optional));

    public static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder endpoint, int status = StatusCodes.Status200OK) => endpoint.Produces<T>(status, "application/json");

    /// <summary>With 200, the answer may also be this.</summary>
    public static RouteHandlerBuilder OrGives<T>(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new OtherAnswer(typeof(T)));

    public static RouteHandlerBuilder Query(this RouteHandlerBuilder endpoint, string name, string says, QueryKind kind = QueryKind.Text) => endpoint.WithMetadata(new QueryValue(name, says, kind));

    public static RouteHandlerBuilder Paged(this RouteHandlerBuilder endpoint) =>
        endpoint.Query("limit", "How many at most, 1 to 200.", QueryKind.Whole).Query("offset", "How many to skip.", QueryKind.Whole);

    public static RouteHandlerBuilder OfNumbers(this RouteHandlerBuilder endpoint) => endpoint
        .Query("startDate", "First day, such as 2026-11-01. Without a range: the last 30 days.", QueryKind.Day).Query("endDate", "Last day.", QueryKind.Day)
        .Query("range", "Instead of both: today, yesterday, 7d, 14d, 30d, 90d, this-month, last-month.")
        .Query("platforms", "Only these: facebook, google. Several with commas.", QueryKind.Words);
}
