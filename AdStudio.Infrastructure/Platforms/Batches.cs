using System.Runtime.CompilerServices;

namespace AdStudio.Infrastructure.Platforms;

internal static class Batches
{
    /// <summary>Lists of at most so many, and whether it is the last; never a list of none.</summary>
    public static async IAsyncEnumerable<(IReadOnlyList<T> Rows, bool IsLast)> InBatchesAsync<T>(this IAsyncEnumerable<T> source, int size, [EnumeratorCancellation] CancellationToken ct)
    {
        var batch = new List<T>();
        await foreach (var item in source.WithCancellation(ct))
        {
            if (batch.Count == size)
            {
                yield return (batch, false);
                batch = [];
            }
            batch.Add(item);
        }
        if (batch.Count > 0) yield return (batch, true);
    }
}
