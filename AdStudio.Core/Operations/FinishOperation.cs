using AdStudio.Core.Audiences;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Operations;

/// <summary>What a step's result, and an operation's end, mean for the campaign. Saved in one transaction with the operation.</summary>
public sealed class FinishOperation(OperationDesk desk, PlatformSet platforms, GetPlatformAccess getAccess, TimeProvider time)
{
    internal Task<bool> CompleteStepAsync(OperationLease lease, OperationStep step, string externalId, CancellationToken ct) => desk.SaveAsync(lease, async (db, operation) =>
    {
        operation.Complete(step.Id, externalId, time.GetUtcNow());
        if (operation.Kind is not (OperationKind.Launch or OperationKind.Edit)) return;

        if (step.Kind == StepKind.Campaign && operation.Kind == OperationKind.Launch) (await db.PlatformCampaigns.Include(p => p.Campaign).IgnoreQueryFilters([StudioDb.DeletedFilter]).SingleAsync(p => p.Id == operation.PlatformCampaignId, ct)).ExternalId = externalId;
        if (step is { Kind: StepKind.Audience, AudienceId: { } audienceId }) await KeepAudienceAsync(db, operation, audienceId, time.GetUtcNow(), ct);
    }, ct);

    internal async Task SucceedAsync(OperationLease lease, Operation operation, CancellationToken ct)
    {
        var state = operation.Kind is OperationKind.Launch or OperationKind.Resume or OperationKind.Edit ? await ReadAsync(operation, ct) : null;
        await desk.SaveAsync(lease, async (db, current) =>
        {
            var now = time.GetUtcNow();
            current.Succeed(now);
            var platform = await LoadAsync(db, current, ct);
            (platform.StatusDetail, platform.FailureKind, platform.FailureField) = (null, null, null);
            switch (current.Kind)
            {
                case OperationKind.Launch:
                    platform.LaunchedAt = now;
                    LaunchedStructure.AddFromSteps(db, platform, current);
                    platform.Status = current.Steps.Exists(s => s.Status == StepStatus.Held) ? PlatformStatus.Paused : PlatformStatus.InReview;
                    db.AuditVerb = "launched";
                    break;
                case OperationKind.Pause:
                    platform.Status = PlatformStatus.Paused;
                    db.AuditVerb = "paused";
                    break;
                case OperationKind.Resume:
                    platform.Status = PlatformStatus.Active;
                    foreach (var held in await HeldSteps.Of(db, platform.Id).ToListAsync(ct)) (held.Status, held.FinishedAt) = (StepStatus.Done, now);
                    db.AuditVerb = "resumed";
                    break;
                case OperationKind.ChangeBudget:
                    platform.BudgetMicros = current.BudgetMicros ?? platform.BudgetMicros;
                    break;
                case OperationKind.Edit:
                    platform.BudgetMicros = current.BudgetMicros ?? platform.BudgetMicros;
                    LaunchedStructure.AddFromSteps(db, platform, current);
                    db.AuditVerb = "brought up to date";
                    break;
                case OperationKind.RollBack:
                    await ForgetAsync(db, platform, current, ct);
                    db.AuditVerb = "rolled back";
                    break;
            }
            if (state is not null) LaunchedStructure.Take(db, platform, state, now);
            db.Follow(platform.Campaign, now);
        }, ct);
    }

    internal Task FailAsync(OperationLease lease, OperationStep step, PlatformFailure failure, CancellationToken ct) => desk.SaveAsync(lease, async (db, current) =>
    {
        var now = time.GetUtcNow();
        current.Fail(step.Id, failure, now);
        var platform = await LoadAsync(db, current, ct);
        if (current.Kind == OperationKind.Launch) platform.Status = PlatformStatus.Failed;
        (platform.StatusDetail, platform.FailureKind, platform.FailureField) = (failure.Message, failure.Kind, Short(failure.Field));
        db.Follow(platform.Campaign, now);
    }, ct);

