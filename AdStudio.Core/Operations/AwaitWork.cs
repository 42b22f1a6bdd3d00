using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Operations;

/// <summary>How a campaign stands on one platform, down to its first ad set and ad, by the platform's ids.</summary>
/// <param name="IsAtWork">Something is still being done there; the rest may change.</param>
/// <param name="Failed">The last work there ended in a failure.</param>
public sealed record StandsThere(Guid CampaignId, string CampaignName, string? ExternalId, string? AdSetId, string? AdId, PlatformStatus Status, bool IsAtWork, PlatformFailureKind? FailureKind, string? Words, string? Field)
{
    public bool Failed => !IsAtWork && FailureKind is not null;
}

/// <summary>Waits for the work on a campaign on one platform to end, for callers who want its outcome in their answer. Nothing depends on the waiting: the work goes on without it.</summary>
public sealed class AwaitWork(Studio studio, OperationSignals signals, TimeProvider time)
{
    /// <summary>How often the database is asked although nothing was signalled: the work may be another node's.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    /// <returns>How it stands once the work ended, or when <paramref name="atMost"/> is over.</returns>
    public async Task<Result<StandsThere>> RunAsync(Actor actor, Guid campaignId, Platform platform, TimeSpan atMost, CancellationToken ct)
    {
        using var moved = new SemaphoreSlim(0, 1);
        var gate = new Lock();
        using var subscription = signals.Subscribe(id =>
        {
            if (id != campaignId) return;
            lock (gate)
                if (moved.CurrentCount == 0) moved.Release();
        });
        var began = time.GetTimestamp();
        while (true)
        {
            var read = await ReadAsync(actor, campaignId, platform, ct);
            var left = atMost - time.GetElapsedTime(began);
            if (!read.TryGet(out var standing, out _) || !standing.IsAtWork || left <= TimeSpan.Zero) return read;
            await moved.WaitAsync(left < Between ? left : Between, ct);
        }
    }

    private async Task<Result<StandsThere>> ReadAsync(Actor actor, Guid campaignId, Platform platform, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.FindVisibleCampaignAsync(actor, campaignId, ct) is not { } campaign) return new CampaignNotFound();
        // The work before what it made: both are saved at once, so of work that has ended everything is there. The other way round it could end in between.
        var last = await db.Operations.AsNoTracking().Where(o => o.CampaignId == campaignId && o.Platform == platform).OrderByDescending(o => o.CreatedAt).FirstOrDefaultAsync(ct);
        var there = await db.PlatformCampaigns.AsNoTracking().Include(p => p.AdSets).ThenInclude(s => s.Ads).Where(p => p.CampaignId == campaignId && p.Platform == platform).OrderBy(p => p.Id).FirstOrDefaultAsync(ct);
        if (there is null) return new PlatformNotPartOfCampaign(campaign.Name, platform);

        var adSet = there.AdSets.OrderBy(s => s.Id).FirstOrDefault(s => s.Status != LaunchedStructure.Gone);
        return new StandsThere(campaignId, campaign.Name, there.ExternalId, adSet?.ExternalId, adSet?.Ads.OrderBy(a => a.Id).FirstOrDefault(a => a.Status != LaunchedStructure.Gone)?.ExternalId,
            there.Status, last is { IsFinished: false }, last?.FailureKind ?? (there.Status == PlatformStatus.Failed ? there.FailureKind ?? PlatformFailureKind.Unavailable : null), last?.FailureText ?? there.StatusDetail, last?.FailureField ?? there.FailureField);
    }
}

/// <summary>Finds a campaign of ours by the id that the platform has for it, or by ours.</summary>
public sealed class FindCampaignOnAccount(Studio studio)
{
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid adAccountId, string id, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var ours = PublicId.TryParse("cmp", id, out var parsed) ? parsed : Guid.Empty;
        var found = await db.PlatformCampaigns.AsNoTracking().Where(p => p.AdAccountId == adAccountId && (p.ExternalId == id || p.CampaignId == ours)).Select(p => p.CampaignId).FirstOrDefaultAsync(ct);
        return found != Guid.Empty && await db.FindVisibleCampaignAsync(actor, found, ct) is not null ? found : new CampaignNotOnAccount();
    }
}

public sealed record CampaignNotOnAccount() : NotFoundError("The studio knows no such campaign on this ad account. One that was made on the platform is known once the account was imported.");
