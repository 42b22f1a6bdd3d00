using System.Text;
using System.Text.Json;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Connections;

/// <summary>From the button to the accounts, and every way in which the way back can be wrong.</summary>
public sealed class ConnectingTests : IAsyncLifetime
{
    private static readonly Uri Here = new("https://studio.example");
    private static readonly CancellationToken Now = CancellationToken.None;

    private readonly FakePlatformsApp app = new();
    private Scene scene = null!;

    public async Task InitializeAsync()
    {
        await app.InitializeAsync();
        scene = await Scene.SetAsync(app.Studio);
    }

    public async Task DisposeAsync() => await ((IAsyncLifetime)app).DisposeAsync();

    [Fact]
    public async Task Accounts_arrive_with_what_the_platform_says_of_them_and_who_connected_manages_them()
    {
        var finished = await ConnectAsync(scene.TeamAdmin, Platform.Meta);

        finished.Outcome.Value.Accounts.ShouldBe(1);
        finished.ReturnUrl.ShouldStartWith("/connections?ok=true&connectionId=");
        await using var db = await app.Studio.OpenAsync(scene.Admin, Now);
        var account = await db.AdAccounts.Include(a => a.Grants).SingleAsync(a => a.ExternalId == "act_1");
        (account.Name, account.Currency, account.TimeZone, account.Status, account.BusinessName).ShouldBe(("Shoes EU", "EUR", "Europe/Berlin", AdAccountStatus.Active, "Acme GmbH"));
        account.Grants.ShouldHaveSingleItem().ShouldSatisfyAllConditions(g => g.PersonId.ShouldBe(scene.TeamAdmin.Id), g => g.Access.ShouldBe(AccountAccess.Manager));
    }

    [Fact]
    public async Task The_token_is_stored_encrypted_and_is_in_no_answer_and_no_audit()
    {
        var finished = await ConnectAsync(scene.TeamAdmin, Platform.Meta);
        var listed = await app.Get<ListConnections>().RunAsync(scene.Admin, new(), Now);

        await using var db = await app.Studio.OpenAsync(scene.Admin, Now);
        var stored = await db.Connections.SingleAsync(c => c.Id == finished.Outcome.Value.ConnectionId);
        stored.AccessToken.ShouldNotContain("secret-access");
        app.Get<Secrets>().Unprotect(stored.AccessToken)!.ShouldStartWith("secret-access-");
        var audit = await db.AuditEntries.Select(a => a.Before + a.After).ToListAsync();
        string.Concat(JsonSerializer.Serialize(listed.Value), finished.ReturnUrl, string.Concat(audit)).ShouldNotContain("secret-");
        string.Concat(audit).ShouldNotContain(stored.AccessToken);
    }

