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
public sealed record WorkspaceExists() : InvalidError("enterpriseId", "Workspace already exists with the same enterpriseId");
public sealed record WorkspaceAdminNeeded(string Name) : ForbiddenError($"Only the admin of {Name} may do this.");
public sealed record WorkspaceBusy(string Name) : ConflictError($"Something in {Name} changed just now. Look at it again before you delete it.");
public sealed record WorkspaceStillRuns(string Name, IReadOnlyList<string> Running) : ConflictError(
    $"{Name} can't be deleted while it runs {(Running.Count == 1 ? "a campaign" : "campaigns")}: {string.Join(", ", Running.Take(3))}{(Running.Count > 3 ? $" and {Running.Count - 3} more" : "")}. Pause or end {(Running.Count == 1 ? "it" : "them")} first.");
public sealed record ClientsOnlyRead() : ForbiddenError("Clients read what was shared with them. Ask the agency to change it.");
public sealed record ChangedMeanwhile(string Theirs, string Yours) : ConflictError($"Somebody else saved “{Theirs}” meanwhile, and you wrote “{Yours}”. Look again, then save once more if yours is right.");

// Teams.
public sealed record TeamNotFound() : NotFoundError("There is no such team.");
public sealed record TeamAdminNeeded(string Name) : ForbiddenError($"Only an admin of {Name} may do this.");
public sealed record TeamDeletionNeedsWorkspaceAdmin(string Name) : ForbiddenError($"Only the admin of the workspace may delete {Name}.");
public sealed record TeamExists(string Name) : InvalidError("name", $"This workspace has a team called {Name} already.");
public sealed record TeamBusy(string Name) : ConflictError($"Something in {Name} changed just now. Look at it again before you delete it.");
public sealed record DefaultTeamStays(string Name) : ConflictError($"{Name} is the workspace's default team, so it stays. You can rename it.");
public sealed record AlreadyInTeam() : ConflictError("User already assigned to this team");
public sealed record UserNotFound() : NotFoundError("User not found");
public sealed record MemberNotFound() : NotFoundError("Nobody of that name is in this team.");

// People.
public sealed record ExternalUserExists() : InvalidError("externalUserId", "User already exists with the same externalUserId");
public sealed record PersonNotFound() : NotFoundError("There is no such person in your organization.");
public sealed record ClientCannotLead(string Name) : ConflictError($"{Name} is a client and only reads, so can't be an admin.");
public sealed record OrganizationAdminNeeded() : ForbiddenError("Only an admin of the organization may do this.");
public sealed record LastOrganizationAdmin(string Name) : ConflictError($"{Name} is the organization's last admin. Make somebody else an admin first.");
public sealed record LeadsWorkspaces(string Name, IReadOnlyList<string> Workspaces) : ConflictError($"{Name} is the admin of {string.Join(", ", Workspaces)}. Choose another admin there first.");
public sealed record AddressInUse(string Name) : ConflictError($"{Name}'s address belongs to another account by now. Invite them with another address.");

// Invitations.
public sealed record InvitationNotFound() : NotFoundError("This invitation is no longer open.");
public sealed record InvitationOver() : ConflictError("This invitation no longer works. It may have run out or been withdrawn: ask who invited you for a new one.");
public sealed record InAnotherOrganization(string Email) : ConflictError($"{Email} has an account in another organization, and an account belongs to one. Ask to be invited with another address.");

// The second factor.
public sealed record TwoFactorOnAlready() : ConflictError("The second factor is on already.");
public sealed record TwoFactorOff() : ConflictError("The second factor is off.");
