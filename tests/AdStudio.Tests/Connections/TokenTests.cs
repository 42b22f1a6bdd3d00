using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Connections;

/// <summary>Tokens in use: renewed ahead of their end and by one at a time, honest health, and what is left after disconnecting.</summary>
public sealed class TokenTests : IAsyncLifetime
{
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
    public async Task A_token_that_counts_is_used_as_it_is()
    {
        var account = await ConnectedAsync(app.Google, TimeSpan.FromHours(1));

        var access = (await app.Get<GetPlatformAccess>().RunAsync(scene.Admin, account.Id, Now)).Value;

        access.AccessToken.ShouldBe("secret-access-1");
        access.Account.ShouldBe(new AccountHandle(account.Id, "act_1", "EUR", "Europe/Berlin", null));
        access.ToString().ShouldNotContain("secret");
        app.Google.Refreshes.ShouldBe(0);
    }

    [Fact]
    public async Task A_token_near_its_end_is_renewed_once_however_many_ask()
    {
        var account = await ConnectedAsync(app.Google, TimeSpan.FromHours(1));
        app.Clock.Advance(TimeSpan.FromMinutes(70));

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => app.Get<GetPlatformAccess>().RunAsync(scene.Admin, account.Id, Now))));

        all.Select(a => a.Value.AccessToken).Distinct().ShouldBe(["secret-access-2"]);
        app.Google.Refreshes.ShouldBe(1);
    }

    [Fact]
    public async Task A_node_that_died_while_renewing_holds_the_others_up_only_until_its_lease_lapses()
    {
        var account = await ConnectedAsync(app.Google, TimeSpan.FromHours(1));
        app.Clock.Advance(TimeSpan.FromMinutes(70));
        await ChangeAsync(account.ConnectionId, c => c.RenewingUntil = app.Clock.GetUtcNow().AddSeconds(2));

        (await app.Get<GetPlatformAccess>().RunAsync(scene.Admin, account.Id, Now)).Value.AccessToken.ShouldBe("secret-access-2");
    }

    [Fact]
    public async Task A_refused_refresh_marks_the_connection_expired_and_says_what_to_do()
    {
        var account = await ConnectedAsync(app.Google, TimeSpan.FromHours(1));
        app.Clock.Advance(TimeSpan.FromMinutes(70));
        app.Google.GoodRefreshToken = "another";

        (await app.Get<GetPlatformAccess>().RunAsync(scene.Admin, account.Id, Now)).Refusal.ShouldBeOfType<ConnectionExpired>().Message.ShouldContain("Reconnect");

        (await RowAsync(account.ConnectionId)).Health.ShouldBe(ConnectionHealth.Expired);
    }

    [Fact]
    public async Task While_the_platform_is_down_a_token_that_still_counts_is_used()
    {
        var account = await ConnectedAsync(app.Google, TimeSpan.FromHours(1));
        app.Clock.Advance(TimeSpan.FromMinutes(57));
        app.Google.RefreshFails = new PlatformFailure(Platform.Google, PlatformFailureKind.Unavailable, "503");

        (await app.Get<GetPlatformAccess>().RunAsync(scene.Admin, account.Id, Now)).Value.AccessToken.ShouldBe("secret-access-1");
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        (await app.Get<GetPlatformAccess>().RunAsync(scene.Admin, account.Id, Now)).Refusal.ShouldBeOfType<PlatformFailure>().Kind.ShouldBe(PlatformFailureKind.Unavailable);
        (await RowAsync(account.ConnectionId)).Health.ShouldBe(ConnectionHealth.Good, "an outage says nothing about the consent");
    }

    [Fact]
    public async Task A_token_refused_in_the_middle_is_replaced_when_it_can_be()
    {
        var account = await ConnectedAsync(app.Google, TimeSpan.FromHours(1));
        var access = (await app.Get<GetPlatformAccess>().RunAsync(scene.Admin, account.Id, Now)).Value;
        app.Google.Accepted.Clear();

        var fresh = (await app.Get<ReportExpired>().RunAsync(scene.Admin, access, Now)).Value;
        var afterwards = (await app.Get<ReportExpired>().RunAsync(scene.Admin, access, Now)).Value;

        fresh.AccessToken.ShouldBe("secret-access-2");
        afterwards.AccessToken.ShouldBe("secret-access-2", "the second report is about the old token");
        app.Google.Refreshes.ShouldBe(1);
        fresh.Account.ShouldBe(access.Account);
    }

    [Fact]
    public async Task A_check_asks_the_platform_and_finds_a_withdrawn_consent()
    {
        var account = await ConnectedAsync(app.Google, TimeSpan.FromHours(1));
        (await app.Get<CheckConnection>().RunAsync(scene.TeamAdmin, account.ConnectionId, Now)).Value.Health.ShouldBe(ConnectionHealth.Good);
        app.Google.Accepted.Clear();
        app.Google.GoodRefreshToken = "another";

        (await app.Get<CheckConnection>().RunAsync(scene.TeamAdmin, account.ConnectionId, Now)).Value.Health.ShouldBe(ConnectionHealth.Expired);
        (await app.Get<GetPlatformAccess>().RunAsync(scene.Admin, account.Id, Now)).Refusal.ShouldBeOfType<ConnectionExpired>();
    }

    [Fact]
    public async Task A_token_that_ends_soon_and_cannot_be_renewed_is_shown_as_expiring()
    {
        app.Meta.GivesRefreshTokens = false;
        app.Meta.RefreshFails = new PlatformFailure(Platform.Meta, PlatformFailureKind.ExpiredAuthorization, "no");
        var account = await ConnectedAsync(app.Meta, TimeSpan.FromDays(60));
        app.Clock.Advance(TimeSpan.FromDays(55));

        var row = (await app.Get<CheckConnection>().RunAsync(scene.TeamAdmin, account.ConnectionId, Now)).Value;

        row.Health.ShouldBe(ConnectionHealth.Expiring);
        row.HealthDetail!.ShouldContain("Reconnect before then");
    }

    [Fact]
    public async Task An_account_that_vanished_is_marked_and_one_that_came_is_added()
    {
        var account = await ConnectedAsync(app.Meta, null);
        app.Meta.Accounts = [new("act_9", "<script>alert(1)</script>", "JPY", "Asia/Tokyo", AdAccountStatus.Disabled)];

        var synced = (await app.Get<SyncAdAccounts>().RunAsync(scene.TeamAdmin, account.ConnectionId, Now)).Value;

        (synced.Found, synced.Added, synced.Vanished).ShouldBe((1, 1, 1));
        var rows = (await app.Get<ListAdAccounts>().RunAsync(scene.Admin, new(), Now)).Value;
        rows.Single(a => a.Id == account.Id).ShouldSatisfyAllConditions(a => a.Status.ShouldBe(AdAccountStatus.Unknown), a => a.IsInGoodStanding.ShouldBeFalse());
        rows.Single(a => a.ExternalId == "act_9").Name.ShouldBe("<script>alert(1)</script>", "it is kept as given and only ever shown as text");
    }

    [Fact]
    public async Task A_list_holds_what_the_actor_may_see()
    {
        var account = await ConnectedAsync(app.Meta, null);

        (await app.Get<ListAdAccounts>().RunAsync(scene.Viewer, new(), Now)).Value.Select(a => a.Id).ShouldBe([scene.Meta.Id, scene.Google.Id], ignoreOrder: true);
        (await app.Get<ListAdAccounts>().RunAsync(scene.TeamAdmin, new(), Now)).Value.Select(a => a.Id).ShouldContain(account.Id);
        (await app.Get<GetPlatformAccess>().RunAsync(scene.Viewer, account.Id, Now)).Refusal.ShouldBeOfType<AdAccountNotFound>();
    }

    [Fact]
    public async Task A_viewer_changes_nothing()
    {
        var id = scene.Meta.ConnectionId;

        (await app.Get<CheckConnection>().RunAsync(scene.Viewer, id, Now)).Refusal.ShouldBeAssignableTo<ForbiddenError>();
        (await app.Get<SyncAdAccounts>().RunAsync(scene.Viewer, id, Now)).Refusal.ShouldBeAssignableTo<ForbiddenError>();
        (await app.Get<PreviewDisconnect>().RunAsync(scene.Viewer, id, Now)).Refusal.ShouldBeAssignableTo<ForbiddenError>();
        (await app.Get<Disconnect>().RunAsync(scene.Viewer, id, true, Now)).Refusal.ShouldBeAssignableTo<ForbiddenError>();
        (await app.Get<CheckAllConnections>().RunAsync(scene.Viewer, Now)).Refusal.ShouldBeAssignableTo<ForbiddenError>();
    }

    [Fact]
    public async Task Disconnecting_names_what_hangs_on_it_keeps_the_history_and_reconnecting_takes_it_up()
    {
        var account = await ConnectedAsync(app.Meta, null);
        await RunCampaignAsync(account, "Black Friday");

        var preview = (await app.Get<PreviewDisconnect>().RunAsync(scene.TeamAdmin, account.ConnectionId, Now)).Value;
        preview.Accounts.ShouldBe(["Shoes EU"]);
        preview.Running.ShouldHaveSingleItem().Name.ShouldBe("Black Friday");
        (await app.Get<Disconnect>().RunAsync(scene.TeamAdmin, account.ConnectionId, false, Now)).Value.StillRunning.ShouldBe(["Black Friday"]);

        var row = await RowAsync(account.ConnectionId);
        (row.Health, row.AccessToken, row.RefreshToken).ShouldBe((ConnectionHealth.Disconnected, "", null));
        (await app.Get<GetPlatformAccess>().RunAsync(scene.Admin, account.Id, Now)).Refusal.ShouldBeOfType<ConnectionDisconnected>();
        (await ConnectedAsync(app.Meta, null)).ShouldSatisfyAllConditions(a => a.Id.ShouldBe(account.Id), a => a.ConnectionId.ShouldBe(account.ConnectionId));
    }

    [Fact]
    public async Task Disconnecting_can_take_the_accounts_and_their_grants_along()
    {
        var account = await ConnectedAsync(app.Meta, null);

        (await app.Get<Disconnect>().RunAsync(scene.TeamAdmin, account.ConnectionId, true, Now)).Value.DeletedAccounts.ShouldBe(1);

        (await app.Get<ListAdAccounts>().RunAsync(scene.Admin, new(), Now)).Value.ShouldNotContain(a => a.Id == account.Id);
        await using var db = await app.Studio.OpenAsync(scene.Admin, Now);
        (await db.AdAccountGrants.AnyAsync(g => g.AdAccountId == account.Id)).ShouldBeFalse();
        (await ConnectedAsync(app.Meta, null)).Id.ShouldBe(account.Id, "its campaigns and numbers are its own when it comes back");
    }

    [Fact]
    public async Task The_daily_round_checks_all_and_reports_what_it_could_not()
    {
        var account = await ConnectedAsync(app.Meta, null);
        var done = (await app.Get<CheckAllConnections>().RunAsync(Actor.Studio(scene.Organization.Id), Now)).Value;

        done.Count.ShouldBe(3);
        done.Problems.Count.ShouldBe(2, "the scene's own two connections hold no token");
        (await RowAsync(account.ConnectionId)).Health.ShouldBe(ConnectionHealth.Good);
    }

    private async Task<AdAccount> ConnectedAsync(FakePlatform platform, TimeSpan? tokensLast)
    {
        platform.TokensLast = tokensLast;
        var connected = (await app.Get<ConnectPlatform>().RunAsync(scene.TeamAdmin, new(platform.Platform, scene.Team.Id, platform.Issue()), Now)).Value;
        await using var db = await app.Studio.OpenAsync(scene.Admin, Now);
        return await db.AdAccounts.AsNoTracking().FirstAsync(a => a.ConnectionId == connected.ConnectionId);
    }

    private async Task<Connection> RowAsync(Guid id)
    {
        await using var db = await app.Studio.OpenAsync(scene.Admin, Now);
        return await db.Connections.AsNoTracking().SingleAsync(c => c.Id == id);
    }

    private async Task ChangeAsync(Guid id, Action<Connection> change)
    {
        await using var db = await app.Studio.OpenAsync(scene.Admin, Now);
        change(await db.Connections.SingleAsync(c => c.Id == id));
        await db.SaveChangesAsync();
    }

    private async Task RunCampaignAsync(AdAccount account, string name)
    {
        await using var db = await app.Studio.OpenAsync(scene.Admin, Now);
        var campaign = new Campaign { WorkspaceId = scene.Workspace.Id, TeamId = scene.Team.Id, Name = name, Number = 1, Status = CampaignStatus.Active, CreatedAt = app.Clock.GetUtcNow(), UpdatedAt = app.Clock.GetUtcNow() };
        db.Add(new PlatformCampaign { Campaign = campaign, Platform = account.Platform, AdAccountId = account.Id, Status = PlatformStatus.Active, Currency = "EUR" });
        await db.SaveChangesAsync();
    }
}
