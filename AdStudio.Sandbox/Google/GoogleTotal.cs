using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;

namespace AdStudio.Sandbox.Google;

/// <summary>Numbers of one row, summed, and the segments they belong to.</summary>
internal sealed class GoogleTotal
{
    private readonly Dictionary<string, JsonNode> segments = [];
    private long spend, impressions, clicks, conversions, value;

    /// <summary>Adds an ad's day to the rows it falls into.</summary>
    public static void Add(Dictionary<string, GoogleTotal> totals, AdDay day, List<string> segments, Func<PlannedAd, (List<Cell> Cells, int Index)>? cell)
    {
        if (cell is not null)
        {
            var (cells, index) = cell(day.Ad);
            if (index >= cells.Count) return;
            day = Part(day, cells, index);
        }
        var dimensions = new List<string>();
        if (segments.Contains("device")) dimensions.Add("device");
        if (segments.Contains("ad_network_type")) dimensions.Add(Network(day.Ad.Profile));
        if (dimensions.Count == 0)
        {
            Of(totals, day, segments, []).Sum(day);
            return;
        }
        var parts = Breakdown.Cells(day.Ad.Profile, dimensions)!;
        for (var i = 0; i < parts.Count; i++)
        {
            var part = Part(day, parts, i);
            if (part is { Impressions: 0, Spend: 0, Clicks: 0, Conversions: 0 }) continue;
            Of(totals, day, segments, parts[i].Values).Sum(part);
        }
    }

    public JsonObject Metrics()
    {
        var metrics = new JsonObject
        {
            ["impressions"] = Text(impressions), ["clicks"] = Text(clicks), ["costMicros"] = Text(spend), ["conversions"] = (double)conversions, ["conversionsValue"] = value / 1_000_000.0,
            ["allConversions"] = (double)conversions, ["allConversionsValue"] = value / 1_000_000.0, ["interactions"] = Text(clicks), ["engagements"] = Text(clicks), ["viewThroughConversions"] = Text(conversions / 9),
            ["videoTrueviewViews"] = "0", ["ctr"] = Ratio(clicks, impressions), ["interactionRate"] = Ratio(clicks, impressions), ["averageCpc"] = Ratio(spend, clicks), ["averageCpm"] = Ratio(spend * 1000.0, impressions), ["averageCost"] = Ratio(spend, clicks),
            ["costPerConversion"] = Ratio(spend, conversions), ["costPerAllConversions"] = Ratio(spend, conversions), ["valuePerConversion"] = Ratio(value / 1_000_000.0, conversions), ["conversionsFromInteractionsRate"] = Ratio(conversions, clicks),
        };
        return metrics;
    }

    public JsonObject SegmentsOf() => new(segments.Select(s => KeyValuePair.Create(GoogleShapes.Camel(s.Key), (JsonNode?)s.Value.DeepClone())));

    private static AdDay Part(AdDay day, List<Cell> cells, int index)
    {
        var conversions = Breakdown.Part(day.Conversions, cells, index);
        var worth = day.Conversions == 0 ? 0 : day.ConversionValue / day.Conversions;
        return day with { Spend = Breakdown.Part(day.Spend / 10_000, cells, index) * 10_000, Impressions = Breakdown.Part(day.Impressions, cells, index), Clicks = Breakdown.Part(day.Clicks, cells, index), Conversions = conversions, ConversionValue = conversions * worth };
    }

    private static GoogleTotal Of(Dictionary<string, GoogleTotal> totals, AdDay day, List<string> segments, string[] cell)
    {
        var values = new Dictionary<string, JsonNode>();
        var next = 0;
        foreach (var segment in segments.OrderBy(s => s switch { "device" => 1, "ad_network_type" => 2, _ => 0 }))
            values[segment] = segment switch
            {
                "date" => Day(day.Day),
                "week" => Day(day.Day.AddDays(-(((int)day.Day.DayOfWeek + 6) % 7))),
                "month" => Day(new DateOnly(day.Day.Year, day.Day.Month, 1)),
                "quarter" => Day(new DateOnly(day.Day.Year, (day.Day.Month - 1) / 3 * 3 + 1, 1)),
                "year" => day.Day.Year,
                "day_of_week" => day.Day.DayOfWeek.ToString().ToUpperInvariant(),
                _ => cell[next++],
            };
        var key = string.Join('|', values.Values);
        if (!totals.TryGetValue(key, out var total))
        {
            totals[key] = total = new GoogleTotal();
            foreach (var (name, value) in values) total.segments[name] = value;
        }
        return total;
    }

    private static string Network(AdProfile profile) => profile.Channel switch { Channel.Search => "search_network", Channel.Display => "display_network", _ => "mixed_network" };

    private void Sum(AdDay day)
    {
        spend += day.Spend;
        impressions += day.Impressions;
        clicks += day.Clicks;
        conversions += day.Conversions;
        value += day.ConversionValue;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static double Ratio(double value, double by) => by == 0 ? 0 : value / by;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
