using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Campaigns;

/// <summary>What goes to each platform: money that adds up, instants that hold across the shifts of the clocks, accounts and assets.</summary>
public sealed class BriefTests(StudioApp app) : IClassFixture<StudioApp>
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory]
    [InlineData(250_000_000, "USD", new long[] { 83_340_000, 83_330_000, 83_330_000 })]
    [InlineData(100_000_000, "JPY", new long[] { 34_000_000, 33_000_000, 33_000_000 })]
    [InlineData(1_000_000, "KWD", new long[] { 334_000, 333_000, 333_000 })]
    public void A_budget_is_shared_out_in_whole_minor_units_and_adds_up(long micros, string currency, long[] shares)
    {
        var spec = Drafts.On(null, null, null) with { Budget = new BudgetSpec { AmountMicros = micros, Currency = currency } };

        var shared = BudgetShares.Of(spec, _ => currency);

        shared.Select(s => s!.Value.Micros).ShouldBe(shares);
        shared.Sum(s => s!.Value.Micros).ShouldBe(micros);
    }

    [Fact]
    public void An_own_amount_comes_first_and_the_others_share_what_is_left()
    {
        var spec = Drafts.On(null, null, null);
        spec = spec with { Platforms = [spec.Platforms[0], spec.Platforms[1] with { BudgetMicros = 100_010_000 }, spec.Platforms[2]] };

        BudgetShares.Of(spec, _ => "USD").Select(s => s.ToString()).ShouldBe(["$75.00", "$100.01", "$74.99"]);
    }

    [Fact]
    public void An_own_amount_in_another_currency_stands_beside_the_budget()
    {
        var spec = Drafts.On(null, null);
        spec = spec with { Platforms = [spec.Platforms[0], spec.Platforms[1] with { BudgetMicros = 90_000_000 }] };

        BudgetShares.Of(spec, c => c.Platform == Platform.Google ? "EUR" : "USD").Select(s => s.ToString()).ShouldBe(["$250.00", "€90.00"]);
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-28T09:00:00", "2026-03-28T08:00:00Z")] // the day before the clocks go forward
    [InlineData("Europe/Berlin", "2026-03-29T02:30:00", "2026-03-29T01:30:00Z")] // a time that the clocks skip
    [InlineData("Europe/Berlin", "2026-03-29T09:00:00", "2026-03-29T07:00:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25T02:30:00", "2026-10-25T00:30:00Z")] // a time that comes twice: the first
    [InlineData("America/New_York", "2026-11-01T09:00:00", "2026-11-01T14:00:00Z")]
    public void A_local_time_is_the_right_instant_across_the_shifts_of_the_clocks(string zone, string local, string instant) =>
        LocalTimes.ToUtc(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone))
            .ShouldBe(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void Without_a_zone_of_its_own_a_schedule_is_in_the_accounts()
    {
        var schedule = new ScheduleSpec { Start = new DateTime(2026, 7, 1) };
        schedule.Instants("America/New_York").Start.ShouldBe(new DateTimeOffset(2026, 7, 1, 4, 0, 0, TimeSpan.Zero));
        (schedule with { TimeZone = "UTC" }).Instants("America/New_York").Start.ShouldBe(new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task Each_connected_platform_gets_its_brief_and_the_others_say_why_not()
    {
        var scene = await Scene.SetAsync(app.Studio, "Briefs");
        var creative = await Drafts.AddCreativeAsync(app.Studio, scene);
        var spec = Drafts.On(null, null, null) with { CreativeIds = [creative.Id], Objective = Objective.Sales };
        var campaign = await Drafts.CreateAsync(app, scene.Manager, scene, spec);

        var briefs = (await app.Get<BuildLaunchBriefs>().RunAsync(scene.Manager, campaign.Id, Ct)).Value;

        briefs.Select(b => b.Platform).ShouldBe([Platform.Meta, Platform.Google, Platform.TikTok]);
        briefs.Select(b => b.Brief?.Budget.ToString()).ShouldBe(["$83.34", "$83.33", null]);
        briefs[2].WhyNot.ShouldBeOfType<PlatformLeftOut>().Message.ShouldBe("TikTok isn't connected. Connect it under Connections, then launch there.");
        var meta = briefs[0].Brief!;
        (meta.Account.ExternalId, meta.Page!.Id, meta.Pixel!.Id, meta.BusinessName).ShouldBe(("act_1001", "173764419345388", "1391191359009715", "Briefs Shoes"));
        meta.Creatives.Single().Assets.Single().FileName.ShouldBe("shoe.jpg");
        meta.Marker.Length.ShouldBeInRange(8, 12);
        briefs[1].Brief!.Marker.ShouldNotBe(meta.Marker);
    }

    [Fact]
    public async Task A_campaign_that_is_not_ready_gets_no_brief_but_every_problem()
    {
        var scene = await Scene.SetAsync(app.Studio, "Unready");
        var campaign = await Drafts.CreateAsync(app, scene.Manager, scene, Drafts.On(scene) with { Objective = null });

        var briefs = (await app.Get<BuildLaunchBriefs>().RunAsync(scene.Manager, campaign.Id, Ct)).Value;

        briefs.ShouldAllBe(b => b.Brief == null);
        briefs[0].WhyNot.ShouldBeOfType<CampaignNotReady>().Problems.Select(p => p.Field).ShouldBe(["objective", "creativeIds"]);
    }

    [Fact]
    public async Task A_review_shows_what_each_platform_receives_and_what_it_may_cost()
    {
        var scene = await Scene.SetAsync(app.Studio, "Review");
        var creative = await Drafts.AddCreativeAsync(app.Studio, scene);
        var spec = Drafts.On(scene) with { CreativeIds = [creative.Id], Schedule = new ScheduleSpec { TimeZone = "America/New_York", Start = new DateTime(2037, 3, 1), End = new DateTime(2037, 3, 11) } };
        var campaign = await Drafts.CreateAsync(app, scene.Manager, scene, spec);

        var review = (await app.Get<ReviewCampaign>().RunAsync(scene.Viewer, campaign.Id, Ct)).Value;

        // A viewer may look, but the money is not theirs to spend: that alone stands in the way.
        review.Findings.Where(f => f.Severity == FindingSeverity.Blocks).ShouldAllBe(f => f.Message.StartsWith("You may only look at"));
        review = (await app.Get<ReviewCampaign>().RunAsync(scene.Manager, campaign.Id, Ct)).Value;
        review.CanLaunch.ShouldBeTrue();
        review.StartsLater.ShouldBeTrue();
        review.PerDay.ShouldBe([new Money(250_000_000, "USD")]);
        review.InAll.ShouldBe([new Money(2_500_000_000, "USD")]);
        review.Platforms[0].Steps.ShouldContain(s => s.Kind == StepKind.Campaign && s.Fields.Any(f => f.Value.Contains("Spring shoes")));
        review.Platforms[0].Steps.SelectMany(s => s.Fields).ShouldNotContain(f => f.Value.Contains("{{"));
    }
}
