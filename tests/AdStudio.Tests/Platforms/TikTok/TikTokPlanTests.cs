using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms.TikTok;

public sealed class TikTokPlanTests : IDisposable
{
    private readonly Wire wire = new();

    private static readonly AccountHandle Account = new(Guid.NewGuid(), "7120000000000000001", "USD", "America/New_York", null);

    public void Dispose() => wire.Dispose();

    private static LaunchBrief Brief(Objective objective = Objective.Traffic) => Briefs.Meta(objective) with
    {
        Account = Account, Instagram = null, Page = new(AccountAssetKind.Page, "CUSTOMIZED_USER/7130000000000000001", "Acme"), Pixel = new(AccountAssetKind.Pixel, "7140000000000000001", "Acme pixel"), Creatives = [Briefs.Video],
    };

    private LaunchPlan Plan(LaunchBrief brief) => wire.Get<IPublishes>(Platform.TikTok).PlanLaunch(brief);

    private PlannedStep Step(LaunchBrief brief, string key) => Plan(brief).Steps.Single(s => s.Key == key);

    [Fact]
    public void The_same_brief_gives_the_same_plan() =>
        Plan(Brief()).Steps.Select(s => s.Key + s.Body.ToJsonString()).ShouldBe(Plan(Brief()).Steps.Select(s => s.Key + s.Body.ToJsonString()));

    [Fact]
    public void Everything_is_made_switched_off_and_switched_on_from_the_ads_upwards()
    {
        var steps = Plan(Brief()).Steps;

        steps.Where(s => s.Kind is StepKind.Campaign or StepKind.AdSet).ShouldAllBe(s => s.Body["operation_status"]!.ToString() == "DISABLE");
        steps.Where(s => s.Kind == StepKind.Ad).ShouldAllBe(s => s.Body["creatives"]![0]!["operation_status"]!.ToString() == "DISABLE");
        steps.Where(s => s.Kind == StepKind.Activate).Select(s => s.Key).ShouldBe(["activate:ad:1", "activate:adset", "activate:campaign"]);
    }

    [Theory]
    [InlineData(Objective.Awareness, "REACH", "REACH", "CPM")]
    [InlineData(Objective.Traffic, "TRAFFIC", "CLICK", "CPC")]
    [InlineData(Objective.Engagement, "VIDEO_VIEWS", "ENGAGED_VIEW", "CPV")]
    [InlineData(Objective.Leads, "LEAD_GENERATION", "CONVERT", "OCPM")]
    [InlineData(Objective.Sales, "WEB_CONVERSIONS", "CONVERT", "OCPM")]
    public void An_objective_has_its_goal_and_what_is_paid_for(Objective objective, string wire, string goal, string billing)
    {
        Step(Brief(objective), "campaign").Body["objective_type"]!.ToString().ShouldBe(wire);
        var group = Step(Brief(objective), "adset").Body;
        (group["optimization_goal"]!.ToString(), group["billing_event"]!.ToString()).ShouldBe((goal, billing));
    }

    [Fact]
    public void Engagement_with_images_asks_for_clicks_and_says_so()
    {
        var plan = Plan(Brief(Objective.Engagement) with { Creatives = [Briefs.Video, Briefs.Image] });

        plan.Steps.Single(s => s.Key == "campaign").Body["objective_type"]!.ToString().ShouldBe("TRAFFIC");
        plan.Notes.ShouldContain(n => n.Field == "objective" && n.Text.Contains("videos only"));
    }

    [Fact]
    public void An_iphone_app_gets_a_campaign_of_its_kind_and_no_link()
    {
        var brief = Brief(Objective.AppInstalls) with { App = new(AccountAssetKind.App, "7150000000000000001", "Acme", Url: "https://apps.apple.com/us/app/acme/id1") };

        (Step(brief, "campaign").Body["campaign_type"]!.ToString(), Step(brief, "adset").Body["promotion_type"]!.ToString()).ShouldBe(("IOS14_CAMPAIGN", "APP_IOS"));
        Step(brief, "ad:1").Body["creatives"]![0]!["landing_page_url"].ShouldBeNull();
    }

    [Fact]
    public void A_lead_form_opens_instead_of_the_website()
    {
        var brief = Brief(Objective.Leads) with { LeadFormId = "7160000000000000001" };

        Step(brief, "adset").Body["promotion_target_type"]!.ToString().ShouldBe("INSTANT_PAGE");
        Step(brief, "ad:1").Body["creatives"]![0]!["page_id"]!.GetValue<long>().ShouldBe(7160000000000000001);
    }

