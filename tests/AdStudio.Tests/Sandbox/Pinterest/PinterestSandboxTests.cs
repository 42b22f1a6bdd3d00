using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using AdStudio.Sandbox;
using AdStudio.Sandbox.Pinterest;
using AdStudio.Tests.Platforms.Conformance;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Sandbox.Pinterest;

/// <summary>The emulated API refuses what Pinterest refuses, in Pinterest's shape.</summary>
public sealed class PinterestSandboxTests : IAsyncLifetime
{
    private const string Usd = "549755810001", Closed = "549755810003", Mara = "549755800001", Tomas = "549755800002", Ines = "549755800003";
    private const string AllScopes = "ads:read,ads:write,boards:read,boards:write,pins:read,pins:write,user_accounts:read";

    private SandboxHost host = null!;

    public async Task InitializeAsync() => host = await SandboxHost.StartAsync();
    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task People_see_what_is_theirs()
    {
        (await NamesAsync(Mara)).Count.ShouldBe(3);
        (await NamesAsync(Tomas)).ShouldBe(["Harbor & Pine US"]);
        (await NamesAsync(Ines)).ShouldBeEmpty();

        async Task<List<string>> NamesAsync(string user) => [.. (await SendAsync(await TokenAsync(user), HttpMethod.Get, "ad_accounts")).Body["items"]!.AsArray().Select(a => a!["name"]!.ToString())];
    }

    [Theory]
    [InlineData("""[{"ad_account_id":"549755810001","objective_type":"AWARENESS"}]""", "'[0].name' is a required property.")]
    [InlineData("""[{"ad_account_id":"549755810001","name":"A","objective_type":"REACH"}]""", "'[0].objective_type' value 'REACH' is not one of")]
    [InlineData("""[{"ad_account_id":"549755810001","name":"A","objective_type":"AWARENESS","daily_budget":5}]""", "'[0].daily_budget' is not a known property.")]
    [InlineData("""[{"ad_account_id":"549755810001","name":"A","objective_type":"AWARENESS","daily_spend_cap":"5000000"}]""", "'[0].daily_spend_cap' value \"5000000\" must be an integer.")]
    [InlineData("""[{"ad_account_id":"me","name":"A","objective_type":"AWARENESS"}]""", "must match the pattern: ^\\d+$")]
    [InlineData("""{"ad_account_id":"549755810001","name":"A","objective_type":"AWARENESS"}""", "'body' must be an array.")]
    [InlineData("[]", "'body' must have at least 1 items.")]
    [InlineData("[{", "not valid JSON")]
    public async Task A_campaign_of_another_shape_than_the_published_one_is_refused_whole(string body, string words)
    {
        var (status, answer) = await SendAsync(await TokenAsync(Mara), HttpMethod.Post, $"ad_accounts/{Usd}/campaigns", body);

        (status, answer["code"]!.GetValue<int>()).ShouldBe((400, 1));
        answer["message"]!.ToString().ShouldContain(words);
    }

    [Theory]
    [InlineData("\"daily_spend_cap\":5000000,\"lifetime_spend_cap\":5000000", "cannot be set at the same time")]
    [InlineData("\"is_campaign_budget_optimization\":true", "is required for campaign budget optimization")]
    [InlineData("\"status\":\"ARCHIVED\"", "'status' must be")]
    [InlineData("\"end_time\":1000", "'end_time' must be")]
    public async Task One_item_is_refused_and_the_other_is_made(string more, string words)
    {
        var good = """{"ad_account_id":"549755810001","name":"Good","objective_type":"CONSIDERATION","status":"PAUSED"}""";

        var (status, answer) = await SendAsync(await TokenAsync(Mara), HttpMethod.Post, $"ad_accounts/{Usd}/campaigns", $$"""[{"ad_account_id":"549755810001","name":"Bad","objective_type":"CONSIDERATION",{{more}}},{{good}}]""");

        status.ShouldBe(200);
        answer["items"]![0]!["exceptions"]![0]!["message"]!.ToString().ShouldContain(words);
        answer["items"]![1]!["data"]!["status"]!.ToString().ShouldBe("PAUSED");
        host.Control.Objects("pinterest").Select(o => o.Name).ShouldBe(["Good"]);
    }

