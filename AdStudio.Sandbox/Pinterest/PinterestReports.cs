using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Pinterest;

/// <summary>Reports for what is too large to be answered at once: asked for by a token, made in their own time, fetched from an address that is good for five minutes.</summary>
public sealed class PinterestReports(PinterestContext context, PinterestAnalytics analytics)
{
    private const int DaysBack = 914, Days = 186;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1), Linked = TimeSpan.FromMinutes(5);

    public PinterestReply Create(PinterestCall call)
    {
        var body = call.Object;
        var (from, to) = (PinterestAnalytics.Day(body["start_date"]!.ToString()), PinterestAnalytics.Day(body["end_date"]!.ToString()));
        var today = DateOnly.FromDateTime(context.Now.UtcDateTime);
        if (from is null || to is null || to < from || from < today.AddDays(-DaysBack) || to.Value.DayNumber - from.Value.DayNumber > Days) return Refused();
        var level = body["level"]!.ToString();
        if (level.EndsWith("_TARGETING", StringComparison.Ordinal) != (body["targeting_types"] is JsonArray)) return Refused();
        if (level is not ("ADVERTISER" or "CAMPAIGN" or "AD_GROUP" or "PIN_PROMOTION" or "CAMPAIGN_TARGETING" or "AD_GROUP_TARGETING" or "PIN_PROMOTION_TARGETING")) return PinterestReply.Invalid($"'level' {level} is not available in this sandbox.");
        if (body["report_format"]?.ToString() == "CSV" || body["granularity"]!.ToString() == "HOUR") return PinterestReply.Invalid("The sandbox makes reports as JSON, by day or longer.");
        if (Texts(body, "campaign_ids").Any(id => context.InAccount(call, PinterestWorld.Campaign, id) is null)) return PinterestReply.Forbidden();
        var report = context.Create(PinterestWorld.Report, call.Account!.Id, "", (JsonObject)body.DeepClone());
        report.Body["token"] = Tokens.New("", 24);
        context.Store.Put(report);
        return new JsonObject { ["report_status"] = "IN_PROGRESS", ["token"] = report.Body["token"]!.ToString(), ["message"] = null };
    }

    public PinterestReply Get(PinterestCall call)
    {
        var token = call.Text("token");
        if (context.Store.InAccount(PinterestWorld.Report, call.Account!.Id).FirstOrDefault(r => r.Body["token"]!.ToString() == token) is not { } report) return State("DOES_NOT_EXIST");
        if (context.Now - report.CreatedAt > Kept) return State("EXPIRED");
        if (context.Now - report.CreatedAt < context.Options.ProcessingDelay) return State("IN_PROGRESS");
        var linked = report.Clone();
        linked.Body["linked"] = context.Now.ToString("O", CultureInfo.InvariantCulture);
        context.Store.Put(linked);
        return State("FINISHED", $"{call.Home}/reports/{token}", File(linked).ToJsonString().Length);
    }

    /// <summary>The file behind a report's address; null when there is none, or no longer.</summary>
    public JsonObject? Download(string token) =>
        context.Store.All(PinterestWorld.Report).FirstOrDefault(r => r.Body["token"]!.ToString() == token) is { } report && report.Body["linked"]?.ToString() is { } at
            && context.Now - DateTimeOffset.Parse(at, CultureInfo.InvariantCulture) <= Linked ? File(report) : null;

    /// <summary>Rows under the id of what they are of.</summary>
    private JsonObject File(SandboxObject report)
    {
        var (body, account) = (report.Body, context.Store.Find(PinterestWorld.Account, report.AccountId)!);
        var (campaigns, groups, ads) = (Texts(body, "campaign_ids"), Texts(body, "ad_group_ids"), Texts(body, "ad_ids"));
        bool Wanted(AdDay d) => (campaigns.Count == 0 || campaigns.Contains(d.Ad.CampaignId)) && (groups.Count == 0 || groups.Contains(d.Ad.AdSetId)) && (ads.Count == 0 || ads.Contains(d.Ad.AdId));
        var level = body["level"]!.ToString().Replace("_TARGETING", "", StringComparison.Ordinal);
        var rows = analytics.Rows(account, new(level, PinterestAnalytics.Day(body["start_date"]!.ToString())!.Value, PinterestAnalytics.Day(body["end_date"]!.ToString())!.Value,
            body["granularity"]!.ToString(), Texts(body, "columns"), Texts(body, "targeting_types"), Wanted));
        var file = new JsonObject();
        foreach (var (type, value, metrics) in rows)
        {
            if (type.Length > 0) (metrics["TARGETING_TYPE"], metrics["TARGETING_VALUE"]) = (type, value);
            var id = metrics[level switch { "CAMPAIGN" => "CAMPAIGN_ID", "AD_GROUP" => "AD_GROUP_ID", "PIN_PROMOTION" => "AD_ID", _ => "AD_ACCOUNT_ID" }]!.ToString();
            if (file[id] is not JsonArray list) file[id] = list = [];
            list.Add(metrics);
        }
        return file;
    }

    private static List<string> Texts(JsonObject body, string name) => [.. (body[name] as JsonArray ?? []).Select(v => v!.ToString())];

    private static JsonObject State(string status, string? url = null, long? size = null) => new() { ["report_status"] = status, ["url"] = url, ["size"] = size };

    private static PinterestReply Refused() => new(400, PinterestReply.Error(400, "Invalid ad account ads analytics parameters."));
}
