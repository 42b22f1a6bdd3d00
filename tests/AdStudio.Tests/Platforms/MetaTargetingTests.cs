using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms;

/// <summary>Whom and what Meta's ads are for: traits of every kind, excluded places, apps and lead forms.</summary>
public sealed class MetaTargetingTests : IDisposable
{
    private readonly Wire wire = new();

    private (JsonObject AdSet, JsonObject Creative, LaunchPlan Plan) Plan(LaunchBrief brief)
    {
        var plan = wire.Get<IPublishes>(Platform.Meta).PlanLaunch(brief);
        return (plan.Steps.Single(s => s.Key == "adset").Body, plan.Steps.Single(s => s.Key == "creative:1").Body, plan);
    }

    private static TargetTrait Trait(TargetingKind kind, string name, string id) => new() { Kind = kind, Name = name, Ids = new Dictionary<Platform, string> { [Platform.Meta] = id } };

    [Fact]
    public void Of_one_kind_any_will_do_and_every_kind_must_be_met()
    {
        var targeting = Plan(Briefs.Meta() with
        {
            Audience = new()
            {
                Places = [Briefs.UnitedStates],
                Traits =
                [
                    Trait(TargetingKind.Behavior, "Commuters", "5"), Trait(TargetingKind.RelationshipStatus, "Married", "3"), Trait(TargetingKind.Behavior, "Engaged shoppers", "6"), Trait(TargetingKind.Language, "German", "5"),
                    Trait(TargetingKind.Interest, "Hiking", "7"), new() { Kind = TargetingKind.Employer, Name = "Nobody Ltd" },
                ],
            },
        }).AdSet["targeting"]!;

        targeting["flexible_spec"]!.ToJsonString().ShouldBe("""[{"interests":[{"id":"7","name":"Hiking"}]},{"behaviors":[{"id":"5","name":"Commuters"},{"id":"6","name":"Engaged shoppers"}]},{"relationship_statuses":[3]}]""");
        targeting["locales"]!.ToJsonString().ShouldBe("[5]");
    }

    [Fact]
    public void Excluded_places_are_named_and_unknown_ones_never_take_their_country_with_them()
    {
        var (adset, _, plan) = Plan(Briefs.Meta() with { Audience = new AudienceSpec { Places = [Briefs.UnitedStates] }.Everything() });

        adset["targeting"]!["excluded_geo_locations"]!.ToJsonString().ShouldBe("""{"countries":["AT"],"regions":[{"key":"533"}],"cities":[{"key":"665434"}]}""");
        plan.Notes.ShouldContain(n => n.Field == "audience.excludedPlaces" && n.Text.Contains("Nowhere"));
    }

    [Fact]
    public void A_special_category_takes_neither_private_traits_nor_excluded_places_and_the_plan_says_so()
    {
        var (adset, _, plan) = Plan(Briefs.Meta() with { SpecialAdCategories = ["HOUSING"], SpecialAdCountries = ["US"], Audience = new AudienceSpec { Places = [Briefs.UnitedStates] }.Everything() });

        adset["targeting"]!.AsObject().ContainsKey("excluded_geo_locations").ShouldBeFalse();
        adset["targeting"]!["flexible_spec"]!.AsArray().Select(s => s!.AsObject().Single().Key).ShouldBe(["interests", "behaviors"]);
        plan.Notes.Count(n => n.Kind == PlanNoteKind.LeftOut && n.Text.Contains("Housing")).ShouldBe(2);
    }

    [Fact]
    public void An_app_is_promoted_in_its_store()
    {
        var (adset, creative, plan) = Plan(Briefs.Meta(Objective.AppInstalls));
        const string store = "https://play.google.com/store/apps/details?id=com.acme.trails";

        adset["promoted_object"]!.ToJsonString().ShouldBe($$"""{"application_id":"3055501500001","object_store_url":"{{store}}"}""");
        (adset["optimization_goal"]!.ToString(), adset["targeting"]!["user_os"]!.ToJsonString()).ShouldBe(("APP_INSTALLS", """["Android"]"""));
        creative["object_story_spec"]!["link_data"]!["link"]!.ToString().ShouldBe(store);
        creative["object_story_spec"]!["link_data"]!["call_to_action"]!.ToJsonString().ShouldBe($$$"""{"type":"INSTALL_MOBILE_APP","value":{"link":"{{{store}}}"}}""");
        plan.Notes.ShouldContain(n => n.Text.Contains("Install"));
        Plan(Briefs.Meta(Objective.AppInstalls) with { App = null }).Plan.Notes.ShouldContain(n => n.Field == "app");
    }

