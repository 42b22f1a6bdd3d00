using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms;

public sealed class GooglePlanTests : IDisposable
{
    private readonly Wire wire = new();

    private LaunchPlan Plan(LaunchBrief brief) => wire.Get<IPublishes>(Platform.Google).PlanLaunch(brief);

    private static JsonObject Created(LaunchPlan plan, string key) => plan.Steps.Single(s => s.Key == key).Body["operations"]![0]!["create"]!.AsObject();

    [Fact]
    public void A_plan_creates_everything_paused_and_switches_on_from_the_ads_upwards()
    {
        var plan = Plan(Briefs.Google());

        plan.Steps.Select(s => s.Key).ShouldBe(["budget", "campaign", "places", "adset", "media:1:whole", "media:2:square", "ad:1", "activate:ad:1", "activate:adset", "activate:campaign"]);
        foreach (var key in new[] { "campaign", "adset", "ad:1" }) Created(plan, key)["status"]!.ToString().ShouldBe("PAUSED");
        plan.Steps[^1].Body.ToJsonString().ShouldBe("""{"operations":[{"update":{"resourceName":"customers/2002002002/campaigns/{{campaign}}","status":"ENABLED"},"updateMask":"status"}]}""");
    }

    [Theory]
    [InlineData(Objective.Awareness, "manualCpm")]
    [InlineData(Objective.Traffic, "targetSpend")]
    [InlineData(Objective.Leads, "maximizeConversions")]
    [InlineData(Objective.Sales, "maximizeConversionValue")]
    public void Each_objective_has_its_bidding_and_only_that(Objective objective, string bidding)
    {
        var plan = Plan(Briefs.Google(objective));

        string[] all = ["manualCpm", "targetSpend", "maximizeConversions", "maximizeConversionValue"];
        Created(plan, "campaign").Select(p => p.Key).Intersect(all).ShouldBe([bidding]);
        Created(plan, "campaign")["advertisingChannelType"]!.ToString().ShouldBe("DISPLAY");
        Created(plan, "campaign")["containsEuPoliticalAdvertising"]!.ToString().ShouldBe("DOES_NOT_CONTAIN_EU_POLITICAL_ADVERTISING");
        Created(plan, "adset").ContainsKey("cpmBidMicros").ShouldBe(objective == Objective.Awareness);
    }

    [Fact]
    public void Budgets_are_micros_in_texts()
    {
        Created(Plan(Briefs.Google()), "budget")["amountMicros"]!.GetValue<string>().ShouldBe("125000000");

        var whole = Created(Plan(Briefs.Google().Full() with { BudgetType = BudgetType.Lifetime }), "budget");
        (whole["totalAmountMicros"]!.ToString(), whole["period"]!.ToString(), whole.ContainsKey("amountMicros")).ShouldBe(("125000000", "CUSTOM_PERIOD", false));
    }

    [Fact]
    public void The_campaign_runs_whole_days_on_the_accounts_clock()
    {
        var campaign = Created(Plan(Briefs.Google().Full()), "campaign");

        campaign["startDateTime"]!.ToString().ShouldBe("2026-11-24 00:00:00");
        campaign["endDateTime"]!.ToString().ShouldBe("2026-11-30 23:59:59");
    }

    [Fact]
    public void Places_are_geo_target_constants_and_ages_become_Googles_groups()
    {
        var plan = Plan(Briefs.Google().Full());

        plan.Steps.Single(s => s.Key == "places").Body["operations"]!.AsArray().Select(o => o!["create"]!["location"]!["geoTargetConstant"]!.ToString())
            .ShouldBe(["geoTargetConstants/20121", "geoTargetConstants/1006094", "geoTargetConstants/2276"]);
        plan.Steps.Single(s => s.Key == "targeting").Body["operations"]!.AsArray().Select(o => (o!["create"]!["ageRange"] ?? o["create"]!["gender"])?["type"]?.ToString()).Where(t => t is not null)
            .ShouldBe(["AGE_RANGE_25_34", "AGE_RANGE_35_44", "FEMALE"]);
        plan.Notes.ShouldContain(n => n.Field == "audience.ages" && n.Text.Contains("25 to 44"));
    }

