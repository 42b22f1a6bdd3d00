using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms.LinkedIn;

/// <summary>Headers, encodings, pages and refusals as they are on LinkedIn's wire.</summary>
public sealed class LinkedInWireTests : IDisposable
{
    private readonly Wire wire = new();

    private static PlatformAccess Access => LinkedInPlanTests.Access;

    private async Task<PlatformFailure> RefusedAsync(int status, string body)
    {
        wire.Answers(new Answer(status, body));
        return (await wire.Get<IReadsStructure>(Platform.LinkedIn).ReadCampaignsAsync(Access, ["1"], default)).Refusal.ShouldBeOfType<PlatformFailure>();
    }

    [Fact]
    public async Task Calls_carry_the_version_and_the_protocol_and_lists_are_encoded()
    {
        wire.Answers(Answer.Ok("""{"elements":[],"metadata":{}}"""));

        await wire.Get<IReadsStructure>(Platform.LinkedIn).ReadCampaignsAsync(Access, ["62", "63"], default);

        var sent = wire.Sent.Single();
        sent.Uri.AbsoluteUri.ShouldBe("https://api.linkedin.com/rest/adAccounts/512345001/adCampaignGroups?q=search&search=(id:(values:List(urn%3Ali%3AsponsoredCampaignGroup%3A62,urn%3Ali%3AsponsoredCampaignGroup%3A63)))&pageSize=100");
        (sent.Headers["LinkedIn-Version"], sent.Headers["X-Restli-Protocol-Version"], sent.Headers["Authorization"]).ShouldBe((Catalogue.RulesOf(Platform.LinkedIn).Api!.Version, "2.0.0", "Bearer linkedin-token"));
    }

    [Fact]
    public async Task Pages_are_followed_by_their_tokens()
    {
        wire.Answers(Answer.Ok("""{"elements":[],"metadata":{"nextPageToken":"DgE,2"}}"""), Answer.Ok("""{"elements":[],"metadata":{}}"""));

        await wire.Get<IReadsStructure>(Platform.LinkedIn).ReadCampaignsAsync(Access, ["62"], default);

        wire.Sent.Count.ShouldBe(2);
        wire.Sent[1].Uri.Query.ShouldEndWith("&pageToken=DgE%2C2");
    }

    [Fact]
    public async Task A_change_is_a_patch()
    {
        wire.Answers(new Answer(204, ""));
        var publishes = wire.Get<IPublishes>(Platform.LinkedIn);
        var launched = new LaunchedObjects(LinkedInPlanTests.Account, "M", new Dictionary<string, string> { ["campaign"] = "62", ["adset"] = "34" });

        (await publishes.CarryOutAsync(Access, publishes.PlanBudget(launched, Money.FromUnits(60, "USD"), BudgetType.Daily)[0].Fill(launched.Ids), default)).Value.ShouldBe("34");

        (wire.Sent[0].Method, wire.Sent[0].Path, wire.Sent[0].Headers["X-RestLi-Method"]).ShouldBe(("POST", "/rest/adAccounts/512345001/adCampaigns/34", "PARTIAL_UPDATE"));
        wire.Sent[0].Body.ShouldBe("""{"patch":{"$set":{"dailyBudget":{"amount":"60.00","currencyCode":"USD"}}}}""");
    }

    [Fact]
    public async Task What_was_made_is_named_in_a_header()
    {
        wire.Answers(new Answer(201, "") { Headers = [("x-restli-id", "urn%3Ali%3Ashare%3A7")] });
        var post = wire.Get<IPublishes>(Platform.LinkedIn).PlanLaunch(LinkedInPlanTests.Brief()).Steps.Single(s => s.Key == "creative:1");

        (await wire.Get<IPublishes>(Platform.LinkedIn).CarryOutAsync(Access, post.Fill(new Dictionary<string, string> { ["media:1"] = "urn:li:image:1" }), default)).Value.ShouldBe("urn:li:share:7");
    }

    [Theory]
    [InlineData(401, """{"status":401,"serviceErrorCode":65602,"message":"Expired."}""", PlatformFailureKind.ExpiredAuthorization, "65602")]
    [InlineData(401, """{"status":401,"serviceErrorCode":65601,"code":"REVOKED_ACCESS_TOKEN","message":"Revoked."}""", PlatformFailureKind.ExpiredAuthorization, "REVOKED_ACCESS_TOKEN")]
    [InlineData(403, """{"status":403,"code":"NO_PERMISSION_ON_ENTITY","message":"No."}""", PlatformFailureKind.MissingPermission, "NO_PERMISSION_ON_ENTITY")]
    [InlineData(404, """{"status":404,"message":"Not Found"}""", PlatformFailureKind.NotFound, "http 404")]
    [InlineData(409, """{"status":409,"code":"CONFLICT","message":"Write Conflict"}""", PlatformFailureKind.Unavailable, "CONFLICT")]
    [InlineData(426, """{"status":426,"code":"NONEXISTENT_VERSION","message":"Requested version 202401 is not active"}""", PlatformFailureKind.VersionRetired, "NONEXISTENT_VERSION")]
    [InlineData(500, """{"status":500,"message":"Internal Error"}""", PlatformFailureKind.Unavailable, "http 500")]
    [InlineData(504, "<html>Gateway Timeout</html>", PlatformFailureKind.Unavailable, "http 504")]
    [InlineData(400, """{"status":400,"code":"FIELD_VALUE_TOO_LOW","message":"Too low."}""", PlatformFailureKind.InvalidRequest, "FIELD_VALUE_TOO_LOW")]
    public async Task Refusals_have_their_kinds_in_the_old_shape_and_in_the_new(int status, string body, PlatformFailureKind kind, string code)
    {
        var failure = await RefusedAsync(status, body);

        (failure.Kind, failure.Code).ShouldBe((kind, code));
    }

