using System.Text.Json.Nodes;
using AdStudio.Sandbox.Faults;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Meta;

/// <summary>Insights at once, and as reports that are made in virtual time: not started, running, then completed, failed or running for ever.</summary>
public sealed class MetaReports(MetaContext context)
{
    private readonly MetaInsights insights = new(context);

    public MetaReply AtOnce(MetaCall call, SandboxObject item, string owner)
    {
        if (MetaShapes.Check(call, $"GET {owner} insights") is { } misshapen) return misshapen;
        var (rows, error) = insights.Rows(call, item);
        if (error is not null) return error;
        return rows!.Count > context.Options.MetaRowsAtOnce ? MetaError.TooMuchData() : MetaRead.ListRows(call, rows);
    }

    public MetaReply Start(MetaCall call, SandboxObject item, string owner)
    {
        if (MetaShapes.Check(call, $"POST {owner} insights") is { } misshapen) return misshapen;
        var (rows, error) = insights.Rows(call, item);
        if (error is not null) return error;
        var body = new JsonObject { ["params"] = new JsonObject(call.Params.Where(p => p.Key is not ("access_token" or "appsecret_proof")).Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))) };
        if (call.Doom is FaultKind.ReportHangs) body["fate"] = "hangs";
        if (call.Doom is FaultKind.ReportFails) (body["fate"], body["error_code"], body["error_message"]) = ("fails", 2, "An unexpected error has occurred. Please retry your request later.");
        else if (rows!.Count > context.Options.MetaRowsInReport) (body["fate"], body["error_code"], body["error_message"]) = ("fails", 1, MetaError.TooMuchData().Message);
        var report = context.Create(MetaWorld.Report, context.AccountOf(item).Id, item.Id, body);
        context.Store.Put(report);
        return new JsonObject { ["report_run_id"] = report.Id };
    }

    public MetaReply RowsOf(MetaCall call, SandboxObject report)
    {
        if (Status(context, report) != "Job Completed") return MetaError.Invalid("The report is not ready. Wait until its async_status is Job Completed.");
        var scope = context.Find(call, report.ParentId) ?? context.Find(call, "act_" + report.ParentId)!;
        // What was asked stands in the report; the pages are chosen as it is read.
        var asked = report.Body["params"]!.AsObject().Where(p => p.Key is not ("limit" or "after" or "before")).ToDictionary(p => p.Key, p => p.Value!.ToString());
        var (rows, error) = insights.Rows(call.With("GET", call.Path, asked), scope);
        return error is not null ? error : MetaRead.ListRows(call, rows!);
    }

    public static string Status(MetaContext context, SandboxObject report)
    {
        var (age, whole) = (context.Now - report.CreatedAt, context.Options.ProcessingDelay);
        return report.Body["fate"]?.ToString() switch
        {
            "hangs" => age * 5 < whole ? "Job Started" : "Job Running",
            "fails" when age * 2 >= whole => "Job Failed",
            null when age >= whole => "Job Completed",
            _ => age * 5 < whole ? "Job Not Started" : "Job Running",
        };
    }

    public static int Percent(MetaContext context, SandboxObject report) => Status(context, report) switch
    {
        "Job Completed" => 100,
        "Job Failed" => 50,
        "Job Running" => context.Options.ProcessingDelay <= TimeSpan.Zero ? 90 : (int)Math.Clamp(100 * ((context.Now - report.CreatedAt) / context.Options.ProcessingDelay), 1, 90),
        _ => 0,
    };
}
