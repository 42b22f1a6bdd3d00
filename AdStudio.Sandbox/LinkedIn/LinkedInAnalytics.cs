using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.LinkedIn;

/// <summary>adAnalytics: one element a day and value of the pivots, no pages, and no more elements than the limit.</summary>
internal sealed class LinkedInAnalytics(LinkedInContext context, LinkedInTargeting targeting)
{
    private const int MostFields = 20;
    private static readonly string[] Objects = ["ACCOUNT", "CAMPAIGN_GROUP", "CAMPAIGN", "CREATIVE"];
    private static readonly string[] Known =
    [
        "dateRange", "pivotValues", "pivot", "impressions", "clicks", "costInLocalCurrency", "costInUsd", "landingPageClicks", "externalWebsiteConversions", "conversionValueInLocalCurrency", "oneClickLeads", "oneClickLeadFormOpens",
        "totalEngagements", "likes", "comments", "shares", "follows", "reactions", "videoStarts", "videoViews", "videoCompletions", "approximateMemberReach",
    ];

    private readonly LinkedInDelivery delivery = new(context, targeting);

    public LinkedInReply Read(LinkedInCall call)
    {
        if (!call.Scopes.Contains("r_ads_reporting")) return LinkedInReply.NoAccess("adAnalytics.FINDER");
        if (call.Stranger("q", "pivot", "pivots", "timeGranularity", "dateRange", "accounts", "campaignGroups", "campaigns", "creatives", "fields", "sortBy") is { } stranger) return LinkedInReply.Query(stranger);
        var pivots = call.Text("q") switch { "analytics" when call.Text("pivot") is { } one => [one], "statistics" when call.List("pivots") is { Count: > 0 and <= 3 } several => several, _ => null };
        if (pivots is null) return LinkedInReply.Query(call.Text("q") is "analytics" or "statistics" ? "pivot" : "q");
        if (pivots.FirstOrDefault(p => !Objects.Contains(p) && p is not ("MEMBER_COUNTRY_V2" or "IMPRESSION_DEVICE_TYPE")) is { } unknown || pivots.Count > 1 && pivots.Any(p => !Objects.Contains(p))) return LinkedInReply.Query("pivots");
        if (call.Text("timeGranularity") is not ("DAILY" or "ALL")) return LinkedInReply.Query("timeGranularity");
        if (Day(call.Query.GetValueOrDefault("dateRange")?["start"]) is not { } from) return LinkedInReply.Query("dateRange");
        var to = Day(call.Query["dateRange"]?["end"]) ?? DateOnly.FromDateTime(context.Now.UtcDateTime);
        if (to < from) return LinkedInReply.Query("dateRange");
        var fields = call.Text("fields")?.Split(',') ?? ["impressions", "clicks"];
        if (fields.Length > MostFields || fields.FirstOrDefault(f => !Known.Contains(f)) is not null) return LinkedInReply.Query("fields");
        if (Wanted(call) is not { } wanted) return LinkedInReply.Query("accounts");

        var elements = Elements(wanted, pivots, from, to, call.Text("timeGranularity") == "DAILY", fields);
        if (elements.Count > context.Options.LinkedInMostElements) return LinkedInReply.Error(400, $"Response has too many elements: {elements.Count} are more than {context.Options.LinkedInMostElements}. Ask for a shorter date range or fewer entities.", "ILLEGAL_ARGUMENT");
        return new JsonObject { ["paging"] = new JsonObject { ["start"] = 0, ["count"] = 10, ["links"] = new JsonArray() }, ["elements"] = new JsonArray([.. elements]) };
    }

    /// <summary>Which ads are asked for; null where nothing is, or something that the person may not see.</summary>
    private (IReadOnlyList<SandboxObject> Accounts, Func<PlannedAd, bool> Fits)? Wanted(LinkedInCall call)
    {
        foreach (var (name, kind, of) in new (string, string, Func<PlannedAd, string>)[] { ("campaignGroups", LinkedInWorld.Group, a => a.CampaignId), ("campaigns", LinkedInWorld.Campaign, a => a.AdSetId), ("creatives", LinkedInWorld.Creative, a => a.AdId) })
            if (call.List(name) is { Count: > 0 } urns)
            {
                var found = urns.Select(u => context.Store.Find(kind, LinkedInCall.IdOf(u))).ToList();
                if (found.Any(o => o is null || context.Account(call, o.AccountId) is null)) return null;
                var ids = found.Select(o => o!.Id).ToHashSet();
                return ([.. found.Select(o => o!.AccountId).Distinct().Select(id => context.Store.Find(LinkedInWorld.Account, id)!)], a => ids.Contains(of(a)));
            }
        if (call.List("accounts") is not { Count: > 0 } accounts) return null;
        var seen = accounts.Select(u => context.Account(call, LinkedInCall.IdOf(u))).ToList();
        return seen.Contains(null) ? null : (seen!, _ => true);
    }

