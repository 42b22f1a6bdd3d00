using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Sandbox;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Insights;

/// <summary>The real adapters against the sandbox over HTTP: what the platforms answer is what is stored, whatever happens on the way.</summary>
public sealed class SandboxSyncTests : IAsyncLifetime
{
    private SandboxHost sandbox = null!;
    private StudioApp app = null!;
    private Scene scene = null!;

    public async Task InitializeAsync()
    {
        sandbox = await SandboxHost.StartAsync();
        app = new StudioApp();
        app.Settings["AdPlatforms:Meta:ApiBaseUrl"] = sandbox.Url + "/meta";
        app.Settings["AdPlatforms:Google:ApiBaseUrl"] = sandbox.Url + "/google";
        app.Settings["AdPlatforms:Google:TokenUrl"] = sandbox.Url + "/google/token";
        await app.InitializeAsync();
        scene = await Scene.SetAsync(app.Studio, "Harbor");
    }

    public async Task DisposeAsync()
    {
        await ((IAsyncLifetime)app).DisposeAsync();
        await sandbox.DisposeAsync();
    }

    [Fact]
    public async Task Metas_numbers_are_read_on_every_level_and_add_up()
    {
        await LaunchOnMetaAsync();

        var run = await SyncAsync(scene.Meta);

        run.FailureText.ShouldBeNull();
        run.Status.ShouldBe(SyncStatus.Succeeded);
        run.RowsStored.ShouldBe(run.RowsRead);
        await AllLevelsAgreeAsync(scene.Meta, atLeastDays: 15);
    }

    [Fact]
    public async Task A_token_that_expired_is_renewed_and_Googles_numbers_still_come()
    {
        await LaunchOnGoogleAsync();
        sandbox.Control.ExpireTokens("google");

        var run = await SyncAsync(scene.Google);

        run.FailureText.ShouldBeNull();
        run.Status.ShouldBe(SyncStatus.Succeeded);
        await AllLevelsAgreeAsync(scene.Google, atLeastDays: 15);
    }

    [Fact]
    public async Task Without_a_way_to_renew_it_the_reading_says_to_reconnect()
    {
        await LaunchOnMetaAsync();
        sandbox.Control.ExpireTokens("meta");

        var run = await SyncAsync(scene.Meta);

        run.Status.ShouldBe(SyncStatus.Failed);
        run.FailureKind.ShouldBe(PlatformFailureKind.ExpiredAuthorization);
        run.FailureText!.ShouldContain("Reconnect");
        (await app.Get<GetSyncState>().RunAsync(scene.Viewer, scene.Workspace.Id, default)).Value.Problem.ShouldNotBeNull();
    }

    [Fact]
    public async Task Conversions_that_become_known_later_correct_the_days_that_were_read()
    {
        await LaunchOnGoogleAsync();
        await SyncAsync(scene.Google);
        var before = await ConversionsAsync();

        // What the platform knows of these days a week later.
        sandbox.Control.Clock.Advance(TimeSpan.FromDays(8));
        var run = await SyncAsync(scene.Google);

        run.FailureText.ShouldBeNull();
        run.DaysRestated.ShouldBeGreaterThan(0);
        (await ConversionsAsync()).ShouldBeGreaterThan(before);
    }

    private async Task LaunchOnMetaAsync()
    {
        var meta = await sandbox.MetaAsync();
        sandbox.Control.Clock.Advance(TimeSpan.FromDays(-20));
        var (campaign, adSet, ads) = await meta.LaunchAsync();
        sandbox.Control.Clock.FollowRealTime();
        await KnowAsync(scene.Meta, MetaUser.Usd, null, campaign, adSet, ads, meta.Token, null);
    }

