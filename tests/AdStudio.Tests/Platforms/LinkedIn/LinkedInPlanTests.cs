using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms.LinkedIn;

/// <summary>What a launch, a change and an edit mean in LinkedIn's own names.</summary>
public sealed class LinkedInPlanTests : IDisposable
{
    private readonly Wire wire = new();

    internal static AccountHandle Account { get; } = new(Guid.NewGuid(), "512345001", "USD", "Etc/UTC", null);
    internal static PlatformAccess Access { get; } = new(Guid.NewGuid(), "linkedin-token") { Account = Account };

    internal static LaunchBrief Brief(Objective objective = Objective.Traffic) => Briefs.Meta(objective) with
    {
        Account = Account, Instagram = null, App = null, Page = new(AccountAssetKind.Page, "105550201", "Harbor & Pine"), Pixel = new(AccountAssetKind.ConversionAction, "14480001", "Orders"),
    };

    private LaunchPlan Plan(LaunchBrief brief) => wire.Get<IPublishes>(Platform.LinkedIn).PlanLaunch(brief);

    private static JsonObject Body(LaunchPlan plan, string key) => plan.Steps.Single(s => s.Key == key).Body;

    [Fact]
    public void Everything_is_a_draft_and_switched_on_from_the_group_downwards_with_the_money_last()
    {
        var steps = Plan(Brief()).Steps;

        steps.Select(s => s.Key).ShouldBe(["campaign", "adset", "media:1", "creative:1", "ad:1", "activate:campaign", "activate:ad:1", "activate:adset"]);
        Body(new(steps, []), "campaign")["status"]!.ToString().ShouldBe("DRAFT");
        Body(new(steps, []), "adset")["status"]!.ToString().ShouldBe("DRAFT");
        Body(new(steps, []), "ad:1")["intendedStatus"]!.ToString().ShouldBe("DRAFT");
    }

    [Fact]
    public void Images_videos_and_carousels_get_a_campaign_each_and_share_the_budget()
    {
        var plan = Plan(Brief() with { Creatives = [Briefs.Image, Briefs.Video, Briefs.Carousel], Budget = Money.FromUnits(100, "USD") });

        new[] { "adset", "adset:video", "adset:carousel" }.Select(k => (Body(plan, k)["format"]!.ToString(), Body(plan, k)["dailyBudget"]!["amount"]!.ToString()))
            .ShouldBe([("STANDARD_UPDATE", "33.34"), ("SINGLE_VIDEO", "33.33"), ("CAROUSEL", "33.33")]);
        Body(plan, "ad:2")["campaign"]!.ToString().ShouldBe("urn:li:sponsoredCampaign:{{adset:video}}");
        plan.Notes.ShouldContain(n => n.Text.Contains("is shared by campaigns for images"));
    }

    [Fact]
    public void What_the_budget_is_too_small_for_is_left_out_and_said()
    {
        var plan = Plan(Brief() with { Creatives = [Briefs.Image, Briefs.Video, Briefs.Carousel], Budget = Money.FromUnits(25, "USD") });

        plan.Steps.Where(s => s.Kind == StepKind.Ad).Select(s => s.Key).ShouldBe(["ad:1", "ad:2"]);
        plan.Notes.Single(n => n.Kind == PlanNoteKind.LeftOut && n.Field == "creatives").Text.ShouldContain("“Cards” is left out");
    }

    [Theory]
    [InlineData(Objective.Awareness, "BRAND_AWARENESS", "MAX_IMPRESSION")]
    [InlineData(Objective.Traffic, "WEBSITE_VISIT", "MAX_CLICK")]
    [InlineData(Objective.Engagement, "ENGAGEMENT", "MAX_CLICK")]
    [InlineData(Objective.Leads, "WEBSITE_CONVERSION", "MAX_CONVERSION")]
    [InlineData(Objective.Sales, "WEBSITE_CONVERSION", "MAX_CONVERSION")]
    public void Objectives_have_their_words_and_conversions_are_counted_by_the_rule(Objective objective, string wireWord, string target)
    {
        var plan = Plan(Brief(objective));

        (Body(plan, "adset")["objectiveType"]!.ToString(), Body(plan, "adset")["optimizationTargetType"]!.ToString(), Body(plan, "adset")["costType"]!.ToString()).ShouldBe((wireWord, target, "CPM"));
        plan.Steps.Any(s => s.Key == "conversion:adset").ShouldBe(wireWord == "WEBSITE_CONVERSION");
    }

    [Fact]
    public void App_installs_are_not_offered() => Catalogue.RulesOf(Platform.LinkedIn).Offer(Objective.AppInstalls).IsOffered.ShouldBeFalse();