    [Fact]
    public async Task Where_the_platform_takes_PKCE_the_challenge_is_the_hash_of_the_verifier_sent_later()
    {
        var started = await StartAsync(scene.TeamAdmin, Platform.Google);
        await FinishAsync(scene.TeamAdmin, Platform.Google, StateOf(started));

        var challenge = QueryHelpers.ParseQuery(started.AuthorizeUrl.Query)["code_challenge"].Single();
        var (verifier, callback) = app.Google.LastExchange!.Value;
        WebEncoders.Base64UrlEncode(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(verifier!))).ShouldBe(challenge);
        callback.ShouldBe(new Uri("https://studio.example/connections/callback/google"));
    }

    [Fact]
    public async Task A_forged_state_is_refused()
    {
        var started = await StartAsync(scene.TeamAdmin, Platform.Meta);
        var state = StateOf(started);

        foreach (var forged in new[] { "", "abc", state[..^4] + "AAAA", JsonSerializer.Serialize(new { attempt = started.AttemptId }) })
            (await FinishAsync(scene.TeamAdmin, Platform.Meta, forged)).Outcome.Refusal.ShouldBeOfType<StateForged>();
        (await FinishAsync(scene.TeamAdmin, Platform.Google, state)).Outcome.Refusal.ShouldBeOfType<StateForged>("it was made for another platform");
    }

    [Fact]
    public async Task A_replayed_state_is_refused()
    {
        var state = StateOf(await StartAsync(scene.TeamAdmin, Platform.Meta));
        (await FinishAsync(scene.TeamAdmin, Platform.Meta, state)).Outcome.IsDone.ShouldBeTrue();

        var again = await FinishAsync(scene.TeamAdmin, Platform.Meta, state);

        again.Outcome.Refusal.ShouldBeOfType<StateReplayed>();
        again.ReturnUrl.ShouldBe("/connections?err=replayed");
    }

    [Fact]
    public async Task A_state_is_good_for_ten_minutes()
    {
        var state = StateOf(await StartAsync(scene.TeamAdmin, Platform.Meta));
        app.Clock.Advance(TimeSpan.FromMinutes(10));

        (await FinishAsync(scene.TeamAdmin, Platform.Meta, state)).Outcome.Refusal.ShouldBeOfType<StateExpired>();
    }

    [Fact]
    public async Task A_state_is_good_only_for_who_asked_for_it()
    {
        var stranger = await Scene.SetAsync(app.Studio, "Stranger");
        var state = StateOf(await StartAsync(scene.TeamAdmin, Platform.Meta));

        (await FinishAsync(scene.Admin, Platform.Meta, state)).Outcome.Refusal.ShouldBeOfType<StateOfSomebodyElse>();
        (await FinishAsync(stranger.Admin, Platform.Meta, state)).Outcome.Refusal.ShouldBeOfType<StateOfSomebodyElse>();
        (await FinishAsync(scene.TeamAdmin, Platform.Meta, state)).Outcome.IsDone.ShouldBeTrue("the others' tries must not use it up");
    }

    [Fact]
    public async Task A_no_on_the_consent_page_is_said_kindly_and_changes_nothing()
    {
        var state = StateOf(await StartAsync(scene.TeamAdmin, Platform.Meta));

        var finished = await app.Get<FinishConnection>().RunAsync(scene.TeamAdmin, new(Platform.Meta, state, null, "access_denied", "The user denied your request"), Now);

        finished.ReturnUrl.ShouldBe("/connections?err=denied");
        finished.Outcome.Refusal.ShouldBeOfType<ConsentDenied>().Message.ShouldContain("Nothing has changed");
    }

    [Theory]
    [InlineData("https://evil.example/back")]
    [InlineData("//evil.example/back")]
    [InlineData("/\\evil.example")]
    [InlineData("https://app.partner.example@evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://app.partner.example/back")]
    public async Task A_redirect_to_a_foreign_host_is_refused(string url)
    {
        await AllowAsync("app.partner.example");

        (await app.Get<StartConnection>().RunAsync(scene.TeamAdmin, new(Platform.Meta, Here, url), Now)).Refusal.ShouldBeOfType<RedirectNotAllowed>();
    }

    [Fact]
    public async Task A_redirect_to_an_allowed_host_gets_the_outcome_and_no_secret()
    {
        await AllowAsync("app.partner.example");
        var started = (await app.Get<StartConnection>().RunAsync(scene.TeamAdmin, new(Platform.Meta, Here, "https://app.partner.example/back?tab=ads#top"), Now)).Value;

        var finished = await FinishAsync(scene.TeamAdmin, Platform.Meta, StateOf(started));

        finished.ReturnUrl.ShouldBe($"https://app.partner.example/back?tab=ads&ok=true&connectionId={finished.Outcome.Value.ConnectionId}#top");
    }

    [Fact]
    public async Task Only_a_team_admin_connects()
    {
        foreach (var actor in new[] { scene.Viewer, scene.Manager })
            (await app.Get<StartConnection>().RunAsync(actor, new(Platform.Meta, Here), Now)).Refusal.ShouldBeOfType<ConnectingNeedsTeamAdmin>();
        (await app.Get<StartConnection>().RunAsync(Actor.Studio(scene.Organization.Id), new(Platform.Meta, Here), Now)).Refusal.ShouldBeOfType<ConnectingNeedsPerson>();
    }

    [Fact]
    public async Task Another_organizations_teams_and_connections_do_not_exist()
    {
        var stranger = await Scene.SetAsync(app.Studio, "Stranger");
        var theirs = (await ConnectAsync(scene.TeamAdmin, Platform.Meta)).Outcome.Value.ConnectionId;

        (await app.Get<StartConnection>().RunAsync(stranger.Admin, new(Platform.Meta, Here) { TeamId = scene.Team.Id }, Now)).Refusal.ShouldBeOfType<ConnectingTeamNotFound>();
        (await app.Get<StartConnection>().RunAsync(stranger.Admin, new(Platform.Meta, Here) { ConnectionId = theirs }, Now)).Refusal.ShouldBeOfType<ConnectionNotFound>();
        (await app.Get<CheckConnection>().RunAsync(stranger.Admin, theirs, Now)).Refusal.ShouldBeOfType<ConnectionNotFound>();
        (await app.Get<SyncAdAccounts>().RunAsync(stranger.Admin, theirs, Now)).Refusal.ShouldBeOfType<ConnectionNotFound>();
        (await app.Get<PreviewDisconnect>().RunAsync(stranger.Admin, theirs, Now)).Refusal.ShouldBeOfType<ConnectionNotFound>();
        (await app.Get<Disconnect>().RunAsync(stranger.Admin, theirs, true, Now)).Refusal.ShouldBeOfType<ConnectionNotFound>();
        (await app.Get<GetPlatformAccess>().RunAsync(stranger.Admin, scene.Meta.Id, Now)).Refusal.ShouldBeOfType<AdAccountNotFound>();
        (await app.Get<ListConnections>().RunAsync(stranger.Admin, new(scene.Workspace.Id), Now)).Value.ShouldBeEmpty();
    }

    [Fact]
    public async Task Connecting_the_same_owner_again_renews_the_connection_there_is()
    {
        var first = (await ConnectAsync(scene.TeamAdmin, Platform.Meta)).Outcome.Value.ConnectionId;
        var second = (await ConnectAsync(scene.Admin, Platform.Meta)).Outcome.Value.ConnectionId;

        second.ShouldBe(first);
        await using var db = await app.Studio.OpenAsync(scene.Admin, Now);
        (await db.AdAccounts.CountAsync(a => a.ExternalId == "act_1")).ShouldBe(1);
    }

    [Fact]
    public async Task Reconnecting_as_another_owner_takes_over_what_that_owner_had_connected_before()
    {
        var first = (await ConnectAsync(scene.TeamAdmin, Platform.Meta)).Outcome.Value.ConnectionId;
        app.Meta.Owner = app.Meta.Owner with { ExternalId = "owner-2", Name = "Otto" };
        app.Meta.Accounts = [new("act_2", "Hats", "USD", "America/New_York", AdAccountStatus.Active)];
        var second = (await ConnectAsync(scene.TeamAdmin, Platform.Meta)).Outcome.Value.ConnectionId;

        var started = (await app.Get<StartConnection>().RunAsync(scene.TeamAdmin, new(Platform.Meta, Here) { ConnectionId = first }, Now)).Value;
        (await FinishAsync(scene.TeamAdmin, Platform.Meta, StateOf(started))).Outcome.Value.ConnectionId.ShouldBe(first);

        await using var db = await app.Studio.OpenAsync(scene.Admin, Now);
        (await db.Connections.AnyAsync(c => c.Id == second)).ShouldBeFalse();
        (await db.AdAccounts.SingleAsync(a => a.ExternalId == "act_2")).ConnectionId.ShouldBe(first);
    }

    [Fact]
    public async Task A_missing_permission_is_named_with_what_to_do()
    {
        app.Meta.Owner = app.Meta.Owner with { GrantedScopes = ["ads.read"], MissingScopes = ["ads.write"] };

        var id = (await ConnectAsync(scene.TeamAdmin, Platform.Meta)).Outcome.Value.ConnectionId;

        var row = (await app.Get<ListConnections>().RunAsync(scene.Admin, new(), Now)).Value.Single(c => c.Id == id);
        row.Health.ShouldBe(ConnectionHealth.MissingPermission);
        row.HealthDetail!.ShouldContain("ads.write");
        row.HealthDetail!.ShouldContain("Reconnect");
    }

    private async Task AllowAsync(string host)
    {
        await using var db = await app.Studio.OpenAsync(scene.Admin, Now);
        (await db.Organizations.SingleAsync(o => o.Id == scene.Organization.Id)).AllowedRedirectHosts = [host];
        await db.SaveChangesAsync();
    }

    private async Task<FinishedConnection> ConnectAsync(Actor actor, Platform platform) => await FinishAsync(actor, platform, StateOf(await StartAsync(actor, platform)));

    private async Task<StartedConnection> StartAsync(Actor actor, Platform platform) => (await app.Get<StartConnection>().RunAsync(actor, new(platform, Here), Now)).Value;

    private Task<FinishedConnection> FinishAsync(Actor actor, Platform platform, string state) => app.Get<FinishConnection>().RunAsync(actor, new(platform, state, "good", null, null), Now);

    private static string StateOf(StartedConnection started) => QueryHelpers.ParseQuery(started.AuthorizeUrl.Query)["state"].Single()!;
}
