using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Pinterest;

/// <summary>
/// Pinterest's numbers by day of UTC. The last 90 days of a few campaigns are asked for directly; older days, more campaigns and whole accounts as a report that Pinterest makes in its own time.
/// https://developers.pinterest.com/docs/api/v5/campaigns-analytics, …/analytics-create_report
/// </summary>
internal sealed class PinterestInsights(PinterestApi api, TimeProvider time) : IReadsInsights
{
    // Published limits, but for the first: within the 250 campaigns of a call, so many still answer quickly.
    private const int CampaignsAtOnce = 25, IdsACall = 250, DaysBackAtOnce = 90, CampaignsAReport = 500, DaysAReport = 186, DaysBackAReport = 914;

    public Platform Platform => Platform.Pinterest;

    public async IAsyncEnumerable<Result<InsightRow>> ReadInsightsAsync(PlatformAccess access, InsightQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var (from, to, campaigns, atOnce) in Slices(query))
        {
            var answer = atOnce ? await AtOnceAsync(access, query, from, to, campaigns!, ct) : await ReportAsync(access, query, from, to, campaigns, ct);
            if (!answer.TryGet(out var rows, out var refusal))
            {
                yield return Result<InsightRow>.Refused(refusal);
                yield break;
            }
            foreach (var row in PinterestNumbers.Rows(query, rows)) yield return row;
        }
    }

    /// <summary>Days that Pinterest no longer has are not asked for.</summary>
    private IEnumerable<(DateOnly From, DateOnly To, string[]? Campaigns, bool AtOnce)> Slices(InsightQuery query)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        // A day less than the limit: the day may change between here and there.
        var (recent, oldest) = (today.AddDays(1 - DaysBackAtOnce), today.AddDays(1 - DaysBackAReport));
        var (from, to) = (query.From < oldest ? oldest : query.From, query.To);
        var ids = query.CampaignIds?.Distinct().ToArray();
        var split = ids is { Length: <= CampaignsAtOnce } ? from < recent ? recent : from : to.AddDays(1);
        var last = split.AddDays(-1) < to ? split.AddDays(-1) : to;
        foreach (var some in ids is null ? [null] : ids.Chunk(CampaignsAReport).Cast<string[]?>())
            for (var start = from; start <= last; start = start.AddDays(DaysAReport))
                yield return (start, start.AddDays(DaysAReport - 1) < last ? start.AddDays(DaysAReport - 1) : last, some, false);
        if (ids is { Length: > 0 and <= CampaignsAtOnce } && split <= to) yield return (split, to, ids, true);
    }

    private async Task<Result<IReadOnlyList<PinterestRow>>> AtOnceAsync(PlatformAccess access, InsightQuery query, DateOnly from, DateOnly to, string[] campaigns, CancellationToken ct)
    {
        var account = PinterestApi.AccountOf(access);
        List<(string, string)> asked = [("start_date", Day(from)), ("end_date", Day(to)), ("granularity", "DAY"), ("columns", string.Join(',', PinterestNumbers.Columns(query.Level)))];
        if (query.Breakdown is { } breakdown)
        {
            var answer = await api.GetAsync(access, $"{account}/campaigns/targeting_analytics", [.. Ids("campaign_ids", campaigns), .. asked, ("targeting_types", PinterestNumbers.TypeOf(breakdown))], ct);
            if (!answer.TryGet(out var body, out var refused)) return Result<IReadOnlyList<PinterestRow>>.Refused(refused);
            return Result<IReadOnlyList<PinterestRow>>.Of([.. (body["data"] as JsonArray ?? []).OfType<JsonObject>().Where(d => d["metrics"] is JsonObject).Select(d => new PinterestRow((JsonObject)d["metrics"]!, d["targeting_value"]?.ToString()))]);
        }
        if (query.Level != MetricLevel.AdSet) return await RowsAsync($"{account}/{(query.Level == MetricLevel.Campaign ? "campaigns" : "ads")}/analytics", [.. Ids("campaign_ids", campaigns), .. asked]);

        // Ad groups are asked for by their own ids, archived ones among them.
        var groups = await api.ListAsync(access, $"{account}/ad_groups", [.. Ids("campaign_ids", campaigns), .. PinterestStructure.Standing, ("entity_statuses", "ARCHIVED")], ct);
        if (!groups.TryGet(out var found, out var refusal)) return Result<IReadOnlyList<PinterestRow>>.Refused(refusal);
        var rows = new List<PinterestRow>();
        foreach (var ids in found.Select(g => g["id"]!.ToString()).Chunk(IdsACall))
        {
            if (!(await RowsAsync($"{account}/ad_groups/analytics", [.. Ids("ad_group_ids", ids), .. asked])).TryGet(out var some, out refusal)) return Result<IReadOnlyList<PinterestRow>>.Refused(refusal);
            rows.AddRange(some);
        }
        return rows;

        async Task<Result<IReadOnlyList<PinterestRow>>> RowsAsync(string path, List<(string, string)> parameters)
        {
            var answer = await api.GetAsync(access, path, parameters, ct);
            return answer.TryGet(out var body, out var refused) ? Result<IReadOnlyList<PinterestRow>>.Of([.. (body as JsonArray ?? []).OfType<JsonObject>().Select(r => new PinterestRow(r, null))]) : Result<IReadOnlyList<PinterestRow>>.Refused(refused);
        }
    }

    private async Task<Result<IReadOnlyList<PinterestRow>>> ReportAsync(PlatformAccess access, InsightQuery query, DateOnly from, DateOnly to, string[]? campaigns, CancellationToken ct)
    {
        var path = $"{PinterestApi.AccountOf(access)}/reports";
        var level = query.Level switch { MetricLevel.Campaign => "CAMPAIGN", MetricLevel.AdSet => "AD_GROUP", _ => "PIN_PROMOTION" };
        var body = new JsonObject
        {
            ["start_date"] = Day(from), ["end_date"] = Day(to), ["granularity"] = "DAY", ["level"] = level, ["report_format"] = "JSON", ["columns"] = new JsonArray([.. PinterestNumbers.Columns(query.Level).Select(c => (JsonNode)c)]),
        };
        if (query.Breakdown is { } breakdown) (body["level"], body["targeting_types"]) = (level + "_TARGETING", new JsonArray(PinterestNumbers.TypeOf(breakdown)));
        if (campaigns is not null) body["campaign_ids"] = new JsonArray([.. campaigns.Select(c => (JsonNode)c)]);

        // A report that is asked for twice is made twice and costs nothing.
        var asked = await api.SendAsync(access, HttpMethod.Post, path, body, CallKind.Repeatable, ct);
        if (!asked.TryGet(out var told, out var refusal)) return Result<IReadOnlyList<PinterestRow>>.Refused(refusal);
        if (told["token"]?.ToString() is not { Length: > 0 } token) return Lost("FAILED", told["message"]?.ToString());
        var made = await ReportJob.WaitAsync(Platform, time, async () =>
        {
            var look = await api.GetAsync(access, path, [("token", token)], ct);
            if (!look.TryGet(out var state, out var unread)) return Result<Uri?>.Refused(unread);
            if (state["report_status"]?.ToString() is { } status and not "FINISHED") return status == "IN_PROGRESS" ? Result<Uri?>.Of(null) : Lost(status, null);
            return Uri.TryCreate(state["url"]?.ToString(), UriKind.Absolute, out var url) ? url : Lost("FINISHED", "Pinterest finished the report without an address.");
        }, ct);
        if (!made.TryGet(out var address, out refusal)) return Result<IReadOnlyList<PinterestRow>>.Refused(refusal);
        var file = await api.DownloadAsync(access, address, ct);
        return file.TryGet(out var content, out refusal) ? Result<IReadOnlyList<PinterestRow>>.Of(PinterestNumbers.ReportRows(content)) : Result<IReadOnlyList<PinterestRow>>.Refused(refusal);
    }

    private static PlatformFailure Lost(string status, string? words) => new(Platform.Pinterest, PlatformFailureKind.Unavailable, words ?? "Pinterest could not make the report; the next reading asks for a new one.") { Code = "report/" + status };

    private static IEnumerable<(string, string)> Ids(string name, IEnumerable<string> ids) => ids.Select(id => (name, id));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
