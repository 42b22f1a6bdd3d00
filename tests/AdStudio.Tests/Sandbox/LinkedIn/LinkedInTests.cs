using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Sandbox.LinkedIn;

/// <summary>The emulated API is as strict as the platform's.</summary>
public sealed class LinkedInTests : IAsyncLifetime
{
    private const string Usd = "512345001", Eur = "512345002", Version = "202607";

    private SandboxHost host = null!;
    private string token = null!;

    public async Task InitializeAsync()
    {
        host = await SandboxHost.StartAsync();
        token = await SignInAsync("mAr4Lq7Xyz");
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    private async Task<string> SignInAsync(string user, params string[] scopes)
    {
        if (scopes.Length == 0) scopes = ["r_ads", "rw_ads", "r_ads_reporting", "rw_conversions", "rw_dmp_segments", "r_organization_social", "w_organization_social", "rw_organization_admin"];
        var code = SandboxHost.Query(await host.DecideAsync("/linkedin/oauth/v2/authorization", new() { ["client_id"] = "sandbox-client", ["redirect_uri"] = SandboxHost.Redirect, ["state"] = "s", ["user"] = user, ["decision"] = "allow" }, scopes), "code");
        var (_, answer) = await host.FormAsync("/linkedin/oauth/v2/accessToken", new() { ["grant_type"] = "authorization_code", ["client_id"] = "sandbox-client", ["client_secret"] = "sandbox-secret", ["redirect_uri"] = SandboxHost.Redirect, ["code"] = code });
        return answer["access_token"]!.ToString();
    }

    private async Task<(int Status, JsonNode? Body, string? Id)> SendAsync(HttpMethod method, string path, object? body = null, string? version = Version, string? verb = null, string? signed = null)
    {
        using var request = new HttpRequestMessage(method, $"{host.Url}/linkedin/{path}");
        request.Headers.Authorization = new("Bearer", signed ?? token);
        if (version is not null) request.Headers.Add("LinkedIn-Version", version);
        request.Headers.Add("X-Restli-Protocol-Version", "2.0.0");
        if (verb is not null) request.Headers.Add("X-RestLi-Method", verb);
        if (body is not null) request.Content = JsonContent.Create(body);
        using var reply = await host.Http.SendAsync(request);
        var text = await reply.Content.ReadAsStringAsync();
        return ((int)reply.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), reply.Headers.TryGetValues("x-restli-id", out var ids) ? Uri.UnescapeDataString(ids.Single()) : null);
    }

    private async Task<JsonNode> RefusedAsync(string path, object body, int status = 400, string? verb = null)
    {
        var (got, answer, _) = await SendAsync(HttpMethod.Post, path, body, verb: verb);
        got.ShouldBe(status, answer?.ToJsonString());
        return answer!;
    }

    private async Task<string> MakeAsync(string path, object body)
    {
        var (status, answer, id) = await SendAsync(HttpMethod.Post, path, body);
        status.ShouldBe(201, answer?.ToJsonString());
        return id!;
    }

    private long Ms(double days) => host.Control.Now.AddDays(days).ToUnixTimeMilliseconds();

    private JsonObject Group(string account = Usd) => new() { ["account"] = "urn:li:sponsoredAccount:" + account, ["name"] = "Autumn", ["status"] = "DRAFT", ["runSchedule"] = new JsonObject { ["start"] = Ms(0) } };

    private JsonObject Campaign(string group) => (JsonObject)JsonNode.Parse($$$"""
        {"account":"urn:li:sponsoredAccount:{{{Usd}}}","campaignGroup":"urn:li:sponsoredCampaignGroup:{{{group}}}","name":"Autumn","status":"DRAFT","type":"SPONSORED_UPDATES","format":"STANDARD_UPDATE","objectiveType":"WEBSITE_VISIT",
        "optimizationTargetType":"MAX_CLICK","costType":"CPM","unitCost":{"amount":"0","currencyCode":"USD"},"dailyBudget":{"amount":"50.00","currencyCode":"USD"},"associatedEntity":"urn:li:organization:105550201",
        "locale":{"country":"US","language":"en"},"runSchedule":{"start":{{{Ms(0)}}} },"audienceExpansionEnabled":false,"offsiteDeliveryEnabled":false,"politicalIntent":"NOT_POLITICAL",
        "targetingCriteria":{"include":{"and":[{"or":{"urn:li:adTargetingFacet:locations":["urn:li:geo:103644278"]}}]} } }
        """)!;

    private Task<string> GroupAsync() => MakeAsync($"adAccounts/{Usd}/adCampaignGroups", Group());

