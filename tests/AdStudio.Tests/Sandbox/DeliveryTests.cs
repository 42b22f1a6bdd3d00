using Shouldly;
using Xunit;
using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox;

namespace AdStudio.Tests.Sandbox;

/// <summary>The numbers: they follow budgets and time, and every sum agrees with every other.</summary>
public sealed class DeliveryTests
{
    private static readonly string[] Levels = ["account", "campaign", "adset", "ad"];

    [Fact]
    public async Task Sums_agree_across_levels_days_and_breakdowns()
    {
        await using var host = await SandboxHost.StartAsync();
        var meta = await host.MetaAsync();
        host.Control.Clock.Advance(TimeSpan.FromDays(-20));
        await meta.LaunchAsync();
        await meta.LaunchAsync(dailyBudget: 2500, ads: 3);
        host.Control.Clock.FollowRealTime();

        var range = Range(-25, 0);
        var totals = new List<(decimal Spend, long Impressions, long Clicks, decimal Purchases)>();
        foreach (var level in Levels)
        {
            totals.Add(Sum(await RowsAsync(meta, $"{MetaUser.Usd}/insights?level={level}&{range}&fields=spend,impressions,clicks,actions&limit=500")));
            totals.Add(Sum(await RowsAsync(meta, $"{MetaUser.Usd}/insights?level={level}&{range}&time_increment=1&fields=spend,impressions,clicks,actions&limit=500")));
        }
        totals.Add(Sum(await RowsAsync(meta, $"{MetaUser.Usd}/insights?level=ad&{range}&time_increment=1&breakdowns=age,gender&fields=spend,impressions,clicks,actions&limit=5000")));
        totals.Add(Sum(await RowsAsync(meta, $"{MetaUser.Usd}/insights?level=campaign&{range}&breakdowns=country&fields=spend,impressions,clicks,actions&limit=500")));
        totals.Add(Sum(await RowsAsync(meta, $"{MetaUser.Usd}/insights?level=account&{range}&breakdowns=publisher_platform&fields=spend,impressions,clicks,actions&limit=500")));

        totals.Distinct().Count().ShouldBe(1);
        totals[0].Impressions.ShouldBeGreaterThan(20_000);
        var (spend, impressions, clicks, _) = totals[0];
        (clicks * 100m / impressions).ShouldBeInRange(0.6m, 2.5m);
        spend.ShouldBeLessThanOrEqualTo(21 * 75m);
        spend.ShouldBeGreaterThan(21 * 75m * 0.7m);
    }

    [Fact]
    public async Task A_day_never_costs_more_than_its_budget_and_a_pause_stops_it()
    {
        await using var host = await SandboxHost.StartAsync();
        var meta = await host.MetaAsync();
        host.Control.Clock.Set(new DateTimeOffset(2026, 3, 1, 5, 0, 0, TimeSpan.Zero));
        var (campaign, adSet, _) = await meta.LaunchAsync(dailyBudget: 5000);
        host.Control.Clock.Advance(TimeSpan.FromDays(5));
        await meta.PostAsync(adSet, new { daily_budget = 8000 });
        host.Control.Clock.Advance(TimeSpan.FromDays(3));
        await meta.PostAsync(campaign, new { status = "PAUSED" });
        host.Control.Clock.Advance(TimeSpan.FromDays(5));

        var days = (await RowsAsync(meta, $"{campaign}/insights?time_range={{\"since\":\"2026-02-27\",\"until\":\"2026-03-14\"}}&time_increment=1&fields=spend&limit=100"))
            .ToDictionary(r => r["date_start"]!.GetValue<string>(), r => decimal.Parse(r["spend"]!.GetValue<string>(), CultureInfo.InvariantCulture));

        days.ShouldAllBe(d => d.Value <= 80m);
        days.Where(d => string.CompareOrdinal(d.Key, "2026-03-05") < 0).ShouldAllBe(d => d.Value <= 50m && d.Value > 30m);
        days["2026-03-07"].ShouldBeGreaterThan(60m);
        days.Keys.ShouldNotContain("2026-03-10");
        days.Keys.Min().ShouldBe("2026-03-01");
    }

    [Fact]
    public async Task A_lifetime_budget_is_never_exceeded()
    {
        await using var host = await SandboxHost.StartAsync();
        var meta = await host.MetaAsync();
        host.Control.Clock.Set(new DateTimeOffset(2026, 3, 1, 15, 0, 0, TimeSpan.Zero));
        var campaign = await meta.IdAsync($"{MetaUser.Usd}/campaigns", new { name = "Ten days", objective = "OUTCOME_TRAFFIC", special_ad_categories = Array.Empty<string>(), status = "ACTIVE", is_adset_budget_sharing_enabled = false });
        var adSet = await meta.IdAsync($"{MetaUser.Usd}/adsets", new
        {
            name = "All", campaign_id = campaign, billing_event = "IMPRESSIONS", optimization_goal = "LINK_CLICKS", lifetime_budget = 30000, end_time = "2026-03-11T10:00:00-0500", status = "ACTIVE", targeting = new { geo_locations = new { countries = new[] { "US" } } },
        });
        await meta.IdAsync($"{MetaUser.Usd}/ads", new { name = "Ad", adset_id = adSet, creative = new { creative_id = await meta.CreativeAsync(MetaUser.Usd, "Socks") }, status = "ACTIVE" });
        host.Control.Clock.Advance(TimeSpan.FromDays(30));

        var spent = Sum(await RowsAsync(meta, $"{adSet}/insights?date_preset=maximum&fields=spend")).Spend;

        spent.ShouldBeInRange(240m, 300m);
    }

