using AdStudio.Core.Common;

namespace AdStudio.Core.Accounts;

public sealed record ApiKeyNeeded() : UnauthenticatedError("API key is required");

public sealed record RefreshTokenNoLongerCounts() : UnauthenticatedError("This refresh token no longer counts. Ask for new tokens with the user's id.");

public sealed record ApiKeyNotFound() : NotFoundError("There is no such key.");

public sealed record ApiKeyHasEnded(string Name) : ConflictError($"The key {Name} has ended already. Make a new one.");

public sealed record ApiKeyWasRotated(string Name) : ConflictError($"The key {Name} has a successor already, and counts until its end.");

public sealed record TenantNotFound() : NotFoundError("Tenant not found");

public sealed record TokenNeeded() : UnauthenticatedError("Send an access token as “Authorization: Bearer …”, or an API key as “x-api-key”.");

public sealed record UserTokenNeeded() : UnauthenticatedError("Access token is required: send the user's token as “Authorization: Bearer …”.");

public sealed record BearerKeyNeeded() : UnauthenticatedError("Send your API key as “Authorization: Bearer …”.");

public sealed record TokenNoLongerCounts() : UnauthenticatedError("This access token is not valid or has run out. Ask for a new one with the refresh token.");

public sealed record KeyNoLongerCounts() : UnauthenticatedError("This API key is not known here, was revoked, or has run out.");

public sealed record OrganizationNotFound() : NotFoundError("There is no such organization.");

public sealed record ScopeNeeded(string Scope) : ForbiddenError($"This key lacks the scope “{Scope}”. Ask whoever made it for one that has it.");

public sealed record RefreshTokenNeeded() : UnauthenticatedError("Send the refresh token as “Authorization: Bearer …”.");
