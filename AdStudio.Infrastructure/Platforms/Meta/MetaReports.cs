using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>The rows of an account's insights: at once, or as a report run that is started, waited for and read.</summary>
internal sealed class MetaReports(MetaApi api, TimeProvider time)
{
    /// <summary>The code of a report that Meta gave up, twice.</summary>
    public const string Failed = "report-failed";

    private const int Tries = 2;
    private static readonly int[] Limits = [500, 100, 25];

    public Task<Result<IReadOnlyList<JsonObject>>> ReadAtOnceAsync(PlatformAccess access, JsonObject parameters, CancellationToken ct) =>
        api.ListAsync(access, $"{access.Account!.ExternalId}/insights", [.. parameters.Select(p => (p.Key, MetaApi.Text(p.Value))), Limit(Limits[0])], ct);

    public async Task<Result<IReadOnlyList<JsonObject>>> ReadAsync(PlatformAccess access, JsonObject parameters, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            // A report that is started twice costs nothing but Meta's patience.
            if (!(await api.PostAsync(access, $"{access.Account!.ExternalId}/insights", parameters, CallKind.Repeatable, ct)).TryGet(out var started, out var refusal)) return Result<IReadOnlyList<JsonObject>>.Refused(refusal);
            if (started["report_run_id"]?.ToString() is not { Length: > 0 } report) return new PlatformFailure(Platform.Meta, PlatformFailureKind.Unavailable, "Meta took a report on without a number.");

            var ready = await ReportJob.WaitAsync(Platform.Meta, time, () => LookAsync(access, report, ct), ct);
            if (ready.IsDone) return await RowsAsync(access, report, ct);
            if (ready.Refusal is not PlatformFailure { Code: Failed } || attempt == Tries) return Result<IReadOnlyList<JsonObject>>.Refused(ready.Refusal);
        }
    }

    private async Task<Result<JsonNode?>> LookAsync(PlatformAccess access, string report, CancellationToken ct)
    {
        var answer = await api.GetAsync(access, report, [("fields", "async_status,async_percent_completion,error_code,error_message,error_user_msg")], ct);
        if (!answer.TryGet(out var run, out var refusal)) return Result<JsonNode?>.Refused(refusal);
        if (MetaFromMemory.ReportIsReady(run["async_status"]?.ToString())) return Result<JsonNode?>.Of(run);
        if (!MetaFromMemory.ReportIsLost(run["async_status"]?.ToString())) return Result<JsonNode?>.Of(null);

        var words = run["error_user_msg"]?.ToString() ?? run["error_message"]?.ToString();
        if (MetaFromMemory.IsTooMuchData(Number(run["error_code"]), null, words ?? "")) return new PlatformFailure(Platform.Meta, PlatformFailureKind.TooMuchData, words!);
        return new PlatformFailure(Platform.Meta, PlatformFailureKind.Unavailable, words is null ? "Meta gave the report up." : $"Meta gave the report up: {words}") { Code = Failed };
    }

    /// <summary>Pages that are too large for Meta are asked for in smaller ones.</summary>
    private async Task<Result<IReadOnlyList<JsonObject>>> RowsAsync(PlatformAccess access, string report, CancellationToken ct)
    {
        Result<IReadOnlyList<JsonObject>> rows = default!;
        foreach (var limit in Limits)
        {
            rows = await api.ListAsync(access, $"{report}/insights", [Limit(limit)], ct);
            if (rows.Refusal is not PlatformFailure { Kind: PlatformFailureKind.TooMuchData }) return rows;
        }
        return rows;
    }

    private static (string, string) Limit(int rows) => ("limit", rows.ToString(CultureInfo.InvariantCulture));

    private static int? Number(JsonNode? value) => int.TryParse(value?.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
