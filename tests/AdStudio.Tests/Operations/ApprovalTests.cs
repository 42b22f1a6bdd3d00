using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Operations;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Operations;

/// <summary>What becomes of a card.</summary>
public sealed class ApprovalTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Authority Drafts = new(AuthorityMode.Draft, AuthorityMode.Draft, AuthorityMode.Draft);

    [Fact]
    public async Task Accepting_sends_what_was_shown_for_who_asked_and_both_stand_in_the_audit()
    {
        await using var bench = await LaunchBench.SetAsync();
        var (id, approval, asked) = await AskedAsync(bench);
        var card = (await bench.Get<GetApproval>().RunAsync(bench.Scene.Manager, approval, None)).Value;
        card.Plan.Changes.ShouldContain(c => c.What == "Budget on Meta" && c.After == "$50.00 a day");
        card.Plan.Platforms.Select(p => p.Account).ShouldBe(["Acme Meta", "Acme Google"], ignoreOrder: true);

        var accepted = (await bench.Get<AcceptApproval>().RunAsync(bench.Scene.Admin, approval, None)).Value;
        await bench.DrainAsync();

        (accepted.Row.State, accepted.Row.DecidedByName).ShouldBe((ApprovalState.Accepted, bench.Scene.Admin.Name));
        accepted.Verdicts.ShouldHaveSingleItem().Decision.ShouldBe(ApprovalState.Accepted);
        (await bench.ReadAsync(id)).Status.ShouldBe(CampaignStatus.Active);
        (await AuthorityTests.WorksAsync(bench, id)).ShouldAllBe(o => o.RequestId == asked.RequestId && o.RequestedByName == "Partner" && o.RequestedVia == "v1");
        await using var db = await bench.Studio.OpenForEveryoneAsync(None);
        (await db.AuditEntries.Where(a => a.SubjectId == id && a.Verb == "launched").Select(a => a.ActorName).ToListAsync()).ShouldContain("Partner");
        (await db.AuditEntries.Where(a => a.SubjectId == approval && a.Verb == "accepted").Select(a => a.ActorName).ToListAsync()).ShouldHaveSingleItem().ShouldBe(bench.Scene.Admin.Name);
        (await db.StudioEvents.CountAsync(e => e.Name == EventNames.ApprovalNeeded && e.SubjectId == approval)).ShouldBe(1);
    }

    [Fact]
    public async Task Two_who_accept_at_once_start_one_work()
    {
        await using var bench = await LaunchBench.SetAsync();
        var (id, approval, _) = await AskedAsync(bench);

        var results = await Task.WhenAll(new[] { bench.Scene.Admin, bench.Scene.Manager, bench.Scene.Manager, bench.Scene.Admin }.Select(who => Task.Run(() => bench.Get<AcceptApproval>().RunAsync(who, approval, None))));
        await bench.DrainAsync();

        results.Count(r => r.IsDone).ShouldBe(1);
        results.Where(r => !r.IsDone).ShouldAllBe(r => r.Refusal is ConflictError);
        (await AuthorityTests.WorksAsync(bench, id)).Count.ShouldBe(2, "one a platform");
        bench.Meta.Things.Count(t => t.Key == "campaign").ShouldBe(1);
    }

    [Fact]
    public async Task What_was_rewritten_since_is_shown_anew_before_it_is_sent()
    {
        await using var bench = await LaunchBench.SetAsync();
        var (id, approval, _) = await AskedAsync(bench);
        var campaign = await bench.ReadAsync(id);
        (await bench.Get<SaveDraft>().RunAsync(bench.Scene.Manager, id, campaign.Name, campaign.Spec with { Budget = campaign.Spec.Budget with { AmountMicros = 300_000_000 } }, campaign.Version, None)).IsDone.ShouldBeTrue();

        (await bench.Get<AcceptApproval>().RunAsync(bench.Scene.Manager, approval, None)).Refusal.ShouldBeOfType<ApprovalShownAnew>();
        bench.Meta.Calls.ShouldBeEmpty();
        (await bench.Get<GetApproval>().RunAsync(bench.Scene.Manager, approval, None)).Value.Plan.Changes.ShouldContain(c => c.What == "Budget on Meta" && c.After == "$150.00 a day");

        (await bench.Get<AcceptApproval>().RunAsync(bench.Scene.Manager, approval, None)).Value.Row.State.ShouldBe(ApprovalState.Edited, "it is no longer what was asked");
    }

    [Fact]
    public async Task Looking_again_sends_nothing_and_what_was_shown_stays_acceptable()
    {
        await using var bench = await LaunchBench.SetAsync();
        var (id, approval, _) = await AskedAsync(bench);

        (await bench.Get<LookAgainAtApproval>().RunAsync(bench.Scene.Manager, approval, None)).Value.Row.State.ShouldBe(ApprovalState.Pending);

        (await bench.ReadAsync(id)).Status.ShouldBe(CampaignStatus.Draft);
        (await bench.Get<AcceptApproval>().RunAsync(bench.Scene.Manager, approval, None)).Value.Row.State.ShouldBe(ApprovalState.Accepted);
    }

    [Fact]
    public async Task Another_amount_is_accepted_in_place_of_the_one_that_was_asked()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync();
        await bench.LaunchAsync(id);
        await bench.DrainAsync();
        await AuthorityTests.SetAsync(bench, Drafts);
        var approval = (await bench.Get<ChangeBudget>().RunAsync(Key(bench), id, Money.FromUnits(400, "USD"), null, None)).Value.ApprovalId!.Value;

        var edited = await bench.Get<EditApproval>().RunAsync(bench.Scene.Manager, approval, new() { Budget = Money.FromUnits(200, "USD") }, None);
        await bench.DrainAsync();

        edited.Value.Row.State.ShouldBe(ApprovalState.Edited);
        bench.Meta.LastBudget.ShouldBe(10_000, "half of it, in cents");
        (await bench.Get<EditApproval>().RunAsync(bench.Scene.Manager, approval, new() { Budget = Money.FromUnits(1, "USD") }, None)).Refusal.ShouldBeOfType<ApprovalDecided>();
    }

    [Fact]
    public async Task What_is_done_otherwise_overtakes_what_waits()
    {
        await using var bench = await LaunchBench.SetAsync();
        var (launched, first, _) = await AskedAsync(bench);
        var (deleted, second, _) = await AskedAsync(bench, "Deleted");
        await AuthorityTests.SetAsync(bench, Authority.Full);

        (await bench.LaunchAsync(launched)).Value.Waits.ShouldBeFalse();
        (await bench.Get<DeleteCampaign>().RunAsync(bench.Scene.Manager, deleted, None)).IsDone.ShouldBeTrue();

        foreach (var approval in new[] { first, second })
            (await bench.Get<GetApproval>().RunAsync(bench.Scene.Admin, approval, None)).Value.ShouldSatisfyAllConditions(a => a.Row.State.ShouldBe(ApprovalState.Superseded), a => a.Verdicts[0].Decision.ShouldBe(ApprovalState.Superseded));
        (await bench.Get<AcceptApproval>().RunAsync(bench.Scene.Admin, first, None)).Refusal.ShouldBeOfType<ApprovalDecided>();
    }

    [Fact]
    public async Task Declining_says_why_and_sends_nothing_and_nobody_decides_late()
    {
        await using var bench = await LaunchBench.SetAsync();
        var (id, declined, _) = await AskedAsync(bench);
        var (_, late, _) = await AskedAsync(bench, "Late");

        (await bench.Get<DeclineApproval>().RunAsync(bench.Scene.Manager, declined, " ", None)).Refusal.ShouldBeOfType<InvalidError>();
        (await bench.Get<DeclineApproval>().RunAsync(bench.Scene.Manager, declined, "Too dear", None)).Value.Row.ShouldSatisfyAllConditions(r => r.State.ShouldBe(ApprovalState.Declined), r => r.Reason.ShouldBe("Too dear"));
        bench.Clock.Advance(Approval.KeptFor);
        (await bench.Get<AcceptApproval>().RunAsync(bench.Scene.Manager, late, None)).Refusal.ShouldBeOfType<ApprovalDecided>().State.ShouldBe(ApprovalState.Expired);
        (await bench.Get<ExpireApprovals>().RunAsync(None)).ShouldBe(1);

        (await bench.ReadAsync(id)).Status.ShouldBe(CampaignStatus.Draft);
        (await bench.Get<ListApprovals>().RunAsync(bench.Scene.Manager, new(State: ApprovalState.Pending), None)).Value.Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Viewers_see_and_do_not_decide_programs_neither_and_strangers_find_nothing()
    {
        await using var bench = await LaunchBench.SetAsync();
        var (_, approval, asked) = await AskedAsync(bench);
        var stranger = (await Scene.SetAsync(bench.Studio, "Rival")).Admin;

        (await bench.Get<GetApproval>().RunAsync(bench.Scene.Viewer, approval, None)).Value.MayDecide.ShouldBeFalse();
        (await bench.Get<GetVerdict>().RunAsync(bench.Scene.Viewer, asked.VerdictId!.Value, None)).IsDone.ShouldBeTrue();
        foreach (var (actor, kind) in new[] { (bench.Scene.Viewer, typeof(ApprovalNeedsManager)), (Key(bench), typeof(ApprovalNeedsPerson)), (stranger, typeof(ApprovalNotFound)), (bench.Scene.Manager with { Kind = ActorKind.Rule }, typeof(ApprovalNeedsPerson)) })
        {
            (await bench.Get<AcceptApproval>().RunAsync(actor, approval, None)).Refusal.ShouldBeOfType(kind);
            (await bench.Get<LookAgainAtApproval>().RunAsync(actor, approval, None)).Refusal.ShouldBeOfType(kind);
            (await bench.Get<EditApproval>().RunAsync(actor, approval, new(), None)).Refusal.ShouldBeOfType(kind);
            (await bench.Get<DeclineApproval>().RunAsync(actor, approval, "No", None)).Refusal.ShouldBeOfType(kind);
        }
        (await bench.Get<GetApproval>().RunAsync(stranger, approval, None)).Refusal.ShouldBeOfType<ApprovalNotFound>();
        (await bench.Get<GetVerdict>().RunAsync(stranger, asked.VerdictId!.Value, None)).Refusal.ShouldBeOfType<VerdictNotFound>();
        (await bench.Get<ListApprovals>().RunAsync(stranger, new(), None)).Value.Items.ShouldBeEmpty();
        (await bench.Get<CountApprovals>().RunAsync(stranger, null, None)).Value.ShouldBe(0);
        (await bench.Get<CountApprovals>().RunAsync(bench.Scene.Viewer, null, None)).Value.ShouldBe(1);
    }

    [Fact]
    public async Task An_axis_that_was_switched_off_since_denies_even_what_a_person_accepts()
    {
        await using var bench = await LaunchBench.SetAsync();
        var (id, approval, _) = await AskedAsync(bench);
        await AuthorityTests.SetAsync(bench, Drafts with { Structural = AuthorityMode.Off });

        (await bench.Get<AcceptApproval>().RunAsync(bench.Scene.Manager, approval, None)).Refusal.ShouldBeOfType<AuthorityDenied>();

        (await bench.ReadAsync(id)).Status.ShouldBe(CampaignStatus.Draft);
        (await bench.Get<GetApproval>().RunAsync(bench.Scene.Manager, approval, None)).Value.Row.State.ShouldBe(ApprovalState.Pending);
    }

    [Fact]
    public async Task A_change_of_creatives_and_budget_is_judged_by_both_axes_and_the_strictest_rules()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync();
        await bench.LaunchAsync(id);
        await bench.DrainAsync();
        await AuthorityTests.SetAsync(bench, Authority.Full.With(AuthorityAxis.Creative, AuthorityMode.Draft));
        var campaign = await bench.ReadAsync(id);
        var other = await bench.DraftAsync("With another creative");
        var spec = campaign.Spec with { CreativeIds = (await bench.ReadAsync(other)).Spec.CreativeIds, Budget = campaign.Spec.Budget with { AmountMicros = 150_000_000 } };

        var waiting = (await bench.Get<EditCampaign>().RunAsync(bench.Scene.Manager, id, campaign.Name, spec, null, None)).Value;

        var card = (await bench.Get<GetApproval>().RunAsync(bench.Scene.Manager, waiting.ApprovalId!.Value, None)).Value;
        card.Verdicts.Select(v => (v.Axis, v.Mode, v.Outcome)).ShouldBe(
            [(AuthorityAxis.Tactical, AuthorityMode.Auto, VerdictOutcome.NeedsApproval), (AuthorityAxis.Creative, AuthorityMode.Draft, VerdictOutcome.NeedsApproval)], ignoreOrder: true);
        card.Plan.Changes.Select(c => c.What).ShouldContain("Creatives");
        (await bench.Get<AcceptApproval>().RunAsync(bench.Scene.Manager, waiting.ApprovalId.Value, None)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();
        (await bench.ReadAsync(id)).Spec.CreativeIds.ShouldBe(spec.CreativeIds);
    }

    private static Actor Key(LaunchBench bench) => bench.Scene.Manager with { Kind = ActorKind.ApiKey, Id = Guid.CreateVersion7(), Name = "Partner", Via = "v1" };

    private static async Task<(Guid Campaign, Guid Approval, WorkStarted Asked)> AskedAsync(LaunchBench bench, string name = "Winter boots")
    {
        var id = await bench.DraftAsync(name);
        await AuthorityTests.SetAsync(bench, Drafts);
        var asked = (await bench.LaunchAsync(id, Key(bench))).Value;
        return (id, asked.ApprovalId!.Value, asked);
    }
}
