using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Operations;

/// <summary>How a launch goes.</summary>
public sealed record LaunchOptions
{
    /// <summary>It is part of creating the campaign: one that is created with the structural axis off is launched by its workspace's authority; only what comes later is bound by its own.</summary>
    public bool WithCreation { get; init; }
}

/// <summary>Launches a campaign on every platform it was written for. A platform that can't take part says why in its status; the others go on.</summary>
public sealed class LaunchCampaign(Studio studio, BuildLaunchBriefs buildBriefs, PlatformSet platforms, OperationQueue queue, TimeProvider time)
{
    public async Task<Result<WorkStarted>> RunAsync(Actor actor, Guid campaignId, CancellationToken ct, LaunchOptions? options = null)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedCampaignAsync(actor, campaignId, ct)).TryGet(out var campaign, out var refusal)) return refusal;
        if (campaign.WhyNoLaunch() is { } why) return why;
        if (!(await buildBriefs.RunAsync(actor, campaignId, ct)).TryGet(out var briefs, out refusal)) return refusal;

        if (NotReady(briefs) is { } notReady) return notReady;
        if (briefs.Any(b => b.Account is { } account && b.Brief is not null && !actor.Manages(account.Id, campaign.WorkspaceId))) return new ManagerNeeded(campaign.Name);
        if (briefs.All(b => b.Brief is null)) return new NoPlatformToLaunch(campaign.Name, [.. briefs.Select(b => new FieldProblem("platforms", b.WhyNot!.Message)).Distinct()]);

        var now = time.GetUtcNow();
        var works = new List<PlannedWork>();
        foreach (var brief in briefs)
        {
            var platform = campaign.PlatformOf(db, brief);
            if (brief.Brief is not { } plan) platform.LeaveOut(brief.WhyNot!);
            else works.Add(platform.PlanLaunch(platforms.Get<IPublishes>(brief.Platform), plan));
        }
        var outcomes = briefs.Select(b => new PlatformOutcome(b.Platform, b.WhyNot) { GroupName = b.GroupName }).ToList();
        var deed = CampaignDeed.Launch(campaign, options ?? new()) with { Outcomes = outcomes, AllowedBefore = actor.Kind == ActorKind.Studio && campaign.ScheduledSpec == campaign.SpecPrint() ? campaign.ScheduleVerdictId : null };
        (campaign.LaunchedAt, campaign.ScheduledFor, campaign.ScheduleVerdictId, campaign.ScheduledSpec) = (now, null, null, null);
        campaign.Become(CampaignStatus.Launching);
        db.AuditVerb = "launched";

        var enqueued = await queue.EnqueueAsync(db, actor, campaign, works, deed, ct);
        return enqueued.TryGet(out var started, out refusal) ? started.Started(campaign, outcomes) : refusal;
    }

    /// <summary>Problems that concern the campaign itself stop the whole launch before any money moves.</summary>
    private static CampaignNotReady? NotReady(IReadOnlyList<PlatformBrief> briefs)
    {
        var problems = briefs.Select(b => b.WhyNot).OfType<CampaignNotReady>().SelectMany(n => n.Problems).Distinct().ToList();
        return problems.Count > 0 ? new CampaignNotReady(problems) : null;
    }
}

/// <summary>The parts of a launch that launching and trying again share.</summary>
internal static class LaunchParts
{
    /// <summary>Null when it may be launched as a whole: nothing of it stands on a platform.</summary>
    public static Refusal? WhyNoLaunch(this Campaign campaign) =>
        campaign.Status is CampaignStatus.Draft or CampaignStatus.Scheduled || (campaign.Status == CampaignStatus.Failed && campaign.IsRewritable()) ? null : new CampaignIsLaunched(campaign.Name);

    /// <summary>The campaign's row for the platform and country group, new or from an earlier launch, with the account and the money of the brief.</summary>
    public static PlatformCampaign PlatformOf(this Campaign campaign, StudioDb db, PlatformBrief brief)
    {
        var platform = campaign.Platforms.Find(p => p.Platform == brief.Platform && p.GroupName == brief.GroupName);
        if (platform is null) db.Add(platform = new PlatformCampaign { OrganizationId = campaign.OrganizationId, Campaign = campaign, Platform = brief.Platform, GroupName = brief.GroupName });
        platform.AdAccountId = brief.Account?.Id;
        if (brief.Brief is { } plan) (platform.BudgetMicros, platform.Currency) = (plan.Budget.Micros, plan.Budget.Currency);
        return platform;
    }

    public static void LeaveOut(this PlatformCampaign platform, Refusal why)
    {
        platform.Status = platform.AdAccountId is null ? PlatformStatus.NotConnected : PlatformStatus.Failed;
        (platform.StatusDetail, platform.FailureKind, platform.FailureField) = (why.Message, null, null);
    }

    public static PlannedWork PlanLaunch(this PlatformCampaign platform, IPublishes publishes, LaunchBrief brief)
    {
        var id = Guid.CreateVersion7();
        var marker = OperationQueue.MarkerOf(id);
        (platform.Status, platform.StatusDetail, platform.FailureKind, platform.FailureField) = (PlatformStatus.Launching, null, null, null);
        var plan = publishes.PlanLaunch(brief with { Marker = marker });
        return new PlannedWork(platform, OperationKind.Launch, marker, StepRequests.Store(plan.Steps, brief.StartsPaused)) { Id = id, Notes = [.. plan.Notes.Select(n => n.Text)] };
    }
}
