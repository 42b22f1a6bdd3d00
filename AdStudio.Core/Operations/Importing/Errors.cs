using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Operations;

public sealed record AccountToImportNotFound() : NotFoundError("There is no such ad account.");
public sealed record WorkspaceToImportNotFound() : NotFoundError("There is no such workspace.");
public sealed record ImportNotFound() : NotFoundError("There is no such import.");
public sealed record ImportingNeedsManager(string Account) : ForbiddenError($"Only a manager of {Account} can import its campaigns. Ask an admin of your team.");
public sealed record NoImportFrom(Platform Platform) : ConflictError($"Campaigns can't be imported from {Platform.Label()}.");
public sealed record ImportIsTaken() : ConflictError("This import is at work, or has just ended.");

/// <summary>What the platform needs for it is not known of a campaign that was made there.</summary>
public sealed record NotChangeableFromHere(string Name, Platform Platform, OperationKind Kind)
    : ConflictError($"“{Name}” was made on {Platform.Label()}, in a way in which AdStudio can't {(Kind switch { OperationKind.ChangeBudget => "change its budget", OperationKind.Pause => "pause it", OperationKind.Resume => "resume it", _ => "change it" })}. Do it on {Platform.Label()}.");
