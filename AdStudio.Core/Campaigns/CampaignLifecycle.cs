using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Campaigns;

/// <summary>Which status may follow which, and what a campaign's status is, given how it stands on its platforms.</summary>
public static class CampaignLifecycle
{
    private static readonly Dictionary<CampaignStatus, CampaignStatus[]> Next = new()
    {
        [CampaignStatus.Draft] = [CampaignStatus.Scheduled, CampaignStatus.Launching, CampaignStatus.Failed],
        [CampaignStatus.Scheduled] = [CampaignStatus.Draft, CampaignStatus.Launching, CampaignStatus.Failed],
        [CampaignStatus.Launching] = [CampaignStatus.Submitted, CampaignStatus.InReview, CampaignStatus.Active, CampaignStatus.Paused, CampaignStatus.Completed, CampaignStatus.Failed, CampaignStatus.Rejected, CampaignStatus.Draft],
        [CampaignStatus.Submitted] = [CampaignStatus.Launching, CampaignStatus.InReview, CampaignStatus.Active, CampaignStatus.Paused, CampaignStatus.Completed, CampaignStatus.Failed, CampaignStatus.Rejected, CampaignStatus.Draft],
        [CampaignStatus.InReview] = [CampaignStatus.Launching, CampaignStatus.Active, CampaignStatus.Paused, CampaignStatus.Completed, CampaignStatus.Failed, CampaignStatus.Rejected, CampaignStatus.Draft],
        [CampaignStatus.Active] = [CampaignStatus.Launching, CampaignStatus.InReview, CampaignStatus.Paused, CampaignStatus.Completed, CampaignStatus.Failed, CampaignStatus.Rejected, CampaignStatus.Draft],
        [CampaignStatus.Paused] = [CampaignStatus.Launching, CampaignStatus.InReview, CampaignStatus.Active, CampaignStatus.Completed, CampaignStatus.Failed, CampaignStatus.Rejected, CampaignStatus.Draft],
        [CampaignStatus.Failed] = [CampaignStatus.Draft, CampaignStatus.Scheduled, CampaignStatus.Launching, CampaignStatus.InReview, CampaignStatus.Active, CampaignStatus.Paused, CampaignStatus.Completed, CampaignStatus.Rejected],
        [CampaignStatus.Rejected] = [CampaignStatus.Draft, CampaignStatus.Launching, CampaignStatus.InReview, CampaignStatus.Active, CampaignStatus.Paused, CampaignStatus.Completed, CampaignStatus.Failed],
        [CampaignStatus.Completed] = [CampaignStatus.Active, CampaignStatus.Paused],
    };

    /// <summary>Staying where it is is always allowed.</summary>
    public static bool MayBecome(this CampaignStatus from, CampaignStatus to) => from == to || Next[from].Contains(to);

    /// <summary>Moves on; a step that the table does not have is a bug of the caller.</summary>
    public static void Become(this Campaign campaign, CampaignStatus status)
    {
        if (!campaign.Status.MayBecome(status)) throw new InvalidOperationException($"A campaign that is {campaign.Status} can't become {status}.");
        campaign.Status = status;
    }

    /// <summary>What the whole is, given its platforms: the liveliest wins, and a failure shows only when nothing lives.</summary>
    public static CampaignStatus DeriveStatus(IEnumerable<PlatformCampaign> platforms)
    {
        var all = platforms.Select(p => p.Status).ToHashSet();
        if (all.Contains(PlatformStatus.Launching) || all.Contains(PlatformStatus.Waiting)) return CampaignStatus.Launching;
        if (all.Contains(PlatformStatus.Active)) return CampaignStatus.Active;
        if (all.Contains(PlatformStatus.InReview)) return CampaignStatus.InReview;
        if (all.Contains(PlatformStatus.Paused)) return CampaignStatus.Paused;
        if (all.Contains(PlatformStatus.Completed)) return CampaignStatus.Completed;
        if (all.Contains(PlatformStatus.Rejected)) return CampaignStatus.Rejected;
        if (all.Contains(PlatformStatus.Failed)) return CampaignStatus.Failed;
        if (all.Contains(PlatformStatus.RolledBack)) return CampaignStatus.Draft;
        if (all.Contains(PlatformStatus.Deleted)) return CampaignStatus.Completed;
        return all.Count == 0 ? CampaignStatus.Draft : CampaignStatus.Failed;
    }

    /// <summary>
    /// The campaign as a whole follows its platforms. Whenever one of them changes, the campaign's version is held too: of two that are saved at once each would
    /// take the other for what it was, and a campaign that is paused everywhere would stay active.
    /// </summary>
    public static void Follow(this StudioDb db, Campaign campaign, DateTimeOffset now)
    {
        if (db.Entry(campaign).State != EntityState.Added && campaign.Platforms.Any(p => db.Entry(p).State == EntityState.Added || db.Entry(p).Property(x => x.Status).IsModified))
            db.Entry(campaign).Property(c => c.Version).IsModified = true;

        var next = DeriveStatus(campaign.Platforms);
        if (next == campaign.Status || !campaign.Status.MayBecome(next)) return;
        campaign.Become(next);
        campaign.UpdatedAt = now;
    }

    /// <summary>Whether something of it spends, or may do so without anybody's doing.</summary>
    public static bool Runs(this PlatformStatus status) => status is PlatformStatus.Waiting or PlatformStatus.Launching or PlatformStatus.InReview or PlatformStatus.Active;

    /// <summary>Whether it may be rewritten whole: it was written here, and nothing of it stands on a platform.</summary>
    public static bool IsRewritable(this Campaign campaign) =>
        campaign.Origin == CampaignOrigin.Studio && campaign.Status is CampaignStatus.Draft or CampaignStatus.Scheduled or CampaignStatus.Failed or CampaignStatus.Rejected
        && campaign.Platforms.All(p => p.ExternalId is null || p.Status is PlatformStatus.RolledBack or PlatformStatus.Deleted);

    /// <summary>Why a campaign that is not rewritable can't be, in words.</summary>
    public static Refusal WhyNotRewritable(this Campaign campaign) =>
        campaign.Origin == CampaignOrigin.Imported ? new CampaignWasImported(campaign.Name, campaign.Platforms.Select(p => p.Platform).FirstOrDefault()) : new CampaignAlreadyLaunched(campaign.Name);
}
