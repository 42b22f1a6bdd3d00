using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms;

public sealed class MetaPlanTests : IDisposable
{
    private readonly Wire wire = new();

    private LaunchPlan Plan(LaunchBrief brief) => wire.Get<IPublishes>(Platform.Meta).PlanLaunch(brief);

    private static JsonObject Body(LaunchPlan plan, string key) => plan.Steps.Single(s => s.Key == key).Body;

    [Fact]
    public void A_plan_creates_everything_paused_and_switches_on_from_the_ads_upwards()
    {
        var plan = Plan(Briefs.Meta());

        plan.Steps.Select(s => s.Key).ShouldBe(["campaign", "adset", "media:1", "creative:1", "ad:1", "activate:ad:1", "activate:adset", "activate:campaign"]);
        plan.Steps.Where(s => s.Body.ContainsKey("status") && s.Kind != StepKind.Activate).ShouldAllBe(s => s.Body["status"]!.ToString() == "PAUSED");
        plan.Steps.Where(s => s.Kind == StepKind.Activate).ShouldAllBe(s => s.Body["status"]!.ToString() == "ACTIVE");
    }

    [Fact]
    public void The_same_brief_gives_the_same_plan()
    {
        var brief = Briefs.Meta(Objective.Sales).Full();

        Plan(brief).Steps.Select(s => s.Key + s.Body.ToJsonString()).ShouldBe(Plan(brief).Steps.Select(s => s.Key + s.Body.ToJsonString()));
    }

    [Fact]
    public void Names_end_in_the_marker()
    {
        var plan = Plan(Briefs.Meta());

        Body(plan, "campaign")["name"]!.ToString().ShouldBe("Black Friday 2026 · K3F9X2ABM");
        Body(plan, "ad:1")["name"]!.ToString().ShouldBe("Static · K3F9X2ABM-1");
    }

    [Fact]
    public void A_name_too_long_for_Meta_loses_its_middle_but_never_its_marker()
    {
        var name = Body(Plan(Briefs.Meta() with { Name = new string('x', 500) }), "campaign")["name"]!.ToString();

        name.Length.ShouldBeLessThanOrEqualTo(400);
        name.ShouldEndWith(" · K3F9X2ABM");
    }

    [Theory]
    [InlineData(Objective.Awareness, "OUTCOME_AWARENESS", "REACH", null)]
    [InlineData(Objective.Traffic, "OUTCOME_TRAFFIC", "LINK_CLICKS", "WEBSITE")]
    [InlineData(Objective.Engagement, "OUTCOME_ENGAGEMENT", "POST_ENGAGEMENT", "ON_POST")]
    [InlineData(Objective.Leads, "OUTCOME_LEADS", "OFFSITE_CONVERSIONS", "WEBSITE")]
    [InlineData(Objective.Sales, "OUTCOME_SALES", "OFFSITE_CONVERSIONS", "WEBSITE")]
    public void Each_objective_has_its_goal(Objective objective, string wireObjective, string goal, string? destination)
    {
        var plan = Plan(Briefs.Meta(objective));

        Body(plan, "campaign")["objective"]!.ToString().ShouldBe(wireObjective);
        Body(plan, "adset")["optimization_goal"]!.ToString().ShouldBe(goal);
        Body(plan, "adset")["destination_type"]?.ToString().ShouldBe(destination);
        Body(plan, "adset")["billing_event"]!.ToString().ShouldBe("IMPRESSIONS");
    }

    [Fact]
    public void Sales_and_leads_are_counted_by_the_pixel()
    {
        Body(Plan(Briefs.Meta(Objective.Sales)), "adset")["promoted_object"]!.ToJsonString().ShouldBe("""{"pixel_id":"1391191359009715","custom_event_type":"PURCHASE"}""");
        Body(Plan(Briefs.Meta(Objective.Leads)), "adset")["promoted_object"]!.ToJsonString().ShouldBe("""{"pixel_id":"1391191359009715","custom_event_type":"LEAD"}""");
    }

