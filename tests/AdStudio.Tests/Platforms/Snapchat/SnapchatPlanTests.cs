using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms.Snapchat;

/// <summary>What a launch on Snapchat will send, and what changing it will.</summary>
public sealed class SnapchatPlanTests : IDisposable
{
    private static readonly AccountHandle Account = new(Guid.NewGuid(), "7c1e4a52-90d3-4f6b-8a21-5f0c3d9e1b01", "USD", "America/New_York", null);

    private readonly Wire wire = new();
    private IPublishes Publishes => wire.Get<IPublishes>(Platform.Snapchat);

    public static LaunchBrief Brief(Objective objective = Objective.Traffic) => Briefs.Meta(objective) with
    {
        Account = Account, Instagram = null, App = new(AccountAssetKind.App, "1480055501", "Acme Trails (iPhone)"), Creatives = [Briefs.Image with { Assets = [Briefs.Tall] }, Briefs.Video], Budget = Money.FromUnits(125.5m, "USD"),
    };

    [Fact]
    public void Everything_is_made_paused_and_switched_on_last_from_the_ads_upwards()
    {
        var plan = Publishes.PlanLaunch(Brief());

        plan.Steps.Select(s => s.Key).ShouldBe(
        [
            "campaign", "adset", "media:1", "upload:1", "ready:1", "creative:1", "media:2", "upload:2", "ready:2", "creative:2", "ad:1", "ad:2", "activate:ad:1", "activate:ad:2", "activate:adset", "activate:campaign",
        ]);
        plan.Steps.Where(s => s.Kind is StepKind.Campaign or StepKind.AdSet or StepKind.Ad).ShouldAllBe(s => s.Body["status"]!.ToString() == "PAUSED");
        plan.Steps.Where(s => s.Body["name"] != null).ShouldAllBe(s => s.Body["name"]!.ToString().EndsWith(s.Marker));
        Publishes.PlanLaunch(Brief()).Steps.Select(s => s.Body.ToJsonString()).ShouldBe(plan.Steps.Select(s => s.Body.ToJsonString()));
    }

    [Fact]
    public void Money_is_micros_and_there_is_one_budget()
    {
        var daily = Step(Brief(), "adset").Body;
        (daily["daily_budget_micro"]!.GetValue<long>(), daily["lifetime_budget_micro"], daily["delivery_constraint"]!.ToString()).ShouldBe((125_500_000, null, "DAILY_BUDGET"));

        var whole = Step(Brief() with { BudgetType = BudgetType.Lifetime, End = new(2026, 12, 1, 5, 0, 0, TimeSpan.Zero) }, "adset").Body;
        (whole["daily_budget_micro"], whole["lifetime_budget_micro"]!.GetValue<long>(), whole["end_time"]!.ToString()).ShouldBe((null, 125_500_000, "2026-12-01T00:00:00.000-05:00"));
    }

    [Theory]
    [InlineData(Objective.Awareness, "AWARENESS_AND_ENGAGEMENT", "IMPRESSIONS", false)]
    [InlineData(Objective.Traffic, "TRAFFIC", "SWIPES", false)]
    [InlineData(Objective.Leads, "LEADS", "PIXEL_SIGNUP", true)]
    [InlineData(Objective.AppInstalls, "APP_PROMOTION", "APP_INSTALLS", false)]
    [InlineData(Objective.Sales, "SALES", "PIXEL_PURCHASE", true)]
    public void Each_objective_has_its_goal_and_the_pixel_that_counts_it(Objective objective, string wire, string goal, bool hasPixel)
    {
        Step(Brief(objective), "campaign").Body["objective_v2_properties"]!["objective_v2_type"]!.ToString().ShouldBe(wire);
        var squad = Step(Brief(objective), "adset").Body;
        (squad["optimization_goal"]!.ToString(), squad["pixel_id"] is not null).ShouldBe((goal, hasPixel));
    }

    [Fact]
    public void An_app_is_named_by_its_store_in_the_campaign_and_in_the_creative()
    {
        var brief = Brief(Objective.AppInstalls);
        Step(brief, "campaign").Body["measurement_spec"]!.ToJsonString().ShouldBe("""{"ios_app_id":"1480055501"}""");
        var creative = Step(brief, "creative:1").Body;
        (creative["type"]!.ToString(), creative["app_install_properties"]!["app_name"]!.ToString(), creative["call_to_action"]!.ToString()).ShouldBe(("APP_INSTALL", "Acme Trails", "INSTALL_NOW"));
        Step(brief, "ad:1").Body["type"]!.ToString().ShouldBe("APP_INSTALL");
        Step(brief with { App = new(AccountAssetKind.App, "com.acme.trails", "Acme Trails (Android)") }, "campaign").Body["measurement_spec"]!.ToJsonString().ShouldBe("""{"android_app_url":"com.acme.trails"}""");
    }

    [Fact]
    public void A_website_opens_behind_the_snap_and_what_a_snap_cannot_show_is_said()
    {
        var plan = Publishes.PlanLaunch(Brief() with { BusinessName = "Acme Shoes and Everything That Goes With Them" });

        var creative = plan.Steps.Single(s => s.Key == "creative:1").Body;
        (creative["type"]!.ToString(), creative["web_view_properties"]!["url"]!.ToString(), creative["profile_properties"]!["profile_id"]!.ToString()).ShouldBe(("WEB_VIEW", "https://shop.example/bf", "173764419345388"));
        creative["brand_name"]!.ToString().Length.ShouldBeLessThanOrEqualTo(32);
        plan.Steps.Single(s => s.Key == "ad:1").Body["type"]!.ToString().ShouldBe("REMOTE_WEBPAGE");
        plan.Notes.ShouldContain(n => n.Kind == PlanNoteKind.LeftOut && n.Text.Contains("no other text"));
        plan.Notes.ShouldContain(n => n.Field == "businessName");
    }

