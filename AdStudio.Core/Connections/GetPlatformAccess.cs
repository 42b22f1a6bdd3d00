using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Connections;

/// <summary>With what to call the platform for an ad account: a token that counts, and the account. The caller has checked what it wants to do there.</summary>
public sealed class GetPlatformAccess(Studio studio, ConnectionTokens tokens)
{
    public async Task<Result<PlatformAccess>> RunAsync(Actor actor, Guid adAccountId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var account = await db.AdAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == adAccountId, ct);
        if (account is null || !actor.Sees(account)) return new AdAccountNotFound();

        var access = await tokens.GetAsync(actor, account.ConnectionId, ct);
        return access.TryGet(out var done, out var refusal) ? done with { Account = account.Handle() } : Result<PlatformAccess>.Refused(refusal);
    }
}

/// <summary>
/// After a platform answered that a token no longer counts: hands out a fresh one, with which the call may be made once more,
/// or marks the connection as expired and says so.
/// </summary>
public sealed class ReportExpired(ConnectionTokens tokens)
{
    public async Task<Result<PlatformAccess>> RunAsync(Actor actor, PlatformAccess refused, CancellationToken ct)
    {
        var access = await tokens.ReplaceAsync(actor, refused, ct);
        return access.TryGet(out var done, out var refusal) ? done with { Account = refused.Account } : Result<PlatformAccess>.Refused(refusal);
    }
}

public static class AdAccountHandles
{
    public static AccountHandle Handle(this AdAccount account) => new(account.Id, account.ExternalId, account.Currency, account.TimeZone, account.ManagerExternalId);
}
