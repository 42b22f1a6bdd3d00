using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Connections;

/// <summary>
/// Ends an attempt that a program began for its user. The browser that comes back need not be signed in here: the state, single-use and bound to the user who asked, says for whom (decision 12).
/// </summary>
[WithoutActor]
public sealed class FinishProgramConnection(Studio studio, OAuthState states, FindActor actors, FinishConnection finish)
{
    /// <summary>Null when the state is of no attempt that a program began: then only the person's own session counts.</summary>
    public async Task<FinishedConnection?> RunAsync(ConnectionAnswer answer, CancellationToken ct)
    {
        if (await studio.FindProgramAttemptAsync(states, answer.State, ct) is not { } attempt) return null;
        var outcome = await actors.RunAsync(attempt.PersonId, "api/v1", ct) is { } actor ? (await finish.RunAsync(actor, answer, ct)).Outcome : Result<ConnectedPlatform>.Refused(new ConnectingNeedsPerson());
        return new FinishedConnection(ReturnUrlOf(attempt, outcome), outcome);
    }

    // The address was on the tenant's list when the attempt began. What is added says how it went, and nothing that opens anything.
    private static string ReturnUrlOf(OAuthAttempt attempt, Result<ConnectedPlatform> outcome)
    {
        var url = ReturnUrls.With(ReturnUrls.With(attempt.ReturnUrl, "status", outcome.IsDone ? "connected" : "failed"), "platform", attempt.Platform.Wire());
        return outcome.TryGet(out var done, out var refusal) ? ReturnUrls.With(url, "connectionId", done.ConnectionId.ToString()) : ReturnUrls.With(url, "reason", FinishConnection.CodeOf(refusal));
    }
}
