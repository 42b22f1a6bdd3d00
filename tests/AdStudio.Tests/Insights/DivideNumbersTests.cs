using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Data;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Insights;

/// <summary>Numbers taken apart: by age, by country, by what the ads show.</summary>
public sealed class DivideNumbersTests : IClassFixture<Desk>, IAsyncLifetime
{
    private static readonly MetricSums Good = new(1_000, 50, 20_000_000, 3_000_000, 90_000_000);
    private readonly Desk desk;
    private Scene scene = null!;
    private Launched campaign = null!;

    public DivideNumbersTests(Desk desk) => this.desk = desk;

    private DateOnly Today => desk.Clock.Now.DayIn("America/New_York");
    private DayRange Days => new(Today.AddDays(-9), Today);

    public async Task InitializeAsync()
    {
        desk.Clock.Now = new DateTimeOffset(2026, 6, 15, 16, 0, 0, TimeSpan.Zero);
        desk.Meta.Before = _ => null;
        desk.Meta.BreakdownQuestions.Clear();
        scene = await Scene.SetAsync(desk.Studio, $"D{Guid.NewGuid():N}"[..9]);
        campaign = await Launched.OnAsync(desk.Studio, scene, scene.Meta, "Summer", desk.Clock.Now.AddDays(-9));
        await using var db = await desk.Studio.OpenForEveryoneAsync(default);
        await db.Connections.Where(c => c.Id == scene.Meta.ConnectionId).ExecuteUpdateAsync(set => set.SetProperty(c => c.AccessToken, desk.Get<Secrets>().Protect("first")));
        desk.Meta.Answers(scene.Meta.Id, Days.Each().SelectMany(d => campaign.Rows(d, Good)));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Parts_are_read_after_the_totals_and_make_up_the_whole()
    {
        Tell(BreakdownKind.Age, ("18-24", 300, 20), ("25-34", 700, 30));

        var run = await SyncAsync();

        (run.Status, run.WithBreakdowns, run.RowsRead).ShouldBe((SyncStatus.Succeeded, true, 30 + 20));
        run.RowsStored.ShouldBe(run.RowsRead);
        var ages = await DivideAsync(Division.Age);
        var usd = ages.Currencies.ShouldHaveSingleItem();
        usd.Rows.Select(r => (r.Key, r.Sums.Impressions, r.Sums.Clicks)).ShouldBe([("25-34", 7_000, 300), ("18-24", 3_000, 200)]);
        (usd.Told!.Value.Impressions, usd.Coverage).ShouldBe((usd.Whole!.Value.Impressions, 1m));
        ages.AsOf.ShouldBe(desk.Clock.Now);
        // What is taken apart changes nothing of what is whole.
        await using var db = await desk.Studio.OpenAsync(scene.Admin, default);
        (await db.AccountDays.SumAsync(d => d.Clicks)).ShouldBe(500);
    }

    [Fact]
    public async Task Parts_that_do_not_make_up_the_whole_make_the_reading_red_where_they_should()
    {
        Tell(BreakdownKind.Age, ("18-24", 300, 20), ("25-34", 600, 30));

        var run = await SyncAsync();

        run.Status.ShouldBe(SyncStatus.Failed);
        run.FailureText!.ShouldContain("a campaign's parts by age make up 900 of its 1,000 impressions");
    }

    [Fact]
    public async Task Today_and_what_the_platform_told_nothing_of_are_not_held_against_it()
    {
        desk.Meta.Answers(scene.Meta.Id, BreakdownKind.Age, [Part(Today, "18-24", 1, 0)]);

        (await SyncAsync()).Status.ShouldBe(SyncStatus.Succeeded);
    }

    [Fact]
    public async Task Parts_that_are_not_told_any_more_go_and_of_two_words_for_one_value_both_count()
    {
        Tell(BreakdownKind.Age, ("18-24", 300, 20), ("25-34", 700, 30));
        await SyncAsync();
        desk.Clock.Now = desk.Clock.Now.AddHours(1);
        Tell(BreakdownKind.Age, ("65+", 400, 20), ("65+", 600, 30));

        await SyncAsync();

        (await DivideAsync(Division.Age)).Currencies[0].Rows.ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.Key.ShouldBe("65+"), r => r.Sums.Impressions.ShouldBe(10_000));
    }

    [Fact]
    public async Task Hourly_readings_take_numbers_apart_every_six_hours_only()
    {
        await SyncAsync();
        (await HourlyAsync(1)).WithBreakdowns.ShouldBeFalse();
        (await HourlyAsync(6)).WithBreakdowns.ShouldBeTrue();
    }