    [Fact]
    public void A_lead_form_opens_from_the_button()
    {
        var (adset, creative, plan) = Plan(Briefs.Meta(Objective.Leads) with { LeadFormId = "77" });

        (adset["optimization_goal"]!.ToString(), adset["destination_type"]!.ToString(), adset["promoted_object"]!.ToJsonString()).ShouldBe(("LEAD_GENERATION", "ON_AD", """{"page_id":"173764419345388"}"""));
        creative["object_story_spec"]!["link_data"]!["call_to_action"]!.ToJsonString().ShouldBe("""{"type":"SIGN_UP","value":{"lead_gen_form_id":"77"}}""");
        plan.Notes.ShouldContain(n => n.Field == "callToAction");
        Plan(Briefs.Meta() with { LeadFormId = "77" }).Plan.Notes.ShouldContain(n => n.Field == "leadForm");
    }

    [Theory]
    [InlineData(TargetingKind.Interest, "hiking", "Hiking")]
    [InlineData(TargetingKind.Language, "german", "German")]
    [InlineData(TargetingKind.Behavior, "commut", "Commuters")]
    [InlineData(TargetingKind.School, "harvard", "Harvard University")]
    [InlineData(TargetingKind.FieldOfStudy, "computer", "Computer science")]
    [InlineData(TargetingKind.Employer, "self", "Self-employed")]
    [InlineData(TargetingKind.JobTitle, "nurse", "Nurse")]
    [InlineData(TargetingKind.FamilyStatus, "toddlers", "Parents with toddlers (1-2 years)")]
    [InlineData(TargetingKind.LifeEvent, "moved", "Recently moved")]
    [InlineData(TargetingKind.Industry, "management", "Management")]
    [InlineData(TargetingKind.Income, "25%-50%", "Household income: top 25%-50% of ZIP codes (US)")]
    [InlineData(TargetingKind.RelationshipStatus, "engaged", "Engaged")]
    [InlineData(TargetingKind.EducationLevel, "doctor", "Doctorate")]
    public async Task Every_kind_is_searched_and_what_is_found_can_be_used(TargetingKind kind, string query, string name)
    {
        await using var adapters = await SandboxedAdapters.StartAsync();
        var (access, account, _) = await adapters.ConnectAsync(Platform.Meta);

        var option = (await adapters.Get<ISearchesTargeting>(Platform.Meta).SearchAsync(access, kind, query, default)).Value.ShouldHaveSingleItem();

        option.Name.ShouldBe(name);
        var publishes = adapters.Get<IPublishes>(Platform.Meta);
        var brief = Briefs.Meta() with { Account = access.Account!, Page = account.Assets.First(a => a.Kind == AccountAssetKind.Page), Instagram = null, Audience = new() { Places = [Briefs.UnitedStates], Traits = [Trait(kind, option.Name, option.Id)] } };
        var done = new Dictionary<string, string>();
        foreach (var step in publishes.PlanLaunch(brief).Steps.Take(2)) done[step.Key] = (await publishes.CarryOutAsync(access, step.Fill(done), default)).Value;
        done.ShouldContainKey("adset");
    }

    [Fact]
    public async Task An_account_s_apps_are_listed_once_for_each_store()
    {
        await using var adapters = await SandboxedAdapters.StartAsync();
        var (_, account, _) = await adapters.ConnectAsync(Platform.Meta);

        account.Assets.Where(a => a.Kind == AccountAssetKind.App).Select(a => a.Name).ShouldBe(["Harbor & Pine Trails (Google Play)", "Harbor & Pine Trails (App Store)", "Harbor & Pine Club"]);
        account.Assets.Where(a => a.Kind == AccountAssetKind.App).ShouldAllBe(a => a.Url!.StartsWith("https://"));
    }

    public void Dispose() => wire.Dispose();
}