    [Theory]
    [InlineData("\"billable_event\":\"IMPRESSION\"", "does not go with the objective CONSIDERATION")]
    [InlineData("\"bid_strategy_type\":\"MAX_BID\"", "'bid_in_micro_currency' is required")]
    [InlineData("\"budget_in_micro_currency\":1000", "below the minimum")]
    [InlineData("\"budget_type\":\"LIFETIME\"", "'end_time' is required")]
    [InlineData("\"budget_type\":\"CBO_ADGROUP\"", "for campaign budget optimization only")]
    [InlineData("\"targeting_spec\":{}", "At least one of LOCATION or GEO")]
    [InlineData("\"targeting_spec\":{\"LOCATION\":[\"XX\"]}", "value 'XX' is not a targeting value")]
    [InlineData("\"targeting_spec\":{\"LOCATION\":[\"US\"],\"MINIMUM_AGE\":\"25\"}", "must be used together")]
    [InlineData("\"targeting_spec\":{\"LOCATION\":[\"US\"],\"AUDIENCE_INCLUDE\":[\"1\"]}", "Audience 1 was not found")]
    [InlineData("\"campaign_id\":\"1\"", "Campaign 1 was not found")]
    public async Task An_ad_group_that_makes_no_sense_is_refused(string change, string words)
    {
        var token = await TokenAsync(Mara);
        var campaign = (await SendAsync(token, HttpMethod.Post, $"ad_accounts/{Usd}/campaigns", """[{"ad_account_id":"549755810001","name":"C","objective_type":"CONSIDERATION"}]""")).Body["items"]![0]!["data"]!["id"]!.ToString();
        var group = JsonNode.Parse($$$"""{"name":"G","campaign_id":"{{{campaign}}}","billable_event":"CLICKTHROUGH","bid_strategy_type":"AUTOMATIC_BID","budget_in_micro_currency":5000000,"targeting_spec":{"LOCATION":["US"]}}""")!.AsObject();
        foreach (var (name, value) in JsonNode.Parse("{" + change + "}")!.AsObject()) group[name] = value?.DeepClone();

        var answer = (await SendAsync(token, HttpMethod.Post, $"ad_accounts/{Usd}/ad_groups", new JsonArray(group).ToJsonString())).Body;

        answer["items"]![0]!["exceptions"]![0]!["message"]!.ToString().ShouldContain(words);
    }

    [Theory]
    [InlineData("GET", "ad_accounts/549755810001/campaigns?limit=5", 400, 1)]
    [InlineData("GET", "ad_accounts/549755810001/campaigns?page_size=3e", 400, 1)]
    [InlineData("GET", "ad_accounts/549755810001/campaigns?page_size=251", 400, 1)]
    [InlineData("GET", "ad_accounts/549755810001/campaigns?entity_statuses=ACTIVE,PAUSED", 400, 1)]
    [InlineData("GET", "ad_accounts/999/campaigns", 403, 29)]
    [InlineData("GET", "ad_accounts/549755810001/campaigns/1", 404, 404)]
    [InlineData("DELETE", "ad_accounts/549755810001/campaigns", 405, 5)]
    [InlineData("GET", "nowhere", 404, 404)]
    [InlineData("GET", "pins/1?ad_account_id=549755810001", 404, 50)]
    [InlineData("GET", "ad_accounts/549755810001/campaigns/analytics?campaign_ids=1&start_date=2020-01-01&end_date=2020-01-05&granularity=DAY&columns=CTR", 400, 400)]
    [InlineData("GET", "ad_accounts/549755810001/campaigns/analytics?campaign_ids=1&start_date=2020-01-01&end_date=2020-01-05&granularity=DAY&columns=NICE", 400, 1)]
    public async Task Questions_that_are_none_get_the_published_codes(string method, string path, int status, int code)
    {
        var (answered, body) = await SendAsync(await TokenAsync(Mara), new HttpMethod(method), path);

        (answered, body["code"]!.GetValue<int>(), body.AsObject().Count).ShouldBe((status, code, 2));
    }

