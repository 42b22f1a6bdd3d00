using System.Net;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api.Embedded;

/// <summary>Seed 002, "Team Mangment": every example, single and bulk, and the roles.</summary>
public sealed class TeamApiTests(PartnerApp app) : IClassFixture<PartnerApp>, IAsyncLifetime
{
    private Partner ada = null!, tom = null!, mia = null!;
    private string Default => $"/api/v1/teams/{app.Scene.Team.Id}";

    public async Task InitializeAsync() => (ada, tom, mia) = (await app.UserAsync(app.Scene, "Ada-1"), await app.UserAsync(app.Scene, "Tom-1"), await app.UserAsync(app.Scene, "Mia-1"));
    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_team_is_made_listed_read_renamed_and_deleted_by_its_name()
    {
        var made = (await ada.PostAsync("/api/v1/teams", """{"enterpriseId":"1","name":"New Team"}""")).ShouldSay(HttpStatusCode.Created, "Resource created successfully").Held;
        made.ShouldHave("id:string name:string isDefault:boolean createdAt:time updatedAt:time")["isDefault"]!.GetValue<bool>().ShouldBeFalse();
        var path = $"/api/v1/teams/{made["id"]!.GetValue<string>()}";

        var all = (await ada.PostAsync("/api/v1/teams/get-all", """{"enterpriseId":"1"}""")).ShouldSay(HttpStatusCode.OK, "Request successful").Held.AsArray();
        all[0].ShouldHave("id:string name:string isDefault:boolean createdAt:time updatedAt:time TeamMembers:array")["isDefault"]!.GetValue<bool>().ShouldBeTrue();
        all[0]!["TeamMembers"]![0].ShouldHave("id:string role:string createdAt:time updatedAt:time user:object")["user"]!["externalUserId"]!.GetValue<string>().ShouldBe("Tom-1");
        all.ShouldContain(t => t!["name"]!.GetValue<string>() == "New Team");

        (await ada.PatchAsync(path, """{"name":"Updated Name"}""")).ShouldSay(HttpStatusCode.OK, "Request successful").Held.ShouldHave("id:string name:string")["name"]!.GetValue<string>().ShouldBe("Updated Name");
        (await ada.PatchAsync(path, """{"name":"Default team"}""")).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").Details.ShouldContain("Default team");
        (await ada.DeleteAsync(path)).ShouldSay(HttpStatusCode.OK, "'Team Updated Name' deleted successfully").Body["data"].ShouldBeNull();
        (await ada.GetAsync(path)).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        (await ada.DeleteAsync(Default)).ShouldRefuse(HttpStatusCode.Conflict, "CONFLICT");
    }

    [Fact]
    public async Task Any_member_reads_the_team_and_who_is_in_it()
    {
        var team = (await mia.GetAsync(Default)).ShouldSay(HttpStatusCode.OK, "Request successful").Held.ShouldHave("id:string name:string isDefault:boolean workspace:object TeamMembers:array");
        team["workspace"].ShouldHave("name:string enterpriseId:string")["enterpriseId"]!.GetValue<string>().ShouldBe("1");
        team["TeamMembers"]![0].ShouldHave("id:string role:string user:object")["role"]!.GetValue<string>().ShouldBe("ADMIN");

        var members = (await mia.GetAsync($"{Default}/members")).ShouldSay(HttpStatusCode.OK, "Request successful").Held.AsArray();
        members[0].ShouldHave("id:string role:string userId:string createdAt:time updatedAt:time user:object");
        members.Select(m => m!["user"]!["externalUserId"]!.GetValue<string>()).ShouldBe(["Tom-1", "Mia-1", "Vic-1"], ignoreOrder: true);
    }

