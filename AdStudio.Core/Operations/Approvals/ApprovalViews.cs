using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Operations;

/// <param name="RequestId">Of the works that acceptance starts.</param>
public sealed record ApprovalRow(
    Guid Id, Guid WorkspaceId, string WorkspaceName, Guid? CampaignId, Guid VerdictId, Guid RequestId, string Verb, string Title, ApprovalState State,
    ActorKind AskedByKind, string AskedByName, string AskedVia, DateTimeOffset AskedAt, DateTimeOffset ExpiresAt, string? DecidedByName, DateTimeOffset? DecidedAt, string? Reason)
{
    public string PublicId => Common.PublicId.Of(Approval.Prefix, Id);
    public string PublicVerdictId => Common.PublicId.Of(Verdict.Prefix, VerdictId);
}

/// <summary>A card with all that would be sent.</summary>
/// <param name="MayDecide">The actor manages all that it concerns, and it is open.</param>
public sealed record ApprovalView(ApprovalRow Row, ApprovalPlan Plan, bool MayDecide, IReadOnlyList<VerdictView> Verdicts)
{
    /// <summary>Micros and currency of the budget that was asked for; null when it is about something else.</summary>
    public Money? Budget { get; init; }

    /// <summary>When the campaign would start by itself (UTC), of a planned start.</summary>
    public DateTimeOffset? StartAt { get; init; }
}

/// <summary>A verdict as people and support read it.</summary>
public sealed record VerdictView(
    Guid Id, AuthorityAxis Axis, AuthorityMode Mode, VerdictOutcome Outcome, string? Reason, string Verb, string Subject, Guid SubjectId, string SubjectName, Guid WorkspaceId, Guid? CampaignId, Guid? AdAccountId,
    ActorKind AskedByKind, Guid AskedById, string AskedByName, string AskedVia, DateTimeOffset At, Guid? ApprovalId, ApprovalState? Decision, string? DecidedByName, DateTimeOffset? DecidedAt)
{
    public string PublicId => Common.PublicId.Of(Verdict.Prefix, Id);

    internal static VerdictView Of(Verdict v) => new(v.Id, v.Axis, v.Mode, v.Outcome, v.Reason, v.Verb, v.Subject, v.SubjectId, v.SubjectName, v.WorkspaceId, v.CampaignId, v.AdAccountId,
        v.AskedByKind, v.AskedById, v.AskedByName, v.AskedVia, v.At, v.ApprovalId, v.Decision, v.DecidedByName, v.DecidedAt);
}

internal static class ApprovalQueries
{
    /// <summary>Who sees the campaign sees what waits for it; of the rest, who reads one of the ad accounts concerned.</summary>
    public static IQueryable<Approval> VisibleTo(this IQueryable<Approval> approvals, StudioDb db, Actor actor)
    {
        var open = approvals.Where(a => a.Workspace.DeletedAt == null);
        if (actor.IsOrganizationAdmin) return open;
        var administered = actor.IsClient ? [] : actor.AdminOfWorkspaces.ToList();
        var accounts = actor.Accounts.Keys.ToList();
        var campaigns = db.Campaigns.Visible(actor).Select(c => (Guid?)c.Id);
        return open.Where(a => administered.Contains(a.WorkspaceId) || (a.CampaignId != null ? campaigns.Contains(a.CampaignId) : a.Accounts.Any(x => accounts.Contains(x.AdAccountId))));
    }

    public static IQueryable<ApprovalRow> ToRows(this IQueryable<Approval> approvals) => approvals.Select(a => new ApprovalRow(
        a.Id, a.WorkspaceId, a.Workspace.Name, a.CampaignId, a.VerdictId, a.RequestId, a.Verb, a.Title, a.State, a.AskedByKind, a.AskedByName, a.AskedVia, a.AskedAt, a.ExpiresAt, a.DecidedByName, a.DecidedAt, a.Reason));

    /// <summary>Whether the actor manages everything concerned, whatever the card's state.</summary>
    public static async Task<bool> MayDecideAsync(this StudioDb db, Actor actor, Approval approval, CancellationToken ct)
    {
        if (actor.Kind != ActorKind.Person || actor.IsClient) return false;
        if (actor.Administers(approval.WorkspaceId)) return true;
        if (approval.CampaignId is { } id) return await db.FindVisibleCampaignAsync(actor, id, ct) is { } campaign && actor.ManagesCampaign(campaign) && approval.Accounts.All(a => actor.Manages(a.AdAccountId, approval.WorkspaceId));
        return approval.Accounts.Count > 0 && approval.Accounts.All(a => actor.Manages(a.AdAccountId, approval.WorkspaceId));
    }

    public static async Task<ApprovalView> ViewAsync(this StudioDb db, Actor actor, Approval approval, CancellationToken ct)
    {
        var row = await db.Approvals.Where(a => a.Id == approval.Id).ToRows().SingleAsync(ct);
        var verdicts = await db.Verdicts.AsNoTracking().Where(v => v.ApprovalId == approval.Id).OrderBy(v => v.At).ThenBy(v => v.Id).Take(50).ToListAsync(ct);
        var intent = CampaignVerbs.All.Contains(approval.Verb) ? CampaignCarrier.Read(approval.Intent) : null;
        return new ApprovalView(row, approval.Plan, approval.State == ApprovalState.Pending && await db.MayDecideAsync(actor, approval, ct), verdicts.ConvertAll(VerdictView.Of))
        {
            Budget = intent is { AmountMicros: { } micros, Currency: { } currency } ? new Money(micros, currency) : null,
            StartAt = intent?.StartAt,
        };
    }
}
