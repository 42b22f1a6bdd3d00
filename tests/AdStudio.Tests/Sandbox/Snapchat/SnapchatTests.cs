using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Sandbox.Snapchat;

/// <summary>The emulated Marketing API refuses what Snapchat refuses, object by object, and takes what it takes.</summary>
public sealed class SnapchatTests : IAsyncLifetime
{
    private const string Us = "7c1e4a52-90d3-4f6b-8a21-5f0c3d9e1b01", Disabled = "7c1e4a52-90d3-4f6b-8a21-5f0c3d9e1b03", Mara = "3b9d07c4-1e52-4c8f-9f60-2a4417d0e001", Tomas = "3b9d07c4-1e52-4c8f-9f60-2a4417d0e002", Ines = "3b9d07c4-1e52-4c8f-9f60-2a4417d0e003";
    private const string Campaign = """{"ad_account_id":"7c1e4a52-90d3-4f6b-8a21-5f0c3d9e1b01","name":"Autumn","status":"PAUSED","start_time":"2026-11-01T00:00:00.000Z","objective_v2_properties":{"objective_v2_type":"TRAFFIC"}}""";

    private SandboxHost host = null!;
    private string token = "";

    public async Task InitializeAsync()
    {
        host = await SandboxHost.StartAsync();
        token = await SignInAsync(Mara);
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("name", "\"\"", "E1001")]
    [InlineData("name", "7", "E1001")]
    [InlineData("name", null, "E1001")]
    [InlineData("staus", "\"PAUSED\"", "E1001")]
    [InlineData("status", "\"ON\"", "E1001")]
    [InlineData("start_time", "\"2026-11-01\"", "E1001")]
    [InlineData("end_time", "\"2026-10-01T00:00:00.000Z\"", "E1001")]
    [InlineData("daily_budget_micro", "5000000", "E1001")]
    [InlineData("daily_budget_micro", "\"20000000\"", "E1001")]
    [InlineData("objective_v2_properties", """{"objective_v2_type":"OUTCOME_TRAFFIC"}""", "E1001")]
    [InlineData("objective_v2_properties", """{"objective_v2_type":"APP_PROMOTION"}""", "E1001")]
    [InlineData("ad_account_id", "\"7c1e4a52-90d3-4f6b-8a21-5f0c3d9e1b02\"", "E1001")]
    public async Task A_campaign_that_is_wrong_is_refused_within_an_answer_that_went_well(string field, string? value, string code)
    {
        var (status, body) = await SendAsync(HttpMethod.Post, $"adaccounts/{Us}/campaigns", new JsonObject { ["campaigns"] = new JsonArray(With(Campaign, field, value), JsonNode.Parse(Campaign)) });

        (status, body["request_status"]!.ToString()).ShouldBe((200, "SUCCESS"));
        (body["campaigns"]![0]!["sub_request_status"]!.ToString(), body["campaigns"]![0]!["error_type"]!.ToString()).ShouldBe(("ERROR", code));
        body["campaigns"]![1]!["sub_request_status"]!.ToString().ShouldBe("SUCCESS", "each entry is judged for itself");
        host.Control.Objects("snapchat").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("daily_budget_micro", "4999999", "E1001")]
    [InlineData("daily_budget_micro", null, "E1001")]
    [InlineData("lifetime_budget_micro", "900000000", "E1001")]
    [InlineData("delivery_constraint", "\"LIFETIME_BUDGET\"", "E1001")]
    [InlineData("bid_micro", "1000000", "E1001")]
    [InlineData("optimization_goal", "\"PIXEL_PURCHASE\"", "E1001")]
    [InlineData("optimization_goal", "\"CLICKS\"", "E1001")]
    [InlineData("campaign_id", "\"00000000-0000-4000-8000-000000000000\"", "E1001")]
    [InlineData("targeting", "{}", "E1001")]
    [InlineData("targeting", """{"geos":[{"country_code":"US"}]}""", "E1001")]
    [InlineData("targeting", """{"geos":[{"country_code":"us","region_id":["de-by"]}]}""", "E1001")]
    [InlineData("targeting", """{"geos":[{"country_code":"us"},{"country_code":"ca"}]}""", "E1001")]
    [InlineData("targeting", """{"geos":[{"country_code":"us"}],"demographics":[{"min_age":12}]}""", "E1001")]
    [InlineData("targeting", """{"geos":[{"country_code":"us"}],"interests":[{"category_id":["SLC_0"]}]}""", "E1001")]
    [InlineData("targeting", """{"geos":[{"country_code":"us"}],"segments":[{"segment_id":["00000000-0000-4000-8000-000000000000"]}]}""", "E3003")]
    [InlineData("pixel_id", "\"00000000-0000-4000-8000-000000000000\"", "E3003")]
    public async Task An_ad_squad_that_is_wrong_is_refused(string field, string? value, string code)
    {
        var campaign = await MakeAsync($"adaccounts/{Us}/campaigns", "campaigns", "campaign", Campaign);
        var answer = await WriteAsync(HttpMethod.Post, $"campaigns/{campaign}/adsquads", "adsquads", With(Squad(campaign), field, value));

        (answer["sub_request_status"]!.ToString(), answer["error_type"]!.ToString()).ShouldBe(("ERROR", code));
        (await WriteAsync(HttpMethod.Post, $"campaigns/{campaign}/adsquads", "adsquads", JsonNode.Parse(Squad(campaign))!))["sub_request_status"]!.ToString().ShouldBe("SUCCESS");
    }

