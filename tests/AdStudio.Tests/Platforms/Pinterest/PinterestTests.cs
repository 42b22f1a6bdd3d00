using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Platforms.Conformance;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms.Pinterest;

/// <summary>Pinterest's adapter against the emulation: what the contract that all platforms share does not ask.</summary>
public sealed class PinterestTests : IAsyncLifetime
{
    private const Platform On = Platform.Pinterest;

    private SandboxedAdapters adapters = null!;
    private PlatformAccess access = null!;
    private PlatformAccount account = null!;
    private PlatformTokens tokens = null!;

    public async Task InitializeAsync()
    {
        adapters = await SandboxedAdapters.StartAsync();
        (access, account, tokens) = await adapters.ConnectAsync(On);
    }

    public async Task DisposeAsync() => await adapters.DisposeAsync();

    private IPublishes Publishes => adapters.Get<IPublishes>(On);

    private LaunchBrief Brief(Objective objective = Objective.Traffic) => Briefs.Meta(objective) with
    {
        Account = access.Account!, Instagram = null, Page = account.Assets.First(a => a.Kind == AccountAssetKind.Page), Pixel = account.Assets.First(a => a.Kind == AccountAssetKind.Pixel),
        Creatives = [Briefs.Image, Briefs.Video, Briefs.Carousel],
    };

    [Fact]
    public async Task Accounts_say_in_which_currency_they_count_and_whether_ads_can_be_made_in_them()
    {
        var accounts = (await adapters.Get<IListsAccounts>(On).ListAccountsAsync(access, default)).Value;

        accounts.Select(a => (a.Currency, a.Status, a.TimeZone)).ShouldBe([("USD", AdAccountStatus.Active, "Etc/UTC"), ("EUR", AdAccountStatus.Active, "Etc/UTC"), ("USD", AdAccountStatus.Disabled, "Etc/UTC")]);
        accounts[0].Assets.Select(a => a.Kind).Distinct().ShouldBe([AccountAssetKind.Page, AccountAssetKind.Pixel]);
        accounts[2].StatusDetail!.ShouldContain("campaign manager");
    }

    [Fact]
    public async Task Numbers_are_the_same_at_once_and_in_a_report_on_every_level_and_divided()
    {
        var launched = await LaunchAsync(Brief(Objective.Sales));
        var first = DateOnly.FromDateTime(adapters.Host.Control.Now.UtcDateTime);
        adapters.Host.Control.Clock.Advance(TimeSpan.FromDays(5));
        await RenewAsync();
        var whole = await RowsAsync(new(MetricLevel.Campaign, first, first.AddDays(3)) { CampaignIds = [launched.Ids["campaign"]] });

        whole.Count.ShouldBeInRange(3, 4);
        foreach (var level in Enum.GetValues<MetricLevel>())
        {
            var query = new InsightQuery(level, first, first.AddDays(3));
            var (atOnce, reported) = (await RowsAsync(query with { CampaignIds = [launched.Ids["campaign"]] }), await RowsAsync(query));
            atOnce.OrderBy(r => (r.Day, r.AdId)).ShouldBe(reported.OrderBy(r => (r.Day, r.AdId)));
            ByDay(atOnce).ShouldBe(ByDay(whole));
        }
        foreach (var breakdown in PinterestCatalogue.Rules.Breakdowns)
        {
            var query = new InsightQuery(MetricLevel.Campaign, first, first.AddDays(3)) { Breakdown = breakdown };
            var (atOnce, reported) = (await RowsAsync(query with { CampaignIds = [launched.Ids["campaign"]] }), await RowsAsync(query));
            atOnce.OrderBy(r => (r.Day, r.BreakdownValue)).ShouldBe(reported.OrderBy(r => (r.Day, r.BreakdownValue)));
            ByDay(atOnce).ShouldBe(ByDay(whole), breakdown.ToString());
        }
        (await RowsAsync(new(MetricLevel.Campaign, first, first.AddDays(3)) { Breakdown = BreakdownKind.Age, CampaignIds = [launched.Ids["campaign"]] })).Select(r => r.BreakdownValue).Distinct().ShouldContain("45-54");

        var (facts, calls) = (Specifications.Of(On), adapters.Calls.Of(On));
        calls.Select(c => c.Path.Split('/')[^1]).ShouldContain("targeting_analytics");
        string.Join('\n', calls.SelectMany(c => facts.CheckRequest(c).Concat(facts.CheckResponse(c))).Distinct()).ShouldBeEmpty();

        static IEnumerable<(DateOnly, long, long, long, long, long)> ByDay(IEnumerable<InsightRow> rows) =>
            rows.GroupBy(r => r.Day).OrderBy(d => d.Key).Select(d => (d.Key, d.Sum(r => r.Impressions), d.Sum(r => r.Clicks), d.Sum(r => r.SpendMicros), d.Sum(r => r.ConversionsMicros), d.Sum(r => r.ValueMicros)));
    }