    [Fact]
    public void Leads_without_a_pixel_are_clicks_and_the_plan_says_so()
    {
        var plan = Plan(Briefs.Meta(Objective.Leads) with { Pixel = null });

        Body(plan, "adset")["optimization_goal"]!.ToString().ShouldBe("LINK_CLICKS");
        plan.Notes.ShouldContain(n => n.Text.Contains("Without a pixel"));
    }

    [Fact]
    public void Videos_alone_are_for_watching()
    {
        var adset = Body(Plan(Briefs.Meta(Objective.Engagement) with { Creatives = [Briefs.Video] }), "adset");

        (adset["optimization_goal"]!.ToString(), adset["destination_type"]!.ToString()).ShouldBe(("THRUPLAY", "ON_VIDEO"));
    }

    [Theory]
    [InlineData("USD", 125.50, 12550)]
    [InlineData("JPY", 12500, 12500)]
    [InlineData("TWD", 1250, 1250)]
    public void The_budget_is_counted_as_Meta_counts_the_currency(string currency, double units, long wireAmount)
    {
        var brief = Briefs.Meta();
        var plan = Plan(brief with { Budget = Money.FromUnits((decimal)units, currency), Account = brief.Account with { Currency = currency } });

        Body(plan, "adset")["daily_budget"]!.GetValue<long>().ShouldBe(wireAmount);
        plan.Notes.ShouldContain(n => n.Kind == PlanNoteKind.Converted && n.Field == "budget.amount");
    }

    [Fact]
    public void A_budget_for_the_whole_run_has_an_end_on_the_accounts_clock()
    {
        var adset = Body(Plan(Briefs.Meta().Full() with { BudgetType = BudgetType.Lifetime }), "adset");

        adset["lifetime_budget"]!.GetValue<long>().ShouldBe(12500);
        adset.ContainsKey("daily_budget").ShouldBeFalse();
        adset["start_time"]!.ToString().ShouldBe("2026-11-24T00:00:00-0500");
        adset["end_time"]!.ToString().ShouldBe("2026-11-30T23:59:59-0500");
    }

    [Fact]
    public void Targeting_says_places_ages_genders_and_interests_in_Metas_ids()
    {
        var plan = Plan(Briefs.Meta().Full());
        var targeting = Body(plan, "adset")["targeting"]!;

        targeting["geo_locations"]!.ToJsonString().ShouldBe("""{"countries":["DE"],"regions":[{"key":"533"}],"cities":[{"key":"777934"}]}""");
        (targeting["age_min"]!.GetValue<int>(), targeting["age_max"]!.GetValue<int>()).ShouldBe((25, 40));
        targeting["genders"]!.ToJsonString().ShouldBe("[2]");
        targeting["flexible_spec"]!.ToJsonString().ShouldBe("""[{"interests":[{"id":"6003397496347","name":"Running"}]}]""");
        targeting["targeting_automation"]!.ToJsonString().ShouldBe("""{"advantage_audience":0}""");
        plan.Notes.ShouldContain(n => n.Kind == PlanNoteKind.LeftOut && n.Text.Contains("Curling"));
    }

    [Fact]
    public void A_place_that_Meta_does_not_know_becomes_its_country_and_never_the_world()
    {
        var plan = Plan(Briefs.Meta() with { Audience = new() { Places = [new() { Kind = PlaceKind.City, Name = "Bielefeld", Country = "DE" }] } });

        Body(plan, "adset")["targeting"]!["geo_locations"]!.ToJsonString().ShouldBe("""{"countries":["DE"]}""");
        plan.Notes.ShouldContain(n => n.Text.Contains("all of Germany"));
    }

    [Fact]
    public void A_special_category_leaves_ages_and_genders_out_in_words()
    {
        var plan = Plan(Briefs.Meta().Full() with { SpecialAdCategories = ["HOUSING"], SpecialAdCountries = ["us"] });

        Body(plan, "campaign")["special_ad_categories"]!.ToJsonString().ShouldBe("""["HOUSING"]""");
        Body(plan, "campaign")["special_ad_category_country"]!.ToJsonString().ShouldBe("""["US"]""");
        Body(plan, "adset")["targeting"]!.AsObject().ContainsKey("genders").ShouldBeFalse();
        plan.Notes.ShouldContain(n => n.Kind == PlanNoteKind.LeftOut && n.Field == "audience.ages");
    }

