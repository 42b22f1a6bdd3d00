using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms.LinkedIn;

/// <summary>LinkedIn's adapter against its emulation, where the contract of every platform does not reach.</summary>
public sealed class LinkedInJourneyTests : IAsyncLifetime
{
    private SandboxedAdapters adapters = null!;
    private PlatformAccess access = null!;
    private PlatformAccount account = null!;
    private PlatformTokens tokens = null!;

    public async Task InitializeAsync()
    {
        adapters = await SandboxedAdapters.StartAsync();
        (access, account, tokens) = await adapters.ConnectAsync(Platform.LinkedIn);
    }

    public async Task DisposeAsync() => await adapters.DisposeAsync();

    private IPublishes Publishes => adapters.Get<IPublishes>(Platform.LinkedIn);

    private LaunchBrief Brief(Objective objective = Objective.Sales) => LinkedInPlanTests.Brief(objective) with
    {
        Account = access.Account!, Creatives = [Briefs.Image, Briefs.Video, Briefs.Carousel], Budget = Money.FromUnits(150, "USD"),
        Page = account.Assets.First(a => a.Kind == AccountAssetKind.Page), Pixel = account.Assets.First(a => a.Kind == AccountAssetKind.ConversionAction),
        Audience = new() { Places = [Briefs.UnitedStates, new() { Kind = PlaceKind.Country, Name = "Canada", Country = "CA" }] },
    };

    private async Task<LaunchedObjects> CarryOutAsync(LaunchedObjects launched, IReadOnlyList<PlannedStep> steps)
    {
        var done = new Dictionary<string, string>(launched.Ids);
        foreach (var step in steps)
        {
            var result = await Publishes.CarryOutAsync(access, step.Fill(done), default);
            done[step.Key] = result.IsDone ? result.Value : throw new ShouldAssertException($"{step.Key}: {result.Refusal}");
        }
        return launched with { Ids = done };
    }

    private Task<LaunchedObjects> LaunchAsync(LaunchBrief brief) => CarryOutAsync(new(brief.Account, brief.Marker, new Dictionary<string, string>()), Publishes.PlanLaunch(brief).Steps);

    private async Task<CampaignState> StateAsync(LaunchedObjects launched) => (await adapters.Get<IReadsStructure>(Platform.LinkedIn).ReadCampaignsAsync(access, [launched.Ids["campaign"]], default)).Value.Single();

    private async Task<List<InsightRow>> RowsAsync(InsightQuery query)
    {
        var rows = new List<InsightRow>();
        await foreach (var row in adapters.Get<IReadsInsights>(Platform.LinkedIn).ReadInsightsAsync(access, query, default)) rows.Add(row.Value);
        return rows;
    }

    private async Task<DateOnly> FourDaysOnAsync()
    {
        var from = DateOnly.FromDateTime(adapters.Host.Control.Now.UtcDateTime);
        adapters.Host.Control.Clock.Advance(TimeSpan.FromDays(4));
        access = access with { AccessToken = (await adapters.Get<IAuthorizes>(Platform.LinkedIn).RefreshAsync(tokens.AccessToken, tokens.RefreshToken, default)).Value.AccessToken };
        return from;
    }

    [Fact]
    public async Task Accounts_count_their_days_in_UTC_and_say_how_they_stand()
    {
        var accounts = (await adapters.Get<IListsAccounts>(Platform.LinkedIn).ListAccountsAsync(access, default)).Value;

        accounts.Select(a => (a.Currency, a.TimeZone, a.Status)).ShouldBe([("USD", "Etc/UTC", AdAccountStatus.Active), ("EUR", "Etc/UTC", AdAccountStatus.Active), ("USD", "Etc/UTC", AdAccountStatus.Unsettled)]);
        accounts[0].Assets.Select(a => (a.Kind, a.Name)).ShouldBe([(AccountAssetKind.Page, "Harbor & Pine"), (AccountAssetKind.Page, "Harbor & Pine Europe"), (AccountAssetKind.ConversionAction, "Harbor & Pine US orders")]);
    }

