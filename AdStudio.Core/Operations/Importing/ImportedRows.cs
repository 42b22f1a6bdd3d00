using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Operations;

internal enum ImportOutcome { New, Known, Changed }

/// <summary>Makes rows of what an import found, and keeps those in step that are there; each campaign in a save of its own.</summary>
internal sealed class ImportedRows(Studio studio, CampaignImport import, CampaignNumbers numbers, TimeProvider time)
{
    // Who asked has imported what is new; what was changed on the platform was changed by somebody there.
    private readonly Actor itself = Actor.Studio(import.OrganizationId);
    private readonly Actor asked = Actor.Studio(import.OrganizationId) with { Kind = import.RequestedByKind, Id = import.RequestedById, Name = import.RequestedByName, Via = import.RequestedVia };
    private List<string>? markers;

    /// <param name="since">When the reading began: what was done on the platform later is newer than what was read.</param>
    public async Task<(ImportOutcome Was, Guid? CampaignId)> RunAsync(ImportedCampaign found, DateTimeOffset since, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(itself, ct);
        var platform = await db.PlatformCampaigns.IgnoreQueryFilters([StudioDb.DeletedFilter])
            .Include(p => p.Campaign).ThenInclude(c => c.Platforms).Include(p => p.Campaign).ThenInclude(c => c.Targets).Include(p => p.AdSets).ThenInclude(s => s.Ads).AsSplitQuery()
            .OrderBy(p => p.Id).FirstOrDefaultAsync(p => p.AdAccountId == import.AdAccountId && p.ExternalId == found.ExternalId, ct);
        if (platform is null)
            return await IsBeingLaunchedAsync(db, found, ct) ? (ImportOutcome.Known, null) : (ImportOutcome.New, await AddAsync(found, ct));
        // A campaign that was deleted here stays deleted; what is being done now is newer than what was read.
        if (platform.Campaign.DeletedAt is not null || await OvertakenAsync(db, platform.Id, since, ct)) return (ImportOutcome.Known, platform.CampaignId);

        var isChanged = Update(db, platform, found);
        await LinkCreativesAsync(db, platform, found, ct);
        if (platform.ImportedAt is not null) db.AuditVerb = $"changed on {platform.Platform.Label()}";
        // Somebody saved it in the same moment: the next import brings the rest.
        return (await db.TrySaveAsync(ct) && isChanged ? ImportOutcome.Changed : ImportOutcome.Known, platform.CampaignId);
    }

    /// <summary>Imported campaigns that are not on the account any more.</summary>
    public async Task<IReadOnlyList<Guid>> DropGoneAsync(IReadOnlyCollection<string> found, DateTimeOffset since, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(itself, ct);
        var there = await db.PlatformCampaigns.Include(p => p.Campaign).ThenInclude(c => c.Platforms)
            .Where(p => p.AdAccountId == import.AdAccountId && p.ImportedAt != null && p.ImportedAt < since && p.Status != PlatformStatus.Deleted).ToListAsync(ct);
        List<Guid> gone = [];
        foreach (var platform in there.Where(p => !found.Contains(p.ExternalId!)))
        {
            if (await OvertakenAsync(db, platform.Id, since, ct)) continue;
            var now = time.GetUtcNow();
            (platform.Status, platform.StatusDetail, platform.FailureKind, platform.ReadAt) = (PlatformStatus.Deleted, $"It was deleted on {platform.Platform.Label()}.", null, now);
            db.Follow(platform.Campaign, now);
            db.AuditVerb = $"changed on {platform.Platform.Label()}";
            if (await db.TrySaveAsync(ct)) gone.Add(platform.CampaignId);
        }
        return gone;
    }

    /// <summary>A launch from here that waits for the platform's answer made it: the launch itself will find it by its marker.</summary>
    private async Task<bool> IsBeingLaunchedAsync(StudioDb db, ImportedCampaign found, CancellationToken ct)
    {
        markers ??= await db.Operations.Where(o => o.Kind == OperationKind.Launch && o.PlatformCampaign.AdAccountId == import.AdAccountId && o.PlatformCampaign.ExternalId == null && o.Marker != "").Select(o => o.Marker).ToListAsync(ct);
        return markers.Exists(m => found.Name.Contains(m, StringComparison.OrdinalIgnoreCase));
    }

    private static Task<bool> OvertakenAsync(StudioDb db, Guid platformCampaignId, DateTimeOffset since, CancellationToken ct) =>
        db.Operations.AnyAsync(o => o.PlatformCampaignId == platformCampaignId && (o.ActiveKey != null || o.FinishedAt >= since), ct);

