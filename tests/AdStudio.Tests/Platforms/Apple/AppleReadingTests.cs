using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Sandbox;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms.Apple;

/// <summary>Numbers, states and campaigns made elsewhere, as they are read from Apple.</summary>
public sealed class AppleReadingTests : IAsyncLifetime
{
    private SandboxedAdapters adapters = null!;

    public async Task InitializeAsync() => adapters = await SandboxedAdapters.StartAsync();
    public async Task DisposeAsync() => await adapters.DisposeAsync();

    [Fact]
    public async Task Every_breakdown_adds_up_to_the_whole()
    {
        var (access, tokens, _) = await LaunchedAsync();
        var from = DateOnly.FromDateTime(adapters.Host.Control.Now.UtcDateTime);
        adapters.Host.Control.Clock.Advance(TimeSpan.FromDays(6));
        access = access with { AccessToken = (await adapters.Get<IAuthorizes>(Platform.Apple).RefreshAsync("", tokens.RefreshToken, default)).Value.AccessToken };

        var whole = await RowsAsync(access, new(MetricLevel.Campaign, from, from.AddDays(4)));
        whole.Sum(r => r.ConversionsMicros).ShouldBePositive();
        foreach (var kind in Catalogue.RulesOf(Platform.Apple).Breakdowns)
        {
            var rows = await RowsAsync(access, new(MetricLevel.Campaign, from, from.AddDays(4)) { Breakdown = kind });
            rows.GroupBy(r => r.Day).Select(d => (d.Key, d.Sum(r => r.Impressions), d.Sum(r => r.SpendMicros))).ShouldBe(whole.Select(r => (r.Day, r.Impressions, r.SpendMicros)), ignoreOrder: true, kind.ToString());
            rows.ShouldAllBe(r => r.BreakdownValue != null);
        }
    }

    [Fact]
    public async Task Days_that_Apple_no_longer_tells_are_not_asked_for()
    {
        var (access, _, _) = await LaunchedAsync();
        var today = DateOnly.FromDateTime(DateTime.UtcNow);

        (await RowsAsync(access, new(MetricLevel.Campaign, today.AddDays(-300), today.AddDays(-200)))).ShouldBeEmpty();
        adapters.Calls.Of(Platform.Apple).ShouldNotContain(c => c.Path.StartsWith("/reports"));
        (await RowsAsync(access, new(MetricLevel.Campaign, today.AddDays(-300), today))).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_review_rejects_is_told_with_words()
    {
        adapters.Host.Control.Policy.Add(new PolicyRule("apple", "miracle", "review", "Misleading"));
        var (access, _, done) = await LaunchedAsync("Miracle wool");

        var state = (await adapters.Get<IReadsStructure>(Platform.Apple).ReadCampaignsAsync(access, [done["campaign"]], default)).Value.Single();

        state.Status.ShouldBe(PlatformStatus.Rejected);
        state.AdSets.Single().Ads.Single().Rejection.ShouldNotBeNull().ShouldContain("App Store Connect");
    }

    [Fact]
    public async Task A_second_campaign_of_an_app_uses_the_page_that_is_there()
    {
        var (_, _, first) = await LaunchedAsync();
        var (_, _, second) = await LaunchedAsync(marker: "OTHERMARK");

        (second["creative"], second["campaign"] == first["campaign"]).ShouldBe((first["creative"], false));
    }

    [Fact]
    public async Task Campaigns_are_imported_with_their_money_times_and_people()
    {
        var (access, _, done) = await LaunchedAsync();

        var all = new List<ImportedCampaign>();
        await foreach (var campaign in adapters.Get<IImportsCampaigns>(Platform.Apple).ReadAllAsync(access, default)) all.Add(campaign.Value);

        var one = all.ShouldHaveSingleItem();
        (one.ExternalId, one.Objective, one.Budget, one.BudgetType).ShouldBe((done["campaign"], Objective.AppInstalls, Money.FromUnits(80, "USD"), BudgetType.Daily));
        one.Audience.ShouldNotBeNull().ShouldSatisfyAllConditions(a => a.AgeMin.ShouldBe(25), a => a.AgeMax.ShouldBe(44), a => a.Genders.ShouldBe([Gender.Women]), a => a.Places.Single().Ids[Platform.Apple].ShouldBe("US|CA"));
        one.AdSets.Single().Ads.Single().ExternalId.ShouldBe(done["ad:1"]);
        one.Start.ShouldNotBeNull().ShouldBe(adapters.Host.Control.Now, TimeSpan.FromMinutes(5));
    }

    private async Task<(PlatformAccess Access, PlatformTokens Tokens, Dictionary<string, string> Done)> LaunchedAsync(string name = "Autumn", string marker = Briefs.Marker)
    {
        var (access, account, tokens) = await adapters.ConnectAsync(Platform.Apple);
        var publishes = adapters.Get<IPublishes>(Platform.Apple);
        var places = (await adapters.Get<ISearchesTargeting>(Platform.Apple).SearchAsync(access, TargetingKind.Place, "california", default)).Value;
        var brief = Briefs.Meta(Objective.AppInstalls) with
        {
            Name = name, Marker = marker, Account = access.Account!, App = account.Assets.First(a => a.Kind == AccountAssetKind.App), Creatives = [], Budget = Money.FromUnits(80, "USD"),
            Audience = new AudienceSpec { AgeMin = 25, AgeMax = 44, Genders = [Gender.Women], Places = [.. places.Where(p => p.PlaceKind == PlaceKind.Region).Select(p => new TargetPlace { Kind = PlaceKind.Region, Name = p.Name, Country = p.Country!, Ids = new Dictionary<Platform, string> { [Platform.Apple] = p.Id } })] },
        };
        var done = new Dictionary<string, string>();
        foreach (var step in publishes.PlanLaunch(brief).Steps) done[step.Key] = (await publishes.CarryOutAsync(access, step.Fill(done), default)).Value;
        return (access, tokens, done);
    }

    private async Task<List<InsightRow>> RowsAsync(PlatformAccess access, InsightQuery query)
    {
        var rows = new List<InsightRow>();
        await foreach (var row in adapters.Get<IReadsInsights>(Platform.Apple).ReadInsightsAsync(access, query, default)) rows.Add(row.Value);
        return rows;
    }
}
