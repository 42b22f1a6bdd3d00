using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Faults;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Sandbox;

/// <summary>The fault dial, the control panel, and what survives a restart.</summary>
public sealed class FaultTests
{
    private static readonly object Campaign = new { name = "Once", objective = "OUTCOME_SALES", special_ad_categories = Array.Empty<string>(), daily_budget = 1000, status = "PAUSED" };

    [Fact]
    public async Task Refusals_come_in_each_platform_s_words_and_only_so_often()
    {
        await using var host = await SandboxHost.StartAsync();
        var (meta, google) = (await host.MetaAsync(), await host.GoogleAsync());
        host.Control.Faults.Arm("*", CallKinds.CampaignCreate, FaultKind.Error500);
        host.Control.Faults.Arm("meta", CallKinds.CampaignCreate, FaultKind.RateLimit, retryAfterSeconds: 90);
        host.Control.Faults.Arm("meta", CallKinds.CampaignCreate, FaultKind.ExpiredToken);
        host.Control.Faults.Arm("google", CallKinds.InsightsRead, FaultKind.RateLimit, retryAfterSeconds: 30);

        (await meta.RefusedAsync($"{MetaUser.Usd}/campaigns", Campaign))["code"]!.GetValue<int>().ShouldBe(2);
        using var limited = await host.Http.PostAsJsonAsync($"{host.Url}/meta/v25.0/{MetaUser.Usd}/campaigns?access_token={meta.Token}", Campaign);
        JsonNode.Parse(await limited.Content.ReadAsStringAsync())!["error"]!["code"]!.GetValue<int>().ShouldBe(17);
        limited.Headers.GetValues("X-Ad-Account-Usage").Single().ShouldContain("\"reset_time_duration\":90");
        limited.Headers.GetValues("X-Business-Use-Case-Usage").Single().ShouldContain("\"estimated_time_to_regain_access\":2");
        (await meta.RefusedAsync($"{MetaUser.Usd}/campaigns", Campaign))["code"]!.GetValue<int>().ShouldBe(190);
        var quota = await google.RefusedAsync($"customers/{GoogleUser.Usd}/googleAds:search", new { query = "SELECT metrics.clicks FROM campaign" });
        quota["details"]!["quotaErrorDetails"]!["retryDelay"]!.GetValue<string>().ShouldBe("30s");

        host.Control.Objects().ShouldBeEmpty();
        await meta.IdAsync($"{MetaUser.Usd}/campaigns", Campaign);
        host.Control.Faults.Armed().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(FaultKind.TimeoutBefore, 0)]
    [InlineData(FaultKind.TimeoutAfter, 1)]
    public async Task A_time_out_drops_the_call_before_or_after_the_work(FaultKind kind, int made)
    {
        await using var host = await SandboxHost.StartAsync(o => o.FaultTimeout = TimeSpan.FromMilliseconds(50));
        var meta = await host.MetaAsync();
        host.Control.Faults.Arm("meta", CallKinds.CampaignCreate, kind);

        await Should.ThrowAsync<HttpRequestException>(() => meta.SendAsync(HttpMethod.Post, $"{MetaUser.Usd}/campaigns", Campaign));

        host.Control.Objects("meta").Count.ShouldBe(made);
    }

    [Fact]
    public async Task A_broken_answer_has_done_the_work_and_a_slow_one_comes()
    {
        await using var host = await SandboxHost.StartAsync();
        var meta = await host.MetaAsync();
        host.Control.Faults.Arm("meta", CallKinds.CampaignCreate, FaultKind.Malformed);
        host.Control.Faults.Arm("meta", CallKinds.CampaignCreate, FaultKind.Slow, seconds: 0);

        await Should.ThrowAsync<JsonException>(() => meta.SendAsync(HttpMethod.Post, $"{MetaUser.Usd}/campaigns", Campaign));
        await meta.IdAsync($"{MetaUser.Usd}/campaigns", Campaign);

        host.Control.Objects("meta").Count.ShouldBe(2);
    }

    [Fact]
    public async Task Everything_is_there_again_after_a_restart()
    {
        string path;
        string token;
        string campaign;
        await using (var first = await SandboxHost.StartAsync(keep: true))
        {
            path = first.Path;
            var meta = await first.MetaAsync();
            token = meta.Token;
            campaign = await meta.IdAsync($"{MetaUser.Usd}/campaigns", Campaign);
            first.Control.Clock.Advance(TimeSpan.FromMinutes(30));
            first.Control.Faults.Arm("google", CallKinds.AdCreate, FaultKind.Slow, times: 3);
        }
        await using var second = await SandboxHost.StartAsync(path: path);

        (await new MetaUser(second, token).GetAsync(campaign + "?fields=name"))["name"]!.GetValue<string>().ShouldBe("Once");
        second.Control.Clock.Offset.ShouldBe(TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(1));
        second.Control.Faults.Armed().Single().Times.ShouldBe(3);
        (await new MetaUser(second, token).IdAsync($"{MetaUser.Usd}/campaigns", Campaign)).ShouldNotBe(campaign);
    }

    [Fact]
    public async Task Programs_steer_it_by_JSON_and_calls_are_logged_without_tokens()
    {
        await using var host = await SandboxHost.StartAsync();
        var control = host.Url + "/control";
        var before = DateTimeOffset.Parse((await host.GetAsync("/control/clock"))["now"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);
        using (await host.Http.PostAsJsonAsync(control + "/clock", new { advanceDays = 2 })) { }
        host.Control.Now.ShouldBe(before.AddDays(2), TimeSpan.FromMinutes(1));
        using (var armed = await host.Http.PostAsJsonAsync(control + "/faults", new { platform = "meta", operation = "ad.create", fault = "timeout-after", times = 2 })) armed.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await host.GetAsync("/control/faults"))[0]!["fault"]!.GetValue<string>().ShouldBe("timeout-after");
        using (var wrong = await host.Http.PostAsJsonAsync(control + "/faults", new { fault = "flood" })) wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using (await host.Http.DeleteAsync(control + "/faults")) { }

        var meta = await host.MetaAsync();
        await meta.LaunchAsync(ads: 1);
        (await host.GetAsync("/control/objects?platform=meta")).AsArray().Select(o => o!["kind"]!.GetValue<string>()).ShouldBe(["campaign", "adset", "ad"]);
        var log = (await host.GetAsync("/control/requests")).ToJsonString();
        log.ShouldContain("campaign.create");
        log.ShouldNotContain(meta.Token);

        using (await host.Http.PostAsJsonAsync(control + "/tokens/expire", new { platform = "meta" })) { }
        (await meta.SendAsync(HttpMethod.Get, "me")).Status.ShouldBe(401);
        using (await host.Http.PostAsync(control + "/reset", null)) { }
        host.Control.Objects().ShouldBeEmpty();
        (await host.Http.GetStringAsync(host.Url)).ShouldContain("Fault dial");
    }
}
