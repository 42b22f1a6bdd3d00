using System.Text.Json;
using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Operations;

/// <summary>Sends what was shown, for whoever asked. When it would be sent otherwise today nothing is sent, and the card shows it anew.</summary>
public sealed class AcceptApproval(ApprovalDesk desk)
{
    public Task<Result<ApprovalView>> RunAsync(Actor actor, Guid approvalId, CancellationToken ct) => desk.CarryOutAsync(actor, approvalId, AcceptanceKind.AsShown, null, ct);
}

/// <summary>Brings a card up to date with what would be sent now; sends nothing.</summary>
public sealed class LookAgainAtApproval(ApprovalDesk desk)
{
    public Task<Result<ApprovalView>> RunAsync(Actor actor, Guid approvalId, CancellationToken ct) => desk.CarryOutAsync(actor, approvalId, AcceptanceKind.LookAgain, null, ct);
}

/// <summary>What is to be otherwise. A launch names nothing: the campaign's draft was changed, and goes as it is written now.</summary>
public sealed record ApprovalChange
{
    /// <summary>Of a change of budget.</summary>
    public Money? Budget { get; init; }

    /// <summary>UTC; of a planned start.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>Of a change of a launched campaign.</summary>
    public SentCampaign? Edit { get; init; }
}

/// <summary>Accepts otherwise than it was asked: another amount, another start, the campaign as it was rewritten.</summary>
public sealed class EditApproval(ApprovalDesk desk)
{
    public Task<Result<ApprovalView>> RunAsync(Actor actor, Guid approvalId, ApprovalChange change, CancellationToken ct) => desk.CarryOutAsync(actor, approvalId, AcceptanceKind.Changed, change, ct);
}

/// <summary>Says no, and why; nothing is sent.</summary>
public sealed class DeclineApproval(Studio studio, TimeProvider time)
{
    public const int MostWords = 1000;

    public async Task<Result<ApprovalView>> RunAsync(Actor actor, Guid approvalId, string reason, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await ApprovalDesk.FindAsync(db, actor, approvalId, time.GetUtcNow(), ct)).TryGet(out var approval, out var refusal)) return refusal;
        if (reason.Trim().Length is 0 or > MostWords) return new InvalidError("reason", $"Say why, in up to {MostWords} characters: whoever asked reads it.");

        approval.Close(ApprovalState.Declined, actor.Id, actor.Name, reason.Trim(), time.GetUtcNow());
        await AuthorityGate.DecideVerdictsAsync(db, approval, ct);
        if (!await db.TrySaveAsync(ct)) return new ChangedMeanwhile(approval.Title);
        return await db.ViewAsync(actor, approval, ct);
    }
}

/// <summary>What accepting, changing and looking again share.</summary>
public sealed class ApprovalDesk(Studio studio, IEnumerable<ICarriesOut> carriers, OperationSignals signals, TimeProvider time)
{
    internal async Task<Result<ApprovalView>> CarryOutAsync(Actor actor, Guid approvalId, AcceptanceKind how, ApprovalChange? change, CancellationToken ct)
    {
        string verb, intent;
        Actor asker;
        Guid? campaign;
        await using (var db = await studio.OpenAsync(actor, ct))
        {
            if (!(await FindAsync(db, actor, approvalId, time.GetUtcNow(), ct)).TryGet(out var approval, out var whyNot)) return whyNot;
            if (Changed(approval, change) is { Refusal: { } unfit }) return unfit;
            (verb, intent, campaign) = (approval.Verb, Changed(approval, change).Value, approval.CampaignId);

            // Done by who asked, with what the accepting person may do: whose key is gone since does not take the accepted work along.
            asker = actor with { Kind = approval.AskedByKind, Id = approval.AskedById, Name = approval.AskedByName, Via = approval.AskedVia, Claim = null, Accepted = new Acceptance(approvalId, actor, how) };
        }
        var done = await carriers.Single(c => c.Verbs.Contains(verb)).CarryOutAsync(asker, verb, intent, ct);
        if (campaign is { } id) signals.Progressed(id);
        return await AfterAsync(actor, approvalId, how, done.Refusal, ct);
    }

