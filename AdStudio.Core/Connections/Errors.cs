using System.Text.Json;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Connections;

public sealed record ConnectionNotFound() : NotFoundError("This connection does not exist.");

public sealed record AdAccountNotFound() : NotFoundError("This ad account does not exist.");

public sealed record ConnectingTeamNotFound() : NotFoundError("This team does not exist.");

public sealed record ConnectingNeedsTeamAdmin() : ForbiddenError("Only a team's admin can change its connections. Ask an admin of the team.");

public sealed record SyncingNeedsManager() : ForbiddenError("Only a manager of an ad account, or the team's admin, can sync it.");

public sealed record AdAccountNamedTwice(string Name) : ConflictError($"{Name} is connected in several workspaces. Name it by the id that it has here.");

public sealed record AccountGrantNeeded(string Account) : ForbiddenError($"You have no grant on {Account}. Whoever administers its team can give you one.");

public sealed record AccountManagerNeeded(string Account) : ForbiddenError($"You may look at {Account}, but not change it. Ask an admin of your team for the manager role.");

public sealed record ConnectingNeedsPerson() : ForbiddenError("A person has to give consent on the platform. Act for a person to connect.");

public sealed record PlatformNotInstalled(Platform Platform) : InvalidError("platform", $"{Platform} can't be connected here.");

public sealed record RedirectNotAllowed() : InvalidError("redirect", "This redirect is not on your organization's list of allowed hosts. Add its host in the settings, or use a path of AdStudio.");

// ---- coming back from the platform ------------------------------------------

public sealed record StateForged() : InvalidError("state", "This link did not come from AdStudio. Start again from Connections.");

public sealed record StateOfSomebodyElse() : ForbiddenError("Somebody else started this. Start again from Connections while you are signed in as yourself.");

public sealed record StateReplayed() : ConflictError("This connection was already finished. Look at Connections to see how it went.");

public sealed record StateExpired() : ConflictError("That took longer than ten minutes, so it was stopped to be safe. Start again from Connections.");

public sealed record ConsentDenied(Platform Platform) : ConflictError($"{Platform} was not connected, because access was not given. Nothing has changed; connect again whenever you like.");

public sealed record ConsentFailed(Platform Platform, string Words) : UnavailableError($"{Platform} could not finish the connection: “{Words}”");

/// <summary>The keys that a person brought are not whole; nobody was asked.</summary>
public sealed record KeysRefused(IReadOnlyList<FieldProblem> Problems) : InvalidError(Problems)
{
    /// <summary>Null when nothing is wrong with them by themselves.</summary>
    internal static KeysRefused? Of(IAuthorizes authorizes, string? code)
    {
        var keys = Read(code);
        return (keys is null ? [new(authorizes.KeyFields[0].Name, "Fill in every field.")] : authorizes.CheckKeys(keys)) is { Count: > 0 } problems ? new(problems) : null;
    }

    private static Dictionary<string, string>? Read(string? code)
    {
        try { return code is null ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(code); }
        catch (JsonException) { return null; }
    }
}

// ---- using a connection -----------------------------------------------------

public sealed record ConnectionExpired(Platform Platform, string OwnerName) : ConflictError($"{Platform} no longer accepts the access of {OwnerName}. Reconnect it under Connections.");

public sealed record ConnectionDisconnected(Platform Platform) : ConflictError($"{Platform} is disconnected. Reconnect it under Connections.");

public sealed record ConnectionBusy(Platform Platform) : UnavailableError($"The access to {Platform} is being renewed. Try again in a moment.");