    [Fact]
    public async Task Older_days_than_ninety_come_from_a_report_and_the_rest_at_once()
    {
        var launched = await LaunchAsync(Brief());
        var today = DateOnly.FromDateTime(DateTime.UtcNow);

        await RowsAsync(new(MetricLevel.Campaign, today.AddDays(-200), today) { CampaignIds = [launched.Ids["campaign"]] });

        var calls = adapters.Calls.Of(On);
        calls.Count(c => c is { Method: "POST" } && c.Path.EndsWith("/reports", StringComparison.Ordinal)).ShouldBe(1);
        calls.Count(c => c.Path.EndsWith("campaigns/analytics", StringComparison.Ordinal)).ShouldBe(1);
        calls.ShouldAllBe(c => c.Status < 300);
    }

    [Fact]
    public async Task What_review_rejects_comes_with_the_platforms_words()
    {
        var launched = await LaunchAsync(Brief() with { Creatives = [Briefs.Image with { Headline = "A miracle cure for cold feet" }, Briefs.Image] });

        var state = (await adapters.Get<IReadsStructure>(On).ReadCampaignsAsync(access, [launched.Ids["campaign"]], default)).Value.Single();

        state.Status.ShouldBe(PlatformStatus.Active);
        state.AdSets.Single().Ads.Select(a => a.Rejection).OrderBy(r => r is null).ShouldBe(["This ad makes exaggerated claims.", null]);
    }

    [Fact]
    public async Task A_changed_creative_runs_as_a_new_pin_before_the_old_ad_is_archived()
    {
        var before = Brief() with { Audiences = [new(Guid.NewGuid(), "VIP", AudienceType.CustomerMatch, null, null)] };
        var launched = await LaunchAsync(before);
        var after = before with { Marker = "EDIT00001", Name = "Cyber Monday", Creatives = [Briefs.Image with { Headline = "Last days" }, Briefs.Video, Briefs.Carousel], Audience = before.Audience with { AgeMin = 30 } };
        var plan = adapters.Get<IEditsCampaigns>(On).PlanEdit(launched, before with { Marker = launched.Marker }, after);

        plan.Steps.Select(s => s.Key).ShouldBe(["name:campaign@EDIT00001", "name:adset@EDIT00001", "targeting:adset@EDIT00001", "creative:1@EDIT00001", "ad:1@EDIT00001", "activate:ad:1@EDIT00001", "archive:ad:1@EDIT00001"]);
        plan.Steps.Single(s => s.Key.StartsWith("targeting", StringComparison.Ordinal)).Body["targeting_spec"]!["AUDIENCE_INCLUDE"]![0]!.ToString().ShouldBe(launched.Ids["audience:1"]);
        var ids = await CarryOutAsync(plan.Steps, launched.Ids);

        var state = (await adapters.Get<IReadsStructure>(On).ReadCampaignsAsync(access, [launched.Ids["campaign"]], default)).Value.Single();
        state.Name.ShouldBe("Cyber Monday · " + launched.Marker);
        state.AdSets.Single().Ads.Select(a => a.ExternalId).ShouldBe([ids["ad:1@EDIT00001"], ids["ad:2"], ids["ad:3"]], ignoreOrder: true);
    }

