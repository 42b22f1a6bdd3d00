using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Operations;

/// <summary>Work for one platform, ready to be stored.</summary>
internal sealed record PlannedWork(PlatformCampaign Platform, OperationKind Kind, string Marker, IReadOnlyList<OperationStep> Steps)
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public long? BudgetMicros { get; init; }

    /// <summary>Worth knowing before it is sent.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <param name="VerdictId">Null when nothing was to be sent, so that nobody was asked.</param>
/// <param name="ApprovalId">It waits for a person, and nothing was sent.</param>
internal sealed record Enqueued(Guid RequestId, Guid? VerdictId = null, Guid? ApprovalId = null)
{
    public WorkStarted Started(Campaign campaign, IReadOnlyList<PlatformOutcome> outcomes) => new(RequestId, campaign.Id, campaign.Name, outcomes) { VerdictId = VerdictId, ApprovalId = ApprovalId };
}

/// <summary>Asks whether work on platforms may be done, and stores it together with its verdict and what the caller changed, in one save; then wakes the workers.</summary>
public sealed class OperationQueue(OperationSignals signals, AuthorityGate authority, TimeProvider time)
{
    /// <summary>A marker from the random part of the operation's id: letters and digits, unlike any other launch's.</summary>
    internal static string MarkerOf(Guid operationId) => PublicId.Of("", operationId)[^10..];

    /// <summary>
    /// The id that all of <paramref name="works"/> share; or the refusal when they are not allowed, a platform is at work already, or the campaign was changed meanwhile.
    /// Refused or waiting for approval, nothing that the caller changed is saved.
    /// </summary>
    internal async Task<Result<Enqueued>> EnqueueAsync(StudioDb db, Actor actor, Campaign campaign, IReadOnlyList<PlannedWork> works, CampaignDeed deed, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (!(await AskAsync(db, actor, campaign, works, deed, ct)).TryGet(out var enqueued, out var denied)) return denied;
        if (enqueued.ApprovalId is not null) return enqueued;
        foreach (var work in works)
        {
            var operation = new Operation
            {
                Id = work.Id, OrganizationId = campaign.OrganizationId, RequestId = enqueued.RequestId, VerdictId = enqueued.VerdictId, Kind = work.Kind, Platform = work.Platform.Platform, CampaignId = campaign.Id,
                PlatformCampaignId = work.Platform.Id, ActiveKey = work.Platform.Id, Marker = work.Marker, BudgetMicros = work.BudgetMicros,
                Sends = work.Kind is OperationKind.Launch or OperationKind.Edit or OperationKind.ChangeBudget ? new SentCampaign(campaign.Name, campaign.Spec) : null, NotBefore = now, CreatedAt = now,
                RequestedByKind = actor.Kind, RequestedById = actor.Id, RequestedByName = actor.Name, RequestedVia = actor.Via,
            };
            db.Add(operation);
            foreach (var step in work.Steps)
            {
                (step.OrganizationId, step.OperationId) = (campaign.OrganizationId, operation.Id);
                db.Add(step);
            }
        }
        return await SaveAsync(db, campaign, ct) is { } refusal ? refusal : enqueued;
    }

    /// <summary>Asks for work that is put back to its queue; the caller saves.</summary>
    internal async Task<Result<Enqueued>> AskAsync(StudioDb db, Actor actor, Campaign campaign, IReadOnlyList<PlannedWork> works, CampaignDeed deed, CancellationToken ct)
    {
        if (works.Count == 0) return new Enqueued(Guid.CreateVersion7());
        var asked = await authority.AskAsync(db, actor, deed.Of(campaign, [.. works.Select(w => w.Platform.AdAccountId).OfType<Guid>()], stop => WorkPlan.MakeAsync(db, campaign, works, deed, stop)), ct);
        if (!asked.TryGet(out var judgement, out var refusal)) return refusal;
        if (judgement.Waits) signals.Progressed(campaign.Id);
        return new Enqueued(judgement.RequestId, judgement.VerdictId, judgement.ApprovalId);
    }

