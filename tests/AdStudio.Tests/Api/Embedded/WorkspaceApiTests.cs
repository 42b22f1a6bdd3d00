using System.Net;
using AdStudio.Core.Accounts;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api.Embedded;

/// <summary>Seed 002, "Workspace Mangment": every example as it stands there, and who may.</summary>
public sealed class WorkspaceApiTests(PartnerApp app) : IClassFixture<PartnerApp>
{
    [Theory]
    [InlineData("/api/v1/workspace/", "made-1")]
    [InlineData("/api/v1/workspace", "made-2")]
    public async Task A_workspace_is_created_with_its_default_team_and_its_maker_is_the_admin(string address, string enterpriseId)
    {
        var user = await app.UserAsync(app.Scene, "user-" + enterpriseId);

        var made = await user.PostAsync(address, $$"""{"enterpriseId":"{{enterpriseId}}","workspaceName":"New Workspace"}""");

        made.ShouldSay(HttpStatusCode.Created, "Resource created successfully").Held.ShouldHave("id:string name:string createdAt:time updatedAt:time")["name"]!.GetValue<string>().ShouldBe("New Workspace");
        var read = (await user.GetAsync($"/api/v1/workspace/{enterpriseId}")).ShouldSay(HttpStatusCode.OK, "Request successful").Held.ShouldHave("id:string name:string admin:object enterpriseId:string createdAt:time updatedAt:time");
        (read["enterpriseId"]!.GetValue<string>(), read["admin"]!["externalUserId"]!.GetValue<string>()).ShouldBe((enterpriseId, "user-" + enterpriseId));
        var team = (await user.PostAsync("/api/v1/teams/get-all", $$"""{"enterpriseId":"{{enterpriseId}}"}""")).Held.AsArray().ShouldHaveSingleItem()!;
        team["isDefault"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task A_second_one_of_the_same_id_is_refused_in_the_seeds_words()
    {
        var reply = await (await app.UserAsync(app.Scene, "Mia-1")).PostAsync("/api/v1/workspace/", """{"enterpriseId":"1","workspaceName":"New Workspace"}""");

        reply.ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").Message.ShouldBe("Workspace already exists with the same enterpriseId");
        reply.Body["error"]!.AsObject().ContainsKey("details").ShouldBeFalse();
        reply.Body["path"]!.GetValue<string>().ShouldBe("/api/v1/workspace");
        // Another tenant's id is free.
        (await (await app.UserAsync(app.Strangers, "Ada-1")).PostAsync("/api/v1/workspace", """{"enterpriseId":"made-1x","workspaceName":"Theirs"}""")).ShouldBe(HttpStatusCode.Created);
        (await (await app.UserAsync(app.Scene, "Mia-1")).PostAsync("/api/v1/workspace", """{"enterpriseId":"made-1x","workspaceName":"Ours"}""")).ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Who_comes_without_key_or_token_is_refused_as_the_seed_documents()
    {
        var (nobody, body) = (new Partner(app.Address), """{"enterpriseId":"2","workspaceName":"New Workspace"}""");
        (await nobody.PostAsync("/api/v1/workspace", body)).ShouldRefuse(HttpStatusCode.Unauthorized, "UNAUTHORIZED").Message.ShouldBe("API key is required");
        (await nobody.With("x-api-key", "ask_guessed").PostAsync("/api/v1/workspace", body)).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND").Message.ShouldBe("Tenant not found");

        var key = nobody.With("x-api-key", await app.KeyAsync(app.Scene));
        foreach (var caller in new[] { key, key.With("Authorization", "Bearer guessed"), key.With("Authorization", "Basic x") })
            (await caller.PostAsync("/api/v1/workspace", body)).ShouldRefuse(HttpStatusCode.Forbidden, "FORBIDDEN").Message.ShouldBe("Access denied");
        // A token of another tenant's user, and a token that a key with less brought.
        var stranger = await app.UserAsync(app.Strangers, "Ada-1");
        (await stranger.With("x-api-key", await app.KeyAsync(app.Scene)).PostAsync("/api/v1/workspace", body)).ShouldRefuse(HttpStatusCode.Forbidden, "FORBIDDEN");
        var reader = await app.UserAsync(app.Scene, "Ada-1", ApiScopes.ReadWorkspaces);
        (await reader.GetAsync("/api/v1/workspace/1")).ShouldBe(HttpStatusCode.OK);
        (await reader.PostAsync("/api/v1/workspace", body)).ShouldRefuse(HttpStatusCode.Forbidden, "FORBIDDEN_SCOPE");
    }

    [Fact]
    public async Task A_token_reaches_no_further_than_either_key()
    {
        var all = await app.UserAsync(app.Scene, "Ada-1", ApiScopes.ReadWorkspaces, ApiScopes.ReadAccounts);
        var narrow = all.With("x-api-key", await app.KeyAsync(app.Scene, ApiScopes.Read));

        (await narrow.GetAsync("/api/v1/connections")).ShouldBe(HttpStatusCode.OK);
        (await narrow.GetAsync("/api/v1/workspace/1")).ShouldRefuse(HttpStatusCode.Forbidden, "FORBIDDEN_SCOPE");
    }

    [Fact]
    public async Task Wrong_fields_are_named_in_sentences()
    {
        var user = await app.UserAsync(app.Scene, "Mia-1");
        var reply = await user.PostAsync("/api/v1/workspace", """{"enterpriseId":7}""");
        reply.ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").Message.ShouldBe("Validation failed");
        reply.Details.ShouldBe("workspaceName should not be empty|enterpriseId should be a text");
    }

    [Fact]
    public async Task It_is_renamed_given_to_another_admin_and_deleted_with_its_teams()
    {
        var owner = await app.UserAsync(app.Scene, "owner");
        var heir = await app.UserAsync(app.Scene, "4");
        (await owner.PostAsync("/api/v1/workspace", """{"enterpriseId":"life","workspaceName":"Old Name"}""")).ShouldBe(HttpStatusCode.Created);

        var renamed = (await owner.PatchAsync("/api/v1/workspace/life", """{"name":"New Name"}""")).ShouldSay(HttpStatusCode.OK, "Request successful").Held;
        renamed.ShouldHave("id:string name:string adminId:string enterpriseId:string createdAt:time updatedAt:time")["name"]!.GetValue<string>().ShouldBe("New Name");
        (await owner.PatchAsync("/api/v1/workspace/life", "{}")).ShouldBe(HttpStatusCode.OK).Held["name"]!.GetValue<string>().ShouldBe("New Name");
        (await owner.PatchAsync("/api/v1/workspace/life", """{"name":""}""")).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").Details.ShouldBe("name should not be empty");

        (await owner.PatchAsync("/api/v1/workspace/life/change-admin", """{"adminId":"4"}""")).ShouldSay(HttpStatusCode.OK, "Admin changed successfully").Body["data"].ShouldBeNull();
        (await owner.PatchAsync("/api/v1/workspace/life", """{"name":"Mine again"}""")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        (await heir.PatchAsync("/api/v1/workspace/life/change-admin", """{"adminId":"nobody"}""")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");

        (await heir.DeleteAsync("/api/v1/workspace/life")).ShouldSay(HttpStatusCode.OK, "Workspace deleted successfully with its teams").Body["data"].ShouldBeNull();
        (await heir.GetAsync("/api/v1/workspace/life")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        (await heir.PostAsync("/api/v1/teams/get-all", """{"enterpriseId":"life"}""")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Theory]
    [InlineData("Vic-1", HttpStatusCode.Forbidden)]
    [InlineData("Tom-1", HttpStatusCode.Forbidden)]
    [InlineData("somebody-new", HttpStatusCode.NotFound)]
    public async Task Only_its_admin_changes_it(string user, HttpStatusCode refusal)
    {
        var partner = await app.UserAsync(app.Scene, user);
        (await partner.GetAsync("/api/v1/workspace/1")).ShouldBe(refusal == HttpStatusCode.NotFound ? refusal : HttpStatusCode.OK);
        (await partner.PatchAsync("/api/v1/workspace/1", """{"name":"New Name"}""")).ShouldBe(refusal);
        (await partner.PatchAsync("/api/v1/workspace/1/change-admin", """{"adminId":"Vic-1"}""")).ShouldBe(refusal);
        (await partner.DeleteAsync("/api/v1/workspace/1")).ShouldBe(refusal);
    }
}
