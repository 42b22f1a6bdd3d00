using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api.Embedded;

/// <summary>Numbers of seed 002: Meta's and Google's campaigns from what was read, everything else from the platform.</summary>
public sealed class MetaNumbersTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static readonly string[] Numbers = ["impressions", "clicks", "spend", "cpm", "cpc"], Lists = ["actions", "action_values"];

    private string Insights(string more = "") => app.Path($"meta/insights?adAccountId={app.Meta.ExternalId}&{app.Days}{more}");
    private string OfGoogle(string more = "") => app.Path($"google/insights?adAccountId={app.Google.ExternalId}&{app.Days}{more}");

    [Fact]
    public async Task Campaigns_come_from_what_was_read_with_every_field_of_the_seed()
    {
        var reply = await (await app.CallerAsync(app.Scene, "Vic-1")).GetAsync(Insights());
        var row = reply.Data().AsArray().ShouldHaveSingleItem()!;

        reply.Body["source"]!.GetValue<string>().ShouldBe("adstudio");
        reply.Body["asOf"]!.GetValue<DateTimeOffset>().Year.ShouldBe(2026);
        foreach (var field in Numbers) row[field]!.GetValueKind().ShouldBe(JsonValueKind.Number, field);
        foreach (var field in Lists) row[field]!.GetValueKind().ShouldBe(JsonValueKind.Array, field);
        row["impressions"]!.GetValue<long>().ShouldBePositive();
        row["cpm"]!.GetValue<decimal>().ShouldBe(row["spend"]!.GetValue<decimal>() / row["impressions"]!.GetValue<long>() * 1000, 0.01m);
    }

    [Fact]
    public async Task Both_sources_say_the_same_of_days_that_are_over()
    {
        var partner = await app.CallerAsync(app.Scene, "Mia-1");
        var ours = (await partner.GetAsync(app.Path($"meta/insights?{app.DaysOver}&fields=impressions,clicks,spend&breakdown=gender"))).Body;
        var metas = (await partner.GetAsync(app.Path($"meta/insights?{app.DaysOver}&fields=impressions,clicks,spend&breakdown=gender&source=meta"))).Body;

        (ours["source"]!.GetValue<string>(), metas["source"]!.GetValue<string>()).ShouldBe(("adstudio", "meta"));
        Sorted(metas).ShouldBe(Sorted(ours));

        static List<string> Sorted(JsonNode body) => [.. body["data"]!.AsArray().Select(r => $"{r!["campaign_id"]} {r["gender"]} {r["impressions"]}").Order()];
    }

    [Theory]
    [InlineData("&level=campaign", "adstudio")]
    [InlineData("&level=campaign&breakdown=country", "adstudio")]
    [InlineData("&breakdown=age", "adstudio")]
    [InlineData("&breakdown=gender", "adstudio")]
    [InlineData("&breakdown=publisher_platform", "adstudio")]
    [InlineData("&breakdown=impression_device", "adstudio")]
    [InlineData("&fields=impressions&fields=clicks", "adstudio")]
    [InlineData("&fields=actions,action_values", "adstudio")]
    [InlineData("&level=ad", "meta")]
    [InlineData("&level=adset&breakdown=age", "meta")]
    [InlineData("&level=account", "meta")]
    [InlineData("&breakdown=age,gender", "meta")]
    [InlineData("&breakdown=device_platform", "meta")]
    [InlineData("&fields=reach,frequency,ctr", "meta")]
    [InlineData("&level=ad&fields=ad_name,cost_per_action_type", "meta")]
    public async Task Each_combination_is_served_from_where_the_seed_says(string more, string source)
    {
        var reply = await (await app.CallerAsync(app.Scene, "Vic-1")).GetAsync(Insights(more));
        reply.Data().AsArray().ShouldNotBeEmpty();
        reply.Body["source"]!.GetValue<string>().ShouldBe(source);
        foreach (var field in Numbers.Where(f => reply.Body["data"]![0]![f] is not null)) reply.Body["data"]![0]![field]!.GetValueKind().ShouldBe(JsonValueKind.Number, field);
        if (more.Contains("breakdown=", StringComparison.Ordinal))
            foreach (var breakdown in more[(more.IndexOf("breakdown=", StringComparison.Ordinal) + 10)..].Split('&')[0].Split(',')) reply.Body["data"]![0]![breakdown]!.GetValueKind().ShouldBe(JsonValueKind.String, breakdown);
    }

    [Fact]
    public async Task Days_that_were_never_read_are_asked_of_meta()
    {
        var partner = await app.CallerAsync(app.Scene, "Vic-1");
        var first = app.Today.AddDays(-400).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        // Before the first launch there was nothing to read, so the facts hold all of it.
        (await partner.GetAsync(app.Path($"meta/insights?startDate={first}&endDate={app.Today:yyyy-MM-dd}"))).Body["source"]!.GetValue<string>().ShouldBe("adstudio");
        (await partner.GetAsync(app.Path($"meta/insights?startDate={first}&endDate={app.Today:yyyy-MM-dd}&breakdown=age&source=meta"))).Body["source"]!.GetValue<string>().ShouldBe("meta");
    }

    [Theory]
    [InlineData("&level=galaxy", "level")]
    [InlineData("&level=campaign%27%20OR%201%3D1", "level")]
    [InlineData("&breakdown=age{x}", "breakdown")]
    [InlineData("&breakdown=Age", "breakdown")]
    [InlineData("&fields=spend;drop", "fields")]
    [InlineData("&fields=campaign%7Bname%7D", "fields")]
    [InlineData("&fields=..", "fields")]
    [InlineData("&fields=im%D1%80ressions", "fields")]
    [InlineData("&source=moon", "source")]
    public async Task Hostile_words_are_refused_by_name(string more, string field) =>
        (await (await app.CallerAsync(app.Scene, "Vic-1")).GetAsync(Insights(more))).Wrong().ShouldContain(d => d.StartsWith(field, StringComparison.Ordinal));

    [Fact]
    public async Task What_meta_does_not_know_it_says_itself()
    {
        var partner = await app.CallerAsync(app.Scene, "Vic-1");
        (await partner.GetAsync(Insights("&fields=fortune"))).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").Text.ShouldContain("fortune");
        (await partner.GetAsync(Insights("&breakdown=zodiac"))).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").Text.ShouldContain("zodiac");
        (await partner.GetAsync(Insights($"&fields={string.Join(',', Enumerable.Range(0, 60).Select(i => $"f{i}"))}"))).Wrong().ShouldHaveSingleItem().ShouldStartWith("fields");
    }

    [Theory]
    [InlineData("startDate=2026-11-01", "endDate")]
    [InlineData("endDate=2026-11-01", "startDate")]
    [InlineData("", "startDate,endDate")]
    [InlineData("startDate=yesterday&endDate=2026-11-01", "startDate")]
    [InlineData("startDate=2026-11-02&endDate=2026-11-01", "endDate")]
    [InlineData("startDate=2001-11-02&endDate=2026-11-01", "endDate")]
    public async Task Days_are_required_and_in_order(string days, string fields)
    {
        var partner = await app.CallerAsync(app.Scene, "Vic-1");
        foreach (var platform in new[] { "meta", "google" })
        {
            var wrong = (await partner.GetAsync(app.Path($"{platform}/insights?{days}"))).Wrong();
            foreach (var field in fields.Split(',')) wrong.ShouldContain(d => d.StartsWith(field, StringComparison.Ordinal), platform);
        }
    }

    [Theory]
    [InlineData("", "adstudio", "impressions,clicks,spend,cost_micros,ctr,average_cpc,average_cpm,conversions,conversions_value")]
    [InlineData("&level=campaign&fields[]=impressions&fields[]=clicks", "adstudio", "impressions,clicks")]
    [InlineData("&source=google", "google", "impressions,clicks,spend,cost_micros,ctr,average_cpc,average_cpm,conversions,conversions_value")]
    [InlineData("&level=ad_group&fields=impressions,cost_micros", "google", "impressions,cost_micros")]
    [InlineData("&level=ad", "google", "impressions,clicks")]
    [InlineData("&level=customer&fields=metrics.impressions", "google", "metrics.impressions")]
    [InlineData("&level=account", "google", "spend")]
    [InlineData("&fields=impressions,all_conversions", "google", "impressions,all_conversions")]
    public async Task Googles_numbers_come_under_the_names_asked_for(string more, string source, string fields)
    {
        var reply = await (await app.CallerAsync(app.Scene, "Vic-1")).GetAsync(OfGoogle(more));
        var row = reply.Data().AsArray()[0]!;
        reply.Body["source"]!.GetValue<string>().ShouldBe(source);
        foreach (var field in fields.Split(',')) row[field]!.GetValueKind().ShouldBe(JsonValueKind.Number, field);
        row["date_start"]!.GetValue<string>().ShouldBe(app.Today.AddDays(-3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Googles_facts_are_googles_numbers()
    {
        var partner = await app.CallerAsync(app.Scene, "Vic-1");
        var path = app.Path($"google/insights?{app.DaysOver}");
        var (ours, googles) = ((await partner.GetAsync(path)).Data()[0]!, (await partner.GetAsync(path + "&source=google")).Data()[0]!);
        foreach (var field in new[] { "impressions", "clicks", "cost_micros", "spend" }) ours[field]!.GetValue<decimal>().ShouldBe(googles[field]!.GetValue<decimal>(), field);
        ours["campaign_id"]!.GetValue<string>().ShouldBe(googles["campaign_id"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("&level=galaxy", "level")]
    [InlineData("&fields=impressions FROM customer", "fields")]
    [InlineData("&fields=campaign.name,%27", "fields")]
    public async Task Hostile_words_reach_no_query_of_googles(string more, string field) =>
        (await (await app.CallerAsync(app.Scene, "Vic-1")).GetAsync(OfGoogle(more))).Wrong().ShouldContain(d => d.StartsWith(field, StringComparison.Ordinal));
}
