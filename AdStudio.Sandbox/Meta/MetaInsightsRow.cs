using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Meta;

/// <summary>Writes one row of insights: every number is a text, money is in whole units of the currency.</summary>
internal static class MetaInsightsRow
{
    public static JsonObject Write(MetaContext context, MetaInsights.Total t, List<string> fields, string level, List<string> breakdowns, SandboxObject account)
    {
        var row = new JsonObject();
        var values = new Lazy<Dictionary<string, JsonNode?>>(() => Names(context, t, level, account));
        foreach (var field in fields.Where(f => f is not ("date_start" or "date_stop")))
            if ((Number(t, field, account) ?? values.Value.GetValueOrDefault(field)) is { } value) row[field] = value;
        row["date_start"] = Day(t.From);
        row["date_stop"] = Day(t.To);
        for (var i = 0; i < breakdowns.Count; i++) row[breakdowns[i]] = t.Cell[i];
        return row;
    }

    private static Dictionary<string, JsonNode?> Names(MetaContext context, MetaInsights.Total t, string level, SandboxObject account)
    {
        var names = new Dictionary<string, JsonNode?>
        {
            ["account_id"] = account.Id, ["account_name"] = account.Body["name"]!.DeepClone(), ["account_currency"] = account.Body["currency"]!.DeepClone(), ["attribution_setting"] = "7d_click_1d_view",
        };
        if (level == "account") return names;
        var campaign = context.Store.Find(MetaWorld.Campaign, t.Sample.CampaignId)!;
        names["campaign_id"] = campaign.Id;
        names["campaign_name"] = campaign.Body["name"]!.DeepClone();
        names["objective"] = campaign.Body["objective"]!.DeepClone();
        names["buying_type"] = campaign.Body["buying_type"]?.DeepClone();
        if (level == "campaign") return names;
        var adSet = context.Store.Find(MetaWorld.AdSet, t.Sample.AdSetId)!;
        names["adset_id"] = adSet.Id;
        names["adset_name"] = adSet.Body["name"]!.DeepClone();
        names["optimization_goal"] = adSet.Body["optimization_goal"]?.DeepClone();
        if (level == "adset") return names;
        var ad = context.Store.Find(MetaWorld.Ad, t.Sample.AdId)!;
        names["ad_id"] = ad.Id;
        names["ad_name"] = ad.Body["name"]!.DeepClone();
        return names;
    }

    private static JsonNode? Number(MetaInsights.Total t, string field, SandboxObject account)
    {
        var spend = t.Spend / 1_000_000m;
        var linkClicks = t.Clicks * 88 / 100;
        var outbound = linkClicks * 96 / 100;
        // The longer people are reached, the more often the same ones are.
        var reach = t.Impressions == 0 ? 0 : Math.Max(1, (long)(t.Impressions / (1.08 + 0.16 * Math.Log(1 + t.Days))));
        return field switch
        {
            "impressions" => Text(t.Impressions),
            "clicks" => Text(t.Clicks),
            "spend" => Money(spend, account),
            "reach" => Text(reach),
            "frequency" => Ratio(t.Impressions, reach),
            "ctr" => Ratio(t.Clicks * 100m, t.Impressions),
            "cpc" => t.Clicks == 0 ? null : Ratio(spend, t.Clicks),
            "cpm" => Ratio(spend * 1000, t.Impressions),
            "cpp" => Ratio(spend * 1000, reach),
            "unique_clicks" => Text(t.Clicks * 94 / 100),
            "unique_ctr" => Ratio(t.Clicks * 94 / 100 * 100m, reach),
            "inline_link_clicks" => Text(linkClicks),
            "inline_link_click_ctr" => Ratio(linkClicks * 100m, t.Impressions),
            "cost_per_inline_link_click" => linkClicks == 0 ? null : Ratio(spend, linkClicks),
            "inline_post_engagement" => Text(Engagement(t)),
            "outbound_clicks" => List([("outbound_click", Text(outbound), outbound > 0)]),
            "actions" => List(Actions(t, linkClicks).Select(a => (a.Type, Text(a.Count), a.Count > 0))),
            "action_values" => List(Values(t).Select(a => (a.Type, Money(a.Micros / 1_000_000m, account), a.Micros > 0))),
            "conversions" => List([("submit_application_total", Text(0), false)]),
            "cost_per_action_type" => List(Actions(t, linkClicks).Select(a => (a.Type, a.Count == 0 ? "0" : Ratio(spend, a.Count), a.Count > 0))),
            "purchase_roas" => List([("omni_purchase", Ratio(t.Value, Math.Max(1, t.Spend)), t.Purchases > 0 && t.Value > 0)]),
            "website_purchase_roas" => List([("offsite_conversion.fb_pixel_purchase", Ratio(t.Value, Math.Max(1, t.Spend)), t.Purchases > 0 && t.Value > 0)]),
            "video_play_actions" => List([("video_view", Text((long)t.VideoPlays), t.VideoPlays >= 1)]),
            "video_thruplay_watched_actions" => List([("video_view", Text((long)(t.VideoPlays * 0.34)), t.VideoPlays >= 3)]),
            "video_p25_watched_actions" => List([("video_view", Text((long)(t.VideoPlays * 0.62)), t.VideoPlays >= 2)]),
            "video_p50_watched_actions" => List([("video_view", Text((long)(t.VideoPlays * 0.41)), t.VideoPlays >= 3)]),
            "video_p75_watched_actions" => List([("video_view", Text((long)(t.VideoPlays * 0.27)), t.VideoPlays >= 4)]),
            "video_p100_watched_actions" => List([("video_view", Text((long)(t.VideoPlays * 0.18)), t.VideoPlays >= 6)]),
            _ => null,
        };
    }

    private static long Engagement(MetaInsights.Total t) => t.Clicks * 88 / 100 + t.Impressions / 140;

    private static IEnumerable<(string Type, long Count)> Actions(MetaInsights.Total t, long linkClicks) =>
    [
        ("link_click", linkClicks), ("landing_page_view", linkClicks * 81 / 100), ("post_engagement", Engagement(t)), ("page_engagement", Engagement(t) + t.Impressions / 2100), ("post_reaction", t.Impressions / 260), ("video_view", (long)(t.VideoPlays * 0.7)),
        ("purchase", t.Purchases), ("omni_purchase", t.Purchases), ("offsite_conversion.fb_pixel_purchase", t.Purchases), ("lead", t.Leads), ("onsite_conversion.lead_grouped", t.Leads),
        ("mobile_app_install", t.Installs), ("omni_app_install", t.Installs),
    ];

    private static IEnumerable<(string Type, long Micros)> Values(MetaInsights.Total t) =>
        t.Purchases > 0 ? [("purchase", t.Value), ("omni_purchase", t.Value), ("offsite_conversion.fb_pixel_purchase", t.Value)] : t.Installs > 0 ? [("omni_app_install", t.Value)] : [];

    private static JsonArray? List(IEnumerable<(string Type, string Value, bool There)> entries)
    {
        var list = new JsonArray([.. entries.Where(e => e.There).Select(e => (JsonNode)new JsonObject { ["action_type"] = e.Type, ["value"] = e.Value })]);
        return list.Count == 0 ? null : list;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Ratio(decimal value, decimal by) => by == 0 ? "0" : Math.Round(value / by, 6).ToString("0.######", CultureInfo.InvariantCulture);

    private static string Money(decimal amount, SandboxObject account) => amount.ToString(MetaContext.MinorUnit(account) == 10_000 ? "0.00" : "0", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
