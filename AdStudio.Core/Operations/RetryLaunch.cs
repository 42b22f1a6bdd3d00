using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Operations;

/// <summary>
/// Goes on with what failed on one platform, from its failed step, after looking for what may be there; what is not done yet follows the campaign as it is written now.
/// Where nothing was made, or what was made is rolled back, launches there anew. What waits is tried at once.
/// </summary>
public sealed class RetryLaunch(Studio studio, BuildLaunchBriefs buildBriefs, PlatformSet platforms, OperationQueue queue, TimeProvider time)
{
    /// <param name="group">The country group; null takes every one on the platform that wants it.</param>
    public Task<Result<WorkStarted>> RunAsync(Actor actor, Guid campaignId, Platform platform, CancellationToken ct, string? group = null) =>
        EachGroup.RunAsync(studio, actor, campaignId, platform, group, name => RunAsync(actor, campaignId, platform, name, ct), ct);

    private async Task<Result<WorkStarted>> RunAsync(Actor actor, Guid campaignId, Platform platform, string group, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedCampaignAsync(actor, campaignId, ct)).TryGet(out var campaign, out var refusal)) return refusal;
        var there = campaign.Platforms.Find(p => p.Platform == platform && p.GroupName == group);
        if (there is null) return new PlatformNotPartOfCampaign(campaign.Name, platform);

        var last = await db.Operations.Include(o => o.Steps).Where(o => o.PlatformCampaignId == there.Id).OrderByDescending(o => o.CreatedAt).FirstOrDefaultAsync(ct);
        if (last is { Status: OperationStatus.Waiting })
        {
            last.NotBefore = time.GetUtcNow(); // it was allowed, and goes on by itself
            return await SavedAsync(db, campaign, there, new(last.RequestId, last.VerdictId), ct);
        }
        if (last is { IsFinished: false }) return new AlreadyAtWork(campaign.Name, platform, last.Kind);
        if (last is { Status: OperationStatus.Failed, Kind: not OperationKind.Launch })
        {
            return await AgainAsync(db, actor, campaign, there, last, ct);
        }
        if (there.Status is not (PlatformStatus.Failed or PlatformStatus.NotConnected or PlatformStatus.RolledBack)) return new NothingToRetry(campaign.Name, platform);

        if (!(await buildBriefs.RunAsync(actor, campaignId, ct)).TryGet(out var briefs, out refusal)) return refusal;
        var brief = briefs.FirstOrDefault(b => b.Platform == platform && b.GroupName == group);
        if (brief is null) return new PlatformNotPartOfCampaign(campaign.Name, platform);
        if (brief.Brief is not { } plan) return brief.WhyNot!;
        if (!actor.Manages(brief.Account!.Id, campaign.WorkspaceId)) return new ManagerNeeded(campaign.Name);

        campaign.Become(CampaignStatus.Launching);
        campaign.LaunchedAt ??= time.GetUtcNow();
        db.AuditVerb = "launched again";
        var publishes = platforms.Get<IPublishes>(platform);
        if (last is { Status: OperationStatus.Failed, Kind: OperationKind.Launch } && there.Status == PlatformStatus.Failed)
        {
            if (Replan(db, campaign, there, last, publishes, plan) is { } otherwise) return otherwise;
            (there.Status, there.StatusDetail, there.FailureKind, there.FailureField) = (PlatformStatus.Launching, null, null, null);
            last.Sends = new SentCampaign(campaign.Name, campaign.Spec);
            return await AgainAsync(db, actor, campaign, there, last, ct);
        }

        var work = campaign.PlatformOf(db, brief).PlanLaunch(publishes, plan);
        var enqueued = await queue.EnqueueAsync(db, actor, campaign, [work], CampaignDeed.Retry(campaign, there, OperationKind.Launch), ct);
        return enqueued.TryGet(out var started, out refusal) ? started.Started(campaign, Outcome(there)) : refusal;
    }

    /// <summary>Puts what failed back to work, at the steps that are not done.</summary>
    private async Task<Result<WorkStarted>> AgainAsync(StudioDb db, Actor actor, Campaign campaign, PlatformCampaign there, Operation failed, CancellationToken ct)
    {
        var open = failed.Steps.Where(s => s.Status is not (StepStatus.Done or StepStatus.Undone) && db.Entry(s).State != EntityState.Deleted).ToList();
        var work = new PlannedWork(there, failed.Kind, failed.Marker, open) { Id = failed.Id, BudgetMicros = failed.BudgetMicros };
        if (!(await queue.AskAsync(db, actor, campaign, [work], CampaignDeed.Retry(campaign, there, failed.Kind), ct)).TryGet(out var asked, out var refusal)) return refusal;
        if (asked.ApprovalId is not null) return asked.Started(campaign, Outcome(there));

        (failed.VerdictId, failed.RequestId) = (asked.VerdictId, actor.Accepted is null ? failed.RequestId : asked.RequestId);
        failed.TryAgain(time.GetUtcNow());
        return await SavedAsync(db, campaign, there, asked with { RequestId = failed.RequestId }, ct);
    }

    /// <summary>Puts the steps that are not done in line with the campaign as it is written now. Refuses when what is done no longer fits.</summary>
    private static LaunchedOtherwise? Replan(StudioDb db, Campaign campaign, PlatformCampaign there, Operation launch, IPublishes publishes, LaunchBrief brief)
    {
        var done = launch.Steps.Where(s => s.Status == StepStatus.Done).ToDictionary(s => s.Key);
        var moneyMoved = done.Values.FirstOrDefault(s => s.Kind is StepKind.Budget or StepKind.Campaign or StepKind.AdSet);
        var otherMoney = there.BudgetMicros != brief.Budget.Micros || there.Currency != brief.Budget.Currency || there.AdAccountId != brief.Account.Id;
        if (moneyMoved is not null && otherMoney) return new LaunchedOtherwise(campaign.Name, there.Platform, moneyMoved.Title);

        var open = launch.Steps.Where(s => s.Status != StepStatus.Done).ToDictionary(s => s.Key);
        var planned = StepRequests.Store(publishes.PlanLaunch(brief with { Marker = launch.Marker }).Steps, brief.StartsPaused).Where(s => !done.ContainsKey(s.Key)).ToList();
        var unsure = open.Values.FirstOrDefault(s => s.StartedAt is not null && planned.All(p => p.Key != s.Key));
        if (unsure is not null) return new LaunchedOtherwise(campaign.Name, there.Platform, unsure.Title);

        db.RemoveRange(open.Values.Where(s => planned.All(p => p.Key != s.Key)));
        var ordinal = launch.Steps.Max(s => s.Ordinal);
        foreach (var plan in planned)
        {
            if (!open.TryGetValue(plan.Key, out var step))
            {
                (plan.OrganizationId, plan.OperationId, plan.Ordinal) = (launch.OrganizationId, launch.Id, ++ordinal);
                db.Add(plan);
                continue;
            }
            (step.Ordinal, step.Title, step.Body, step.CreativeId, step.AssetId, step.AudienceId) = (++ordinal, plan.Title, plan.Body, plan.CreativeId, plan.AssetId, plan.AudienceId);
            if (step.Status is StepStatus.Pending or StepStatus.Held) step.Status = plan.Status;
        }
        (there.BudgetMicros, there.Currency, there.AdAccountId) = (brief.Budget.Micros, brief.Budget.Currency, brief.Account.Id);
        return null;
    }

    private async Task<Result<WorkStarted>> SavedAsync(StudioDb db, Campaign campaign, PlatformCampaign there, Enqueued asked, CancellationToken ct) =>
        await queue.SaveAsync(db, campaign, ct) is { } refusal ? refusal : asked.Started(campaign, Outcome(there));

    private static IReadOnlyList<PlatformOutcome> Outcome(PlatformCampaign there) => [new(there.Platform, null) { GroupName = there.GroupName }];
}
