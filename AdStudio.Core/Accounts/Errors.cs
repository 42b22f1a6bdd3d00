using AdStudio.Core.Common;

namespace AdStudio.Core.Accounts;

// Signing in. None of these tells whether an address has an account.
public sealed record SignInWrong() : UnauthenticatedError("That address and password don't go together. Check both, or ask for a new password.");
public sealed record SignInRests() : LimitedError("There were too many wrong tries. Sign-in with this address rests for 15 minutes; a new password by e-mail opens it again at once.");
public sealed record CodeWrong() : UnauthenticatedError("That code doesn't fit. Codes change every 30 seconds: take the one that your app shows now.");
public sealed record RecoveryCodeWrong() : UnauthenticatedError("That recovery code doesn't fit, or was used before.");
public sealed record LinkOver() : ConflictError("This link no longer works. It may be too old, or used already: ask for a new one.");
public sealed record EmailTaken() : InvalidError("email", "This address has an account already. Sign in, or ask for a new password.");
public sealed record PasswordWeak() : InvalidError("password", PasswordRule.Text);
public sealed record PasswordWrong() : InvalidError("currentPassword", "That isn't your password now.");
public sealed record SessionNotFound() : NotFoundError("That session is over already.");
public sealed record PersonSignsInElsewhere() : ConflictError("You sign in through a partner's product, so there is no password here.");

// Workspaces.
public sealed record WorkspaceNotFound() : NotFoundError("There is no such workspace.");
