using Microsoft.Extensions.Caching.Memory;

namespace AdStudio.Web.Api;

/// <summary>
/// Answers that stand for a second, for the caller who got them: reading one campaign is what programs do most, and the database has said it just now.
/// A write over the API voids them all on this node; what a page or a launch changes is seen within the second.
/// </summary>
internal sealed class KeptAnswers(IMemoryCache cache)
{
    private static readonly TimeSpan Stands = TimeSpan.FromSeconds(1);
    private int generation;

    /// <summary>To be read before the database is: an answer of an older generation is not kept.</summary>
    public int Generation => Volatile.Read(ref generation);

    public byte[]? Find(Guid caller, Guid row) => cache.TryGetValue(new Key(caller, row, Generation), out byte[]? answer) ? answer : null;

    public byte[] Keep(Guid caller, Guid row, int asOf, byte[] answer) => cache.Set(new Key(caller, row, asOf), answer, Stands);

    public void ForgetAll() => Interlocked.Increment(ref generation);

    private sealed record Key(Guid Caller, Guid Row, int Generation);
}

/// <summary>JSON that is written already.</summary>
internal sealed class KeptAnswer(byte[] json) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        (response.ContentType, response.ContentLength) = ("application/json; charset=utf-8", json.Length);
        return response.Body.WriteAsync(json, httpContext.RequestAborted).AsTask();
    }
}