    private async Task<Guid> AddAsync(ImportedCampaign found, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(asked, ct);
        var (account, now) = (import.AdAccount, time.GetUtcNow());
        var launched = found.Start ?? found.CreatedAt ?? now;
        var campaign = new Campaign
        {
            OrganizationId = import.OrganizationId, WorkspaceId = import.WorkspaceId, TeamId = account.TeamId, Number = await numbers.NextAsync(import.OrganizationId, ct), Origin = CampaignOrigin.Imported,
            CreatedByName = account.Platform.Label(), CreatedAt = now, UpdatedAt = now, LaunchedAt = launched,
        };
        var platform = new PlatformCampaign
        {
            OrganizationId = import.OrganizationId, Campaign = campaign, Platform = account.Platform, AdAccountId = account.Id, ExternalId = found.ExternalId, Currency = account.Currency,
            LaunchedAt = launched, ImportedAt = now,
        };
        campaign.Platforms.Add(platform);
        db.Add(campaign);
        Update(db, platform, found);
        campaign.Status = CampaignLifecycle.DeriveStatus(campaign.Platforms);
        await LinkCreativesAsync(db, platform, found, ct);
        await db.SaveChangesAsync(ct);
        return campaign.Id;
    }

    /// <summary>Whether anything that a person would notice has changed. What was launched from here keeps what was written here.</summary>
    private bool Update(StudioDb db, PlatformCampaign platform, ImportedCampaign found)
    {
        var (campaign, now) = (platform.Campaign, time.GetUtcNow());
        var (status, isChanged) = (platform.Status, false);
        if (platform.ImportedAt is not null)
        {
            var name = platform.NameThere == Cut(found.Name, 512) ? campaign.Name : Cut(found.Name, SpecRules.MaxName);
            var spec = SpecOf(campaign.Spec, found);
            isChanged = !campaign.IsWritten(name, spec);
            if (isChanged)
            {
                campaign.Write(name, spec);
                campaign.UpdatedAt = now;
            }
            (platform.NameThere, platform.BudgetMicros) = (Cut(found.Name, 512), found.Budget?.Micros ?? 0);
            if (!found.Ids.OrderBy(i => i.Key).SequenceEqual(platform.IdsThere.OrderBy(i => i.Key))) platform.IdsThere = found.Ids;
        }
        LaunchedStructure.Take(db, platform, StateOf(found), now);
        db.Follow(campaign, now);
        return isChanged || platform.Status != status;
    }

    /// <summary>As far as the platform tells; local times are the account's.</summary>
    private CampaignSpec SpecOf(CampaignSpec before, ImportedCampaign found)
    {
        var zone = LocalTimes.ZoneOf(import.AdAccount.TimeZone);
        return before with
        {
            Objective = found.Objective,
            Platforms = [new PlatformChoice { Platform = import.Platform, AdAccountId = import.AdAccountId }],
            Audience = found.Audience ?? before.Audience,
            Budget = new BudgetSpec { Type = found.BudgetType, AmountMicros = found.Budget?.Micros, Currency = found.Budget?.Currency ?? import.AdAccount.Currency },
            Schedule = new ScheduleSpec { TimeZone = import.AdAccount.TimeZone, Start = Local(found.Start), End = Local(found.End) },
        };

        DateTime? Local(DateTimeOffset? at) => at is { } instant ? TimeZoneInfo.ConvertTime(instant, zone).DateTime : null;
    }

    private static CampaignState StateOf(ImportedCampaign found) => new(found.ExternalId, Cut(found.Name, 512), found.Status, found.OwnStatus,
        [.. found.AdSets.DistinctBy(s => s.ExternalId).Select(s => new AdSetState(s.ExternalId, Cut(s.Name, 512), Cut(s.OwnStatus, 64),
            [.. s.Ads.DistinctBy(a => a.ExternalId).Select(a => new AdState(a.ExternalId, Cut(a.Name, 512), Cut(a.OwnStatus, 64), false, a.Rejection))]))]);

    /// <summary>An ad that shows a creative which a launch from here made on the platform is linked with it; of the others we keep what kind they are.</summary>
    private async Task LinkCreativesAsync(StudioDb db, PlatformCampaign platform, ImportedCampaign found, CancellationToken ct)
    {
        var shown = found.AdSets.SelectMany(s => s.Ads).Where(a => a.Creative is not null).DistinctBy(a => a.ExternalId).ToDictionary(a => a.ExternalId, a => a.Creative!);
        var ads = platform.AdSets.SelectMany(s => s.Ads).Where(a => a.CreativeId is null && shown.ContainsKey(a.ExternalId)).ToList();
        if (ads.Count == 0) return;
        var ids = ads.Select(a => shown[a.ExternalId].ExternalId).Distinct().ToList();
        var ours = (await db.OperationSteps.Where(s => s.Kind == StepKind.Creative && s.CreativeId != null && s.ExternalId != null && ids.Contains(s.ExternalId)).Select(s => new { s.ExternalId, s.CreativeId }).ToListAsync(ct))
            .GroupBy(s => s.ExternalId!).ToDictionary(g => g.Key, g => g.First().CreativeId);
        foreach (var ad in ads) (ad.CreativeType, ad.CreativeId) = (shown[ad.ExternalId].Type, ours.GetValueOrDefault(shown[ad.ExternalId].ExternalId));
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";
}