    [Fact]
    public void Budgets_are_units_of_the_currency_and_times_are_in_utc()
    {
        var group = Step(Brief() with { BudgetType = BudgetType.Lifetime, Budget = Money.FromUnits(912.5m, "USD"), Start = new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.FromHours(-5)), End = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero) }, "adset").Body;

        (group["budget"]!.GetValue<decimal>(), group["budget_mode"]!.ToString()).ShouldBe((912.5m, "BUDGET_MODE_TOTAL"));
        (group["schedule_start_time"]!.ToString(), group["schedule_end_time"]!.ToString()).ShouldBe(("2026-11-24 05:00:00", "2026-12-01 00:00:00"));
    }

    [Fact]
    public void Emoji_go_and_a_long_text_ends_at_a_word()
    {
        var text = Step(Brief() with { Creatives = [Briefs.Video with { PrimaryText = "Half price 🎉 on " + string.Join(' ', Enumerable.Repeat("shoes", 30)) }] }, "ad:1").Body["creatives"]![0]!["ad_text"]!.ToString();

        text.ShouldStartWith("Half price on shoes");
        (text.Length <= 100, text.EndsWith('…')).ShouldBe((true, true));
    }

    [Fact]
    public void A_request_id_is_a_number_of_its_own_for_each_thing()
    {
        string Id(LaunchBrief brief, string key) => Step(brief, key).Body["request_id"]!.ToString();

        long.Parse(Id(Brief(), "campaign"), System.Globalization.CultureInfo.InvariantCulture).ShouldBePositive();
        new[] { Id(Brief(), "campaign"), Id(Brief(), "adset"), Id(Brief() with { Marker = "OTHER1234" }, "campaign") }.ShouldBeUnique();
    }

    [Fact]
    public void An_edit_remakes_only_the_ad_that_differs_and_takes_the_old_one_away_last()
    {
        var before = Brief() with { Creatives = [Briefs.Video, Briefs.Video with { Id = Guid.NewGuid(), Name = "Second" }] };
        var after = before with { Marker = "EDIT12345", Name = "Cyber Monday", Creatives = [before.Creatives[0], before.Creatives[1] with { PrimaryText = "Last days" }] };
        var launched = new LaunchedObjects(Account, Briefs.Marker, new Dictionary<string, string> { ["campaign"] = "1", ["adset"] = "2", ["ad:1"] = "3", ["ad:2"] = "4" });

        var steps = wire.Get<IEditsCampaigns>(Platform.TikTok).PlanEdit(launched, before, after).Steps;

        steps.Where(s => s.Kind == StepKind.Ad).Select(s => s.Key).ShouldBe(["ad:2@EDIT12345"]);
        steps.First(s => s.Key == "change:campaign@EDIT12345").Body["campaign_name"]!.ToString().ShouldBe($"Cyber Monday · {Briefs.Marker}");
        steps[^1].ShouldSatisfyAllConditions(s => s.Kind.ShouldBe(StepKind.Remove), s => s.Body["ad_ids"]![0]!.ToString().ShouldBe("4"));
        steps.TakeWhile(s => s.Kind != StepKind.Remove).ShouldContain(s => s.Key == "activate:ad:2@EDIT12345");
        steps.Where(s => s.Key.StartsWith("change:adset", StringComparison.Ordinal)).ShouldHaveSingleItem().Body.Select(p => p.Key).ShouldBe(["advertiser_id", "adgroup_id", "adgroup_name"]);
    }

    [Fact]
    public void Creatives_in_another_order_are_all_made_anew()
    {
        var before = Brief() with { Creatives = [Briefs.Video, Briefs.Video with { Id = Guid.NewGuid(), Name = "Second" }] };
        var launched = new LaunchedObjects(Account, Briefs.Marker, new Dictionary<string, string> { ["campaign"] = "1", ["adset"] = "2", ["ad:1"] = "3", ["ad:2"] = "4" });

        var steps = wire.Get<IEditsCampaigns>(Platform.TikTok).PlanEdit(launched, before, before with { Marker = "EDIT12345", Creatives = [.. before.Creatives.Reverse()] }).Steps;

        (steps.Count(s => s.Kind == StepKind.Ad), steps.Count(s => s.Kind == StepKind.Remove)).ShouldBe((2, 2));
    }
}
