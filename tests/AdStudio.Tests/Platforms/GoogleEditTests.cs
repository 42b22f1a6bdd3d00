using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Sandbox.Faults;
using AdStudio.Tests.Sandbox;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms;

/// <summary>Changing what runs on Google.</summary>
public sealed class GoogleEditTests : IAsyncLifetime
{
    private const string Later = "N7Q2M4XKP";

    private SandboxedAdapters adapters = null!;
    private PlatformAccess access = null!;
    private LaunchBrief brief = null!;
    private LaunchedObjects launched = null!;

    public async Task InitializeAsync()
    {
        adapters = await SandboxedAdapters.StartAsync();
        (access, _, _) = await adapters.ConnectAsync(Platform.Google);
        var now = adapters.Host.Control.Now;
        brief = Briefs.Google() with
        {
            Account = access.Account!, Creatives = [Briefs.Image, Briefs.Video, Briefs.Carousel], Start = now.AddDays(2), End = now.AddDays(9), BudgetType = BudgetType.Daily,
            Audience = new AudienceSpec { Places = [Briefs.UnitedStates], ExcludedPlaces = [Place("New York", "1023191")], Traits = [Language("English", "1000")], AgeMin = 25, AgeMax = 44 },
        };
        launched = new(brief.Account, brief.Marker, await DoAsync(Publishes.PlanLaunch(brief).Steps, []));
    }

    public async Task DisposeAsync() => await adapters.DisposeAsync();

    private IPublishes Publishes => adapters.Get<IPublishes>(Platform.Google);

    private static TargetPlace Place(string name, string id) => new() { Kind = PlaceKind.City, Name = name, Country = "US", Ids = new Dictionary<Platform, string> { [Platform.Google] = id } };

    private static TargetTrait Language(string name, string id) => new() { Kind = TargetingKind.Language, Name = name, Ids = new Dictionary<Platform, string> { [Platform.Google] = id } };

    private LaunchPlan Edit(LaunchBrief after) => adapters.Get<IEditsCampaigns>(Platform.Google).PlanEdit(launched, brief, after with { Marker = Later });

    private async Task<Dictionary<string, string>> DoAsync(IEnumerable<PlannedStep> steps, Dictionary<string, string> done)
    {
        foreach (var step in steps)
        {
            var result = await Publishes.CarryOutAsync(access, step.Fill(done), default);
            result.Refusal.ShouldBeNull($"{step.Key}: {step.Body.ToJsonString()}");
            done[step.Key] = result.Value;
        }
        return done;
    }

    private async Task<List<JsonNode>> QueryAsync(string gaql) => await new GoogleUser(adapters.Host, access.AccessToken, "", access.Account!.ManagerExternalId).QueryAsync(gaql, access.Account.ExternalId);

    private async Task<string[]> CriteriaAsync()
    {
        var campaign = await QueryAsync($"SELECT campaign_criterion.location.geo_target_constant, campaign_criterion.language.language_constant, campaign_criterion.negative FROM campaign_criterion WHERE campaign.id = {launched.Ids["campaign"]}");
        var group = await QueryAsync($"SELECT ad_group_criterion.age_range.type, ad_group_criterion.gender.type, ad_group_criterion.user_list.user_list FROM ad_group_criterion WHERE ad_group.id = {launched.Ids["adset"]}");
        return [.. campaign.Select(r => r["campaignCriterion"]!).Select(c => (c["negative"]?.GetValue<bool>() == true ? "not " : "") + (c["location"]?["geoTargetConstant"] ?? c["language"]?["languageConstant"])),
            .. group.Select(r => r["adGroupCriterion"]!).Select(c => (c["ageRange"]?["type"] ?? c["gender"]?["type"] ?? c["userList"]?["userList"])!.ToString())];
    }

    [Fact]
    public async Task The_launch_sets_places_those_left_out_and_languages() =>
        (await CriteriaAsync()).ShouldBe(["geoTargetConstants/2840", "not geoTargetConstants/1023191", "languageConstants/1000", "AGE_RANGE_25_34", "AGE_RANGE_35_44"], ignoreOrder: true);

    [Fact]
    public void Nothing_changed_is_nothing_to_do() => Edit(brief).Steps.ShouldBeEmpty();

