using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api;

/// <summary>Whatever a program sends: an answer that names all that is wrong, and never a stack trace.</summary>
public sealed class BadBodyTests(PartnerApp app) : IClassFixture<PartnerApp>, IAsyncLifetime
{
    private const string Good = """{"name":"Fine","objective":"traffic","platforms":["facebook"],"budget":{"type":"daily","amount":50,"currency":"USD"}}""";
    private Partner partner = null!;

    public async Task InitializeAsync() => partner = await app.PartnerAsync(app.Scene, "Ada-1");
    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Every_wrong_field_is_named_at_once()
    {
        var reply = await partner.PostAsync("/api/crm/ads/campaigns", """
            {"name":7,"objective":"fame","platforms":["facebook","myspace",3],"budget":{"type":"hourly","amount":"much","currency":"ZZZ"},"audienceIds":"aud-vip","creativeIds":[{}],
             "schedule":{"startAt":"tomorrow","endAt":5,"timezone":"Mars/Olympus"},"targeting":{"countries":["XX"],"ageMin":5,"genders":["none"]},"accounts":{"facebook":1,"friendster":"x"},"workspaceId":"w","version":1.5}
            """);

        reply.ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").WrongFields.ShouldBe(
        [
            "name", "objective", "platforms[1]", "platforms[2]", "budget.type", "budget.amount", "budget.currency", "audienceIds", "creativeIds[0]", "schedule.timezone", "schedule.startAt", "schedule.endAt",
            "targeting.ageMin", "targeting.countries[0]", "targeting.genders[0]", "accounts.facebook", "accounts.friendster", "workspaceId", "version",
        ], ignoreOrder: true);
        reply.Body["error"]!["requestId"]!.GetValue<string>().ShouldBe(reply.Header("X-Request-Id"));
        reply.Body["path"]!.GetValue<string>().ShouldBe("/api/crm/ads/campaigns");
    }

    [Fact]
    public async Task What_is_missing_is_named_too() =>
        (await partner.PostAsync("/api/crm/ads/campaigns", "{}")).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").WrongFields.ShouldBe(["name", "objective", "platforms", "budget"]);

    [Theory]
    [InlineData("budget.amount", """{"budget":{"type":"daily","amount":0,"currency":"USD"}}""")]
    [InlineData("budget.amount", """{"budget":{"type":"daily","amount":-5,"currency":"USD"}}""")]
    [InlineData("budget.amount", """{"budget":{"type":"daily","amount":1e300,"currency":"USD"}}""")]
    [InlineData("budget.amount", """{"budget":{"type":"daily","amount":10.005,"currency":"USD"}}""")]
    [InlineData("budget.amount", """{"budget":{"type":"daily","amount":10.5,"currency":"JPY"}}""")]
    [InlineData("name", """{"name":"   "}""")]
    [InlineData("name", """{"name":"\u0000"}""")]
    [InlineData("name", """{"name":"\ud800"}""")]
    [InlineData("platforms", """{"platforms":[]}""")]
    [InlineData("platforms", """{"platforms":["facebook","meta"]}""")]
    [InlineData("schedule.endAt", """{"schedule":{"startAt":"2026-12-02T00:00:00Z","endAt":"2026-12-01T00:00:00Z"}}""")]
    [InlineData("schedule.startAt", """{"schedule":{"startAt":"0001-01-01T00:00:00Z"}}""")]
    [InlineData("schedule.startAt", """{"schedule":{"startAt":"2026-13-45"}}""")]
    [InlineData("schedule", """{"schedule":[]}""")]
    [InlineData("targeting.ageMin", """{"targeting":{"ageMin":40,"ageMax":20}}""")]
    [InlineData("accounts.google", """{"accounts":{"google":"2002002002"}}""")]
    [InlineData("accounts.facebook", """{"accounts":{"facebook":"act_9"}}""")]
    [InlineData("creativeIds[0]", """{"creativeIds":["never-made"]}""")]
    [InlineData("workspaceId", """{"workspaceId":"0199d5a0-0000-7000-8000-000000000001"}""")]
    public async Task A_wrong_field_is_named(string field, string change)
    {
        var body = JsonNode.Parse(Good)!.AsObject();
        body.Remove(change.Split('"')[1]);

        var reply = await partner.PostAsync("/api/crm/ads/campaigns", body.ToJsonString()[..^1] + "," + change[1..]);

        reply.ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").WrongFields.ShouldContain(field);
    }

    [Fact]
    public async Task A_name_too_long_is_refused() =>
        (await partner.PostAsync("/api/crm/ads/campaigns", Good.Replace("Fine", new string('x', 129), StringComparison.Ordinal))).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").WrongFields.ShouldBe(["name"]);

    public static TheoryData<string> Unreadable() => new(
        "", "{", "null", "[]", "7", "\"text\"", "{\"name\":}", "{\"name\":\"a\",\"name\":\"b\"}", "{\"\\ud800\":1}", new string('[', 5000), string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200), "{\"name\":\"a\"} tail");

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task What_is_no_JSON_object_is_refused_everywhere(string body)
    {
        foreach (var path in new[] { "/api/crm/ads/campaigns", "/api/crm/ads/creatives", "/api/crm/ads/audiences", "/api/crm/ads/campaigns/bulk/launch" })
            (await partner.PostAsync(path, body)).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST");
    }

    [Fact]
    public async Task Every_field_of_every_body_survives_every_wrong_type()
    {
        string[] fields =
        [
            "id", "name", "type", "workspaceId", "headline", "description", "primaryText", "text", "callToAction", "linkUrl", "url", "imageUrl", "videoUrl", "assetUrl", "assetUrls", "assetId", "sourceAudienceId", "members",
            "retargeting", "lookalike", "targeting", "campaignIds", "ids", "platforms", "startAt", "timezone", "objective", "budget", "audienceIds", "creativeIds", "schedule", "accounts", "specialAdCategories", "specialAdCountry", "version",
        ];
        string[] values = ["7", "-1.5", "1e999", "true", "\"\"", "\"\\ud800\"", "[]", "[null]", "[[]]", "{}", "{\"a\":{}}", "null", $"\"{new string('x', 6000)}\""];
        string[] paths = ["/api/crm/ads/campaigns", "/api/crm/ads/creatives", "/api/crm/ads/audiences", "/api/crm/ads/accounts/sync", "/api/crm/ads/campaigns/bulk/pause", $"/api/crm/ads/campaigns/schedule/{Guid.Empty}"];
        foreach (var path in paths)
            foreach (var value in values)
            {
                var body = "{" + string.Join(",", fields.Select(f => $"\"{f}\":{value}")) + "}";
                ((int)(await partner.PostAsync(path, body)).Status).ShouldBeInRange(200, 499, $"{path} {value[..Math.Min(20, value.Length)]}");
            }
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Another_content_type_is_refused(string type)
    {
        using var content = new StringContent(Good);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        (await partner.SendAsync(HttpMethod.Post, "/api/crm/ads/campaigns", content)).ShouldRefuse(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
    }

    [Fact]
    public async Task A_body_too_large_is_refused_whether_or_not_it_says_its_length()
    {
        var large = "{\"name\":\"" + new string('x', 2_100_000) + "\"}";
        using var content = new StringContent(large, Encoding.UTF8, "application/json");
        (await partner.SendAsync(HttpMethod.Post, "/api/crm/ads/campaigns", content)).ShouldRefuse(HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE");

        using var chunked = new StringContent(large, Encoding.UTF8, "application/json");
        chunked.Headers.ContentLength = null;
        var streamed = new StreamContent(new Unmeasured(Encoding.UTF8.GetBytes(large)));
        streamed.Headers.ContentType = new("application/json");
        (await partner.SendAsync(HttpMethod.Post, "/api/crm/ads/campaigns", streamed)).ShouldRefuse(HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE");
    }

    [Theory]
    [InlineData("/api/crm/ads/campaigns?limit=0&offset=-1&status=ready&platforms=myspace&workspaceId=w&objective=fame&sort=luck", "limit,offset,status,platforms,workspaceId,objective,sort")]
    [InlineData("/api/crm/ads/analytics/overview?startDate=yesterday&compare=perhaps&platforms=x&workspaceId=7", "startDate,compare,platforms,workspaceId")]
    [InlineData("/api/crm/ads/analytics/overview?startDate=2026-11-02&endDate=2026-11-01", "endDate")]
    [InlineData("/api/crm/ads/analytics/overview?endDate=2026-11-01", "startDate")]
    [InlineData("/api/crm/ads/analytics/performance?range=ever&sort=luck&currency=ZZZ&limit=9999", "range,sort,currency,limit")]
    [InlineData("/api/crm/ads/analytics/comparison?campaignIds=1,2&compareStartDate=x", "campaignIds,compareStartDate")]
    [InlineData("/api/crm/ads/analytics/trends?interval=year", "interval")]
    [InlineData("/api/crm/ads/creatives?type=song&limit=x", "type,limit")]
    [InlineData("/api/crm/ads/audiences?type=crowd&offset=x", "type,offset")]
    [InlineData("/api/crm/ads/accounts?platforms=x", "platforms")]
    public async Task Every_wrong_value_of_a_query_is_named(string path, string fields) =>
        (await partner.GetAsync(path)).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").WrongFields.ShouldBe(fields.Split(','), ignoreOrder: true);

    [Fact]
    public async Task Where_there_is_nothing_the_envelope_says_so()
    {
        (await partner.GetAsync("/api/crm/ads/nonsense")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        (await new Partner(app.Address).With("Accept", "text/html").GetAsync("/api/nonsense")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        (await partner.With("Accept", "text/html").GetAsync("/api/crm/ads/campaigns/launch/x")).ShouldRefuse(HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED");
        (await partner.DeleteAsync("/api/crm/ads/campaigns")).ShouldRefuse(HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED");
        (await partner.GetAsync("/api/crm/ads/campaigns/not-an-id")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    private sealed class Unmeasured(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
