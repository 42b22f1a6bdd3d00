using AdStudio.Core.Common;

namespace AdStudio.Core.Accounts;

/// <summary>The axis is switched off. The verdict is kept though nothing else is.</summary>
public sealed record AuthorityDenied(Guid VerdictId, AuthorityAxis Axis, AuthorityMode CurrentMode)
    : ForbiddenError($"{Axis} changes are switched off here, so nothing was sent. Quote {PublicId.Of(Verdict.Prefix, VerdictId)} when you ask about it.");

/// <summary>Nothing was sent; a person decides first.</summary>
public sealed record WaitsForApproval(Guid ApprovalId, Guid VerdictId, string Title) : ConflictError($"“{Title}” waits for approval. Nothing was sent yet.");

public sealed record AuthorityLoosenedByPeople() : ForbiddenError("Only a person may loosen authority. Programs and rules may tighten it.");

public sealed record ApprovalNotFound() : NotFoundError("There is no such approval.");

public sealed record VerdictNotFound() : NotFoundError("There is no such verdict.");

public sealed record ApprovalNeedsManager(string Title) : ForbiddenError($"Only somebody who manages all ad accounts concerned may decide on “{Title}”.");

public sealed record ApprovalNeedsPerson() : ForbiddenError("A person decides on approvals, signed in to the studio.");

public sealed record ApprovalDecided(string Title, ApprovalState State, string? By)
    : ConflictError($"“{Title}” is no longer open: it was {Word(State)}{(By is null ? "" : $" by {By}")}.")
{
    private static string Word(ApprovalState state) => state switch
    {
        ApprovalState.Edited => "changed and accepted",
        ApprovalState.Superseded => "overtaken by another change",
        _ => state.ToString().ToLowerInvariant(),
    };
}

/// <summary>What would be sent today is no longer what was shown. The card shows it anew; nothing was sent.</summary>
public sealed record ApprovalShownAnew(string Title) : ConflictError($"What “{Title}” would send has changed since it was shown. Nothing was sent: look at it again.");