    [Fact]
    public async Task Name_and_dates_are_set_where_they_stand()
    {
        var after = brief with { Name = "Cyber Monday", End = brief.End!.Value.AddDays(5), Start = brief.Start!.Value.AddDays(1) };

        var plan = Edit(after);
        await DoAsync(plan.Steps, new(launched.Ids));

        plan.Steps.Select(s => s.Key).ShouldBe([$"rename:campaign@{Later}", $"rename:adset@{Later}", $"dates:campaign@{Later}"]);
        plan.Steps.ShouldAllBe(s => s.Kind == StepKind.Change);
        var row = (await QueryAsync($"SELECT campaign.name, campaign.start_date_time, campaign.end_date_time, ad_group.name FROM ad_group WHERE campaign.id = {launched.Ids["campaign"]}")).Single();
        (row["campaign"]!["name"]!.ToString(), row["adGroup"]!["name"]!.ToString()).ShouldBe(($"Cyber Monday · {brief.Marker}", $"Cyber Monday · {brief.Marker}"));
        row["campaign"]!["startDateTime"]!.ToString().ShouldEndWith(" 00:00:00");
        row["campaign"]!["endDateTime"]!.ToString().ShouldEndWith(" 23:59:59");
        // What the launch made is still found by the launch's marker.
        (await Publishes.FindAsync(access, Publishes.PlanLaunch(brief).Steps.Single(s => s.Key == "campaign").Fill(launched.Ids), default)).Value.ShouldBe(launched.Ids["campaign"]);
    }

    [Fact]
    public async Task The_start_of_what_has_begun_is_refused_by_Google_in_words()
    {
        adapters.Host.Control.Clock.Advance(TimeSpan.FromDays(4));
        (access, _, _) = await adapters.ConnectAsync(Platform.Google);
        var step = Edit(brief with { Start = brief.Start!.Value.AddDays(3) }).Steps.Single();

        var failure = (await Publishes.CarryOutAsync(access, step.Fill(launched.Ids), default)).Refusal.ShouldBeOfType<PlatformFailure>();

        (failure.Kind, failure.Code).ShouldBe((PlatformFailureKind.InvalidRequest, "campaignError.CANNOT_MODIFY_START_DATE_IF_ALREADY_STARTED"));
    }

    [Fact]
    public async Task The_end_is_taken_away_from_a_daily_budget_only()
    {
        await DoAsync(Edit(brief with { End = null }).Steps, new(launched.Ids));
        (await QueryAsync($"SELECT campaign.end_date_time FROM campaign WHERE campaign.id = {launched.Ids["campaign"]}")).Single()["campaign"]!.AsObject().ContainsKey("endDateTime").ShouldBeFalse();

        var lifetime = brief with { BudgetType = BudgetType.Lifetime };
        adapters.Get<IEditsCampaigns>(Platform.Google).PlanEdit(launched, lifetime, lifetime with { End = null }).Notes.ShouldContain(n => n.Field == "schedule.end");
    }

