using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Connections;

/// <summary>What the platform sent back with the browser; or the keys that a person brought, as the code.</summary>
public sealed record ConnectionAnswer(Platform Platform, string? State, string? Code, string? Error, string? ErrorDescription)
{
    public override string ToString() => $"{nameof(ConnectionAnswer)} {{ {Platform}, {Error} }}";
}

/// <param name="ReturnUrl">Where the browser goes now, whether it went well or not; holds no secret.</param>
public sealed record FinishedConnection(string ReturnUrl, Result<ConnectedPlatform> Outcome);

/// <summary>Ends what <see cref="StartConnection"/> began: the person is back from the platform with a code, or with a no.</summary>
public sealed class FinishConnection(Studio studio, PlatformSet platforms, OAuthState states, ConnectPlatform connect, Secrets secrets, TimeProvider time)
{
    private const string OwnPage = "/connections";

    public async Task<FinishedConnection> RunAsync(Actor actor, ConnectionAnswer answer, CancellationToken ct)
    {
        var found = await FindAsync(actor, answer, ct);
        if (!found.TryGet(out var attempt, out var refusal)) return To(OwnPage, Result<ConnectedPlatform>.Refused(refusal));
        return To(attempt.ReturnUrl, await ConnectAsync(actor, attempt, answer, ct));
    }

    private static FinishedConnection To(string url, Result<ConnectedPlatform> outcome) => new(
        outcome.TryGet(out var done, out var refusal)
            ? ReturnUrls.With(ReturnUrls.With(url, "ok", done.AccountsProblem is null ? "true" : "without_accounts"), "connectionId", done.ConnectionId.ToString())
            : ReturnUrls.With(url, "err", CodeOf(refusal)),
        outcome);

    /// <summary>A word for each way it can fail: the page and the caller know it, and it gives nothing away.</summary>
    internal static string CodeOf(Refusal refusal) => refusal switch
    {
        StateForged => "forged",
        StateOfSomebodyElse => "other_person",
        StateReplayed => "replayed",
        StateExpired => "expired",
        ConsentDenied => "denied",
        ForbiddenError => "forbidden",
        _ => "platform",
    };

    private async Task<Result<OAuthAttempt>> FindAsync(Actor actor, ConnectionAnswer answer, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        return await db.FindAttemptAsync(actor, states, answer.Platform, answer.State, time.GetUtcNow(), ct);
    }

    /// <summary>Uses the attempt up: whatever happens next, the same state never works again.</summary>
    private async Task<bool> ClaimAsync(Actor actor, OAuthAttempt attempt, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var now = time.GetUtcNow();
        return await db.OAuthAttempts.Where(a => a.Id == attempt.Id && a.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(a => a.UsedAt, now), ct) == 1;
    }

    private async Task<Result<ConnectedPlatform>> ConnectAsync(Actor actor, OAuthAttempt attempt, ConnectionAnswer answer, CancellationToken ct)
    {
        var authorizes = platforms.Get<IAuthorizes>(attempt.Platform);
        // Keys that were mistyped are typed again: only those that the platform took use the attempt up.
        var bringsKeys = authorizes.KeyFields.Count > 0 && answer.Error is null;
        if (bringsKeys && KeysRefused.Of(authorizes, answer.Code) is { } wrong) return wrong;
        if (!bringsKeys && !await ClaimAsync(actor, attempt, ct)) return new StateReplayed();
        if (answer.Error is "access_denied" or "user_denied") return new ConsentDenied(attempt.Platform);
        if (answer.Error is not null || string.IsNullOrEmpty(answer.Code)) return new ConsentFailed(attempt.Platform, Words(answer.ErrorDescription ?? answer.Error ?? "It sent no code."));

        var tokens = await authorizes.ExchangeCodeAsync(answer.Code, new Uri(attempt.CallbackUrl), secrets.Unprotect(attempt.CodeVerifier), ct);
        if (!tokens.TryGet(out var granted, out var refusal)) return Result<ConnectedPlatform>.Refused(refusal);
        if (bringsKeys && !await ClaimAsync(actor, attempt, ct)) return new StateReplayed();
        return await connect.RunAsync(actor, new ConnectPlatformRequest(attempt.Platform, attempt.TeamId, granted) { ConnectionId = attempt.ConnectionId }, ct);
    }

    private static string Words(string text) => text.Length <= 300 ? text : text[..300] + "…";
}
