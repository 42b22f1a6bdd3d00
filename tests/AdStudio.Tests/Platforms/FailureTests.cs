using AdStudio.Core.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms;

/// <summary>What each kind of refusal and breakdown becomes.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly Wire wire = new();

    private static string Meta(int code, string message = "No.", string more = "") => $$$"""{"error":{"message":"{{{message}}}","type":"OAuthException","code":{{{code}}}{{{more}}},"fbtrace_id":"A1"}}""";

    private static string Google(string family, string code, string message = "No.", string more = "", int status = 400) => $$$"""
        {"error":{"code":{{{status}}},"message":"Request contains an invalid argument.","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.ads.googleads.v25.errors.GoogleAdsFailure",
        "errors":[{"errorCode":{"{{{family}}}":"{{{code}}}"},"message":"{{{message}}}"{{{more}}}}],"requestId":"r"}]}}
        """;

    private async Task<PlatformFailure> OnMetaAsync(int status, string body)
    {
        wire.Answers(new Answer(status, body));
        return (await wire.Get<IAuthorizes>(Platform.Meta).WhoAmIAsync(Wire.OnMeta, default)).Refusal.ShouldBeOfType<PlatformFailure>();
    }

    private async Task<PlatformFailure> OnGoogleAsync(int status, string body)
    {
        wire.Answers(new Answer(status, body));
        return (await wire.Get<IReadsStructure>(Platform.Google).ReadCampaignsAsync(Wire.OnGoogle, ["1"], default)).Refusal.ShouldBeOfType<PlatformFailure>();
    }

    [Theory]
    [InlineData(401, 190, PlatformFailureKind.ExpiredAuthorization)]
    [InlineData(400, 102, PlatformFailureKind.ExpiredAuthorization)]
    [InlineData(400, 2500, PlatformFailureKind.ExpiredAuthorization)]
    [InlineData(403, 10, PlatformFailureKind.MissingPermission)]
    [InlineData(403, 200, PlatformFailureKind.MissingPermission)]
    [InlineData(403, 294, PlatformFailureKind.MissingPermission)]
    [InlineData(400, 4, PlatformFailureKind.RateLimited)]
    [InlineData(400, 17, PlatformFailureKind.RateLimited)]
    [InlineData(400, 613, PlatformFailureKind.RateLimited)]
    [InlineData(400, 80004, PlatformFailureKind.RateLimited)]
    [InlineData(400, 368, PlatformFailureKind.RejectedByPolicy)]
    [InlineData(400, 100, PlatformFailureKind.InvalidRequest)]
    [InlineData(500, 1, PlatformFailureKind.Unavailable)]
    [InlineData(500, 2, PlatformFailureKind.Unavailable)]
    public async Task Metas_codes_have_their_kinds(int status, int code, PlatformFailureKind kind)
    {
        var failure = await OnMetaAsync(status, Meta(code));

        failure.Kind.ShouldBe(kind);
        failure.Code.ShouldBe($"{code}");
    }

    [Fact]
    public async Task Metas_words_for_people_come_before_those_for_programs()
    {
        var failure = await OnMetaAsync(400, Meta(100, "Invalid parameter", ""","error_subcode":1885272,"error_user_title":"Budget","error_user_msg":"Your budget is too low.","error_data":{"blame_field_specs":[["daily_budget"]]}"""));

        (failure.Message, failure.Field, failure.Code).ShouldBe(("Your budget is too low.", "daily_budget", "100/1885272"));
    }

    [Fact]
    public async Task An_object_that_is_gone_from_Meta_is_not_found() => (await OnMetaAsync(400, Meta(100, "Unsupported get request.", ""","error_subcode":33"""))).Kind.ShouldBe(PlatformFailureKind.NotFound);

    [Fact]
    public async Task Meta_says_in_a_header_when_to_come_back()
    {
        wire.Answers(new Answer(400, Meta(80004)) { Headers = [("X-Business-Use-Case-Usage", """{"1001":[{"type":"ads_management","call_count":100,"total_cputime":20,"total_time":30,"estimated_time_to_regain_access":7}]}""")] });

        var failure = (await wire.Get<IAuthorizes>(Platform.Meta).WhoAmIAsync(Wire.OnMeta, default)).Refusal.ShouldBeOfType<PlatformFailure>();

        failure.RetryAt.ShouldBe(wire.Clock.GetUtcNow().AddMinutes(7));
    }

    [Theory]
    [InlineData(401, "authenticationError", "OAUTH_TOKEN_EXPIRED", PlatformFailureKind.ExpiredAuthorization)]
    [InlineData(401, "authenticationError", "DEVELOPER_TOKEN_INVALID", PlatformFailureKind.MissingPermission)]
    [InlineData(403, "authorizationError", "USER_PERMISSION_DENIED", PlatformFailureKind.MissingPermission)]
    [InlineData(429, "quotaError", "RESOURCE_EXHAUSTED", PlatformFailureKind.RateLimited)]
    [InlineData(400, "policyFindingError", "POLICY_FINDING", PlatformFailureKind.RejectedByPolicy)]
    [InlineData(400, "campaignBudgetError", "BUDGET_BELOW_PER_DAY_MINIMUM", PlatformFailureKind.InvalidRequest)]
    [InlineData(400, "mutateError", "RESOURCE_NOT_FOUND", PlatformFailureKind.NotFound)]
    [InlineData(500, "internalError", "INTERNAL_ERROR", PlatformFailureKind.Unavailable)]
    [InlineData(400, "sizeLimitError", "RESPONSE_SIZE_LIMIT_EXCEEDED", PlatformFailureKind.TooMuchData)]
    [InlineData(400, "queryError", "FILTER_HAS_TOO_MANY_VALUES", PlatformFailureKind.TooMuchData)]
    [InlineData(400, "requestError", "UNSUPPORTED_VERSION", PlatformFailureKind.VersionRetired)]
    [InlineData(403, "notAllowlistedError", "CUSTOMER_NOT_ALLOWLISTED_FOR_THIS_FEATURE", PlatformFailureKind.MissingPermission)]
    public async Task Googles_families_have_their_kinds(int status, string family, string code, PlatformFailureKind kind)
    {
        var failure = await OnGoogleAsync(status, Google(family, code, status: status));

        failure.Kind.ShouldBe(kind);
        failure.Code.ShouldBe($"{family}.{code}");
    }

    [Fact]
    public async Task Googles_policies_and_fields_are_named()
    {
        var policy = await OnGoogleAsync(400, Google("policyFindingError", "POLICY_FINDING", "A policy was violated.", ""","details":{"policyFindingDetails":{"policyTopicEntries":[{"topic":"ALCOHOL","type":"PROHIBITED"}]}}"""));
        policy.Message.ShouldBe("A policy was violated. (ALCOHOL)");

        var field = await OnGoogleAsync(400, Google("stringLengthError", "TOO_LONG", "Too long.", ""","location":{"fieldPathElements":[{"fieldName":"operations","index":0},{"fieldName":"create"},{"fieldName":"name"}]}"""));
        field.Field.ShouldBe("operations[0].create.name");
    }

    [Fact]
    public async Task Google_says_in_its_details_when_to_come_back()
    {
        var failure = await OnGoogleAsync(429, Google("quotaError", "RESOURCE_EXHAUSTED", "Too many.", ""","details":{"quotaErrorDetails":{"rateScope":"ACCOUNT","rateName":"Ops","retryDelay":"120s"}}""", 429));

        failure.RetryAt.ShouldBe(wire.Clock.GetUtcNow().AddSeconds(120));
    }

    [Fact]
    public async Task A_withdrawn_consent_of_Google_must_be_given_again()
    {
        wire.Answers(new Answer(400, """{"error":"invalid_grant","error_description":"Token has been expired or revoked."}"""));

        (await wire.Get<IAuthorizes>(Platform.Google).RefreshAsync("old", "refresh", default)).Refusal.ShouldBeOfType<PlatformFailure>().Kind.ShouldBe(PlatformFailureKind.ExpiredAuthorization);
    }

    [Fact]
    public async Task Gateway_pages_are_breakdowns_and_no_bugs() => (await OnMetaAsync(502, "<html>Bad gateway</html>")).Kind.ShouldBe(PlatformFailureKind.Unavailable);

    public void Dispose() => wire.Dispose();
}
