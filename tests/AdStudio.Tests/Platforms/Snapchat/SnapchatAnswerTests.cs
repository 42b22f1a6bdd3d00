using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms.Snapchat;

/// <summary>What the adapter makes of Snapchat's answers, refusals in answers that went well among them.</summary>
public sealed class SnapchatAnswerTests : IDisposable
{
    private static readonly AccountHandle Account = new(Guid.NewGuid(), "7c1e4a52-90d3-4f6b-8a21-5f0c3d9e1b01", "USD", "America/New_York", null);
    private static readonly PlatformAccess Access = new(Guid.NewGuid(), "snap-token") { Account = Account };

    private readonly Wire wire = new();

    private async Task<PlatformFailure> RefusedAsync(int status, string body)
    {
        wire.Answers(new Answer(status, body));
        return (await CreateAsync()).Refusal.ShouldBeOfType<PlatformFailure>();
    }

    private Task<Result<string>> CreateAsync()
    {
        var publishes = wire.Get<IPublishes>(Platform.Snapchat);
        return publishes.CarryOutAsync(Access, publishes.PlanLaunch(SnapchatPlanTests.Brief()).Steps[0].Fill(new Dictionary<string, string>()), default);
    }

    [Fact]
    public async Task An_object_that_is_refused_within_an_answer_that_went_well_is_refused()
    {
        var failure = await RefusedAsync(200, """{"request_status":"SUCCESS","request_id":"r","campaigns":[{"sub_request_status":"ERROR","sub_request_error_reason":"E1001: The daily_budget_micro must be at least 20000000","error_type":"E1001"}]}""");

        (failure.Kind, failure.Code, failure.Field).ShouldBe((PlatformFailureKind.InvalidRequest, "E1001", "daily_budget_micro"));
        failure.Message.ShouldContain("at least 20000000");
    }

    [Theory]
    [InlineData(200, """{"request_status":"ERROR","debug_message":"Bad start_time","display_message":"Sorry","error_code":"E1001"}""", PlatformFailureKind.InvalidRequest)]
    [InlineData(200, """{"request_status":"SUCCESS","campaigns":[{"sub_request_status":"ERROR","sub_request_error_reason":"The pixel_id does not exist","error_type":"E3003"}]}""", PlatformFailureKind.NotFound)]
    [InlineData(200, """{"request_status":"SUCCESS","campaigns":[{"sub_request_status":"ERROR","sub_request_error_reason":"E3003: You have no role","error_type":"E3003"}]}""", PlatformFailureKind.MissingPermission)]
    [InlineData(200, """{"request_status":"SUCCESS","campaigns":[]}""", PlatformFailureKind.UnknownOutcome)]
    [InlineData(200, """{"request_status":"SUC""", PlatformFailureKind.UnknownOutcome)]
    [InlineData(400, """{"request_status":"ERROR","campaigns":[{"sub_request_error_reason":"E2023: The field buy_model cannot be changed"}]}""", PlatformFailureKind.InvalidRequest)]
    [InlineData(401, """{"request_status":"ERROR","debug_message":"Expired"}""", PlatformFailureKind.ExpiredAuthorization)]
    [InlineData(403, """{"request_status":"ERROR","error_code":"E3003"}""", PlatformFailureKind.MissingPermission)]
    [InlineData(404, """{"request_status":"ERROR","error_code":"E3003"}""", PlatformFailureKind.NotFound)]
    [InlineData(410, "", PlatformFailureKind.VersionRetired)]
    [InlineData(413, "", PlatformFailureKind.TooMuchData)]
    [InlineData(500, """{"request_status":"ERROR"}""", PlatformFailureKind.UnknownOutcome)]
    [InlineData(502, "<html>", PlatformFailureKind.UnknownOutcome)]
    public async Task Every_refusal_has_its_kind(int status, string body, PlatformFailureKind kind) => (await RefusedAsync(status, body)).Kind.ShouldBe(kind);

