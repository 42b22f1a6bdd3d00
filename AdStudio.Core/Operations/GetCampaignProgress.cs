using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Operations;

/// <summary>How a campaign stands on its platforms, with the last work there step by step.</summary>
/// <param name="MayAct">Whether the actor may retry and roll back.</param>
public sealed record CampaignProgress(Guid CampaignId, string Name, CampaignStatus Status, bool MayAct, IReadOnlyList<PlatformProgress> Platforms)
{
    public bool IsAtWork => Platforms.Any(p => p.Work is { IsOpen: true });
}

/// <param name="Work">The last work on the platform; null when there was none, because it was left out.</param>
public sealed record PlatformProgress(PlatformStatusView Standing, WorkView? Work)
{
    public Platform Platform => Standing.Platform;
    public bool CanRetry => Work is { Status: OperationStatus.Failed or OperationStatus.Waiting } || Standing.Status is PlatformStatus.Failed or PlatformStatus.NotConnected or PlatformStatus.RolledBack && Work is not { IsOpen: true };
    public bool CanRollBack => Work is { Kind: not OperationKind.RollBack, Status: not OperationStatus.Running and not OperationStatus.Queued } && Standing.Status == PlatformStatus.Failed && Work.AnythingBegun
        || Work is { Kind: OperationKind.Launch, Status: OperationStatus.Waiting } || Work is { Kind: OperationKind.RollBack, Status: OperationStatus.Failed };
}

/// <summary>Work on one platform.</summary>
/// <param name="RetryAt">When it is tried again by itself, while it waits.</param>
/// <param name="Words">Why it waits or failed: the platform's own words where it gave any.</param>
public sealed record WorkView(
    Guid Id, Guid RequestId, OperationKind Kind, OperationStatus Status, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt, DateTimeOffset? RetryAt,
    PlatformFailureKind? FailureKind, string? Words, IReadOnlyList<StepView> Steps)
{
    public bool IsOpen => Status is OperationStatus.Queued or OperationStatus.Running or OperationStatus.Waiting;
    public bool AnythingBegun => Steps.Any(s => s.Status != StepStatus.Pending);

    internal static WorkView Of(Operation operation) => new(
        operation.Id, operation.RequestId, operation.Kind, operation.Status, operation.CreatedAt, operation.FinishedAt,
        operation.Status == OperationStatus.Waiting ? operation.NotBefore : null, operation.FailureKind, operation.FailureText,
        [.. operation.Steps.Where(s => s.Status != StepStatus.Held).OrderBy(s => s.Ordinal).Select(s => new StepView(s.Key, s.Title, s.Status, s.Attempts, s.FailureText, s.ExternalId))]);
}

public sealed record StepView(string Key, string Title, StepStatus Status, int Attempts, string? Words, string? ExternalId);

/// <summary>Reads how far the work on a campaign is. Cheap enough to be asked again and again.</summary>
public sealed class GetCampaignProgress(Studio studio)
{
    public async Task<Result<CampaignProgress>> RunAsync(Actor actor, Guid campaignId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.FindVisibleCampaignAsync(actor, campaignId, ct) is not { } campaign) return new CampaignNotFound();

        var standings = await db.PlatformStatusAsync(campaign.Id, ct);
        var last = await db.Operations.AsNoTracking().Where(o => o.CampaignId == campaignId)
            .Where(o => !db.Operations.Any(later => later.PlatformCampaignId == o.PlatformCampaignId && later.CreatedAt > o.CreatedAt))
            .Include(o => o.Steps).AsSplitQuery().ToListAsync(ct);
        var work = last.GroupBy(o => o.PlatformCampaignId).ToDictionary(g => g.Key, g => WorkView.Of(g.MaxBy(o => o.Id)!));
        return new CampaignProgress(campaign.Id, campaign.Name, campaign.Status, actor.ManagesCampaign(campaign), [.. standings.Select(s => new PlatformProgress(s, work.GetValueOrDefault(s.PlatformCampaignId)))]);
    }
}
