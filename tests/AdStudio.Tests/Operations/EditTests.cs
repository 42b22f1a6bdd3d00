using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Operations;

/// <summary>Changing what runs.</summary>
public sealed class EditTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_new_creative_is_switched_on_before_the_old_ad_goes()
    {
        await using var bench = await LaunchBench.SetAsync();
        var (id, campaign) = await LaunchedAsync(bench);
        var other = await CreativeAsync(bench, "Boots for the whole family.");

        var started = await EditAsync(bench, id, campaign.Spec with { CreativeIds = [other] });
        started.Value.Platforms.ShouldAllBe(p => p.WhyNot == null);
        await bench.DrainAsync();

        foreach (var ads in new[] { bench.Meta, bench.Google })
        {
            ads.Things.Where(t => t.Key.StartsWith("ad:", StringComparison.Ordinal)).ShouldHaveSingleItem().Key.ShouldStartWith("ad:1@");
            ads.Calls.FindIndex(c => c.StartsWith("ad:1@", StringComparison.Ordinal)).ShouldBeLessThan(ads.Calls.FindIndex(c => c.StartsWith("remove ad:1", StringComparison.Ordinal)));
            ads.Violations.ShouldBeEmpty();
        }
        var now = await bench.ReadAsync(id);
        now.Spec.CreativeIds.ShouldBe([other]);
        now.Platforms.SelectMany(p => p.AdSets).SelectMany(s => s.Ads).Where(a => a.Status != "DELETED").Select(a => a.CreativeId).ShouldAllBe(c => c == other);
    }

    [Fact]
    public async Task A_lost_answer_in_the_middle_of_a_change_makes_no_second_ad()
    {
        await using var bench = await LaunchBench.SetAsync();
        var (id, campaign) = await LaunchedAsync(bench, Platform.Meta);
        var other = await CreativeAsync(bench, "Boots for the whole family.");
        bench.Meta.OnCall = (key, _) =>
        {
            if (key.StartsWith("ad:1@", StringComparison.Ordinal) && !bench.Meta.Calls.Contains(key)) bench.Meta.Set(key, Fault.TimeoutAfter);
            return Task.CompletedTask;
        };

        await EditAsync(bench, id, campaign.Spec with { CreativeIds = [other] });
        await bench.DrainAsync();

        bench.Meta.Things.Count(t => t.Key.StartsWith("ad:1@", StringComparison.Ordinal)).ShouldBe(1);
        (await bench.LastWorkAsync(id, Platform.Meta)).Status.ShouldBe(OperationStatus.Succeeded);
    }

    [Fact]
    public async Task After_a_change_the_campaign_is_paused_resumed_and_changed_again_by_what_stands_now()
    {
        await using var bench = await LaunchBench.SetAsync();
        var (id, campaign) = await LaunchedAsync(bench, Platform.Meta);
        var (second, third) = (await CreativeAsync(bench, "Second."), await CreativeAsync(bench, "Third."));
        await EditAsync(bench, id, campaign.Spec with { CreativeIds = [second] });
        await bench.DrainAsync();
        await EditAsync(bench, id, campaign.Spec with { CreativeIds = [third] });
        await bench.DrainAsync();

        bench.Meta.Things.Count(t => t.Key.StartsWith("ad:", StringComparison.Ordinal)).ShouldBe(1);
        (await bench.Get<PauseCampaign>().RunAsync(bench.Scene.Manager, id, None)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();
        (await bench.ReadAsync(id)).Status.ShouldBe(CampaignStatus.Paused);
    }

    [Fact]
    public async Task Money_and_dates_change_in_one_operation_a_platform()
    {
        await using var bench = await LaunchBench.SetAsync();
        var (id, campaign) = await LaunchedAsync(bench, Platform.Meta);
        var end = DateTime.SpecifyKind(bench.Clock.GetUtcNow().AddDays(20).DateTime, DateTimeKind.Unspecified);

        await EditAsync(bench, id, campaign.Spec with { Budget = campaign.Spec.Budget with { AmountMicros = 140_000_000 }, Schedule = new ScheduleSpec { End = end, TimeZone = "UTC" } });
        await bench.DrainAsync();

        bench.Meta.LastBudget.ShouldBe(14_000);
        bench.Meta.Settings.ShouldHaveSingleItem()["end"]!.ToString().ShouldStartWith(end.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        (await bench.ReadAsync(id)).Platforms.Single().BudgetMicros.ShouldBe(140_000_000);
    }

    [Fact]
    public async Task An_end_that_has_passed_is_moved_on_and_sent()
    {
        await using var bench = await LaunchBench.SetAsync();
        var day = DateTime.SpecifyKind(bench.Clock.GetUtcNow().Date, DateTimeKind.Unspecified);
        var id = await bench.DraftAsync(schedule: new ScheduleSpec { End = day.AddDays(5), TimeZone = "UTC" }, platforms: Platform.Meta);
        (await bench.LaunchAsync(id)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();
        bench.Clock.Advance(TimeSpan.FromDays(6));
        var spec = (await bench.ReadAsync(id)).Spec;

        (await EditAsync(bench, id, spec with { Schedule = spec.Schedule with { End = day.AddDays(20) } })).Value.Platforms.ShouldHaveSingleItem().WhyNot.ShouldBeNull();
        await bench.DrainAsync();

        bench.Meta.Settings.ShouldHaveSingleItem()["end"]!.ToString().ShouldStartWith(day.AddDays(20).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Goal_platforms_and_kind_of_budget_stay_as_they_were_launched_and_each_is_named()
    {
        await using var bench = await LaunchBench.SetAsync();
        var (id, campaign) = await LaunchedAsync(bench);

        var refused = await EditAsync(bench, id, campaign.Spec with { Objective = Objective.Awareness, Platforms = [campaign.Spec.Platforms[0]], Budget = campaign.Spec.Budget with { Type = BudgetType.Lifetime } });

        refused.Refusal.ShouldBeOfType<CampaignPartsAreFixed>().Problems.Select(p => p.Field).ShouldBe(["objective", "platforms", "budget.type"]);
        (await bench.ReadAsync(id)).Spec.Objective.ShouldBe(Objective.Traffic);
    }

    [Fact]
    public async Task The_same_again_is_nothing_to_send()
    {
        await using var bench = await LaunchBench.SetAsync();
        var (id, campaign) = await LaunchedAsync(bench);
        (await EditAsync(bench, id, campaign.Spec)).Refusal.ShouldBeOfType<NothingToChange>();
    }

    [Fact]
    public async Task A_change_that_failed_on_one_platform_is_tried_again_there_alone()
    {
        await using var bench = await LaunchBench.SetAsync();
        var (id, campaign) = await LaunchedAsync(bench);
        bench.Google.Set("change", Fault.Policy);

        await EditAsync(bench, id, campaign.Spec with { Budget = campaign.Spec.Budget with { AmountMicros = 160_000_000 } });
        await bench.DrainAsync();
        bench.Meta.LastBudget.ShouldBe(8_000);
        bench.Google.LastBudget.ShouldBeNull();
        (await bench.ReadAsync(id)).Platforms.Single(p => p.Platform == Platform.Google).StatusDetail.ShouldBe(FakeAds.PolicyWords);

        (await bench.Get<RetryLaunch>().RunAsync(bench.Scene.Manager, id, Platform.Google, None)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();
        bench.Google.LastBudget.ShouldBe(8_000);
        bench.Meta.Calls.Count(c => c == "change").ShouldBe(1);
    }

    [Fact]
    public async Task What_is_written_of_a_change_is_kept_conflicts_are_shown_and_sending_ends_it()
    {
        await using var bench = await LaunchBench.SetAsync();
        var (id, campaign) = await LaunchedAsync(bench, Platform.Meta);
        var spec = campaign.Spec with { Budget = campaign.Spec.Budget with { AmountMicros = 150_000_000 } };

        var kept = (await bench.Get<SaveEdit>().RunAsync(bench.Scene.Manager, id, campaign.Name, spec, 0, None)).Value;
        bench.Meta.LastBudget.ShouldBeNull();
        (await bench.Get<SaveEdit>().RunAsync(bench.Scene.Admin, id, campaign.Name, campaign.Spec, 0, None)).Refusal.ShouldBeOfType<CampaignChangedMeanwhile>().Theirs.Spec.Budget.AmountMicros.ShouldBe(150_000_000);

        var review = (await bench.Get<ReviewEdit>().RunAsync(bench.Scene.Manager, id, campaign.Name, spec, None)).Value;
        review.CanSend.ShouldBeTrue();
        review.Differences.ShouldHaveSingleItem().Part.ShouldBe("budget");
        review.Platforms.ShouldHaveSingleItem().Steps.ShouldHaveSingleItem().Fields.ShouldContain(f => f.Name == "amount" && f.Value == "15000");

        (await bench.Get<EditCampaign>().RunAsync(bench.Scene.Manager, id, campaign.Name, spec, kept.Version, None)).IsDone.ShouldBeTrue();
        (await bench.Get<GetEdit>().RunAsync(bench.Scene.Manager, id, None)).Value.ShouldBeNull();
    }

    [Fact]
    public async Task Who_may_only_look_changes_nothing()
    {
        await using var bench = await LaunchBench.SetAsync();
        var (id, campaign) = await LaunchedAsync(bench);
        var spec = campaign.Spec with { Budget = campaign.Spec.Budget with { AmountMicros = 1_000_000_000 } };

        (await EditAsync(bench, id, spec, bench.Scene.Viewer)).Refusal.ShouldBeOfType<ManagerNeeded>();
        (await bench.Get<SaveEdit>().RunAsync(bench.Scene.Viewer, id, campaign.Name, spec, 0, None)).Refusal.ShouldBeOfType<ManagerNeeded>();
        (await EditAsync(bench, id, spec, Actor.Studio(Guid.NewGuid()))).Refusal.ShouldBeOfType<CampaignNotFound>();
    }

    private static Task<Result<WorkStarted>> EditAsync(LaunchBench bench, Guid id, CampaignSpec spec, Actor? by = null) =>
        bench.Get<EditCampaign>().RunAsync(by ?? bench.Scene.Manager, id, "Winter boots", spec, null, None);

    private static async Task<(Guid Id, Campaign Campaign)> LaunchedAsync(LaunchBench bench, params Platform[] platforms)
    {
        var id = await bench.DraftAsync(platforms: platforms);
        (await bench.LaunchAsync(id)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();
        var campaign = await bench.ReadAsync(id);
        campaign.Status.ShouldBe(CampaignStatus.Active);
        return (id, campaign);
    }

    private static async Task<Guid> CreativeAsync(LaunchBench bench, string text)
    {
        await using var db = await bench.Studio.OpenAsync(bench.Scene.Admin, None);
        var first = await db.Creatives.AsNoTracking().OrderBy(c => c.Id).FirstAsync();
        var other = new Creative
        {
            WorkspaceId = first.WorkspaceId, Name = text, Type = first.Type, PrimaryText = text, Headline = first.Headline, Description = first.Description, CallToAction = first.CallToAction, LinkUrl = first.LinkUrl, AssetIds = first.AssetIds,
        };
        db.Add(other);
        await db.SaveChangesAsync(None);
        return other.Id;
    }
}
