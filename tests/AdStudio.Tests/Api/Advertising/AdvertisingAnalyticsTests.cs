using System.Net;
using System.Text.Json.Nodes;
using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api.Advertising;

/// <summary>Seed 003's analytics: every field of its examples with its type, from figures that are known.</summary>
public sealed class AdvertisingAnalyticsTests(AdvertisingApp app) : IClassFixture<AdvertisingApp>
{
    private static readonly DateOnly First = new(2026, 11, 20);

    /// <summary>The fields of the seed's answer; a star stands for the entries of a list.</summary>
    private static readonly (string Path, string Type)[] Documented =
    [
        ("facebook_ad_media.media_url", "String"), ("facebook_ad_media.owner.profile_pic", "String"), ("facebook_ad_media.owner.username", "String"), ("facebook_ad_media.owner.id", "String"),
        ("analytic_data.adAccountStatus.good", "True"), ("analytic_data.adAccountStatus.error", "Null"),
        .. Each("analytic_data.campaignStatuses.*", "String", "effective_status", "id", "name"), .. Each("analytic_data.adStatuses.*", "String", "effective_status", "id", "name"),
        .. Each("analytic_data.campaignPerformanceStats", "String", "cost_per_inline_link_click", "cpc", "cpm", "reach", "impressions", "spend", "inline_link_clicks", "clicks", "date_start", "date_stop"),
        .. Each("analytic_data.campaignPerformanceStats.actions.*", "String", "action_type", "value"), .. Each("analytic_data.campaignPerformanceStats.cost_per_action_type.*", "String", "action_type", "value"),
        .. Each("analytic_data.impactStats.*", "String", "name", "data", "friendlyName"), .. Each("analytic_data.dailyStats.*", "String", "date", "clicks"),
        .. Each("analytic_data.dailyStats.*", "Number", "totalSpend", "totalReach", "totalImpressions", "totalClicks", "inlineClicks", "cpic", "cpc", "spend", "costPerConversion", "conversions"),
        .. Each("analytic_data.geographicBreakdown.countries.*", "String", "country", "countryName"), .. Each("analytic_data.geographicBreakdown.countries.*", "Number", "cpc", "reach", "impressions", "clicks", "spend"),
        ("creative_performance.*.type", "String"), ("creative_performance.*.clicks", "Number"), ("creative_performance.*.percentage", "Number"),
    ];

    [Fact]
    public async Task Analytics_have_every_documented_field_and_add_up()
    {
        var campaign = await app.SettledAsync(await app.CreateAsync(app.Sample("Counted")));
        await CountAsync(campaign["id"]!.GetValue<int>());
        var data = (await app.Caller.GetAsync($"/advertising/v1/analytic/campaign/{campaign["id"]}")).ShouldBe(HttpStatusCode.OK).Body["data"]!;

        foreach (var (path, type) in Documented)
        {
            var found = Find(data, path.Split('.')).ToList();
            found.ShouldNotBeEmpty(path);
            foreach (var value in found) (value is null ? "Null" : value.GetValueKind().ToString()).ShouldBe(type, path);
        }
        var analytics = data["analytic_data"]!;
        var stats = analytics["campaignPerformanceStats"]!;
        new[] { "impressions", "clicks", "spend", "cpc", "cpm", "reach" }.Select(n => stats[n]!.GetValue<string>()).ShouldBe(["3000", "30", "15.00", "0.50", "5.00", "2400"]);
        stats["actions"]!.AsArray().Select(a => (a!["action_type"]!.GetValue<string>(), a["value"]!.GetValue<string>())).ShouldBe([("link_click", "30"), ("conversion", "3")]);
        analytics["dailyStats"]!.AsArray().Select(d => (d!["date"]!.GetValue<string>(), d["spend"]!.GetValue<decimal>(), d["totalSpend"]!.GetValue<decimal>(), d["totalReach"]!.GetValue<long>()))
            .ShouldBe([("2026-11-20", 5m, 5m, 800), ("2026-11-21", 10m, 15m, 2400)]);
        var germany = analytics["geographicBreakdown"]!["countries"]![0]!;
        (germany["country"]!.GetValue<string>(), germany["countryName"]!.GetValue<string>(), germany["spend"]!.GetValue<decimal>(), germany["reach"]!.GetValue<long>()).ShouldBe(("DE", "Germany", 15m, 2400));
        analytics["currency"]!.GetValue<string>().ShouldBe("USD");

        var shares = (await app.Caller.GetAsync($"/advertising/v1/analytic/creative/performance?campaignId={campaign["id"]}")).ShouldBe(HttpStatusCode.OK).Body;
        shares["status"]!.GetValue<int>().ShouldBe(200);
        shares["data"]!.ToJsonString().ShouldBe("""[{"type":"feed","clicks":30,"percentage":100}]""");
        (await app.Caller.GetAsync($"/advertising/v1/analytic/campaign/{campaign["id"]}?startDate=2026-11-21&endDate=2026-11-21")).Body["data"]!["analytic_data"]!["campaignPerformanceStats"]!["spend"]!.GetValue<string>().ShouldBe("10.00");
    }

