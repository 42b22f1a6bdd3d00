using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Operations;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Partners;

/// <summary>Hands a job that creates a campaign over to the launch. Asked again, it finds what was handed over already, and launches nothing twice.</summary>
public sealed class StartPartnerJob(Studio studio, LaunchCampaign launch, TimeProvider time)
{
    public async Task<Result<JobView>> RunAsync(Actor actor, Guid jobId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor with { Claim = null }, ct);
        if (await db.PartnerJobs.SingleOrDefaultAsync(j => j.Id == jobId, ct) is not { } job) return new JobNotFound();
        if (job is { Kind: PartnerJobKind.CreateCampaign, IsHandedOver: false } && !await FoundAsync(db, job, ct))
        {
            var launched = await launch.RunAsync(actor with { Claim = null }, job.CampaignId, ct, new LaunchOptions { WithCreation = true });
            if (launched.TryGet(out var started, out var refusal)) (job.RequestId, job.VerdictId, job.ApprovalId) = (started.RequestId, started.VerdictId, started.ApprovalId);
            else if (!await FoundAsync(db, job, ct)) Fail(db, actor, job, refusal);
            job.UpdatedAt = time.GetUtcNow();
            await db.SaveChangesAsync(CancellationToken.None);
        }
        return (await db.ViewAsync([job], ct))[0];
    }

    /// <summary>Takes over what was started for the campaign before the studio could note it.</summary>
    private static async Task<bool> FoundAsync(StudioDb db, PartnerJob job, CancellationToken ct)
    {
        if (await db.Operations.AsNoTracking().Where(o => o.CampaignId == job.CampaignId && o.Kind == OperationKind.Launch && o.Platform == job.Platform).OrderBy(o => o.CreatedAt).FirstOrDefaultAsync(ct) is { } launch)
            (job.RequestId, job.VerdictId) = (launch.RequestId, launch.VerdictId);
        else if (await db.Approvals.AsNoTracking().Where(a => a.CampaignId == job.CampaignId && a.Verb == CampaignVerbs.Launch).OrderBy(a => a.AskedAt).FirstOrDefaultAsync(ct) is { } approval)
            (job.RequestId, job.VerdictId, job.ApprovalId) = (approval.RequestId, approval.VerdictId, approval.Id);
        return job.RequestId is not null;
    }

    /// <summary>Nothing could be sent: that too has a verdict to quote.</summary>
    private void Fail(StudioDb db, Actor actor, PartnerJob job, Refusal refusal)
    {
        job.Failure = JobFailure.Of(refusal);
        if (refusal is AuthorityDenied denied)
        {
            (job.VerdictId, job.Failure) = (denied.VerdictId, new("AUTHORITY_DENIED", refusal.Message, []));
            return;
        }
        var verdict = new Verdict
        {
            OrganizationId = job.OrganizationId, Axis = AuthorityAxis.Structural, Mode = AuthorityMode.Auto, Outcome = VerdictOutcome.Allowed, Reason = "nothing could be sent", Verb = CampaignVerbs.Launch, Subject = nameof(Campaign),
            SubjectId = job.CampaignId, WorkspaceId = job.WorkspaceId, CampaignId = job.CampaignId, AskedByKind = actor.Kind, AskedById = actor.Id, AskedByName = actor.Name, AskedVia = actor.Via, At = time.GetUtcNow(),
        };
        db.Add(verdict);
        job.VerdictId = verdict.Id;
    }
}

/// <summary>Goes on with jobs that were saved but not handed over, because the studio died in between. They act for the key that asked, as long as it counts.</summary>
[WithoutActor]
public sealed class ContinuePartnerJobs(Studio studio, StartPartnerJob start, ApiKeys keys, TimeProvider time)
{
    /// <summary>A job that is younger is being handed over by the request that made it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    public async Task RunAsync(CancellationToken ct)
    {
        var before = time.GetUtcNow() - Grace;
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var open = await db.PartnerJobs.Where(j => j.Kind == PartnerJobKind.CreateCampaign && j.RequestId == null && j.CreatedAt < before && j.Failure == null).OrderBy(j => j.CreatedAt).Take(200).ToListAsync(ct);
        foreach (var job in open)
        {
            if (await keys.FindAsync(job.RequestedById, job.RequestedVia, ct) is { } actor)
            {
                await start.RunAsync(actor, job.Id, ct);
                continue;
            }
            (job.Failure, job.UpdatedAt) = (new("FORBIDDEN", "The API key that asked for this no longer counts.", []), time.GetUtcNow());
            await db.SaveChangesAsync(ct);
        }
    }
}
