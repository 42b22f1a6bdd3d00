using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

/// <summary>
/// Asked once by every action that touches a platform, after all else that could refuse it. Allowed: the verdict waits in the context for the action's own save.
/// Not allowed: whatever else the action had prepared in the context is dropped, and the verdict, with its approval, is saved here.
/// </summary>
public sealed class AuthorityGate(TimeProvider time)
{
    public async Task<Result<Judgement>> AskAsync(StudioDb db, Actor actor, Deed deed, CancellationToken ct)
    {
        if (!actor.ReachesPlatforms) return new SandboxKeyStopsHere();
        var workspace = await db.Workspaces.AsNoTracking().Where(w => w.Id == deed.WorkspaceId).Select(w => w.Authority).SingleAsync(ct);
        var modes = workspace.TightenedBy(deed.Narrowing);
        if (actor.Accepted is { } acceptance) return await AcceptedAsync(db, acceptance, actor, deed, modes, ct);
        if (deed.AllowedBefore is { } before && deed.Axes.All(a => modes.Of(a) != AuthorityMode.Off)) return new Judgement(before, null, Guid.CreateVersion7());

        var (verdicts, strictest) = Judge(actor, deed, modes);
        switch (strictest.Outcome)
        {
            case VerdictOutcome.Allowed:
                await SupersedeAsync(db, deed, null, ct);
                db.AddRange(verdicts);
                return new Judgement(strictest.Id, null, Guid.CreateVersion7());
            case VerdictOutcome.Denied:
                return await DenyAsync(db, verdicts, strictest, ct);
            default:
                return await WaitAsync(db, actor, deed, verdicts, strictest, ct);
        }
    }

    /// <summary>The same for what answers with its result at once: null when it may be done; else why not, waiting included.</summary>
    public async Task<Refusal?> WhyNotAsync(StudioDb db, Actor actor, Deed deed, CancellationToken ct) =>
        !(await AskAsync(db, actor, deed, ct)).TryGet(out var judgement, out var refusal) ? refusal
        : judgement.ApprovalId is { } approval ? new WaitsForApproval(approval, judgement.VerdictId, deed.Title) : null;

    private (List<Verdict> All, Verdict Strictest) Judge(Actor actor, Deed deed, Authority modes)
    {
        var reason = deed.AlwaysBecause ?? (deed.Stops && actor.Kind == ActorKind.Person ? "stopping is always allowed" : null);
        var tightest = deed.Axes.Min(modes.Of);
        var outcome = reason is not null ? VerdictOutcome.Allowed : tightest switch { AuthorityMode.Off => VerdictOutcome.Denied, AuthorityMode.Draft => VerdictOutcome.NeedsApproval, _ => VerdictOutcome.Allowed };
        var now = time.GetUtcNow();
        List<Verdict> verdicts = [.. deed.Axes.Distinct().Select(axis => new Verdict
        {
            OrganizationId = actor.OrganizationId, Axis = axis, Mode = modes.Of(axis), Outcome = outcome, Reason = modes.Of(axis) == AuthorityMode.Auto ? null : reason, Verb = deed.Verb, Subject = deed.Subject, SubjectId = deed.SubjectId,
            SubjectName = Short(deed.SubjectName, 256), WorkspaceId = deed.WorkspaceId, CampaignId = deed.CampaignId, AdAccountId = deed.Accounts is [var only] ? only : null,
            AskedByKind = actor.Kind, AskedById = actor.Id, AskedByName = Short(actor.Name, 256), AskedVia = actor.Via, At = now,
        })];
        return (verdicts, verdicts.First(v => v.Mode == tightest));
    }

    private static async Task<Result<Judgement>> DenyAsync(StudioDb db, List<Verdict> verdicts, Verdict strictest, CancellationToken ct)
    {
        db.DropChanges();
        db.AddRange(verdicts);
        await db.SaveChangesAsync(ct);
        return new AuthorityDenied(strictest.Id, strictest.Axis, strictest.Mode);
    }

    private async Task<Result<Judgement>> WaitAsync(StudioDb db, Actor actor, Deed deed, List<Verdict> verdicts, Verdict strictest, CancellationToken ct)
    {
        var plan = await deed.Plan(ct);
        var print = PrintOf(deed, plan);
        var key = $"{deed.SubjectId:N}:{deed.Verb}:{print}";
        for (var attempt = 1; ; attempt++)
        {
            db.DropChanges();
            var approval = await db.Approvals.SingleOrDefaultAsync(a => a.PendingKey == key, ct);
            if (approval is null)
            {
                db.Add(approval = new Approval
                {
                    OrganizationId = actor.OrganizationId, WorkspaceId = deed.WorkspaceId, CampaignId = deed.CampaignId, VerdictId = strictest.Id, Verb = deed.Verb, Subject = deed.Subject, SubjectId = deed.SubjectId,
                    SubjectName = Short(deed.SubjectName, 256), Title = Short(deed.Title, 384), Intent = Store(deed.Intent), Plan = plan, Fingerprint = print, AskedFingerprint = print, PendingKey = key,
                    AskedByKind = actor.Kind, AskedById = actor.Id, AskedByName = Short(actor.Name, 256), AskedVia = actor.Via, AskedAt = strictest.At, ExpiresAt = strictest.At + Approval.KeptFor,
                });
                approval.Accounts.AddRange(deed.Accounts.Distinct().Select(id => new ApprovalAccount { OrganizationId = actor.OrganizationId, AdAccountId = id }));
            }
            await SupersedeAsync(db, deed, approval.Id, ct);
            foreach (var verdict in verdicts) verdict.ApprovalId = approval.Id;
            db.AddRange(verdicts);
            try
            {
                await db.SaveChangesAsync(ct);
                return new Judgement(strictest.Id, approval.Id, approval.RequestId);
            }
            catch (DbUpdateException failure) when (attempt < 8 && (failure is DbUpdateConcurrencyException || db.IsDuplicate(failure)))
            {
                // Somebody asked for the same, or decided on what it supersedes, in the same moment.
            }
        }
    }