    [Fact]
    public async Task Too_many_calls_are_tried_again_soon_though_Snapchat_does_not_say_when()
    {
        var failure = await RefusedAsync(429, "");

        failure.Kind.ShouldBe(PlatformFailureKind.RateLimited);
        failure.RetryAt!.Value.ShouldBeInRange(wire.Clock.GetUtcNow(), wire.Clock.GetUtcNow().AddMinutes(1));
    }

    [Fact]
    public async Task A_withdrawn_consent_must_be_given_again()
    {
        wire.Answers(new Answer(400, """{"error":"invalid_grant","error_description":"The refresh token was revoked"}"""));

        (await wire.Get<IAuthorizes>(Platform.Snapchat).RefreshAsync("old", "refresh", default)).Refusal.ShouldBeOfType<PlatformFailure>().Kind.ShouldBe(PlatformFailureKind.ExpiredAuthorization);
        wire.Sent[^1].Form["grant_type"].ShouldBe("refresh_token");
    }

    [Fact]
    public async Task Pages_are_followed_without_taking_the_token_to_another_host()
    {
        wire.Answers(Answer.Ok("""{"request_status":"success","paging":{"next_link":"https://elsewhere.example/v1/adaccounts/x/segments?limit=1000&cursor=abc%2B1"},"segments":[{"sub_request_status":"success","segment":{"id":"1","name":"VIP · M1"}}]}"""),
            Answer.Ok("""{"request_status":"success","segments":[{"sub_request_status":"success","segment":{"id":"2","name":"VIP · M2"}}]}"""));

        (await wire.Get<ISyncsAudiences>(Platform.Snapchat).FindAudienceAsync(Access, "M2", default)).Value.ShouldBe("2");

        wire.Sent.ShouldAllBe(s => s.Uri.Host == "adsapi.snapchat.com" && s.Headers["Authorization"] == "Bearer snap-token");
        (wire.Sent[1].Query["cursor"], wire.Sent[1].Query["limit"]).ShouldBe(("abc+1", "1000"));
    }

    [Fact]
    public async Task One_bad_entry_makes_a_list_unread_rather_than_shorter()
    {
        wire.Answers(Answer.Ok("""{"request_status":"SUCCESS","segments":[{"sub_request_status":"SUCCESS","segment":{"id":"1"}},{"sub_request_status":"ERROR","sub_request_error_reason":"Internal"}]}"""));

        (await wire.Get<ISyncsAudiences>(Platform.Snapchat).ListAudiencesAsync(Access, default)).IsDone.ShouldBeFalse();
    }

    [Fact]
    public async Task Without_the_allowance_for_profiles_those_that_run_already_are_offered()
    {
        wire.Answers(Answer.Ok("""{"request_status":"SUCCESS","organizations":[{"sub_request_status":"SUCCESS","organization":{"id":"o","name":"Acme","ad_accounts":[{"id":"a","name":"US","currency":"USD","timezone":"America/New_York","status":"ACTIVE"}]}}]}"""),
            new Answer(403, """{"request_status":"ERROR","error_code":"E3003"}"""), Answer.Ok("""{"request_status":"SUCCESS","mobile_apps":[]}"""), Answer.Ok("""{"request_status":"SUCCESS","pixels":[]}"""),
            Answer.Ok("""{"request_status":"SUCCESS","creatives":[{"sub_request_status":"SUCCESS","creative":{"id":"c","brand_name":"Acme","profile_properties":{"profile_id":"p-1"}}}]}"""));

        var account = (await wire.Get<IListsAccounts>(Platform.Snapchat).ListAccountsAsync(Access with { Account = null }, default)).Value.Single();

        account.Assets.Single().ShouldBe(new AccountAsset(AccountAssetKind.Page, "p-1", "Acme"));
        wire.Sent[1].Uri.Host.ShouldBe("businessapi.snapchat.com");
    }