    [Fact]
    public async Task A_kind_that_is_too_much_at_once_is_asked_for_in_halves()
    {
        Tell(BreakdownKind.Country, ("US", 1_000, 50));
        desk.Meta.Before = asked => asked.Breakdown == BreakdownKind.Country && asked.To.DayNumber - asked.From.DayNumber > 3 ? new PlatformFailure(Platform.Meta, PlatformFailureKind.TooMuchData, "Too much") : null;

        (await SyncAsync()).Status.ShouldBe(SyncStatus.Succeeded);

        (await DivideAsync(Division.Country)).Currencies[0].Rows.ShouldHaveSingleItem().Sums.Impressions.ShouldBe(10_000);
    }

    [Fact]
    public async Task A_platform_that_tells_nothing_of_the_kind_is_named_and_the_rest_is_not_called_all()
    {
        Tell(BreakdownKind.PublisherPlatform, ("facebook", 1_000, 50));
        await SyncAsync();
        var onGoogle = await Launched.OnAsync(desk.Studio, scene, scene.Google, "Search", desk.Clock.Now.AddDays(-9));
        await WriteAsync(scene.Google, onGoogle, Days);

        var places = await DivideAsync(Division.PublisherPlatform);

        places.Silent.ShouldBe([Platform.Google]);
        places.Currencies[0].Coverage.ShouldBe(0.5m);
        var platforms = await DivideAsync(Division.Platform);
        platforms.Currencies[0].Rows.Select(r => (r.Key, r.Sums.Clicks)).ShouldBe([("google", 500), ("meta", 500)], ignoreOrder: true);
    }

    [Fact]
    public async Task Of_one_campaign_only_its_own_parts_are_told_and_only_to_who_sees_it()
    {
        var second = await Launched.OnAsync(desk.Studio, scene, scene.Meta, "Second", desk.Clock.Now.AddDays(-9));
        desk.Meta.Answers(scene.Meta.Id, Days.Each().SelectMany(d => campaign.Rows(d, Good).Concat(second.Rows(d, Good))));
        desk.Meta.Answers(scene.Meta.Id, BreakdownKind.Gender, Days.Each().SelectMany(d => new[] { Part(d, "female", 1_000, 50), Part(d, "male", 1_000, 50) with { CampaignId = second.OnPlatform.ExternalId! } }));
        await SyncAsync();

        var divide = desk.Get<DivideNumbers>();
        (await divide.RunAsync(scene.Viewer, new(), Division.Gender, campaign.Campaign.Id, default)).Value.Currencies[0].Rows.ShouldHaveSingleItem().Key.ShouldBe("female");

        var theirs = await Scene.SetAsync(desk.Studio, $"E{Guid.NewGuid():N}"[..9]);
        (await divide.RunAsync(theirs.Admin, new(), Division.Gender, campaign.Campaign.Id, default)).Refusal.ShouldBeOfType<NumbersOfCampaignNotFound>();
        (await divide.RunAsync(theirs.Admin, new() { WorkspaceId = scene.Workspace.Id }, Division.Gender, null, default)).Refusal.ShouldBeOfType<NumbersOfWorkspaceNotFound>();
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task Whatever_is_told_the_parts_of_every_day_are_the_whole_of_every_day(int seed)
    {
        var random = new Random(seed);
        var answers = Days.Each().Select(day => (Day: day, Parts: Enumerable.Range(0, 1 + random.Next(5)).Select(i => Part(day, $"C{i}", random.Next(5_000), random.Next(300)) with { SpendMicros = random.NextInt64(90_000_000) }).ToList())).ToList();
        desk.Meta.Answers(scene.Meta.Id, answers.SelectMany(a => campaign.Rows(a.Day, new(a.Parts.Sum(p => p.Impressions), a.Parts.Sum(p => p.Clicks), a.Parts.Sum(p => p.SpendMicros), 0, 0))));
        desk.Meta.Answers(scene.Meta.Id, BreakdownKind.Country, answers.SelectMany(a => a.Parts));

        (await SyncAsync()).FailureText.ShouldBeNull();

        await using var db = await desk.Studio.OpenAsync(scene.Admin, default);
        var parts = await db.MetricFacts.Where(f => f.PlatformCampaignId == campaign.OnPlatform.Id && f.Breakdown.StartsWith("country:")).GroupBy(f => f.Day).Select(g => new { g.Key, Spend = g.Sum(f => f.SpendMicros) }).ToDictionaryAsync(g => g.Key, g => g.Spend);
        foreach (var day in await db.CampaignDays.Where(d => d.PlatformCampaignId == campaign.OnPlatform.Id).ToListAsync()) parts[day.Day].ShouldBe(day.SpendMicros);
    }

    [Fact]
    public async Task Creatives_by_type_share_out_the_clicks_and_unknown_ones_are_told_apart()
    {
        var (image, video) = (await CreativeAsync(CreativeType.Image), await CreativeAsync(CreativeType.Video));
        await using (var db = await desk.Studio.OpenForEveryoneAsync(default))
        {
            await db.Ads.Where(a => a.Id == campaign.First.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.CreativeId, image));
            await db.Ads.Where(a => a.Id == campaign.Second.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.CreativeId, video));
        }
        var other = await Launched.OnAsync(desk.Studio, scene, scene.Google, "Made there", desk.Clock.Now.AddDays(-9));
        await WriteAsync(scene.Google, other, Days);
        await using (var db = await desk.Studio.OpenForEveryoneAsync(default))
        {
            var day = Today.AddDays(-1);
            db.AddRange(campaign.Fact(MetricLevel.Ad, campaign.First.Id, day, Good with { Clicks = 75 }), campaign.Fact(MetricLevel.Ad, campaign.Second.Id, day, Good with { Clicks = 25 }));
            await db.SaveChangesAsync();
        }

