using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.TikTok;

/// <summary>Reports, by either way. Rows come flat: dimensions and metrics by their names.</summary>
internal sealed class TikTokReports(TikTokApi api, TimeProvider time)
{
    private const int PageSize = 1000;

    public async Task<Result<IReadOnlyList<JsonObject>>> ReadAsync(PlatformAccess access, JsonObject question, CancellationToken ct)
    {
        var rows = new List<JsonObject>();
        for (var page = 1; ; page++)
        {
            var asked = (JsonObject)question.DeepClone();
            (asked["page"], asked["page_size"]) = (page, PageSize);
            if (!(await api.GetAsync(access, "report/integrated/get/", asked, ct)).TryGet(out var data, out var refusal)) return Result<IReadOnlyList<JsonObject>>.Refused(refusal);
            if (page == 1 && TikTokApi.Whole(data["page_info"]?["total_number"]) > TikTokFromMemory.MostSynchronousRows) return await OrderAsync(access, question, ct);
            rows.AddRange((data["list"] as JsonArray ?? []).OfType<JsonObject>().Select(Flat));
            if (page >= TikTokApi.Whole(data["page_info"]?["total_page"])) return rows;
        }
    }

    /// <summary>POST report/task/create/, GET report/task/check/ until it is done, then the file. Ordering twice costs nothing, so an order may be repeated.</summary>
    public async Task<Result<IReadOnlyList<JsonObject>>> OrderAsync(PlatformAccess access, JsonObject question, CancellationToken ct)
    {
        var order = (JsonObject)question.DeepClone();
        (order["output_format"], order["enable_report_title_translation"]) = ("CSV_DOWNLOAD", false);
        if (!(await api.PostAsync(access, "report/task/create/", order, CallKind.Repeatable, ct)).TryGet(out var made, out var refusal)) return Result<IReadOnlyList<JsonObject>>.Refused(refusal);
        var task = new JsonObject { ["advertiser_id"] = TikTokApi.AccountOf(access), ["task_id"] = made["task_id"]?.ToString() };

        if (!(await ReportJob.WaitAsync(Platform.TikTok, time, () => LookAsync(access, task, ct), ct)).TryGet(out _, out refusal)) return Result<IReadOnlyList<JsonObject>>.Refused(refusal);
        if (!(await api.GetAsync(access, TikTokFromMemory.ReportDownload, task, ct)).TryGet(out var place, out refusal)) return Result<IReadOnlyList<JsonObject>>.Refused(refusal);
        if (!Uri.TryCreate(place["download_url"]?.ToString(), UriKind.Absolute, out var address)) return TikTokApi.Odd("the report's address") with { Kind = PlatformFailureKind.Unavailable };
        return (await api.DownloadAsync(access, address, ct)).TryGet(out var text, out refusal) ? Csv(text.ToString()) : Result<IReadOnlyList<JsonObject>>.Refused(refusal);
    }

    private async Task<Result<string?>> LookAsync(PlatformAccess access, JsonObject task, CancellationToken ct)
    {
        if (!(await api.GetAsync(access, "report/task/check/", task, ct)).TryGet(out var data, out var refusal)) return Result<string?>.Refused(refusal);
        return data["status"]?.ToString() switch
        {
            TikTokFromMemory.ReportReady => Result<string?>.Of(TikTokFromMemory.ReportReady),
            TikTokFromMemory.ReportFailed or TikTokFromMemory.ReportCanceled => new PlatformFailure(Platform.TikTok, PlatformFailureKind.Unavailable, data["message"]?.ToString() is { Length: > 0 } why ? why : "TikTok could not make the report.") { Code = "report-failed" },
            _ => Result<string?>.Of(null),
        };
    }

    private static JsonObject Flat(JsonObject row) =>
        new([.. (row["dimensions"] as JsonObject ?? []).Concat(row["metrics"] as JsonObject ?? []).GroupBy(p => p.Key).Select(p => KeyValuePair.Create(p.Key, p.First().Value?.DeepClone()))]);

    /// <summary>Lines under a line of names; a field with a comma or a quote in it is quoted.</summary>
    internal static List<JsonObject> Csv(string text)
    {
        var lines = text.TrimStart('\uFEFF').Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length == 0) return [];
        var names = Fields(lines[0]);
        return [.. lines.Skip(1).Select(line => new JsonObject(names.Zip(Fields(line), (name, value) => KeyValuePair.Create(name, (JsonNode?)JsonValue.Create(value)))))];
    }

    private static List<string> Fields(string line)
    {
        var (fields, field, quoted) = (new List<string>(), new System.Text.StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"') field.Append(line[++i]);
            else if (line[i] == '"') quoted = !quoted;
            else if (line[i] == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else field.Append(line[i]);
        }
        fields.Add(field.ToString());
        return fields;
    }
}
