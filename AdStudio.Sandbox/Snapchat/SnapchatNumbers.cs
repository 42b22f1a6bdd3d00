using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;

namespace AdStudio.Sandbox.Snapchat;

/// <summary>The numbers of days, under the names and in the units of the Marketing API: money in micros.</summary>
public static class SnapchatNumbers
{
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>
    {
        "impressions", "swipes", "spend", "swipe_up_percent", "video_views", "video_views_15s", "quartile_1", "quartile_2", "quartile_3", "view_completion", "screen_time_millis", "uniques", "frequency",
        "conversion_purchases", "conversion_purchases_value", "conversion_sign_ups", "conversion_add_cart", "conversion_page_views", "total_installs", "ios_installs", "android_installs",
    };

    public static JsonObject Of(IEnumerable<AdDay> days, string[] fields)
    {
        long impressions = 0, swipes = 0, spend = 0, purchases = 0, leads = 0, installs = 0, value = 0;
        var views = 0.0;
        foreach (var day in days)
        {
            (impressions, swipes, spend, value) = (impressions + day.Impressions, swipes + day.Clicks, spend + day.Spend, value + day.ConversionValue);
            views += day.Impressions * day.Ad.Profile.VideoRate;
            switch (day.Ad.Profile.Goal)
            {
                case Goal.Leads: leads += day.Conversions; break;
                case Goal.Apps: installs += day.Conversions; break;
                default: purchases += day.Conversions; break;
            }
        }
        var uniques = impressions == 0 ? 0 : Math.Max(1, (long)(impressions / 1.22));
        var found = new JsonObject();
        foreach (var field in fields)
            found[field] = field switch
            {
                "impressions" => impressions,
                "swipes" => swipes,
                "spend" => spend,
                "swipe_up_percent" => impressions == 0 ? 0 : Math.Round(swipes * 100.0 / impressions, 4),
                "video_views" => (long)views,
                "video_views_15s" => (long)(views * 0.22),
                "quartile_1" => (long)(views * 0.62),
                "quartile_2" => (long)(views * 0.41),
                "quartile_3" => (long)(views * 0.27),
                "view_completion" => (long)(views * 0.18),
                "screen_time_millis" => impressions * 2400,
                "uniques" => uniques,
                "frequency" => uniques == 0 ? 0 : Math.Round((double)impressions / uniques, 8),
                "conversion_purchases" => purchases,
                "conversion_purchases_value" => purchases > 0 ? value : 0,
                "conversion_sign_ups" => leads,
                "conversion_add_cart" => purchases * 3,
                "conversion_page_views" => swipes * 8 / 10,
                "total_installs" => installs,
                "ios_installs" => installs * 6 / 10,
                _ => installs - installs * 6 / 10,
            };
        return found;
    }

    /// <summary>The parts of a day by a dimension; they add up to the day.</summary>
    public static IEnumerable<(AdDay Day, string? Value)> Divided(AdDay day, string dimension)
    {
        var cells = Breakdown.Cells(day.Ad.Profile, [dimension == "os" ? "impression_device" : dimension])!;
        var each = day.Conversions == 0 ? 0 : day.ConversionValue / day.Conversions;
        for (var i = 0; i < cells.Count; i++)
        {
            var conversions = Breakdown.Part(day.Conversions, cells, i);
            var part = day with { Impressions = Breakdown.Part(day.Impressions, cells, i), Clicks = Breakdown.Part(day.Clicks, cells, i), Spend = Breakdown.Part(day.Spend / 10_000, cells, i) * 10_000, Conversions = conversions, ConversionValue = conversions * each };
            if (part is not { Impressions: 0, Clicks: 0, Spend: 0, Conversions: 0 }) yield return (part, Word(dimension, cells[i].Values[0]));
        }
    }

    private static string Word(string dimension, string neutral) => dimension switch
    {
        "country" => neutral.ToLowerInvariant(),
        "age" => neutral switch { "18-24" => "18-24", "25-34" => "25-34", _ => "35+" },
        "os" => neutral switch { "iphone" or "ipad" => "iOS", "desktop" => "WEB", _ => "ANDROID" },
        _ => neutral,
    };
}
