using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Hosting;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Snapchat;

/// <summary>Statistics as a report that is made in its own time and then lies at an address for a week.</summary>
public sealed class SnapchatReports(SnapchatContext context, SnapchatStats stats)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>GET /{kind}/{id}/stats?async=true.</summary>
    public PlatformReply Begin(SnapchatCall call, SnapchatKind kind, SandboxObject item)
    {
        if (call.Query.GetValueOrDefault("async_format") is not (null or "csv")) return SnapchatError.BadQuery("async_format must be csv here");
        var (question, error) = stats.Read(call, kind, item);
        if (question is null) return error!;
        if (question.Granularity != "DAY") return SnapchatError.BadQuery("granularity must be DAY for a report here");
        var report = context.New(SnapchatWorld.Report, item.Kind == SnapchatWorld.Account ? item.Id : item.AccountId, item.Id, new JsonObject
        {
            ["kind"] = kind.Plural, ["doom"] = call.Doom, ["secret"] = Tokens.New("", 18), ["query"] = new JsonObject(call.Query.Select(q => KeyValuePair.Create(q.Key, (JsonNode?)q.Value))),
        });
        context.Store.Put(report);
        return Told(call, report);
    }

    /// <summary>GET /{kind}/{id}/stats_report?report_run_id=….</summary>
    public PlatformReply Look(SnapchatCall call, SandboxObject item) =>
        Find(call.Query.GetValueOrDefault("report_run_id")) is { } report && report.ParentId == item.Id ? Told(call, report) : SnapchatError.Missing("The report");

    /// <summary>The report's lines; null when there is none at that address.</summary>
    public string? Download(string id, string secret)
    {
        if (context.Store.Find(SnapchatWorld.Report, id) is not { } report || !Tokens.Same(secret, report.Body["secret"]!.ToString()) || !IsDone(report) || report.CreatedAt + Kept < context.Now) return null;
        var kind = SnapchatKind.Find(report.Body["kind"]!.ToString())!;
        var call = new SnapchatCall("GET", [], ((JsonObject)report.Body["query"]!).ToDictionary(q => q.Key, q => q.Value!.ToString()), "");
        var question = stats.Read(call, kind, context.Store.Find(kind.Kind, report.ParentId)!).Item1!;
        var level = question.Breakdown ?? kind.Singular;
        var lines = new StringBuilder();
        lines.Append(CultureInfo.InvariantCulture, $"start_time,end_time,{(level == "adsquad" ? "ad_squad" : level)}_id,{string.Join(',', question.Fields)}\n");
        var market = new SnapchatDelivery(context).MarketOf(context.Store.Find(SnapchatWorld.Account, report.AccountId)!);
        foreach (var row in stats.Rows(question).GroupBy(r => (r.Day.Day, Id: SnapchatStats.IdOf(r.Day, level))).OrderBy(g => g.Key.Day))
        {
            var numbers = SnapchatNumbers.Of(row.Select(r => r.Day), question.Fields);
            lines.Append(CultureInfo.InvariantCulture, $"{SnapchatTime.Write(market.StartOf(row.Key.Day), market.Zone)},{SnapchatTime.Write(market.StartOf(row.Key.Day.AddDays(1)), market.Zone)},{row.Key.Id},{string.Join(',', question.Fields.Select(f => numbers[f]!.ToJsonString()))}\n");
        }
        return lines.ToString();
    }

    private PlatformReply Told(SnapchatCall call, SandboxObject report)
    {
        var isNew = call.Path[^1] == "stats";
        var told = new JsonObject { ["report_run_id"] = $"ASYNC_STATS:{report.ParentId}:{report.Id}", ["async_status"] = isNew ? "STARTED" : !IsOver(report) ? "RUNNING" : report.Body["doom"]?.ToString() ?? "COMPLETED" };
        if (!isNew && IsDone(report)) told["result"] = $"{call.Origin[..call.Origin.LastIndexOf('/')]}/reports/{report.Id}/{report.Body["secret"]}.csv";
        return SnapchatReply.Of("async_stats_reports", "async_stats_report", [told]);
    }

    private bool IsOver(SandboxObject report) => report.CreatedAt + context.Options.ProcessingDelay <= context.Now;

    private bool IsDone(SandboxObject report) => IsOver(report) && report.Body["doom"] is null;

    private SandboxObject? Find(string? runId) => runId?.Split(':') is ["ASYNC_STATS", _, var id] ? context.Store.Find(SnapchatWorld.Report, id) : null;
}
