using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Snapchat;

/// <summary>Numbers by an asynchronous report: asked for, waited for, then read line by line.</summary>
internal static class SnapchatReport
{
    private static readonly Noun Run = new("async_stats_reports", "async_stats_report");

    public static async Task<Result<IReadOnlyList<SnapchatInsights.Point>>> ReadAsync(SnapchatApi api, PlatformAccess access, TimeProvider time, string of, IReadOnlyList<(string, string)> asked, string level, CancellationToken ct)
    {
        var begun = api.Single(await api.GetAsync(access, of + "/stats", [.. asked, ("async", "true"), ("async_format", "csv")], ct), Run);
        if (!begun.TryGet(out var run, out var refusal)) return Result<IReadOnlyList<SnapchatInsights.Point>>.Refused(refusal);
        if (run["report_run_id"]?.ToString() is not { Length: > 0 } id) return new PlatformFailure(Platform.Snapchat, PlatformFailureKind.Unavailable, "Snapchat began no report.");

        var done = await ReportJob.WaitAsync(Platform.Snapchat, time, () => LookAsync(api, access, of, id, ct), ct);
        if (!done.TryGet(out var address, out refusal)) return Result<IReadOnlyList<SnapchatInsights.Point>>.Refused(refusal);
        return (await api.DownloadAsync(access, address, ct)).TryGet(out var text, out refusal) ? Read(text, level) : Result<IReadOnlyList<SnapchatInsights.Point>>.Refused(refusal);
    }

    private static async Task<Result<string?>> LookAsync(SnapchatApi api, PlatformAccess access, string of, string id, CancellationToken ct)
    {
        var answer = api.Single(await api.GetAsync(access, of + "/stats_report", [("report_run_id", id)], ct), Run);
        if (!answer.TryGet(out var run, out var refusal)) return Result<string?>.Refused(refusal);
        return run["async_status"]?.ToString().ToUpperInvariant() switch
        {
            "COMPLETED" => run["result"]?.ToString() ?? "",
            "STARTED" or "RUNNING" or "PENDING" => Result<string?>.Of(null),
            var other => new PlatformFailure(Platform.Snapchat, PlatformFailureKind.Unavailable, $"Snapchat could not make the report ({other}).") { Code = "report-failed" },
        };
    }

    /// <summary>A first line with names, then one line for each object on each day. A line that breaks off makes the whole report unreadable.</summary>
    internal static Result<IReadOnlyList<SnapchatInsights.Point>> Read(string text, string level)
    {
        var lines = text.TrimStart('\uFEFF').Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Cells).ToList();
        if (lines.Count == 0) return Result<IReadOnlyList<SnapchatInsights.Point>>.Of([]);
        var names = lines[0].Select(n => string.Join('_', n.Trim().ToLowerInvariant().Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries))).ToList();
        var (at, of) = (IndexOf(SnapchatFromMemory.DayColumns), IndexOf(SnapchatFromMemory.IdColumns(level)));
        if (at < 0 || of < 0 || lines.Exists(l => l.Count != names.Count)) return new PlatformFailure(Platform.Snapchat, PlatformFailureKind.Unavailable, "Snapchat's report cannot be read.") { Code = "report-unreadable" };
        return Result<IReadOnlyList<SnapchatInsights.Point>>.Of([.. lines.Skip(1).Select(line => new SnapchatInsights.Point(line[of], line[at], new JsonObject(names.Zip(line, (n, v) => KeyValuePair.Create(n, (JsonNode?)v)).DistinctBy(p => p.Key)), null))]);

        int IndexOf(string[] candidates) => candidates.Select(n => names.IndexOf(n)).FirstOrDefault(i => i >= 0, -1);
    }

    private static List<string> Cells(string line)
    {
        var cells = new List<string>();
        var cell = new System.Text.StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && isQuoted && i + 1 < line.Length && line[i + 1] == '"') cell.Append(line[i++]);
            else if (line[i] == '"') isQuoted = !isQuoted;
            else if (line[i] == ',' && !isQuoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else cell.Append(line[i]);
        }
        cells.Add(cell.ToString());
        return cells;
    }
}
