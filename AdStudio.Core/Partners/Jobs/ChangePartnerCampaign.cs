using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Partners;

/// <summary>One part of a campaign, as it is to become.</summary>
public sealed record PartnerChange
{
    public required PartnerJobKind Kind { get; init; }

    /// <summary>What becomes of the spec; null when only switching.</summary>
    public Func<CampaignSpec, CampaignSpec>? Spec { get; init; }

    /// <summary>Of a change of budget, in the campaign's currency.</summary>
    public Money? Amount { get; init; }

    /// <summary>Of switching: on or off.</summary>
    public bool Active { get; init; }

    public static PartnerChange Budget(Money amount) => new()
    {
        Kind = PartnerJobKind.ChangeBudget, Amount = amount, Spec = spec => spec with { Budget = spec.Budget with { AmountMicros = amount.Micros, Currency = amount.Currency } },
    };

    public static PartnerChange Of(PartnerJobKind kind, Func<CampaignSpec, CampaignSpec> spec) => new() { Kind = kind, Spec = spec };

    public static PartnerChange Switch(bool active) => new() { Kind = PartnerJobKind.ChangeStatus, Active = active };
}

/// <summary>
/// Changes a part of a campaign as a job. What stands on a platform is changed there, judged by the axis of the change; what was not launched yet is changed in its draft, and the job is done at once.
/// </summary>
public sealed class ChangePartnerCampaign(Studio studio, GetCampaign get, UpdateCampaign update, ChangeBudget changeBudget, EditCampaign edit, PauseCampaign pause, ResumeCampaign resume, TimeProvider time)
{
    public async Task<Result<JobView>> RunAsync(Actor actor, Guid campaignId, Platform platform, PartnerChange change, CancellationToken ct)
    {
        if (!(await get.RunAsync(actor, campaignId, ct)).TryGet(out var campaign, out var refusal)) return refusal;
        var job = new PartnerJob
        {
            OrganizationId = actor.OrganizationId, WorkspaceId = campaign.WorkspaceId, CampaignId = campaignId, Kind = change.Kind, Platform = platform, RequestedById = actor.Id, RequestedVia = actor.Via, CreatedAt = time.GetUtcNow(), UpdatedAt = time.GetUtcNow(),
        };
        if (change.Spec is { } inDraft && campaign.IsRewritable())
        {
            if ((await update.RunAsync(actor, campaignId, campaign.Name, inDraft(campaign.Spec), campaign.Version, ct)).Refusal is { } wrong) return wrong;
            job.RequestId = Guid.CreateVersion7();
        }
        else if ((await StartAsync(actor, campaign, platform, change, ct)).TryGet(out var started, out refusal)) (job.RequestId, job.VerdictId, job.ApprovalId) = (started.RequestId, started.VerdictId, started.ApprovalId);
        else return refusal;
        return await studio.KeepJobAsync(actor, job);
    }

    private Task<Result<WorkStarted>> StartAsync(Actor actor, Campaign campaign, Platform platform, PartnerChange change, CancellationToken ct) => change switch
    {
        { Amount: { } amount } => changeBudget.RunAsync(actor, campaign.Id, amount, campaign.Spec.Platforms.Count > 1 ? platform : null, ct),
        { Spec: { } spec } => edit.RunAsync(actor, campaign.Id, campaign.Name, spec(campaign.Spec), null, ct),
        { Active: true } => resume.RunAsync(actor, campaign.Id, ct),
        _ => pause.RunAsync(actor, campaign.Id, ct),
    };
}

/// <summary>The job of a change by the operation or the approval that it started; made now when the studio died before it was.</summary>
public sealed class FindPartnerChange(Studio studio)
{
    public async Task<Result<JobView>> RunAsync(Actor actor, Guid campaignId, Platform platform, PartnerJobKind kind, Guid madeId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor with { Claim = null }, ct);
        if (await db.FindVisibleCampaignAsync(actor, campaignId, ct) is not { } campaign) return new CampaignNotFound();
        var operation = await db.Operations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == madeId && o.CampaignId == campaignId, ct);
        var approval = operation is null ? await db.Approvals.AsNoTracking().SingleOrDefaultAsync(a => a.Id == madeId && a.CampaignId == campaignId, ct) : null;
        if (operation is null && approval is null) return new JobNotFound();

        var requestId = operation?.RequestId ?? approval!.RequestId;
        if (await db.PartnerJobs.AsNoTracking().FirstOrDefaultAsync(j => j.RequestId == requestId, ct) is { } there) return (await db.ViewAsync([there], ct))[0];
        var at = operation?.CreatedAt ?? approval!.AskedAt;
        return await studio.KeepJobAsync(actor, new PartnerJob
        {
            OrganizationId = actor.OrganizationId, WorkspaceId = campaign.WorkspaceId, CampaignId = campaignId, Kind = kind, Platform = platform, RequestId = requestId, VerdictId = operation?.VerdictId ?? approval!.VerdictId, ApprovalId = approval?.Id,
            RequestedById = actor.Id, RequestedVia = actor.Via, CreatedAt = at, UpdatedAt = at,
        });
    }
}

internal static class KeptJobs
{
    /// <summary>The work is under way: whoever hangs up now still finds its job.</summary>
    public static async Task<Result<JobView>> KeepJobAsync(this Studio studio, Actor actor, PartnerJob job)
    {
        await using var db = await studio.OpenAsync(actor with { Claim = null }, CancellationToken.None);
        db.Add(job);
        await db.SaveChangesAsync(CancellationToken.None);
        return (await db.ViewAsync([job], CancellationToken.None))[0];
    }
}
