using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Sandbox.Faults;
using AdStudio.Tests.Sandbox;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms;

/// <summary>What stands on a Google account beside a launch: campaigns of others, customer lists, conversion actions.</summary>
public sealed class GoogleSyncTests : IAsyncLifetime
{
    private SandboxedAdapters adapters = null!;
    private PlatformAccess access = null!;
    private GoogleUser google = null!;

    public async Task InitializeAsync()
    {
        adapters = await SandboxedAdapters.StartAsync(o => o.GooglePageSize = 50);
        (access, _, _) = await adapters.ConnectAsync(Platform.Google);
        google = new(adapters.Host, access.AccessToken, "", access.Account!.ManagerExternalId);
    }

    public async Task DisposeAsync() => await adapters.DisposeAsync();

    private ISyncsAudiences Syncs => adapters.Get<ISyncsAudiences>(Platform.Google);

    private async Task<List<ImportedCampaign>> ImportAsync()
    {
        var all = new List<ImportedCampaign>();
        await foreach (var campaign in adapters.Get<IImportsCampaigns>(Platform.Google).ReadAllAsync(access, default)) all.Add(campaign.Value);
        return all;
    }

    private static string IdOf(string resource) => resource[(resource.LastIndexOf('/') + 1)..];

    [Fact]
    public async Task Everything_on_an_account_is_read_lot_by_lot_and_page_by_page()
    {
        var made = new List<(string Budget, string Campaign, string AdGroup, string Ad)>();
        for (var i = 0; i < 103; i++) made.Add(await google.LaunchAsync($"Autumn {i}"));
        await google.MutateAsync("campaigns", new { remove = made[5].Campaign });

        var all = await ImportAsync();

        all.Select(c => c.ExternalId).ShouldBe(made.Where((_, i) => i != 5).Select(m => IdOf(m.Campaign)), ignoreOrder: true);
        all.ShouldAllBe(c => c.Objective == Objective.Sales && c.Budget == Money.FromUnits(60, "USD") && c.BudgetType == BudgetType.Daily && c.Status == PlatformStatus.Active && c.Start != null && c.End == null);
        var first = all.Single(c => c.ExternalId == IdOf(made[0].Campaign));
        first.Ids.ShouldBe(new Dictionary<string, string> { ["budget"] = IdOf(made[0].Budget) });
        first.AdSets.Single().Ads.Single().Creative!.ShouldSatisfyAllConditions(c => c.Headline.ShouldBe("Warm wool socks"), c => c.PrimaryText.ShouldBe("Knitted in Maine since 1987."), c => c.LinkUrl.ShouldBe("https://harborandpine.example"));
    }