    private List<JsonObject> Elements((IReadOnlyList<SandboxObject> Accounts, Func<PlannedAd, bool> Fits) wanted, IReadOnlyList<string> pivots, DateOnly from, DateOnly to, bool daily, string[] fields)
    {
        var totals = new Dictionary<(DateOnly, string), Total>();
        foreach (var account in wanted.Accounts)
            foreach (var day in DeliveryModel.Run(delivery.Plans(account), LinkedInContext.MarketOf(account), from, to, context.Now).Where(d => wanted.Fits(d.Ad)))
            {
                var cells = Cells(day.Ad.Profile, pivots[0]);
                for (var i = 0; i < (cells?.Count ?? 1); i++)
                {
                    var values = cells is null ? pivots.Select(p => Urn(p, account, day.Ad)).ToArray() : [cells[i].Values[0]];
                    var key = (daily ? day.Day : from, string.Join('\n', values));
                    if (!totals.TryGetValue(key, out var total)) totals[key] = total = new(daily ? day.Day : from, daily ? day.Day : to, values);
                    long Part(long whole) => cells is null ? whole : Breakdown.Part(whole, cells, i);
                    var conversions = Part(day.Conversions);
                    total.Add(day, IsByForm(day.Ad), Part(day.Impressions), Part(day.Clicks), Part(day.Spend / 10_000) * 10_000, conversions, day.Conversions == 0 ? 0 : conversions * (day.ConversionValue / day.Conversions));
                }
            }
        return [.. totals.Values.Where(t => t.Impressions > 0 || t.Spend > 0).OrderBy(t => t.From).Select(t => t.Show(fields, pivots))];
    }

    /// <summary>Whether its conversions are leads of a form on LinkedIn itself.</summary>
    private bool IsByForm(PlannedAd ad) => context.Store.Find(LinkedInWorld.Campaign, ad.AdSetId)!.Body["objectiveType"]!.ToString() == "LEAD_GENERATION";

    /// <summary>Null for a pivot that is an object.</summary>
    private static List<Cell>? Cells(AdProfile profile, string pivot) => pivot switch
    {
        "MEMBER_COUNTRY_V2" => Breakdown.Cells(profile, ["country"])!.ConvertAll(c => c with { Values = [LinkedInEntities.All.First(e => e.Facet == "locations" && e.Country == c.Values[0]).Urn] }),
        "IMPRESSION_DEVICE_TYPE" => Breakdown.Cells(profile, ["device_platform"])!.ConvertAll(c => c with { Values = [c.Values[0] switch { "desktop" => "DESKTOP_WEB", "mobile_web" => "MOBILE_WEB", _ => "MOBILE_APP" }] }),
        _ => null,
    };

    private static string Urn(string pivot, SandboxObject account, PlannedAd ad) => pivot switch
    {
        "ACCOUNT" => "urn:li:sponsoredAccount:" + account.Id, "CAMPAIGN_GROUP" => "urn:li:sponsoredCampaignGroup:" + ad.CampaignId, "CAMPAIGN" => "urn:li:sponsoredCampaign:" + ad.AdSetId, _ => "urn:li:sponsoredCreative:" + ad.AdId,
    };

    private static DateOnly? Day(JsonNode? day)
    {
        int Part(string name) => int.TryParse(day?[name]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return DateOnly.TryParseExact($"{Part("year"):0000}-{Part("month"):00}-{Part("day"):00}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var found) ? found : null;
    }

    private sealed class Total(DateOnly from, DateOnly to, string[] values)
    {
        public DateOnly From => from;
        public long Impressions { get; private set; }
        public long Spend { get; private set; }
        private long clicks, conversions, leads, value;
        private double videos;

        public void Add(AdDay day, bool byForm, long impressions, long clicked, long spend, long converted, long worth)
        {
            (Impressions, clicks, Spend, value) = (Impressions + impressions, clicks + clicked, Spend + spend, value + worth);
            videos += impressions * day.Ad.Profile.VideoRate;
            if (byForm) leads += converted;
            else conversions += converted;
        }

        public JsonObject Show(string[] fields, IReadOnlyList<string> pivots)
        {
            var shown = new JsonObject();
            foreach (var field in fields)
                shown[field] = field switch
                {
                    "dateRange" => new JsonObject { ["start"] = Date(from), ["end"] = Date(to) },
                    "pivotValues" => new JsonArray([.. values.Select(v => (JsonNode)v)]),
                    "pivot" => pivots[0],
                    "impressions" => Impressions,
                    "clicks" => clicks,
                    "costInLocalCurrency" or "costInUsd" => Text(Spend),
                    "conversionValueInLocalCurrency" => Text(value),
                    "externalWebsiteConversions" => conversions,
                    "oneClickLeads" => leads,
                    "landingPageClicks" => clicks * 88 / 100,
                    "totalEngagements" => clicks * 118 / 100,
                    "reactions" or "likes" => clicks * 9 / 100,
                    "comments" or "shares" or "follows" => clicks * 2 / 100,
                    "videoStarts" or "videoViews" => (long)videos,
                    "videoCompletions" => (long)(videos * 0.21),
                    "approximateMemberReach" => Impressions == 0 ? 0 : Math.Max(1, Impressions * 100 / 119),
                    _ => 0,
                };
            return shown;
        }

        private static JsonObject Date(DateOnly day) => new() { ["year"] = day.Year, ["month"] = day.Month, ["day"] = day.Day };
        private static string Text(long micros) => (micros / 1_000_000m).ToString("0.00####", CultureInfo.InvariantCulture);
    }
}
