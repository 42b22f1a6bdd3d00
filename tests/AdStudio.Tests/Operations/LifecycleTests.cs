using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Operations;

public sealed class LifecycleTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Pause_and_resume_cascade_to_every_platform()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await LaunchedAsync(bench);

        (await bench.Get<PauseCampaign>().RunAsync(bench.Scene.Manager, id, None)).Value.Platforms.Count.ShouldBe(2);
        await bench.DrainAsync();
        (await bench.ReadAsync(id)).Status.ShouldBe(CampaignStatus.Paused);
        bench.Meta.Things.Concat(bench.Google.Things).ShouldNotContain(t => t.Active);
        (await bench.Get<PauseCampaign>().RunAsync(bench.Scene.Manager, id, None)).Refusal.ShouldBeOfType<CampaignNotRunning>();

        (await bench.Get<ResumeCampaign>().RunAsync(bench.Scene.Manager, id, None)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();
        (await bench.ReadAsync(id)).Status.ShouldBe(CampaignStatus.Active);
        bench.Meta.Things.Concat(bench.Google.Things).Count(t => t.Active).ShouldBe(2);
    }

    [Fact]
    public async Task Two_platforms_that_end_in_the_same_moment_do_not_leave_the_campaign_running()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await LaunchedAsync(bench);
        await using StudioDb one = await bench.Studio.OpenAsync(bench.Scene.Manager, None), other = await bench.Studio.OpenAsync(bench.Scene.Manager, None);
        async Task PausedAsync(StudioDb db, Platform platform)
        {
            var campaign = await db.Campaigns.Include(c => c.Platforms).SingleAsync(c => c.Id == id);
            campaign.Platforms.Single(p => p.Platform == platform).Status = PlatformStatus.Paused;
            db.Follow(campaign, bench.Get<TimeProvider>().GetUtcNow());
        }

        await PausedAsync(one, Platform.Meta);
        await PausedAsync(other, Platform.Google);
        await one.SaveChangesAsync();

        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => other.SaveChangesAsync());
        other.ChangeTracker.Clear();
        await PausedAsync(other, Platform.Google);
        await other.SaveChangesAsync();
        (await bench.ReadAsync(id)).Status.ShouldBe(CampaignStatus.Paused);
    }

    [Fact]
    public async Task Pausing_while_one_platform_still_launches_pauses_the_others_and_names_it()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync();
        bench.Google.Set("adset", Fault.RateLimited);
        await bench.LaunchAsync(id);
        while (await bench.Leases.ClaimAsync(None) is { } lease) await bench.WorkAsync(lease);

        var paused = (await bench.Get<PauseCampaign>().RunAsync(bench.Scene.Manager, id, None)).Value;

        paused.Platforms.Single(p => p.Platform == Platform.Meta).WhyNot.ShouldBeNull();
        paused.Platforms.Single(p => p.Platform == Platform.Google).WhyNot.ShouldBeOfType<AlreadyAtWork>().Message.ShouldContain("being launched on Google");
    }

    [Fact]
    public async Task Retry_goes_on_where_it_failed_with_the_text_as_it_is_now()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync(platforms: [Platform.Meta]);
        bench.Meta.Set("creative:1", Fault.Policy);
        await bench.LaunchAsync(id);
        await bench.DrainAsync();
        await using (var db = await bench.Studio.OpenAsync(bench.Scene.Manager, None))
        {
            (await db.Creatives.SingleAsync()).PrimaryText = "Boots for everybody.";
            await db.SaveChangesAsync();
        }

        (await bench.Get<RetryLaunch>().RunAsync(bench.Scene.Manager, id, Platform.Meta, None)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();

        (await bench.ReadAsync(id)).Status.ShouldBe(CampaignStatus.Active);
        (await bench.LastWorkAsync(id, Platform.Meta)).Steps.Single(s => s.Key == "creative:1").Body.ShouldContain("Boots for everybody.");
        bench.Meta.Things.Select(t => t.Key).ShouldBeUnique();
        bench.Meta.Calls.Count(c => c == "campaign").ShouldBe(1);
    }

    [Fact]
    public async Task Retry_refuses_when_the_money_has_changed_since_a_part_was_made()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync(platforms: [Platform.Meta]);
        bench.Meta.Set("campaign", Fault.Policy);
        await bench.LaunchAsync(id);
        await bench.DrainAsync();
        await using (var db = await bench.Studio.OpenAsync(bench.Scene.Manager, None))
        {
            var campaign = await db.Campaigns.Include(c => c.Targets).SingleAsync();
            campaign.Write(campaign.Name, campaign.Spec with { Budget = campaign.Spec.Budget with { AmountMicros = 900_000_000 } });
            await db.SaveChangesAsync();
        }

        (await bench.Get<RetryLaunch>().RunAsync(bench.Scene.Manager, id, Platform.Meta, None)).Refusal.ShouldBeOfType<LaunchedOtherwise>();
        (await bench.Get<RollBackLaunch>().RunAsync(bench.Scene.Manager, id, Platform.Meta, None)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();
        (await bench.LaunchAsync(id)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();

        (await bench.ReadAsync(id)).Platforms.Single().BudgetMicros.ShouldBe(900_000_000);
        bench.Meta.Things.Select(t => t.Key).ShouldBeUnique();
    }

    [Theory]
    [InlineData("adset", Fault.Policy)]
    [InlineData("ad:1", Fault.Policy)]
    [InlineData("activate", Fault.Policy)]
    public async Task Roll_back_leaves_nothing_on_the_platform_and_the_campaign_may_be_launched_again(string key, Fault fault)
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync(platforms: [Platform.Meta]);
        bench.Meta.Set(key, fault);
        await bench.LaunchAsync(id);
        await bench.DrainAsync();

        (await bench.Get<RollBackLaunch>().RunAsync(bench.Scene.Manager, id, Platform.Meta, None)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();

        bench.Meta.Things.ShouldBeEmpty();
        var campaign = await bench.ReadAsync(id);
        (campaign.Status, campaign.Platforms.Single().Status, campaign.Platforms.Single().ExternalId).ShouldBe((CampaignStatus.Draft, PlatformStatus.RolledBack, null));
        (await bench.Get<RollBackLaunch>().RunAsync(bench.Scene.Manager, id, Platform.Meta, None)).Refusal.ShouldBeOfType<NothingToRollBack>();

        (await bench.LaunchAsync(id)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();
        (await bench.ReadAsync(id)).Status.ShouldBe(CampaignStatus.Active);
        bench.Meta.Things.Select(t => t.Key).ShouldBeUnique();
    }

    [Fact]
    public async Task Roll_back_also_removes_what_was_made_when_its_answer_was_lost()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync(platforms: [Platform.Meta]);
        bench.Meta.Set("ad:1", Fault.TimeoutAfter);
        await bench.LaunchAsync(id);
        await bench.WorkAsync((await bench.Leases.ClaimAsync(None))!); // waits, not knowing
        bench.Meta.Things.ShouldContain(t => t.Key == "ad:1");

        (await bench.Get<RollBackLaunch>().RunAsync(bench.Scene.Manager, id, Platform.Meta, None)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();

        bench.Meta.Things.ShouldBeEmpty();
        (await bench.LastWorkAsync(id, Platform.Meta)).Kind.ShouldBe(OperationKind.RollBack);
    }

    [Fact]
    public async Task A_budget_change_is_split_anew_over_the_platforms()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await LaunchedAsync(bench);

        (await bench.Get<ChangeBudget>().RunAsync(bench.Scene.Manager, id, Money.FromUnits(300.01m, "USD"), null, None)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();

        var campaign = await bench.ReadAsync(id);
        campaign.BudgetMicros.ShouldBe(300_010_000);
        campaign.Platforms.Sum(p => p.BudgetMicros).ShouldBe(300_010_000);
        (bench.Meta.LastBudget + bench.Google.LastBudget).ShouldBe(30001);
        (await bench.Get<ChangeBudget>().RunAsync(bench.Scene.Manager, id, new Money(1_000_000, "EUR"), null, None)).Refusal.ShouldBeOfType<InvalidError>();
        (await bench.Get<ChangeBudget>().RunAsync(bench.Scene.Manager, id, Money.FromUnits(0.02m, "USD"), null, None)).Refusal.ShouldBeOfType<BudgetNotAllowed>();
    }

    [Fact]
    public async Task A_rejection_after_activation_shows_the_platforms_words_until_it_is_lifted()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await LaunchedAsync(bench);
        bench.Meta.Rejects = "Shoes of this kind may not be advertised.";
        bench.Clock.Advance(TimeSpan.FromMinutes(5));

        (await bench.Get<ReadAllStatuses>().RunAsync(None)).ShouldBe(0);

        var meta = (await bench.ReadAsync(id)).Platforms.Single(p => p.Platform == Platform.Meta);
        (meta.Status, meta.StatusDetail).ShouldBe((PlatformStatus.Rejected, "Shoes of this kind may not be advertised."));
        meta.AdSets.Single().Ads.Single().Review.ShouldBe("Shoes of this kind may not be advertised.");
        (await bench.ReadAsync(id)).Status.ShouldBe(CampaignStatus.Active, "Google still runs");

        bench.Meta.Rejects = null;
        (await bench.Get<ReadStatuses>().RunAsync(bench.Scene.Viewer, id, None)).Value.Single(p => p.Platform == Platform.Meta).Detail.ShouldBeNull();
    }

    [Fact]
    public async Task What_was_deleted_on_the_platform_shows_as_deleted()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await LaunchedAsync(bench);
        bench.Meta.Things.Clear();
        bench.Clock.Advance(TimeSpan.FromMinutes(5));

        await bench.Get<ReadAllStatuses>().RunAsync(None);

        var meta = (await bench.ReadAsync(id)).Platforms.Single(p => p.Platform == Platform.Meta);
        meta.Status.ShouldBe(PlatformStatus.Deleted);
        meta.StatusDetail.ShouldBe("It was deleted on Meta.");
    }

    [Fact]
    public async Task A_campaign_completes_when_its_end_has_passed_in_its_accounts_zone()
    {
        await using var bench = await LaunchBench.SetAsync();
        var end = TimeZoneInfo.ConvertTime(bench.Clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("America/New_York")).DateTime.AddDays(3);
        var id = await bench.DraftAsync(schedule: new ScheduleSpec { End = end });
        await bench.LaunchAsync(id);
        await bench.DrainAsync();
        bench.Clock.Advance(TimeSpan.FromDays(3) - TimeSpan.FromHours(1));
        await bench.Get<ReadAllStatuses>().RunAsync(None);
        (await bench.ReadAsync(id)).Status.ShouldBe(CampaignStatus.Active);

        bench.Clock.Advance(TimeSpan.FromHours(2));
        await bench.Get<ReadAllStatuses>().RunAsync(None);

        (await bench.ReadAsync(id)).Status.ShouldBe(CampaignStatus.Completed);
    }

    [Fact]
    public async Task Bulk_work_has_a_result_for_each()
    {
        await using var bench = await LaunchBench.SetAsync();
        var launched = await LaunchedAsync(bench);
        var (ready, empty, unknown) = (await bench.DraftAsync("Ready"), await bench.DraftAsync("No money", dollarsADay: 0), Guid.NewGuid());

        var results = (await bench.Get<BulkLaunch>().RunAsync(bench.Scene.Manager, [launched, ready, empty, unknown], None)).Value;

        results.Select(r => r.CampaignId).ShouldBe([launched, ready, empty, unknown]);
        results[0].WhyNot.ShouldBeOfType<CampaignIsLaunched>();
        results[1].Started.ShouldNotBeNull();
        results[2].WhyNot.ShouldBeOfType<CampaignNotReady>();
        results[3].WhyNot.ShouldBeOfType<CampaignNotFound>();
        await bench.DrainAsync();
        var paused = (await bench.Get<BulkPause>().RunAsync(bench.Scene.Manager, [ready, empty], None)).Value;
        (paused[0].WhyNot, paused[1].WhyNot?.GetType()).ShouldBe((null, typeof(CampaignNotRunning)));
    }

    [Fact]
    public async Task Viewers_are_refused_and_strangers_find_nothing_in_every_action()
    {
        await using var bench = await LaunchBench.SetAsync();
        var stranger = (await Scene.SetAsync(bench.Studio, "Rival")).Admin;
        var (launched, draft) = (await LaunchedAsync(bench), await bench.DraftAsync("Draft"));
        var later = PlannedStart.AtInstant(bench.Clock.GetUtcNow().AddDays(1));

        foreach (var (actor, kind) in new[] { (bench.Scene.Viewer, typeof(ForbiddenError)), (stranger, typeof(NotFoundError)) })
        {
            Refusal?[] refusals =
            [
                (await bench.LaunchAsync(draft, actor)).Refusal,
                (await bench.Get<ScheduleCampaign>().RunAsync(actor, draft, later, None)).Refusal,
                (await bench.Get<UnscheduleCampaign>().RunAsync(actor, draft, None)).Refusal,
                (await bench.Get<PauseCampaign>().RunAsync(actor, launched, None)).Refusal,
                (await bench.Get<ResumeCampaign>().RunAsync(actor, launched, None)).Refusal,
                (await bench.Get<RetryLaunch>().RunAsync(actor, launched, Platform.Meta, None)).Refusal,
                (await bench.Get<RollBackLaunch>().RunAsync(actor, launched, Platform.Meta, None)).Refusal,
                (await bench.Get<ChangeBudget>().RunAsync(actor, launched, new Money(500_000_000, "USD"), null, None)).Refusal,
                (await bench.Get<BulkLaunch>().RunAsync(actor, [draft], None)).Value[0].WhyNot,
                (await bench.Get<BulkPause>().RunAsync(actor, [launched], None)).Value[0].WhyNot,
            ];
            refusals.ShouldAllBe(r => r != null && r.GetType().IsAssignableTo(kind));
        }
        (await bench.Get<GetCampaignProgress>().RunAsync(stranger, launched, None)).Refusal.ShouldBeOfType<CampaignNotFound>();
        (await bench.Get<GetPlatformStatus>().RunAsync(stranger, launched, None)).Refusal.ShouldBeOfType<CampaignNotFound>();
        (await bench.Get<ReadStatuses>().RunAsync(stranger, launched, None)).Refusal.ShouldBeOfType<CampaignNotFound>();
        (await bench.Get<ListActivity>().RunAsync(stranger, null, ActivityFilter.All, 0, 20, None)).Value.Total.ShouldBe(0);
        (await bench.Get<GetCampaignProgress>().RunAsync(bench.Scene.Viewer, launched, None)).Value.MayAct.ShouldBeFalse();
        (await bench.ReadAsync(draft)).Status.ShouldBe(CampaignStatus.Draft);
    }

    [Fact]
    public async Task A_platform_that_is_not_connected_says_so_and_the_others_go_on()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync(platforms: [Platform.Meta, Platform.TikTok]);

        (await bench.LaunchAsync(id)).Value.Platforms.Single(p => p.Platform == Platform.TikTok).WhyNot.ShouldNotBeNull();
        await bench.DrainAsync();

        var campaign = await bench.ReadAsync(id);
        campaign.Status.ShouldBe(CampaignStatus.Active);
        var tikTok = campaign.Platforms.Single(p => p.Platform == Platform.TikTok);
        tikTok.Status.ShouldBe(PlatformStatus.NotConnected);
        tikTok.StatusDetail.ShouldNotBeNull().ShouldContain("TikTok isn't connected");
    }

    [Fact]
    public async Task Progress_and_activity_tell_what_was_done_by_whom()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync();
        bench.Google.Set("campaign", Fault.Policy);
        await bench.LaunchAsync(id);
        await bench.DrainAsync();

        var progress = (await bench.Get<GetCampaignProgress>().RunAsync(bench.Scene.Manager, id, None)).Value;
        progress.IsAtWork.ShouldBeFalse();
        var google = progress.Platforms.Single(p => p.Platform == Platform.Google);
        (google.CanRetry, google.CanRollBack, google.Work!.Words).ShouldBe((true, true, FakeAds.PolicyWords));
        google.Work.Steps.Single(s => s.Key == "campaign").Status.ShouldBe(StepStatus.Failed);
        progress.Platforms.Single(p => p.Platform == Platform.Meta).CanRetry.ShouldBeFalse();

        var activity = (await bench.Get<ListActivity>().RunAsync(bench.Scene.Viewer, bench.Scene.Workspace.Id, ActivityFilter.Failed, 0, 20, None)).Value.Items.ShouldHaveSingleItem();
        (activity.CampaignName, activity.By, activity.Kind, activity.Platforms.Count).ShouldBe(("Winter boots", "Mia", OperationKind.Launch, 2));
    }

    private static async Task<Guid> LaunchedAsync(LaunchBench bench)
    {
        var id = await bench.DraftAsync();
        (await bench.LaunchAsync(id)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();
        (await bench.ReadAsync(id)).Status.ShouldBe(CampaignStatus.Active);
        return id;
    }
}
