using System.Net;
using System.Text.Json.Nodes;
using System.Web;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api.Embedded;

/// <summary>Seed 002, "Connection": begun over the API, consented to on the sandbox's page, finished in a browser that is not signed in here.</summary>
public sealed class ConnectionApiTests(PartnerApp app) : IClassFixture<PartnerApp>, IAsyncLifetime
{
    private const string Back = "https://app.partner.example/connected?tab=ads";
    private static readonly HttpClient Browser = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
    private Partner tom = null!;

    public async Task InitializeAsync()
    {
        tom = await app.UserAsync(app.Scene, "Tom-1");
        (await app.Get<AllowRedirectHost>().RunAsync(app.Scene.Admin, "app.partner.example", CancellationToken.None)).IsDone.ShouldBeTrue();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_platform_is_connected_without_a_cookie_and_the_browser_goes_back_to_the_partner()
    {
        var started = await StartAsync(Back);
        started.Text.ShouldStartWith("{\"authUrl\":");
        started.Body.AsObject().Count.ShouldBe(1);

        var callback = await ConsentAsync(started, "allow");
        var back = await FollowAsync(callback);

        back.GetLeftPart(UriPartial.Path).ShouldBe("https://app.partner.example/connected");
        var told = HttpUtility.ParseQueryString(back.Query);
        told.AllKeys.ShouldBe(["tab", "status", "platform", "connectionId"]);
        (told["tab"], told["status"], told["platform"]).ShouldBe(("ads", "connected", "meta"));
        // The state is good for one use, even with the same code.
        HttpUtility.ParseQueryString((await FollowAsync(callback)).Query)["reason"].ShouldBe("replayed");

        var list = (await tom.GetAsync("/api/v1/connections")).ShouldSay(HttpStatusCode.OK, "Request successful").Held.ShouldHave("success:boolean count:number data:array");
        list["count"]!.GetValue<int>().ShouldBe(list["data"]!.AsArray().Count);
        var connection = list["data"]!.AsArray().Single(c => c!["id"]!.GetValue<string>() == told["connectionId"]).ShouldHave("id:string platform:string adsAccounts:array");
        connection["platform"]!.GetValue<string>().ShouldBe("meta");
        var account = connection["adsAccounts"]![0].ShouldHave("id:string accountId:string name:string currency:string permission:string");
        account["permission"]!.GetValue<string>().ShouldBe("MANAGER");
        (await tom.GetAsync($"/api/v1/connections/team/{app.Scene.Team.Id}")).ShouldSay(HttpStatusCode.OK, "Request successful").Held["data"]!.AsArray().ShouldContain(c => c!["id"]!.GetValue<string>() == told["connectionId"]);

        var states = (await tom.GetAsync("/api/v1/connections/status")).ShouldSay(HttpStatusCode.OK, "Request successful").Held["connected"]!.AsArray();
        var state = states.First(s => s!["ads_account_id"]!.GetValue<string>() == account["accountId"]!.GetValue<string>()).ShouldHave("platform:string connected:boolean ads_account_id:string ads_accooun_id:string account_name:string");
        (state["connected"]!.GetValue<bool>(), state["ads_accooun_id"]!.GetValue<string>()).ShouldBe((true, account["accountId"]!.GetValue<string>()));

        // One account off the connection: syncing does not bring it back. Then the whole connection.
        var removed = (await tom.DeleteAsync($"/api/v1/connections/{account["accountId"]}/remove-connection")).ShouldSay(HttpStatusCode.OK, $"Ads account {account["id"]} removed successfully.").Held;
        removed.ShouldHave("tenantId:string adsAccountId:string deletedConnections:number deletedAdsAccount:boolean")["deletedConnections"]!.GetValue<int>().ShouldBe(0);
        (removed["tenantId"]!.GetValue<string>(), removed["deletedAdsAccount"]!.GetValue<bool>()).ShouldBe((app.Scene.Organization.Id.ToString(), true));
        await app.Get<Core.Connections.SyncAdAccounts>().RunAsync(app.Scene.Admin, Guid.Parse(told["connectionId"]!), CancellationToken.None);
        (await tom.GetAsync("/api/v1/connections/status")).Text.ShouldNotContain($"\"{account["accountId"]}\"");
        (await tom.DeleteAsync($"/api/v1/connections/{account["accountId"]}/remove-connection")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");

        var gone = (await tom.DeleteAsync($"/api/v1/connections/{told["connectionId"]}/disconnect")).ShouldSay(HttpStatusCode.OK, $"Connection {told["connectionId"]} and all related data deleted successfully.").Held;
        gone.ShouldHave("deleted:object")["deleted"]!["connectionId"]!.GetValue<string>().ShouldBe(told["connectionId"]);
        (await tom.DeleteAsync($"/api/v1/connections/{told["connectionId"]}/disconnect")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task A_no_on_the_consent_page_is_told_the_partner_and_nothing_is_connected()
    {
        var back = await FollowAsync(await ConsentAsync(await StartAsync(Back), "deny"));

        back.ToString().ShouldBe("https://app.partner.example/connected?tab=ads&status=failed&platform=meta&reason=denied");
    }

    [Fact]
    public async Task Without_a_redirect_the_browser_ends_on_a_page_of_ours_that_needs_no_sign_in()
    {
        var back = await FollowAsync(await ConsentAsync(await StartAsync(null), "deny"));

        back.AbsolutePath.ShouldBe("/connect/done");
        var page = await Browser.GetStringAsync(back);
        page.ShouldContain("Meta was not connected");
        page.ShouldContain("Access was not given");
    }

    [Fact]
    public async Task A_state_that_somebody_made_up_or_tore_from_its_platform_connects_nothing()
    {
        // No state of a program's attempt: the person's own session would have to vouch, and there is none.
        (await FollowAsync(new Uri(app.Address, "/connections/callback/meta?state=guessed&code=x"))).ToString().ShouldEndWith("/connections?err=signed_out");
        var callback = await ConsentAsync(await StartAsync(Back), "allow");
        var elsewhere = new Uri(callback.ToString().Replace("/callback/meta", "/callback/google", StringComparison.Ordinal));
        HttpUtility.ParseQueryString((await FollowAsync(elsewhere)).Query)["reason"].ShouldBe("forged");
    }

    [Fact]
    public async Task Who_leaves_the_organization_meanwhile_connects_nothing()
    {
        await app.UserAsync(app.Scene, "leaver");
        await tom.PostAsync($"/api/v1/teams/{app.Scene.Team.Id}/members", """{"members":[{"externalUserId":"leaver","role":"ADMIN"}]}""");
        var callback = await ConsentAsync(await StartAsync(Back, await app.UserAsync(app.Scene, "leaver")), "allow");
        (await tom.DeleteAsync($"/api/v1/teams/{app.Scene.Team.Id}/members", """{"members":["leaver"]}""")).ShouldBe(HttpStatusCode.OK);

        HttpUtility.ParseQueryString((await FollowAsync(callback)).Query)["status"].ShouldBe("failed");
    }

    [Theory]
    [InlineData("https://evil.example/connected")]
    [InlineData("https://app.partner.example.evil.example/")]
    [InlineData("https://app.partner.example@evil.example/")]
    [InlineData("http://app.partner.example/connected")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/connections")]
    [InlineData("//evil.example")]
    [InlineData("https://example.xxx")]
    public async Task A_redirect_that_is_not_on_the_list_is_refused_by_name(string redirect)
    {
        var reply = await tom.PostAsync("/api/v1/connections", new JsonObject { ["platform"] = "meta", ["redirect"] = redirect });
        reply.ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").Details.ShouldStartWith("redirect");
    }

    [Fact]
    public async Task The_seeds_example_works_once_its_host_is_allowed_and_the_team_is_found_by_itself()
    {
        var admin = app.Scene.Admin;
        (await app.Get<AllowRedirectHost>().RunAsync(admin, "https://Example.xxx/anything", CancellationToken.None)).Value.ShouldBe("example.xxx");
        var example = new JsonObject { ["platform"] = "meta", ["workspaceId"] = app.Scene.Workspace.Id.ToString(), ["teamId"] = app.Scene.Team.Id.ToString(), ["redirect"] = "https://example.xxx" };
        (await tom.PostAsync("/api/v1/connections", example)).ShouldBe(HttpStatusCode.Created).Body["authUrl"]!.GetValue<string>().ShouldContain("state=");
        foreach (var body in new[] { """{"platform":"facebook"}""", """{"platform":"google","workspaceId":"1"}""", $$"""{"platform":"apple","teamId":"{{app.Scene.Team.Id}}"}""" })
            (await tom.PostAsync("/api/v1/connections", body)).ShouldBe(HttpStatusCode.Created);
        (await app.Get<ForbidRedirectHost>().RunAsync(admin, "example.xxx", CancellationToken.None)).IsDone.ShouldBeTrue();

        (await tom.PostAsync("/api/v1/connections", """{"platform":"myspace"}""")).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").Details.ShouldStartWith("platform should be one of meta, google");
        (await tom.PostAsync("/api/v1/connections", """{"platform":"meta","workspaceId":"none"}""")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        (await tom.PostAsync("/api/v1/connections", """{"platform":"meta","teamId":"none"}""")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task Where_keys_are_pasted_instead_the_page_needs_no_sign_in_and_says_what_is_wrong()
    {
        var page = new Uri((await tom.PostAsync("/api/v1/connections", new JsonObject { ["platform"] = "apple", ["redirect"] = Back })).ShouldBe(HttpStatusCode.Created).Body["authUrl"]!.GetValue<string>());
        page.AbsolutePath.ShouldBe("/connect/keys/apple");
        (await Browser.GetStringAsync(page)).ShouldContain("Connect Apple");
        (await Browser.GetStringAsync(new Uri(app.Address, "/connect/keys/apple?state=guessed"))).ShouldContain("This link no longer works");
    }

    [Fact]
    public async Task Only_the_organizations_admins_say_where_browsers_may_go()
    {
        (await app.Get<AllowRedirectHost>().RunAsync(app.Scene.Manager, "app.other.example", CancellationToken.None)).Refusal.ShouldBeOfType<OrganizationAdminNeeded>();
        (await app.Get<ForbidRedirectHost>().RunAsync(app.Scene.Manager, "app.partner.example", CancellationToken.None)).Refusal.ShouldBeOfType<OrganizationAdminNeeded>();
        foreach (var wrong in new[] { "", "*.example.com", "shop", "https://user@app.example.com", "http://", "app .example.com" })
            (await app.Get<AllowRedirectHost>().RunAsync(app.Scene.Admin, wrong, CancellationToken.None)).Refusal.ShouldBeOfType<InvalidError>(wrong);
        (await app.Get<ListRedirectHosts>().RunAsync(app.Strangers.Admin, CancellationToken.None)).ShouldBeEmpty();
    }

    private async Task<Reply> StartAsync(string? redirect, Partner? user = null) =>
        (await (user ?? tom).PostAsync("/api/v1/connections", new JsonObject { ["platform"] = "meta", ["teamId"] = app.Scene.Team.Id.ToString(), ["redirect"] = redirect })).ShouldBe(HttpStatusCode.Created);

    /// <summary>Answers on the sandbox's consent page; where the platform then sends the browser.</summary>
    private static async Task<Uri> ConsentAsync(Reply started, string decision)
    {
        var url = new Uri(started.Body["authUrl"]!.GetValue<string>());
        var asked = HttpUtility.ParseQueryString(url.Query);
        using var form = new FormUrlEncodedContent([
            .. asked.AllKeys.Where(k => k != "scope").Select(k => KeyValuePair.Create(k!, asked[k]!)), .. asked["scope"]!.Split(' ', ',').Select(s => KeyValuePair.Create("scope", s)),
            KeyValuePair.Create("user", "10155501000001"), KeyValuePair.Create("decision", decision)]);
        using var answer = await Browser.PostAsync(url.GetLeftPart(UriPartial.Path), form);
        return answer.Headers.Location.ShouldNotBeNull();
    }

    private async Task<Uri> FollowAsync(Uri callback)
    {
        using var answer = await Browser.GetAsync(callback);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return new Uri(app.Address, answer.Headers.Location.ShouldNotBeNull());
    }
}