    [Fact]
    public async Task What_review_rejects_comes_back_in_its_words_and_the_rest_runs()
    {
        var launched = await LaunchAsync(Brief() with { Creatives = [Briefs.Image, Briefs.Image with { Id = Guid.NewGuid(), Headline = "A miracle cure" }] });

        var state = await StateAsync(launched);

        state.Status.ShouldBe(PlatformStatus.Active);
        state.AdSets.Single().Ads.Select(a => a.Rejection).ShouldBe([null, "Misleading claims."], ignoreOrder: true);
    }

    [Fact]
    public async Task Numbers_by_country_and_device_make_up_those_of_the_campaign()
    {
        var launched = await LaunchAsync(Brief());
        var from = await FourDaysOnAsync();
        var query = new InsightQuery(MetricLevel.Campaign, from, from.AddDays(2)) { CampaignIds = [launched.Ids["campaign"]] };

        var whole = await RowsAsync(query);
        whole.ShouldNotBeEmpty();
        foreach (var (kind, values) in new[] { (BreakdownKind.Country, new[] { "US", "CA" }), (BreakdownKind.Device, ["mobile", "desktop"]) })
        {
            var parts = await RowsAsync(query with { Breakdown = kind });
            parts.Select(r => r.BreakdownValue).Distinct().ShouldBe(values, ignoreOrder: true);
            parts.GroupBy(r => r.Day).Select(d => (d.Key, d.Sum(r => r.Impressions), d.Sum(r => r.SpendMicros))).ShouldBe(whole.Select(r => (r.Day, r.Impressions, r.SpendMicros)), ignoreOrder: true);
        }
    }

    [Fact]
    public async Task A_report_that_is_too_large_is_read_in_halves_and_comes_out_the_same()
    {
        await using var narrow = await SandboxedAdapters.StartAsync(o => o.LinkedInMostElements = 2);
        (adapters, var wide) = (narrow, adapters);
        await wide.DisposeAsync();
        (access, account, tokens) = await adapters.ConnectAsync(Platform.LinkedIn);
        await LaunchAsync(Brief() with { Creatives = [Briefs.Image] });
        var from = await FourDaysOnAsync();

        var rows = await RowsAsync(new(MetricLevel.Ad, from, from.AddDays(3)));

        rows.Select(r => r.Day).ShouldBe([from, from.AddDays(1), from.AddDays(2), from.AddDays(3)]);
        adapters.Calls.Of(Platform.LinkedIn).Count(c => c.Path == "/adAnalytics" && c.Status == 400).ShouldBe(1);
        adapters = await SandboxedAdapters.StartAsync();
    }

    [Fact]
    public async Task An_edited_campaign_shows_the_new_ad_and_keeps_the_old_one_put_away()
    {
        var brief = Brief();
        var launched = await LaunchAsync(brief);
        var after = brief with { Name = "Cyber Monday", Marker = "EDIT01", End = adapters.Host.Control.Now.AddDays(20), Audience = new() { Places = [Briefs.UnitedStates], AgeMin = 25, AgeMax = 34 }, Creatives = [Briefs.Image with { Headline = "Last days" }, Briefs.Video, Briefs.Carousel] };

        var edited = await CarryOutAsync(launched, adapters.Get<IEditsCampaigns>(Platform.LinkedIn).PlanEdit(launched, brief, after).Steps);

        var state = await StateAsync(launched);
        (state.Name, state.Status).ShouldBe(($"Cyber Monday · {Briefs.Marker}", PlatformStatus.Active));
        state.AdSets.Single(s => s.ExternalId == launched.Ids["adset"]).Ads.Select(a => (a.ExternalId, a.OwnStatus)).ShouldBe([(launched.Ids["ad:1"], "ARCHIVED"), (edited.Ids["ad:1@EDIT01"], "ACTIVE")], ignoreOrder: true);
    }