    /// <summary>Null when it cannot be read now: the next reading brings it.</summary>
    private async Task<CampaignState?> ReadAsync(Operation operation, CancellationToken ct)
    {
        if (platforms.Find<IReadsStructure>(operation.Platform) is not { } reads || operation.PlatformCampaign is not { AdAccountId: { } accountId, ExternalId: { } externalId }) return null;
        var given = await getAccess.RunAsync(Actor.Studio(operation.OrganizationId), accountId, ct);
        if (!given.TryGet(out var access, out _)) return null;
        var read = await reads.ReadCampaignsAsync(access, [externalId], ct);
        return read.IsDone && read.Value is [var state, ..] ? state : null;
    }

    private static Task<PlatformCampaign> LoadAsync(StudioDb db, Operation operation, CancellationToken ct) =>
        db.PlatformCampaigns.Include(p => p.Campaign).ThenInclude(c => c.Platforms).Include(p => p.AdSets).ThenInclude(s => s.Ads)
            .IgnoreQueryFilters([StudioDb.DeletedFilter]).AsSplitQuery().SingleAsync(p => p.Id == operation.PlatformCampaignId, ct);

    /// <summary>After a roll-back nothing of the launch counts any more; its steps stay readable.</summary>
    private static async Task ForgetAsync(StudioDb db, PlatformCampaign platform, Operation rollBack, CancellationToken ct)
    {
        db.RemoveRange(platform.AdSets.SelectMany(s => s.Ads));
        db.RemoveRange(platform.AdSets);
        (platform.Status, platform.ExternalId, platform.LaunchedAt) = (PlatformStatus.RolledBack, null, null);
        var steps = await db.OperationSteps.Where(s => s.Operation.PlatformCampaignId == platform.Id && s.Operation.Kind == OperationKind.Launch && s.Operation.Marker == rollBack.Marker).ToListAsync(ct);
        foreach (var step in steps.Where(s => s.Status == StepStatus.Done)) step.Status = StepStatus.Undone;
    }

    /// <summary>How far the clocks of two nodes may be apart.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>Once an audience stands in the account with its members, later launches use it. Its first step made it, the others filled it.</summary>
    private static async Task KeepAudienceAsync(StudioDb db, Operation operation, Guid audienceId, DateTimeOffset now, CancellationToken ct)
    {
        var steps = operation.Steps.Where(s => s.Kind == StepKind.Audience && s.AudienceId == audienceId).OrderBy(s => s.Ordinal).ToList();
        var accountId = await db.PlatformCampaigns.Where(p => p.Id == operation.PlatformCampaignId).Select(p => p.AdAccountId).SingleAsync(ct);
        if (accountId is not { } account || steps.Exists(s => s.Status != StepStatus.Done)) return;

        var externalId = steps[0].ExternalId!;
        var row = await db.PlatformAudiences.SingleOrDefaultAsync(a => a.AudienceId == audienceId && a.AdAccountId == account && a.ExternalId == externalId, ct);
        if (row is null)
        {
            var name = await db.AdAudiences.IgnoreQueryFilters([StudioDb.DeletedFilter]).Where(a => a.Id == audienceId).Select(a => a.Name).SingleAsync(ct);
            db.Add(row = new PlatformAudience { OrganizationId = operation.OrganizationId, AudienceId = audienceId, AdAccountId = account, Platform = operation.Platform, Name = name, ExternalId = externalId, Marker = steps[0].Marker, CreatedAt = now });
        }
        row.Status = PlacementStatus.Ready;
        row.Uploaded = await db.AudienceMembers.CountAsync(m => m.AudienceId == audienceId && m.IsOn, ct);
        row.SyncedAt = steps[^1].FinishedAt!.Value;

        // Members may have changed while they were sent. What was so before it began was sent; the rest is sent once more, and whoever came and went in between is taken out, by the worker that keeps lists in step.
        var before = (steps[0].StartedAt ?? operation.CreatedAt) - Skew;
        var known = await db.AudienceMembers.Where(m => m.AudienceId == audienceId && m.ChangedAt < before).MaxAsync(m => (long?)m.Change, ct) ?? 0;
        await db.AudienceMembers.Where(m => m.AudienceId == audienceId && !m.IsOn && m.Change > known && m.FirstChange > known).ExecuteUpdateAsync(set => set.SetProperty(m => m.FirstChange, known), ct);
        (row.SentThrough, row.TriedThrough) = (known, known);
    }

    private static string? Short(string? field) => field is { Length: > 128 } ? field[..128] : field;
}