    [Fact]
    public async Task A_change_sends_the_whole_object_back_without_what_only_Snapchat_writes()
    {
        wire.Answers(Answer.Ok("""{"request_status":"SUCCESS","adsquads":[{"sub_request_status":"SUCCESS","adsquad":{"id":"s","campaign_id":"c","name":"N","status":"PAUSED","daily_budget_micro":5000000,"updated_at":"2026-01-01T00:00:00.000Z","targeting_reach_status":"VALID"}}]}"""));
        var publishes = wire.Get<IPublishes>(Platform.Snapchat);
        var step = publishes.PlanBudget(new(Account, "M", new Dictionary<string, string> { ["adset"] = "s" }), Money.FromUnits(20, "USD"), BudgetType.Daily).Single();

        (await publishes.CarryOutAsync(Access, step.Fill(new Dictionary<string, string>()), default)).Value.ShouldBe("s");

        (wire.Sent[1].Method, wire.Sent[1].Path).ShouldBe(("PUT", "/v1/campaigns/c/adsquads"));
        JsonNode.DeepEquals(wire.Sent[1].Json, JsonNode.Parse("""{"adsquads":[{"id":"s","campaign_id":"c","name":"N","status":"PAUSED","daily_budget_micro":20000000}]}""")).ShouldBeTrue(wire.Sent[1].Body);
    }

    [Theory]
    [InlineData("""{"request_status":"SUCCESS","async_stats_reports":[{"sub_request_status":"SUCCESS","async_stats_report":{"report_run_id":"r-1","async_status":"RUNNING"}}]}""", "", "report-unfinished")]
    [InlineData("""{"request_status":"SUCCESS","async_stats_reports":[{"sub_request_status":"SUCCESS","async_stats_report":{"report_run_id":"r-1","async_status":"COMPLETED","result":"https://files.example/r-1.csv"}}]}""", "start_time,ad_id,impressions\n2026-11-01T00:00:00.000-04:00,a", "report-unreadable")]
    public async Task A_report_that_never_ends_or_breaks_off_brings_no_numbers_rather_than_some(string told, string lines, string code)
    {
        var list = Answer.Ok("""{"request_status":"SUCCESS","adsquads":[{"sub_request_status":"SUCCESS","adsquad":{"id":"s","campaign_id":"c"}}],"ads":[{"sub_request_status":"SUCCESS","ad":{"id":"a","ad_squad_id":"s"}}]}""");
        wire.Answers([list, list, Answer.Ok(told), Answer.Ok(told), .. lines.Length > 0 ? new[] { Answer.Ok(lines) } : []]);

        var results = new List<Result<InsightRow>>();
        await foreach (var row in wire.Get<IReadsInsights>(Platform.Snapchat).ReadInsightsAsync(Access, new(MetricLevel.Ad, new(2026, 11, 1), new(2026, 11, 20)), default)) results.Add(row);

        results.Single().Refusal.ShouldBeOfType<PlatformFailure>().Code.ShouldBe(code);
        if (lines.Length > 0) wire.Sent[^1].Headers.ShouldNotContainKey("Authorization", "the file's address needs no token");
        (wire.Sent[2].Query["start_time"], wire.Sent[2].Query["end_time"]).ShouldBe(("2026-11-01T00:00:00.000-04:00", "2026-11-21T00:00:00.000-05:00"), "the clocks change on the first day");
    }

    [Fact]
    public async Task A_conversion_goes_to_the_pixel_with_its_own_token()
    {
        wire.Answers(Answer.Ok("""{"status":"VALID"}"""));
        var order = new ConversionEvent("Purchase", "order-1", DateTimeOffset.FromUnixTimeSeconds(1_795_000_000), "https://shop.example/thanks", Money.FromUnits(49.9m, "USD"), new(new string('a', 64), null), "203.0.113.7", "Mozilla/5.0");

        (await wire.Get<ISendsConversions>(Platform.Snapchat).SendConversionAsync(Access, "px", "long-lived", order, null, default)).Value.ShouldBe("order-1");

        (wire.Sent[0].Uri.Host, wire.Sent[0].Path, wire.Sent[0].Query["access_token"]).ShouldBe(("tr.snapchat.com", "/v3/px/events", "long-lived"));
        (wire.Sent[0].Json["data"]![0]!["event_name"]!.ToString(), wire.Sent[0].Json["data"]![0]!["event_time"]!.GetValue<long>()).ShouldBe(("PURCHASE", 1_795_000_000));
    }

    public void Dispose() => wire.Dispose();
}
