using AdStudio.Core.Common;

namespace AdStudio.Web.App;

public sealed record FrameWorkspace(Guid Id, string Name);

/// <summary>How fresh the numbers are, as the top bar says it. <paramref name="AsOf"/> null: nothing was read yet.</summary>
public sealed record FrameSync(DateTimeOffset? AsOf, bool Running = false, string? Problem = null, string? Href = null);

/// <summary>What the frame around every page shows, read once for a person and again when it changes.</summary>
public sealed record Frame(
    Actor Actor,
    string PersonName,
    string PersonEmail,
    string OrganizationName,
    IReadOnlyList<FrameWorkspace> Workspaces,
    FrameWorkspace? Workspace,
    TimeZoneInfo Zone,
    FrameSync? Sync = null,
    bool Sandbox = false,
    string? SandboxConsole = null);

/// <summary>Reads the frame of the person signed in; <paramref name="chosenWorkspace"/> is a wish, not a right.</summary>
public delegate Task<Frame> ReadFrame(Guid? chosenWorkspace, CancellationToken ct);

/// <summary>The actor with the grants as they stand now; null when there is no such person any more.</summary>
public delegate Task<Actor?> ReadActor(Guid personId, string via, CancellationToken ct);

/// <summary>
/// The frame of this circuit. The chosen workspace is what `ws` in the address says, or else the one this browser remembers in a cookie,
/// or else the first one the person may see.
/// </summary>
public sealed class FrameState(ReadFrame read, ReadActor readActor)
{
    private Guid? chosen;

    public event Action? Changed;

    public Frame? Current { get; private set; }

    /// <summary>The frame, once it was read. Pages are shown only then.</summary>
    public Frame Ready => Current ?? throw new InvalidOperationException("The frame was not read yet.");

    public void Remember(Guid workspace) => chosen ??= workspace;

    public async Task ChooseAsync(Guid workspace, CancellationToken ct)
    {
        if (Current?.Workspace?.Id == workspace) return;
        chosen = workspace;
        await RefreshAsync(ct);
    }

    /// <summary>Takes up the grants as they stand now, so that what was revoked a minute ago is gone. False when the person is.</summary>
    public async Task<bool> RefreshActorAsync(CancellationToken ct)
    {
        if (await readActor(Ready.Actor.Id, "page", ct) is not { } actor) return false;
        Current = Ready with { Actor = actor };
        return true;
    }

    /// <summary>Reads the frame again: after a sync, a new workspace, a changed name.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        Current = await read(chosen, ct);
        Changed?.Invoke();
    }
}
