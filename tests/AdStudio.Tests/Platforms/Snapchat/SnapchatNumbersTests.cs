using AdStudio.Core.Platforms;
using AdStudio.Sandbox.Faults;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms.Snapchat;

/// <summary>Numbers agree by whichever way they are read; what stands is imported as it stands.</summary>
public sealed class SnapchatNumbersTests : IAsyncLifetime
{
    private SandboxedAdapters adapters = null!;
    private PlatformAccess access = null!;
    private string campaign = "";
    private DateOnly from, to;

    public async Task InitializeAsync()
    {
        adapters = await SandboxedAdapters.StartAsync();
        var (granted, account, tokens) = await adapters.ConnectAsync(Platform.Snapchat);
        access = granted;
        var publishes = adapters.Get<IPublishes>(Platform.Snapchat);
        var done = new Dictionary<string, string>();
        var brief = SnapchatPlanTests.Brief(Objective.Sales) with { Account = access.Account!, Page = account.Assets.First(a => a.Kind == AccountAssetKind.Page), Pixel = account.Assets.First(a => a.Kind == AccountAssetKind.Pixel) };
        foreach (var step in publishes.PlanLaunch(brief).Steps) done[step.Key] = (await publishes.CarryOutAsync(access, step.Fill(done), default)).Value;
        campaign = done["campaign"];
        from = DateOnly.FromDateTime(adapters.Host.Control.Now.UtcDateTime).AddDays(1);
        to = from.AddDays(11);
        adapters.Host.Control.Clock.Advance(TimeSpan.FromDays(14));
        access = access with { AccessToken = (await adapters.Get<IAuthorizes>(Platform.Snapchat).RefreshAsync(tokens.AccessToken, tokens.RefreshToken, default)).Value.AccessToken };
    }

    public async Task DisposeAsync() => await adapters.DisposeAsync();

    [Fact]
    public async Task A_report_says_the_same_as_asking_at_once_and_every_level_adds_up()
    {
        var reported = await RowsAsync(new(MetricLevel.Ad, from, to));
        adapters.Calls.Of(Platform.Snapchat).ShouldContain(c => c.Path.EndsWith("/stats_report"), "so much of an account is left to a report");
        var asked = await RowsAsync(new(MetricLevel.Ad, from, to) { CampaignIds = [campaign] });
        reported.ShouldBe(asked, ignoreOrder: true);
        reported.Count.ShouldBeGreaterThan(20);

        var byCampaign = await RowsAsync(new(MetricLevel.Campaign, from, to));
        foreach (var level in new[] { MetricLevel.AdSet, MetricLevel.Ad })
            Sums(await RowsAsync(new(level, from, to))).ShouldBe(Sums(byCampaign));
        byCampaign.Sum(r => r.ConversionsMicros).ShouldBePositive();
        byCampaign.Sum(r => r.ValueMicros).ShouldBePositive();
    }

    [Theory]
    [InlineData(BreakdownKind.Country, "US")]
    [InlineData(BreakdownKind.Age, "25-34")]
    [InlineData(BreakdownKind.Gender, "female")]
    [InlineData(BreakdownKind.Device, "iOS")]
    public async Task Parts_add_up_to_the_whole(BreakdownKind kind, string value)
    {
        var parts = await RowsAsync(new(MetricLevel.Campaign, from, to) { Breakdown = kind });

        parts.ShouldContain(r => r.BreakdownValue == value);
        Sums(parts).ShouldBe(Sums(await RowsAsync(new(MetricLevel.Campaign, from, to))));
    }

    [Fact]
    public async Task A_report_that_fails_brings_no_numbers_rather_than_some()
    {
        adapters.Host.Control.Faults.Arm("snapchat", CallKinds.ReportStart, FaultKind.ReportFails);

        var results = new List<Core.Common.Result<InsightRow>>();
        await foreach (var row in adapters.Get<IReadsInsights>(Platform.Snapchat).ReadInsightsAsync(access, new(MetricLevel.Ad, from, to), default)) results.Add(row);

        var failure = results.Single().Refusal.ShouldBeOfType<PlatformFailure>();
        (failure.Kind, failure.Code).ShouldBe((PlatformFailureKind.Unavailable, "report-failed"));
    }

