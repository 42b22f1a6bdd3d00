using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Apple;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms.Apple;

/// <summary>What a launch and a change become in Apple's words.</summary>
public sealed class ApplePlanTests
{
    private static readonly TargetPlace Ontario = Place(PlaceKind.Region, "Ontario", "CA|ON"), Toronto = Place(PlaceKind.City, "Toronto", "CA|ON|Toronto"), California = Place(PlaceKind.Region, "California", "US|CA");

    private static LaunchBrief Brief(Objective objective = Objective.AppInstalls) => Briefs.Meta(objective) with
    {
        App = new(AccountAssetKind.App, "1501234567", "Wool shop", Url: "https://apps.apple.com/app/id1501234567"), Page = null, Instagram = null, Pixel = null, Creatives = [],
    };

    [Fact]
    public void Installs_are_bought_in_search_results_and_attention_in_the_search_tab()
    {
        var search = Of(Brief(), "campaign");
        (search["adChannelType"]!.ToString(), search["supplySources"]![0]!.ToString(), search["billingEvent"]!.ToString()).ShouldBe(("SEARCH", "APPSTORE_SEARCH_RESULTS", "TAPS"));
        Of(Brief(), "adset")["automatedKeywordsOptIn"]!.GetValue<bool>().ShouldBeTrue();

        var display = Of(Brief(Objective.Awareness), "campaign");
        (display["adChannelType"]!.ToString(), display["supplySources"]![0]!.ToString()).ShouldBe(("DISPLAY", "APPSTORE_SEARCH_TAB"));
        Of(Brief(Objective.Awareness), "adset").ContainsKey("automatedKeywordsOptIn").ShouldBeFalse();
    }

    [Theory]
    [InlineData(125, "USD", "125", "3")]
    [InlineData(30.50, "EUR", "30.5", "1.53")]
    [InlineData(2, "USD", "2", "0.5")]
    [InlineData(9000, "JPY", "9000", "450")]
    public void Money_is_in_major_units_and_a_tap_may_cost_a_twentieth_of_the_day(double budget, string currency, string amount, string bid)
    {
        var brief = Brief() with { Budget = Money.FromUnits((decimal)budget, currency) };
        (Of(brief, "campaign")["dailyBudgetAmount"]!["amount"]!.ToString(), Of(brief, "campaign")["dailyBudgetAmount"]!["currency"]!.ToString()).ShouldBe((amount, currency));
        Of(brief, "adset")["defaultBidAmount"]!["amount"]!.ToString().ShouldBe(bid);
    }

    [Fact]
    public void Everything_is_made_paused_and_the_campaign_is_switched_on_last()
    {
        var steps = ApplePlan.Of(Brief()).Steps;
        steps.Select(s => s.Key).ShouldBe(["campaign", "adset", "creative", "ad:1", "activate:ad:1", "activate:adset", "activate:campaign"]);
        steps.Where(s => s.Body.ContainsKey("status")).Take(3).ShouldAllBe(s => s.Body["status"]!.ToString() == "PAUSED");
        steps.Take(4).ShouldAllBe(s => s.Body["name"]!.ToString().EndsWith(Briefs.Marker));
    }

    [Fact]
    public void Times_are_utc_and_a_group_without_a_start_begins_with_its_campaign()
    {
        var group = Of(Brief() with { Start = new(2026, 11, 24, 0, 0, 0, TimeSpan.FromHours(-5)), End = new(2026, 12, 1, 23, 59, 59, TimeSpan.FromHours(-5)) }, "adset");
        (group["startTime"]!.ToString(), group["endTime"]!.ToString()).ShouldBe(("2026-11-24T05:00:00.000", "2026-12-02T04:59:59.000"));
        Of(Brief(), "adset")["startTime"]!.ToString().ShouldBe(ApplePlan.AtLaunch);
    }

