using AdStudio.Core.Common;

namespace AdStudio.Core.Audiences;

public sealed record AudienceNotFound() : NotFoundError("This audience does not exist.");

public sealed record AudienceWorkspaceNotFound() : NotFoundError("This workspace does not exist.");

public sealed record AudiencesNeedManager() : ForbiddenError("Audiences are made by people who manage an ad account of this workspace. Ask a team's admin for manager access.");

public sealed record AudienceChangedMeanwhile(string Name) : ConflictError($"Somebody else has changed “{Name}” since you opened it. Look at their version before you save yours.");

public sealed record AudienceKeyTaken(string Key) : InvalidError("id", $"Another audience has the id “{Key}” already.");

public sealed record AudienceHasNoMembers(string Name) : ConflictError($"“{Name}” is not a customer list, so it has no members to add.");

public sealed record TooManyMembers(int Max) : InvalidError("members", $"Send at most {Max:N0} members at once.");
