using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Sandbox;

/// <summary>Consent, codes and tokens of both platforms.</summary>
public sealed class OAuthTests
{
    [Fact]
    public async Task Meta_s_dialog_names_the_asker_and_gives_the_state_back()
    {
        await using var host = await SandboxHost.StartAsync();
        var page = await host.Http.GetStringAsync($"{host.Url}/meta/v25.0/dialog/oauth?client_id=sandbox-client&redirect_uri={Uri.EscapeDataString(SandboxHost.Redirect)}&state=abc&scope=ads_management,ads_read&response_type=code");
        page.ShouldContain("AdStudio wants access to your Meta account");
        page.ShouldContain("Create and change ads in your ad accounts");

        var back = await host.DecideAsync("/meta/v25.0/dialog/oauth", Answer("abc", "allow"), ["ads_read"]);

        back.ToString().ShouldStartWith(SandboxHost.Redirect);
        SandboxHost.Query(back, "state").ShouldBe("abc");
        var refusal = await host.DecideAsync("/meta/v25.0/dialog/oauth", Answer("abc", "deny"), []);
        SandboxHost.Query(refusal, "error").ShouldBe("access_denied");
    }

    [Fact]
    public async Task A_code_of_Meta_works_once_and_becomes_a_long_lived_token()
    {
        await using var host = await SandboxHost.StartAsync();
        var code = SandboxHost.Query(await host.DecideAsync("/meta/v25.0/dialog/oauth", Answer("s", "allow"), ["ads_read"]), "code");
        var url = $"/meta/v25.0/oauth/access_token?client_id=sandbox-client&client_secret=sandbox-secret&redirect_uri={Uri.EscapeDataString(SandboxHost.Redirect)}&code={code}";

        var first = await host.GetAsync(url);
        using var second = await host.Http.GetAsync(host.Url + url);
        second.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        var longer = await host.GetAsync($"/meta/v25.0/oauth/access_token?grant_type=fb_exchange_token&client_id=sandbox-client&client_secret=sandbox-secret&fb_exchange_token={first["access_token"]}");
        longer["expires_in"]!.GetValue<long>().ShouldBe((long)TimeSpan.FromDays(60).TotalSeconds);
        var seen = (await host.GetAsync($"/meta/v25.0/debug_token?input_token={longer["access_token"]}&access_token=sandbox-client%7Csandbox-secret"))["data"]!;
        seen["is_valid"]!.GetValue<bool>().ShouldBeTrue();
        seen["scopes"]!.ToJsonString().ShouldBe("""["ads_read"]""");
    }

    [Fact]
    public async Task A_permission_that_was_not_granted_is_missed()
    {
        await using var host = await SandboxHost.StartAsync();
        var reader = await host.MetaAsync(scopes: ["ads_read"]);

        (await reader.GetAsync("me/adaccounts?fields=name,currency,timezone_name,account_status"))["data"]!.AsArray().Count.ShouldBe(3);
        var error = await reader.RefusedAsync($"{MetaUser.Usd}/campaigns", new { name = "x", objective = "OUTCOME_SALES", special_ad_categories = Array.Empty<string>() });
        error["code"]!.GetValue<int>().ShouldBe(200);
    }

    [Fact]
    public async Task Expired_tokens_are_refused_as_each_platform_does()
    {
        await using var host = await SandboxHost.StartAsync();
        var meta = await host.MetaAsync();
        var google = await host.GoogleAsync();
        host.Control.Clock.Advance(TimeSpan.FromHours(3));

        var (status, body) = await meta.SendAsync(HttpMethod.Get, "me/adaccounts");
        (status, body["error"]!["code"]!.GetValue<int>(), body["error"]!["error_subcode"]!.GetValue<int>()).ShouldBe((401, 190, 463));
        (await google.RefusedAsync("customers/8005550101/googleAds:search", new { query = "SELECT customer.id FROM customer" }))["errorCode"]!["authenticationError"]!.GetValue<string>().ShouldBe("OAUTH_TOKEN_EXPIRED");

        var (_, renewed) = await host.FormAsync("/google/token", new() { ["grant_type"] = "refresh_token", ["client_id"] = "sandbox-client", ["client_secret"] = "sandbox-secret", ["refresh_token"] = google.RefreshToken });
        (await (google with { Token = renewed["access_token"]!.GetValue<string>() }).QueryAsync("SELECT customer.id FROM customer")).Count.ShouldBe(1);

        host.Control.RevokeGrants("google");
        var (reply, gone) = await host.FormAsync("/google/token", new() { ["grant_type"] = "refresh_token", ["client_id"] = "sandbox-client", ["client_secret"] = "sandbox-secret", ["refresh_token"] = google.RefreshToken });
        reply.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        gone["error"]!.GetValue<string>().ShouldBe("invalid_grant");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Google_checks_the_proof_key(bool honest)
    {
        await using var host = await SandboxHost.StartAsync();
        const string verifier = "a-long-enough-verifier-with-forty-three-characters-or-more";
        var fields = Answer("s", "allow", "107001");
        fields["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        fields["code_challenge_method"] = "S256";
        var code = SandboxHost.Query(await host.DecideAsync("/google/o/oauth2/v2/auth", fields, ["https://www.googleapis.com/auth/adwords"]), "code");

        var (reply, body) = await host.FormAsync("/google/token", new()
        {
            ["grant_type"] = "authorization_code", ["client_id"] = "sandbox-client", ["client_secret"] = "sandbox-secret", ["redirect_uri"] = SandboxHost.Redirect, ["code"] = code, ["code_verifier"] = honest ? verifier : verifier + "x",
        });

        reply.IsSuccessStatusCode.ShouldBe(honest);
        if (!honest) body["error"]!.GetValue<string>().ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_customer_is_reached_through_its_manager_only_when_the_header_says_so()
    {
        await using var host = await SandboxHost.StartAsync();
        var google = await host.GoogleAsync();
        (await (google with { Login = null }).RefusedAsync("customers/8005550101/googleAds:search", new { query = "SELECT customer.id FROM customer" }))["errorCode"]!["authorizationError"]!.GetValue<string>().ShouldBe("USER_PERMISSION_DENIED");

        var clients = await google.QueryAsync("SELECT customer_client.id, customer_client.descriptive_name, customer_client.currency_code, customer_client.time_zone, customer_client.manager, customer_client.status FROM customer_client", "8005550100");

        clients.Select(c => c["customerClient"]!["id"]!.GetValue<string>()).ShouldBe(["8005550100", "8005550101", "8005550102", "8005550103"]);
    }

    private static Dictionary<string, string> Answer(string state, string decision, string user = "10155501000001") => new()
    {
        ["client_id"] = "sandbox-client", ["redirect_uri"] = SandboxHost.Redirect, ["state"] = state, ["user"] = user, ["decision"] = decision,
    };
}
