using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;

namespace AdStudio.Sandbox.Apple;

/// <summary>Reports of campaigns, ad groups and ads, from the delivery model.</summary>
internal sealed class AppleReports(AppleContext context, AppleDelivery delivery, AppleCampaigns campaigns, AppleAdGroups groups, AppleAds ads)
{
    /// <summary>How far back each granularity reaches, and how long its range may be.</summary>
    private static readonly Dictionary<string, (int Back, int Range)> Limits = new() { ["HOURLY"] = (30, 7), ["DAILY"] = (90, 90), ["WEEKLY"] = (731, 365), ["MONTHLY"] = (731, 731) };

    private static readonly Dictionary<string, string> Dimensions = new() { ["countryOrRegion"] = "country", ["countryCode"] = "country", ["deviceClass"] = "apple_device", ["ageRange"] = "age", ["gender"] = "gender" };

    private sealed record Counted(JsonObject About, DateOnly Day, long Impressions, long Taps, long Spend, long Installs, bool IsOther);

    /// <param name="level">campaigns, adgroups or ads.</param>
    public AppleReply Run(AppleCall call, string level, string? campaign)
    {
        var request = AppleShapes.Check(call.Body, AppleShapes.Report);
        var market = AppleContext.MarketOf(call.Organization);
        if (request["timeZone"]?.ToString() == "UTC") market = market with { Zone = TimeZoneInfo.Utc };
        var granularity = request["granularity"]?.ToString();
        var (from, to) = (Day(request["startTime"]!), Day(request["endTime"]!));
        Check(request, granularity, from, to, market);
        if (campaign is not null) context.Get(call, AppleWorld.Campaign, "campaign", campaign);

        var groupBy = (request["groupBy"] as JsonArray ?? []).Select(g => g!.ToString()).ToList();
        var counted = DeliveryModel.Run(delivery.Plans(call.Organization), market, from, to, context.Now)
            .Where(d => (campaign is null || d.Ad.CampaignId == campaign) && (level != "ads" || d.Ad.AdId.Length > 0)).SelectMany(d => Divided(call, level, d, groupBy)).ToList();
        var rows = counted.GroupBy(c => c.About.ToJsonString()).Select(g => (g.First().About, g.First().IsOther, Days: g.ToList())).ToList();
        if (request["returnRecordsWithNoMetrics"]?.GetValue<bool>() == true && groupBy.Count == 0) rows.AddRange(Silent(call, level, campaign, rows.Select(r => r.About)));

        var keyed = rows.Select(r => (Row: r, Fields: new JsonObject(r.About.Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))) { ["localSpend"] = r.Days.Sum(d => d.Spend), ["impressions"] = r.Days.Sum(d => d.Impressions), ["taps"] = r.Days.Sum(d => d.Taps) })).ToList();
        var (chosen, offset, limit) = AppleFind.Choose(request["selector"]!.AsObject(), keyed.Select(k => k.Fields));
        var currency = market.Currency;
        var page = chosen.Skip(offset).Take(limit).Select(fields => keyed.Find(k => ReferenceEquals(k.Fields, fields)).Row).Select(row => (JsonNode)new JsonObject
        {
            ["other"] = row.IsOther, ["metadata"] = row.About.DeepClone(),
            ["granularity"] = granularity is null ? null : new JsonArray([.. Pieces(row.Days, granularity, market).Select(p => (JsonNode)Metrics(p.Days, currency, p.Key))]),
            ["total"] = request["returnRowTotals"]?.GetValue<bool>() == true ? Metrics(row.Days, currency, null) : null,
        }).ToList();
        var grand = request["returnGrandTotals"]?.GetValue<bool>() == true ? new JsonObject { ["other"] = false, ["total"] = Metrics(counted, currency, null) } : null;
        return new(200, new JsonObject
        {
            ["data"] = new JsonObject { ["reportingDataResponse"] = new JsonObject { ["row"] = new JsonArray([.. page]), ["grandTotals"] = grand } },
            ["pagination"] = new JsonObject { ["totalResults"] = chosen.Count, ["startIndex"] = offset, ["itemsPerPage"] = page.Count }, ["error"] = null,
        });
    }

    private void Check(JsonObject request, string? granularity, DateOnly from, DateOnly to, Market market)
    {
        if (to < from) throw new AppleRefusal(400, "INVALID_DATE", "The end must not lie before the start.", "endTime");
        var totals = request["returnRowTotals"]?.GetValue<bool>() == true || request["returnGrandTotals"]?.GetValue<bool>() == true;
        if (granularity is not null && totals) throw AppleRefusal.Invalid("returnRowTotals", "With a granularity, returnRowTotals and returnGrandTotals must be false.");
        if (granularity is null && request["returnRowTotals"]?.GetValue<bool>() != true) throw AppleRefusal.Invalid("returnRowTotals", "Without a granularity, returnRowTotals must be true.");
        if (request["selector"]!["orderBy"] is not JsonArray { Count: > 0 }) throw AppleRefusal.Invalid("selector.orderBy", "A report needs an order.");
        var (back, range) = Limits[granularity ?? "MONTHLY"];
        if (to.DayNumber - from.DayNumber >= range || from < market.DayOf(context.Now).AddDays(1 - back)) throw new AppleRefusal(400, "INVALID_DATE_RANGE", $"A report of this granularity covers at most {range} days and reaches back {back}.", "startTime");
    }

    private static DateOnly Day(JsonNode value) => DateOnly.ParseExact(value.ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>An ad's day, cut along the dimensions asked for. Where Apple knows too little of people, it tells them together.</summary>
    private IEnumerable<Counted> Divided(AppleCall call, string level, AdDay day, List<string> groupBy)
    {
        var known = groupBy.Where(Dimensions.ContainsKey).ToList();
        var cells = known.Count == 0 ? [new Cell([], 1)] : Breakdown.Cells(day.Ad.Profile, [.. known.Select(d => Dimensions[d])])!;
        for (var i = 0; i < cells.Count; i++)
        {
            var about = About(call, level, day.Ad);
            var other = groupBy.Count > known.Count;
            foreach (var dimension in groupBy)
            {
                var value = known.IndexOf(dimension) is >= 0 and var at ? (dimension, cells[i].Values[at]) switch { ("gender", "female") => "F", ("gender", "male") => "M", ("gender", _) => null, var (_, plain) => plain } : null;
                other |= value is null;
                about[dimension] = value;
            }
            yield return new(about, day.Day, Breakdown.Part(day.Impressions, cells, i), Breakdown.Part(day.Clicks, cells, i), Breakdown.Part(day.Spend, cells, i), Breakdown.Part(day.Conversions, cells, i), other);
        }
    }

    private JsonObject About(AppleCall call, string level, PlannedAd ad) => level switch
    {
        "campaigns" => OfCampaign(campaigns.Shown(context.Store.Find(AppleWorld.Campaign, ad.CampaignId)!)),
        "adgroups" => OfGroup(groups.Shown(context.Store.Find(AppleWorld.AdGroup, ad.AdSetId)!)),
        _ => OfAd(ads.Shown(context.Store.Find(AppleWorld.Ad, ad.AdId)!)),
    };

    private IEnumerable<(JsonObject, bool, List<Counted>)> Silent(AppleCall call, string level, string? campaign, IEnumerable<JsonObject> told)
    {
        var known = told.Select(t => t.ToJsonString()).ToHashSet();
        IEnumerable<JsonObject> all = level switch { "campaigns" => campaigns.All(call).Select(OfCampaign), "adgroups" => groups.All(call, campaign).Select(OfGroup), _ => ads.All(call, campaign, null).Select(OfAd) };
        return all.Where(a => !known.Contains(a.ToJsonString())).Select(a => (a, false, new List<Counted>())).ToList();
    }

    private JsonObject OfCampaign(JsonObject campaign) => new()
    {
        ["campaignId"] = Copy(campaign, "id"), ["campaignName"] = Copy(campaign, "name"), ["deleted"] = Copy(campaign, "deleted"), ["campaignStatus"] = Copy(campaign, "status"), ["servingStatus"] = Copy(campaign, "servingStatus"),
        ["displayStatus"] = Copy(campaign, "displayStatus"), ["orgId"] = Copy(campaign, "orgId"), ["adChannelType"] = Copy(campaign, "adChannelType"), ["supplySources"] = Copy(campaign, "supplySources"), ["billingEvent"] = Copy(campaign, "billingEvent"),
        ["countriesOrRegions"] = Copy(campaign, "countriesOrRegions"), ["dailyBudget"] = Copy(campaign, "dailyBudgetAmount"),
        ["app"] = new JsonObject { ["adamId"] = Copy(campaign, "adamId"), ["appName"] = context.Store.Find(AppleWorld.App, campaign["adamId"]!.ToString())!.Body["appName"]!.ToString() },
    };

    private static JsonObject OfGroup(JsonObject group) => new()
    {
        ["adGroupId"] = Copy(group, "id"), ["adGroupName"] = Copy(group, "name"), ["campaignId"] = Copy(group, "campaignId"), ["deleted"] = Copy(group, "deleted"), ["adGroupStatus"] = Copy(group, "status"),
        ["adGroupDisplayStatus"] = Copy(group, "displayStatus"), ["defaultBidAmount"] = Copy(group, "defaultBidAmount"), ["orgId"] = Copy(group, "orgId"),
    };

    private static JsonObject OfAd(JsonObject ad) => new()
    {
        ["adId"] = Copy(ad, "id"), ["adName"] = Copy(ad, "name"), ["adGroupId"] = Copy(ad, "adGroupId"), ["campaignId"] = Copy(ad, "campaignId"), ["creativeId"] = Copy(ad, "creativeId"), ["creativeType"] = Copy(ad, "creativeType"),
        ["deleted"] = Copy(ad, "deleted"), ["status"] = Copy(ad, "status"), ["orgId"] = Copy(ad, "orgId"),
    };

    private static JsonNode? Copy(JsonObject from, string name) => from[name]?.DeepClone();

    private IEnumerable<(string Key, List<Counted> Days)> Pieces(List<Counted> days, string granularity, Market market) => granularity switch
    {
        "HOURLY" => days.SelectMany(d => Hours(d, market)).GroupBy(h => h.Key).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g.Select(h => h.Part).ToList())),
        _ => days.GroupBy(d => granularity switch { "WEEKLY" => d.Day.AddDays(-(int)d.Day.DayOfWeek), "MONTHLY" => new DateOnly(d.Day.Year, d.Day.Month, 1), _ => d.Day })
            .OrderBy(g => g.Key).Select(g => (g.Key.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), g.ToList())),
    };

    /// <summary>A day is spread evenly over the hours that it has had so far.</summary>
    private IEnumerable<(string Key, Counted Part)> Hours(Counted day, Market market)
    {
        var hours = Math.Clamp((int)Math.Ceiling((context.Now - market.StartOf(day.Day)).TotalHours), 1, 24);
        for (var h = 0; h < hours; h++)
            yield return ($"{day.Day:yyyy-MM-dd} {h:00}", day with { Impressions = Share(day.Impressions), Taps = Share(day.Taps), Spend = Share(day.Spend), Installs = Share(day.Installs) });

        long Share(long whole) => whole / hours;
    }

    private static JsonObject Metrics(List<Counted> days, string currency, string? date)
    {
        var (impressions, taps, spend, installs) = (days.Sum(d => d.Impressions), days.Sum(d => d.Taps), days.Sum(d => d.Spend), days.Sum(d => d.Installs));
        // Most come by a tap, some only saw the ad; some had the app before.
        var (seen, again) = (installs / 10, installs / 5);
        var row = new JsonObject
        {
            ["impressions"] = impressions, ["taps"] = taps, ["localSpend"] = Money(spend), ["ttr"] = Rate(taps, impressions), ["avgCPT"] = Money(taps == 0 ? 0 : spend / taps), ["avgCPM"] = Money(impressions == 0 ? 0 : spend * 1000 / impressions),
            ["totalInstalls"] = installs, ["totalNewDownloads"] = installs - again, ["totalRedownloads"] = again, ["totalInstallRate"] = Rate(installs, taps), ["totalAvgCPI"] = Money(installs == 0 ? 0 : spend / installs),
            ["tapInstalls"] = installs - seen, ["tapNewDownloads"] = installs - seen - again, ["tapRedownloads"] = again, ["tapInstallRate"] = Rate(installs - seen, taps), ["tapInstallCPI"] = Money(installs - seen == 0 ? 0 : spend / (installs - seen)),
            ["viewInstalls"] = seen, ["viewNewDownloads"] = seen, ["viewRedownloads"] = 0, ["tapPreOrdersPlaced"] = 0, ["viewPreOrdersPlaced"] = 0, ["totalPreOrdersPlaced"] = 0,
        };
        if (date is not null) row["date"] = date;
        return row;

        JsonObject Money(long micros) => AppleContext.Money(micros, currency);
        static double Rate(long part, long whole) => whole == 0 ? 0 : Math.Round(part / (double)whole, 4);
    }
}