    private static JsonObject With(JsonObject body, string path, JsonNode? value)
    {
        var names = path.Split('.');
        var at = body;
        foreach (var name in names[..^1]) at = (JsonObject)at[name]!;
        if (value is null) at.Remove(names[^1]);
        else at[names[^1]] = value;
        return body;
    }

    [Theory]
    [InlineData(null, 400, "VERSION_MISSING")]
    [InlineData("2026-07", 400, "INVALID_VERSION")]
    [InlineData("202401", 426, "NONEXISTENT_VERSION")]
    [InlineData("209901", 426, "NONEXISTENT_VERSION")]
    public async Task Every_call_names_a_version_that_is_served(string? version, int status, string code)
    {
        var (got, body, _) = await SendAsync(HttpMethod.Get, "adAccounts?q=search", version: version);

        (got, body!["code"]!.ToString()).ShouldBe((status, code));
    }

    [Fact]
    public async Task A_version_is_served_for_a_year_and_then_no_more()
    {
        host.Control.Clock.Set(new DateTimeOffset(2027, 7, 14, 12, 0, 0, TimeSpan.Zero));
        token = await SignInAsync("mAr4Lq7Xyz");
        (await SendAsync(HttpMethod.Get, "adAccounts?q=search")).Status.ShouldBe(200);

        host.Control.Clock.Set(new DateTimeOffset(2027, 7, 15, 0, 1, 0, TimeSpan.Zero));
        (await SendAsync(HttpMethod.Get, "adAccounts?q=search")).Status.ShouldBe(426);
    }

    [Fact]
    public async Task Everybody_sees_what_they_have_a_role_in()
    {
        (await SendAsync(HttpMethod.Get, "adAccounts?q=search")).Body!["elements"]!.AsArray().Count.ShouldBe(3);
        (await SendAsync(HttpMethod.Get, "adAccounts?q=search", signed: await SignInAsync("t0mAsR8Wqk"))).Body!["elements"]!.AsArray().Count.ShouldBe(1);
        (await SendAsync(HttpMethod.Get, "adAccounts?q=search", signed: await SignInAsync("iN3sVgT5pd"))).Body!["elements"]!.AsArray().ShouldBeEmpty();
        (await SendAsync(HttpMethod.Get, $"adAccounts/{Eur}", signed: await SignInAsync("t0mAsR8Wqk"))).Body!["code"]!.ToString().ShouldBe("NO_PERMISSION_ON_ENTITY");
        (await SendAsync(HttpMethod.Get, $"adAccounts/{Usd}/adCampaigns?q=search", signed: await SignInAsync("mAr4Lq7Xyz", "r_organization_social"))).Status.ShouldBe(403);
    }

    [Theory]
    [InlineData("name", null, "MISSING_FIELD", "/name")]
    [InlineData("politicalIntent", null, "MISSING_FIELD", "/politicalIntent")]
    [InlineData("name", "\" \"", "INVALID_VALUE_BLANK_FIELD", "/name")]
    [InlineData("status", "\"RUNNING\"", "INVALID_VALUE_FOR_FIELD", "/status")]
    [InlineData("dailyBudget.amount", "50", "INVALID_VALUE_FOR_FIELD", "/dailyBudget/amount")]
    [InlineData("dailyBudget.amount", "\"9.99\"", "FIELD_VALUE_TOO_LOW", "/dailyBudget/amount")]
    [InlineData("dailyBudget.currencyCode", "\"EUR\"", "CURRENCY_MISMATCH", "/dailyBudget/currencyCode")]
    [InlineData("runSchedule.start", "\"tomorrow\"", "INVALID_VALUE_FOR_FIELD", "/runSchedule/start")]
    [InlineData("runSchedule.start", "1600000000000", "DATE_TOO_EARLY", "/runSchedule/start")]
    [InlineData("runSchedule.end", "1600000000000", "MULTIPLE_VALIDATIONS_FAILED", "/runSchedule")]
    [InlineData("optimizationTargetType", "\"MAX_LEAD\"", "INVALID_CAMPAIGN_CONFIGURATION", "/optimizationTargetType")]
    [InlineData("campaignGroup", "\"urn:li:sponsoredCampaignGroup:1\"", "FIELD_VALUE_DOES_NOT_EXIST", "/campaignGroup")]
    [InlineData("associatedEntity", null, "MISSING_FIELD", "/associatedEntity")]
    [InlineData("status", "\"ACTIVE\"", "ONLY_DRAFT_CAMPAIGNS_ALLOWED_IN_DRAFT_CAMPAIGN_GROUPS", "/status")]
    [InlineData("targetingCriteria", """{"include":{"and":[]}}""", "MISSING_FIELD", "/targetingCriteria/include/and/or/urn:li:adTargetingFacet:locations")]
    [InlineData("targetingCriteria", """{"include":{"and":[{"or":{"urn:li:adTargetingFacet:locations":["urn:li:geo:1"]}}]}}""", "FIELD_VALUE_DOES_NOT_EXIST", "/targetingCriteria/include/and/or/urn:li:adTargetingFacet:locations")]
    public async Task A_campaign_that_is_not_in_order_is_refused_with_the_field(string path, string? value, string code, string field)
    {
        var error = await RefusedAsync($"adAccounts/{Usd}/adCampaigns", With(Campaign(await GroupAsync()), path, value is null ? null : JsonNode.Parse(value)));

        (error["code"]!.ToString(), error["errorDetails"]!["inputErrors"]![0]!["input"]!["inputPath"]!["fieldPath"]!.ToString()).ShouldBe((code, field));
    }