    [Fact]
    public async Task What_cannot_be_changed_says_so_and_the_rest_must_come_whole()
    {
        var campaign = await MakeAsync($"adaccounts/{Us}/campaigns", "campaigns", "campaign", Campaign);
        var whole = With(Campaign, "id", $"\"{campaign}\"");

        (await WriteAsync(HttpMethod.Put, $"adaccounts/{Us}/campaigns", "campaigns", With(whole.ToJsonString(), "objective_v2_properties", """{"objective_v2_type":"SALES"}""")))["error_type"]!.ToString().ShouldBe("E2023");
        (await WriteAsync(HttpMethod.Put, $"adaccounts/{Us}/campaigns", "campaigns", JsonNode.Parse($$"""{"id":"{{campaign}}","status":"ACTIVE"}""")!))["error_type"]!.ToString().ShouldBe("E1001");
        (await WriteAsync(HttpMethod.Put, $"adaccounts/{Us}/campaigns", "campaigns", With(whole.ToJsonString(), "status", "\"ACTIVE\"")))["campaign"]!["status"]!.ToString().ShouldBe("ACTIVE");
    }

    [Fact]
    public async Task A_closed_account_takes_nothing_and_a_stranger_s_is_not_shown()
    {
        (await SendAsync(HttpMethod.Post, $"adaccounts/{Disabled}/campaigns", JsonNode.Parse("""{"campaigns":[{}]}"""))).Status.ShouldBe(403);
        token = await SignInAsync(Tomas);
        (await SendAsync(HttpMethod.Get, $"adaccounts/{Disabled}/campaigns")).Status.ShouldBe(403);
        (await SendAsync(HttpMethod.Get, "adaccounts/00000000-0000-4000-8000-000000000000/campaigns")).Body["error_code"]!.ToString().ShouldBe("E3003");
        token = await SignInAsync(Ines);
        (await SendAsync(HttpMethod.Get, "me/organizations?with_ad_accounts=true")).Body["organizations"]!.AsArray().ShouldBeEmpty();
        token = "made-up";
        (await SendAsync(HttpMethod.Get, "me")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_list_comes_in_pages_that_lead_on()
    {
        for (var i = 0; i < 60; i++) await MakeAsync($"adaccounts/{Us}/campaigns", "campaigns", "campaign", Campaign);

        var first = (await SendAsync(HttpMethod.Get, $"adaccounts/{Us}/campaigns?limit=50")).Body;
        first["campaigns"]!.AsArray().Count.ShouldBe(50);
        var second = (await SendAsync(HttpMethod.Get, first["paging"]!["next_link"]!.ToString())).Body;

        (second["campaigns"]!.AsArray().Count, second["paging"]).ShouldBe((10, null));
        (await SendAsync(HttpMethod.Get, $"adaccounts/{Us}/campaigns?limit=10")).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("granularity=DAY&fields=impressions&start_time=2026-11-01T00:00:00.000-04:00&end_time=2026-11-03T00:00:00.000-05:00", 400)]
    [InlineData("granularity=DAY&fields=spend&start_time=2026-11-01T00:00:00.000-04:00&end_time=2026-11-03T00:00:00.000-05:00", 200)]
    [InlineData("granularity=DAY&fields=spend&start_time=2026-11-01T00:00:00.000Z&end_time=2026-11-03T00:00:00.000Z", 400)]
    [InlineData("granularity=DAY&fields=impressions&breakdown=campaign&start_time=2026-09-01T00:00:00.000-04:00&end_time=2026-11-03T00:00:00.000-05:00", 400)]
    [InlineData("granularity=DAY&fields=clicks&breakdown=campaign&start_time=2026-11-01T00:00:00.000-04:00&end_time=2026-11-03T00:00:00.000-05:00", 400)]
    [InlineData("granularity=WEEK&fields=spend", 400)]
    public async Task Numbers_are_given_only_for_whole_days_of_the_account_and_what_its_level_has(string query, int status) =>
        (await SendAsync(HttpMethod.Get, $"adaccounts/{Us}/stats?{query}")).Status.ShouldBe(status);

    [Fact]
    public async Task A_large_file_comes_in_parts()
    {
        var video = await MakeAsync($"adaccounts/{Us}/media", "media", "media", $$"""{"ad_account_id":"{{Us}}","name":"Long","type":"VIDEO"}""");
        var begun = await FormAsync($"v1/media/{video}/multipart-upload-v2?action=INIT", [("file_name", "long.mp4"), ("file_size", "40"), ("number_of_parts", "2")], null);
        var (upload, add, finalize) = (begun["upload_id"]!.ToString(), begun["add_path"]!.ToString().TrimStart('/'), begun["finalize_path"]!.ToString().TrimStart('/'));

        byte[] first = [0, 0, 0, 24, .. "ftypmp42"u8, .. new byte[8]];
        await FormAsync(add, [("upload_id", upload), ("part_number", "1")], first);
        (await FormAsync(finalize, [("upload_id", upload)], null))["error_code"]!.ToString().ShouldBe("E1001", "a part is missing");
        await FormAsync(add, [("upload_id", upload), ("part_number", "2")], new byte[20]);

        (await FormAsync(finalize, [("upload_id", upload)], null))["result"]!["media_status"]!.ToString().ShouldBe("READY");
    }

    private static JsonNode With(string body, string field, string? value)
    {
        var changed = JsonNode.Parse(body)!;
        if (value is null) changed.AsObject().Remove(field);
        else changed[field] = JsonNode.Parse(value);
        return changed;
    }

    private static string Squad(string campaign) => $$$"""
        {"campaign_id":"{{{campaign}}}","name":"Everyone","type":"SNAP_ADS","status":"PAUSED","billing_event":"IMPRESSION","optimization_goal":"SWIPES","bid_strategy":"AUTO_BID","daily_budget_micro":5000000,"targeting":{"geos":[{"country_code":"us"}]}}
        """;

    private async Task<string> MakeAsync(string path, string plural, string singular, string body) => (await WriteAsync(HttpMethod.Post, path, plural, JsonNode.Parse(body)!))[singular]!["id"]!.ToString();

    private async Task<JsonNode> WriteAsync(HttpMethod method, string path, string plural, JsonNode entity)
    {
        var (status, body) = await SendAsync(method, path, new JsonObject { [plural] = new JsonArray(entity.DeepClone()) });
        status.ShouldBe(200, body.ToJsonString());
        return body[plural]![0]!;
    }

    private async Task<(int Status, JsonNode Body)> SendAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith("http", StringComparison.Ordinal) ? path : $"{host.Url}/snapchat/v1/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null) request.Content = JsonContent.Create(body);
        using var reply = await host.Http.SendAsync(request);
        return ((int)reply.StatusCode, JsonNode.Parse(await reply.Content.ReadAsStringAsync())!);
    }

    private async Task<JsonNode> FormAsync(string path, (string Name, string Value)[] fields, byte[]? file)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        if (file is not null) form.Add(new ByteArrayContent(file), "file", "part");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{host.Url}/snapchat/{path}") { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var reply = await host.Http.SendAsync(request);
        return JsonNode.Parse(await reply.Content.ReadAsStringAsync())!;
    }

    private async Task<string> SignInAsync(string person)
    {
        var back = await host.DecideAsync("/snapchat/login/oauth2/authorize", new() { ["client_id"] = "sandbox-client", ["redirect_uri"] = SandboxHost.Redirect, ["state"] = "s", ["user"] = person, ["decision"] = "allow" }, ["snapchat-marketing-api"]);
        var (_, body) = await host.FormAsync("/snapchat/login/oauth2/access_token", new() { ["grant_type"] = "authorization_code", ["client_id"] = "sandbox-client", ["client_secret"] = "sandbox-secret", ["code"] = SandboxHost.Query(back, "code"), ["redirect_uri"] = SandboxHost.Redirect });
        return body["access_token"]!.ToString();
    }
}
