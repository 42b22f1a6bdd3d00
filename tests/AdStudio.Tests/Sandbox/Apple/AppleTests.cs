using System.Buffers.Text;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Sandbox.Apple;

/// <summary>The emulated Campaign Management API is as strict as Apple's.</summary>
public sealed class AppleTests : IAsyncLifetime
{
    private const string Usd = "40669810", Eur = "40669820", Unpaid = "40669830";
    private const long App = 1501234567;

    private SandboxHost host = null!;
    private string token = "";

    public async Task InitializeAsync()
    {
        host = await SandboxHost.StartAsync();
        var (reply, body) = await TokenAsync(_ => { });
        ((int)reply.StatusCode).ShouldBe(200);
        token = body["access_token"]!.ToString();
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("sub", "SEARCHADS.other")]
    [InlineData("iss", "SEARCHADS.other")]
    [InlineData("aud", "https://example.com")]
    [InlineData("exp", 1_000_000_000L)]
    [InlineData("exp", 4_000_000_000L)]
    public async Task A_secret_that_says_something_else_is_refused(string claim, object value)
    {
        var (reply, body) = await TokenAsync(claims => claims[claim] = JsonValue.Create(value));
        ((int)reply.StatusCode, body["error"]!.ToString()).ShouldBe((400, "invalid_client"));
    }

    [Fact]
    public async Task Without_a_token_or_an_organization_nothing_is_told()
    {
        (await SendAsync("GET", "campaigns", null, Usd, bearer: "nobody")).Status.ShouldBe(401);
        (await SendAsync("GET", "campaigns", null, null)).Status.ShouldBe(400);
        (await SendAsync("GET", "campaigns", null, "999")).Status.ShouldBe(403);
        (await SendAsync("GET", "acls", null, null)).Body["data"]!.AsArray().Select(o => o!["orgId"]!.ToString()).ShouldBe([Usd, Eur, Unpaid]);
    }

    [Theory]
    [InlineData("budget", 5, "budget")]
    [InlineData("adChannelType", "DISPLAY", "adChannelType")]
    [InlineData("adChannelType", "SOCIAL", "adChannelType")]
    [InlineData("billingEvent", "IMPRESSIONS", "billingEvent")]
    [InlineData("adamId", "1501234567", "adamId")]
    [InlineData("adamId", 42, "adamId")]
    [InlineData("name", null, "name")]
    public async Task A_campaign_that_Apple_does_not_take_is_refused_with_its_field(string field, object? value, string blamed)
    {
        var body = Campaign();
        body[field] = value is null ? null : JsonValue.Create(value);
        var (status, answer) = await SendAsync("POST", "campaigns", body, Usd);
        status.ShouldBe(400, answer.ToJsonString());
        answer["data"].ShouldBeNull();
        answer["error"]!["errors"]![0]!["field"]!.ToString().ShouldBe(blamed);
    }

    [Fact]
    public async Task Names_are_unique_and_currencies_the_organization_s()
    {
        await MadeAsync("campaigns", Campaign());
        (await SendAsync("POST", "campaigns", Campaign(), Usd)).Body["error"]!["errors"]![0]!["messageCode"]!.ToString().ShouldBe("DUPLICATE_CAMPAIGN_NAME");
        (await SendAsync("POST", "campaigns", Campaign(), Eur)).Body["error"]!["errors"]![0]!["field"]!.ToString().ShouldBe("dailyBudgetAmount.currency");
    }

    [Fact]
    public async Task Regions_are_for_campaigns_of_one_country_and_go_when_it_changes()
    {
        var two = await MadeAsync("campaigns", Campaign("Two", "US", "CA"));
        (await SendAsync("POST", $"campaigns/{two}/adgroups", Group("California", "US|CA"), Usd)).Status.ShouldBe(400);

        var one = await MadeAsync("campaigns", Campaign("One", "US"));
        var group = await MadeAsync($"campaigns/{one}/adgroups", Group("California", "US|CA"));
        var move = new JsonObject { ["campaign"] = new JsonObject { ["countriesOrRegions"] = new JsonArray("CA") } };
        (await SendAsync("PUT", $"campaigns/{one}", move, Usd)).Status.ShouldBe(400);
        move["clearGeoTargetingOnCountryOrRegionChange"] = true;
        (await SendAsync("PUT", $"campaigns/{one}", move, Usd)).Status.ShouldBe(200);
        (await SendAsync("GET", $"campaigns/{one}/adgroups/{group}", null, Usd)).Body["data"]!["targetingDimensions"]!["adminArea"].ShouldBeNull();
    }

