using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>Meta's insights in its own fields. What is too much at once is asked for as a report.</summary>
internal sealed class MetaRawInsights(MetaApi api, TimeProvider time) : IReadsRawInsights
{
    private const int DaysAtOnce = 90;
    private static readonly string[] Usual = ["impressions", "clicks", "spend", "cpm", "cpc", "actions", "action_values"];

    public Platform Platform => Platform.Meta;
    public IReadOnlyList<string> InsightLevels { get; } = ["campaign", "ad", "adset", "account"];

    /// <summary>GET and POST /act_…/insights (AdAccount.json, AdsInsights.json).</summary>
    public async Task<Result<IReadOnlyList<JsonObject>>> ReadRawInsightsAsync(PlatformAccess access, RawInsightQuery query, CancellationToken ct)
    {
        var parameters = new JsonObject
        {
            ["level"] = query.Level, ["fields"] = string.Join(',', Ids(query.Level).Concat(query.Fields.Count == 0 ? Usual : query.Fields).Distinct()),
            ["time_range"] = new JsonObject { ["since"] = Day(query.From), ["until"] = Day(query.To) }, ["use_account_attribution_setting"] = true,
        };
        if (query.Breakdowns.Count > 0) parameters["breakdowns"] = string.Join(',', query.Breakdowns.Distinct());

        var reports = new MetaReports(api, time);
        var isLong = query.To.DayNumber - query.From.DayNumber >= DaysAtOnce;
        var answer = isLong ? await reports.ReadAsync(access, parameters, ct) : await reports.ReadAtOnceAsync(access, parameters, ct);
        if (!isLong && answer.Refusal is PlatformFailure { Kind: PlatformFailureKind.TooMuchData }) answer = await reports.ReadAsync(access, parameters, ct);
        return answer.TryGet(out var rows, out var refusal) ? Result<IReadOnlyList<JsonObject>>.Of([.. rows.Select(r => Counted(r, query.Breakdowns))]) : Result<IReadOnlyList<JsonObject>>.Refused(refusal);
    }

    /// <summary>What a row is about.</summary>
    private static string[] Ids(string level) => level switch
    {
        "account" => ["account_id", "account_name"],
        "campaign" => ["campaign_id", "campaign_name"],
        "adset" => ["campaign_id", "adset_id", "adset_name"],
        _ => ["campaign_id", "adset_id", "ad_id", "ad_name"],
    };

    /// <summary>Meta writes numbers as texts. Names, ids, days and the breakdowns' values stay texts.</summary>
    private static JsonObject Counted(JsonObject row, IReadOnlyList<string> breakdowns) =>
        new(row.Select(f => KeyValuePair.Create(f.Key, IsText(f.Key) || breakdowns.Contains(f.Key) ? f.Value?.DeepClone() : Number(f.Value))));

    private static JsonNode? Number(JsonNode? value) => value switch
    {
        JsonArray list => new JsonArray([.. list.Select(Number)]),
        // An action's value and its parts by attribution window ("7d_click"); beside them stand its type and what divides it.
        JsonObject action => new JsonObject(action.Select(f => KeyValuePair.Create(f.Key, f.Key == "value" || char.IsAsciiDigit(f.Key[0]) ? Number(f.Value) : f.Value?.DeepClone()))),
        JsonValue text when text.TryGetValue<string>(out var written) && decimal.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => value?.DeepClone(),
    };

    private static bool IsText(string name) => name.EndsWith("_id", StringComparison.Ordinal) || name.EndsWith("_name", StringComparison.Ordinal) || name.StartsWith("date_", StringComparison.Ordinal) || name.EndsWith("_time", StringComparison.Ordinal);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
