using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Sandbox.TikTok;

/// <summary>The emulated Business API refuses what the real one refuses, in its words, and then nothing has happened.</summary>
public sealed class TikTokTests : IAsyncLifetime
{
    private const string Usd = "7120550010000000001", Disabled = "7120550010000000003", Eur = "7120550010000000002";

    private SandboxHost host = null!;
    private string token = "";

    public async Task InitializeAsync()
    {
        host = await SandboxHost.StartAsync();
        token = await SignInAsync("7110550000000000001");
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("7110550000000000001", 3)]
    [InlineData("7110550000000000002", 1)]
    [InlineData("7110550000000000003", 0)]
    public async Task Each_person_has_their_accounts(string person, int accounts)
    {
        token = await SignInAsync(person);

        (await GetAsync("oauth2/advertiser/get/?app_id=sandbox-client&secret=sandbox-secret"))["data"]!["list"]!.AsArray().Count.ShouldBe(accounts);
    }

    [Fact]
    public async Task A_code_counts_once()
    {
        var code = await CodeAsync("7110550000000000001");
        (await PostAsync("oauth2/access_token/", new { app_id = "sandbox-client", secret = "sandbox-secret", auth_code = code }))["code"]!.GetValue<int>().ShouldBe(0);
        (await PostAsync("oauth2/access_token/", new { app_id = "sandbox-client", secret = "sandbox-secret", auth_code = code }))["code"]!.GetValue<int>().ShouldBe(40110);
    }

    [Fact]
    public async Task A_token_is_missing_wrong_or_taken_back()
    {
        var path = $"campaign/get/?advertiser_id={Usd}";
        token = "";
        (await GetAsync(path))["code"]!.GetValue<int>().ShouldBe(40104);
        token = "nonsense";
        (await GetAsync(path))["code"]!.GetValue<int>().ShouldBe(40105);
        token = await SignInAsync("7110550000000000001");
        host.Control.ExpireTokens("tiktok");
        (await GetAsync(path))["code"]!.GetValue<int>().ShouldBe(40102);
        host.Control.RevokeGrants("tiktok");
        (await GetAsync(path))["code"]!.GetValue<int>().ShouldBe(40105);
    }

    [Fact]
    public async Task Nobody_reaches_into_another_account_and_a_disabled_one_takes_nothing_new()
    {
        await RefusedAsync("campaign/create/", Campaign(Disabled), 40001, "STATUS_DISABLE");
        token = await SignInAsync("7110550000000000002");
        await RefusedAsync("campaign/create/", Campaign(Eur), 40001, "No permission");
    }