    [Fact]
    public async Task What_a_launch_made_comes_back_as_it_was_written()
    {
        var publishes = adapters.Get<IPublishes>(Platform.Google);
        var place = new TargetPlace { Kind = PlaceKind.City, Name = "Munich", Country = "DE", Ids = new Dictionary<Platform, string> { [Platform.Google] = "1004074" } };
        var brief = Briefs.Google(Objective.Leads) with
        {
            Account = access.Account!, Creatives = [Briefs.Image, Briefs.Carousel], BudgetType = BudgetType.Lifetime, Start = adapters.Host.Control.Now.AddDays(1), End = adapters.Host.Control.Now.AddDays(9),
            Audience = new AudienceSpec
            {
                Places = [Briefs.UnitedStates, place], ExcludedPlaces = [place with { Name = "New York", Country = "US", Kind = PlaceKind.Region, Ids = new Dictionary<Platform, string> { [Platform.Google] = "21167" } }],
                AgeMin = 25, AgeMax = 54, Genders = [Gender.Men], Interests = [new() { Name = "Running Enthusiasts", Ids = new Dictionary<Platform, string> { [Platform.Google] = "80103" } }],
                Traits = [new() { Kind = TargetingKind.Language, Name = "German", Ids = new Dictionary<Platform, string> { [Platform.Google] = "1001" } }],
            },
        };
        var done = new Dictionary<string, string>();
        foreach (var step in publishes.PlanLaunch(brief).Steps) done[step.Key] = (await publishes.CarryOutAsync(access, step.Fill(done), default)).Value;

        var campaign = (await ImportAsync()).Single();

        (campaign.Objective, campaign.Budget, campaign.BudgetType).ShouldBe((Objective.Leads, Money.FromUnits(125, "USD"), BudgetType.Lifetime));
        campaign.End!.Value.ShouldBe(brief.End!.Value, TimeSpan.FromDays(1));
        campaign.Audience!.ShouldSatisfyAllConditions(
            a => a.Places.Select(p => (p.Name, p.Country, p.Kind)).ShouldBe([("United States", "US", PlaceKind.Country), ("Munich", "DE", PlaceKind.City)], ignoreOrder: true),
            a => a.ExcludedPlaces.Select(p => (p.Name, p.Kind)).ShouldBe([("New York", PlaceKind.Region)]), a => (a.AgeMin, a.AgeMax).ShouldBe((25, 54)), a => a.Genders.ShouldBe([Gender.Men]),
            a => a.Interests.Single().Name.ShouldBe("Running Enthusiasts"), a => a.Traits.Single().ShouldSatisfyAllConditions(t => t.Kind.ShouldBe(TargetingKind.Language), t => t.Ids[Platform.Google].ShouldBe("1001")));
        var creatives = campaign.AdSets.Single().Ads.Select(a => a.Creative!).OrderBy(c => c.Type).ToList();
        creatives.Select(c => c.Type).ShouldBe([CreativeType.Image, CreativeType.Carousel]);
        creatives.ShouldAllBe(c => c.PrimaryText == "Half price on every shoe." && c.Headline == "Black Friday" && c.Description == "Ends Monday" && c.CallToAction == "SHOP_NOW" && c.LinkUrl == "https://shop.example/bf");
        (await adapters.Host.Http.GetAsync(creatives[0].MediaUrls[0])).Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
    }

    [Fact]
    public async Task A_budget_of_several_campaigns_is_none_of_theirs_to_change()
    {
        var budget = await google.MutateAsync("campaignBudgets", new { create = new { name = "Together", amountMicros = "60000000", explicitlyShared = true } });
        await google.MutateAsync("campaigns", new { create = new { name = "One", status = "ENABLED", advertisingChannelType = "DISPLAY", campaignBudget = budget, manualCpm = new { }, containsEuPoliticalAdvertising = "DOES_NOT_CONTAIN_EU_POLITICAL_ADVERTISING" } });

        var campaign = (await ImportAsync()).Single();

        (campaign.Budget, campaign.Ids.Count, campaign.Objective).ShouldBe((null, 0, Objective.Awareness));
    }

