using System.Globalization;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Sandbox;

/// <summary>The emulated Graph API.</summary>
public sealed class MetaTests
{
    [Fact]
    public async Task An_ad_goes_through_review_and_follows_those_above_it()
    {
        await using var host = await SandboxHost.StartAsync(o => o.ReviewDelay = TimeSpan.FromMinutes(5));
        var meta = await host.MetaAsync();
        var (campaign, adSet, ads) = await meta.LaunchAsync(ads: 1);
        async Task<string> Of(string id) => (await meta.GetAsync($"{id}?fields=effective_status"))["effective_status"]!.GetValue<string>();

        (await Of(ads[0])).ShouldBe("PENDING_REVIEW");
        host.Control.Clock.Advance(TimeSpan.FromMinutes(6));
        (await Of(ads[0])).ShouldBe("ACTIVE");
        await meta.PostAsync(adSet, new { status = "PAUSED" });
        (await Of(ads[0])).ShouldBe("ADSET_PAUSED");
        await meta.PostAsync(campaign, new { status = "PAUSED" });
        (await Of(ads[0])).ShouldBe("CAMPAIGN_PAUSED");
        await meta.SendAsync(HttpMethod.Delete, campaign);
        (await Of(adSet)).ShouldBe("DELETED");
        (await meta.GetAsync($"{MetaUser.Usd}/campaigns"))["data"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rejected_ad_says_why()
    {
        await using var host = await SandboxHost.StartAsync();
        var meta = await host.MetaAsync();
        var (_, _, ads) = await meta.LaunchAsync(ads: 1, text: "A miracle cure for cold feet");

        var ad = await meta.GetAsync($"{ads[0]}?fields=effective_status,ad_review_feedback,issues_info");

        ad["effective_status"]!.GetValue<string>().ShouldBe("DISAPPROVED");
        ad["ad_review_feedback"]!["global"]!.AsObject().Single().Key.ShouldBe("Unrealistic outcomes");
    }

    [Theory]
    [InlineData("""{"name":"x","objective":"OUTCOME_SALES"}""", 100, null, "special_ad_categories")]
    [InlineData("""{"name":"x","objective":"CONVERSIONS","special_ad_categories":[]}""", 100, 1815167, "objective")]
    [InlineData("""{"name":"x","objective":"OUTCOME_SALES","special_ad_categories":[]}""", 100, 4834011, "is_adset_budget_sharing_enabled")]
    [InlineData("""{"name":"x","objective":"OUTCOME_SALES","special_ad_categories":["HOUSING"],"daily_budget":1000}""", 100, 1815676, "special_ad_category_country")]
    [InlineData("""{"name":"x","objective":"OUTCOME_SALES","special_ad_categories":[],"daily_budget":99}""", 100, 1885272, "daily_budget")]
    [InlineData("""{"name":"x","objective":"OUTCOME_SALES","special_ad_categories":[],"dailyBudget":5000}""", 100, null, "dailyBudget")]
    [InlineData("""{"name":"x","objective":"OUTCOME_SALES","special_ad_categories":[],"daily_budget":"12.50"}""", 100, null, "daily_budget")]
    public async Task A_wrong_campaign_is_refused_with_the_field(string parameters, int code, int? subcode, string field)
    {
        await using var host = await SandboxHost.StartAsync();
        var meta = await host.MetaAsync();

        var error = await meta.RefusedAsync($"{MetaUser.Usd}/campaigns", JsonNode.Parse(parameters)!);

        error["code"]!.GetValue<int>().ShouldBe(code);
        ((int?)error["error_subcode"]).ShouldBe(subcode);
        error["error_data"]!.GetValue<string>().ShouldContain(field);
        error["fbtrace_id"].ShouldNotBeNull();
        host.Control.Objects().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("targeting", null, null)]
    [InlineData("optimization_goal", null, null)]
    [InlineData("daily_budget", null, 1885194)]
    [InlineData("promoted_object", null, 1815430)]
    [InlineData("daily_budget", "50", 1885272)]
    [InlineData("optimization_goal", "LEAD_GENERATION", 2490408)]
    [InlineData("campaign_id", "120210000000099999", 1487851)]
    [InlineData("targeting", """{"age_min":25}""", 1885364)]
    [InlineData("targeting", """{"geo_locations":{"countries":["US"]},"agemin":25}""", null)]
    public async Task A_wrong_ad_set_is_refused(string field, string? value, int? subcode)
    {
        await using var host = await SandboxHost.StartAsync();
        var meta = await host.MetaAsync();
        var campaign = await meta.IdAsync($"{MetaUser.Usd}/campaigns", new { name = "x", objective = "OUTCOME_SALES", special_ad_categories = Array.Empty<string>(), is_adset_budget_sharing_enabled = false });
        var parameters = new JsonObject
        {
            ["name"] = "x", ["campaign_id"] = campaign, ["billing_event"] = "IMPRESSIONS", ["optimization_goal"] = "OFFSITE_CONVERSIONS", ["daily_budget"] = "1000", ["promoted_object"] = $$"""{"pixel_id":"{{MetaUser.Pixel}}","custom_event_type":"PURCHASE"}""",
            ["targeting"] = """{"geo_locations":{"countries":["US"]}}""",
        };
        parameters.Remove(field);
        if (value is not null) parameters[field] = value;

        var error = await meta.RefusedAsync($"{MetaUser.Usd}/adsets", parameters);

        error["code"]!.GetValue<int>().ShouldBe(100);
        ((int?)error["error_subcode"]).ShouldBe(subcode);
    }

    [Fact]
    public async Task Lists_are_paged_filtered_and_expanded()
    {
        await using var host = await SandboxHost.StartAsync();
        var meta = await host.MetaAsync();
        for (var i = 0; i < 7; i++)
            await meta.IdAsync($"{MetaUser.Usd}/campaigns", new { name = $"Campaign {i}", objective = "OUTCOME_TRAFFIC", special_ad_categories = Array.Empty<string>(), daily_budget = 1000, status = "PAUSED" });

        var names = new List<string>();
        var pages = 0;
        for (string? next = $"{MetaUser.Usd}/campaigns?fields=name,adsets.limit(2){{id}}&limit=3"; next is not null; pages++)
        {
            var page = await meta.GetAsync(next);
            names.AddRange(page["data"]!.AsArray().Select(c => c!["name"]!.GetValue<string>()));
            next = page["paging"]?["next"]?.GetValue<string>();
            next?.ShouldNotContain("access_token");
        }
        pages.ShouldBe(3);
        names.ShouldBe(Enumerable.Range(0, 7).Reverse().Select(i => $"Campaign {i}"));
        var found = await meta.GetAsync($"{MetaUser.Usd}/campaigns?fields=name&filtering=[{{\"field\":\"name\",\"operator\":\"CONTAIN\",\"value\":\"paign 4\"}}]");
        found["data"]!.AsArray().Single()!["name"]!.GetValue<string>().ShouldBe("Campaign 4");
        var (status, body) = await meta.SendAsync(HttpMethod.Get, $"{MetaUser.Usd}/campaigns?fields=nome");
        (status, body["error"]!["code"]!.GetValue<int>()).ShouldBe((400, 100));
    }

    [Fact]
    public async Task Images_videos_audiences_and_places_are_there()
    {
        await using var host = await SandboxHost.StartAsync();
        var meta = await host.MetaAsync();
        var bytes = await host.Http.GetByteArrayAsync(host.Url + "/assets/sample-1200x628.jpg");
        using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "filename", "sale.jpg" }, { new StringContent(meta.Token), "access_token" } };
        using var reply = await host.Http.PostAsync($"{host.Url}/meta/v25.0/{MetaUser.Usd}/adimages", form);
        var image = JsonNode.Parse(await reply.Content.ReadAsStringAsync())!["images"]!["sale.jpg"]!;
        (await host.Http.GetByteArrayAsync(image["url"]!.GetValue<string>())).ShouldBe(bytes);
        (await meta.GetAsync($"{MetaUser.Usd}/adimages?hashes=[\"{image["hash"]}\"]&fields=width,height"))["data"]![0]!["width"]!.GetValue<int>().ShouldBe(1200);
        (await meta.RefusedAsync($"{MetaUser.Usd}/adimages", new { bytes = "bm90IGFuIGltYWdl" }))["error_subcode"]!.GetValue<int>().ShouldBe(1487411);

        var video = await meta.IdAsync($"{MetaUser.Usd}/advideos", new { file_url = host.Url + "/assets/sample.mp4", title = "Sale" });
        (await meta.GetAsync(video + "?fields=status"))["status"]!["video_status"]!.GetValue<string>().ShouldBe("ready");

        var audience = await meta.IdAsync($"{MetaUser.Usd}/customaudiences", new { name = "Buyers", subtype = "CUSTOM", customer_file_source = "USER_PROVIDED_ONLY" });
        var added = await meta.PostAsync(audience + "/users", new { payload = new { schema = new[] { "EMAIL" }, data = new[] { new[] { new string('a', 64) }, ["not a hash"] } } });
        (added["num_received"]!.GetValue<int>(), added["num_invalid_entries"]!.GetValue<int>()).ShouldBe((2, 1));

        (await meta.GetAsync("search?type=adgeolocation&q=berlin&location_types=[\"city\"]"))["data"]![0]!["key"]!.GetValue<string>().ShouldBe("665434");
        (await meta.GetAsync($"{MetaUser.Usd}/targetingsearch?q=hiking"))["data"]![0]!["type"]!.GetValue<string>().ShouldBe("interests");
        (await meta.GetAsync("me/accounts?fields=name,access_token,instagram_business_account"))["data"]![0]!["instagram_business_account"]!["id"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_report_can_be_made_in_the_background()
    {
        await using var host = await SandboxHost.StartAsync(o => o.ProcessingDelay = TimeSpan.FromMinutes(1));
        var meta = await host.MetaAsync();
        host.Control.Clock.Advance(TimeSpan.FromDays(-5));
        var (campaign, _, _) = await meta.LaunchAsync();
        host.Control.Clock.Advance(TimeSpan.FromDays(4));
        meta = await host.MetaAsync();

        var run = (await meta.PostAsync($"{MetaUser.Usd}/insights", new { level = "campaign", date_preset = "maximum", fields = "campaign_id,spend,impressions" }))["report_run_id"]!.GetValue<string>();
        (await meta.GetAsync(run))["async_status"]!.GetValue<string>().ShouldBe("Job Not Started");
        host.Control.Clock.Advance(TimeSpan.FromSeconds(30));
        (await meta.GetAsync(run))["async_status"]!.GetValue<string>().ShouldBe("Job Running");
        host.Control.Clock.Advance(TimeSpan.FromMinutes(2));
        (await meta.GetAsync(run))["async_status"]!.GetValue<string>().ShouldBe("Job Completed");

        (await meta.GetAsync(run + "/insights"))["data"]!.AsArray().Single()!["campaign_id"]!.GetValue<string>().ShouldBe(campaign);
    }

    [Fact]
    public async Task An_unsettled_account_takes_no_changes_and_a_foreign_one_is_not_there()
    {
        await using var host = await SandboxHost.StartAsync();
        var meta = await host.MetaAsync();
        var parameters = new { name = "x", objective = "OUTCOME_SALES", special_ad_categories = Array.Empty<string>(), daily_budget = 1000 };

        (await meta.RefusedAsync($"{MetaUser.Unsettled}/campaigns", parameters))["code"]!.GetValue<int>().ShouldBe(200);
        (await (await host.MetaAsync("10155501000002")).RefusedAsync($"{MetaUser.Eur}/campaigns", parameters))["error_subcode"]!.GetValue<int>().ShouldBe(33);
        host.Control.SetAccountStatus("meta", MetaUser.Usd[4..], "2").ShouldBeTrue();
        (await meta.RefusedAsync($"{MetaUser.Usd}/campaigns", parameters))["error_user_title"]!.GetValue<string>().ShouldBe("Ad account is disabled");
    }

    [Fact]
    public async Task A_quarter_of_many_ads_is_answered_at_once()
    {
        await using var host = await SandboxHost.StartAsync();
        host.Control.Clock.Advance(TimeSpan.FromDays(-90));
        var meta = await host.MetaAsync();
        for (var i = 0; i < 15; i++) await meta.LaunchAsync(ads: 8);
        host.Control.Clock.FollowRealTime();
        meta = await host.MetaAsync();

        var started = System.Diagnostics.Stopwatch.StartNew();
        var page = await meta.GetAsync($"{MetaUser.Usd}/insights?level=ad&time_increment=1&date_preset=last_90d&fields=ad_id,spend,impressions,clicks,actions,action_values&limit=500");
        started.Stop();

        page["data"]!.AsArray().Count.ShouldBe(500);
        page["data"]![0]!["spend"]!.GetValue<string>().ShouldBe(decimal.Parse(page["data"]![0]!["spend"]!.GetValue<string>(), CultureInfo.InvariantCulture).ToString("0.00", CultureInfo.InvariantCulture));
        // Generous, so that a busy machine does not fail it; by itself it takes a tenth of this.
        started.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }
}
