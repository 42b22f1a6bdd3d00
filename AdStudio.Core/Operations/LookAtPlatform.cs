using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Operations;

/// <summary>
/// Finds out what stands on a platform: what a step whose answer was lost may have made, and the two looks of a roll-back. The first finds out what the launch made, also where its answer was lost, and plans the removal;
/// the second proves that the campaign is gone.
/// </summary>
public sealed class LookAtPlatform(Studio studio, OperationDesk desk, PlatformSet platforms, OperationOptions options, TimeProvider time)
{
    public const string First = "look", Last = "gone";

    internal static OperationStep FirstStep() => new() { Key = First, Kind = StepKind.Look, Title = "Find out what was made" };

    /// <summary>Null when the step's object is certainly not there. Looks twice, a while apart: what a platform has just made does not always show at once.</summary>
    internal async Task<Result<string?>> FindAsync(PlatformAccess access, Platform platform, OperationStep step, StepRequest request, CancellationToken ct)
    {
        var publishes = platforms.Get<IPublishes>(platform);
        var settled = (step.StartedAt ?? DateTimeOffset.MinValue) + options.Settle;
        if (settled - time.GetUtcNow() is { Ticks: > 0 } rest) await Task.Delay(rest, time, ct);

        var found = await publishes.FindAsync(access, request, ct);
        if (!found.IsDone || found.Value is not null) return found;

        await Task.Delay(options.Settle, time, ct);
        return await publishes.FindAsync(access, request, ct);
    }

    internal async Task<Result<string>> RunAsync(OperationLease lease, Operation operation, OperationStep step, PlatformAccess access, CancellationToken ct) =>
        step.Key == First ? await PlanRemovalAsync(lease, operation, access, ct) : await ProveGoneAsync(operation, access, ct);

    private async Task<Result<string>> PlanRemovalAsync(OperationLease lease, Operation operation, PlatformAccess access, CancellationToken ct)
    {
        var publishes = platforms.Get<IPublishes>(operation.Platform);
        await using var db = await studio.OpenAsync(Actor.Studio(operation.OrganizationId), ct);
        var launch = await LaunchOfAsync(db, operation, ct);

        var adopted = new Dictionary<Guid, string>();
        foreach (var unsure in launch.Steps.Where(s => s is { Status: StepStatus.Started or StepStatus.Failed, StartedAt: not null } && !s.Kind.MayBeRepeated()))
        {
            var found = await FindAsync(access, operation.Platform, unsure, StepRequests.Fill(unsure, launch.Results), ct);
            if (!found.TryGet(out var externalId, out var refusal)) return refusal;
            if (externalId is not null) adopted[unsure.Id] = externalId;
        }

        var made = launch.Results.Concat(launch.Steps.Where(s => adopted.ContainsKey(s.Id)).Select(s => KeyValuePair.Create(s.Key, adopted[s.Id]))).ToDictionary();
        var removal = publishes.PlanRemove(new LaunchedObjects(access.Account!, operation.Marker, made));
        var kept = await desk.SaveAsync(lease, async (save, current) =>
        {
            if (current.Steps.Count > 1) return; // planned before
            var stored = await LaunchOfAsync(save, operation, ct);
            foreach (var step in stored.Steps.Where(s => adopted.ContainsKey(s.Id))) (step.Status, step.ExternalId) = (StepStatus.Done, adopted[step.Id]);
            var steps = StepRequests.Store(removal, firstOrdinal: 1);
            steps.Add(new OperationStep { Ordinal = steps.Count + 1, Key = Last, Kind = StepKind.Look, Title = "Check that nothing is left" });
            foreach (var step in steps) (step.OrganizationId, step.OperationId) = (current.OrganizationId, current.Id);
            save.AddRange(steps);
        }, ct);
        return kept ? made.GetValueOrDefault("campaign", "") : new PlatformFailure(operation.Platform, PlatformFailureKind.Unavailable, "Another worker has taken over.");
    }

    private async Task<Result<string>> ProveGoneAsync(Operation operation, PlatformAccess access, CancellationToken ct)
    {
        var campaignId = operation.Results.GetValueOrDefault(First, "");
        if (campaignId == "" || platforms.Find<IReadsStructure>(operation.Platform) is not { } reads) return "";

        var read = await reads.ReadCampaignsAsync(access, [campaignId], ct);
        if (!read.TryGet(out var still, out var refusal)) return refusal;
        return still.All(c => c.Status == PlatformStatus.Deleted) ? "" : new PlatformFailure(operation.Platform, PlatformFailureKind.Unavailable, $"{operation.Platform.Label()} still shows the campaign.");
    }

    private static Task<Operation> LaunchOfAsync(StudioDb db, Operation rollBack, CancellationToken ct) =>
        db.Operations.Include(o => o.Steps).SingleAsync(o => o.PlatformCampaignId == rollBack.PlatformCampaignId && o.Kind == OperationKind.Launch && o.Marker == rollBack.Marker, ct);
}