    /// <summary>Carries out only what the person saw: what would be sent otherwise today is put on the card first.</summary>
    private async Task<Result<Judgement>> AcceptedAsync(StudioDb db, Acceptance acceptance, Actor actor, Deed deed, Authority modes, CancellationToken ct)
    {
        var plan = await deed.Plan(ct);
        var print = PrintOf(deed, plan);
        var approval = await db.Approvals.SingleAsync(a => a.Id == acceptance.ApprovalId, ct);
        if (approval.State != ApprovalState.Pending) return new ApprovalDecided(approval.Title, approval.State, approval.DecidedByName);
        if (approval.SubjectId != deed.SubjectId || approval.Verb != deed.Verb) throw new InvalidOperationException($"The approval is about {approval.Verb} {approval.SubjectId}, not {deed.Verb} {deed.SubjectId}.");
        if (deed.AlwaysBecause is null && deed.Axes.Any(a => modes.Of(a) == AuthorityMode.Off))
        {
            var (verdicts, strictest) = Judge(actor, deed with { Stops = false }, modes);
            foreach (var verdict in verdicts) verdict.ApprovalId = approval.Id;
            return await DenyAsync(db, verdicts, strictest, ct);
        }
        if (acceptance.How == AcceptanceKind.LookAgain || (acceptance.How == AcceptanceKind.AsShown && print != approval.Fingerprint)) return await ShowAnewAsync(db, approval.Id, deed, plan, print, ct);

        var now = time.GetUtcNow();
        (approval.Plan, approval.Fingerprint, approval.Intent) = (plan, print, Store(deed.Intent));
        approval.Close(print == approval.AskedFingerprint ? ApprovalState.Accepted : ApprovalState.Edited, acceptance.By.Id, acceptance.By.Name, null, now);
        await DecideVerdictsAsync(db, approval, ct);
        await SupersedeAsync(db, deed, approval.Id, ct);
        return new Judgement(approval.VerdictId, null, approval.RequestId);
    }

    private static async Task<Result<Judgement>> ShowAnewAsync(StudioDb db, Guid approvalId, Deed deed, ApprovalPlan plan, string print, CancellationToken ct)
    {
        db.DropChanges();
        var approval = await db.Approvals.SingleAsync(a => a.Id == approvalId, ct);
        if (approval.Fingerprint != print)
        {
            (approval.Plan, approval.Fingerprint, approval.Title, approval.SubjectName) = (plan, print, Short(deed.Title, 384), Short(deed.SubjectName, 256));
            approval.PendingKey = $"{deed.SubjectId:N}:{deed.Verb}:{print}";
            await db.SaveChangesAsync(ct);
        }
        return new ApprovalShownAnew(approval.Title);
    }

    private async Task SupersedeAsync(StudioDb db, Deed deed, Guid? except, CancellationToken ct)
    {
        if (deed.Supersedes.Count == 0) return;
        foreach (var stale in await db.Approvals.Where(a => a.SubjectId == deed.SubjectId && a.State == ApprovalState.Pending && deed.Supersedes.Contains(a.Verb) && a.Id != except).ToListAsync(ct))
            await SupersedeAsync(db, stale, deed.Title, time.GetUtcNow(), ct);
    }

    /// <summary>Ends an approval for whose subject something else was done.</summary>
    internal static async Task SupersedeAsync(StudioDb db, Approval stale, string by, DateTimeOffset now, CancellationToken ct)
    {
        stale.Close(ApprovalState.Superseded, null, null, Short($"Overtaken by: {by}", 1024), now);
        await DecideVerdictsAsync(db, stale, ct);
    }

    /// <summary>What became of the approval, on the verdicts that led to it.</summary>
    internal static async Task DecideVerdictsAsync(StudioDb db, Approval approval, CancellationToken ct)
    {
        foreach (var verdict in await db.Verdicts.Where(v => v.ApprovalId == approval.Id && v.Outcome == VerdictOutcome.NeedsApproval).ToListAsync(ct))
            (verdict.Decision, verdict.DecidedById, verdict.DecidedByName, verdict.DecidedAt) = (approval.State, approval.DecidedById, approval.DecidedByName, approval.DecidedAt);
    }

    private static string PrintOf(Deed deed, ApprovalPlan plan) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(deed.Verb + JsonSerializer.Serialize(plan, StudioJson.Options))));

    private static string Store(object intent) => JsonSerializer.Serialize(intent, intent.GetType(), StudioJson.Options);

    private static string Short(string text, int most) => text.Length <= most ? text : text[..most];
}

public static class Supersession
{
    /// <summary>Ends what waits for the subject; saved with the caller's change.</summary>
    public static async Task SupersedeApprovalsAsync(this StudioDb db, Guid subjectId, string because, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var stale in await db.Approvals.Where(a => a.SubjectId == subjectId && a.State == ApprovalState.Pending).ToListAsync(ct))
            await AuthorityGate.SupersedeAsync(db, stale, because, now, ct);
    }

    /// <summary>False when somebody decided on the same approval in the same moment.</summary>
    public static async Task<bool> TrySaveVerdictAsync(this StudioDb db, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }
}