    [Fact]
    public async Task The_new_shape_names_the_fields_and_says_what_is_wrong_with_each()
    {
        var failure = await RefusedAsync(400, """
            {"status":400,"code":"MULTIPLE_VALIDATIONS_FAILED","message":"Multiple errors occurred.","errorDetails":{"inputErrors":[
            {"description":"The budget is too low.","input":{"inputPath":{"fieldPath":"/dailyBudget/amount"}}},{"description":"The name is missing.","input":{"inputPath":{"fieldPath":"/name"}}}]}}
            """);

        (failure.Field, failure.Message).ShouldBe(("dailyBudget/amount", "The budget is too low. The name is missing."));
    }

    [Fact]
    public async Task A_name_that_is_none_is_found_in_the_message() => (await RefusedAsync(422, """{"status":422,"message":"ERROR :: /dailyBudgets :: unrecognized field found but not allowed\n"}""")).Field.ShouldBe("dailyBudgets");

    [Theory]
    [InlineData(0, 15)]
    [InlineData(11 * 60 + 50, 10)]
    public async Task Too_many_calls_wait_a_quarter_of_an_hour_and_never_beyond_midnight(int minutesLater, int expected)
    {
        wire.Clock.Advance(TimeSpan.FromMinutes(minutesLater));

        var failure = await RefusedAsync(429, """{"status":429,"message":"Resource level throttle limit for calls to this resource is reached."}""");

        (failure.Kind, failure.RetryAt).ShouldBe((PlatformFailureKind.RateLimited, wire.Clock.GetUtcNow().AddMinutes(expected)));
    }

    [Fact]
    public async Task A_refresh_token_that_no_longer_counts_asks_for_a_new_consent()
    {
        wire.Answers(new Answer(400, """{"error":"invalid_request","error_description":"The provided authorization grant or refresh token is invalid, expired or revoked"}"""));

        (await wire.Get<IAuthorizes>(Platform.LinkedIn).RefreshAsync("old", "refresh", default)).Refusal.ShouldBeOfType<PlatformFailure>().Kind.ShouldBe(PlatformFailureKind.ExpiredAuthorization);
    }

    [Fact]
    public async Task Fifteen_thousand_elements_may_be_cut_off_so_the_days_are_halved()
    {
        var full = $$$"""{"elements":[{{{string.Join(',', Enumerable.Repeat(Element, 15_000))}}}]}""";
        wire.Answers(Answer.Ok(full), Answer.Ok($$"""{"elements":[{{Element}}]}"""), Answer.Ok("""{"elements":[]}"""));

        var rows = new List<InsightRow>();
        await foreach (var row in wire.Get<IReadsInsights>(Platform.LinkedIn).ReadInsightsAsync(Access, new(MetricLevel.AdSet, new(2026, 11, 1), new(2026, 11, 4)), default)) rows.Add(row.Value);

        rows.Single().ShouldBe(new InsightRow(MetricLevel.AdSet, "62", "34", null, new(2026, 11, 2), 1000, 12, 34_560_000, 3_000_000, 99_000_000, 800));
        wire.Sent.Select(s => s.Query["dateRange"]).ShouldBe(["(start:(year:2026,month:11,day:1),end:(year:2026,month:11,day:4))", "(start:(year:2026,month:11,day:1),end:(year:2026,month:11,day:2))", "(start:(year:2026,month:11,day:3),end:(year:2026,month:11,day:4))"]);
    }

    [Fact]
    public async Task One_day_that_is_too_much_is_said()
    {
        wire.Answers(new Answer(400, """{"status":400,"message":"The response has too many elements."}"""));

        await foreach (var row in wire.Get<IReadsInsights>(Platform.LinkedIn).ReadInsightsAsync(Access, new(MetricLevel.Ad, new(2026, 11, 1), new(2026, 11, 1)), default))
            row.Refusal.ShouldBeOfType<PlatformFailure>().Kind.ShouldBe(PlatformFailureKind.TooMuchData);
        wire.Sent.Count.ShouldBe(1);
    }

    private const string Element = """
        {"dateRange":{"start":{"year":2026,"month":11,"day":2},"end":{"year":2026,"month":11,"day":2}},"pivotValues":["urn:li:sponsoredCampaignGroup:62","urn:li:sponsoredCampaign:34"],"impressions":1000,"clicks":12,
        "costInLocalCurrency":"34.56","externalWebsiteConversions":2,"oneClickLeads":1,"conversionValueInLocalCurrency":"99.0","approximateMemberReach":800}
        """;

    public void Dispose() => wire.Dispose();
}