    [Fact]
    public void Places_never_grow_by_accident()
    {
        var germany = new TargetPlace { Kind = PlaceKind.Country, Name = "Germany", Country = "DE" };
        var ontario = new TargetPlace { Kind = PlaceKind.Region, Name = "Ontario", Country = "CA", Ids = new Dictionary<Platform, string> { [Platform.Snapchat] = "ca-on" } };
        var paris = new TargetPlace { Kind = PlaceKind.City, Name = "Paris", Country = "FR" };

        var plan = Publishes.PlanLaunch(Brief() with { Audience = new() { Places = [germany, ontario, paris], AgeMin = 20, AgeMax = 65 } });

        var targeting = plan.Steps.Single(s => s.Key == "adset").Body["targeting"]!;
        targeting["geos"]!.ToJsonString().ShouldBe("""[{"country_code":"ca","region_id":["ca-on"]},{"country_code":"de"},{"country_code":"fr"}]""");
        targeting["demographics"]!.ToJsonString().ShouldBe("""[{"min_age":20,"languages":["en"]}]""", "several countries want one language");
        plan.Notes.ShouldContain(n => n.Text.Contains("Paris"));
        plan.Notes.ShouldContain(n => n.Text.Contains("one language"));
    }

    [Fact]
    public void Customers_become_a_list_and_their_likes_a_lookalike_the_others_are_explained()
    {
        var plan = Publishes.PlanLaunch(Brief() with
        {
            Audiences =
            [
                new(Guid.NewGuid(), "VIP", AudienceType.CustomerMatch, null, null), new(Guid.NewGuid(), "Alike", AudienceType.Lookalike, null, """{"country":"de","percent":1}""") { SourceExternalId = "s-1" },
                new(Guid.NewGuid(), "Cart", AudienceType.Retargeting, null, """{"days":14}"""),
            ],
        });

        plan.Steps.Take(3).Select(s => s.Key).ShouldBe(["audience:1", "members:1", "audience:2"]);
        plan.Steps[2].Body["creation_spec"]!.ToJsonString().ShouldBe("""{"seed_segment_id":"s-1","countries":["DE"],"type":"SIMILARITY"}""");
        plan.Steps.Single(s => s.Key == "adset").Body["targeting"]!["segments"]!.ToJsonString().ShouldBe("""[{"segment_id":["{{audience:1}}","{{audience:2}}"],"operation":"INCLUDE"}]""");
        plan.Notes.ShouldContain(n => n.Kind == PlanNoteKind.LeftOut && n.Text.Contains("Ads Manager"));
    }

    [Fact]
    public void A_changed_ad_takes_over_before_the_old_one_goes()
    {
        var before = Brief();
        var after = before with { Marker = "SECOND222", Name = "Cyber Monday", Creatives = [before.Creatives[0] with { Headline = "Last days" }, before.Creatives[1]] };
        var launched = new LaunchedObjects(Account, before.Marker, new Dictionary<string, string> { ["campaign"] = "c", ["adset"] = "s", ["ad:1"] = "a1", ["ad:2"] = "a2" });

        var plan = wire.Get<IEditsCampaigns>(Platform.Snapchat).PlanEdit(launched, before, after);

        plan.Steps.Select(s => s.Key).ShouldBe(
        [
            "change:campaign:name@SECOND222", "change:adset:name@SECOND222", "media:1@SECOND222", "upload:1@SECOND222", "ready:1@SECOND222", "creative:1@SECOND222", "ad:1@SECOND222", "activate:ad:1@SECOND222", "remove:ad:1@SECOND222",
        ]);
        plan.Steps[^1].Body["id"]!.ToString().ShouldBe("a1");
        plan.Steps[0].Body["name"]!.ToString().ShouldBe("Cyber Monday · " + before.Marker, "by the launch's marker it is found again");
    }

    [Fact]
    public void Dates_and_targeting_change_in_place_and_nothing_else_is_touched()
    {
        var before = Brief() with { End = new DateTimeOffset(2026, 12, 1, 5, 0, 0, TimeSpan.Zero) };
        var launched = new LaunchedObjects(Account, before.Marker, new Dictionary<string, string> { ["campaign"] = "c", ["adset"] = "s", ["ad:1"] = "a1" });
        var edits = wire.Get<IEditsCampaigns>(Platform.Snapchat);

        edits.PlanEdit(launched, before, before with { Marker = "SECOND222" }).Steps.ShouldBeEmpty();
        var moved = edits.PlanEdit(launched, before, before with { Marker = "SECOND222", End = null, Audience = before.Audience with { AgeMin = 30 } });
        moved.Steps.Select(s => s.Key).ShouldBe(["change:campaign:dates@SECOND222", "change:adset:dates@SECOND222", "change:adset:targeting@SECOND222"]);
        moved.Steps[1].Body.ContainsKey("end_time").ShouldBeTrue("a daily budget needs no end");
        edits.PlanEdit(launched, before with { BudgetType = BudgetType.Lifetime }, before with { BudgetType = BudgetType.Lifetime, Marker = "SECOND222", End = null }).Notes.ShouldContain(n => n.Text.Contains("lifetime"));
    }

    private PlannedStep Step(LaunchBrief brief, string key) => Publishes.PlanLaunch(brief).Steps.Single(s => s.Key == key);

    public void Dispose() => wire.Dispose();
}
