using System.Net;
using AdStudio.Core.Accounts;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api.Embedded;

/// <summary>Signing up a partner's user: seed 002's AddMemberDto.</summary>
public sealed class RegisterApiTests(PartnerApp app) : IClassFixture<PartnerApp>, IAsyncLifetime
{
    private const string Nora = """{"name":"Nora Field","email":"nora@shop.example","password":"Blue-Kettle-7","workspaceName":"Nora's Shop","externalUserId":"nora-7"}""";
    private Partner key = null!;

    public async Task InitializeAsync() => key = new Partner(app.Address, ("x-api-key", await app.KeyAsync(app.Scene)));
    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_user_is_signed_up_with_a_workspace_and_signs_in_both_ways()
    {
        var made = (await key.PostAsync("/api/v1/auth/register", Nora)).ShouldSay(HttpStatusCode.Created, "Resource created successfully").Held;

        made.ShouldHave("id:string name:string email:string externalUserId:string workspace:object createdAt:time")["externalUserId"]!.GetValue<string>().ShouldBe("nora-7");
        var workspace = made["workspace"].ShouldHave("id:string name:string enterpriseId:string createdAt:time updatedAt:time")["enterpriseId"]!.GetValue<string>();
        made.ToJsonString().ShouldNotContain("Kettle");
        var nora = await app.UserAsync(app.Scene, "nora-7");
        (await nora.GetAsync($"/api/v1/workspace/{workspace}")).ShouldBe(HttpStatusCode.OK).Held["admin"]!["externalUserId"]!.GetValue<string>().ShouldBe("nora-7");
        (await nora.GetAsync("/api/v1/workspace/1")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        await using var db = await app.Studio.OpenAsync(app.Scene.Admin, CancellationToken.None);
        var person = db.Users.Single(p => p.ExternalUserId == "nora-7");
        (person.Role, person.EmailConfirmed, app.Get<Identities>().Hasher.VerifyHashedPassword(person, person.PasswordHash!, "Blue-Kettle-7")).ShouldBe((Core.Common.OrganizationRole.Member, false, Microsoft.AspNetCore.Identity.PasswordVerificationResult.Success));

        (await key.PostAsync("/api/v1/auth/register", Nora.Replace("nora-7", "nora-8"))).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").Details.ShouldStartWith("email: This address has an account already");
        (await key.PostAsync("/api/v1/auth/register", Nora.Replace("nora@", "other@"))).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").Details.ShouldBe("externalUserId: User already exists with the same externalUserId");
    }

    [Fact]
    public async Task What_is_missing_is_said_in_the_seeds_words()
    {
        var reply = await key.PostAsync("/api/v1/auth/register", """{"workspaceName":"Shop","externalUserId":"1"}""");
        reply.ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").Message.ShouldBe("Validation failed");
        reply.Details.ShouldBe("email must be an email|name should not be empty|password should not be empty");
    }

    [Theory]
    [InlineData("blue-kettle-7")]
    [InlineData("BLUE-KETTLE-7")]
    [InlineData("Blue-Kettle")]
    [InlineData("BlueKettle7")]
    [InlineData("Bl-7")]
    public async Task A_weak_password_is_refused(string password) =>
        (await key.PostAsync("/api/v1/auth/register", Nora.Replace("Blue-Kettle-7", password).Replace("nora", "weak"))).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").Details.ShouldBe($"password: {PasswordRule.Text}");

    [Fact]
    public async Task The_key_must_be_there_and_may_manage_workspaces()
    {
        (await new Partner(app.Address).PostAsync("/api/v1/auth/register", Nora)).ShouldRefuse(HttpStatusCode.Unauthorized, "UNAUTHORIZED").Message.ShouldBe("API key is required");
        (await key.With("x-api-key", await app.KeyAsync(app.Scene, ApiScopes.Read)).PostAsync("/api/v1/auth/register", Nora)).ShouldRefuse(HttpStatusCode.Forbidden, "FORBIDDEN_SCOPE");
    }
}
