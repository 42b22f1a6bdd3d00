using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Insights;

/// <summary>What people and programs read of the numbers, and whose.</summary>
public sealed class ReadingNumbersTests : IClassFixture<Desk>, IAsyncLifetime
{
    private static readonly MetricSums Good = new(1_000, 50, 20_000_000, 2_000_000, 90_000_000);
    private readonly Desk desk;
    private Scene scene = null!;
    private Launched onMeta = null!;
    private Launched onGoogle = null!;

    public ReadingNumbersTests(Desk desk) => this.desk = desk;

    // 03:30 UTC on the 15th is still the 14th in New York.
    private static readonly DateTimeOffset Now = new(2026, 6, 15, 3, 30, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 6, 14);

    public async Task InitializeAsync()
    {
        desk.Clock.Now = Now;
        scene = await Scene.SetAsync(desk.Studio, $"N{Guid.NewGuid():N}"[..9]);
        onMeta = await Launched.OnAsync(desk.Studio, scene, scene.Meta, "Meta only", Now.AddDays(-60));
        onGoogle = await Launched.OnAsync(desk.Studio, scene, scene.Google, "Google only", Now.AddDays(-60));
        var days = new DayRange(Today.AddDays(-13), Today);
        // A click a day more in the second week.
        await WriteAsync(scene.Meta, days, days.Each().SelectMany(d => onMeta.Day(d, d > Today.AddDays(-7) ? Good with { Clicks = 51 } : Good)));
        await WriteAsync(scene.Google, days, days.Each().SelectMany(d => onGoogle.Day(d, Good)));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_overview_adds_up_its_days_and_compares_with_the_period_before()
    {
        var overview = await OverviewAsync(scene.Admin);

        overview.Range.ShouldBe(new DayRange(Today.AddDays(-6), Today));
        overview.Previous.ShouldBe(new DayRange(Today.AddDays(-13), Today.AddDays(-7)));
        var usd = overview.Currencies.ShouldHaveSingleItem();
        usd.Sums!.Value.Clicks.ShouldBe(7 * 101);
        usd.Previous!.Value.Clicks.ShouldBe(7 * 100);
        usd.Days.Count.ShouldBe(7);
        usd.Days.ShouldAllBe(d => d.Sums!.Value.Clicks == 101);
        usd.Platforms.Select(p => (p.Platform, p.Sums!.Value.Clicks)).ShouldBe([(Platform.Meta, 357), (Platform.Google, 350)]);
    }

    [Fact]
    public async Task Today_is_the_day_where_the_accounts_are() => (await OverviewAsync(scene.Admin, RangePreset.Today)).Range.ShouldBe(new DayRange(Today, Today));

    [Fact]
    public async Task A_day_that_was_never_read_has_no_figure()
    {
        var usd = (await OverviewAsync(scene.Admin, RangePreset.Last30Days)).Currencies[0];

        usd.Days[0].Sums.ShouldBeNull();
        usd.Days[^1].Sums.ShouldNotBeNull();
        usd.Previous.ShouldBeNull();
    }

    [Fact]
    public async Task Figures_are_as_old_as_the_account_that_was_read_longest_ago()
    {
        await WriteAsync(scene.Meta, new DayRange(Today, Today), onMeta.Day(Today, Good), Now.AddHours(2), finalThrough: Today.AddDays(-28));

        var fresh = (await OverviewAsync(scene.Admin)).Freshness;

        fresh.AsOf.ShouldBe(Now);
        fresh.FirstOpenDay.ShouldBe(Today);
        fresh.TimeZones.ShouldBe(["America/New_York"]);
    }

    [Fact]
    public async Task Currencies_are_never_added_up()
    {
        await using (var db = await desk.Studio.OpenForEveryoneAsync(default))
            await db.AdAccounts.Where(a => a.Id == scene.Google.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Currency, "JPY"));

        var overview = await OverviewAsync(scene.Admin);

        overview.Currencies.Select(c => (c.Currency, c.Sums!.Value.SpendMicros)).ShouldBe([("JPY", 140_000_000), ("USD", 140_000_000)], ignoreOrder: true);
        var table = await TableAsync(scene.Admin, q => q with { Currency = "JPY" });
        table.Rows.Items.Select(r => (r.Name, r.Currency)).ShouldBe([("Google only", "JPY")]);
        table.Totals.Keys.ShouldBe(["JPY"]);
    }

