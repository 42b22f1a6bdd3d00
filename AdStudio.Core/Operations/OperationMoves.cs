using AdStudio.Core.Platforms;

namespace AdStudio.Core.Operations;

/// <summary>The only ways in which an operation and its steps change. Each is saved under the lease by <see cref="OperationDesk"/>.</summary>
internal static class OperationMoves
{
    /// <summary>Whether doing the step twice is the same as doing it once; other steps are looked for before they are repeated.</summary>
    public static bool MayBeRepeated(this StepKind kind) => kind is StepKind.Activate or StepKind.Pause or StepKind.Change or StepKind.ChangeBudget or StepKind.Remove or StepKind.Look;

    /// <summary>The intent, saved before the platform is called.</summary>
    public static void Begin(this Operation operation, Guid stepId, DateTimeOffset now)
    {
        var step = operation.Steps.Single(s => s.Id == stepId);
        step.Status = StepStatus.Started;
        step.StartedAt = now;
        step.Attempts++;
        step.FailureText = null;
        operation.StartedAt ??= now;
    }

    /// <summary>The result, saved after the platform answered or its object was found.</summary>
    public static void Complete(this Operation operation, Guid stepId, string? externalId, DateTimeOffset now)
    {
        var step = operation.Steps.Single(s => s.Id == stepId);
        step.Status = StepStatus.Done;
        step.ExternalId = externalId;
        step.FinishedAt = now;
        step.FailureText = null;
        operation.Attempts = 0;
        operation.ClearFailure();
    }

    /// <summary>To be tried again later. <paramref name="mayBeThere"/>: the step stays started, so that it is looked for first.</summary>
    public static void Wait(this Operation operation, Guid stepId, bool mayBeThere, PlatformFailure failure, DateTimeOffset until)
    {
        var step = operation.Steps.Single(s => s.Id == stepId);
        step.Status = mayBeThere ? StepStatus.Started : StepStatus.Pending;
        step.FailureText = failure.Message;
        operation.Status = OperationStatus.Waiting;
        operation.NotBefore = until;
        operation.Attempts++;
        operation.KeepFailure(failure);
        operation.DropLease();
    }

    /// <summary>Needs a person. The step stays failed; trying again looks first for what may be there all the same.</summary>
    public static void Fail(this Operation operation, Guid stepId, PlatformFailure failure, DateTimeOffset now)
    {
        var step = operation.Steps.Single(s => s.Id == stepId);
        step.Status = StepStatus.Failed;
        step.FailureText = failure.Message;
        step.FinishedAt = now;
        operation.Status = OperationStatus.Failed;
        operation.KeepFailure(failure);
        operation.End(now);
    }

    public static void Succeed(this Operation operation, DateTimeOffset now)
    {
        operation.Status = OperationStatus.Succeeded;
        operation.ClearFailure();
        operation.End(now);
    }

    public static void Cancel(this Operation operation, DateTimeOffset now)
    {
        operation.Status = OperationStatus.Cancelled;
        operation.End(now);
    }

    /// <summary>Puts a failed operation back to work at its failed step.</summary>
    public static void TryAgain(this Operation operation, DateTimeOffset now)
    {
        foreach (var step in operation.Steps.Where(s => s.Status == StepStatus.Failed))
            (step.Status, step.FinishedAt) = (step.StartedAt is null ? StepStatus.Pending : StepStatus.Started, null);
        operation.Status = OperationStatus.Queued;
        operation.ActiveKey = operation.PlatformCampaignId;
        operation.NotBefore = now;
        operation.Attempts = 0;
        operation.StartedAt = null;
        operation.FinishedAt = null;
        operation.ClearFailure();
    }

    private static void End(this Operation operation, DateTimeOffset now)
    {
        operation.ActiveKey = null;
        operation.FinishedAt = now;
        operation.DropLease();
    }

    private static void DropLease(this Operation operation) => (operation.LeaseOwner, operation.LeaseUntil) = (null, null);

    private static void KeepFailure(this Operation operation, PlatformFailure failure) =>
        (operation.FailureKind, operation.FailureText, operation.FailureField) = (failure.Kind, failure.Message, failure.Field);

    private static void ClearFailure(this Operation operation) => (operation.FailureKind, operation.FailureText, operation.FailureField) = (null, null, null);
}
