using System.Net;
using System.Text.Json.Nodes;
using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Audiences;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api;

/// <summary>Keys and tokens, as seed 002 gives them out and as seed 000 takes them.</summary>
public sealed class TokenTests(PartnerApp app) : IClassFixture<PartnerApp>
{
    private static readonly JsonObject Ada = new() { ["externalUserId"] = "Ada-1" };

    private Partner Nobody => new(app.Address);

    [Fact]
    public async Task Without_a_key_there_is_no_token_and_an_unknown_key_has_no_tenant()
    {
        var missing = await Nobody.PostAsync("/api/v1/auth/token", Ada.DeepClone());
        missing.ShouldRefuse(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        missing.Body["error"]!["message"]!.GetValue<string>().ShouldBe("API key is required");
        missing.Body["path"]!.GetValue<string>().ShouldBe("/api/v1/auth/token");

        var unknown = await Nobody.With("x-api-key", "ask_guessed").PostAsync("/api/v1/auth/token", Ada.DeepClone());
        unknown.ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND").Body["error"]!["message"]!.GetValue<string>().ShouldBe("Tenant not found");
    }

    [Fact]
    public async Task A_key_gives_tokens_for_a_user_in_the_envelope_of_the_seed()
    {
        var reply = await Nobody.With("x-api-key", await app.KeyAsync(app.Scene)).PostAsync("/api/v1/auth/token", Ada.DeepClone());

        reply.ShouldBe(HttpStatusCode.Created);
        reply.Body.AsObject().Select(p => p.Key).ShouldBe(["success", "data", "message", "timestamp", "statusCode"]);
        (reply.Body["success"]!.GetValue<bool>(), reply.Body["statusCode"]!.GetValue<int>()).ShouldBe((true, 201));
        reply.Header("X-Request-Id").ShouldStartWith("req_");
        reply.Header("RateLimit-Limit").ShouldBe("100000");
        var bearer = Nobody.With("Authorization", "Bearer " + reply.Body["data"]!["accessToken"]!.GetValue<string>());
        (await bearer.GetAsync("/api/crm/ads/campaigns")).ShouldBe(HttpStatusCode.OK);

        var wrong = await Nobody.With("x-api-key", await app.KeyAsync(app.Scene)).PostAsync("/api/v1/auth/token", """{"externalUserId":7}""");
        wrong.ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").Body["error"]!["details"]![0]!.GetValue<string>().ShouldBe("externalUserId should be a text");
    }

    [Fact]
    public async Task A_refresh_token_works_once_and_its_second_use_ends_the_family()
    {
        var key = Nobody.With("x-api-key", await app.KeyAsync(app.Scene));
        var first = Refresh(await key.PostAsync("/api/v1/auth/token", Ada.DeepClone()));

        var second = Refresh((await key.With("Authorization", "Bearer " + first).GetAsync("/api/v1/auth/refresh-token")).ShouldBe(HttpStatusCode.OK));
        second.ShouldNotBe(first);
        (await key.With("Authorization", "Bearer " + first).GetAsync("/api/v1/auth/refresh-token")).ShouldRefuse(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        (await key.With("Authorization", "Bearer " + second).GetAsync("/api/v1/auth/refresh-token")).ShouldRefuse(HttpStatusCode.Unauthorized, "UNAUTHORIZED");

        static string Refresh(Reply reply) => reply.Body["data"]!["refreshToken"]!.GetValue<string>();
    }

    [Fact]
    public async Task A_token_reaches_its_own_organization_alone()
    {
        var partner = await app.PartnerAsync(app.Scene, "Ada-1");

        (await partner.With("orgid", app.Scene.Organization.Id.ToString()).GetAsync("/api/crm/ads/campaigns")).ShouldBe(HttpStatusCode.OK);
        (await partner.With("orgid", app.Strangers.Organization.Id.ToString()).GetAsync("/api/crm/ads/campaigns")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        (await partner.With("orgid", "7").GetAsync("/api/crm/ads/campaigns")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        (await Nobody.With("Authorization", "Bearer eyJhbGciOiJub25lIn0.e30.").GetAsync("/api/crm/ads/campaigns")).ShouldRefuse(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        (await Nobody.GetAsync("/api/crm/ads/campaigns")).ShouldRefuse(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
    }

    [Fact]
    public async Task A_key_reaches_as_far_as_its_scopes_and_so_do_its_tokens()
    {
        var reader = Nobody.With("x-api-key", await app.KeyAsync(app.Scene, ApiScopes.Read));
        (await reader.GetAsync("/api/crm/ads/campaigns")).ShouldBe(HttpStatusCode.OK);
        (await reader.PostAsync("/api/crm/ads/campaigns", "{}")).ShouldRefuse(HttpStatusCode.Forbidden, "FORBIDDEN_SCOPE");

        var person = await app.PartnerAsync(app.Scene, "Ada-1", ApiScopes.ReadAccounts);
        (await person.GetAsync("/api/crm/ads/accounts")).ShouldBe(HttpStatusCode.OK);
        (await person.GetAsync("/api/crm/ads/campaigns")).ShouldRefuse(HttpStatusCode.Forbidden, "FORBIDDEN_SCOPE");
    }

    [Fact]
    public async Task With_a_revoked_key_its_tokens_end()
    {
        var admin = app.Scene.Admin;
        var key = (await app.Get<CreateApiKey>().RunAsync(admin, "Short", ["*"], null, CancellationToken.None)).Value;
        var token = (await Nobody.With("x-api-key", key.Text).PostAsync("/api/v1/auth/token", Ada.DeepClone())).Body["data"]!["accessToken"]!.GetValue<string>();
        var partner = Nobody.With("Authorization", "Bearer " + token);
        (await partner.GetAsync("/api/crm/ads/accounts")).ShouldBe(HttpStatusCode.OK);

        (await app.Get<RevokeApiKey>().RunAsync(admin, key.Row.Id, CancellationToken.None)).IsDone.ShouldBeTrue();

        (await partner.GetAsync("/api/crm/ads/accounts")).ShouldRefuse(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        (await Nobody.With("x-api-key", key.Text).GetAsync("/api/crm/ads/accounts")).ShouldRefuse(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
    }

    [Fact]
    public async Task Only_the_organizations_admins_handle_keys_and_the_text_is_kept_nowhere()
    {
        var made = (await app.Get<CreateApiKey>().RunAsync(app.Scene.Admin, "Shop", [ApiScopes.Read], null, CancellationToken.None)).Value;

        (await app.Get<CreateApiKey>().RunAsync(app.Scene.Manager, "Mine", ["*"], null, CancellationToken.None)).Refusal.ShouldBeOfType<OrganizationAdminNeeded>();
        (await app.Get<ListApiKeys>().RunAsync(app.Scene.Viewer, CancellationToken.None)).Refusal.ShouldBeOfType<OrganizationAdminNeeded>();
        (await app.Get<RevokeApiKey>().RunAsync(app.Strangers.Admin, made.Row.Id, CancellationToken.None)).Refusal.ShouldBeOfType<ApiKeyNotFound>();
        (await app.Get<CreateApiKey>().RunAsync(app.Scene.Admin, " ", ["ads:fly"], DateTimeOffset.UnixEpoch, CancellationToken.None)).Refusal.ShouldBeOfType<Core.Common.InvalidError>().Fields.Count.ShouldBe(3);
        var row = (await app.Get<ListApiKeys>().RunAsync(app.Scene.Admin, CancellationToken.None)).Value.Single(k => k.Id == made.Row.Id);
        (row.Start, row.CreatedBy).ShouldBe((made.Text[..16], "Ada"));
        await using var db = await app.Studio.OpenAsync(app.Scene.Admin, CancellationToken.None);
        string.Concat(db.AuditEntries.Select(a => a.Before + a.After)).ShouldNotContain(made.Text);
    }
}

/// <summary>Where the platforms are real, a sandbox key reaches none of them; one that is rotated counts on for as long as was said.</summary>
public sealed class KeyTests(LivePartnerApp app) : IClassFixture<LivePartnerApp>
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_sandbox_key_works_on_what_is_kept_here_and_reaches_no_real_platform()
    {
        var key = (await app.Get<CreateApiKey>().RunAsync(app.Scene.Admin, "Trying out", ["*"], null, None, KeyEnvironment.Sandbox)).Value.Text;
        key.ShouldStartWith("ask_test_");
        var trying = new Partner(app.Address, ("x-api-key", key));
        var list = (await trying.GetAsync("/api/crm/ads/campaigns")).ShouldBe(HttpStatusCode.OK);
        list.Header("X-AdStudio-Environment").ShouldBe("sandbox");
        var draft = (await trying.PostAsync("/api/crm/ads/campaigns", $$"""{"name":"Tried","objective":"traffic","platforms":["facebook"],"budget":{"type":"daily","amount":5,"currency":"USD"},"workspaceId":"{{app.Scene.Workspace.Id}}"}""")).ShouldBe(HttpStatusCode.Created).Body["id"]!.GetValue<string>();

        var token = (await trying.PostAsync("/api/v1/auth/token", new JsonObject { ["externalUserId"] = "Ada-1" })).Body["data"]!["accessToken"]!.GetValue<string>();
        var person = new Partner(app.Address, ("Authorization", "Bearer " + token));
        foreach (var caller in new[] { trying, person })
        {
            (await caller.PostAsync("/api/crm/ads/accounts/import", """{"platforms":["facebook"]}""")).Text.ShouldContain("sandbox key");
            (await caller.GetAsync($"/api/crm/ads/audiences/platform?adAccountId={app.Scene.Meta.Id}")).ShouldRefuse(HttpStatusCode.Forbidden, "FORBIDDEN").Text.ShouldContain("sandbox key");
        }
        var embedded = new Partner(app.Address, ("x-api-key", key), ("Authorization", "Bearer " + token));
        (await embedded.PostAsync("/api/v1/connections", $$"""{"platform":"meta","teamId":"{{app.Scene.Team.Id}}"}""")).Text.ShouldContain("sandbox key");

        await using (var db = await app.Studio.OpenAsync(app.Scene.Admin, None)) (await db.CampaignImports.AnyAsync()).ShouldBeFalse();
        (await app.Get<ListApiKeys>().RunAsync(app.Scene.Admin, None)).Value.Single(k => k.Name == "Trying out").Environment.ShouldBe(KeyEnvironment.Sandbox);
        draft.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Work_on_a_platform_is_refused_to_a_sandbox_key_before_authority_is_asked()
    {
        var actor = app.Scene.Admin with { ReachesPlatforms = false };
        await using var db = await app.Studio.OpenAsync(actor, None);
        var gate = app.Get<AuthorityGate>();
        (await gate.AskAsync(db, actor, null!, None)).Refusal.ShouldBeOfType<Core.Common.SandboxKeyStopsHere>();
        (await app.Get<Core.Connections.GetPlatformAccess>().RunAsync(actor, app.Scene.Meta.Id, None)).Refusal.ShouldBeOfType<Core.Common.SandboxKeyStopsHere>();
        (await app.Get<Core.Insights.SyncInsights>().RunAsync(actor, app.Scene.Meta.Id, None)).Refusal.ShouldBeOfType<Core.Common.SandboxKeyStopsHere>();
    }

    [Fact]
    public async Task A_sandbox_key_leaves_alone_what_goes_to_a_platform_by_itself()
    {
        var actor = app.Scene.Admin with { ReachesPlatforms = false };
        (await app.Get<Core.Insights.AskForSync>().RunAsync(actor, app.Scene.Meta.Id, None)).Refusal.ShouldBeOfType<Core.Common.SandboxKeyStopsHere>();

        var list = (await app.Get<CreateAudience>().RunAsync(app.Scene.Admin, app.Scene.Workspace.Id, new AudienceInput { Name = "Newsletter", Type = Core.Platforms.AudienceType.CustomerMatch }, null, None)).Value.Audience.Id;
        MemberInput[] members = [new("sam@customer.example", null)];
        (await app.Get<AddAudienceMembers>().RunAsync(actor, list, members, 1, None)).IsDone.ShouldBeTrue();
        var spec = new CampaignSpec { Budget = new BudgetSpec { AmountMicros = 50_000_000, Currency = "USD" } };
        var campaign = (await app.Get<CreateCampaign>().RunAsync(app.Scene.Admin, app.Scene.Workspace.Id, "Planned", spec, null, None)).Value;
        await using (var db = await app.Studio.OpenAsync(app.Scene.Admin, None))
        {
            // One that failed for good, so that no worker takes it up meanwhile.
            db.Add(new PlatformAudience { AudienceId = list, AdAccountId = app.Scene.Meta.Id, Platform = Core.Platforms.Platform.Meta, Name = "Newsletter", Status = PlacementStatus.Failed });
            (await db.Campaigns.SingleAsync(c => c.Id == campaign.Id)).Status = CampaignStatus.Scheduled;
            await db.SaveChangesAsync();
        }

        (await app.Get<AddAudienceMembers>().RunAsync(actor, list, members, 1, None)).Refusal.ShouldBeOfType<Core.Common.SandboxKeyStopsHere>();
        (await app.Get<UpdateCampaign>().RunAsync(actor, campaign.Id, "Planned otherwise", spec, null, None)).Refusal.ShouldBeOfType<Core.Common.SandboxKeyStopsHere>();
        (await app.Get<UpdateCampaign>().RunAsync(app.Scene.Admin, campaign.Id, "Planned otherwise", spec, null, None)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task A_rotated_key_counts_on_for_as_long_as_was_said_and_has_one_successor()
    {
        var old = (await app.Get<CreateApiKey>().RunAsync(app.Scene.Admin, "Shop", [ApiScopes.Read], null, None)).Value;
        var rotated = (await app.Get<RotateApiKey>().RunAsync(app.Scene.Admin, old.Row.Id, TimeSpan.FromHours(24), None)).Value;

        foreach (var text in new[] { old.Text, rotated.Text })
            (await new Partner(app.Address, ("x-api-key", text)).GetAsync("/api/crm/ads/accounts")).ShouldBe(HttpStatusCode.OK);
        (rotated.Row.Name, rotated.Row.Environment, rotated.Row.RotatedFromId).ShouldBe(("Shop", KeyEnvironment.Live, old.Row.Id));
        rotated.Row.Scopes.ShouldBe([ApiScopes.Read]);
        (await app.Get<ListApiKeys>().RunAsync(app.Scene.Admin, None)).Value.Single(k => k.Id == old.Row.Id).ExpiresAt.ShouldNotBeNull();

        (await app.Get<RotateApiKey>().RunAsync(app.Scene.Admin, old.Row.Id, TimeSpan.Zero, None)).Refusal.ShouldBeOfType<ApiKeyWasRotated>();
        (await app.Get<RotateApiKey>().RunAsync(app.Scene.Admin, rotated.Row.Id, TimeSpan.FromDays(8), None)).Refusal.ShouldBeOfType<Core.Common.InvalidError>();
        (await app.Get<RotateApiKey>().RunAsync(app.Scene.Manager, rotated.Row.Id, TimeSpan.Zero, None)).Refusal.ShouldBeOfType<OrganizationAdminNeeded>();
        (await app.Get<RotateApiKey>().RunAsync(app.Strangers.Admin, rotated.Row.Id, TimeSpan.Zero, None)).Refusal.ShouldBeOfType<ApiKeyNotFound>();

        var last = (await app.Get<RotateApiKey>().RunAsync(app.Scene.Admin, rotated.Row.Id, TimeSpan.Zero, None)).Value;
        (await new Partner(app.Address, ("x-api-key", rotated.Text)).GetAsync("/api/crm/ads/accounts")).ShouldRefuse(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        (await new Partner(app.Address, ("x-api-key", last.Text)).GetAsync("/api/crm/ads/accounts")).ShouldBe(HttpStatusCode.OK);
    }
}

/// <summary>The app as it runs against real platforms; none of which is ever called.</summary>
public sealed class LivePartnerApp : PartnerApp
{
    public LivePartnerApp() => Settings["AdPlatforms:Mode"] = "Live";
}

/// <summary>A caller who asks too often waits.</summary>
public sealed class LimitTests : IAsyncLifetime
{
    private readonly PartnerApp app = new();

    public async Task InitializeAsync()
    {
        app.Settings["Api:RequestsPerMinute"] = "3";
        await app.InitializeAsync();
    }

    public async Task DisposeAsync() => await ((IAsyncLifetime)app).DisposeAsync();

    [Fact]
    public async Task The_fourth_request_of_a_minute_waits_and_the_next_minute_is_free()
    {
        var partner = new Partner(app.Address).With("x-api-key", await app.KeyAsync(app.Scene));
        var replies = new List<Reply>();
        for (var i = 0; i < 4; i++) replies.Add(await partner.GetAsync("/api/crm/ads/accounts"));
        if (replies.Count(r => r.Header("RateLimit-Remaining") == "2") > 1) { replies.Clear(); for (var i = 0; i < 4; i++) replies.Add(await partner.GetAsync("/api/crm/ads/accounts")); } // the minute turned over meanwhile

        replies[^1].ShouldRefuse((HttpStatusCode)429, "RATE_LIMITED").Header("RateLimit-Remaining").ShouldBe("0");
        int.Parse(replies[^1].Header("Retry-After"), System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, 60);
        var other = new Partner(app.Address).With("x-api-key", await app.KeyAsync(app.Scene));
        (await other.GetAsync("/api/crm/ads/accounts")).ShouldBe(HttpStatusCode.OK);

        app.Advance(TimeSpan.FromMinutes(1));
        (await partner.GetAsync("/api/crm/ads/accounts")).ShouldBe(HttpStatusCode.OK);
    }
}
