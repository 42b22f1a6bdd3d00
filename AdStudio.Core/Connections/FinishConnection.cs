using System.Security.Cryptography;
using System.Text;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Connections;

/// <summary>What the platform sent back with the browser.</summary>
public sealed record ConnectionAnswer(Platform Platform, string? State, string? Code, string? Error, string? ErrorDescription);

/// <param name="ReturnUrl">Where the browser goes now, whether it went well or not; holds no secret.</param>
public sealed record FinishedConnection(string ReturnUrl, Result<ConnectedPlatform> Outcome);

/// <summary>Ends what <see cref="StartConnection"/> began: the person is back from the platform with a code, or with a no.</summary>
public sealed class FinishConnection(Studio studio, PlatformSet platforms, OAuthState states, ConnectPlatform connect, Secrets secrets, TimeProvider time)
{
    private const string OwnPage = "/connections";

    public async Task<FinishedConnection> RunAsync(Actor actor, ConnectionAnswer answer, CancellationToken ct)
    {
        var claimed = await ClaimAsync(actor, answer, ct);
        if (!claimed.TryGet(out var attempt, out var refusal)) return To(OwnPage, Result<ConnectedPlatform>.Refused(refusal));
        return To(attempt.ReturnUrl, await ConnectAsync(actor, attempt, answer, ct));
    }

    private static FinishedConnection To(string url, Result<ConnectedPlatform> outcome) => new(
        outcome.TryGet(out var done, out var refusal)
            ? ReturnUrls.With(ReturnUrls.With(url, "ok", done.AccountsProblem is null ? "true" : "without_accounts"), "connectionId", done.ConnectionId.ToString())
            : ReturnUrls.With(url, "err", CodeOf(refusal)),
        outcome);

    /// <summary>A word for each way it can fail: the page and the caller know it, and it gives nothing away.</summary>
    private static string CodeOf(Refusal refusal) => refusal switch
    {
        StateForged => "forged",
        StateOfSomebodyElse => "other_person",
        StateReplayed => "replayed",
        StateExpired => "expired",
        ConsentDenied => "denied",
        ForbiddenError => "forbidden",
        _ => "platform",
    };

    /// <summary>The attempt that the state names, used up: whatever happens next, the same state never works again.</summary>
    private async Task<Result<OAuthAttempt>> ClaimAsync(Actor actor, ConnectionAnswer answer, CancellationToken ct)
    {
        if (states.Read(answer.State) is not var (attemptId, nonce)) return new StateForged();

        await using var db = await studio.OpenAsync(actor, ct);
        var attempt = await db.OAuthAttempts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == attemptId, ct);
        if (attempt is null || attempt.PersonId != actor.PersonId) return new StateOfSomebodyElse();
        if (attempt.Platform != answer.Platform || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(attempt.NonceHash), Encoding.ASCII.GetBytes(OAuthState.HashOf(nonce)))) return new StateForged();

        var now = time.GetUtcNow();
        if (attempt.UsedAt is null && attempt.ExpiresAt <= now) return new StateExpired();
        var claimed = await db.OAuthAttempts.Where(a => a.Id == attemptId && a.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(a => a.UsedAt, now), ct);
        return claimed == 1 ? attempt : new StateReplayed();
    }

    private async Task<Result<ConnectedPlatform>> ConnectAsync(Actor actor, OAuthAttempt attempt, ConnectionAnswer answer, CancellationToken ct)
    {
        if (answer.Error is "access_denied" or "user_denied") return new ConsentDenied(attempt.Platform);
        if (answer.Error is not null || string.IsNullOrEmpty(answer.Code)) return new ConsentFailed(attempt.Platform, Words(answer.ErrorDescription ?? answer.Error ?? "It sent no code."));

        var tokens = await platforms.Get<IAuthorizes>(attempt.Platform).ExchangeCodeAsync(answer.Code, new Uri(attempt.CallbackUrl), secrets.Unprotect(attempt.CodeVerifier), ct);
        if (!tokens.TryGet(out var granted, out var refusal)) return Result<ConnectedPlatform>.Refused(refusal);
        return await connect.RunAsync(actor, new ConnectPlatformRequest(attempt.Platform, attempt.TeamId, granted) { ConnectionId = attempt.ConnectionId }, ct);
    }

    private static string Words(string text) => text.Length <= 300 ? text : text[..300] + "…";
}