    [Fact]
    public async Task What_was_removed_keeps_its_numbers()
    {
        var before = Sums(await RowsAsync(new(MetricLevel.Ad, from, from.AddDays(3))));
        var publishes = adapters.Get<IPublishes>(Platform.Snapchat);
        foreach (var step in publishes.PlanRemove(new(access.Account!, Briefs.Marker, new Dictionary<string, string> { ["campaign"] = campaign }))) (await publishes.CarryOutAsync(access, step.Fill(new Dictionary<string, string>()), default)).Refusal.ShouldBeNull();

        Sums(await RowsAsync(new(MetricLevel.Ad, from, from.AddDays(3)))).ShouldBe(before);
    }

    [Fact]
    public async Task An_import_brings_what_the_launch_made()
    {
        var found = new List<ImportedCampaign>();
        await foreach (var one in adapters.Get<IImportsCampaigns>(Platform.Snapchat).ReadAllAsync(access, default)) found.Add(one.Value);

        var imported = found.Single();
        (imported.ExternalId, imported.Objective, imported.Budget!.Value.Micros, imported.BudgetType, imported.Status).ShouldBe((campaign, Objective.Sales, 125_500_000, BudgetType.Daily, PlatformStatus.Active));
        imported.Audience!.Places.Single().Country.ShouldBe("US");
        imported.Ids.Keys.ShouldBe(["adset"]);
        var creatives = imported.AdSets.Single().Ads.Select(a => a.Creative!).ToList();
        creatives.Select(c => (c.Type, c.Headline, c.CallToAction, c.LinkUrl)).ShouldBe([(CreativeType.Image, "Black Friday", "SHOP_NOW", "https://shop.example/bf"), (CreativeType.Video, "Black Friday", "SHOP_NOW", "https://shop.example/bf")]);
    }

    [Fact]
    public async Task A_rejected_ad_tells_why()
    {
        adapters.Host.Control.Policy.Add(new("snapchat", "black friday", "review", "Not this Friday."));
        var publishes = adapters.Get<IPublishes>(Platform.Snapchat);
        var account = (await adapters.Get<IListsAccounts>(Platform.Snapchat).ListAccountsAsync(access, default)).Value.First(a => a.ExternalId == access.Account!.ExternalId);
        var brief = SnapchatPlanTests.Brief() with { Account = access.Account!, Marker = "REJECT222", Page = account.Assets.First(a => a.Kind == AccountAssetKind.Page) };
        var done = new Dictionary<string, string>();
        foreach (var step in publishes.PlanLaunch(brief).Steps) done[step.Key] = (await publishes.CarryOutAsync(access, step.Fill(done), default)).Value;

        var state = (await adapters.Get<IReadsStructure>(Platform.Snapchat).ReadCampaignsAsync(access, [done["campaign"]], default)).Value.Single();

        state.Status.ShouldBe(PlatformStatus.Rejected);
        state.AdSets.Single().Ads.ShouldAllBe(a => a.Rejection == "Not this Friday.");
    }

    private static List<(DateOnly, long, long, long)> Sums(IEnumerable<InsightRow> rows) => [.. rows.GroupBy(r => r.Day).OrderBy(g => g.Key).Select(g => (g.Key, g.Sum(r => r.Impressions), g.Sum(r => r.Clicks), g.Sum(r => r.SpendMicros)))];

    private async Task<List<InsightRow>> RowsAsync(InsightQuery query)
    {
        var rows = new List<InsightRow>();
        await foreach (var row in adapters.Get<IReadsInsights>(Platform.Snapchat).ReadInsightsAsync(access, query, default)) rows.Add(row.Value);
        return rows;
    }
}
