using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Operations;

/// <summary>Something is being done on the platform already; two never work on one.</summary>
public sealed record AlreadyAtWork(string Name, Platform Platform, OperationKind Kind)
    : ConflictError($"“{Name}” is {Doing(Kind)} on {Platform.Label()} just now. Wait until that is done.")
{
    private static string Doing(OperationKind kind) => kind switch
    {
        OperationKind.Launch => "being launched",
        OperationKind.Pause => "being paused",
        OperationKind.Resume => "being resumed",
        OperationKind.RollBack => "being removed",
        OperationKind.Edit => "being changed",
        _ => "getting its new budget",
    };
}

/// <summary>Somebody else changed or started it in the same moment.</summary>
public sealed record ChangedMeanwhile(string Name) : ConflictError($"“{Name}” was changed by somebody else in the same moment. Look at it again.");

public sealed record CampaignIsLaunched(string Name) : ConflictError($"“{Name}” has been launched already. To run it again, duplicate it and launch the copy.");

public sealed record NoPlatformToLaunch(string Name, IReadOnlyList<FieldProblem> Problems)
    : InvalidError(Problems.Count == 0 ? $"Choose at least one platform for “{Name}”." : $"“{Name}” can't be launched on any platform: {string.Join(" ", Problems.Select(p => p.Message))}", Problems);

public sealed record CampaignNotRunning(string Name) : ConflictError($"“{Name}” is not running on any platform, so there is nothing to pause.");

public sealed record CampaignNotPaused(string Name) : ConflictError($"“{Name}” is not paused on any platform, so there is nothing to resume.");

public sealed record CampaignNotScheduled(string Name) : ConflictError($"“{Name}” has no start planned.");

public sealed record CampaignNotLive(string Name) : ConflictError($"“{Name}” does not run on any platform. Change its budget in the draft.");

public sealed record NothingToChange(string Name) : ConflictError($"“{Name}” stands on its platforms just as it is written here, so there is nothing to send.");

/// <summary>The platform keeps what it has; the others go on.</summary>
public sealed record PlatformCannotChange(Platform Platform, string Why) : ConflictError(Why);

public sealed record PlatformNotPartOfCampaign(string Name, Platform Platform) : NotFoundError($"“{Name}” does not run on {Platform.Label()}.");

public sealed record NothingToRetry(string Name, Platform Platform) : ConflictError($"Nothing went wrong with “{Name}” on {Platform.Label()}, so there is nothing to try again.");

public sealed record NothingToRollBack(string Name, Platform Platform) : ConflictError($"“{Name}” made nothing on {Platform.Label()} that could be removed.");

/// <summary>What stands on the platform was made from an earlier version of the campaign.</summary>
public sealed record LaunchedOtherwise(string Name, Platform Platform, string Title)
    : ConflictError($"“{Name}” has changed since a part of it was made on {Platform.Label()} (“{Title}”). Roll back there, then launch again.");

public sealed record StartInThePast() : InvalidError("startAt", "This time has passed. Choose a later one, or launch now.");

public sealed record StartTooFar() : InvalidError("startAt", "Plan a start within the next two years.");

public sealed record EndBeforeStart() : InvalidError("startAt", "The campaign would end before it starts. Move its end, or start earlier.");

public sealed record BudgetNotAllowed(IReadOnlyList<FieldProblem> Problems) : InvalidError(Problems);

public sealed record TooManyAtOnce(int Most) : InvalidError("ids", $"Choose at most {Most} campaigns at once.");