    [Fact]
    public async Task Nothing_can_be_made_without_a_token_a_scope_a_role_or_a_usable_account()
    {
        const string campaign = """[{"ad_account_id":"549755810001","name":"A","objective_type":"AWARENESS"}]""";
        (await CodeAsync("nonsense", Usd)).ShouldBe((401, 2));
        (await CodeAsync(await TokenAsync(Mara, "ads:read"), Usd)).ShouldBe((401, 3));
        (await CodeAsync(await TokenAsync(Ines), Usd)).ShouldBe((403, 29));
        (await CodeAsync(await TokenAsync(Mara), Closed)).ShouldBe((403, 29));
        var token = await TokenAsync(Mara);
        host.Control.SetAccountStatus("pinterest", Usd, "DISABLED").ShouldBeTrue();
        (await CodeAsync(token, Usd)).ShouldBe((403, 29));

        async Task<(int, int)> CodeAsync(string given, string account)
        {
            var (status, body) = await SendAsync(given, HttpMethod.Post, $"ad_accounts/{account}/campaigns", campaign);
            return (status, body["code"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task A_refresh_token_brings_another_and_a_wrong_secret_nothing()
    {
        var code = await CodeAsync(Mara, AllScopes);
        var first = await ExchangeAsync("sandbox-secret", new() { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = SandboxHost.Redirect });
        first.Status.ShouldBe(200);
        (await ExchangeAsync("sandbox-secret", new() { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = SandboxHost.Redirect })).Status.ShouldBe(400);
        (await ExchangeAsync("guessed", new() { ["grant_type"] = "refresh_token", ["refresh_token"] = first.Body["refresh_token"]!.ToString() })).Status.ShouldBe(401);
        var second = await ExchangeAsync("sandbox-secret", new() { ["grant_type"] = "refresh_token", ["refresh_token"] = first.Body["refresh_token"]!.ToString() });
        second.Body["refresh_token"]!.ToString().ShouldStartWith("pinr_");
        host.Control.RevokeGrants("pinterest");
        (await ExchangeAsync("sandbox-secret", new() { ["grant_type"] = "refresh_token", ["refresh_token"] = second.Body["refresh_token"]!.ToString() })).Status.ShouldBe(401);
    }

    [Fact]
    public void What_the_emulation_takes_is_what_Pinterest_publishes()
    {
        if (Specifications.Document(AdStudio.Core.Platforms.Platform.Pinterest) is not { } document) return;
        foreach (var operation in PinterestShapes.Operations)
        {
            var published = document.Operations.Find(o => $"{o.Method} {o.Path}" == operation.Name).ShouldNotBeNull(operation.Name);
            if (operation.Shape.TryGetProperty("query", out var query)) query.EnumerateObject().Select(p => p.Name).ShouldBeSubsetOf(published.Query.Fields.Keys, operation.Name);
        }
    }

    private async Task<string> CodeAsync(string user, string scopes) => SandboxHost.Query(await host.DecideAsync("/pinterest/oauth",
        new() { ["client_id"] = "sandbox-client", ["redirect_uri"] = SandboxHost.Redirect, ["state"] = "s", ["user"] = user, ["decision"] = "allow" }, scopes.Split(',')), "code");

    private async Task<string> TokenAsync(string user, string scopes = AllScopes) =>
        (await ExchangeAsync("sandbox-secret", new() { ["grant_type"] = "authorization_code", ["code"] = await CodeAsync(user, scopes), ["redirect_uri"] = SandboxHost.Redirect })).Body["access_token"]!.ToString();

    private async Task<(int Status, JsonNode Body)> ExchangeAsync(string secret, Dictionary<string, string> form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Url + "/pinterest/v5/oauth/token") { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("sandbox-client:" + secret)));
        using var reply = await host.Http.SendAsync(request);
        return ((int)reply.StatusCode, (await reply.Content.ReadFromJsonAsync<JsonNode>())!);
    }

    private async Task<(int Status, JsonNode Body)> SendAsync(string token, HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, $"{host.Url}/pinterest/v5/{path}");
        request.Headers.Authorization = new("Bearer", token);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var reply = await host.Http.SendAsync(request);
        return ((int)reply.StatusCode, JsonNode.Parse(await reply.Content.ReadAsStringAsync())!);
    }
}
