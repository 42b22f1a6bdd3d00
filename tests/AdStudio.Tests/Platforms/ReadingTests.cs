using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms;

/// <summary>Reading what platforms answer: accounts, numbers, reviews, and what a lost step made.</summary>
public sealed class ReadingTests : IDisposable
{
    private static readonly DateOnly Monday = new(2026, 11, 2);

    private readonly Wire wire = new();

    private async Task<List<InsightRow>> InsightsAsync(Platform platform, DateOnly from, DateOnly to, MetricLevel level = MetricLevel.Campaign)
    {
        var rows = new List<InsightRow>();
        await foreach (var row in wire.Get<IReadsInsights>(platform).ReadInsightsAsync(platform == Platform.Meta ? Wire.OnMeta : Wire.OnGoogle, new(level, from, to), default)) rows.Add(row.Value);
        return rows;
    }

    [Fact]
    public async Task Meta_counts_a_purchase_once_under_whichever_name()
    {
        wire.Answers(Answer.Ok("""
            {"data":[{"campaign_id":"7","impressions":"1000","clicks":"21","spend":"12.34","reach":"900","date_start":"2026-11-02","date_stop":"2026-11-02",
              "actions":[{"action_type":"link_click","value":"20"},{"action_type":"offsite_conversion.fb_pixel_purchase","value":"3"},{"action_type":"purchase","value":"3"},{"action_type":"omni_purchase","value":"3"},{"action_type":"lead","value":"2"}],
              "action_values":[{"action_type":"omni_purchase","value":"150.5"},{"action_type":"offsite_conversion.fb_pixel_purchase","value":"150.5"}]}]}
            """));

        (await InsightsAsync(Platform.Meta, Monday, Monday)).ShouldBe([new(MetricLevel.Campaign, "7", null, null, Monday, 1000, 21, 12_340_000, 5_000_000, 150_500_000, 900)]);
    }

    [Fact]
    public async Task A_week_of_Metas_numbers_is_read_at_once_by_day_and_page_by_page()
    {
        wire.Answers(
            Answer.Ok("""{"data":[{"campaign_id":"7","impressions":"1","clicks":"0","spend":"0","date_start":"2026-11-02"}],"paging":{"cursors":{"after":"NEXT"},"next":"https://graph.facebook.com/next"}}"""),
            Answer.Ok("""{"data":[{"campaign_id":"8","impressions":"1","clicks":"0","spend":"0","date_start":"2026-11-02"}],"paging":{"cursors":{"after":"END"}}}"""));

        (await InsightsAsync(Platform.Meta, Monday, Monday.AddDays(6))).Select(r => r.CampaignId).ShouldBe(["7", "8"]);
        wire.Sent.ShouldAllBe(s => s.Method == "GET" && s.Query["time_increment"] == "1" && s.Path == "/v25.0/act_1001/insights" && s.Query["time_range"] == """{"since":"2026-11-02","until":"2026-11-08"}""");
        wire.Sent[1].Query["after"].ShouldBe("NEXT");
    }

    [Fact]
    public async Task Googles_numbers_keep_their_fractions()
    {
        wire.Answers(Answer.Ok("""
            {"results":[{"campaign":{"resourceName":"customers/1/campaigns/7","id":"7"},"adGroup":{"id":"8"},"adGroupAd":{"ad":{"id":"9"}},"segments":{"date":"2026-11-02"},
              "metrics":{"impressions":"1000","clicks":"21","costMicros":"12340000","conversions":2.5,"conversionsValue":150.25}},
             {"campaign":{"id":"7"},"adGroup":{"id":"8"},"adGroupAd":{"ad":{"id":"9"}},"segments":{"date":"2026-11-03"},"metrics":{"impressions":"0"}}]}
            """));

        (await InsightsAsync(Platform.Google, Monday, Monday.AddDays(1), MetricLevel.Ad)).ShouldBe([new(MetricLevel.Ad, "7", "8", "9", Monday, 1000, 21, 12_340_000, 2_500_000, 150_250_000, null)]);
        wire.Sent.Single().Headers["login-customer-id"].ShouldBe("9009009009");
        wire.Sent.Single().Json.AsObject().ContainsKey("pageSize").ShouldBeFalse();
        // Google no longer asks for one.
        wire.Sent.Single().Headers.Keys.ShouldNotContain("developer-token");
    }

    [Fact]
    public async Task An_ad_that_Meta_rejected_says_why()
    {
        wire.Answers(
            Answer.Ok("""{"data":[{"id":"7","name":"C","status":"ACTIVE","effective_status":"ACTIVE"},{"id":"99","name":"Somebody else's","effective_status":"ACTIVE"}]}"""),
            Answer.Ok("""{"data":[{"id":"71","name":"S","campaign_id":"7","effective_status":"ACTIVE"}]}"""),
            Answer.Ok("""{"data":[{"id":"711","name":"A","campaign_id":"7","adset_id":"71","effective_status":"DISAPPROVED","ad_review_feedback":{"global":{"ALCOHOL":"Ads must not promote alcohol."}}}]}"""));

        var state = (await wire.Get<IReadsStructure>(Platform.Meta).ReadCampaignsAsync(Wire.OnMeta, ["7", "8"], default)).Value.Single();

        (state.ExternalId, state.Status).ShouldBe(("7", PlatformStatus.Rejected));
        state.AdSets.Single().Ads.Single().Rejection.ShouldBe("ALCOHOL: Ads must not promote alcohol.");
    }

