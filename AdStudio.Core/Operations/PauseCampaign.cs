using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Operations;

/// <summary>Pauses a campaign on every platform it runs on.</summary>
public sealed class PauseCampaign(Studio studio, StartCascade cascade)
{
    public async Task<Result<WorkStarted>> RunAsync(Actor actor, Guid campaignId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedCampaignAsync(actor, campaignId, ct)).TryGet(out var campaign, out var refusal)) return refusal;

        var running = campaign.Platforms.Where(p => p.Status is PlatformStatus.Launching || (p.ExternalId is not null && p.Status is PlatformStatus.Active or PlatformStatus.InReview or PlatformStatus.Rejected)).ToList();
        if (running.Count == 0) return new CampaignNotRunning(campaign.Name);
        return await cascade.StartAsync(db, actor, campaign, running, OperationKind.Pause, CampaignDeed.Pause(campaign), (publishes, launched, _) => publishes.PlanPause(launched), ct);
    }
}

/// <summary>Resumes a campaign on every platform where it is paused; where it was launched paused, all that the launch made is switched on.</summary>
public sealed class ResumeCampaign(Studio studio, StartCascade cascade)
{
    public async Task<Result<WorkStarted>> RunAsync(Actor actor, Guid campaignId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedCampaignAsync(actor, campaignId, ct)).TryGet(out var campaign, out var refusal)) return refusal;

        var paused = campaign.Platforms.Where(p => p.Status == PlatformStatus.Paused && p.ExternalId is not null).ToList();
        if (paused.Count == 0) return new CampaignNotPaused(campaign.Name);
        var ids = paused.ConvertAll(p => p.Id);
        var held = (await HeldSteps.Of(db, ids).AsNoTracking().Select(s => new { s.Operation.PlatformCampaignId, Step = s }).ToListAsync(ct)).ToLookup(h => h.PlatformCampaignId, h => h.Step);
        return await cascade.StartAsync(db, actor, campaign, paused, OperationKind.Resume, CampaignDeed.Resume(campaign),
            (publishes, launched, platform) => HeldSteps.Plan(held[platform.Id], launched) is { Count: > 0 } first ? first : publishes.PlanResume(launched), ct);
    }
}

/// <summary>What a launch that was to stand paused has kept for resuming.</summary>
internal static class HeldSteps
{
    public static IQueryable<OperationStep> Of(StudioDb db, params IReadOnlyCollection<Guid> platformCampaignIds) =>
        db.OperationSteps.Where(s => s.Status == StepStatus.Held && s.Operation.Status == OperationStatus.Succeeded && platformCampaignIds.Contains(s.Operation.PlatformCampaignId));

    /// <summary>Says by itself what it is about, as an operation without the launch's results; what was taken away since is left out.</summary>
    public static IReadOnlyList<PlannedStep> Plan(IEnumerable<OperationStep> held, LaunchedObjects launched) =>
        [.. held.OrderBy(s => s.Ordinal).Where(s => StepFilling.CanFill(StepRequests.BodyOf(s), launched.Ids)).Select(s => new PlannedStep(s.Key, s.Kind, s.Title, s.Marker, StepFilling.Fill(StepRequests.BodyOf(s), launched.Ids)))];
}

/// <summary>Starts the same work on several platforms of a campaign. One that is at work already is left out and named; when all are, nothing starts.</summary>
public sealed class StartCascade(PlatformSet platforms, OperationQueue queue)
{
    internal async Task<Result<WorkStarted>> StartAsync(
        StudioDb db, Actor actor, Campaign campaign, IReadOnlyList<PlatformCampaign> chosen, OperationKind kind, CampaignDeed deed,
        Func<IPublishes, LaunchedObjects, PlatformCampaign, IReadOnlyList<PlannedStep>> plan, CancellationToken ct, Func<PlatformCampaign, long?>? budgetOf = null)
    {
        var busy = await db.ActiveWorkAsync(campaign.Id, ct);
        var (works, outcomes) = (new List<PlannedWork>(), new List<PlatformOutcome>());
        foreach (var platform in chosen)
        {
            if (busy.TryGetValue(platform.Id, out var doing))
            {
                outcomes.Add(new(platform.Platform, new AlreadyAtWork(campaign.Name, platform.Platform, doing)) { GroupName = platform.GroupName });
                continue;
            }
            if (await db.LaunchedObjectsAsync(platform, ct) is not { } launched) continue;
            var steps = StepRequests.Store(plan(platforms.Get<IPublishes>(platform.Platform), launched, platform));
            if (steps.Count == 0)
            {
                outcomes.Add(new(platform.Platform, new NotChangeableFromHere(campaign.Name, platform.Platform, kind)) { GroupName = platform.GroupName });
                continue;
            }
            works.Add(new PlannedWork(platform, kind, launched.Marker, steps) { BudgetMicros = budgetOf?.Invoke(platform) });
            outcomes.Add(new(platform.Platform, null) { GroupName = platform.GroupName });
        }
        if (works.Count == 0 && outcomes.Count > 0) return outcomes[0].WhyNot!;

        var enqueued = await queue.EnqueueAsync(db, actor, campaign, works, deed with { Outcomes = outcomes }, ct);
        return enqueued.TryGet(out var started, out var refusal) ? started.Started(campaign, outcomes) : refusal;
    }
}