    [Fact]
    public async Task An_imported_campaign_tells_money_people_and_what_its_ads_show()
    {
        var brief = Brief(Objective.Sales) with { Audience = new AudienceSpec { Places = [Briefs.UnitedStates], AgeMin = 25, AgeMax = 44, Genders = [Gender.Women] } };
        var launched = await LaunchAsync(brief);

        var found = new List<ImportedCampaign>();
        await foreach (var row in adapters.Get<IImportsCampaigns>(On).ReadAllAsync(access, default)) found.Add(row.Value);

        var campaign = found.Single();
        (campaign.ExternalId, campaign.Objective, campaign.Budget, campaign.BudgetType).ShouldBe((launched.Ids["campaign"], Objective.Sales, brief.Budget, BudgetType.Daily));
        (campaign.Audience!.AgeMin, campaign.Audience.AgeMax, campaign.Audience.Genders.Single(), campaign.Audience.Places.Single().Country).ShouldBe((25, 44, Gender.Women, "US"));
        campaign.AdSets.Single().Ads.Select(a => a.Creative!).OrderBy(c => c.Type).Select(c => (c.Type, c.Headline, c.CallToAction, c.MediaUrls.Count))
            .ShouldBe([(CreativeType.Image, "Black Friday", "SHOP_NOW", 1), (CreativeType.Video, "Black Friday", "SHOP_NOW", 1), (CreativeType.Carousel, "Black Friday", "SHOP_NOW", 2)]);
    }

