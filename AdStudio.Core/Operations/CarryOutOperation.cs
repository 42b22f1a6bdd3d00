using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Platforms;
using Microsoft.Extensions.Logging;

namespace AdStudio.Core.Operations;

/// <summary>
/// Does the work of one operation, step by step, for the worker that holds its lease. Before a step the intent is saved, after it the result;
/// a step that was begun and has no result is looked for on the platform, and what is found is adopted.
/// </summary>
public sealed class CarryOutOperation(
    OperationDesk desk, FinishOperation finish, LookAtPlatform look, PlatformSet platforms, GetPlatformAccess getAccess, ReportExpired reportExpired,
    OperationOptions options, TimeProvider time, ILogger<CarryOutOperation> log)
{
    /// <summary>Returns when the operation is finished, waits for a later time, or is no longer ours.</summary>
    public async Task WorkAsync(OperationLease lease, CancellationToken ct)
    {
        while (await desk.ReadAsync(lease, ct) is { } operation)
        {
            if (operation.NextStep is not { } step)
            {
                await finish.SucceedAsync(lease, operation, ct);
                return;
            }
            var outcome = await TryAsync(lease, operation, step, ct);
            if (outcome is null) return; // the lease was lost before anything was sent

            if (outcome.Result.TryGet(out var externalId, out var refusal))
            {
                if (!await finish.CompleteStepAsync(lease, step, externalId, ct)) return;
                continue;
            }
            await GiveWayAsync(lease, operation, step, outcome.MayBeThere, refusal, ct);
            return;
        }
    }

    /// <param name="MayBeThere">Whether the step may have been carried out although there is no result.</param>
    private sealed record Outcome(Result<string> Result, bool MayBeThere);

    private async Task<Outcome?> TryAsync(OperationLease lease, Operation operation, OperationStep step, CancellationToken ct)
    {
        var begun = step.Status == StepStatus.Started;
        if (operation.PlatformCampaign.AdAccountId is not { } accountId) return new(Unreachable(operation, "There is no ad account any more."), begun);

        var actor = Actor.Studio(operation.OrganizationId);
        var given = await getAccess.RunAsync(actor, accountId, ct);
        if (!given.TryGet(out var access, out var refusal)) return new(InWords(operation, refusal), begun);

        var outcome = await TryAsync(lease, operation, step, access, ct);
        if (outcome?.Result.Refusal is not PlatformFailure { Kind: PlatformFailureKind.ExpiredAuthorization }) return outcome;

        var renewed = await reportExpired.RunAsync(actor, access, ct);
        if (!renewed.TryGet(out access, out refusal)) return new(InWords(operation, refusal), outcome.MayBeThere);
        return await TryAsync(lease, operation, step, access, ct);
    }

    private async Task<Outcome?> TryAsync(OperationLease lease, Operation operation, OperationStep step, PlatformAccess access, CancellationToken ct)
    {
        if (step.Kind == StepKind.Look) return new(await LimitedAsync(operation, PlatformFailureKind.Unavailable, c => look.RunAsync(lease, operation, step, access, c), ct), MayBeThere: false);

        var publishes = platforms.Get<IPublishes>(operation.Platform);
        var request = StepRequests.Fill(step, operation.Results);

        if (step.Status == StepStatus.Started && !step.Kind.MayBeRepeated())
        {
            var found = await LimitedAsync(operation, PlatformFailureKind.Unavailable, c => look.FindAsync(access, operation.Platform, step, request, c), ct);
            if (!found.TryGet(out var externalId, out var refusal)) return new(refusal, MayBeThere: true);
            if (externalId is not null) return new(externalId, MayBeThere: true);
        }

        if (!await desk.SaveAsync(lease, o => o.Begin(step.Id, time.GetUtcNow()), ct)) return null;
        if (time.GetUtcNow() >= lease.Until) return null; // the process stood still in between: whoever took over does it

        var result = await LimitedAsync(operation, PlatformFailureKind.UnknownOutcome, c => publishes.CarryOutAsync(access, request, c), ct);
        return new(result, MayBeThere: result.Refusal is PlatformFailure { Kind: PlatformFailureKind.UnknownOutcome });
    }

    /// <summary>Bounds a call in time. An adapter's bug is logged and counts as <paramref name="unanswered"/>, so that it can do no harm twice.</summary>
    private async Task<Result<T>> LimitedAsync<T>(Operation operation, PlatformFailureKind unanswered, Func<CancellationToken, Task<Result<T>>> call, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(options.StepTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return new PlatformFailure(operation.Platform, unanswered, $"{operation.Platform.Label()} took too long to answer.");
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            log.LogError(bug, "Work on {Platform} for campaign {CampaignId} met an error of ours", operation.Platform, operation.CampaignId);
            return new PlatformFailure(operation.Platform, unanswered, "Something went wrong on our side. It is in the log.");
        }
    }

    private async Task GiveWayAsync(OperationLease lease, Operation operation, OperationStep step, bool mayBeThere, Refusal refusal, CancellationToken ct)
    {
        var failure = refusal as PlatformFailure ?? Unreachable(operation, refusal.Message);
        if (failure.Kind == PlatformFailureKind.VersionRetired) failure = failure with { Message = PlatformTrouble.Outdated(failure) };
        log.LogInformation("{Platform} did not do {Step} of campaign {CampaignId}: {Kind}, {Words}", operation.Platform, step.Key, operation.CampaignId, failure.Kind, failure.Message);

        if (NextTry.After(failure, operation, options, time.GetUtcNow()) is { } at) await desk.SaveAsync(lease, o => o.Wait(step.Id, mayBeThere, failure, at), ct);
        else await finish.FailAsync(lease, step, failure, ct);
    }

    /// <summary>A refusal of our own (a connection that has expired) as the failure that is stored and shown.</summary>
    private static PlatformFailure InWords(Operation operation, Refusal refusal) => refusal switch
    {
        PlatformFailure failure => failure,
        UnavailableError or LimitedError => new(operation.Platform, PlatformFailureKind.Unavailable, refusal.Message),
        _ => new(operation.Platform, PlatformFailureKind.ExpiredAuthorization, refusal.Message),
    };

    private static PlatformFailure Unreachable(Operation operation, string words) => new(operation.Platform, PlatformFailureKind.MissingPermission, words);
}