        var all = (await desk.Get<GetCreativePerformance>().RunAsync(scene.Viewer, new() { WorkspaceId = scene.Workspace.Id }, null, default)).Value;
        all.Types.Select(t => (t.Type, t.Clicks, t.Percentage)).ShouldBe([(CreativeType.Image, 75, 75m), (CreativeType.Video, 25, 25m)]);
        all.UnknownClicks.ShouldBe(500);
        all.Types[0].Money["USD"].SpendMicros.ShouldBe(20_000_000);

        var one = (await desk.Get<GetCreativePerformance>().RunAsync(scene.Viewer, new(), campaign.Campaign.Id, default)).Value;
        one.UnknownClicks.ShouldBe(0);
        var each = (await desk.Get<ListCreativeNumbers>().RunAsync(scene.Viewer, new() { WorkspaceId = scene.Workspace.Id }, default)).Value;
        (each[image].Clicks, each[image].Ads, each[image].Campaigns).ShouldBe((75, 1, 1));
    }

    private void Tell(BreakdownKind kind, params (string Value, long Impressions, long Clicks)[] parts) =>
        desk.Meta.Answers(scene.Meta.Id, kind, Days.Each().SelectMany(d => parts.Select(p => Part(d, p.Value, p.Impressions, p.Clicks))));

    private InsightRow Part(DateOnly day, string value, long impressions, long clicks) =>
        new(MetricLevel.Campaign, campaign.OnPlatform.ExternalId!, null, null, day, impressions, clicks, impressions * 20_000, 0, 0, null) { BreakdownValue = value };

    private async Task<DividedNumbers> DivideAsync(Division by) => (await desk.Get<DivideNumbers>().RunAsync(scene.Viewer, new() { WorkspaceId = scene.Workspace.Id }, by, null, default)).Value;

    private async Task<SyncRun> SyncAsync() => (await desk.Get<SyncInsights>().RunAsync(scene.Manager, scene.Meta.Id, default)).Value;

    private async Task<SyncRun> HourlyAsync(int hours)
    {
        desk.Clock.Now = desk.Clock.Now.AddHours(hours).AddMinutes(10);
        await desk.Get<SyncQueue>().AskDueAsync(default);
        await using var db = await desk.Studio.OpenAsync(scene.Admin, default);
        var run = await db.SyncRuns.Where(r => r.ActiveKey == scene.Meta.Id).Select(r => r.Id).SingleAsync();
        return (await desk.Get<CarryOutSync>().RunAsync(Actor.Studio(scene.Organization.Id), run, default)).Value;
    }

    private async Task WriteAsync(AdStudio.Core.Connections.AdAccount account, Launched of, DayRange days)
    {
        await using var db = await desk.Studio.OpenForEveryoneAsync(default);
        var facts = days.Each().SelectMany(d => of.Day(d, Good)).ToList();
        foreach (var fact in facts) fact.ReadAt = desk.Clock.Now;
        await desk.Get<IFactWriter>().WriteAsync(db, new AnsweredDays(account, days, days.From, desk.Clock.Now, facts), default);
    }

    private async Task<Guid> CreativeAsync(CreativeType type)
    {
        await using var db = await desk.Studio.OpenForEveryoneAsync(default);
        var creative = new Creative { OrganizationId = scene.Organization.Id, WorkspaceId = scene.Workspace.Id, Name = $"A {type}", Type = type, CreatedAt = desk.Clock.Now, UpdatedAt = desk.Clock.Now };
        db.Add(creative);
        await db.SaveChangesAsync();
        return creative.Id;
    }
}
