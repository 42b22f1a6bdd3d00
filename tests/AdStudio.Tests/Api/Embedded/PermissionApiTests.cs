using System.Net;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api.Embedded;

/// <summary>Seed 002, "Ads Account Mangment": who may do what with a team's ad accounts.</summary>
public sealed class PermissionApiTests(PartnerApp app) : IClassFixture<PartnerApp>, IAsyncLifetime
{
    private Partner tom = null!;
    private string Path => $"/api/v1/{app.Scene.Team.Id}/ads-accounts";

    public async Task InitializeAsync() => tom = await app.UserAsync(app.Scene, "Tom-1");
    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_permission_is_given_changed_and_taken_back_by_the_platforms_id()
    {
        var member = await MemberAsync("perm-1");

        var given = (await tom.PostAsync($"{Path}/assign", """{"adAccountId":"act_1001","externalUserId":"perm-1","permission":"MANAGER"}""")).ShouldSay(HttpStatusCode.Created, "Resource created successfully").Held;
        given.ShouldHave("id:string permission:string updatedAt:time createdAt:time adsAccount:object")["permission"]!.GetValue<string>().ShouldBe("MANAGER");
        given["adsAccount"].ShouldHave("accountId:string")["accountId"]!.GetValue<string>().ShouldBe("act_1001");
        (await member.GetAsync(Insights)).ShouldBe(HttpStatusCode.OK);

        app.Advance(TimeSpan.FromSeconds(2));
        var changed = (await tom.PostAsync($"{Path}/change-permission", """{"adAccountId":"act_1001","externalUserId":"perm-1","permission":"VIEWER"}""")).ShouldSay(HttpStatusCode.OK, "Ad account permission changed successfully").Held;
        changed["permission"]!.GetValue<string>().ShouldBe("VIEWER");
        string.CompareOrdinal(changed["updatedAt"]!.GetValue<string>(), changed["createdAt"]!.GetValue<string>()).ShouldBePositive();

        (await tom.PostAsync($"{Path}/revoke", """{"adAccountId":"act_1001","externalUserId":"perm-1"}""")).ShouldSay(HttpStatusCode.OK, "Ad account revoked from member successfully").Body["data"].ShouldBeNull();
        (await tom.PostAsync($"{Path}/revoke", """{"adAccountId":"act_1001","externalUserId":"perm-1"}""")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        (await tom.PostAsync($"{Path}/change-permission", """{"adAccountId":"act_1001","externalUserId":"perm-1","permission":"VIEWER"}""")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        (await member.GetAsync(Insights)).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Theory]
    [InlineData("1001")]
    [InlineData("act_1001")]
    [InlineData(null)]
    public async Task The_account_goes_by_any_of_its_names(string? name)
    {
        await MemberAsync($"perm-{name}");
        (await tom.PostAsync($"{Path}/assign", $$"""{"adAccountId":"{{name ?? app.Scene.Meta.Id.ToString()}}","externalUserId":"perm-{{name}}","permission":"viewer"}""")).ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task What_is_missing_or_unknown_is_said()
    {
        (await tom.PostAsync($"{Path}/assign", """{"permission":"OWNER"}""")).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST")
            .Details.ShouldBe("adAccountId should not be empty|externalUserId should not be empty|permission should be one of manager, viewer");
        (await tom.PostAsync($"{Path}/assign", """{"adAccountId":"act_9","externalUserId":"Mia-1","permission":"VIEWER"}""")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        (await tom.PostAsync($"{Path}/assign", """{"adAccountId":"act_1001","externalUserId":"nobody","permission":"VIEWER"}""")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        (await tom.PostAsync("/api/v1/no-team/ads-accounts/assign", """{"adAccountId":"act_1001","externalUserId":"Mia-1","permission":"VIEWER"}""")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task Only_an_admin_of_the_team_hands_permissions_out()
    {
        var body = """{"adAccountId":"act_1001","externalUserId":"Vic-1","permission":"MANAGER"}""";
        foreach (var verb in new[] { "assign", "revoke", "change-permission" })
        {
            foreach (var user in new[] { "Mia-1", "Vic-1" }) (await (await app.UserAsync(app.Scene, user)).PostAsync($"{Path}/{verb}", body)).ShouldRefuse(HttpStatusCode.Forbidden, "FORBIDDEN");
            (await (await app.UserAsync(app.Scene, "somebody-new")).PostAsync($"{Path}/{verb}", body)).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
            (await (await app.UserAsync(app.Strangers, "Ada-1")).PostAsync($"{Path}/{verb}", body)).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        }
    }

    private static string Insights => "/api/v1/connections/act_1001/insights?start_date=2026-11-01&end_date=2026-11-19&metrics=spend";

    private async Task<Partner> MemberAsync(string user)
    {
        var partner = await app.UserAsync(app.Scene, user);
        (await tom.PostAsync($"/api/v1/teams/{app.Scene.Team.Id}/members", $$"""{"members":[{"externalUserId":"{{user}}","role":"MEMBER"}]}""")).ShouldBe(HttpStatusCode.Created);
        return partner;
    }
}