    [Fact]
    public async Task Criteria_are_added_and_removed_and_a_repeated_change_changes_nothing()
    {
        var after = brief with
        {
            Audience = new AudienceSpec { Places = [Place("New York", "1023191"), new() { Kind = PlaceKind.Country, Name = "Canada", Country = "CA" }], Traits = [Language("French", "1002")], AgeMin = 35, AgeMax = 65, Genders = [Gender.Women] },
            Audiences = [new(Guid.NewGuid(), "VIP", AudienceType.CustomerMatch, null, null)],
        };

        var plan = Edit(after);
        var done = await DoAsync(plan.Steps, new(launched.Ids));
        await DoAsync(plan.Steps.Where(s => s.Kind == StepKind.Change), done);

        plan.Steps.Select(s => s.Key).ShouldBe([$"places:campaign@{Later}", $"audience:1@{Later}", $"members:1@{Later}", $"targeting:adset@{Later}"]);
        (await CriteriaAsync()).ShouldBe(["geoTargetConstants/1023191", "geoTargetConstants/2124", "languageConstants/1002", "AGE_RANGE_35_44", "AGE_RANGE_45_54", "AGE_RANGE_55_64", "AGE_RANGE_65_UP", "FEMALE",
            $"customers/{access.Account!.ExternalId}/userLists/{done[$"audience:1@{Later}"]}"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_change_of_criteria_whose_answer_was_lost_is_simply_done_again()
    {
        var step = Edit(brief with { Audience = brief.Audience with { AgeMin = 45, AgeMax = 54 } }).Steps.Single();
        adapters.Host.Control.Faults.Arm("google", CallKinds.TargetingCreate, FaultKind.TimeoutAfter);

        (await Publishes.CarryOutAsync(access, step.Fill(launched.Ids), default)).Refusal.ShouldBeOfType<PlatformFailure>().Kind.ShouldBe(PlatformFailureKind.UnknownOutcome);
        (await Publishes.FindAsync(access, step.Fill(launched.Ids), default)).Value.ShouldBeNull();
        (await Publishes.CarryOutAsync(access, step.Fill(launched.Ids), default)).Value.ShouldBe(launched.Ids["adset"]);

        (await CriteriaAsync()).ShouldContain("AGE_RANGE_45_54");
        (await CriteriaAsync()).ShouldNotContain("AGE_RANGE_25_34");
    }

    [Fact]
    public async Task A_new_creative_s_ad_is_switched_on_before_the_old_one_goes_and_the_others_stay()
    {
        var plan = Edit(brief with { Creatives = [Briefs.Image with { PrimaryText = "Two thirds off." }, Briefs.Video, Briefs.Carousel, Briefs.Image with { Id = Guid.NewGuid(), Name = "Fourth" }] });

        plan.Steps.Where(s => s.Kind is StepKind.Ad or StepKind.Activate or StepKind.Remove).Select(s => s.Key)
            .ShouldBe([$"ad:1@{Later}", $"ad:4@{Later}", $"activate:ad:1@{Later}", $"activate:ad:4@{Later}", $"remove:ad:1:{launched.Ids["ad:1"]}@{Later}"]);
        var done = await DoAsync(plan.Steps, new(launched.Ids));
        var state = (await adapters.Get<IReadsStructure>(Platform.Google).ReadCampaignsAsync(access, [launched.Ids["campaign"]], default)).Value.Single();
        state.AdSets.Single().Ads.Select(a => a.ExternalId).ShouldBe([launched.Ids["ad:3"], done[$"ad:1@{Later}"], done[$"ad:4@{Later}"]], ignoreOrder: true);
        state.AdSets.Single().Ads.ShouldAllBe(a => a.OwnStatus != "PAUSED");
    }

    [Fact]
    public void After_a_change_that_broke_off_every_ad_is_made_anew_and_every_old_one_goes()
    {
        launched = launched with { Ids = new Dictionary<string, string>(launched.Ids) { ["ad:1@BROKEN"] = "99" } };

        var plan = Edit(brief with { Creatives = [Briefs.Image with { Headline = "New" }, Briefs.Video, Briefs.Carousel] });

        plan.Steps.Count(s => s.Kind == StepKind.Ad).ShouldBe(2);
        plan.Steps.Count(s => s.Kind == StepKind.Remove).ShouldBe(3);
        plan.Steps.Select(s => s.Key).ShouldBeUnique();
    }

    [Fact]
    public async Task A_new_ad_whose_answer_was_lost_is_found_and_not_made_twice()
    {
        var plan = Edit(brief with { Creatives = [Briefs.Image with { Headline = "New" }, Briefs.Video, Briefs.Carousel] });
        adapters.Host.Control.Faults.Arm("google", CallKinds.AdCreate, FaultKind.TimeoutAfter);
        var (before, done) = (adapters.Host.Control.Objects("google").Count(o => o.Kind == "ad"), new Dictionary<string, string>(launched.Ids));
        foreach (var step in plan.Steps)
        {
            var result = await Publishes.CarryOutAsync(access, step.Fill(done), default);
            done[step.Key] = result.IsDone ? result.Value : (await Publishes.FindAsync(access, step.Fill(done), default)).Value.ShouldNotBeNull();
        }

        adapters.Host.Control.Objects("google").Count(o => o.Kind == "ad").ShouldBe(before + 1);
    }

    [Fact]
    public async Task Languages_are_searched() =>
        (await adapters.Get<ISearchesTargeting>(Platform.Google).SearchAsync(access, TargetingKind.Language, "germ", default)).Value.ShouldBe([new("1001", "German", "de")]);
}
