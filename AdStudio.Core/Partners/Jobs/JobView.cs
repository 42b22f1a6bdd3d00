using System.Text.Json;
using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Partners;

public enum JobStatus { Running, Completed, Failed, Cancelled }

/// <summary>How a job stands now, by the work and the approval behind it: a retry revives it, a roll-back takes it back.</summary>
/// <param name="Stage">What it is at: "preparing", "awaiting_approval", "queued", "working", "waiting_for_platform", "rolling_back", "done", "failed", "declined", "rolled_back".</param>
/// <param name="Done">Steps on the platform that are done, of <paramref name="Total"/>.</param>
/// <param name="PlatformCampaignId">The platform's id of the campaign, once it stands there.</param>
public sealed record JobView(
    Guid Id, PartnerJobKind Kind, Platform Platform, Guid CampaignId, Guid WorkspaceId, Guid? VerdictId, JobStatus Status, string Stage, int Done, int Total, string? PlatformCampaignId, PlatformStatus? PlatformStatus,
    JobFailure? Error, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? FinishedAt);

internal static class JobViews
{
    /// <summary>The jobs as they stand, in the order given.</summary>
    public static async Task<List<JobView>> ViewAsync(this StudioDb db, IReadOnlyList<PartnerJob> jobs, CancellationToken ct)
    {
        var campaigns = jobs.Select(j => j.CampaignId).Distinct().ToList();
        var approvalIds = jobs.Select(j => j.ApprovalId).OfType<Guid>().Distinct().ToList();
        var operations = await db.Operations.AsNoTracking().Include(o => o.Steps).Where(o => campaigns.Contains(o.CampaignId)).AsSplitQuery().ToListAsync(ct);
        var approvals = approvalIds.Count == 0 ? [] : await db.Approvals.AsNoTracking().Where(a => approvalIds.Contains(a.Id)).ToDictionaryAsync(a => a.Id, ct);
        var platforms = await db.PlatformCampaigns.AsNoTracking().Where(p => campaigns.Contains(p.CampaignId)).ToListAsync(ct);
        return [.. jobs.Select(job =>
        {
            var there = platforms.Find(p => p.CampaignId == job.CampaignId && p.Platform == job.Platform);
            var approval = job.ApprovalId is { } id ? approvals.GetValueOrDefault(id) : null;
            List<Operation> own = [.. operations.Where(o => o.CampaignId == job.CampaignId && IsOf(job, o)).OrderBy(o => o.CreatedAt)];
            return Of(job, own, approval, there);
        })];
    }

    /// <summary>A created campaign is what its launches and roll-backs there made of it, whoever asked for them; a change is its own request.</summary>
    private static bool IsOf(PartnerJob job, Operation operation) => job.Kind == PartnerJobKind.CreateCampaign
        ? operation.Platform == job.Platform && operation.Kind is OperationKind.Launch or OperationKind.RollBack
        : operation.RequestId == job.RequestId;

    private static JobView Of(PartnerJob job, IReadOnlyList<Operation> operations, Approval? approval, PlatformCampaign? there)
    {
        var (status, stage, error, at, finished) = operations.Count > 0 ? OfWork(operations) : OfWaiting(job, approval, there);
        var steps = operations.Where(o => o.Kind != OperationKind.RollBack).GroupBy(o => o.PlatformCampaignId).SelectMany(g => g.Last().Steps).ToList();
        return new JobView(job.Id, job.Kind, job.Platform, job.CampaignId, job.WorkspaceId, job.VerdictId, status, stage, steps.Count(s => s.Status == StepStatus.Done), steps.Count, there?.ExternalId, there?.Status,
            error, job.CreatedAt, at > job.UpdatedAt ? at : job.UpdatedAt, finished);
    }