    [Fact]
    public async Task A_viewer_reads_the_accounts_granted_to_them_and_no_others()
    {
        var metaOnly = scene.Viewer with { Accounts = new Dictionary<Guid, AccountAccess> { [scene.Meta.Id] = AccountAccess.Viewer } };

        (await OverviewAsync(metaOnly)).Currencies[0].Sums!.Value.Clicks.ShouldBe(357);
        (await TableAsync(metaOnly)).Rows.Items.Select(r => r.Name).ShouldBe(["Meta only"]);
        (await desk.Get<GetCampaignMetrics>().RunAsync(metaOnly, onGoogle.Campaign.Id, Query(), default)).Refusal.ShouldBeOfType<NumbersOfCampaignNotFound>();
        (await desk.Get<GetBreakdown>().RunAsync(metaOnly, onGoogle.Campaign.Id, Query(), default)).Refusal.ShouldBeOfType<NumbersOfCampaignNotFound>();
        (await desk.Get<GetTrends>().RunAsync(metaOnly, Query(), TrendStep.Day, default)).Value.Series.Select(s => s.Platform).ShouldBe([null, Platform.Meta]);
        (await desk.Get<GetSyncState>().RunAsync(metaOnly, scene.Workspace.Id, default)).Value.Accounts.Select(a => a.Platform).ShouldBe([Platform.Meta]);
    }

    [Fact]
    public async Task Somebody_of_another_organization_finds_nothing_whatever_they_guess()
    {
        var stranger = (await Scene.SetAsync(desk.Studio, $"O{Guid.NewGuid():N}"[..9])).Admin;

        (await desk.Get<GetOverview>().RunAsync(stranger, Query(), default)).Refusal.ShouldBeOfType<NumbersOfWorkspaceNotFound>();
        (await desk.Get<ListCampaignNumbers>().RunAsync(stranger, new() { Numbers = Query() }, default)).Refusal.ShouldBeOfType<NumbersOfWorkspaceNotFound>();
        (await desk.Get<GetTrends>().RunAsync(stranger, Query(), TrendStep.Day, default)).Refusal.ShouldBeOfType<NumbersOfWorkspaceNotFound>();
        (await desk.Get<GetComparison>().RunAsync(stranger, Query(), null, [], default)).Refusal.ShouldBeOfType<NumbersOfWorkspaceNotFound>();
        (await desk.Get<GetComparison>().RunAsync(stranger, Query(), null, [onMeta.Campaign.Id], default)).Refusal.ShouldBeOfType<NumbersOfCampaignNotFound>();
        (await desk.Get<ListSyncRuns>().RunAsync(stranger, scene.Workspace.Id, new(), default)).Refusal.ShouldBeOfType<NumbersOfWorkspaceNotFound>();
        (await desk.Get<GetSyncState>().RunAsync(stranger, scene.Workspace.Id, default)).Refusal.ShouldBeOfType<NumbersOfWorkspaceNotFound>();
        (await desk.Get<GetOverview>().RunAsync(stranger, Query() with { WorkspaceId = null }, default)).Value.Currencies.ShouldAllBe(c => c.Sums == null);
    }