    [Fact]
    public async Task Members_are_a_set_and_phone_numbers_are_none_of_Pinterests()
    {
        var syncs = adapters.Get<ISyncsAudiences>(On);
        var id = (await syncs.CreateAudienceAsync(access, new(Guid.NewGuid(), "VIP", AudienceType.CustomerMatch, null, null), null, "AUD1", default)).Value;
        (await syncs.FindAudienceAsync(access, "AUD1", default)).Value.ShouldBe(id);
        var people = Enumerable.Range(0, 120).Select(i => new MemberHashes(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(i))), null)).Append(new MemberHashes(null, new string('c', 64))).ToList();

        foreach (var _ in "12") (await syncs.SendMembersAsync(access, id, new(1, 1, true, people.Count, false, people), default)).Value.ShouldBe(new MembersReceipt(121, 1));
        (await syncs.ListAudiencesAsync(access, default)).Value.Single(a => a.ExternalId == id).ShouldSatisfyAllConditions(a => a.Size.ShouldBe(121), a => a.OwnStatus.ShouldBe("READY"));
        await syncs.SendMembersAsync(access, id, new(2, 1, true, 100, true, [.. people.Take(100)]), default);
        (await syncs.ListAudiencesAsync(access, default)).Value.Single(a => a.ExternalId == id).OwnStatus.ShouldBe("TOO_SMALL");

        (await syncs.CreateAudienceAsync(access, new(Guid.NewGuid(), "Alike", AudienceType.Lookalike, null, """{"country":"DE"}""") { SourceExternalId = id }, null, "AUD2", default)).Refusal!.Message.ShouldContain("United States");
        foreach (var _ in "12") (await syncs.DeleteAudienceAsync(access, id, default)).Value.ShouldBeTrue();
        (await syncs.FindAudienceAsync(access, "AUD1", default)).Value.ShouldBeNull();
    }

    [Theory]
    [InlineData(0, "'budget_in_micro_currency' is required.", "budget_in_micro_currency")]
    [InlineData(1000, "below the minimum", "budget_in_micro_currency")]
    public async Task An_item_that_is_refused_names_its_field_though_the_answer_is_200(long micros, string words, string field)
    {
        var plan = Publishes.PlanLaunch(Brief() with { Budget = new Money(micros, "USD") });
        var done = new Dictionary<string, string>();
        done["campaign"] = (await Publishes.CarryOutAsync(access, plan.Steps.Single(s => s.Key == "campaign").Fill(done), default)).Value;

        var failure = (await Publishes.CarryOutAsync(access, plan.Steps.Single(s => s.Key == "adset").Fill(done), default)).Refusal.ShouldBeOfType<PlatformFailure>();

        (failure.Kind, failure.Field).ShouldBe((PlatformFailureKind.InvalidRequest, field));
        failure.Message.ShouldContain(words);
        adapters.Calls.Of(On)[^1].Status.ShouldBe(200);
    }

    [Theory]
    [InlineData(401, """{"code":2,"message":"Authentication failed."}""", PlatformFailureKind.ExpiredAuthorization)]
    [InlineData(401, """{"code":3,"message":"Your token does not have sufficient permissions to perform this operation."}""", PlatformFailureKind.MissingPermission)]
    [InlineData(403, """{"code":29,"message":"You are not permitted to access that resource."}""", PlatformFailureKind.MissingPermission)]
    [InlineData(404, """{"code":50,"message":"Pin not found."}""", PlatformFailureKind.NotFound)]
    [InlineData(429, """{"code":8,"message":"This request exceeded a rate limit."}""", PlatformFailureKind.RateLimited)]
    [InlineData(400, """{"code":1,"message":"'name' is a required property."}""", PlatformFailureKind.InvalidRequest)]
    [InlineData(403, """{"code":403,"message":"This Pin goes against our Community Guidelines."}""", PlatformFailureKind.RejectedByPolicy)]
    [InlineData(413, "{}", PlatformFailureKind.TooMuchData)]
    [InlineData(410, "{}", PlatformFailureKind.VersionRetired)]
    [InlineData(503, """{"code":4197,"message":"The endpoint has been ramped down and is currently not accepting any traffic."}""", PlatformFailureKind.Unavailable)]
    [InlineData(500, """{"code":0,"message":"Something went wrong on our end."}""", PlatformFailureKind.UnknownOutcome)]
    [InlineData(200, """{"items":[{"exceptions":[{"code":1,"message":"'name' must have 1 to 255 characters."}]}]}""", PlatformFailureKind.InvalidRequest)]
    [InlineData(200, """{"items":[{"exceptions":{"code":29,"message":"You are not permitted to access that resource."}}]}""", PlatformFailureKind.MissingPermission)]
    [InlineData(200, """{"items":[]}""", PlatformFailureKind.UnknownOutcome)]
    public async Task Every_refusal_has_its_kind(int status, string body, PlatformFailureKind kind)
    {
        using var wire = new Wire().Answers(new Answer(status, body) { Headers = [("x-ratelimit-limit", "400, 400;w=60"), ("x-ratelimit-remaining", status == 429 ? "0" : "399"), ("x-ratelimit-reset", "30")] });
        var publishes = wire.Get<IPublishes>(On);
        var campaign = publishes.PlanLaunch(Brief()).Steps.Single(s => s.Key == "campaign").Fill(new Dictionary<string, string>());

        var failure = (await publishes.CarryOutAsync(access, campaign, default)).Refusal.ShouldBeOfType<PlatformFailure>();

        failure.Kind.ShouldBe(kind);
        wire.Sent.Count.ShouldBe(1);
        if (kind == PlatformFailureKind.RateLimited) failure.RetryAt.ShouldBe(wire.Clock.GetUtcNow().AddSeconds(30));
    }

    private async Task<LaunchedObjects> LaunchAsync(LaunchBrief brief) => new(brief.Account, brief.Marker, await CarryOutAsync(Publishes.PlanLaunch(brief).Steps, new Dictionary<string, string>()));

    private async Task<Dictionary<string, string>> CarryOutAsync(IReadOnlyList<PlannedStep> steps, IReadOnlyDictionary<string, string> known)
    {
        var done = new Dictionary<string, string>(known);
        foreach (var step in steps)
        {
            var result = await Publishes.CarryOutAsync(access, step.Fill(done), default);
            result.Refusal.ShouldBeNull(step.Key);
            done[step.Key] = result.Value;
        }
        return done;
    }

    private async Task RenewAsync() => access = access with { AccessToken = (await adapters.Get<IAuthorizes>(On).RefreshAsync(tokens.AccessToken, tokens.RefreshToken, default)).Value.AccessToken };

    private async Task<List<InsightRow>> RowsAsync(InsightQuery query)
    {
        var rows = new List<InsightRow>();
        await foreach (var row in adapters.Get<IReadsInsights>(On).ReadInsightsAsync(access, query, default)) rows.Add(row.Value);
        return rows;
    }
}