    [Fact]
    public async Task Why_something_does_not_run_is_said_at_every_level()
    {
        var campaign = await MadeAsync("campaigns", Campaign());
        (await CampaignAsync(campaign)).ShouldBe(("ON_HOLD", "NO_AVAILABLE_AD_GROUPS"));
        var group = await MadeAsync($"campaigns/{campaign}/adgroups", Group("All"));
        (await CampaignAsync(campaign)).ShouldBe(("RUNNING", ""));
        host.Control.SetAccountStatus("apple", Usd, "NONE").ShouldBeTrue();
        (await CampaignAsync(campaign)).ShouldBe(("ON_HOLD", "NO_PAYMENT_METHOD_ON_FILE"));
        (await SendAsync("GET", $"campaigns/{campaign}/adgroups/{group}", null, Usd)).Body["data"]!["servingStateReasons"]![0]!.ToString().ShouldBe("CAMPAIGN_NOT_RUNNING");
        await SendAsync("DELETE", $"campaigns/{campaign}", null, Usd);
        (await CampaignAsync(campaign)).ShouldBe(("DELETED", "DELETED_BY_USER"));
        (await SendAsync("GET", "campaigns", null, Usd)).Body["data"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_report_keeps_to_its_ranges_and_adds_up()
    {
        var campaign = await MadeAsync("campaigns", Campaign());
        await MadeAsync($"campaigns/{campaign}/adgroups", Group("All"));
        host.Control.Clock.Advance(TimeSpan.FromDays(8));
        token = (await TokenAsync(_ => { })).Body["access_token"]!.ToString();
        var today = DateOnly.FromDateTime(host.Control.Now.UtcDateTime);

        (await ReportAsync(today.AddDays(-91), today, "DAILY")).Status.ShouldBe(400);
        (await ReportAsync(today.AddDays(-5), today, "DAILY", totals: true)).Status.ShouldBe(400);
        var days = (await ReportAsync(today.AddDays(-7), today.AddDays(-2), "DAILY")).Body["data"]!["reportingDataResponse"]!["row"]![0]!["granularity"]!.AsArray();
        var whole = (await ReportAsync(today.AddDays(-7), today.AddDays(-2), null, totals: true)).Body["data"]!["reportingDataResponse"]!["row"]![0]!["total"]!;
        days.Sum(d => d!["impressions"]!.GetValue<long>()).ShouldBe(whole["impressions"]!.GetValue<long>());
        days.Sum(d => decimal.Parse(d!["localSpend"]!["amount"]!.ToString(), CultureInfo.InvariantCulture)).ShouldBe(decimal.Parse(whole["localSpend"]!["amount"]!.ToString(), CultureInfo.InvariantCulture));
        days.ShouldAllBe(d => decimal.Parse(d!["localSpend"]!["amount"]!.ToString(), CultureInfo.InvariantCulture) <= 60);
    }

    private async Task<(string, string)> CampaignAsync(string id)
    {
        var found = (await SendAsync("GET", $"campaigns/{id}", null, Usd)).Body["data"]!;
        return (found["displayStatus"]!.ToString(), found["servingStateReasons"]?[0]?.ToString() ?? "");
    }

    private Task<(int Status, JsonNode Body)> ReportAsync(DateOnly from, DateOnly to, string? granularity, bool totals = false) => SendAsync("POST", "reports/campaigns", new JsonObject
    {
        ["startTime"] = $"{from:yyyy-MM-dd}", ["endTime"] = $"{to:yyyy-MM-dd}", ["returnRowTotals"] = totals, ["selector"] = new JsonObject { ["orderBy"] = new JsonArray(new JsonObject { ["field"] = "localSpend", ["sortOrder"] = "DESCENDING" }) },
    }.With("granularity", granularity), Usd);

    private static JsonObject Campaign(string name = "Autumn", params string[] countries) => new()
    {
        ["name"] = name, ["adamId"] = App, ["adChannelType"] = "SEARCH", ["supplySources"] = new JsonArray("APPSTORE_SEARCH_RESULTS"), ["billingEvent"] = "TAPS",
        ["countriesOrRegions"] = new JsonArray([.. (countries.Length == 0 ? ["US"] : countries).Select(c => (JsonNode)c)]), ["dailyBudgetAmount"] = new JsonObject { ["amount"] = "60", ["currency"] = "USD" },
    };

    private static JsonObject Group(string name, string? area = null) => new JsonObject
    {
        ["name"] = name, ["pricingModel"] = "CPC", ["defaultBidAmount"] = new JsonObject { ["amount"] = "1.5", ["currency"] = "USD" }, ["startTime"] = "2026-01-01T00:00:00.000",
    }.With("targetingDimensions", area is null ? null : new JsonObject { ["adminArea"] = new JsonObject { ["included"] = new JsonArray(area) } });

    private async Task<string> MadeAsync(string path, JsonObject body)
    {
        var (status, answer) = await SendAsync("POST", path, body, Usd);
        status.ShouldBe(200, answer.ToJsonString());
        return answer["data"]!["id"]!.ToString();
    }

    private async Task<(int Status, JsonNode Body)> SendAsync(string method, string path, JsonNode? body, string? organization, string? bearer = null)
    {
        using var request = new HttpRequestMessage(new(method), $"{host.Url}/apple/v5/{path}");
        request.Headers.Authorization = new("Bearer", bearer ?? token);
        if (organization is not null) request.Headers.Add("X-AP-Context", $"orgId={organization}");
        if (body is not null) request.Content = JsonContent.Create(body);
        using var reply = await host.Http.SendAsync(request);
        return ((int)reply.StatusCode, JsonNode.Parse(await reply.Content.ReadAsStringAsync())!);
    }

    private async Task<(HttpResponseMessage Reply, JsonNode Body)> TokenAsync(Action<JsonObject> twist)
    {
        var keys = host.Control.Find("apple")!.Keys;
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new JsonObject { ["sub"] = keys["clientId"], ["iss"] = keys["teamId"], ["aud"] = "https://appleid.apple.com", ["iat"] = now, ["exp"] = now + 600 };
        twist(claims);
        using var key = ECDsa.Create();
        key.ImportFromPem(keys["privateKey"]);
        var text = $"{Part(new() { ["alg"] = "ES256", ["kid"] = keys["keyId"] })}.{Part(claims)}";
        var secret = $"{text}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
        return await host.FormAsync("/apple/auth/oauth2/token", new() { ["grant_type"] = "client_credentials", ["scope"] = "searchadsorg", ["client_id"] = keys["clientId"], ["client_secret"] = secret });
    }

    private static string Part(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}

internal static class JsonBuilding
{
    /// <summary>The field too, unless there is nothing to say.</summary>
    public static JsonObject With(this JsonObject body, string name, JsonNode? value)
    {
        if (value is not null) body[name] = value;
        return body;
    }
}