    [Theory]
    [InlineData("objective_type", null, "required field: 'objective_type'")]
    [InlineData("objective_type", "AWARENESS", "objective_type: Must be one of")]
    [InlineData("objective_type", "CONVERSIONS", "no longer supported")]
    [InlineData("campain_name", "x", "campain_name: Unknown field")]
    [InlineData("campaign_name", 5, "campaign_name: Not a valid string")]
    [InlineData("budget_mode", "BUDGET_MODE_DAY", "required field: 'budget'")]
    [InlineData("campaign_name", "Sale 🎉", "Emojis")]
    [InlineData("request_id", "abc", "request_id: Must be")]
    public async Task A_campaign_is_checked_field_by_field(string field, object? value, string words)
    {
        var campaign = Campaign(Usd);
        if (value is null) campaign.Remove(field);
        else campaign[field] = value;

        await RefusedAsync("campaign/create/", campaign, 40002, words);
        (await GetAsync($"campaign/get/?advertiser_id={Usd}"))["data"]!["list"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("budget", 19.99, "budget: Budget must be at least 20 USD")]
    [InlineData("budget", "50", "budget: Not a valid number")]
    [InlineData("location_ids", new[] { "1" }, "Location 1 is not available")]
    [InlineData("location_ids", new[] { "6252001", "5332921" }, "overlaps")]
    [InlineData("age_groups", new[] { "AGE_25_44" }, "age_groups.0: Must be one of")]
    [InlineData("optimization_goal", "REACH", "is not supported for the objective TRAFFIC")]
    [InlineData("campaign_id", "1", "does not exist")]
    [InlineData("schedule_start_time", "2026-11-24T05:00:00", "YYYY-MM-DD HH:MM:SS")]
    [InlineData("audience_ids", new[] { "7" }, "Audience 7 does not exist")]
    public async Task An_ad_group_is_checked_against_its_campaign_and_its_account(string field, object value, string words)
    {
        var group = Group(await CampaignAsync());
        group[field] = value;

        await RefusedAsync("adgroup/create/", group, 40002, words);
    }

    [Fact]
    public async Task A_name_counts_once_without_a_request_id_and_a_request_id_once_at_all()
    {
        await CampaignAsync();
        await RefusedAsync("campaign/create/", Campaign(Usd), 40002, "already exists");
        var asked = Campaign(Usd);
        asked["request_id"] = "42";
        (await PostAsync("campaign/create/", asked))["code"]!.GetValue<int>().ShouldBe(0);
        await RefusedAsync("campaign/create/", asked, 40002, "already been carried out");
    }

    [Fact]
    public async Task What_is_deleted_takes_all_beneath_it_along_and_cannot_be_switched_on()
    {
        var campaign = await CampaignAsync();
        var group = (await PostAsync("adgroup/create/", Group(campaign)))["data"]!["adgroup_id"]!.ToString();
        var status = new Dictionary<string, object?> { ["advertiser_id"] = Usd, ["campaign_ids"] = new[] { campaign }, ["operation_status"] = "DELETE" };
        (await PostAsync("campaign/status/update/", status))["code"]!.GetValue<int>().ShouldBe(0);

        (await GetAsync($"adgroup/get/?advertiser_id={Usd}"))["data"]!["page_info"]!["total_number"]!.GetValue<int>().ShouldBe(0);
        await RefusedAsync("campaign/status/update/", status, 40002, "has been deleted");
        await RefusedAsync("adgroup/update/", new Dictionary<string, object?> { ["advertiser_id"] = Usd, ["adgroup_id"] = group, ["budget"] = 80 }, 40002, "has been deleted");
    }

    [Theory]
    [InlineData("start_date=2026-01-01&end_date=2026-02-15&dimensions=[\"campaign_id\",\"stat_time_day\"]", "cannot exceed 30 days")]
    [InlineData("start_date=2026-01-01&end_date=2026-01-02&dimensions=[\"adgroup_id\"]", "campaign_id is required")]
    [InlineData("start_date=2026-01-01&end_date=2026-01-02&dimensions=[\"campaign_id\",\"gender\"]", "report_type AUDIENCE")]
    [InlineData("start_date=01.01.2026&end_date=2026-01-02&dimensions=[\"campaign_id\"]", "YYYY-MM-DD")]
    public async Task A_report_is_asked_for_as_it_should_be(string query, string words)
    {
        var answer = await GetAsync($"report/integrated/get/?advertiser_id={Usd}&report_type=BASIC&data_level=AUCTION_CAMPAIGN&{query}");

        (answer["code"]!.GetValue<int>(), answer["message"]!.ToString().Contains(words, StringComparison.Ordinal)).ShouldBe((40002, true), answer.ToJsonString());
    }

    private static Dictionary<string, object?> Campaign(string account) => new() { ["advertiser_id"] = account, ["campaign_name"] = "Autumn sale", ["objective_type"] = "TRAFFIC", ["budget_mode"] = "BUDGET_MODE_INFINITE", ["operation_status"] = "DISABLE" };

    private static Dictionary<string, object?> Group(string campaign) => new()
    {
        ["advertiser_id"] = Usd, ["campaign_id"] = campaign, ["adgroup_name"] = "Women", ["promotion_type"] = "WEBSITE", ["optimization_goal"] = "CLICK", ["billing_event"] = "CPC", ["placements"] = new[] { "PLACEMENT_TIKTOK" }, ["location_ids"] = new[] { "6252001" },
        ["bid_type"] = "BID_TYPE_NO_BID", ["pacing"] = "PACING_MODE_SMOOTH", ["budget_mode"] = "BUDGET_MODE_DAY", ["budget"] = 50, ["schedule_type"] = "SCHEDULE_FROM_NOW", ["schedule_start_time"] = DateTime.UtcNow.AddHours(1).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
    };

    private async Task<string> CampaignAsync() => (await PostAsync("campaign/create/", Campaign(Usd)))["data"]!["campaign_id"]!.ToString();

    private async Task RefusedAsync(string path, Dictionary<string, object?> body, int code, string words)
    {
        var answer = await PostAsync(path, body);
        answer["code"]!.GetValue<int>().ShouldBe(code, answer.ToJsonString());
        answer["message"]!.ToString().ShouldContain(words);
    }

    private async Task<string> CodeAsync(string person) =>
        SandboxHost.Query(await host.DecideAsync("/tiktok/portal/auth", new() { ["app_id"] = "sandbox-client", ["redirect_uri"] = SandboxHost.Redirect, ["state"] = "s", ["user"] = person, ["decision"] = "allow" }, []), "auth_code");

    private async Task<string> SignInAsync(string person) =>
        (await PostAsync("oauth2/access_token/", new { app_id = "sandbox-client", secret = "sandbox-secret", auth_code = await CodeAsync(person) }))["data"]!["access_token"]!.ToString();

    private Task<JsonNode> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);
    private Task<JsonNode> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, JsonContent.Create(body));

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, $"{host.Url}/tiktok/open_api/v1.3/{path}") { Content = content };
        if (token.Length > 0) request.Headers.Add("Access-Token", token);
        using var reply = await host.Http.SendAsync(request);
        ((int)reply.StatusCode).ShouldBe(200);
        return JsonNode.Parse(await reply.Content.ReadAsStringAsync())!;
    }
}