    [Fact]
    public async Task One_member_is_answered_with_201_and_many_with_what_became_of_each()
    {
        var path = await NewTeamAsync("Assigning");
        foreach (var user in new[] { "Team-Admin-1", "Team-Member-1", "Team-Member-2", "Team-Member-3", "Alone" }) await app.UserAsync(app.Scene, user);

        var one = await ada.PostAsync($"{path}/members", """{"members":[{"externalUserId":"Alone","role":"MEMBER"}]}""");
        one.ShouldSay(HttpStatusCode.Created, "Resource created successfully").Held.ShouldHave("id:string role:string createdAt:time updatedAt:time")["role"]!.GetValue<string>().ShouldBe("MEMBER");
        (await ada.PostAsync($"{path}/members", """{"members":[{"externalUserId":"Alone","role":"ADMIN"}]}""")).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").Message.ShouldBe("User already assigned to this team");
        (await ada.PostAsync($"{path}/members", """{"members":[{"externalUserId":"never-seen","role":"ADMIN"}]}""")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND").Message.ShouldBe("User not found");

        var four = """{"members":[{"externalUserId":"Team-Admin-1","role":"ADMIN"},{"externalUserId":"Team-Member-1","role":"MEMBER"},{"externalUserId":"Team-Member-2","role":"MEMBER"},{"externalUserId":"Team-Member-3","role":"MEMBER"}]}""";
        var many = (await ada.PostAsync($"{path}/members", four)).ShouldSay(HttpStatusCode.OK, "Request successful").Held;
        many["summary"].ShouldHave("total:number successCount:number failureCount:number").ToJsonString().ShouldBe("""{"total":4,"successCount":4,"failureCount":0}""");
        many["successful"]![0].ShouldHave("externalUserId:string teamMember:object")["teamMember"].ShouldHave("id:string role:string createdAt:time updatedAt:time");

        var mixed = (await ada.PostAsync($"{path}/members", """{"members":[{"externalUserId":"Alone","role":"MEMBER"},{"externalUserId":"Vic-1","role":"MEMBER"},{"externalUserId":"never-seen","role":"MEMBER"}]}""")).ShouldBe(HttpStatusCode.OK).Held;
        mixed["failed"]!.ToJsonString().ShouldBe("""[{"externalUserId":"Alone","error":"User already assigned to this team"},{"externalUserId":"never-seen","error":"User not found"}]""");
        mixed["summary"]!.ToJsonString().ShouldBe("""{"total":3,"successCount":1,"failureCount":2}""");

        // The new admin leads at once: the token stands for the person, not for what they were.
        var leader = await app.UserAsync(app.Scene, "Team-Admin-1");
        (await leader.DeleteAsync($"{path}/members", """{"members":["Team-Member-1","Team-Member-2"]}""")).ShouldSay(HttpStatusCode.OK, "Member(s) removed successfully").Body["data"].ShouldBeNull();
        (await leader.DeleteAsync($"{path}/members", """{"members":["Team-Member-1"]}""")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        (await leader.GetAsync($"{path}/members")).Held.AsArray().Count.ShouldBe(4);
    }

    [Fact]
    public async Task Wrong_members_are_named()
    {
        (await tom.PostAsync($"{Default}/members", """{"members":[]}""")).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").Details.ShouldBe("members should not be empty");
        (await tom.PostAsync($"{Default}/members", """{"members":[{"externalUserId":"Vic-1","role":"KING"},{"role":"MEMBER"}]}""")).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST")
            .Details.ShouldBe("members[0].role should be one of admin, member|members[1].externalUserId should not be empty");
        (await tom.DeleteAsync($"{Default}/members", """{"members":"Vic-1"}""")).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").Details.ShouldBe("members should be a list");
    }

    [Fact]
    public async Task Each_role_may_what_the_seed_says_and_no_more()
    {
        var path = await NewTeamAsync("Roles");
        foreach (var user in new[] { "lead", "plain", "outsider" }) await app.UserAsync(app.Scene, user);
        await ada.PostAsync($"{path}/members", """{"members":[{"externalUserId":"lead","role":"ADMIN"},{"externalUserId":"plain","role":"MEMBER"}]}""");

        // What a workspace's admin, a team's admin, a member, a member of another team, a stranger and another tenant's admin are answered.
        var callers = new[] { ada, await app.UserAsync(app.Scene, "lead"), await app.UserAsync(app.Scene, "plain"), mia, await app.UserAsync(app.Scene, "outsider"), await app.UserAsync(app.Strangers, "Ada-1") };
        await ShouldAnswerAsync(c => c.GetAsync(path), 200, 200, 200, 404, 404, 404);
        await ShouldAnswerAsync(c => c.GetAsync($"{path}/members"), 200, 200, 200, 404, 404, 404);
        await ShouldAnswerAsync(c => c.PatchAsync(path, """{"name":"Roles"}"""), 200, 200, 403, 404, 404, 404);
        await ShouldAnswerAsync(c => c.PostAsync($"{path}/members", """{"members":[{"externalUserId":"outsider","role":"KING"}]}"""), 400, 400, 400, 400, 400, 400);
        await ShouldAnswerAsync(c => c.DeleteAsync($"{path}/members", """{"members":["nobody"]}"""), 404, 404, 403, 404, 404, 404);
        await ShouldAnswerAsync(c => c.PostAsync("/api/v1/teams/get-all", """{"enterpriseId":"1"}"""), 200, 403, 403, 403, 404, 200);
        await ShouldAnswerAsync(c => c.PostAsync("/api/v1/teams", """{"enterpriseId":"1","name":"Default team"}"""), 400, 403, 403, 403, 404, 400);
        await ShouldAnswerAsync(c => c.GetAsync($"/api/v1/connections/team/{path.Split('/')[^1]}"), 200, 200, 403, 404, 404, 404);
        await ShouldAnswerAsync(c => c.GetAsync("/api/v1/connections"), 200, 200, 403, 403, 403, 200);
        await ShouldAnswerAsync(c => c.GetAsync("/api/v1/connections/status"), 200, 200, 403, 403, 403, 200);
        await ShouldAnswerAsync(c => c.PostAsync("/api/v1/connections", $$"""{"platform":"meta","teamId":"{{path.Split('/')[^1]}}"}"""), 201, 201, 403, 403, 404, 404);
        await ShouldAnswerAsync(c => c.DeleteAsync(path), 200, 404, 404, 404, 404, 404);

        async Task ShouldAnswerAsync(Func<Partner, Task<Reply>> ask, params int[] statuses)
        {
            foreach (var (caller, status) in callers.Zip(statuses)) ((int)(await ask(caller)).Status).ShouldBe(status);
        }
    }

    [Fact]
    public async Task A_team_that_is_no_id_does_not_exist() => (await ada.GetAsync("/api/v1/teams/my-team")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");

    private async Task<string> NewTeamAsync(string name) => $"/api/v1/teams/{(await ada.PostAsync("/api/v1/teams", $$"""{"enterpriseId":"1","name":"{{name}}"}""")).ShouldBe(HttpStatusCode.Created).Held["id"]!.GetValue<string>()}";
}
