using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Audiences;

public sealed record AudienceNotFound() : NotFoundError("This audience does not exist.");

public sealed record AudienceWorkspaceNotFound() : NotFoundError("This workspace does not exist.");

public sealed record AudiencesNeedManager() : ForbiddenError("Audiences are made by people who manage an ad account of this workspace. Ask a team's admin for manager access.");

public sealed record AudienceChangedMeanwhile(string Name) : ConflictError($"Somebody else has changed “{Name}” since you opened it. Look at their version before you save yours.");

public sealed record AudienceKeyTaken(string Key) : InvalidError("id", $"Another audience has the id “{Key}” already.");

public sealed record AudienceHasNoMembers(string Name) : ConflictError($"“{Name}” is not a customer list, so it has no members to add.");

public sealed record TooManyMembers(int Max) : InvalidError("members", $"Send at most {Max:N0} members at once.");

// ---- on ad accounts ----------------------------------------------------------

public sealed record AudienceAccountNotFound() : NotFoundError("This ad account does not exist.");

public sealed record PlacingNeedsManager(string Account) : ForbiddenError($"Only people who manage {Account} can put audiences there or take them off. Ask a team's admin for manager access.");

public sealed record PlacementNotFound() : NotFoundError("This audience does not stand on this ad account.");

public sealed record PlacementIsTaken() : ConflictError("This is being worked on already.");

public sealed record NothingToRetry() : ConflictError("There is nothing to try again here.");

public sealed record NoAudiencesOn(Platform Platform) : ConflictError($"Audiences can't be made on {Catalogue.Of(Platform).Name} from here.");

public sealed record LookalikeWithoutSource(string Name) : ConflictError($"“{Name}” resembles an audience that does not stand on this ad account. Put that one there first, then try again.");

public sealed record PlatformAudienceNotFound(Platform Platform) : NotFoundError($"{Catalogue.Of(Platform).Name} no longer has this audience on the account.");

public sealed record SavedTargetingStaysThere(Platform Platform) : ConflictError($"This is targeting that was saved on {Catalogue.Of(Platform).Name}, and it does not tell all of it to other programs. Write it here as “Saved targeting” to use it.");