    [Fact]
    public async Task A_lost_campaign_is_found_by_its_whole_marker_and_not_by_part_of_it()
    {
        var step = new StepRequest("ad:1", StepKind.Ad, "K3-1", [], null, null, new Dictionary<string, string>());
        wire.Answers(Answer.Ok("""{"data":[{"id":"10","name":"Static · K3-11"},{"id":"11","name":"Static · K3-1"}]}"""));
        (await wire.Get<IPublishes>(Platform.Meta).FindAsync(Wire.OnMeta, step, default)).Value.ShouldBe("11");
        wire.Sent.Single().Query["filtering"].ShouldBe("""[{"field":"name","operator":"CONTAIN","value":"K3-1"}]""");

        wire.Answers(Answer.Ok("""{"data":[]}"""));
        (await wire.Get<IPublishes>(Platform.Meta).FindAsync(Wire.OnMeta, step, default)).Value.ShouldBeNull();
    }

    [Fact]
    public async Task What_Google_calls_a_duplicate_is_adopted()
    {
        wire.Answers(
            new Answer(400, """{"error":{"code":400,"details":[{"errors":[{"errorCode":{"campaignError":"DUPLICATE_CAMPAIGN_NAME"},"message":"There is one."}]}]}}"""),
            Answer.Ok("""{"results":[{"campaign":{"id":"42","name":"Black Friday 2026 · K3F9X2ABM"}}]}"""));
        var step = wire.Get<IPublishes>(Platform.Google).PlanLaunch(Briefs.Google()).Steps.Single(s => s.Key == "campaign").Fill(new Dictionary<string, string> { ["budget"] = "1" });

        (await wire.Get<IPublishes>(Platform.Google).CarryOutAsync(Wire.OnGoogle, step, default)).Value.ShouldBe("42");
    }

    [Fact]
    public async Task Members_are_sent_as_hashes_in_one_session()
    {
        wire.Answers(Answer.Ok("""{"audience_id":"5","num_received":2}"""));
        var step = new StepRequest("members:1", StepKind.Audience, "K3-1", new JsonObject { ["id"] = "5" }, null, Guid.NewGuid(), new Dictionary<string, string>());

        (await wire.Get<IPublishes>(Platform.Meta).CarryOutAsync(Wire.OnMeta, step, default)).Value.ShouldBe("5");

        wire.Sent.Single().Path.ShouldBe("/v25.0/5/users");
        wire.Sent.Single().Form["payload"].ShouldBe("""{"schema":["EMAIL","PHONE"],"data":[["aa",""],["bb","cc"]]}""");
        JsonNode.Parse(wire.Sent.Single().Form["session"])!["last_batch_flag"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task An_image_for_Google_is_cut_and_sent_inside_the_request()
    {
        wire.Answers(Answer.Ok("""{"results":[{"resourceName":"customers/2002002002/assets/77"}]}"""));
        var step = wire.Get<IPublishes>(Platform.Google).PlanLaunch(Briefs.Google()).Steps.Single(s => s.Key == "media:2:square");

        (await wire.Get<IPublishes>(Platform.Google).CarryOutAsync(Wire.OnGoogle, step.Fill(new Dictionary<string, string>()), default)).Value.ShouldBe("77");

        Convert.FromBase64String(wire.Sent.Single().Json["operations"]![0]!["create"]!["imageAsset"]!["data"]!.ToString()).ShouldBe("image 1:1"u8.ToArray());
    }

    [Fact]
    public async Task Metas_short_token_becomes_a_long_one()
    {
        wire.Answers(Answer.Ok("""{"access_token":"short","expires_in":3600}"""), Answer.Ok("""{"access_token":"long","expires_in":5184000}"""));

        var tokens = (await wire.Get<IAuthorizes>(Platform.Meta).ExchangeCodeAsync("code", new("https://studio.example/back"), null, default)).Value;

        (tokens.AccessToken, tokens.ExpiresAt).ShouldBe(("long", wire.Clock.GetUtcNow().AddDays(60)));
        wire.Sent[1].Query["fb_exchange_token"].ShouldBe("short");
    }

    [Fact]
    public void Google_asks_for_lasting_consent_with_a_proof_key()
    {
        var url = wire.Get<IAuthorizes>(Platform.Google).AuthorizeUrl("s t", new("https://studio.example/back"), "challenge").AbsoluteUri;

        url.ShouldStartWith("https://accounts.google.com/o/oauth2/v2/auth?");
        foreach (var part in new[] { "access_type=offline", "prompt=consent", "code_challenge=challenge", "code_challenge_method=S256", "state=s%20t" }) url.ShouldContain(part);
    }

    public void Dispose() => wire.Dispose();
}
