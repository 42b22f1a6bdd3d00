using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Operations;

/// <summary>How a campaign stands on one platform; with country groups, one of them.</summary>
/// <param name="Detail">Why, where there is something to say: the platform's own words when it refused.</param>
/// <param name="Field">The field that the platform names, in its own spelling.</param>
public sealed record PlatformStatusView(Platform Platform, PlatformStatus Status, string? Detail, PlatformFailureKind? FailureKind, string? Field)
{
    public Guid PlatformCampaignId { get; init; }

    /// <summary>The country group; empty for all places.</summary>
    public string GroupName { get; init; } = "";

    /// <summary>The campaign's id on the platform, once it exists there.</summary>
    public string? ExternalId { get; init; }
    public Guid? AdAccountId { get; init; }
    public string? AdAccountName { get; init; }
    public Money? Budget { get; init; }
    public DateTimeOffset? LaunchedAt { get; init; }

    /// <summary>When the platform was last asked how it stands.</summary>
    public DateTimeOffset? ReadAt { get; init; }
}

/// <summary>How a campaign stands on each of its platforms; empty before its first launch.</summary>
public sealed class GetPlatformStatus(Studio studio)
{
    public async Task<Result<IReadOnlyList<PlatformStatusView>>> RunAsync(Actor actor, Guid campaignId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.FindVisibleCampaignAsync(actor, campaignId, ct) is null) return new CampaignNotFound();
        return Result<IReadOnlyList<PlatformStatusView>>.Of(await db.PlatformStatusAsync(campaignId, ct));
    }
}

internal static class PlatformStatusViews
{
    public static async Task<IReadOnlyList<PlatformStatusView>> PlatformStatusAsync(this StudioDb db, Guid campaignId, CancellationToken ct)
    {
        var rows = await db.PlatformCampaigns.AsNoTracking().IgnoreQueryFilters([StudioDb.DeletedFilter]).Where(p => p.CampaignId == campaignId).Select(p => new { Row = p, Account = p.AdAccount!.Name, p.Campaign.Spec }).ToListAsync(ct);
        return [.. rows.Where(r => r.Spec.Counts(r.Row.GroupName, r.Row.ExternalId)).OrderBy(r => r.Row.Platform).ThenBy(r => r.Row.Id).Select(r => new PlatformStatusView(r.Row.Platform, r.Row.Status, r.Row.StatusDetail, r.Row.FailureKind, r.Row.FailureField)
        {
            PlatformCampaignId = r.Row.Id, GroupName = r.Row.GroupName, ExternalId = r.Row.ExternalId, AdAccountId = r.Row.AdAccountId, AdAccountName = r.Account, LaunchedAt = r.Row.LaunchedAt, ReadAt = r.Row.ReadAt,
            Budget = r.Row.Currency == "" || (r.Row.ImportedAt is not null && r.Row.BudgetMicros == 0) ? null : new Money(r.Row.BudgetMicros, r.Row.Currency),
        })];
    }
}
