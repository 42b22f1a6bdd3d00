using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;

namespace AdStudio.Core.Operations;

/// <summary>An instant; or a local time of a zone, and without a zone of the campaign's or its ad account's.</summary>
public sealed record PlannedStart
{
    private PlannedStart() { }

    private DateTimeOffset? At { get; init; }
    private DateTime? Local { get; init; }
    private string? TimeZone { get; init; }

    public static PlannedStart AtInstant(DateTimeOffset at) => new() { At = at };
    public static PlannedStart AtLocal(DateTime local, string? timeZone) => new() { Local = local, TimeZone = timeZone };

    internal DateTimeOffset? Instant(string? otherwiseZone) => At ?? (Local is { } local ? LocalTimes.ToUtc(local, LocalTimes.ZoneOf(TimeZone ?? otherwiseZone)) : null);
}

/// <summary>Lets a campaign launch by itself at a time. It must be ready for launch now, so that nobody is surprised then.</summary>
public sealed class ScheduleCampaign(Studio studio, BuildLaunchBriefs buildBriefs, TimeProvider time)
{
    /// <param name="start">Null takes the start that is written in the campaign.</param>
    public async Task<Result<DateTimeOffset>> RunAsync(Actor actor, Guid campaignId, PlannedStart? start, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedCampaignAsync(actor, campaignId, ct)).TryGet(out var campaign, out var refusal)) return refusal;
        if (campaign.WhyNoLaunch() is { } why) return why;
        if (!(await buildBriefs.RunAsync(actor, campaignId, ct)).TryGet(out var briefs, out refusal)) return refusal;

        var zone = briefs.FirstOrDefault(b => b.Account is not null)?.Account!.TimeZone;
        if ((start is null ? campaign.Spec.Schedule.Instants(zone).Start : start.Instant(campaign.Spec.Schedule.TimeZone ?? zone)) is not { } at) return new InvalidError("startAt", "Say when it should start.");
        if (at <= time.GetUtcNow()) return new StartInThePast();
        if (at > time.GetUtcNow().AddYears(2)) return new StartTooFar();
        if (campaign.Spec.Schedule.Instants(zone).End is { } end && end <= at) return new EndBeforeStart();
        if (briefs.Select(b => b.WhyNot).FirstOrDefault(w => w is CampaignNotReady) is { } notReady) return notReady;
        if (briefs.All(b => b.Brief is null)) return new NoPlatformToLaunch(campaign.Name, [.. briefs.Select(b => new FieldProblem("platforms", b.WhyNot!.Message)).Distinct()]);
        if (briefs.Any(b => b.Brief is not null && !actor.Manages(b.Account!.Id, campaign.WorkspaceId))) return new ManagerNeeded(campaign.Name);

        campaign.Become(CampaignStatus.Scheduled);
        (campaign.ScheduledFor, campaign.UpdatedAt) = (at, time.GetUtcNow());
        db.AuditVerb = "scheduled";
        return await db.TrySaveAsync(ct) ? at : new ChangedMeanwhile(campaign.Name);
    }
}

/// <summary>Takes back a planned start; the campaign is a draft again.</summary>
public sealed class UnscheduleCampaign(Studio studio, TimeProvider time)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid campaignId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedCampaignAsync(actor, campaignId, ct)).TryGet(out var campaign, out var refusal)) return refusal;
        if (campaign.Status != CampaignStatus.Scheduled) return new CampaignNotScheduled(campaign.Name);

        campaign.Become(CampaignStatus.Draft);
        (campaign.ScheduledFor, campaign.UpdatedAt) = (null, time.GetUtcNow());
        db.AuditVerb = "unscheduled";
        return await db.TrySaveAsync(ct) ? Done.Value : new ChangedMeanwhile(campaign.Name);
    }
}