    [Fact]
    public void Regions_and_cities_narrow_a_campaign_for_one_country()
    {
        var plan = ApplePlan.Of(Brief() with { Audience = new AudienceSpec { Places = [Ontario, Toronto, California], AgeMin = 25, AgeMax = 44, Genders = [Gender.Women] } });

        plan.Steps[0].Body["countriesOrRegions"]!.ToJsonString().ShouldBe("""["CA"]""");
        JsonNode.DeepEquals(plan.Steps[1].Body["targetingDimensions"], JsonNode.Parse("""
            {"country":{"included":["CA"]},"adminArea":{"included":["CA|ON"]},"locality":{"included":["CA|ON|Toronto"]},"age":{"included":[{"minAge":25,"maxAge":44}]},"gender":{"included":["F"]}}
            """)).ShouldBeTrue();
        plan.Notes.ShouldContain(n => n.Kind == PlanNoteKind.LeftOut && n.Text.Contains("California"));
    }

    [Fact]
    public void With_whole_countries_the_rest_is_left_out_and_said()
    {
        var plan = ApplePlan.Of(Brief() with { Audience = new AudienceSpec { Places = [Briefs.UnitedStates, California, Toronto] } });

        plan.Steps[0].Body["countriesOrRegions"]!.ToJsonString().ShouldBe("""["US"]""");
        plan.Steps[1].Body.ContainsKey("targetingDimensions").ShouldBeFalse();
        plan.Notes.Where(n => n.Field == "audience.places").Select(n => n.Text).Single().ShouldContain("Toronto");
    }

    [Fact]
    public void A_change_says_what_changes_and_clears_what_is_no_more()
    {
        var launched = new LaunchedObjects(Brief().Account, Briefs.Marker, new Dictionary<string, string> { ["campaign"] = "1", ["adset"] = "2", ["ad:1"] = "3" });
        var before = Brief() with { Audience = new AudienceSpec { Places = [Toronto], Genders = [Gender.Men] } };

        AppleEdit.Of(launched, before, before).Steps.ShouldBeEmpty();

        var steps = AppleEdit.Of(launched, before, before with { Name = "Spring", Marker = "OTHER", Audience = new AudienceSpec { Places = [Briefs.UnitedStates] } }).Steps;
        steps.Select(s => s.Key).ShouldBe(["change:campaign@OTHER", "change:adset@OTHER"]);
        JsonNode.DeepEquals(steps[0].Body, JsonNode.Parse($$"""{"campaign":{"name":"Spring · {{Briefs.Marker}}","countriesOrRegions":["US"]},"clearGeoTargetingOnCountryOrRegionChange":true,"at":"campaigns/1"}""")).ShouldBeTrue();
        steps[1].Body["targetingDimensions"]!.AsObject().ShouldAllBe(d => d.Value == null);
    }

    [Fact]
    public void An_end_is_moved_and_not_taken_away()
    {
        var launched = new LaunchedObjects(Brief().Account, Briefs.Marker, new Dictionary<string, string> { ["campaign"] = "1", ["adset"] = "2" });
        var before = Brief() with { End = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero) };

        AppleEdit.Of(launched, before, before with { End = new(2026, 12, 5, 0, 0, 0, TimeSpan.Zero) }).Steps.Single().Body.ToJsonString().ShouldBe("""{"endTime":"2026-12-05T00:00:00.000","at":"campaigns/1/adgroups/2"}""");
        AppleEdit.Of(launched, before, before with { End = null }).Notes.ShouldContain(n => n.Kind == PlanNoteKind.LeftOut && n.Field == "schedule.end");
    }

    private static JsonObject Of(LaunchBrief brief, string key) => ApplePlan.Of(brief).Steps.Single(s => s.Key == key).Body;

    private static TargetPlace Place(PlaceKind kind, string name, string id) => new() { Kind = kind, Name = name, Country = id[..2], Ids = new Dictionary<Platform, string> { [Platform.Apple] = id } };
}
