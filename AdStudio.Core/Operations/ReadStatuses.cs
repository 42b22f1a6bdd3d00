using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AdStudio.Core.Operations;

/// <summary>Asks the platforms how one campaign stands there now.</summary>
public sealed class ReadStatuses(Studio studio, StatusReader reader)
{
    public async Task<Result<IReadOnlyList<PlatformStatusView>>> RunAsync(Actor actor, Guid campaignId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.FindVisibleCampaignAsync(actor, campaignId, ct) is null) return new CampaignNotFound();
        var launched = await db.PlatformCampaigns.AsNoTracking().Where(StatusReader.IsRead).Where(p => p.CampaignId == campaignId).ToListAsync(ct);
        Refusal? problem = null;
        foreach (var account in launched.GroupBy(p => p.AdAccountId!.Value)) problem = await reader.ReadAsync(actor.OrganizationId, account.Key, [.. account], ct) ?? problem;
        return problem is not null ? Result<IReadOnlyList<PlatformStatusView>>.Refused(problem) : Result<IReadOnlyList<PlatformStatusView>>.Of(await db.PlatformStatusAsync(campaignId, ct));
    }
}

/// <summary>Asks the platforms how all launched campaigns stand, account by account. One account's trouble does not keep the others.</summary>
[WithoutActor]
public sealed class ReadAllStatuses(Studio studio, StatusReader reader, ILogger<ReadAllStatuses> log)
{
    /// <summary>How many accounts could not be read.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var launched = await db.PlatformCampaigns.AsNoTracking().Where(StatusReader.IsRead).Where(p => p.Status != PlatformStatus.Completed && p.AdAccount!.DeletedAt == null).ToListAsync(ct);
        var unread = 0;
        foreach (var account in launched.GroupBy(p => (p.OrganizationId, AccountId: p.AdAccountId!.Value)))
        {
            if (await reader.ReadAsync(account.Key.OrganizationId, account.Key.AccountId, [.. account], ct) is not { } problem) continue;
            unread++;
            log.LogWarning("Account {AccountId} could not be read: {Problem}", account.Key.AccountId, problem.Message);
        }
        return unread;
    }
}

/// <summary>Reads campaigns of one ad account and keeps what the platform says.</summary>
public sealed class StatusReader(Studio studio, PlatformSet platforms, GetPlatformAccess getAccess, ReportExpired reportExpired, OperationSignals signals, TimeProvider time)
{
    private const int AtOnce = 50;

    internal static readonly System.Linq.Expressions.Expression<Func<PlatformCampaign, bool>> IsRead =
        p => p.ExternalId != null && p.LaunchedAt != null && p.AdAccountId != null && p.Status != PlatformStatus.Deleted && p.Status != PlatformStatus.RolledBack;

    /// <summary>Null when all was read.</summary>
    internal async Task<Refusal?> ReadAsync(Guid organizationId, Guid accountId, IReadOnlyList<PlatformCampaign> launched, CancellationToken ct)
    {
        var actor = Actor.Studio(organizationId);
        if (platforms.Find<IReadsStructure>(launched[0].Platform) is not { } reads) return null;
        if (!(await getAccess.RunAsync(actor, accountId, ct)).TryGet(out var access, out var refusal)) return refusal;

        foreach (var some in launched.Chunk(AtOnce))
        {
            var (since, ids) = (time.GetUtcNow(), some.Select(p => p.ExternalId!).ToList());
            var read = await reads.ReadCampaignsAsync(access, ids, ct);
            if (read.Refusal is PlatformFailure { Kind: PlatformFailureKind.ExpiredAuthorization })
            {
                if (!(await reportExpired.RunAsync(actor, access, ct)).TryGet(out access, out refusal)) return refusal;
                read = await reads.ReadCampaignsAsync(access, ids, ct);
            }
            if (!read.TryGet(out var states, out refusal)) return refusal;
            foreach (var platform in some) await KeepAsync(actor, platform.Id, states.FirstOrDefault(s => s.ExternalId == platform.ExternalId), since, access.Account!, ct);
        }
        return null;
    }

    private async Task KeepAsync(Actor actor, Guid platformCampaignId, CampaignState? state, DateTimeOffset since, AccountHandle account, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var overtaken = await db.Operations.AnyAsync(o => o.PlatformCampaignId == platformCampaignId && (o.ActiveKey != null || o.FinishedAt >= since), ct);
        if (overtaken) return; // what was read may be older than what was done; the next reading brings it

        var platform = await db.PlatformCampaigns.Include(p => p.Campaign).ThenInclude(c => c.Platforms).Include(p => p.AdSets).ThenInclude(s => s.Ads).AsSplitQuery().SingleOrDefaultAsync(p => p.Id == platformCampaignId, ct);
        if (platform is null) return;
        var now = time.GetUtcNow();
        var before = platform.Status;
        if (state is null or { Status: PlatformStatus.Deleted })
            (platform.Status, platform.StatusDetail, platform.FailureKind, platform.ReadAt) = (PlatformStatus.Deleted, $"It was deleted on {platform.Platform.Label()}.", null, now);
        else
        {
            LaunchedStructure.Take(db, platform, state, now);
            if (platform.Campaign.Spec.Schedule.Instants(account.TimeZone).End is { } end && end <= now) platform.Status = PlatformStatus.Completed;
        }
        db.Follow(platform.Campaign, now);
        if (platform.ImportedAt is not null) db.AuditVerb = $"changed on {platform.Platform.Label()}";
        if (await db.TrySaveAsync(ct) && platform.Status != before) signals.Progressed(platform.CampaignId);
    }
}