    private async Task LaunchOnGoogleAsync()
    {
        var google = await sandbox.GoogleAsync();
        sandbox.Control.Clock.Advance(TimeSpan.FromDays(-20));
        var (_, campaign, adGroup, ad) = await google.LaunchAsync();
        sandbox.Control.Clock.FollowRealTime();
        await KnowAsync(scene.Google, GoogleUser.Usd, google.Login, Id(campaign), Id(adGroup), [Id(ad)], google.Token, google.RefreshToken);

        static string Id(string resource) => resource.Split('/', '~')[^1];
    }

    /// <summary>The studio's rows for what runs on the platform, and the connection by which it is reached.</summary>
    private async Task KnowAsync(AdAccount account, string accountId, string? manager, string campaignId, string adSetId, IEnumerable<string> adIds, string token, string? refreshToken)
    {
        var secrets = app.Get<Secrets>();
        var launched = DateTimeOffset.UtcNow.AddDays(-20);
        await using var db = await app.Studio.OpenForEveryoneAsync(default);
        await db.AdAccounts.Where(a => a.Id == account.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.ExternalId, accountId).SetProperty(a => a.ManagerExternalId, manager));
        await db.Connections.Where(c => c.Id == account.ConnectionId).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.AccessToken, secrets.Protect(token)).SetProperty(c => c.RefreshToken, refreshToken == null ? null : secrets.Protect(refreshToken)));
        var campaign = new Campaign
        {
            OrganizationId = scene.Organization.Id, WorkspaceId = scene.Workspace.Id, TeamId = scene.Team.Id, Name = "Autumn", Number = 1, Status = CampaignStatus.Active, CreatedAt = launched, UpdatedAt = launched, LaunchedAt = launched,
        };
        var onPlatform = new PlatformCampaign
        {
            OrganizationId = scene.Organization.Id, Campaign = campaign, Platform = account.Platform, AdAccountId = account.Id, ExternalId = campaignId, Currency = "USD", Status = PlatformStatus.Active, LaunchedAt = launched,
        };
        var adSet = new AdSet { OrganizationId = scene.Organization.Id, PlatformCampaign = onPlatform, ExternalId = adSetId, Name = "Women 25-54" };
        db.AddRange(campaign, onPlatform, adSet);
        foreach (var ad in adIds) db.Add(new Ad { OrganizationId = scene.Organization.Id, AdSet = adSet, ExternalId = ad, Name = "Ad" });
        await db.SaveChangesAsync();
    }

    private async Task<SyncRun> SyncAsync(AdAccount account) => (await app.Get<SyncInsights>().RunAsync(scene.Manager, account.Id, default)).Value;

    private async Task<decimal> ConversionsAsync()
    {
        await using var db = await app.Studio.OpenAsync(scene.Admin, default);
        return await db.AccountDays.SumAsync(d => d.ConversionsMicros);
    }

    private async Task AllLevelsAgreeAsync(AdAccount account, int atLeastDays)
    {
        await using var db = await app.Studio.OpenAsync(scene.Admin, default);
        // Today grows between the first question and the last.
        var today = await db.AccountDays.Where(d => d.AdAccountId == account.Id).MaxAsync(d => d.Day);
        var byLevel = await db.MetricFacts.Where(f => f.AdAccountId == account.Id && f.Breakdown == "" && f.Day < today).GroupBy(f => f.Level)
            .Select(g => new { Impressions = g.Sum(f => f.Impressions), Clicks = g.Sum(f => f.Clicks), Spend = g.Sum(f => f.SpendMicros) }).ToListAsync();
        byLevel.Count.ShouldBe(3);
        byLevel.Distinct().Count().ShouldBe(1);
        byLevel[0].Impressions.ShouldBeGreaterThan(1_000);
        (await db.AccountDays.Where(d => d.AdAccountId == account.Id && d.Day < today).SumAsync(d => d.SpendMicros)).ShouldBe(byLevel[0].Spend);
        (await db.CampaignDays.CountAsync(d => d.AdAccountId == account.Id)).ShouldBeGreaterThan(atLeastDays);
    }
}
