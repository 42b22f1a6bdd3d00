using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Embedded;

/// <summary>The metrics that were asked for. One of which there is no figure, as nothing was read or a ratio would divide by nothing, is null.</summary>
internal record Figures
{
    public long? Impressions { get; init; }
    public long? Clicks { get; init; }

    /// <summary>In whole units of the account's currency, with decimals.</summary>
    public decimal? Spend { get; init; }

    /// <summary>Clicks per impression: 0.0123 is 1.23 %.</summary>
    public decimal? Ctr { get; init; }
    public decimal? Cpc { get; init; }

    /// <summary>For a thousand impressions.</summary>
    public decimal? Cpm { get; init; }
    public decimal? Conversions { get; init; }

    [JsonPropertyName("cost_per_conversion")]
    public decimal? CostPerConversion { get; init; }

    [JsonPropertyName("conversion_value")]
    public decimal? ConversionValue { get; init; }

    /// <summary>Conversion value per money spent.</summary>
    public decimal? Roas { get; init; }

    /// <summary>The account's, ISO 4217.</summary>
    public string? Currency { get; init; }
}

internal sealed record TotalFigures : Figures
{
    /// <summary>When the figures were last read from the platform; null when never.</summary>
    [JsonPropertyName("as_of")]
    public DateTime? AsOf { get; init; }

    /// <summary>Whether the platform may still correct them.</summary>
    [JsonPropertyName("may_change")]
    public bool MayChange { get; init; }
}

internal sealed record PartFigures : Figures
{
    /// <summary>As it was asked for: country, age, gender, publisher_platform, device or day.</summary>
    public string Breakdown { get; init; } = "";

    /// <summary>An ISO country, "25-34", "female", "instagram", "mobile", "2026-11-24"; "unknown" where the platform tells none.</summary>
    public string Value { get; init; } = "";
}

/// <summary>Figures of one ad account, from what was read of it.</summary>
internal static class EmbeddedInsights
{
    private const string ByDay = "day";

    private static readonly Dictionary<string, Metric> Metrics = new()
    {
        ["impressions"] = Metric.Impressions, ["clicks"] = Metric.Clicks, ["spend"] = Metric.Spend, ["ctr"] = Metric.Ctr, ["cpc"] = Metric.Cpc, ["cpm"] = Metric.Cpm, ["conversions"] = Metric.Conversions,
        ["cost_per_conversion"] = Metric.Cpa, ["conversion_value"] = Metric.ConversionValue, ["roas"] = Metric.Roas,
    };

    private static readonly Dictionary<string, BreakdownKind> Kinds = new(Enum.GetValues<BreakdownKind>().ToDictionary(k => k.Word())) { ["impression_device"] = BreakdownKind.Device };

    public static void Map(RouteGroupBuilder group) => group.MapGet("/connections/{id}/insights", GetAsync)
        .Operation("Get insights", "Figures of an ad account, by the platform's id or ours, or of a connection by its id: for who may read the account. They come from what AdStudio has read, in days of the account's time zone. With `breakdown`, `data` is a list.", ApiScopes.ReadNumbers)
        .Query("start_date", "First day, such as 2026-11-01. Required.", QueryKind.Day).Query("end_date", "Last day. Required.", QueryKind.Day)
        .Query("metrics", $"With commas: {string.Join(", ", Metrics.Keys)}. Required.", QueryKind.Words).Query("breakdown", $"{string.Join(", ", Kinds.Keys)} or {ByDay}.")
        .Gives<Envelope<TotalFigures>>().OrGives<Envelope<IReadOnlyList<PartFigures>>>();

    private static async Task<IResult> GetAsync(string id, HttpContext http, GetConnectionNumbers get, CancellationToken ct)
    {
        var query = new GivenQuery(http);
        var range = query.Range("start_date", "end_date", "");
        if (range is null && query.Problems.Count == 0) query.Problems.AddRange([new("start_date", "start_date should not be empty"), new("end_date", "end_date should not be empty")]);
        var metrics = query.Words("metrics", Metrics);
        if (metrics.Count == 0 && !query.Problems.Exists(p => p.Field == "metrics")) query.Problems.Add(new("metrics", "metrics should not be empty"));
        var breakdown = query.Text("breakdown")?.ToLowerInvariant();
        BreakdownKind? kind = breakdown is not null and not ByDay ? query.Word("breakdown", Kinds) : null;
        if (query.Refusal() is { } wrong) return wrong;
        if (!(await get.RunAsync(http.Actor(), id, range!.Value, kind, ct)).TryGet(out var numbers, out var refusal)) return refusal.Refused();

        if (breakdown is null)
        {
            var total = Write(numbers.Sums, metrics, numbers.Currency);
            (total["as_of"], total["may_change"]) = (numbers.AsOf?.UtcDateTime, numbers.MayChange);
            return ((JsonNode)total).Enveloped(EmbeddedJson.Shared.EnvelopeJsonNode);
        }
        var parts = kind is null ? numbers.Days.Select(d => (Key: d.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Sums: d.Sums!.Value)) : numbers.Parts.Select(p => (p.Key, p.Sums));
        return ((JsonNode)new JsonArray([.. parts.Select(p =>
        {
            var part = Write(p.Sums, metrics, numbers.Currency);
            (part["breakdown"], part["value"]) = (breakdown, p.Key);
            return part;
        })])).Enveloped(EmbeddedJson.Shared.EnvelopeJsonNode);
    }

    private static JsonObject Write(MetricSums? sums, IReadOnlyList<Metric> metrics, string currency)
    {
        JsonObject figures = [];
        foreach (var (word, metric) in Metrics)
            if (metrics.Contains(metric)) figures[word] = Figure(sums?.Of(metric), metric);
        figures["currency"] = currency;
        return figures;
    }

    private static JsonValue? Figure(decimal? amount, Metric metric) => amount is not { } figure ? null
        : metric is Metric.Impressions or Metric.Clicks ? JsonValue.Create((long)figure)
        : JsonValue.Create(metric.IsMoney() ? figure / Money.MicrosPerUnit : Math.Round(figure, 6));
}
