using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Operations;

/// <summary>What is asked before a platform is touched, and what comes of off, draft and auto.</summary>
public sealed class AuthorityTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Authority Auto = Authority.Full;

    public static TheoryData<string, AuthorityAxis, ActorKind> Deeds()
    {
        var data = new TheoryData<string, AuthorityAxis, ActorKind>();
        foreach (var (verb, axis) in new[]
        {
            (CampaignVerbs.Launch, AuthorityAxis.Structural), (CampaignVerbs.Schedule, AuthorityAxis.Structural), (CampaignVerbs.Retry, AuthorityAxis.Structural), (CampaignVerbs.RollBack, AuthorityAxis.Structural),
            (CampaignVerbs.Pause, AuthorityAxis.Tactical), (CampaignVerbs.Resume, AuthorityAxis.Tactical), (CampaignVerbs.Budget, AuthorityAxis.Tactical), (CampaignVerbs.Edit, AuthorityAxis.Tactical),
        })
            foreach (var kind in new[] { ActorKind.Person, ActorKind.ApiKey, ActorKind.Rule })
                data.Add(verb, axis, kind);
        return data;
    }

    [Theory]
    [MemberData(nameof(Deeds))]
    public async Task Each_deed_asks_its_axis_once_and_sends_nothing_before_it_may(string verb, AuthorityAxis axis, ActorKind kind)
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await PrepareAsync(bench, verb);
        var who = bench.Scene.Manager with { Kind = kind, Name = "Whoever asks", Via = "api/v1" };
        var (before, calls) = (await bench.ReadAsync(id), bench.Meta.Calls.Count);
        var stops = verb == CampaignVerbs.Pause && kind == ActorKind.Person;

        await SetAsync(bench, Auto.With(axis, AuthorityMode.Off));
        var off = await DoAsync(bench, who, id, verb);
        if (stops)
        {
            off.Refusal.ShouldBeNull("a person is never kept from stopping");
            (await VerdictAsync(bench, off.Verdict!.Value)).ShouldSatisfyAllConditions(v => v.Outcome.ShouldBe(VerdictOutcome.Allowed), v => v.Mode.ShouldBe(AuthorityMode.Off), v => v.Reason.ShouldBe("stopping is always allowed"));
            return;
        }
        var denied = off.Refusal.ShouldBeOfType<AuthorityDenied>();
        (denied.Axis, denied.CurrentMode).ShouldBe((axis, AuthorityMode.Off));
        (await VerdictAsync(bench, denied.VerdictId)).ShouldSatisfyAllConditions(
            v => v.Outcome.ShouldBe(VerdictOutcome.Denied), v => v.Verb.ShouldBe(verb), v => v.CampaignId.ShouldBe(id), v => (v.AskedByKind, v.AskedByName, v.AskedVia).ShouldBe((kind, "Whoever asks", "api/v1")));

        await SetAsync(bench, Auto.With(axis, AuthorityMode.Draft));
        var waiting = await DoAsync(bench, who, id, verb);
        waiting.Refusal.ShouldBeNull();
        var approval = waiting.Approval.ShouldNotBeNull();
        (await bench.Get<GetApproval>().RunAsync(bench.Scene.Manager, approval, None)).Value.ShouldSatisfyAllConditions(
            a => a.Row.State.ShouldBe(ApprovalState.Pending), a => a.Row.VerdictId.ShouldBe(waiting.Verdict!.Value), a => a.MayDecide.ShouldBeTrue(), a => a.Plan.Platforms.ShouldNotBeEmpty(),
            a => a.Plan.Platforms.Where(p => p.WhyNot is null).ShouldAllBe(p => p.Requests.Count > 0));
        (await DoAsync(bench, who, id, verb)).Approval.ShouldBe(approval, "asking twice makes one card");
        await bench.DrainAsync();
        bench.Meta.Calls.Count.ShouldBe(calls, "nothing was sent");
        (await bench.ReadAsync(id)).ShouldSatisfyAllConditions(c => c.Version.ShouldBe(before.Version), c => c.Status.ShouldBe(before.Status), c => c.ScheduledFor.ShouldBeNull());

        (await bench.Get<AcceptApproval>().RunAsync(bench.Scene.Manager, approval, None)).Value.Row.State.ShouldBe(ApprovalState.Accepted);
        await bench.DrainAsync();
        var after = await bench.ReadAsync(id);
        after.Version.ShouldBeGreaterThan(before.Version);
        if (verb != CampaignVerbs.Schedule) (await WorksAsync(bench, id)).ShouldContain(o => o.VerdictId == waiting.Verdict && (verb == CampaignVerbs.Retry || (o.RequestedByKind == kind && o.RequestedByName == "Whoever asks")));
    }

    [Theory]
    [InlineData(ActorKind.Person)]
    [InlineData(ActorKind.ApiKey)]
    public async Task On_auto_it_runs_and_names_the_verdict_that_was_saved_with_it(ActorKind kind)
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync();

        var started = (await bench.LaunchAsync(id, bench.Scene.Manager with { Kind = kind })).Value;

        started.Waits.ShouldBeFalse();
        (await VerdictAsync(bench, started.VerdictId!.Value)).ShouldSatisfyAllConditions(v => v.Outcome.ShouldBe(VerdictOutcome.Allowed), v => v.Mode.ShouldBe(AuthorityMode.Auto), v => v.Reason.ShouldBeNull());
        (await WorksAsync(bench, id)).ShouldAllBe(o => o.VerdictId == started.VerdictId && o.RequestId == started.RequestId);
    }

    [Fact]
    public async Task What_is_refused_for_another_reason_asks_nobody()
    {
        await using var bench = await LaunchBench.SetAsync();
        await SetAsync(bench, new(AuthorityMode.Off, AuthorityMode.Off, AuthorityMode.Off));
        var id = await bench.DraftAsync(dollarsADay: 0);

        (await bench.LaunchAsync(id)).Refusal.ShouldBeOfType<CampaignNotReady>();
        (await bench.Get<ResumeCampaign>().RunAsync(bench.Scene.Manager, id, None)).Refusal.ShouldBeOfType<CampaignNotPaused>();

        await using var db = await bench.Studio.OpenForEveryoneAsync(None);
        (await db.Verdicts.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_campaign_binds_more_tightly_than_its_workspace_and_programs_may_only_tighten()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync();
        var key = bench.Scene.Manager with { Kind = ActorKind.ApiKey };
        var tight = Auto.With(AuthorityAxis.Structural, AuthorityMode.Off);

        (await bench.Get<SetCampaignAuthority>().RunAsync(key, id, tight, None)).Value.Effective.Structural.ShouldBe(AuthorityMode.Off);
        (await bench.LaunchAsync(id)).Refusal.ShouldBeOfType<AuthorityDenied>();
        (await bench.Get<SetCampaignAuthority>().RunAsync(key, id, null, None)).Refusal.ShouldBeOfType<AuthorityLoosenedByPeople>();
        (await bench.Get<SetWorkspaceAuthority>().RunAsync(bench.Scene.Manager, bench.Scene.Workspace.Id, tight, None)).Refusal.ShouldBeOfType<WorkspaceAdminNeeded>();
        (await bench.Get<SetWorkspaceAuthority>().RunAsync(bench.Scene.Admin, bench.Scene.Workspace.Id, tight, None)).IsDone.ShouldBeTrue();
        (await bench.Get<SetCampaignAuthority>().RunAsync(bench.Scene.Manager, id, null, None)).Value.Effective.ShouldBe(tight, "the workspace's still counts");
        (await bench.LaunchAsync(id)).Refusal.ShouldBeOfType<AuthorityDenied>();
    }

    [Fact]
    public async Task A_campaign_that_is_created_switched_off_starts_by_its_workspaces_authority_and_is_bound_afterwards()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync();
        await bench.Get<SetCampaignAuthority>().RunAsync(bench.Scene.Manager, id, new(AuthorityMode.Off, AuthorityMode.Off, AuthorityMode.Off), None);

        (await bench.Get<LaunchCampaign>().RunAsync(bench.Scene.Manager, id, None, new() { WithCreation = true })).Value.Waits.ShouldBeFalse();
        await bench.DrainAsync();

        (await bench.Get<RollBackLaunch>().RunAsync(bench.Scene.Manager, id, Platform.Meta, None)).Refusal.ShouldBeOfType<AuthorityDenied>();
        (await bench.Get<ChangeBudget>().RunAsync(bench.Scene.Manager, id, Money.FromUnits(150, "USD"), null, None)).Refusal.ShouldBeOfType<AuthorityDenied>().Axis.ShouldBe(AuthorityAxis.Tactical);
    }

    [Fact]
    public async Task A_planned_start_is_not_asked_twice_unless_it_changed_or_the_axis_was_switched_off()
    {
        await using var bench = await LaunchBench.SetAsync();
        var (same, changed, off) = (await bench.DraftAsync("Same"), await bench.DraftAsync("Changed"), await bench.DraftAsync("Off"));
        foreach (var id in new[] { same, changed, off })
            (await bench.Get<ScheduleCampaign>().RunAsync(bench.Scene.Manager, id, PlannedStart.AtInstant(bench.Clock.GetUtcNow().AddHours(1)), None)).Value.Waits.ShouldBeFalse();
        var rewritten = await bench.ReadAsync(changed);
        (await bench.Get<SaveDraft>().RunAsync(bench.Scene.Manager, changed, "Changed since", rewritten.Spec, rewritten.Version, None)).IsDone.ShouldBeTrue();
        await bench.Get<SetCampaignAuthority>().RunAsync(bench.Scene.Manager, off, Auto.With(AuthorityAxis.Structural, AuthorityMode.Off), None);
        await SetAsync(bench, Auto.With(AuthorityAxis.Structural, AuthorityMode.Draft));
        bench.Clock.Advance(TimeSpan.FromHours(2));

        (await bench.Get<LaunchScheduled>().RunAsync(None)).ShouldBe(1);

        (await bench.ReadAsync(same)).Status.ShouldBe(CampaignStatus.Launching);
        (await bench.ReadAsync(changed)).Status.ShouldBe(CampaignStatus.Draft, "it waits for a person");
        (await bench.Get<ListApprovals>().RunAsync(bench.Scene.Manager, new() { CampaignId = changed }, None)).Value.Items.ShouldHaveSingleItem().State.ShouldBe(ApprovalState.Pending);
        (await bench.ReadAsync(off)).ShouldSatisfyAllConditions(c => c.Status.ShouldBe(CampaignStatus.Failed), c => c.Platforms.ShouldAllBe(p => p.StatusDetail!.Contains("switched off")));
    }

    private static async Task<Guid> PrepareAsync(LaunchBench bench, string verb)
    {
        var id = await bench.DraftAsync();
        if (verb is CampaignVerbs.Launch or CampaignVerbs.Schedule) return id;
        if (verb == CampaignVerbs.Retry) bench.Meta.Set("adset", Fault.Policy);
        (await bench.LaunchAsync(id)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();
        if (verb == CampaignVerbs.Resume)
        {
            (await bench.Get<PauseCampaign>().RunAsync(bench.Scene.Manager, id, None)).IsDone.ShouldBeTrue();
            await bench.DrainAsync();
        }
        return id;
    }

    private static async Task<(Refusal? Refusal, Guid? Verdict, Guid? Approval)> DoAsync(LaunchBench bench, Actor who, Guid id, string verb)
    {
        if (verb == CampaignVerbs.Schedule)
        {
            var planned = await bench.Get<ScheduleCampaign>().RunAsync(who, id, PlannedStart.AtInstant(new DateTimeOffset(2027, 11, 1, 9, 0, 0, TimeSpan.Zero)), None);
            return planned.IsDone ? (null, planned.Value.VerdictId, planned.Value.ApprovalId) : (planned.Refusal, null, null);
        }
        var campaign = await bench.ReadAsync(id);
        var result = verb switch
        {
            CampaignVerbs.Launch => await bench.LaunchAsync(id, who),
            CampaignVerbs.Retry => await bench.Get<RetryLaunch>().RunAsync(who, id, Platform.Meta, None),
            CampaignVerbs.RollBack => await bench.Get<RollBackLaunch>().RunAsync(who, id, Platform.Meta, None),
            CampaignVerbs.Pause => await bench.Get<PauseCampaign>().RunAsync(who, id, None),
            CampaignVerbs.Resume => await bench.Get<ResumeCampaign>().RunAsync(who, id, None),
            CampaignVerbs.Budget => await bench.Get<ChangeBudget>().RunAsync(who, id, Money.FromUnits(150, "USD"), null, None),
            _ => await bench.Get<EditCampaign>().RunAsync(who, id, campaign.Name, campaign.Spec with { Audience = campaign.Spec.Audience with { AgeMin = 30 } }, null, None),
        };
        return result.IsDone ? (null, result.Value.VerdictId, result.Value.ApprovalId) : (result.Refusal, null, null);
    }

    internal static async Task SetAsync(LaunchBench bench, Authority authority) =>
        (await bench.Get<SetWorkspaceAuthority>().RunAsync(bench.Scene.Admin, bench.Scene.Workspace.Id, authority, None)).IsDone.ShouldBeTrue();

    internal static async Task<Verdict> VerdictAsync(LaunchBench bench, Guid id)
    {
        await using var db = await bench.Studio.OpenForEveryoneAsync(None);
        return await db.Verdicts.AsNoTracking().SingleAsync(v => v.Id == id);
    }

    internal static async Task<List<Operation>> WorksAsync(LaunchBench bench, Guid campaignId)
    {
        await using var db = await bench.Studio.OpenForEveryoneAsync(None);
        return await db.Operations.AsNoTracking().Where(o => o.CampaignId == campaignId).ToListAsync();
    }
}
