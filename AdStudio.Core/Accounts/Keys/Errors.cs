using AdStudio.Core.Common;

namespace AdStudio.Core.Accounts;

public sealed record ApiKeyNeeded() : UnauthenticatedError("API key is required");

public sealed record RefreshTokenNoLongerCounts() : UnauthenticatedError("This refresh token no longer counts. Ask for new tokens with the user's id.");