    [Theory]
    [InlineData("dailyBudgets")]
    [InlineData("servingStatuses")]
    public async Task A_name_that_is_none_is_refused(string name) =>
        (await RefusedAsync($"adAccounts/{Usd}/adCampaigns", With(Campaign(await GroupAsync()), name, "x"), 422))["message"]!.ToString().ShouldContain($"/{name} :: unrecognized field");

    [Fact]
    public async Task A_conversion_campaign_needs_its_conversion_before_it_runs()
    {
        var group = await GroupAsync();
        var campaign = await MakeAsync($"adAccounts/{Usd}/adCampaigns", With(With(Campaign(group), "objectiveType", "WEBSITE_CONVERSION"), "optimizationTargetType", "MAX_CONVERSION"));
        var active = new { patch = new Dictionary<string, object> { ["$set"] = new { status = "ACTIVE" } } };
        (await SendAsync(HttpMethod.Post, $"adAccounts/{Usd}/adCampaignGroups/{group}", active, verb: "PARTIAL_UPDATE")).Status.ShouldBe(204);

        (await RefusedAsync($"adAccounts/{Usd}/adCampaigns/{campaign}", active, verb: "PARTIAL_UPDATE"))["code"]!.ToString().ShouldBe("CONVERSION_CAMPAIGN_MISSING_ASSOCIATED_CONVERSION");

        var (pair, rule) = ($"urn:li:sponsoredCampaign:{campaign}", "urn:lla:llaPartnerConversion:14480001");
        (await SendAsync(HttpMethod.Put, $"campaignConversions/(campaign:{Uri.EscapeDataString(pair)},conversion:{Uri.EscapeDataString(rule)})", new { campaign = pair, conversion = rule })).Status.ShouldBe(204);
        (await SendAsync(HttpMethod.Post, $"adAccounts/{Usd}/adCampaigns/{campaign}", active, verb: "PARTIAL_UPDATE")).Status.ShouldBe(204);
    }

    [Fact]
    public async Task A_change_without_its_method_is_no_change() =>
        (await RefusedAsync($"adAccounts/{Usd}/adCampaignGroups/{await GroupAsync()}", new { patch = new { } }))["message"]!.ToString().ShouldContain("PARTIAL_UPDATE");

    [Fact]
    public async Task A_cancelled_account_takes_nothing_and_one_on_hold_shows_nothing()
    {
        host.Control.SetAccountStatus("linkedin", Usd, "CANCELED").ShouldBeTrue();
        (await RefusedAsync($"adAccounts/{Usd}/adCampaignGroups", Group()))["code"]!.ToString().ShouldBe("FIELD_VALUE_NOT_ACTIVE");

        host.Control.SetAccountStatus("linkedin", Usd, "BILLING_HOLD").ShouldBeTrue();
        var group = await GroupAsync();
        (await SendAsync(HttpMethod.Get, $"adAccounts/{Usd}/adCampaignGroups/{group}")).Body!["servingStatuses"]!.AsArray().Select(s => s!.ToString()).ShouldContain("ACCOUNT_SERVING_HOLD");
    }

    [Fact]
    public async Task Only_drafts_are_deleted()
    {
        var group = await GroupAsync();
        (await SendAsync(HttpMethod.Delete, $"adAccounts/{Usd}/adCampaignGroups/{group}")).Status.ShouldBe(204);
        (await SendAsync(HttpMethod.Get, $"adAccounts/{Usd}/adCampaignGroups/{group}")).Status.ShouldBe(404);

        var running = await MakeAsync($"adAccounts/{Usd}/adCampaignGroups", With(Group(), "status", "ACTIVE"));
        (await SendAsync(HttpMethod.Delete, $"adAccounts/{Usd}/adCampaignGroups/{running}")).Body!["code"]!.ToString().ShouldBe("DELETE_ALLOWED_ONLY_FOR_DRAFT_STATUS");
    }