    [Fact]
    public void A_video_is_uploaded_awaited_and_shown_with_a_button()
    {
        var plan = Plan(Briefs.Meta() with { Creatives = [Briefs.Video with { CallToAction = "NO_BUTTON" }] });

        plan.Steps.Select(s => s.Key).ShouldBe(["campaign", "adset", "media:1", "ready:1", "creative:1", "ad:1", "activate:ad:1", "activate:adset", "activate:campaign"]);
        var video = Body(plan, "creative:1")["object_story_spec"]!["video_data"]!;
        video["video_id"]!.ToString().ShouldBe("{{ready:1}}");
        video["call_to_action"]!["type"]!.ToString().ShouldBe("LEARN_MORE");
    }

    [Fact]
    public void An_image_of_another_ratio_is_cut_and_sent_once()
    {
        var odd = Briefs.Wide with { Width = 2000, Height = 800 };
        var plan = Plan(Briefs.Meta() with { Creatives = [Briefs.Image with { Assets = [odd] }, Briefs.Image with { Id = Guid.NewGuid(), Name = "Second", Assets = [odd] }] });

        plan.Steps.Where(s => s.Kind == StepKind.Media).Select(s => s.Key).ShouldBe(["media:1:landscape"]);
        Body(plan, "creative:2")["object_story_spec"]!["link_data"]!["image_hash"]!.ToString().ShouldBe("{{media:1:landscape}}");
        plan.Notes.ShouldContain(n => n.Text == "hero.jpg is cut to 1.91:1 for Meta.");
    }

    [Fact]
    public void A_carousel_has_a_card_for_each_image()
    {
        var cards = Body(Plan(Briefs.Meta() with { Creatives = [Briefs.Carousel] }), "creative:1")["object_story_spec"]!["link_data"]!["child_attachments"]!.AsArray();

        cards.Count.ShouldBe(2);
        cards.ShouldAllBe(c => c!["call_to_action"]!["type"]!.ToString() == "SHOP_NOW");
    }

    [Fact]
    public void Audiences_that_are_not_there_yet_are_made_first_and_used()
    {
        var plan = Plan(Briefs.Meta().Full());

        plan.Steps.Take(4).Select(s => s.Key).ShouldBe(["audience:1", "members:1", "audience:2", "audience:3"]);
        plan.Steps.Take(4).ShouldAllBe(s => s.AudienceId != null);
        Body(plan, "audience:2")["rule"]!.ToString().ShouldContain("\"retention_seconds\":1209600");
        Body(plan, "audience:3")["lookalike_spec"]!.ToString().ShouldContain("\"ratio\":0.02");
        Body(plan, "adset")["targeting"]!["custom_audiences"]!.ToJsonString().ShouldBe("""[{"id":"{{audience:1}}"},{"id":"555"},{"id":"{{audience:2}}"},{"id":"{{audience:3}}"}]""");
    }

    [Fact]
    public void Every_placeholder_names_an_earlier_step()
    {
        foreach (var plan in new[] { Plan(Briefs.Meta(Objective.Sales).Full()), wire.Get<IPublishes>(Platform.Google).PlanLaunch(Briefs.Google(Objective.Sales).Full()) })
        {
            var done = new Dictionary<string, string>();
            foreach (var step in plan.Steps)
            {
                step.Fill(done).Body.ToJsonString().ShouldNotContain("{{");
                done[step.Key] = "1";
            }
            plan.Steps.Select(s => s.Key).ShouldBeUnique();
            plan.Steps.ShouldAllBe(s => s.Key.Length <= 64 && s.Marker.Length <= 64);
        }
    }

    public void Dispose() => wire.Dispose();
}
