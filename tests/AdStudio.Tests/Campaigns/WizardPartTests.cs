using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Shared;
using AdStudio.Web.Features.Campaigns.Wizard;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Campaigns;

public sealed class WizardPartTests : KitContext
{
    private readonly List<CampaignSpec> saved = [];

    private WizardModel Model(CampaignSpec spec, string name = "Spring", params AdAccountRow[] accounts) => new(
        new WizardDraft(new Campaign { Name = name, Spec = spec, Version = 1 }, TimeProvider.System, (_, s, v) => { saved.Add(s); return Task.FromResult<Result<SavedDraft>>(new SavedDraft(v + 1, DateTimeOffset.UnixEpoch)); }),
        Guid.NewGuid(), Guid.NewGuid(), [Platform.Meta, Platform.Google], accounts);

    private static AdAccountRow Account(Platform platform, string name, string currency = "USD", AccountAccess? access = AccountAccess.Manager) => new(
        Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), platform, "1", name, currency, "America/New_York", AdAccountStatus.Active, null, null, null, null,
        platform == Platform.Meta ? [new(AccountAssetKind.Page, "1", "Acme Page")] : [], ConnectionHealth.Good, DateTimeOffset.UnixEpoch, access);

    private IRenderedComponent<T> Show<T>(WizardModel model) where T : IComponent => Render<T>(p => p.AddCascadingValue(model));

    [Fact]
    public void Choosing_a_platform_takes_its_only_account_and_its_currency()
    {
        var (meta, other) = (Account(Platform.Meta, "Acme EU", "EUR"), Account(Platform.Meta, "Theirs", access: AccountAccess.Viewer));
        var model = Model(new CampaignSpec(), "Spring", meta, other);
        var step = Show<PlatformsStep>(model);

        step.FindAll(".platform-card input[type=checkbox]")[0].Change(true);

        model.Spec.Platforms.ShouldHaveSingleItem().AdAccountId.ShouldBe(meta.Id);
        model.Spec.Budget.Currency.ShouldBe("EUR");
        step.Render();
        step.Find($"option[value='{other.Id}']").HasAttribute("disabled").ShouldBeTrue();
        step.Find($"option[value='{other.Id}']").TextContent.ShouldBe("Theirs · USD · view only");
    }

    [Fact]
    public void The_budget_is_shared_out_before_ones_eyes()
    {
        var model = Model(Drafts.On(null, null, null));
        var step = Show<BudgetStep>(model);

        step.Find("input[aria-label=Amount]").Input("250");
        step.Render();

        step.FindAll(".share").Select(s => s.TextContent).ShouldBe(["$83.34a day", "$83.33a day", "$83.33a day"]);
    }

    [Fact]
    public void An_own_amount_is_given_and_taken_back()
    {
        var model = Model(Drafts.On(null, null));
        var step = Show<BudgetStep>(model);

        step.FindAll("button").First(b => b.TextContent.Contains("Own amount")).Click();
        step.Find("input[aria-label=\"Meta's own amount\"]").Input("50");
        step.Render();
        step.FindAll(".share").Select(s => s.TextContent).ShouldBe(["$50.00a day", "$200.00a day"]);

        step.Find("button[aria-label='Let Meta have its share again']").Click();
        step.Render();
        model.Spec.Platforms[0].BudgetMicros.ShouldBeNull();
        step.FindAll(".share").Select(s => s.TextContent).ShouldBe(["$125.00a day", "$125.00a day"]);
    }

    [Fact]
    public void A_lifetime_budget_opens_the_end_at_once()
    {
        var model = Model(Drafts.On(null, null));
        var step = Show<BudgetStep>(model);

        step.FindAll("button").First(b => b.TextContent == "In all").Click();

        model.Spec.Budget.Type.ShouldBe(BudgetType.Lifetime);
        model.Spec.Schedule.End.ShouldNotBeNull();
        step.Find("input[aria-label=End]").GetAttribute("value").ShouldEndWith("T00:00");
    }

    [Fact]
    public void Only_a_real_time_zone_is_taken()
    {
        var model = Model(Drafts.On(null, null) with { Schedule = new ScheduleSpec { Start = new DateTime(2030, 1, 1) } });
        var step = Show<BudgetStep>(model);

        step.Find("input[list]").Input("Europe/Ber");
        model.Spec.Schedule.TimeZone.ShouldBeNull();
        step.Find("input[list]").Input("europe/berlin");
        model.Spec.Schedule.TimeZone.ShouldBe("Europe/Berlin");
        step.Find("input[list]").Input("Nowhere");
        step.Find("input[list]").Blur();
        step.Find("input[list]").GetAttribute("value").ShouldBe("Europe/Berlin");
    }

    [Fact]
    public void What_is_missing_is_not_called_wrong_before_one_has_left_the_step()
    {
        var model = Model(new CampaignSpec());
        model.Findings = [new Finding(null, "objective", FindingSeverity.Blocks, "Choose what the campaign is for."), new Finding(Platform.Meta, "objective", FindingSeverity.Blocks, "Meta has no such goal.")];

        model.At("objective").Select(f => f.Message).ShouldBe(["Meta has no such goal."]);
        model.StateOf(WizardStep.Goal).ShouldBe(StepState.Open);
        model.Leave(WizardStep.Goal);
        model.At("objective").Count().ShouldBe(2);
        model.StateOf(WizardStep.Goal).ShouldBe(StepState.Wrong);
    }

    [Theory]
    [InlineData("platforms[1].adAccountId", WizardStep.Platforms)]
    [InlineData("platforms[1].budget", WizardStep.Budget)]
    [InlineData("audience.places", WizardStep.Audience)]
    [InlineData("audienceIds[0]", WizardStep.Audience)]
    [InlineData("creativeIds[2].headline", WizardStep.Creative)]
    [InlineData("schedule.endAt", WizardStep.Budget)]
    [InlineData("specialAdCountries", WizardStep.Goal)]
    public void Each_finding_leads_to_the_step_where_it_is_put_right(string field, WizardStep step) =>
        WizardSteps.Of(new Finding(null, field, FindingSeverity.Blocks, "")).ShouldBe(step);

    [Fact]
    public void A_conflict_has_chosen_already_what_only_one_side_changed()
    {
        var began = Drafts.On(null, null);
        var theirs = new CampaignVersion("Spring", began with { Objective = Objective.Sales, Budget = began.Budget with { AmountMicros = 300_000_000 } }, 4, "Ada", DateTimeOffset.UnixEpoch);
        var mine = ("Spring", began with { Budget = began.Budget with { AmountMicros = 90_000_000 }, Audience = began.Audience with { AgeMin = 30 } });
        IReadOnlySet<string>? taken = null;
        var panel = Render<ConflictPanel>(p => p.Add(c => c.Conflict, new CampaignChangedMeanwhile(theirs, new("", new(), 1, "Mia", DateTimeOffset.UnixEpoch)))
            .Add(c => c.Began, ("Spring", began)).Add(c => c.Mine, mine).Add(c => c.OnSettle, t => taken = t));

        panel.FindAll("tbody tr").Select(r => string.Join(" | ", r.Children.Select(c => c.TextContent.Trim()))).ShouldBe(["Goal | Sales | Traffic", "Ages | 18 to 65+ | 30 to 65+", "Budgetboth | $300 a day | $90 a day"]);
        panel.FindAll("button").First(b => b.TextContent.Contains("Go on with these")).Click();
        taken.ShouldBe(["objective"]);

        panel.FindAll("button").First(b => b.TextContent.Contains("Take all of Ada's")).Click();
        taken.ShouldBe(["objective", "ages", "budget"], ignoreOrder: true);
    }

    [Fact]
    public async Task Targeting_is_searched_taken_by_keyboard_and_marked_where_only_some_platforms_know_it()
    {
        var found = new TargetingMatches([new("Berlin", "City in Germany", PlaceKind.City, "DE", new Dictionary<Platform, string> { [Platform.Meta] = "1" })], [Platform.Google]);
        TargetingMatch? taken = null;
        var picker = Render<TargetingPicker>(p => p.Add(t => t.Label, "Places").Add(t => t.Chosen, [new TargetingChip("Munich", "City", "Meta")]).Add(t => t.Platforms, [Platform.Meta, Platform.Google])
            .Add(t => t.Search, (_, _) => Task.FromResult<Result<TargetingMatches>>(found)).Add(t => t.OnTake, m => taken = m));

        picker.Find(".picked").TextContent.ShouldContain("only Meta");
        await picker.Find("input").InputAsync(new ChangeEventArgs { Value = "ber" });
        picker.WaitForAssertion(() => picker.Find("[role=option]").TextContent.ShouldContain("Berlin"));
        picker.Find(".targeting-list").TextContent.ShouldContain("Google can't be asked just now, so what only it knows is missing here.");
        await picker.Find("input").KeyDownAsync(new KeyboardEventArgs { Key = "Enter" });

        taken!.Name.ShouldBe("Berlin");
        picker.FindAll("[role=option]").ShouldBeEmpty();
    }

    [Fact]
    public void Markup_in_names_is_shown_as_text()
    {
        const string evil = "<script>alert(1)</script><img src=x onerror=alert(2)>";
        var spec = Drafts.On(null, null) with { Audience = new AudienceSpec { Places = [Drafts.UnitedStates with { Name = evil }], Interests = [new TargetInterest { Name = evil }] } };

        var summary = Show<WizardSummary>(Model(spec, evil));

        summary.FindAll("script, img").ShouldBeEmpty();
        summary.Find("h2").TextContent.ShouldBe(evil);
    }
}
