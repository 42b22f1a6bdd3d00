using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Operations;

/// <summary>Launches what is due, in every organization. Late after a standstill rather than never, and never twice: a launched campaign is no longer scheduled.</summary>
[WithoutActor]
public sealed class LaunchScheduled(Studio studio, LaunchCampaign launch, TimeProvider time)
{
    /// <summary>How many were launched.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var all = await studio.OpenForEveryoneAsync(ct);
        var due = await all.Campaigns.AsNoTracking().Where(c => c.Status == CampaignStatus.Scheduled && c.ScheduledFor <= now)
            .OrderBy(c => c.ScheduledFor).Select(c => new { c.Id, c.OrganizationId }).Take(200).ToListAsync(ct);

        var launched = 0;
        foreach (var campaign in due)
        {
            var actor = Actor.Studio(campaign.OrganizationId, "schedule");
            var result = await launch.RunAsync(actor, campaign.Id, ct);
            if (result is { IsDone: true, Value.Waits: true }) await BackToDraftAsync(actor, campaign.Id, ct);
            else if (result.IsDone) launched++;
            else if (result.Refusal is not (ConflictError or NotFoundError)) await SayWhyNotAsync(actor, campaign.Id, result.Refusal, ct);
        }
        return launched;
    }

    /// <summary>Its authority was tightened, or it was changed, since it was planned: now a person decides, and acceptance launches it.</summary>
    private async Task BackToDraftAsync(Actor actor, Guid campaignId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.FindVisibleCampaignAsync(actor, campaignId, ct) is not { Status: CampaignStatus.Scheduled } campaign) return;
        campaign.Become(CampaignStatus.Draft);
        (campaign.ScheduledFor, campaign.ScheduleVerdictId, campaign.ScheduledSpec, campaign.UpdatedAt) = (null, null, null, time.GetUtcNow());
        db.AuditVerb = "unscheduled";
        await db.TrySaveAsync(ct);
    }

    /// <summary>What was ready when it was planned may not be so now; the campaign shows why.</summary>
    private async Task SayWhyNotAsync(Actor actor, Guid campaignId, Refusal why, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var campaign = await db.FindVisibleCampaignAsync(actor, campaignId, ct);
        if (campaign is not { Status: CampaignStatus.Scheduled }) return;

        var words = why is InvalidError wrong ? string.Join(' ', wrong.Fields.Select(f => f.Message).Distinct()) : why.Message;
        foreach (var (choice, group) in campaign.Spec.Platforms.SelectMany(_ => campaign.Spec.GroupsOrWhole(), (choice, group) => (choice, group?.Name ?? "")))
        {
            var platform = campaign.Platforms.Find(p => p.Platform == choice.Platform && p.GroupName == group);
            if (platform is null) db.Add(platform = new PlatformCampaign { OrganizationId = campaign.OrganizationId, Campaign = campaign, Platform = choice.Platform, GroupName = group, AdAccountId = choice.AdAccountId });
            (platform.Status, platform.StatusDetail, platform.FailureKind, platform.FailureField) = (PlatformStatus.Failed, words, null, null);
        }
        campaign.Become(CampaignStatus.Failed);
        (campaign.ScheduledFor, campaign.UpdatedAt) = (null, time.GetUtcNow());
        await db.TrySaveAsync(ct);
    }
}
