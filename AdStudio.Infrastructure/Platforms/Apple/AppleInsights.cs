using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Apple;

/// <summary>Daily numbers from Apple's reports: campaigns at once, ad groups and ads campaign by campaign. Installs count as conversions; Apple tells no values.</summary>
internal sealed class AppleInsights(AppleApi api) : IReadsInsights
{
    private const int IdsACall = 100;

    public Platform Platform => Platform.Apple;

    public async IAsyncEnumerable<Result<InsightRow>> ReadInsightsAsync(PlatformAccess access, InsightQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        // Older days are no longer told, nor more of them at once; whoever asks for them gets what there is.
        var today = DateOnly.FromDateTime(api.Now.In(access.Account!).DateTime);
        var oldest = (query.To > today ? query.To : today).AddDays(1 - AppleFromMemory.DaysOfNumbers);
        if (query.To < oldest) yield break;
        var request = Request(query with { From = query.From < oldest ? oldest : query.From });

        var campaigns = new HashSet<string>();
        foreach (var ids in query.CampaignIds?.Distinct().Chunk(IdsACall) ?? [[]])
        {
            var report = await api.ReportAsync(access, "reports/campaigns", request, ids.Length > 0 ? [AppleApi.In("campaignId", ids)] : [], "localSpend", ct);
            if (!report.TryGet(out var rows, out var refusal))
            {
                yield return Result<InsightRow>.Refused(refusal);
                yield break;
            }
            foreach (var row in rows) campaigns.Add(row["metadata"]!["campaignId"]!.ToString());
            if (query.Level != MetricLevel.Campaign) continue;
            foreach (var row in rows.SelectMany(r => Days(r, query, r["metadata"]!["campaignId"]!.ToString()))) yield return row;
        }
        if (query.Level == MetricLevel.Campaign) yield break;

        foreach (var campaign in campaigns)
        {
            var report = await api.ReportAsync(access, $"reports/campaigns/{campaign}/{(query.Level == MetricLevel.AdSet ? "adgroups" : "ads")}", request, [], "localSpend", ct);
            if (!report.TryGet(out var rows, out var refusal))
            {
                yield return Result<InsightRow>.Refused(refusal);
                yield break;
            }
            foreach (var row in rows.SelectMany(r => Days(r, query, campaign))) yield return row;
        }
    }

    private static JsonObject Request(InsightQuery query)
    {
        var request = new JsonObject
        {
            ["startTime"] = Day(query.From), ["endTime"] = Day(query.To), ["granularity"] = "DAILY", ["timeZone"] = "ORTZ", ["returnRecordsWithNoMetrics"] = false, ["returnRowTotals"] = false, ["returnGrandTotals"] = false,
        };
        if (query.Breakdown is { } breakdown) request["groupBy"] = new JsonArray(FieldOf(breakdown));
        return request;
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string FieldOf(BreakdownKind kind) => kind switch
    {
        BreakdownKind.Country => AppleFromMemory.ByCountry, BreakdownKind.Age => AppleFromMemory.ByAge, BreakdownKind.Gender => AppleFromMemory.ByGender, BreakdownKind.Device => AppleFromMemory.ByDevice,
        _ => throw new InvalidOperationException($"Apple does not divide numbers by {kind}."),
    };

    private static IEnumerable<Result<InsightRow>> Days(JsonObject row, InsightQuery query, string campaign)
    {
        var about = row["metadata"]!;
        foreach (var day in (row["granularity"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var (impressions, taps, spend, installs) = (Count(day["impressions"]), Count(day["taps"]), AppleMoney.Micros(day["localSpend"]) ?? 0, Count(day["totalInstalls"]));
            if (impressions == 0 && taps == 0 && spend == 0 && installs == 0) continue;
            yield return new InsightRow(query.Level, campaign, query.Level == MetricLevel.Campaign ? null : about["adGroupId"]!.ToString(), query.Level == MetricLevel.Ad ? about["adId"]!.ToString() : null,
                DateOnly.ParseExact(day["date"]!.ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture), impressions, taps, spend, installs * 1_000_000, 0, null)
            {
                BreakdownValue = query.Breakdown is { } kind ? Value(kind, about[FieldOf(kind)]?.ToString()) : null,
            };
        }
    }

    /// <summary>In our words; few people are told together, without a value.</summary>
    private static string Value(BreakdownKind kind, string? value) => (kind, value) switch
    {
        (_, null or "") => "unknown",
        (BreakdownKind.Gender, AppleFromMemory.Women) => "female", (BreakdownKind.Gender, AppleFromMemory.Men) => "male", (BreakdownKind.Gender, _) => "unknown",
        (BreakdownKind.Device, "IPHONE") => "mobile", (BreakdownKind.Device, "IPAD") => "tablet", _ => value,
    };

    private static long Count(JsonNode? value) => long.TryParse(value?.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) ? count : 0;
}
