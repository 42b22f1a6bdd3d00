using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms;
using AdStudio.Sandbox.Faults;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms;

/// <summary>Adapters and sandbox were written from the same documents and not from each other; here they meet.</summary>
public sealed class ContractTests : IAsyncLifetime
{
    private SandboxedAdapters adapters = null!;

    public async Task InitializeAsync() => adapters = await SandboxedAdapters.StartAsync();
    public async Task DisposeAsync() => await adapters.DisposeAsync();

    /// <summary>Every platform that has an adapter.</summary>
    public static TheoryData<Platform> Platforms() => [.. PlatformSite.All.Select(site => site.Platform)];

    /// <summary>The objective among those offered that a campaign of any kind is tried with.</summary>
    private static Objective Usual(Platform platform, Objective wanted) =>
        new[] { wanted, Objective.Traffic, Objective.AppInstalls }.First(o => Catalogue.RulesOf(platform).Offer(o).IsOffered);

    public static TheoryData<Platform, Objective> Offers()
    {
        var data = new TheoryData<Platform, Objective>();
        foreach (var platform in PlatformSite.All.Select(site => site.Platform))
            foreach (var offer in Catalogue.RulesOf(platform).Objectives.Where(o => o.IsOffered)) data.Add(platform, offer.Objective);
        return data;
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task A_consent_opens_accounts_with_what_their_ads_need(Platform platform)
    {
        var (access, account, tokens) = await adapters.ConnectAsync(platform);

        var identity = (await adapters.Get<IAuthorizes>(platform).WhoAmIAsync(access, default)).Value;
        (identity.Name.Length, identity.MissingScopes.Count).ShouldBe((identity.Name.Length, 0));
        identity.Name.ShouldNotBeEmpty();
        account.TimeZone.ShouldContain('/');
        account.Assets.Select(a => a.Kind).Distinct().ShouldContain(platform switch { Platform.Google => AccountAssetKind.ConversionAction, Platform.Apple => AccountAssetKind.App, _ => AccountAssetKind.Page });

        var renewed = (await adapters.Get<IAuthorizes>(platform).RefreshAsync(tokens.AccessToken, tokens.RefreshToken, default)).Value;
        (await adapters.Get<IAuthorizes>(platform).WhoAmIAsync(access with { AccessToken = renewed.AccessToken }, default)).IsDone.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Offers))]
    public async Task Every_objective_launches_and_every_step_is_found_again(Platform platform, Objective objective)
    {
        var (access, account, _) = await adapters.ConnectAsync(platform);
        var brief = await BriefAsync(platform, objective, access, account);
        var publishes = adapters.Get<IPublishes>(platform);

        var done = await LaunchAsync(publishes, access, publishes.PlanLaunch(brief));

        var states = (await adapters.Get<IReadsStructure>(platform).ReadCampaignsAsync(access, [done["campaign"], "1"], default)).Value;
        states.Single().ShouldSatisfyAllConditions(
            s => s.ExternalId.ShouldBe(done["campaign"]), s => s.AdSets.Select(a => a.ExternalId).ShouldBe(done.Where(d => d.Key == "adset" || d.Key.StartsWith("adset:", StringComparison.Ordinal)).Select(d => d.Value), ignoreOrder: true), s => s.Status.ShouldBeOneOf(PlatformStatus.Active, PlatformStatus.InReview),
            s => s.AdSets.SelectMany(a => a.Ads).Select(a => a.ExternalId).ShouldBe(done.Where(d => d.Key.StartsWith("ad:", StringComparison.Ordinal)).Select(d => d.Value), ignoreOrder: true));
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task A_launched_campaign_is_paused_resumed_given_more_and_removed(Platform platform)
    {
        var (access, account, _) = await adapters.ConnectAsync(platform);
        var publishes = adapters.Get<IPublishes>(platform);
        var brief = (await BriefAsync(platform, Usual(platform, Objective.Traffic), access, account)) with { BudgetType = BudgetType.Daily };
        var launched = new LaunchedObjects(brief.Account, brief.Marker, await LaunchAsync(publishes, access, publishes.PlanLaunch(brief)));

        await AllAsync(publishes.PlanPause(launched));
        (await StateAsync())!.Status.ShouldBe(PlatformStatus.Paused);
        await AllAsync(publishes.PlanBudget(launched, Money.FromUnits(80, "USD"), BudgetType.Daily));
        await AllAsync(publishes.PlanResume(launched));
        (await StateAsync())!.Status.ShouldNotBe(PlatformStatus.Paused);
        await AllAsync(publishes.PlanRemove(launched));
        (await StateAsync()).ShouldBeNull();
        await AllAsync(publishes.PlanRemove(launched));

        async Task AllAsync(IReadOnlyList<PlannedStep> steps)
        {
            steps.ShouldNotBeEmpty();
            foreach (var step in steps) (await publishes.CarryOutAsync(access, step.Fill(launched.Ids), default)).Refusal.ShouldBeNull(step.Key);
        }

        async Task<CampaignState?> StateAsync() => (await adapters.Get<IReadsStructure>(platform).ReadCampaignsAsync(access, [launched.Ids["campaign"]], default)).Value.SingleOrDefault();
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task Numbers_of_a_campaign_add_up_over_its_levels(Platform platform)
    {
        var (access, account, tokens) = await adapters.ConnectAsync(platform);
        var publishes = adapters.Get<IPublishes>(platform);
        var done = await LaunchAsync(publishes, access, publishes.PlanLaunch((await BriefAsync(platform, Usual(platform, Objective.Sales), access, account)) with { Start = null, End = null, BudgetType = BudgetType.Daily }));
        var launchedOn = DateOnly.FromDateTime(adapters.Host.Control.Now.UtcDateTime);
        adapters.Host.Control.Clock.Advance(TimeSpan.FromDays(4));
        access = access with { AccessToken = (await adapters.Get<IAuthorizes>(platform).RefreshAsync(tokens.AccessToken, tokens.RefreshToken, default)).Value.AccessToken };

        var campaign = await RowsAsync(MetricLevel.Campaign);
        campaign.Count.ShouldBeInRange(2, 4);
        campaign.ShouldAllBe(r => r.SpendMicros > 0 && r.Impressions > 0 && r.AdSetId == null);
        foreach (var level in new[] { MetricLevel.AdSet, MetricLevel.Ad })
        {
            var rows = await RowsAsync(level);
            rows.GroupBy(r => r.Day).Select(d => (d.Key, d.Sum(r => r.Impressions), d.Sum(r => r.Clicks))).ShouldBe(campaign.Select(r => (r.Day, r.Impressions, r.Clicks)), ignoreOrder: true);
        }
        (await RowsAsync(MetricLevel.Ad)).Select(r => r.AdId).Distinct().ShouldBeSubsetOf(done.Where(d => d.Key.StartsWith("ad:", StringComparison.Ordinal)).Select(d => d.Value));

        // Days that are over: the sandbox's today goes on growing from one call to the next.
        async Task<List<InsightRow>> RowsAsync(MetricLevel level)
        {
            var rows = new List<InsightRow>();
            await foreach (var row in adapters.Get<IReadsInsights>(platform).ReadInsightsAsync(access, new(level, launchedOn.AddDays(-2), launchedOn.AddDays(2)), default))
                if (row.Value.CampaignId == done["campaign"]) rows.Add(row.Value);
            return rows;
        }
    }

    [Theory]
    [InlineData(Platform.Meta, CallKinds.CampaignCreate, "campaign")]
    [InlineData(Platform.Meta, CallKinds.AdCreate, "ad:1")]
    [InlineData(Platform.Google, CallKinds.BudgetCreate, "budget")]
    [InlineData(Platform.Google, CallKinds.AdCreate, "ad:1")]
    [InlineData(Platform.Google, CallKinds.TargetingCreate, "places")]
    [InlineData(Platform.Pinterest, CallKinds.CampaignCreate, "campaign")]
    [InlineData(Platform.Pinterest, CallKinds.AdSetCreate, "adset")]
    [InlineData(Platform.Pinterest, CallKinds.CreativeCreate, "creative:1")]
    [InlineData(Platform.Pinterest, CallKinds.AdCreate, "ad:1")]
    [InlineData(Platform.Pinterest, CallKinds.AudienceCreate, "list:1")]
    [InlineData(Platform.TikTok, CallKinds.CampaignCreate, "campaign")]
    [InlineData(Platform.TikTok, CallKinds.AdSetCreate, "adset")]
    [InlineData(Platform.TikTok, CallKinds.AdCreate, "ad:1")]
    [InlineData(Platform.TikTok, CallKinds.ImageUpload, "media:1")]
    [InlineData(Platform.TikTok, CallKinds.VideoUpload, "media:2")]
    [InlineData(Platform.TikTok, CallKinds.AudienceCreate, "audience:1")]
    [InlineData(Platform.LinkedIn, CallKinds.AudienceCreate, "audience:1")]
    [InlineData(Platform.LinkedIn, CallKinds.CampaignCreate, "campaign")]
    [InlineData(Platform.LinkedIn, CallKinds.AdSetCreate, "adset")]
    [InlineData(Platform.LinkedIn, CallKinds.CreativeCreate, "creative:1")]
    [InlineData(Platform.LinkedIn, CallKinds.AdCreate, "ad:1")]
    [InlineData(Platform.Snapchat, CallKinds.AudienceCreate, "audience:1")]
    [InlineData(Platform.Snapchat, CallKinds.CampaignCreate, "campaign")]
    [InlineData(Platform.Snapchat, CallKinds.AdSetCreate, "adset")]
    [InlineData(Platform.Snapchat, CallKinds.ImageUpload, "media:1")]
    [InlineData(Platform.Snapchat, CallKinds.VideoUpload, "media:2")]
    [InlineData(Platform.Snapchat, CallKinds.CreativeCreate, "creative:1")]
    [InlineData(Platform.Snapchat, CallKinds.AdCreate, "ad:1")]
    [InlineData(Platform.Apple, CallKinds.CampaignCreate, "campaign")]
    [InlineData(Platform.Apple, CallKinds.AdSetCreate, "adset")]
    [InlineData(Platform.Apple, CallKinds.CreativeCreate, "creative")]
    [InlineData(Platform.Apple, CallKinds.AdCreate, "ad:1")]
    public async Task What_was_made_without_an_answer_is_found_and_not_made_again(Platform platform, string call, string key)
    {
        var (access, account, _) = await adapters.ConnectAsync(platform);
        var publishes = adapters.Get<IPublishes>(platform);
        var plan = publishes.PlanLaunch(await BriefAsync(platform, Usual(platform, Objective.Traffic), access, account));
        adapters.Host.Control.Faults.Arm(platform.Wire(), call, FaultKind.TimeoutAfter);

        var found = 0;
        var done = new Dictionary<string, string>();
        foreach (var step in plan.Steps)
        {
            var request = step.Fill(done);
            var result = await publishes.CarryOutAsync(access, request, default);
            if (result.Refusal is PlatformFailure { Kind: PlatformFailureKind.UnknownOutcome })
            {
                step.Key.ShouldBe(key);
                found++;
                done[step.Key] = (await publishes.FindAsync(access, request, default)).Value.ShouldNotBeNull();
            }
            else done[step.Key] = result.IsDone ? result.Value : throw new InvalidOperationException($"{step.Key}: {result.Refusal}");
        }

        found.ShouldBe(1);
        adapters.Host.Control.Objects(platform.Wire()).Where(o => o.Kind == "campaign" && o.Name.Contains(Briefs.Marker)).Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(Platform.Meta, "forbidden words")]
    [InlineData(Platform.Google, "miracle cure")]
    [InlineData(Platform.Pinterest, "forbidden words")]
    public async Task What_a_policy_refuses_comes_back_in_the_platforms_words(Platform platform, string words)
    {
        var (access, account, _) = await adapters.ConnectAsync(platform);
        var publishes = adapters.Get<IPublishes>(platform);
        var plan = publishes.PlanLaunch(await BriefAsync(platform, Usual(platform, Objective.Traffic), access, account) with { Creatives = [Briefs.Image with { Headline = words }], Audiences = [] });

        PlatformFailure? refused = null;
        var done = new Dictionary<string, string>();
        foreach (var step in plan.Steps)
        {
            var result = await publishes.CarryOutAsync(access, step.Fill(done), default);
            if (result.Refusal is PlatformFailure failure)
            {
                refused = failure;
                break;
            }
            done[step.Key] = result.Value;
        }

        refused.ShouldNotBeNull().Kind.ShouldBe(PlatformFailureKind.RejectedByPolicy);
        refused.Message.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(Platform.Meta, FaultKind.RateLimit, PlatformFailureKind.RateLimited)]
    [InlineData(Platform.Google, FaultKind.RateLimit, PlatformFailureKind.RateLimited)]
    [InlineData(Platform.Meta, FaultKind.ExpiredToken, PlatformFailureKind.ExpiredAuthorization)]
    [InlineData(Platform.Google, FaultKind.ExpiredToken, PlatformFailureKind.ExpiredAuthorization)]
    [InlineData(Platform.Meta, FaultKind.Malformed, PlatformFailureKind.UnknownOutcome)]
    [InlineData(Platform.Google, FaultKind.Error500, PlatformFailureKind.UnknownOutcome)]
    [InlineData(Platform.Google, FaultKind.Malformed, PlatformFailureKind.UnknownOutcome)]
    [InlineData(Platform.Google, FaultKind.VersionRetired, PlatformFailureKind.VersionRetired)]
    [InlineData(Platform.Google, FaultKind.TimeoutBefore, PlatformFailureKind.UnknownOutcome)]
    [InlineData(Platform.Pinterest, FaultKind.RateLimit, PlatformFailureKind.RateLimited)]
    [InlineData(Platform.Pinterest, FaultKind.ExpiredToken, PlatformFailureKind.ExpiredAuthorization)]
    [InlineData(Platform.Pinterest, FaultKind.Error500, PlatformFailureKind.UnknownOutcome)]
    [InlineData(Platform.Pinterest, FaultKind.Malformed, PlatformFailureKind.UnknownOutcome)]
    [InlineData(Platform.Pinterest, FaultKind.TimeoutBefore, PlatformFailureKind.UnknownOutcome)]
    [InlineData(Platform.TikTok, FaultKind.RateLimit, PlatformFailureKind.RateLimited)]
    [InlineData(Platform.TikTok, FaultKind.ExpiredToken, PlatformFailureKind.ExpiredAuthorization)]
    [InlineData(Platform.TikTok, FaultKind.Error500, PlatformFailureKind.UnknownOutcome)]
    [InlineData(Platform.TikTok, FaultKind.Malformed, PlatformFailureKind.UnknownOutcome)]
    [InlineData(Platform.TikTok, FaultKind.TimeoutBefore, PlatformFailureKind.UnknownOutcome)]
    [InlineData(Platform.LinkedIn, FaultKind.RateLimit, PlatformFailureKind.RateLimited)]
    [InlineData(Platform.LinkedIn, FaultKind.ExpiredToken, PlatformFailureKind.ExpiredAuthorization)]
    [InlineData(Platform.LinkedIn, FaultKind.VersionRetired, PlatformFailureKind.VersionRetired)]
    [InlineData(Platform.LinkedIn, FaultKind.Malformed, PlatformFailureKind.UnknownOutcome)]
    [InlineData(Platform.LinkedIn, FaultKind.Error500, PlatformFailureKind.UnknownOutcome)]
    [InlineData(Platform.LinkedIn, FaultKind.TimeoutBefore, PlatformFailureKind.UnknownOutcome)]
    [InlineData(Platform.LinkedIn, FaultKind.TimeoutAfter, PlatformFailureKind.UnknownOutcome)]
    [InlineData(Platform.Snapchat, FaultKind.RateLimit, PlatformFailureKind.RateLimited)]
    [InlineData(Platform.Snapchat, FaultKind.ExpiredToken, PlatformFailureKind.ExpiredAuthorization)]
    [InlineData(Platform.Snapchat, FaultKind.VersionRetired, PlatformFailureKind.VersionRetired)]
    [InlineData(Platform.Snapchat, FaultKind.Malformed, PlatformFailureKind.UnknownOutcome)]
    [InlineData(Platform.Snapchat, FaultKind.Error500, PlatformFailureKind.UnknownOutcome)]
    [InlineData(Platform.Snapchat, FaultKind.TimeoutBefore, PlatformFailureKind.UnknownOutcome)]
    [InlineData(Platform.Snapchat, FaultKind.TimeoutAfter, PlatformFailureKind.UnknownOutcome)]
    [InlineData(Platform.Apple, FaultKind.RateLimit, PlatformFailureKind.RateLimited)]
    [InlineData(Platform.Apple, FaultKind.ExpiredToken, PlatformFailureKind.ExpiredAuthorization)]
    [InlineData(Platform.Apple, FaultKind.Malformed, PlatformFailureKind.UnknownOutcome)]
    [InlineData(Platform.Apple, FaultKind.Error500, PlatformFailureKind.UnknownOutcome)]
    [InlineData(Platform.Apple, FaultKind.VersionRetired, PlatformFailureKind.VersionRetired)]
    public async Task A_bad_day_of_the_platform_has_its_kind(Platform platform, FaultKind fault, PlatformFailureKind kind)
    {
        var (access, account, _) = await adapters.ConnectAsync(platform);
        var publishes = adapters.Get<IPublishes>(platform);
        var step = publishes.PlanLaunch(await BriefAsync(platform, Usual(platform, Objective.Traffic), access, account) with { Audiences = [] }).Steps[0];
        adapters.Host.Control.Faults.Arm(platform.Wire(), CallKinds.Any, fault, retryAfterSeconds: 120);

        var failure = (await publishes.CarryOutAsync(access, step.Fill(new Dictionary<string, string>()), default)).Refusal.ShouldBeOfType<PlatformFailure>();

        failure.Kind.ShouldBe(kind);
        if (kind == PlatformFailureKind.RateLimited) failure.RetryAt!.Value.ShouldBeGreaterThan(DateTimeOffset.UtcNow);
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task Targeting_is_searched(Platform platform)
    {
        var (access, _, _) = await adapters.ConnectAsync(platform);
        var search = adapters.Get<ISearchesTargeting>(platform);

        var place = (await search.SearchAsync(access, TargetingKind.Place, "Canada", default)).Value.First(o => o.PlaceKind == PlaceKind.Country);
        (place.Name, place.Country).ShouldBe(("Canada", "CA"));
        (await search.SearchAsync(access, TargetingKind.Interest, "fitness", default)).Value.ShouldAllBe(o => o.Id.Length > 0 && o.Name.Length > 0);
    }

    private async Task<Dictionary<string, string>> LaunchAsync(IPublishes publishes, PlatformAccess access, LaunchPlan plan)
    {
        var done = new Dictionary<string, string>();
        foreach (var step in plan.Steps)
        {
            var request = step.Fill(done);
            if (step.Kind is not (StepKind.Activate or StepKind.Media)) (await publishes.FindAsync(access, request, default)).Value.ShouldBeNull(step.Key);
            var result = await publishes.CarryOutAsync(access, request, default);
            result.Refusal.ShouldBeNull($"{step.Key}: {step.Body.ToJsonString()}");
            done[step.Key] = result.Value;
            if (step.Kind is StepKind.Campaign or StepKind.AdSet or StepKind.Ad or StepKind.Creative or StepKind.Budget or StepKind.Targeting) (await publishes.FindAsync(access, request, default)).Value.ShouldBe(result.Value, step.Key);
        }
        return done;
    }

    /// <summary>A brief with all that a plan can say, in ids that the platform itself gave.</summary>
    private async Task<LaunchBrief> BriefAsync(Platform platform, Objective objective, PlatformAccess access, PlatformAccount account)
    {
        var search = adapters.Get<ISearchesTargeting>(platform);
        var interest = (await search.SearchAsync(access, TargetingKind.Interest, "fitness", default)).Value;
        var now = adapters.Host.Control.Now;
        var brief = platform == Platform.Google ? Briefs.Google(objective) : Briefs.Meta(objective);
        var rules = Catalogue.RulesOf(platform);
        return brief with
        {
            Account = access.Account!,
            Page = account.Assets.FirstOrDefault(a => a.Kind == AccountAssetKind.Page), Instagram = account.Assets.FirstOrDefault(a => a.Kind == AccountAssetKind.InstagramAccount),
            Pixel = account.Assets.FirstOrDefault(a => a.Kind is AccountAssetKind.Pixel or AccountAssetKind.ConversionAction), App = account.Assets.FirstOrDefault(a => a.Kind == AccountAssetKind.App),
            Creatives = [.. new[] { Briefs.Image, Briefs.Video, Briefs.Carousel }.Where(c => rules.CreativeTypes.Contains(c.Type)).Select(c => c.For(rules))],
            Audience = new AudienceSpec
            {
                Places = [Briefs.UnitedStates], AgeMin = 25, AgeMax = 44, Genders = [Gender.Women],
                Interests = [.. interest.Take(1).Select(i => new TargetInterest { Name = i.Name, Ids = new Dictionary<Platform, string> { [platform] = i.Id } })],
            },
            Audiences = rules.Audiences.Any(a => a is { Type: AudienceType.CustomerMatch, IsOffered: true }) ? [new(Guid.NewGuid(), "VIP", AudienceType.CustomerMatch, null, null)] : [],
            BudgetType = rules.BudgetTypes[^1], Budget = Money.FromUnits(900, "USD"), Start = now.AddDays(1), End = now.AddDays(10),
        };
    }
}