    [Fact]
    public void Targeting_names_facets_and_says_what_is_widened_or_left_out()
    {
        var spec = new AudienceSpec
        {
            AgeMin = 30, AgeMax = 40, Genders = [Gender.Women], Places = [Briefs.UnitedStates, new() { Kind = PlaceKind.City, Name = "Paris", Country = "FR", Ids = new Dictionary<Platform, string> { [Platform.LinkedIn] = "urn:li:geo:106383538" } }],
            Interests = [new() { Name = "Curling" }],
            Traits =
            [
                new() { Kind = TargetingKind.Employer, Name = "Atlas", Ids = new Dictionary<Platform, string> { [Platform.LinkedIn] = "urn:li:organization:1035" } },
                new() { Kind = TargetingKind.Industry, Name = "Retail", Ids = new Dictionary<Platform, string> { [Platform.LinkedIn] = "urn:li:industry:27" } },
            ],
        };
        var plan = Plan(Brief() with { Audience = spec });
        var facets = ((JsonArray)Body(plan, "adset")["targetingCriteria"]!["include"]!["and"]!).SelectMany(c => (JsonObject)c!["or"]!).ToDictionary(f => f.Key.Split(':')[^1], f => f.Value!.AsArray().Select(v => v!.ToString()).ToArray());

        facets["locations"].ShouldBe(["country:US", "urn:li:geo:106383538"]);
        facets["ageRanges"].ShouldBe(["urn:li:ageRange:(25,34)", "urn:li:ageRange:(35,54)"]);
        facets["genders"].ShouldBe(["urn:li:gender:FEMALE"]);
        facets.Keys.ShouldNotContain("industries");
        string.Join(" ", plan.Notes.Select(n => n.Text)).ShouldSatisfyAllConditions(n => n.ShouldContain("30 to 40 becomes 25 to 54"), n => n.ShouldContain("does not know “Curling”"), n => n.ShouldContain("the employers count"));
    }

    [Fact]
    public void A_post_is_shown_as_an_ad_only_and_its_words_are_taken_literally()
    {
        var post = Body(Plan(Brief() with { Creatives = [Briefs.Image with { PrimaryText = "Half price (today) @ our_shop" }] }), "creative:1");

        post["commentary"]!.ToString().ShouldBe(@"Half price \(today\) \@ our\_shop");
        (post["distribution"]!["feedDistribution"]!.ToString(), post["adContext"]!["dscName"]!.ToString(), post["contentCallToActionLabel"]!.ToString()).ShouldBe(("NONE", $"Static · {Briefs.Marker}-1", "SHOP_NOW"));
    }

    [Fact]
    public void Changes_go_to_the_group_and_the_money_to_its_campaigns()
    {
        var launched = new LaunchedObjects(Account, Briefs.Marker, new Dictionary<string, string> { ["campaign"] = "62", ["adset"] = "34", ["adset:video"] = "35", ["ad:1"] = "78" });
        var publishes = wire.Get<IPublishes>(Platform.LinkedIn);

        publishes.PlanPause(launched).Single().Body.ToJsonString().ShouldBe("""{"resource":"adCampaignGroups","id":"62","status":"PAUSED"}""");
        publishes.PlanBudget(launched, Money.FromUnits(61, "USD"), BudgetType.Lifetime).Select(s => s.Body["totalBudget"]!["amount"]!.ToString()).ShouldBe(["30.50", "30.50"]);
        publishes.PlanRemove(launched).Select(s => s.Key).ShouldBe(["remove:adset", "remove:adset:video", "remove:campaign"]);
    }

    [Fact]
    public void An_edit_changes_in_place_and_replaces_ads_before_it_takes_the_old_away()
    {
        var launched = new LaunchedObjects(Account, Briefs.Marker, new Dictionary<string, string> { ["campaign"] = "62", ["adset"] = "34", ["creative:1"] = "urn:li:share:1", ["ad:1"] = "78" });
        var after = Brief() with { Name = "Cyber Monday", Marker = "EDIT01", End = new DateTimeOffset(2026, 12, 24, 0, 0, 0, TimeSpan.Zero), Audience = new() { Places = [Briefs.UnitedStates], Genders = [Gender.Men] }, Creatives = [Briefs.Image with { Headline = "Last days" }, Briefs.Video] };

        var plan = wire.Get<IEditsCampaigns>(Platform.LinkedIn).PlanEdit(launched, Brief(), after);

        plan.Steps.Select(s => s.Key).ShouldBe(["name:campaign@EDIT01", "name:adset@EDIT01", "dates:campaign@EDIT01", "dates:adset@EDIT01", "targeting:adset@EDIT01", "media:1@EDIT01", "creative:1@EDIT01", "ad:1@EDIT01", "activate:ad:1@EDIT01", "archive:ad:1@EDIT01"]);
        Body(plan, "name:adset@EDIT01")["name"]!.ToString().ShouldBe($"Cyber Monday · {Briefs.Marker}");
        Body(plan, "archive:ad:1@EDIT01").ToJsonString().ShouldBe("""{"resource":"creatives","id":"78","intendedStatus":"ARCHIVED"}""");
        plan.Notes.ShouldContain(n => n.Text.Contains("“Clip” is left out"));
    }

    [Fact]
    public void The_same_brief_gives_the_same_plan()
    {
        var brief = Brief(Objective.Sales).Full();

        Plan(brief).Steps.Select(s => s.Body.ToJsonString()).ShouldBe(Plan(brief).Steps.Select(s => s.Body.ToJsonString()));
    }

    public void Dispose() => wire.Dispose();
}