    [Fact]
    public async Task What_stands_on_the_account_is_read_back_as_it_was_written()
    {
        var brief = Brief(Objective.Awareness) with { Start = adapters.Host.Control.Now.AddHours(2), End = adapters.Host.Control.Now.AddDays(9), Audience = new() { Places = [Briefs.UnitedStates], AgeMin = 25, AgeMax = 34, Genders = [Gender.Women] } };
        var launched = await LaunchAsync(brief with { Creatives = [Briefs.Image with { PrimaryText = "Half price (today)" }] });

        var imported = new List<ImportedCampaign>();
        await foreach (var campaign in adapters.Get<IImportsCampaigns>(Platform.LinkedIn).ReadAllAsync(access, default)) imported.Add(campaign.Value);

        var one = imported.Single();
        (one.Objective, one.Budget, one.BudgetType, one.Ids["adset"]).ShouldBe((Objective.Awareness, Money.FromUnits(150, "USD"), BudgetType.Daily, launched.Ids["adset"]));
        one.Start!.Value.ShouldBe(brief.Start.Value, TimeSpan.FromSeconds(1));
        one.End!.Value.ShouldBe(brief.End.Value, TimeSpan.FromSeconds(1));
        (one.Audience!.Places.Single().Country, one.Audience.AgeMin, one.Audience.AgeMax, one.Audience.Genders.Single()).ShouldBe(("US", 25, 34, Gender.Women));
        one.AdSets.Single().Ads.Single().Creative!.ShouldSatisfyAllConditions(c => c.PrimaryText.ShouldBe("Half price (today)"), c => c.Headline.ShouldBe("Black Friday"), c => c.CallToAction.ShouldBe("SHOP_NOW"), c => c.LinkUrl.ShouldBe("https://shop.example/bf"));
    }

    [Fact]
    public async Task A_campaign_that_was_never_switched_on_is_taken_away_whole()
    {
        var brief = Brief();
        var launched = await CarryOutAsync(new(brief.Account, brief.Marker, new Dictionary<string, string>()), [.. Publishes.PlanLaunch(brief).Steps.Where(s => s.Kind != StepKind.Activate)]);

        await CarryOutAsync(launched, Publishes.PlanRemove(launched));

        adapters.Host.Control.Objects("linkedin").ShouldBeEmpty();
        await CarryOutAsync(launched, Publishes.PlanRemove(launched));
    }

    [Fact]
    public async Task An_audience_has_the_members_that_LinkedIn_can_match()
    {
        var audiences = adapters.Get<ISyncsAudiences>(Platform.LinkedIn);
        var id = (await audiences.CreateAudienceAsync(access, new(Guid.NewGuid(), "VIP", AudienceType.CustomerMatch, null, null), null, "AUD001", default)).Value;

        var receipt = (await audiences.SendMembersAsync(access, id, new(1, 1, true, 3, Remove: false, [new(new string('a', 64), null), new(null, new string('b', 64)), new("not a hash", null)]), default)).Value;

        receipt.ShouldBe(new MembersReceipt(3, 2));
        (await audiences.FindAudienceAsync(access, "AUD001", default)).Value.ShouldBe(id);
        (await audiences.ListAudiencesAsync(access, default)).Value.Single().Size.ShouldBe(400);
        (await audiences.CreateAudienceAsync(access, new(Guid.NewGuid(), "Alike", AudienceType.Lookalike, null, null), null, "AUD002", default)).Refusal.ShouldBeOfType<PlatformFailure>().Kind.ShouldBe(PlatformFailureKind.InvalidRequest);
        (await audiences.DeleteAudienceAsync(access, id, default)).Value.ShouldBeTrue();
        (await audiences.DeleteAudienceAsync(access, id, default)).Value.ShouldBeFalse();
    }
}