    [Fact]
    public async Task Conversions_come_late_and_today_grows()
    {
        await using var host = await SandboxHost.StartAsync();
        var meta = await host.MetaAsync();
        host.Control.Clock.Set(new DateTimeOffset(2026, 3, 2, 6, 0, 0, TimeSpan.Zero));
        await meta.LaunchAsync(dailyBudget: 90000);
        host.Control.Clock.Set(new DateTimeOffset(2026, 3, 2, 17, 0, 0, TimeSpan.Zero));
        const string day = $"{MetaUser.Usd}/insights?time_range={{\"since\":\"2026-03-02\",\"until\":\"2026-03-02\"}}&fields=spend,impressions,clicks,actions,action_values";

        var noon = Sum(await RowsAsync(meta, day));
        host.Control.Clock.Advance(TimeSpan.FromHours(14));
        var night = Sum(await RowsAsync(meta, day));
        host.Control.Clock.Advance(TimeSpan.FromDays(9));
        var settled = Sum(await RowsAsync(meta, day));

        noon.Impressions.ShouldBeLessThan(night.Impressions);
        night.Impressions.ShouldBe(settled.Impressions);
        night.Spend.ShouldBe(settled.Spend);
        night.Purchases.ShouldBeLessThan(settled.Purchases);
        night.Purchases.ShouldBeGreaterThan(settled.Purchases * 0.4m);
    }

    [Fact]
    public async Task Google_s_numbers_agree_across_resources_and_segments()
    {
        await using var host = await SandboxHost.StartAsync();
        host.Control.Clock.Advance(TimeSpan.FromDays(-15));
        var google = await host.GoogleAsync();
        var (_, campaign, _, _) = await google.LaunchAsync();
        await google.LaunchAsync("Second search", 25_000_000);
        host.Control.Clock.FollowRealTime();
        google = await host.GoogleAsync();

        async Task<(long Cost, long Impressions, double Conversions)> Of(string select, string from)
        {
            var rows = await google.QueryAsync($"SELECT {select} metrics.cost_micros, metrics.impressions, metrics.conversions FROM {from} WHERE segments.date DURING LAST_30_DAYS");
            return (rows.Sum(r => long.Parse(r["metrics"]!["costMicros"]!.GetValue<string>(), CultureInfo.InvariantCulture)), rows.Sum(r => long.Parse(r["metrics"]!["impressions"]!.GetValue<string>(), CultureInfo.InvariantCulture)), rows.Sum(r => r["metrics"]!["conversions"]!.GetValue<double>()));
        }
        var account = await Of("", "customer");
        account.Impressions.ShouldBeGreaterThan(5000);
        (await Of("campaign.id,", "campaign")).ShouldBe(account);
        (await Of("campaign.id, segments.date,", "campaign")).ShouldBe(account);
        (await Of("segments.date, segments.device,", "ad_group")).ShouldBe(account);
        (await Of("segments.ad_network_type,", "ad_group_ad")).ShouldBe(account);
        (await Of("ad_group_criterion.age_range.type,", "age_range_view")).ShouldBe(account);

        var days = await google.QueryAsync($"SELECT segments.date, metrics.cost_micros FROM campaign WHERE campaign.resource_name = '{campaign}' AND segments.date DURING LAST_14_DAYS ORDER BY segments.date DESC");
        days.Count.ShouldBeGreaterThan(10);
        days.ShouldAllBe(d => long.Parse(d["metrics"]!["costMicros"]!.GetValue<string>(), CultureInfo.InvariantCulture) <= 60_000_000);
    }

    private static string Range(int from, int to) =>
        string.Create(CultureInfo.InvariantCulture, $"time_range={{\"since\":\"{DateTime.UtcNow.AddDays(from):yyyy-MM-dd}\",\"until\":\"{DateTime.UtcNow.AddDays(to):yyyy-MM-dd}\"}}");

    private static async Task<List<JsonNode>> RowsAsync(MetaUser meta, string path)
    {
        var rows = new List<JsonNode>();
        for (string? next = path; next is not null;)
        {
            var page = await meta.GetAsync(next);
            rows.AddRange(page["data"]!.AsArray().Select(r => r!));
            next = page["paging"]?["next"]?.GetValue<string>();
        }
        return rows;
    }

    private static (decimal Spend, long Impressions, long Clicks, decimal Purchases) Sum(List<JsonNode> rows)
    {
        decimal Number(JsonNode row, string name) => row[name] is { } value ? decimal.Parse(value.GetValue<string>(), CultureInfo.InvariantCulture) : 0;
        return (rows.Sum(r => Number(r, "spend")), (long)rows.Sum(r => Number(r, "impressions")), (long)rows.Sum(r => Number(r, "clicks")),
            rows.Sum(r => (r["actions"] as JsonArray ?? []).Where(a => a!["action_type"]!.GetValue<string>() == "purchase").Sum(a => Number(a!, "value"))));
    }
}
