using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;

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

/// <param name="At">UTC.</param>
/// <param name="ApprovalId">A person decides first; nothing is planned yet. Null when it is.</param>
public sealed record StartPlanned(DateTimeOffset At, Guid VerdictId, Guid? ApprovalId)
{
    public bool Waits => ApprovalId is not null;
}

/// <summary>Lets a campaign launch by itself at a time. It must be ready for launch now, so that nobody is surprised then.</summary>
public sealed class ScheduleCampaign(Studio studio, BuildLaunchBriefs buildBriefs, PlatformSet platforms, AuthorityGate authority, TimeProvider time)
{
    /// <param name="start">Null takes the start that is written in the campaign.</param>
    public async Task<Result<StartPlanned>> RunAsync(Actor actor, Guid campaignId, PlannedStart? start, CancellationToken ct)
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

        var deed = CampaignDeed.Schedule(campaign, at) with { Changes = [new("Starts", null, $"{SpecWords.When(at.UtcDateTime)} UTC")], Outcomes = [.. briefs.Select(b => new PlatformOutcome(b.Platform, b.WhyNot))] };
        var asked = await authority.AskAsync(db, actor, deed.Of(campaign, [.. briefs.Where(b => b.Brief is not null).Select(b => b.Account!.Id)], stop => WorkPlan.MakeAsync(db, campaign, PlanOf(campaign, briefs), deed, stop)), ct);
        if (!asked.TryGet(out var judgement, out refusal)) return refusal;
        if (judgement.Waits) return new StartPlanned(at, judgement.VerdictId, judgement.ApprovalId);

        campaign.Become(CampaignStatus.Scheduled);
        (campaign.ScheduledFor, campaign.ScheduleVerdictId, campaign.ScheduledSpec, campaign.UpdatedAt) = (at, judgement.VerdictId, campaign.SpecPrint(), time.GetUtcNow());
        db.AuditVerb = "scheduled";
        return await db.TrySaveAsync(ct) ? new StartPlanned(at, judgement.VerdictId, null) : new ChangedMeanwhile(campaign.Name);
    }

    /// <summary>The launch as it would be sent; of rows that are never saved.</summary>
    private List<PlannedWork> PlanOf(Campaign campaign, IReadOnlyList<PlatformBrief> briefs) =>
        [.. briefs.Where(b => b.Brief is not null).Select(b => new PlatformCampaign
        {
            OrganizationId = campaign.OrganizationId, Platform = b.Platform, AdAccountId = b.Account!.Id, BudgetMicros = b.Brief!.Budget.Micros, Currency = b.Brief.Budget.Currency,
        }.PlanLaunch(platforms.Get<IPublishes>(b.Platform), b.Brief))];
}

internal static class ScheduledSpecs
{
    /// <summary>A short mark of what would be launched, to see later whether it is still the same.</summary>
    public static string SpecPrint(this Campaign campaign) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(campaign.Name + JsonSerializer.Serialize(campaign.Spec, StudioJson.Options))));
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
        (campaign.ScheduledFor, campaign.ScheduleVerdictId, campaign.ScheduledSpec, campaign.UpdatedAt) = (null, null, null, time.GetUtcNow());
        db.AuditVerb = "unscheduled";
        return await db.TrySaveAsync(ct) ? Done.Value : new ChangedMeanwhile(campaign.Name);
    }
}
