using System.Net;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;
using AdStudio.Sandbox;
using AdStudio.Tests.Support;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Connections;

/// <summary>The whole way over HTTP: the consent page of the sandbox as a browser sees it, the real adapters, tokens that expire there.</summary>
public sealed class SandboxConnectionTests : IAsyncLifetime
{
    private static readonly CancellationToken Now = CancellationToken.None;
    private readonly StudioApp app = new();
    private Scene scene = null!;

    public async Task InitializeAsync()
    {
        await app.InitializeAsync();
        scene = await Scene.SetAsync(app.Studio);
    }

    public async Task DisposeAsync() => await ((IAsyncLifetime)app).DisposeAsync();

    [Theory]
    [InlineData(Platform.Meta, "act_1045550120001")]
    [InlineData(Platform.Google, "8005550101")]
    public async Task Consent_given_on_the_platforms_page_brings_its_accounts(Platform platform, string account)
    {
        var finished = await ConnectAsync(platform);

        finished.Outcome.Value.AccountsProblem.ShouldBeNull();
        var connected = (await app.Get<FindActor>().RunAsync(scene.TeamAdmin.Id, "test", Now))!;
        var rows = (await app.Get<ListAdAccounts>().RunAsync(connected, new(Platform: platform), Now)).Value;
        var row = rows.Single(a => a.ExternalId == account);
        (row.Currency, row.TimeZone, row.Status, row.Access, row.Health).ShouldBe(("USD", "America/New_York", AdAccountStatus.Active, AccountAccess.Manager, ConnectionHealth.Good));
        rows.ShouldContain(a => a.ConnectionId == row.ConnectionId && !a.IsInGoodStanding, "one of the sandbox's accounts is not in good standing");
        (await app.Get<CheckConnection>().RunAsync(scene.TeamAdmin, row.ConnectionId, Now)).Value.Health.ShouldBe(ConnectionHealth.Good);
    }

    [Fact]
    public async Task A_no_on_the_platforms_page_comes_back_as_one()
    {
        var finished = await ConnectAsync(Platform.Meta, decision: "deny");

        finished.Outcome.Refusal.ShouldBeOfType<ConsentDenied>();
        finished.ReturnUrl.ShouldBe("/connections?err=denied");
    }

    [Fact]
    public async Task An_unticked_permission_is_found_missing_and_reconnecting_with_it_mends_the_same_connection()
    {
        var id = (await ConnectAsync(Platform.Meta, without: "ads_read")).Outcome.Value.ConnectionId;

        var row = (await app.Get<ListConnections>().RunAsync(scene.TeamAdmin, new(Platform: Platform.Meta), Now)).Value.Single(c => c.Id == id);
        row.Health.ShouldBe(ConnectionHealth.MissingPermission);
        row.MissingScopes.ShouldBe(["ads_read"]);

        var again = await ConnectAsync(Platform.Meta, connection: id);
        again.Outcome.Value.ConnectionId.ShouldBe(id);
        (await app.Get<CheckConnection>().RunAsync(scene.TeamAdmin, id, Now)).Value.Health.ShouldBe(ConnectionHealth.Good);
    }

    [Fact]
    public async Task A_token_that_expired_on_the_platform_is_renewed_on_the_way_where_there_is_a_refresh_token()
    {
        var id = (await ConnectAsync(Platform.Google)).Outcome.Value.ConnectionId;
        app.Get<SandboxControl>().ExpireTokens("google");

        (await app.Get<SyncAdAccounts>().RunAsync(scene.TeamAdmin, id, Now)).IsDone.ShouldBeTrue();
        (await app.Get<CheckConnection>().RunAsync(scene.TeamAdmin, id, Now)).Value.Health.ShouldBe(ConnectionHealth.Good);
    }

    [Theory]
    [InlineData(Platform.Meta)]
    [InlineData(Platform.Google)]
    public async Task A_consent_withdrawn_on_the_platform_is_found_out_and_said(Platform platform)
    {
        var id = (await ConnectAsync(platform)).Outcome.Value.ConnectionId;
        app.Get<SandboxControl>().RevokeGrants(platform.Wire());

        var row = (await app.Get<CheckConnection>().RunAsync(scene.TeamAdmin, id, Now)).Value;

        row.Health.ShouldBe(ConnectionHealth.Expired);
        row.HealthDetail!.ShouldContain("reconnect");
    }

    [Fact]
    public async Task The_sandboxs_own_samples_may_be_fetched_although_they_are_local()
    {
        foreach (var (name, kind) in new[] { ("sample-1200x628.jpg", MediaKind.Image), ("sample-1080x1080.jpg", MediaKind.Image), ("sample.mp4", MediaKind.Video) })
        {
            var asset = (await app.Get<ImportMediaFromUrl>().RunAsync(scene.Manager, scene.Workspace.Id, new Uri(app.Address, $"/sandbox/assets/{name}").AbsoluteUri, Now)).Value;
            (asset.FileName, asset.Kind).ShouldBe((name, kind));
            asset.Width.ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public async Task Coming_back_without_being_signed_in_changes_nothing_and_carries_no_code_along()
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });

        var answer = await browser.GetAsync(new Uri(app.Address, "/connections/callback/meta?code=abc&state=def"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldBe("/connections?err=signed_out");
    }

    [Fact]
    public async Task No_token_is_stored_in_the_clear()
    {
        await ConnectAsync(Platform.Meta);
        await ConnectAsync(Platform.Google);
        await using var db = await app.Studio.OpenAsync(scene.Admin, Now);
        var connections = await db.Connections.AsNoTracking().Where(c => c.AccessToken != "").ToListAsync();

        connections.Count.ShouldBe(2);
        foreach (var connection in connections)
        {
            var plain = app.Get<Secrets>().Unprotect(connection.AccessToken)!;
            connection.AccessToken.ShouldNotContain(plain);
            (await db.AuditEntries.AnyAsync(a => (a.Before + a.After).Contains(plain))).ShouldBeFalse();
        }
    }

    private async Task<FinishedConnection> ConnectAsync(Platform platform, string decision = "allow", string? without = null, Guid? connection = null)
    {
        var started = (await app.Get<StartConnection>().RunAsync(scene.TeamAdmin, new(platform, app.Address) { ConnectionId = connection }, Now)).Value;
        var back = QueryHelpers.ParseQuery((await AnswerAsync(started.AuthorizeUrl, decision, without)).Query);
        return await app.Get<FinishConnection>().RunAsync(scene.TeamAdmin, new(platform, back["state"], back.GetValueOrDefault("code"), back.TryGetValue("error", out var error) ? error.ToString() : null, null), Now);
    }

    /// <summary>Sends the consent page's own form, as a browser would, and returns where the platform then sends the browser.</summary>
    private static async Task<Uri> AnswerAsync(Uri consent, string decision, string? without)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var page = new HtmlParser().ParseDocument(await browser.GetStringAsync(consent));
        var inputs = page.QuerySelectorAll<IHtmlInputElement>("form input").Where(i => i.Type is not ("radio" or "checkbox") || i.IsChecked).Where(i => i.Value != without);
        using var form = new FormUrlEncodedContent([.. inputs.Select(i => KeyValuePair.Create(i.Name!, i.Value)), KeyValuePair.Create("decision", decision)]);
        using var answer = await browser.PostAsync(consent, form);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return answer.Headers.Location!;
    }
}
