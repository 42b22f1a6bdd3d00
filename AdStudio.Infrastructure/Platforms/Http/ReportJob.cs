using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Http;

/// <summary>Waits for a report that a platform makes in its own time.</summary>
internal static class ReportJob
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromSeconds(20), Patience = TimeSpan.FromMinutes(10);

    /// <summary>Asks until there is something, less and less often. After ten minutes it is <see cref="PlatformFailureKind.Unavailable"/>: the next reading asks for a new report.</summary>
    /// <param name="look">A value when the report is there, null while it is being made, the platform's refusal when it failed.</param>
    public static async Task<Result<T>> WaitAsync<T>(Platform platform, TimeProvider time, Func<Task<Result<T?>>> look, CancellationToken ct) where T : class
    {
        var until = time.GetUtcNow() + Patience;
        for (var pause = First; ; pause = pause * 1.6 > Longest ? Longest : pause * 1.6)
        {
            if (!(await look()).TryGet(out var found, out var refusal)) return Result<T>.Refused(refusal);
            if (found is not null) return Result<T>.Of(found);
            if (time.GetUtcNow() + pause > until) return new PlatformFailure(platform, PlatformFailureKind.Unavailable, "The report was not ready after ten minutes.") { Code = "report-unfinished" };
            await Task.Delay(pause, time, ct);
        }
    }
}
