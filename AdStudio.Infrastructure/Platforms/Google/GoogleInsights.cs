using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Google;

/// <summary>Google's numbers by day, which it answers at once; what it finds too large is asked for in halves. Conversions may be fractions there, so they are kept in millionths.</summary>
internal sealed class GoogleInsights(GoogleApi api) : IReadsInsights
{
    private const int DaysASlice = 60;

    public Platform Platform => Platform.Google;

    public async IAsyncEnumerable<Result<InsightRow>> ReadInsightsAsync(PlatformAccess access, InsightQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        var slices = new Stack<GoogleSlice>();
        foreach (var ids in query.CampaignIds is { } some ? some.Where(id => id.All(char.IsAsciiDigit)).Distinct().Chunk(GoogleFromMemory.ValuesAList).Cast<string[]?>() : [null])
            for (var end = query.To; end >= query.From; end = end.AddDays(-DaysASlice))
                slices.Push(new(end.AddDays(1 - DaysASlice) is var start && start < query.From ? query.From : start, end, ids));

        while (slices.TryPop(out var slice))
        {
            // A slice is read whole before its rows go out: one that has to be halved would otherwise bring rows twice.
            var answer = await api.SearchAsync(access, GoogleApi.Customer(access), GoogleInsightWords.Query(query, slice), ct);
            if (answer.TryGet(out var rows, out var refusal))
            {
                foreach (var row in GoogleInsightWords.Rows(query, rows)) yield return row;
                continue;
            }
            if (slice.Days > 1 && refusal is PlatformFailure { Kind: PlatformFailureKind.TooMuchData })
            {
                var middle = slice.From.AddDays((slice.Days - 1) / 2);
                slices.Push(slice with { From = middle.AddDays(1) });
                slices.Push(slice with { To = middle });
                continue;
            }
            yield return Result<InsightRow>.Refused(refusal);
            yield break;
        }
    }
}

/// <param name="Campaigns">Null is all of the account.</param>
internal sealed record GoogleSlice(DateOnly From, DateOnly To, string[]? Campaigns)
{
    public int Days => To.DayNumber - From.DayNumber + 1;
}

/// <summary>What is asked of Google's reports, and what their rows mean.</summary>
internal static class GoogleInsightWords
{
    /// <summary>Where each breakdown is asked for, and the field that tells its value.</summary>
    private static readonly Dictionary<BreakdownKind, (string From, string Field)> Breakdowns = new()
    {
        [BreakdownKind.Country] = ("user_location_view", "user_location_view.country_criterion_id"), [BreakdownKind.Age] = ("age_range_view", "ad_group_criterion.age_range.type"),
        [BreakdownKind.Gender] = ("gender_view", "ad_group_criterion.gender.type"), [BreakdownKind.Device] = ("campaign", "segments.device"),
    };

    public static string Query(InsightQuery query, GoogleSlice slice)
    {
        var (ids, from) = query.Level switch
        {
            MetricLevel.Campaign => ("campaign.id", "campaign"),
            MetricLevel.AdSet => ("campaign.id, ad_group.id", "ad_group"),
            _ => ("campaign.id, ad_group.id, ad_group_ad.ad.id", "ad_group_ad"),
        };
        if (query.Breakdown is { } breakdown) (from, ids) = (Breakdowns[breakdown].From, $"{ids}, {Breakdowns[breakdown].Field}");
        var some = slice.Campaigns is { } campaigns ? $" AND campaign.id IN ({string.Join(", ", campaigns)})" : "";
        return $"SELECT segments.date, {ids}, metrics.impressions, metrics.clicks, metrics.cost_micros, metrics.conversions, metrics.conversions_value FROM {from} "
            + $"WHERE segments.date BETWEEN '{Day(slice.From)}' AND '{Day(slice.To)}'{some} ORDER BY segments.date";
    }

    /// <summary>Rows that say something. A view has a row for each ad group, or for people on and off the chosen places: those of one value are added.</summary>
    public static IEnumerable<InsightRow> Rows(InsightQuery query, IEnumerable<JsonObject> rows)
    {
        var read = rows.Select(r => Row(query, r)).Where(r => r is { Impressions: > 0 } or { Clicks: > 0 } or { SpendMicros: not 0 } or { ConversionsMicros: not 0 } or { ValueMicros: not 0 });
        if (query.Breakdown is null) return read;
        return read.GroupBy(r => (r.CampaignId, r.Day, r.BreakdownValue)).Select(same => same.Aggregate((sum, r) => sum with
        {
            Impressions = sum.Impressions + r.Impressions, Clicks = sum.Clicks + r.Clicks, SpendMicros = sum.SpendMicros + r.SpendMicros,
            ConversionsMicros = sum.ConversionsMicros + r.ConversionsMicros, ValueMicros = sum.ValueMicros + r.ValueMicros,
        }));
    }

    private static InsightRow Row(InsightQuery query, JsonObject row)
    {
        var metrics = row["metrics"];
        return new(query.Level, row["campaign"]!["id"]!.ToString(), query.Level >= MetricLevel.AdSet ? row["adGroup"]?["id"]?.ToString() : null, query.Level == MetricLevel.Ad ? row["adGroupAd"]?["ad"]?["id"]?.ToString() : null,
            DateOnly.ParseExact(row["segments"]!["date"]!.ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture),
            Whole(metrics?["impressions"]), Whole(metrics?["clicks"]), Whole(metrics?["costMicros"]), Micros(metrics?["conversions"]), Micros(metrics?["conversionsValue"]), null)
        {
            BreakdownValue = query.Breakdown is { } breakdown ? Word(breakdown, row) : null,
        };
    }

    private static string Word(BreakdownKind breakdown, JsonObject row) => breakdown switch
    {
        BreakdownKind.Country => GoogleFromMemory.CountryOf(row["userLocationView"]?["countryCriterionId"]?.ToString())?.Code ?? "unknown",
        BreakdownKind.Age => Age(row["adGroupCriterion"]?["ageRange"]?["type"]?.ToString()),
        BreakdownKind.Gender => row["adGroupCriterion"]?["gender"]?["type"]?.ToString() switch { "MALE" => "male", "FEMALE" => "female", _ => "unknown" },
        _ => row["segments"]?["device"]?.ToString() switch { null or "" or "UNSPECIFIED" or "UNKNOWN" => "unknown", var device => device.ToLowerInvariant() },
    };

    private static string Age(string? type) =>
        GoogleCatalogue.Rules.AgeGroups.FirstOrDefault(g => g.Wire == type) is { } group ? group.To is { } to ? $"{group.From}-{to}" : $"{group.From}+" : "unknown";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    private static long Whole(JsonNode? value) => long.TryParse(value?.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;
    private static long Micros(JsonNode? value) => decimal.TryParse(value?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? decimal.ToInt64(decimal.Round(number * Money.MicrosPerUnit)) : 0;
}