    private async Task<Result<ApprovalView>> AfterAsync(Actor actor, Guid approvalId, AcceptanceKind how, Refusal? refusal, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var approval = await db.Approvals.Include(a => a.Accounts).SingleAsync(a => a.Id == approvalId, ct);
        if (refusal is ApprovalShownAnew && how == AcceptanceKind.LookAgain) return await db.ViewAsync(actor, approval, ct);
        if (refusal is not null) return approval.State != ApprovalState.Pending && approval.DecidedById != actor.Id ? new ApprovalDecided(approval.Title, approval.State, approval.DecidedByName) : refusal;
        if (approval.State == ApprovalState.Pending)
        {
            // Nothing was left to ask for: it goes on already, or stands so.
            await AuthorityGate.SupersedeAsync(db, approval, "there was nothing left to send", time.GetUtcNow(), ct);
            await db.TrySaveAsync(ct);
        }
        return await db.ViewAsync(actor, approval, ct);
    }

    /// <summary>The open card, tracked, when the actor may decide on it.</summary>
    internal static async Task<Result<Approval>> FindAsync(StudioDb db, Actor actor, Guid approvalId, DateTimeOffset now, CancellationToken ct)
    {
        var approval = await db.Approvals.Include(a => a.Accounts).VisibleTo(db, actor).SingleOrDefaultAsync(a => a.Id == approvalId, ct);
        if (approval is null) return new ApprovalNotFound();
        if (actor.Kind != ActorKind.Person) return new ApprovalNeedsPerson();
        if (!await db.MayDecideAsync(actor, approval, ct)) return new ApprovalNeedsManager(approval.Title);
        if (approval.State == ApprovalState.Pending && approval.ExpiresAt <= now) return new ApprovalDecided(approval.Title, ApprovalState.Expired, null);
        return approval.State == ApprovalState.Pending ? approval : new ApprovalDecided(approval.Title, approval.State, approval.DecidedByName);
    }

    private static Result<string> Changed(Approval approval, ApprovalChange? change)
    {
        if (change is null || change == new ApprovalChange()) return approval.Intent;
        if (!CampaignVerbs.All.Contains(approval.Verb)) return new ApprovalNotChangeable(approval.Title);
        var asked = CampaignCarrier.Read(approval.Intent);
        if (approval.Verb == CampaignVerbs.Budget && change.Budget is { } budget) asked = asked with { AmountMicros = budget.Micros, Currency = budget.Currency };
        else if (approval.Verb == CampaignVerbs.Schedule && change.StartAt is { } start) asked = asked with { StartAt = start };
        else if (approval.Verb == CampaignVerbs.Edit && change.Edit is { } edit) asked = asked with { Name = edit.Name, Spec = edit.Spec };
        else return new ApprovalNotChangeable(approval.Title);
        return JsonSerializer.Serialize(asked, StudioJson.Options);
    }
}

public sealed record ApprovalNotChangeable(string Title) : ConflictError($"“{Title}” can't be changed here. Accept it as it is, or decline it and say what should be otherwise.");

/// <summary>Ends what nobody decided in time.</summary>
[WithoutActor]
public sealed class ExpireApprovals(Studio studio, TimeProvider time)
{
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var late = await db.Approvals.Where(a => a.State == ApprovalState.Pending && a.ExpiresAt <= now).OrderBy(a => a.ExpiresAt).Take(200).ToListAsync(ct);
        foreach (var approval in late)
        {
            approval.Close(ApprovalState.Expired, null, null, "Nobody decided in time.", now);
            await AuthorityGate.DecideVerdictsAsync(db, approval, ct);
        }
        await db.TrySaveAsync(ct); // one that is decided in this moment is not late
        return late.Count;
    }
}