    /// <summary>Saves changes to work; two that come at once are told apart by the unique key and the versions.</summary>
    internal async Task<Refusal?> SaveAsync(StudioDb db, Campaign campaign, CancellationToken ct)
    {
        campaign.UpdatedAt = time.GetUtcNow();
        if (!await db.TrySaveAsync(ct)) return new ChangedMeanwhile(campaign.Name);
        signals.Wake();
        signals.Progressed(campaign.Id);
        return null;
    }
}

internal static class ActiveWork
{
    /// <summary>What is being done on the campaign's platforms now, by platform campaign.</summary>
    public static Task<Dictionary<Guid, OperationKind>> ActiveWorkAsync(this StudioDb db, Guid campaignId, CancellationToken ct) =>
        db.Operations.Where(o => o.CampaignId == campaignId && o.ActiveKey != null).ToDictionaryAsync(o => o.PlatformCampaignId, o => o.Kind, ct);

    /// <summary>What stands on the platform, by the steps of the last launch; null when nothing does.</summary>
    public static async Task<LaunchedObjects?> LaunchedObjectsAsync(this StudioDb db, PlatformCampaign platform, CancellationToken ct)
    {
        if (platform.ExternalId is null || platform.AdAccountId is not { } accountId) return null;
        var account = await db.AdAccounts.IgnoreQueryFilters([StudioDb.DeletedFilter]).AsNoTracking().SingleAsync(a => a.Id == accountId, ct);
        var launch = await db.Operations.AsNoTracking().Include(o => o.Steps)
            .Where(o => o.PlatformCampaignId == platform.Id && o.Kind == OperationKind.Launch).OrderByDescending(o => o.CreatedAt).FirstOrDefaultAsync(ct);
        if (launch is not null)
        {
            var ids = new Dictionary<string, string>(launch.Results);
            var edits = await db.Operations.AsNoTracking().Include(o => o.Steps).Where(o => o.PlatformCampaignId == platform.Id && o.Kind == OperationKind.Edit && o.CreatedAt >= launch.CreatedAt).OrderBy(o => o.CreatedAt).ToListAsync(ct);
            foreach (var step in edits.SelectMany(e => e.Steps.OrderBy(s => s.Ordinal)).Where(s => s is { Status: StepStatus.Done, ExternalId: not null }))
                if (step.Kind == StepKind.Remove) foreach (var gone in ids.Where(i => i.Value == step.ExternalId).Select(i => i.Key).ToList()) ids.Remove(gone);
                else if (!step.Kind.MayBeRepeated()) ids[step.Key] = step.ExternalId!;
            return new LaunchedObjects(account.Handle(), launch.Marker, ids);
        }

        // Imported: the campaign itself can be switched; for more the platform told further ids, or it can't be done from here.
        var there = platform.IdsThere.Append(new("campaign", platform.ExternalId)).DistinctBy(i => i.Key).ToDictionary();
        return new LaunchedObjects(account.Handle(), "", there);
    }
}

/// <summary>What was started, and where not and why.</summary>
/// <param name="RequestId">Shared by the operations; of work that waits for approval by those that acceptance will start.</param>
public sealed record WorkStarted(Guid RequestId, Guid CampaignId, string CampaignName, IReadOnlyList<PlatformOutcome> Platforms)
{
    /// <summary>By which it was allowed, or has to wait; null when nothing was to be sent.</summary>
    public Guid? VerdictId { get; init; }

    /// <summary>On which a person decides: nothing was sent yet. Null when the work is under way.</summary>
    public Guid? ApprovalId { get; init; }

    public bool Waits => ApprovalId is not null;
}

/// <param name="WhyNot">Null when work was started there.</param>
public sealed record PlatformOutcome(Platform Platform, Refusal? WhyNot)
{
    /// <summary>The country group; empty for all places.</summary>
    public string GroupName { get; init; } = "";
}