    private static (JobStatus, string, JobFailure?, DateTimeOffset, DateTimeOffset?) OfWork(IReadOnlyList<Operation> operations)
    {
        var last = operations.GroupBy(o => o.PlatformCampaignId).Select(g => g.Last()).ToList();
        var at = operations.Max(o => new[] { o.CreatedAt, o.StartedAt ?? o.CreatedAt, o.FinishedAt ?? o.CreatedAt, o.Steps.Max(s => s.FinishedAt ?? s.StartedAt) ?? o.CreatedAt }.Max());
        if (last.Find(o => !o.IsFinished) is { } open)
            return (JobStatus.Running, open.Kind == OperationKind.RollBack ? "rolling_back" : open.Status switch { OperationStatus.Queued => "queued", OperationStatus.Running => "working", _ => "waiting_for_platform" }, FailureOf(open), at, null);
        var finished = last.Max(o => o.FinishedAt);
        if (last.Find(o => o.Status == OperationStatus.Failed) is { } failed) return (JobStatus.Failed, failed.Kind == OperationKind.RollBack ? "roll_back_failed" : "failed", FailureOf(failed), at, finished);
        if (last.Exists(o => o.Kind == OperationKind.RollBack)) return (JobStatus.Cancelled, "rolled_back", new("ROLLED_BACK", "What had been made on the platform was removed again.", []), at, finished);
        if (last.Exists(o => o.Status == OperationStatus.Cancelled)) return (JobStatus.Cancelled, "cancelled", new("CANCELLED", "The work was called off.", []), at, finished);
        return (JobStatus.Completed, "done", null, at, finished);
    }

    private static (JobStatus, string, JobFailure?, DateTimeOffset, DateTimeOffset?) OfWaiting(PartnerJob job, Approval? approval, PlatformCampaign? there)
    {
        var decided = approval?.DecidedAt ?? approval?.AskedAt ?? job.UpdatedAt;
        return approval?.State switch
        {
            ApprovalState.Pending => (JobStatus.Running, "awaiting_approval", null, approval.AskedAt, null),
            ApprovalState.Declined => (JobStatus.Failed, "declined", new("AUTHORITY_DECLINED", $"{approval.DecidedByName ?? "A person"} declined “{approval.Title}”{(string.IsNullOrWhiteSpace(approval.Reason) ? "." : $": {approval.Reason}")}", []), decided, decided),
            ApprovalState.Expired => (JobStatus.Failed, "expired", new("AUTHORITY_EXPIRED", $"Nobody decided on “{approval.Title}” in time. Ask for it again.", []), decided, decided),
            ApprovalState.Superseded => (JobStatus.Cancelled, "superseded", new("SUPERSEDED", approval.Reason ?? "Something else was done meanwhile.", []), decided, decided),
            _ when job.Failure is not null => (JobStatus.Failed, "failed", job.Failure, job.UpdatedAt, job.UpdatedAt),
            _ when there is { Status: PlatformStatus.NotConnected or PlatformStatus.Failed } && job.Kind == PartnerJobKind.CreateCampaign =>
                (JobStatus.Failed, "failed", new(there.Status == PlatformStatus.NotConnected ? "NOT_FOUND" : "CONFLICT", there.StatusDetail ?? "The platform can't be launched on.", []), job.UpdatedAt, job.UpdatedAt),
            _ when job.RequestId is null => (JobStatus.Running, "preparing", null, job.UpdatedAt, null),
            _ => (JobStatus.Completed, "done", null, job.UpdatedAt, job.UpdatedAt), // nothing had to be sent
        };
    }

    private static JobFailure? FailureOf(Operation operation) => operation.FailureKind is not { } kind ? null
        : new JobFailure("PLATFORM_" + JsonNamingPolicy.SnakeCaseUpper.ConvertName(kind.ToString()), operation.FailureText ?? "The platform gave no reason.",
            operation.FailureField is { } field ? [new(field, operation.FailureText ?? "")] : []);
}

/// <summary>Reads one job.</summary>
public sealed class GetPartnerJob(Studio studio)
{
    public async Task<Result<JobView>> RunAsync(Actor actor, Guid jobId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var job = await db.PartnerJobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == jobId, ct);
        if (job is null || await db.FindVisibleCampaignAsync(actor, job.CampaignId, ct) is null) return new JobNotFound();
        return (await db.ViewAsync([job], ct))[0];
    }
}

/// <summary>The last jobs of a campaign that the actor sees, newest first.</summary>
public sealed class ListPartnerJobs(Studio studio)
{
    public async Task<Result<IReadOnlyList<JobView>>> RunAsync(Actor actor, Guid campaignId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.FindVisibleCampaignAsync(actor, campaignId, ct) is null) return new CampaignNotFound();
        var jobs = await db.PartnerJobs.AsNoTracking().Where(j => j.CampaignId == campaignId).OrderByDescending(j => j.CreatedAt).Take(20).ToListAsync(ct);
        return await db.ViewAsync(jobs, ct);
    }
}