    [Fact]
    public async Task The_table_sorts_by_a_metric_and_its_totals_count_all_pages()
    {
        var byClicks = await TableAsync(scene.Admin, q => q with { SortBy = Metric.Clicks, Limit = 1 });

        byClicks.Rows.Items.ShouldHaveSingleItem().Name.ShouldBe("Meta only");
        byClicks.Rows.Total.ShouldBe(2);
        byClicks.Totals["USD"].Clicks.ShouldBe(707);
        (await TableAsync(scene.Admin, q => q with { SortBy = null, Down = false })).Rows.Items.Select(r => r.Name).ShouldBe(["Google only", "Meta only"]);
        (await TableAsync(scene.Admin, q => q with { Search = "google" })).Rows.Items.Select(r => r.Name).ShouldBe(["Google only"]);
    }

    [Fact]
    public async Task A_campaign_comes_apart_into_ad_sets_and_ads_that_make_it_up()
    {
        var platform = (await desk.Get<GetBreakdown>().RunAsync(scene.Viewer, onMeta.Campaign.Id, Query(), default)).Value.Rows.ShouldHaveSingleItem();

        var adSet = platform.Parts.ShouldHaveSingleItem();
        adSet.Parts.Select(a => (a.Name, a.Sums?.Clicks)).ShouldBe([("Meta only ad 1", 357), ("Meta only ad 2", (long?)null)]);
        (platform.Sums, adSet.Sums).ShouldBe((adSet.Parts[0].Sums, adSet.Parts[0].Sums));
    }

    [Fact]
    public async Task A_campaigns_metrics_name_currency_zone_and_freshness_for_each_platform()
    {
        var metrics = (await desk.Get<GetCampaignMetrics>().RunAsync(scene.Viewer, onMeta.Campaign.Id, Query(), default)).Value;

        var meta = metrics.Platforms.ShouldHaveSingleItem();
        (meta.Platform, meta.Currency, meta.TimeZone, meta.AsOf).ShouldBe((Platform.Meta, "USD", "America/New_York", Now));
        meta.Sums!.Value.Clicks.ShouldBe(357);
        metrics.Currencies[0].Days.Count.ShouldBe(7);
    }

    [Fact]
    public async Task A_day_on_which_a_campaign_did_not_deliver_is_zero_once_it_was_launched()
    {
        await WriteAsync(scene.Meta, new DayRange(Today, Today), [], Now.AddHours(1));
        var late = await Launched.OnAsync(desk.Studio, scene, scene.Meta, "Launched yesterday", Now.AddDays(-1));

        var days = (await desk.Get<GetCampaignMetrics>().RunAsync(scene.Admin, late.Campaign.Id, Query(), default)).Value.Currencies[0].Days;

        days.Select(d => d.Sums?.Impressions).ShouldBe([null, null, null, null, null, 0, 0]);
    }

    [Fact]
    public async Task Weeks_begin_on_Monday_and_end_with_the_range()
    {
        var trends = (await desk.Get<GetTrends>().RunAsync(scene.Admin, Query() with { Range = RangeChoice.Of(Today.AddDays(-9), Today) }, TrendStep.Week, default)).Value;

        // The 14th of June 2026 is a Sunday.
        trends.Series[0].Points.Select(p => (p.From, p.To)).ShouldBe([(new(2026, 6, 5), new(2026, 6, 7)), (new(2026, 6, 8), Today)]);
        trends.Series[0].Points[1].Sums!.Value.Clicks.ShouldBe(707);
    }

    [Fact]
    public async Task Two_ranges_or_several_campaigns_stand_side_by_side()
    {
        var compare = desk.Get<GetComparison>();

        var ranges = (await compare.RunAsync(scene.Admin, Query(), null, [], default)).Value.Sides;
        ranges.Select(s => (s.Range.From, s.Sums!.Value.Clicks)).ShouldBe([(Today.AddDays(-6), 707), (Today.AddDays(-13), 700)]);

        var campaigns = (await compare.RunAsync(scene.Admin, Query(), null, [onMeta.Campaign.Id, onGoogle.Campaign.Id], default)).Value.Sides;
        campaigns.Select(s => (s.Name, s.Sums!.Value.Clicks)).ShouldBe([("Meta only", 357), ("Google only", 350)]);
    }

