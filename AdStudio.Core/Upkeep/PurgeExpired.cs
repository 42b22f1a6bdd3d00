using AdStudio.Core.Audiences;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Partners;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Upkeep;

/// <summary>How long is kept what nobody needs any more. <c>Retention:*</c> in the configuration.</summary>
public sealed record RetentionOptions
{
    /// <summary>Deleted campaigns, creatives and audiences can be brought back for so long.</summary>
    public TimeSpan Deleted { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Used or expired tokens, sign-ins and invitations, and mail that was sent.</summary>
    public TimeSpan Expired { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The hashes of people who were taken out of a customer list, while copies of the list on platforms may still have to hear of it.</summary>
    public TimeSpan FormerMembers { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Events, and what became of telling them.</summary>
    public TimeSpan Events { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The log of readings.</summary>
    public TimeSpan SyncRuns { get; init; } = TimeSpan.FromDays(90);
}

/// <summary>
/// Removes for good what was deleted long ago, and what has expired. Children go before their parents, each kind in a statement of its own,
/// so that a purge that is cut off goes on where it stopped.
/// </summary>
[WithoutActor]
public sealed class PurgeExpired(Studio studio, RetentionOptions keep, TimeProvider time)
{
    private const int CampaignsAtOnce = 100;

    public async Task RunAsync(CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var now = time.GetUtcNow();
        await db.IdempotentRequests.Where(r => r.ExpiresAt < now).ExecuteDeleteAsync(ct);
        await ExpiredAsync(db, now - keep.Expired, now - keep.SyncRuns, ct);
        await EventsAsync(db, now - keep.Events, ct);
        await CampaignsAsync(db, now - keep.Deleted, ct);
        await AudiencesAsync(db, now - keep.Deleted, ct);
        await FormerMembersAsync(db, now - keep.FormerMembers, ct);
        var deletedBefore = now - keep.Deleted;
        await db.CampaignTemplates.IgnoreQueryFilters([StudioDb.DeletedFilter]).Where(t => t.DeletedAt < deletedBefore).ExecuteDeleteAsync(ct);
        await db.Creatives.IgnoreQueryFilters([StudioDb.DeletedFilter]).Where(c => c.DeletedAt < deletedBefore).ExecuteDeleteAsync(ct);
    }

    private static async Task ExpiredAsync(StudioDb db, DateTimeOffset before, DateTimeOffset runsBefore, CancellationToken ct)
    {
        await db.OAuthAttempts.Where(a => a.ExpiresAt < before).ExecuteDeleteAsync(ct);
        await db.RefreshTokens.Where(t => t.ExpiresAt < before).ExecuteDeleteAsync(ct);
        await db.PersonSessions.Where(s => s.RevokedAt < before || s.LastSeenAt < before).ExecuteDeleteAsync(ct);
        await db.Invitations.Where(i => i.ExpiresAt < before && i.AcceptedAt == null).ExecuteDeleteAsync(ct);
        await db.OutgoingMails.Where(m => m.SentAt < before || m.GivenUpAt < before).ExecuteDeleteAsync(ct);
        await db.SyncRuns.Where(r => r.FinishedAt < runsBefore).ExecuteDeleteAsync(ct);
    }

    /// <summary>An event of which a delivery is still tried stays with it.</summary>
    private static async Task EventsAsync(StudioDb db, DateTimeOffset before, CancellationToken ct)
    {
        var over = db.WebhookDeliveries.Where(d => d.CreatedAt < before && d.Status != DeliveryStatus.Waiting);
        await db.WebhookAttempts.Where(a => over.Any(d => d.Id == a.DeliveryId)).ExecuteDeleteAsync(ct);
        await over.Where(d => !db.WebhookAttempts.Any(a => a.DeliveryId == d.Id)).ExecuteDeleteAsync(ct);
        await db.StudioEvents.Where(e => e.At < before && e.HandedOutAt != null && !db.WebhookDeliveries.Any(d => d.EventId == e.Id)).ExecuteDeleteAsync(ct);
    }

    private static async Task CampaignsAsync(StudioDb db, DateTimeOffset before, CancellationToken ct)
    {
        var all = db.Campaigns.IgnoreQueryFilters([StudioDb.DeletedFilter]);
        while (await all.Where(c => c.DeletedAt < before).OrderBy(c => c.Id).Select(c => c.Id).Take(CampaignsAtOnce).ToListAsync(ct) is { Count: > 0 } ids)
        {
            var platforms = db.PlatformCampaigns.IgnoreQueryFilters([StudioDb.DeletedFilter]).Where(p => ids.Contains(p.CampaignId)).Select(p => p.Id);
            await db.MetricFacts.Where(f => platforms.Contains(f.PlatformCampaignId)).ExecuteDeleteAsync(ct);
            await db.CampaignDays.Where(d => ids.Contains(d.CampaignId)).ExecuteDeleteAsync(ct);
            var operations = db.Operations.IgnoreQueryFilters([StudioDb.DeletedFilter]).Where(o => ids.Contains(o.CampaignId)).Select(o => o.Id);
            await db.OperationSteps.Where(s => operations.Contains(s.OperationId)).ExecuteDeleteAsync(ct);
            await db.Operations.Where(o => ids.Contains(o.CampaignId)).ExecuteDeleteAsync(ct);
            var adSets = db.Set<AdSet>().Where(s => platforms.Contains(s.PlatformCampaignId)).Select(s => s.Id);
            await db.Ads.Where(a => adSets.Contains(a.AdSetId)).ExecuteDeleteAsync(ct);
            await db.AdSets.Where(s => platforms.Contains(s.PlatformCampaignId)).ExecuteDeleteAsync(ct);
            await db.PlatformCampaigns.Where(p => ids.Contains(p.CampaignId)).ExecuteDeleteAsync(ct);
            await db.PartnerJobs.Where(j => ids.Contains(j.CampaignId)).ExecuteDeleteAsync(ct);
            await db.CampaignEdits.Where(e => ids.Contains(e.CampaignId)).ExecuteDeleteAsync(ct);
            await db.Set<CampaignTarget>().Where(t => ids.Contains(t.CampaignId)).ExecuteDeleteAsync(ct);
            await all.Where(c => ids.Contains(c.Id)).ExecuteDeleteAsync(ct);
        }
    }

    private static async Task AudiencesAsync(StudioDb db, DateTimeOffset before, CancellationToken ct)
    {
        var gone = db.AdAudiences.IgnoreQueryFilters([StudioDb.DeletedFilter]).Where(a => a.DeletedAt < before).Select(a => a.Id);
        await db.AudienceMembers.Where(m => gone.Contains(m.AudienceId)).ExecuteDeleteAsync(ct);
        await db.PlatformAudiences.Where(p => gone.Contains(p.AudienceId)).ExecuteDeleteAsync(ct);
        await db.AdAudiences.IgnoreQueryFilters([StudioDb.DeletedFilter]).Where(a => a.DeletedAt < before).ExecuteDeleteAsync(ct);
    }

    /// <summary>Who went from a list long ago, and of whose going every copy has heard. Who withdrew their consent stays, so that nobody adds them again unknowingly.</summary>
    private static Task FormerMembersAsync(StudioDb db, DateTimeOffset before, CancellationToken ct)
    {
        var places = db.PlatformAudiences.IgnoreQueryFilters([StudioDb.DeletedFilter]);
        return db.AudienceMembers.IgnoreQueryFilters([StudioDb.DeletedFilter])
            .Where(m => !m.IsOn && m.Consent != MemberConsent.Withdrawn && m.ChangedAt < before && !places.Any(p => p.AudienceId == m.AudienceId && p.SentThrough < m.Change)).ExecuteDeleteAsync(ct);
    }
}