    [Fact]
    public void The_ad_carries_both_shapes_the_texts_and_its_marker()
    {
        var ad = Created(Plan(Briefs.Google()), "ad:1")["ad"]!;
        var display = ad["responsiveDisplayAd"]!;

        display["marketingImages"]!.ToJsonString().ShouldBe("""[{"asset":"customers/2002002002/assets/{{media:1:whole}}"}]""");
        display["squareMarketingImages"]!.ToJsonString().ShouldBe("""[{"asset":"customers/2002002002/assets/{{media:2:square}}"}]""");
        display["headlines"]!.ToJsonString().ShouldBe("""[{"text":"Black Friday"}]""");
        display["longHeadline"]!["text"]!.ToString().ShouldBe("Half price on every shoe.");
        display["businessName"]!.ToString().ShouldBe("Acme Shoes");
        display["callToActionText"]!.ToString().ShouldBe("Shop now");
        ad["urlCustomParameters"]!.ToJsonString().ShouldBe("""[{"key":"adstudio","value":"K3F9X2ABM-1"}]""");
    }

    [Fact]
    public void Videos_are_left_out_in_words()
    {
        var plan = Plan(Briefs.Google() with { Creatives = [Briefs.Image, Briefs.Video] });

        plan.Steps.Count(s => s.Kind == StepKind.Ad).ShouldBe(1);
        plan.Notes.ShouldContain(n => n.Kind == PlanNoteKind.LeftOut && n.Text.Contains("YouTube"));
    }

    [Fact]
    public void Long_texts_are_left_out_or_shortened_in_words()
    {
        var plan = Plan(Briefs.Google() with { BusinessName = "The Acme Company of Fine Shoes", Creatives = [Briefs.Image with { PrimaryText = new string('a', 120), Headline = "A headline that is far too long for Google" }] });
        var display = Created(plan, "ad:1")["ad"]!["responsiveDisplayAd"]!;

        display["headlines"]![0]!["text"]!.ToString().Length.ShouldBeLessThanOrEqualTo(30);
        display["businessName"]!.ToString().Length.ShouldBeLessThanOrEqualTo(25);
        display["longHeadline"]!["text"]!.ToString().ShouldBe("A headline that is far too long for Google");
        plan.Notes.Select(n => n.Field).ShouldBeSubsetOf(["primaryText", "headline", "businessName", "budget.amount", "creatives", "callToAction"]);
        plan.Notes.ShouldContain(n => n.Field == "primaryText" && n.Kind == PlanNoteKind.LeftOut);
    }

    [Fact]
    public void Removing_takes_the_campaign_and_then_its_budget()
    {
        var launched = new LaunchedObjects(Wire.GoogleAccount, Briefs.Marker, new Dictionary<string, string> { ["budget"] = "1", ["campaign"] = "2" });

        wire.Get<IPublishes>(Platform.Google).PlanRemove(launched).Select(s => s.Body["operations"]![0]!["remove"]!.ToString())
            .ShouldBe(["customers/2002002002/campaigns/2", "customers/2002002002/campaignBudgets/1"]);
    }

    [Fact]
    public void A_new_budget_names_what_it_changes()
    {
        var launched = new LaunchedObjects(Wire.GoogleAccount, Briefs.Marker, new Dictionary<string, string> { ["budget"] = "1" });

        wire.Get<IPublishes>(Platform.Google).PlanBudget(launched, Money.FromUnits(80, "USD"), BudgetType.Daily).Single().Body.ToJsonString()
            .ShouldBe("""{"operations":[{"update":{"resourceName":"customers/2002002002/campaignBudgets/1","amountMicros":"80000000"},"updateMask":"amount_micros"}]}""");
    }

    public void Dispose() => wire.Dispose();
}