    [Fact]
    public async Task A_campaign_without_numbers_answers_nothing_counted_and_a_strange_one_is_not_there()
    {
        var draft = await app.CreateAsync(JsonNode.Parse("""{"campaignName":"Silent","campaign_type":"link_clicks","budget":10,"status":"DRAFT"}""")!.AsObject());
        var data = (await app.Caller.GetAsync($"/advertising/v1/analytic/campaign/{draft["id"]}")).ShouldBe(HttpStatusCode.OK).Body["data"]!;
        data["analytic_data"]!["campaignPerformanceStats"]!["spend"]!.GetValue<string>().ShouldBe("0.00");
        data["analytic_data"]!["dailyStats"]!.AsArray().ShouldBeEmpty();
        data["creative_performance"]!.AsArray().ShouldBeEmpty();
        foreach (var path in new[] { "campaign/99999", "campaign/x", "creative/performance?campaignId=99999" }) (await app.Caller.GetAsync($"/advertising/v1/analytic/{path}")).ShouldDecline(HttpStatusCode.NotFound, "NOT_FOUND");
        foreach (var query in new[] { "", "?campaignId=", "?campaignId=abc", "?campaignId=1&startDate=2026-13-01" }) (await app.Caller.GetAsync($"/advertising/v1/analytic/creative/performance{query}")).ShouldDecline(HttpStatusCode.BadRequest, "BAD_REQUEST");
        var stranger = new Partner(app.Address, ("x-api-key", await app.KeyAsync(app.Strangers)));
        (await stranger.GetAsync($"/advertising/v1/analytic/campaign/{draft["id"]}")).ShouldDecline(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    /// <summary>Two days: 5 and 10 dollars, 10 and 20 clicks, all in Germany.</summary>
    private async Task CountAsync(int number)
    {
        await using var db = await app.Studio.OpenAsync(app.Scene.Admin, CancellationToken.None);
        var there = await db.PlatformCampaigns.Include(p => p.Campaign).Include(p => p.AdSets).ThenInclude(s => s.Ads).SingleAsync(p => p.Campaign.Number == number);
        var (account, ad, read) = (there.AdAccountId!.Value, there.AdSets[0].Ads[0].Id, new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero));
        foreach (var day in new[] { 1, 2 })
        {
            db.Add(new CampaignDay
            {
                OrganizationId = there.OrganizationId, WorkspaceId = there.Campaign.WorkspaceId, AdAccountId = account, CampaignId = there.CampaignId, PlatformCampaignId = there.Id, Platform = Platform.Meta, Day = First.AddDays(day - 1),
                Impressions = 1000 * day, Clicks = 10 * day, SpendMicros = 5_000_000 * day, ConversionsMicros = 1_000_000 * day, ReadAt = read,
            });
            foreach (var (level, entity, breakdown) in new[] { (MetricLevel.Campaign, there.Id, ""), (MetricLevel.Campaign, there.Id, "country:DE"), (MetricLevel.Ad, ad, "") })
                db.Add(new MetricFact
                {
                    OrganizationId = there.OrganizationId, AdAccountId = account, PlatformCampaignId = there.Id, Level = level, EntityId = entity, Day = First.AddDays(day - 1), Breakdown = breakdown,
                    Impressions = 1000 * day, Clicks = 10 * day, SpendMicros = 5_000_000 * day, ConversionsMicros = 1_000_000 * day, Reach = 800 * day, ReadAt = read,
                });
        }
        await db.SaveChangesAsync();
        app.Advance(TimeSpan.FromDays(2));
    }

    private static IEnumerable<(string, string)> Each(string at, string type, params string[] names) => names.Select(n => ($"{at}.{n}", type));

    private static IEnumerable<JsonNode?> Find(JsonNode? at, ReadOnlySpan<string> path)
    {
        if (path.IsEmpty) return [at];
        if (path[0] != "*") return at is JsonObject whole && whole.TryGetPropertyValue(path[0], out var value) ? Find(value, path[1..]) : [];
        List<JsonNode?> all = [];
        foreach (var entry in at!.AsArray()) all.AddRange(Find(entry, path[1..]));
        return all;
    }
}