    [Theory]
    [InlineData("adAccounts?q=search&search=(status:(values:List(ACTIVE))")]
    [InlineData("adAccounts?q=search&search=(colour:(values:List(RED)))")]
    [InlineData("adAccounts?q=find")]
    [InlineData("adAccounts?q=search&limit=5")]
    [InlineData("conversions?q=account&account=List(a")]
    [InlineData("adAnalytics?q=analytics&pivot=CAMPAIGN&timeGranularity=DAILY&dateRange=(start:(year:2026,month:13,day:1))&accounts=List(urn%3Ali%3AsponsoredAccount%3A512345001)")]
    [InlineData("adAnalytics?q=analytics&pivot=CAMPAIGN&timeGranularity=DAILY&dateRange=(start:(year:2026,month:1,day:1))&accounts=List(urn:li:sponsoredAccount:512345001)")]
    [InlineData("adAnalytics?q=analytics&pivot=CAMPAIGN&timeGranularity=DAILY&dateRange=(start:(year:2026,month:1,day:1))&accounts=List(urn%3Ali%3AsponsoredAccount%3A512345001)&fields=impresions")]
    [InlineData("adTargetingEntities?q=typeahead&query=maine&facet=urn%3Ali%3AadTargetingFacet%3Aplaces&queryVersion=QUERY_USES_URNS")]
    public async Task Queries_are_read_as_Restli_writes_them(string query) => (await SendAsync(HttpMethod.Get, query)).Status.ShouldBe(400);

    [Fact]
    public async Task Lists_come_in_pages_by_token()
    {
        for (var i = 0; i < 3; i++) await GroupAsync();

        var first = (await SendAsync(HttpMethod.Get, $"adAccounts/{Usd}/adCampaignGroups?q=search&pageSize=2")).Body!;
        var rest = (await SendAsync(HttpMethod.Get, $"adAccounts/{Usd}/adCampaignGroups?q=search&pageSize=2&pageToken={first["metadata"]!["nextPageToken"]}")).Body!;

        (first["elements"]!.AsArray().Count, rest["elements"]!.AsArray().Count, rest["metadata"]!["nextPageToken"]).ShouldBe((2, 1, null));
    }

    [Fact]
    public async Task A_post_is_made_for_ones_own_page_with_files_that_are_there()
    {
        JsonObject Post(string author, string image) => (JsonObject)JsonNode.Parse($$$"""
            {"author":"{{{author}}}","commentary":"Warm socks","visibility":"PUBLIC","distribution":{"feedDistribution":"NONE"},"lifecycleState":"PUBLISHED","adContext":{"dscAdAccount":"urn:li:sponsoredAccount:{{{Usd}}}","dscStatus":"ACTIVE"},
            "content":{"media":{"id":"{{{image}}}","title":"Socks"} } }
            """)!;

        (await RefusedAsync("posts", Post("urn:li:organization:1", "urn:li:image:1"), 403))["message"]!.ToString().ShouldContain("permission");
        (await RefusedAsync("posts", Post("urn:li:organization:105550201", "urn:li:image:1")))["code"]!.ToString().ShouldBe("FIELD_VALUE_DOES_NOT_EXIST");
        (await RefusedAsync("posts", With(Post("urn:li:organization:105550201", "urn:li:image:1"), "commentary", "Socks (warm)")))["code"]!.ToString().ShouldBe("INVALID_VALUE_FOR_FIELD");
        (await RefusedAsync("posts", With(Post("urn:li:organization:105550201", "urn:li:image:1"), "contentCallToActionLabel", "CLICK_HERE")))["code"]!.ToString().ShouldBe("INVALID_VALUE_FOR_FIELD");
    }

    [Fact]
    public async Task A_token_that_is_gone_is_refused_in_its_own_way()
    {
        host.Control.ExpireTokens("linkedin");
        (await SendAsync(HttpMethod.Get, "adAccounts?q=search")).Body!["serviceErrorCode"]!.GetValue<int>().ShouldBe(65602);

        token = await SignInAsync("mAr4Lq7Xyz");
        host.Control.RevokeGrants("linkedin");
        (await SendAsync(HttpMethod.Get, "adAccounts?q=search")).Body!["serviceErrorCode"]!.GetValue<int>().ShouldBe(65601);
    }
}