    [Fact]
    public async Task A_list_is_made_filled_listed_and_taken_away()
    {
        var list = (await Syncs.CreateAudienceAsync(access, new(Guid.NewGuid(), "VIP", AudienceType.CustomerMatch, null, null), null, "VIP1MARK", default)).Value;
        (await Syncs.CreateAudienceAsync(access, new(Guid.NewGuid(), "Cart", AudienceType.Retargeting, null, """{"days":14}"""), null, "CART1MARK", default)).Refusal.ShouldBeOfType<PlatformFailure>().Message.ShouldContain("its own tag");
        (await Syncs.FindAudienceAsync(access, "VIP1MARK", default)).Value.ShouldBe(list);
        (await Syncs.FindAudienceAsync(access, "VIP1", default)).Value.ShouldBeNull();

        var members = Enumerable.Range(0, 2500).Select(i => new MemberHashes(Hash(i), i % 2 == 0 ? Hash(-i - 1) : null)).ToList();
        (await Syncs.SendMembersAsync(access, list, new(77, 1, true, 2500, Remove: false, members), default)).Value.ShouldBe(new(2500, 0));
        (await Syncs.SendMembersAsync(access, list, new(78, 1, true, 501, Remove: true, [.. members.Take(500), new("not a hash", null)]), default)).Value.ShouldBe(new(501, 1));

        (await Syncs.ListAudiencesAsync(access, default)).Value.Single().ShouldBe(new(list, "VIP · VIP1MARK", "CRM_BASED", 2000, "OPEN", false));
        (await Syncs.DeleteAudienceAsync(access, list, default)).Value.ShouldBeTrue();
        (await Syncs.DeleteAudienceAsync(access, list, default)).Value.ShouldBeTrue();
        (await Syncs.ListAudiencesAsync(access, default)).Value.ShouldBeEmpty();

        static string Hash(int number) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(number)));
    }

    [Fact]
    public async Task Consent_is_stated_as_the_operator_set_it()
    {
        var list = (await Syncs.CreateAudienceAsync(access, new(Guid.NewGuid(), "VIP", AudienceType.CustomerMatch, null, null), null, "VIP1MARK", default)).Value;
        await Syncs.SendMembersAsync(access, list, new(77, 1, true, 1, Remove: false, [new(new string('a', 64), null)]), default);

        var job = adapters.Calls.Of(Platform.Google).Single(c => c.Path.EndsWith("offlineUserDataJobs:create", StringComparison.Ordinal));
        JsonNode.Parse(job.Body!)!["job"]!["customerMatchUserListMetadata"]!["consent"]!.ToJsonString().ShouldBe("""{"adUserData":"GRANTED","adPersonalization":"GRANTED"}""");
    }

    [Fact]
    public async Task A_list_whose_answer_was_lost_is_found_and_not_made_twice()
    {
        var vip = new BriefAudience(Guid.NewGuid(), "VIP", AudienceType.CustomerMatch, null, null);
        adapters.Host.Control.Faults.Arm("google", CallKinds.AudienceCreate, FaultKind.TimeoutAfter);

        (await Syncs.CreateAudienceAsync(access, vip, null, "VIP1MARK", default)).Refusal.ShouldBeOfType<PlatformFailure>().Kind.ShouldBe(PlatformFailureKind.UnknownOutcome);

        var found = (await Syncs.FindAudienceAsync(access, "VIP1MARK", default)).Value.ShouldNotBeNull();
        (await Syncs.CreateAudienceAsync(access, vip, null, "VIP1MARK", default)).Value.ShouldBe(found);
        (await Syncs.ListAudiencesAsync(access, default)).Value.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_limit_in_the_middle_of_a_sync_says_when_to_go_on_and_the_batch_may_be_sent_again()
    {
        var list = (await Syncs.CreateAudienceAsync(access, new(Guid.NewGuid(), "VIP", AudienceType.CustomerMatch, null, null), null, "VIP1MARK", default)).Value;
        var batch = new MemberBatch(77, 1, true, 1, Remove: false, [new(new string('a', 64), null)]);
        adapters.Host.Control.Faults.Arm("google", CallKinds.AudienceUpload, FaultKind.RateLimit, retryAfterSeconds: 300);

        var failure = (await Syncs.SendMembersAsync(access, list, batch, default)).Refusal.ShouldBeOfType<PlatformFailure>();

        (failure.Kind, failure.RetryAt > DateTimeOffset.UtcNow.AddMinutes(3)).ShouldBe((PlatformFailureKind.RateLimited, true));
    }

    [Fact]
    public async Task Conversion_actions_are_made_once_and_listed_with_their_lines_for_the_website()
    {
        var pixels = adapters.Get<IManagesPixels>(Platform.Google);

        var made = (await pixels.CreatePixelAsync(access, "Second shop", "Orders", default)).Value;

        made.Code!.ShouldContain("gtag('event', 'conversion'");
        made.Code!.ShouldContain(IdOf(made.ExternalId));
        (made.Kind, made.Name, made.LastFiredAt).ShouldBe((AccountAssetKind.ConversionAction, "Second shop", null));
        (await pixels.ListPixelsAsync(access, default)).Value.Select(p => p.Name).ShouldBe(["Purchase", "Second shop"], ignoreOrder: true);
        (await pixels.CreatePixelAsync(access, "Second shop", null, default)).Refusal.ShouldBeOfType<PlatformFailure>().Kind.ShouldBe(PlatformFailureKind.InvalidRequest);
        adapters.Find<ISendsConversions>(Platform.Google).ShouldBeNull();
    }
}
