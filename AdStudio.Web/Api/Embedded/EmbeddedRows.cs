using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AdStudio.Core.Common;
using AdStudio.Core.Insights;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Embedded;

/// <summary>Numbers in the envelope of seed 002, with where they come from.</summary>
/// <param name="Source">"adstudio" when they are summed from what the studio has read, else the platform that was asked just now.</param>
/// <param name="AsOf">When they were read from the platform (UTC).</param>
/// <param name="Data">Rows with the fields that were asked for.</param>
internal sealed record NumbersEnvelope(bool Success, IReadOnlyList<JsonObject> Data, string Message, string Timestamp, int StatusCode, string Source, DateTimeOffset AsOf);

internal sealed class NumbersAnswer(IReadOnlyList<JsonObject> rows, string source, DateTimeOffset? asOf) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var now = httpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return httpContext.Response.WriteAsJsonAsync(new NumbersEnvelope(true, rows, "Request successful", EmbeddedDialect.Stamp(httpContext), StatusCodes.Status200OK, source, asOf ?? now), PlatformJson.Shared.NumbersEnvelope);
    }
}

/// <summary>What a question about numbers or assets says in its query.</summary>
internal sealed record AskedRows(string? Level, IReadOnlyList<string> Fields, IReadOnlyList<string> Breakdowns, DayRange Range)
{
    /// <summary>Lists are taken with commas, several times, or with [] after their name. Both days are required.</summary>
    public static AskedRows Read(GivenQuery query) => new(query.Text("level", 40)?.ToLowerInvariant(), Names(query, "fields"), Names(query, "breakdown"), Days(query));

    public static IReadOnlyList<string> Names(GivenQuery query, string name) => [.. query.Many(name).Concat(query.Many(name + "[]")).Distinct(StringComparer.Ordinal)];

    private static DayRange Days(GivenQuery query)
    {
        if (query.Range(word: "") is { } range) return range.Custom;
        if (query.Problems.Count == 0) query.Problems.AddRange([new FieldProblem("startDate", "startDate should not be empty"), new FieldProblem("endDate", "endDate should not be empty")]);
        return default;
    }
}

internal static class RowAnswers
{
    /// <summary>A list in the envelope, or the refusal.</summary>
    public static IResult Listed<TRow, T>(this Result<IReadOnlyList<TRow>> found, Func<TRow, T> map, JsonTypeInfo<Envelope<IReadOnlyList<T>>> type) =>
        found.TryGet(out var rows, out var refusal) ? ((IReadOnlyList<T>)[.. rows.Select(map)]).Enveloped(type) : refusal.Refused();
}
