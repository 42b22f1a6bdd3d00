using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Insights;

/// <summary>Reading an account's numbers, on good days and bad ones.</summary>
public sealed class SyncTests : IClassFixture<Desk>, IAsyncLifetime
{
    private static readonly MetricSums Good = new(1_000, 50, 20_000_000, 3_000_000, 90_000_000);
    private readonly Desk desk;
    private Scene scene = null!;
    private Launched campaign = null!;

    public SyncTests(Desk desk) => this.desk = desk;

    private DateOnly Today => desk.Clock.Now.DayIn("America/New_York");

    public async Task InitializeAsync()
    {
        desk.Clock.Now = new DateTimeOffset(2026, 6, 15, 16, 0, 0, TimeSpan.Zero);
        desk.Meta.Before = _ => null;
        desk.Meta.NextToken = "fresh";
        desk.Meta.Questions.Clear();
        scene = await Scene.SetAsync(desk.Studio, $"S{Guid.NewGuid():N}"[..9]);
        campaign = await Launched.OnAsync(desk.Studio, scene, scene.Meta, "Summer", desk.Clock.Now.AddDays(-20));
        await using var db = await desk.Studio.OpenForEveryoneAsync(default);
        var connection = await db.Connections.SingleAsync(c => c.Id == scene.Meta.ConnectionId);
        (connection.AccessToken, connection.RefreshToken) = (desk.Get<Secrets>().Protect("first"), desk.Get<Secrets>().Protect("again"));
        await db.SaveChangesAsync();
        Answer(_ => Good);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_first_reading_begins_with_the_launch_and_stores_all_that_was_read()
    {
        var run = await SyncAsync();

        run.Status.ShouldBe(SyncStatus.Succeeded);
        run.Trigger.ShouldBe(SyncQueue.FirstRead);
        (run.From, run.To).ShouldBe((Today.AddDays(-20), Today));
        (run.RowsRead, run.RowsStored, run.Percent).ShouldBe((63, 63, 100));
        await using var db = await desk.Studio.OpenAsync(scene.Admin, default);
        (await db.AccountDays.SumAsync(d => d.Clicks)).ShouldBe(21 * 50);
        (await db.SyncRuns.AsNoTracking().SingleAsync()).ShouldSatisfyAllConditions(r => r.ActiveKey.ShouldBeNull(), r => r.FinishedAt.ShouldNotBeNull());
    }

    [Fact]
    public async Task Conversions_that_come_late_correct_days_already_read()
    {
        await SyncAsync();
        desk.Clock.Now = desk.Clock.Now.AddHours(1);
        Answer(day => day == Today.AddDays(-5) ? Good with { ConversionsMicros = 5_000_000 } : Good);

        var run = await SyncAsync();

        run.DaysRestated.ShouldBe(1);
        await using var db = await desk.Studio.OpenAsync(scene.Admin, default);
        (await db.AccountDays.SingleAsync(d => d.Day == Today.AddDays(-5))).ConversionsMicros.ShouldBe(5_000_000);
    }

    [Fact]
    public async Task Rows_of_campaigns_that_the_studio_does_not_know_are_counted_and_left_out()
    {
        var stranger = new InsightRow(MetricLevel.Campaign, "somebody-elses", null, null, Today, 9, 9, 9, 9, 9, null);
        desk.Meta.Answers(scene.Meta.Id, campaign.Rows(Today, Good).Append(stranger));

        var run = await SyncAsync();

        (run.Status, run.RowsStored, run.RowsOfOthers).ShouldBe((SyncStatus.Succeeded, 3, 1));
    }

    [Fact]
    public async Task Ads_that_do_not_add_up_to_their_campaign_make_the_reading_red_with_words()
    {
        var day = Today.AddDays(-3);
        desk.Meta.Answers(scene.Meta.Id, campaign.Rows(day, Good).Select(r => r.Level == MetricLevel.Ad ? r with { SpendMicros = 15_000_000 } : r));

        var run = await SyncAsync();

        run.Status.ShouldBe(SyncStatus.Failed);
        run.FailureText!.ShouldContain("On 12 June the ads of a campaign show $15.00 of spend and the campaign itself $20.00 of spend");
        // Asked once more before it was believed.
        desk.Meta.Questions.Count(q => q.From <= day && q.To >= day).ShouldBe(6);
    }

    [Fact]
    public async Task Half_a_cent_of_rounding_in_each_row_is_no_mismatch()
    {
        var day = Today.AddDays(-3);
        desk.Meta.Answers(scene.Meta.Id, campaign.Rows(day, Good).Select(r => r.Level == MetricLevel.Ad ? r with { SpendMicros = r.SpendMicros - 9_000 } : r));

        (await SyncAsync()).Status.ShouldBe(SyncStatus.Succeeded);
    }

    [Fact]
    public async Task Rows_that_come_twice_make_the_reading_red()
    {
        desk.Meta.Answers(scene.Meta.Id, campaign.Rows(Today.AddDays(-3), Good).Concat(campaign.Rows(Today.AddDays(-3), Good)));

        var run = await SyncAsync();

        (run.Status, run.RowsRead, run.RowsStored).ShouldBe((SyncStatus.Failed, 6, 3));
        run.FailureText!.ShouldContain("rows twice");
    }

    [Fact]
    public async Task A_token_that_expires_in_the_middle_is_renewed_and_the_reading_goes_on()
    {
        desk.Meta.Before = asked => asked is { Level: MetricLevel.AdSet, Access.AccessToken: "first" } ? Expired : null;

        var run = await SyncAsync();

        (run.Status, run.RowsStored).ShouldBe((SyncStatus.Succeeded, 63));
        desk.Meta.Questions[^1].Access.AccessToken.ShouldBe("fresh");
    }

    [Fact]
    public async Task A_token_that_cannot_be_renewed_ends_the_reading_and_says_what_to_do()
    {
        desk.Meta.Before = _ => Expired;
        desk.Meta.NextToken = null;

        var run = await SyncAsync();

        run.Status.ShouldBe(SyncStatus.Failed);
        run.FailureKind.ShouldBe(PlatformFailureKind.ExpiredAuthorization);
        run.FailureText!.ShouldContain("Reconnect");
        run.RetryAt.ShouldBeNull();
    }

    [Fact]
    public async Task A_platform_that_asks_to_wait_is_asked_again_when_it_said()
    {
        var later = desk.Clock.Now.AddMinutes(40);
        desk.Meta.Before = _ => new PlatformFailure(Platform.Meta, PlatformFailureKind.RateLimited, "User request limit reached") { RetryAt = later };
        var run = await SyncAsync();
        (run.Status, run.RetryAt).ShouldBe((SyncStatus.Failed, later));

        var queue = desk.Get<SyncQueue>();
        await queue.AskDueAsync(default);
        (await IsWaitingAsync()).ShouldBeFalse();

        desk.Clock.Now = later;
        await queue.AskDueAsync(default);
        (await IsWaitingAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Too_much_at_once_is_asked_for_in_halves()
    {
        desk.Meta.Before = asked => asked.To.DayNumber - asked.From.DayNumber >= 5 ? new PlatformFailure(Platform.Meta, PlatformFailureKind.TooMuchData, "Please reduce the amount of data you're asking for") : null;

        var run = await SyncAsync();

        (run.Status, run.RowsStored).ShouldBe((SyncStatus.Succeeded, 63));
    }

    [Fact]
    public async Task A_single_day_that_is_too_much_is_asked_for_in_parts_of_its_campaigns()
    {
        var others = new List<Launched>();
        for (var i = 0; i < 4; i++) others.Add(await Launched.OnAsync(desk.Studio, scene, scene.Meta, $"Other {i}", desk.Clock.Now.AddDays(-20)));
        var days = new DayRange(Today.AddDays(-20), Today);
        desk.Meta.Answers(scene.Meta.Id, days.Each().SelectMany(day => others.Append(campaign).SelectMany(c => c.Rows(day, Good))));
        var heavy = Today.AddDays(-7);
        desk.Meta.Before = asked => asked.From <= heavy && asked.To >= heavy && asked.Campaigns is not { Count: <= 2 } ? TooMuch : null;

        var run = await SyncAsync();

        (run.Status, run.RowsRead, run.RowsStored).ShouldBe((SyncStatus.Succeeded, 5 * 63, 5 * 63));
        desk.Meta.Questions.Where(q => q.Campaigns is not null).ShouldAllBe(q => q.From == heavy && q.To == heavy);
    }

    [Fact]
    public async Task One_campaigns_day_that_is_still_too_much_ends_the_reading_in_words()
    {
        desk.Meta.Before = _ => TooMuch;

        var run = await SyncAsync();

        (run.Status, run.FailureKind).ShouldBe((SyncStatus.Failed, PlatformFailureKind.TooMuchData));
        run.FailureText!.ShouldContain("even the smallest question");
    }

    [Fact]
    public async Task What_is_stored_stays_stored_and_the_next_try_goes_on_after_it()
    {
        var week = Today.AddDays(-6);
        desk.Meta.Before = asked => asked.To < week ? new PlatformFailure(Platform.Meta, PlatformFailureKind.Unavailable, "Service temporarily unavailable") : null;
        var first = await SyncAsync();
        (first.Status, first.RowsStored).ShouldBe((SyncStatus.Failed, 21));

        desk.Meta.Before = _ => null;
        desk.Meta.Questions.Clear();
        desk.Clock.Now = desk.Clock.Now.AddMinutes(10);
        var second = await SyncAsync();

        (second.Status, second.RowsStored).ShouldBe((SyncStatus.Succeeded, 42));
        desk.Meta.Questions.ShouldAllBe(q => q.To < week);
        await using var db = await desk.Studio.OpenAsync(scene.Admin, default);
        (await db.AccountDays.SumAsync(d => d.Clicks)).ShouldBe(21 * 50);
    }

    [Fact]
    public async Task What_was_stored_too_long_ago_is_asked_for_again()
    {
        desk.Meta.Before = asked => asked.To < Today.AddDays(-6) ? new PlatformFailure(Platform.Meta, PlatformFailureKind.Unavailable, "Service temporarily unavailable") : null;
        await SyncAsync();

        desk.Meta.Before = _ => null;
        desk.Clock.Now = desk.Clock.Now.AddHours(2);

        (await SyncAsync()).RowsStored.ShouldBe(63);
    }

    [Theory]
    [InlineData(PlatformFailureKind.VersionRetired, "AdStudio has to be updated", false)]
    [InlineData(PlatformFailureKind.MissingPermission, "Reconnect it under Connections", false)]
    [InlineData(PlatformFailureKind.NotFound, "Sync accounts", false)]
    [InlineData(PlatformFailureKind.InvalidRequest, "tell whoever runs AdStudio", false)]
    [InlineData(PlatformFailureKind.RejectedByPolicy, "Look at the account on Meta", false)]
    [InlineData(PlatformFailureKind.Unavailable, "tries again by itself", true)]
    [InlineData(PlatformFailureKind.UnknownOutcome, "tries again by itself", true)]
    [InlineData(PlatformFailureKind.RateLimited, "goes on by itself", true)]
    public async Task Every_failure_is_told_in_words_with_what_to_do(PlatformFailureKind kind, string words, bool byItself)
    {
        desk.Meta.Before = _ => new PlatformFailure(Platform.Meta, kind, "The platform's own words.");

        var run = await SyncAsync();

        (run.Status, run.FailureKind).ShouldBe((SyncStatus.Failed, kind));
        run.FailureText!.ShouldContain(words);
        run.RetryAt.HasValue.ShouldBe(byItself);
    }

    [Fact]
    public async Task A_platform_that_does_not_answer_holds_up_no_other()
    {
        List<Scene> scenes = [];
        for (var i = 0; i < 4; i++)
        {
            scenes.Add(await Scene.SetAsync(desk.Studio, $"L{Guid.NewGuid():N}"[..9]));
            await Launched.OnAsync(desk.Studio, scenes[i], scenes[i].Meta, "Meta", desk.Clock.Now.AddDays(-2));
            await Launched.OnAsync(desk.Studio, scenes[i], scenes[i].Google, "Google", desk.Clock.Now.AddDays(-2));
            await desk.Get<SyncWorkspaceInsights>().RunAsync(scenes[i].Admin, scenes[i].Workspace.Id, default);
        }
        var queue = desk.Get<SyncQueue>();
        // Meta's places are taken by readings that hang.
        await using var db = await desk.Studio.OpenForEveryoneAsync(default);
        var hanging = await db.SyncRuns.Where(r => r.ActiveKey != null && r.Platform == Platform.Meta).OrderBy(r => r.StartedAt).Take(SyncQueue.AtOnce).Select(r => r.Id).ToListAsync();
        var until = desk.Clock.Now.AddMinutes(4);
        await db.SyncRuns.Where(r => hanging.Contains(r.Id)).ExecuteUpdateAsync(set => set.SetProperty(r => r.LeaseUntil, until).SetProperty(r => r.Status, SyncStatus.Running));

        List<Guid> given = [];
        while (await queue.NextAsync(given, default) is { } next) given.Add(next.RunId);

        var platforms = await db.SyncRuns.Where(r => given.Contains(r.Id)).Select(r => r.Platform).Distinct().ToListAsync();
        platforms.ShouldBe([Platform.Google]);
        given.Count.ShouldBeGreaterThanOrEqualTo(4);
        await db.SyncRuns.Where(r => r.ActiveKey != null).ExecuteDeleteAsync();
    }

    [Fact]
    public async Task Two_at_once_are_one_and_the_second_is_told_so()
    {
        Result<SyncRun>? second = null;
        desk.Meta.Before = _ =>
        {
            second ??= desk.Get<SyncInsights>().RunAsync(scene.Manager, scene.Meta.Id, default).GetAwaiter().GetResult();
            return null;
        };

        var first = await SyncAsync();

        first.Status.ShouldBe(SyncStatus.Succeeded);
        second!.Value.Refusal.ShouldBeOfType<AlreadyReading>().RunId.ShouldBe(first.Id);
        await using var db = await desk.Studio.OpenAsync(scene.Admin, default);
        (await db.SyncRuns.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Sync_now_pressed_twice_joins_the_reading_that_waits()
    {
        var sync = desk.Get<SyncWorkspaceInsights>();

        var first = (await sync.RunAsync(scene.Manager, scene.Workspace.Id, default)).Value;
        var second = (await sync.RunAsync(scene.Viewer, scene.Workspace.Id, default)).Value;

        // Google has nothing launched, so there is nothing to read there.
        second.ShouldBe(first);
        first.Count.ShouldBe(1);
    }

    [Fact]
    public async Task When_a_worker_vanishes_the_next_one_takes_the_reading_up()
    {
        var runs = (await desk.Get<SyncWorkspaceInsights>().RunAsync(scene.Manager, scene.Workspace.Id, default)).Value;
        await using (var db = await desk.Studio.OpenForEveryoneAsync(default))
            await db.SyncRuns.Where(r => r.Id == runs[0]).ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, SyncStatus.Running).SetProperty(r => r.LeaseUntil, desk.Clock.Now.AddMinutes(5)));
        var carryOut = desk.Get<CarryOutSync>();

        (await carryOut.RunAsync(Studio, runs[0], default)).Refusal.ShouldBeOfType<ReadingIsTaken>();
        desk.Clock.Now = desk.Clock.Now.AddMinutes(6);

        (await carryOut.RunAsync(Studio, runs[0], default)).Value.Status.ShouldBe(SyncStatus.Succeeded);
    }

    [Fact]
    public async Task A_studio_that_stops_leaves_the_reading_waiting_for_the_next_start()
    {
        using var stop = new CancellationTokenSource();
        desk.Meta.Before = _ => { stop.Cancel(); return null; };
        var runs = (await desk.Get<SyncWorkspaceInsights>().RunAsync(scene.Manager, scene.Workspace.Id, default)).Value;

        await Should.ThrowAsync<OperationCanceledException>(() => desk.Get<CarryOutSync>().RunAsync(Studio, runs[0], stop.Token));

        (await IsWaitingAsync()).ShouldBeTrue();
        desk.Meta.Before = _ => null;
        (await desk.Get<CarryOutSync>().RunAsync(Studio, runs[0], default)).Value.Status.ShouldBe(SyncStatus.Succeeded);
    }

    [Fact]
    public async Task A_fault_of_our_own_is_thrown_and_the_reading_does_not_stay_open()
    {
        desk.Meta.Before = _ => throw new InvalidOperationException("A bug.");

        await Should.ThrowAsync<InvalidOperationException>(() => desk.Get<SyncInsights>().RunAsync(scene.Admin, scene.Meta.Id, default));

        await using var db = await desk.Studio.OpenAsync(scene.Admin, default);
        (await db.SyncRuns.SingleAsync()).ShouldSatisfyAllConditions(r => r.Status.ShouldBe(SyncStatus.Failed), r => r.ActiveKey.ShouldBeNull());
    }

    [Fact]
    public async Task Hourly_readings_are_asked_for_when_they_are_due()
    {
        await SyncAsync();
        var queue = desk.Get<SyncQueue>();

        desk.Clock.Now = desk.Clock.Now.AddMinutes(59);
        await queue.AskDueAsync(default);
        (await IsWaitingAsync()).ShouldBeFalse();

        desk.Clock.Now = desk.Clock.Now.AddMinutes(11);
        await queue.AskDueAsync(default);
        (await IsWaitingAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_stranger_and_somebody_without_a_grant_find_no_account()
    {
        var theirs = await Scene.SetAsync(desk.Studio, $"T{Guid.NewGuid():N}"[..9]);
        var sync = desk.Get<SyncInsights>();

        (await sync.RunAsync(theirs.Admin, scene.Meta.Id, default)).Refusal.ShouldBeOfType<NumbersOfAccountNotFound>();
        (await sync.RunAsync(scene.Viewer with { Accounts = new Dictionary<Guid, AccountAccess>() }, scene.Meta.Id, default)).Refusal.ShouldBeOfType<NumbersOfAccountNotFound>();
        (await desk.Get<SyncWorkspaceInsights>().RunAsync(theirs.Admin, scene.Workspace.Id, default)).Refusal.ShouldBeOfType<NumbersOfWorkspaceNotFound>();
    }

    private static readonly PlatformFailure Expired = new(Platform.Meta, PlatformFailureKind.ExpiredAuthorization, "Error validating access token");

    private static readonly PlatformFailure TooMuch = new(Platform.Meta, PlatformFailureKind.TooMuchData, "Please reduce the amount of data you're asking for");

    private Actor Studio => Actor.Studio(scene.Organization.Id);

    private void Answer(Func<DateOnly, MetricSums> sums) =>
        desk.Meta.Answers(scene.Meta.Id, new DayRange(Today.AddDays(-20), Today).Each().SelectMany(day => campaign.Rows(day, sums(day))));

    private async Task<SyncRun> SyncAsync() => (await desk.Get<SyncInsights>().RunAsync(scene.Manager, scene.Meta.Id, default)).Value;

    private async Task<bool> IsWaitingAsync()
    {
        await using var db = await desk.Studio.OpenAsync(scene.Admin, default);
        return await db.SyncRuns.AnyAsync(r => r.Status == SyncStatus.Waiting);
    }
}