    [Fact]
    public async Task A_disconnected_account_keeps_its_history_and_ages_nothing()
    {
        await using (var db = await desk.Studio.OpenForEveryoneAsync(default))
            await db.AdAccounts.Where(a => a.Id == scene.Google.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.DeletedAt, Now));
        await WriteAsync(scene.Meta, new DayRange(Today, Today), onMeta.Day(Today, Good), Now.AddHours(2));

        var overview = await OverviewAsync(scene.Admin);

        overview.Currencies[0].Sums!.Value.Clicks.ShouldBe(706);
        overview.Freshness.AsOf.ShouldBe(Now.AddHours(2));
    }

    [Fact]
    public async Task A_range_that_runs_backwards_is_refused() =>
        (await desk.Get<GetOverview>().RunAsync(scene.Admin, Query() with { Range = RangeChoice.Of(Today, Today.AddDays(-1)) }, default)).Refusal.ShouldBeOfType<InvalidRange>();

    [Fact]
    public async Task The_state_of_the_sync_says_what_is_wrong_and_how_fresh_the_rest_is()
    {
        await using (var db = await desk.Studio.OpenForEveryoneAsync(default))
        {
            db.AddRange(Run(scene.Meta, SyncStatus.Succeeded, Now.AddHours(-2)), Run(scene.Google, SyncStatus.Succeeded, Now.AddHours(-1)), Run(scene.Google, SyncStatus.Failed, Now));
            await db.SaveChangesAsync();
        }

        var state = (await desk.Get<GetSyncState>().RunAsync(scene.Viewer, scene.Workspace.Id, default)).Value;

        state.AsOf.ShouldBe(Now.AddHours(-2));
        state.Problem.ShouldBe("Google does not answer.");
        state.IsActive.ShouldBeFalse();
        (await desk.Get<ListSyncRuns>().RunAsync(scene.Viewer, scene.Workspace.Id, new() { AdAccountId = scene.Google.Id }, default)).Value.Items.Select(r => r.Status).ShouldBe([SyncStatus.Failed, SyncStatus.Succeeded]);

        SyncRun Run(AdAccount account, SyncStatus status, DateTimeOffset at) => new()
        {
            OrganizationId = scene.Organization.Id, WorkspaceId = scene.Workspace.Id, AdAccountId = account.Id, Status = status, StartedAt = at, FinishedAt = at, From = Today, To = Today, Trigger = "hourly",
            FailureText = status == SyncStatus.Failed ? "Google does not answer." : null,
        };
    }

    private NumbersQuery Query() => new() { WorkspaceId = scene.Workspace.Id, Range = new RangeChoice(RangePreset.Last7Days) };

    private async Task<Overview> OverviewAsync(Actor actor, RangePreset range = RangePreset.Last7Days) =>
        (await desk.Get<GetOverview>().RunAsync(actor, Query() with { Range = new RangeChoice(range) }, default)).Value;

    private async Task<CampaignNumbersPage> TableAsync(Actor actor, Func<CampaignNumbersQuery, CampaignNumbersQuery>? with = null) =>
        (await desk.Get<ListCampaignNumbers>().RunAsync(actor, (with ?? (q => q))(new CampaignNumbersQuery { Numbers = Query() }), default)).Value;

    private async Task WriteAsync(AdAccount account, DayRange days, IEnumerable<MetricFact> facts, DateTimeOffset? readAt = null, DateOnly? finalThrough = null)
    {
        await using var db = await desk.Studio.OpenForEveryoneAsync(default);
        var list = facts.ToList();
        foreach (var fact in list) (fact.ReadAt, fact.IsFinal) = (readAt ?? Now, fact.Day <= (finalThrough ?? days.To));
        await desk.Get<IFactWriter>().WriteAsync(db, new AnsweredDays(account, days, finalThrough ?? days.To, readAt ?? Now, list), default);
    }
}
