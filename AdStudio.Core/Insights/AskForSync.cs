using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

/// <summary>"Read now" for one account: asks for a reading, which a worker carries out; one that is under way is joined.</summary>
public sealed class AskForSync(Studio studio, SyncQueue queue)
{
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid adAccountId, CancellationToken ct)
    {
        if (actor.IsClient) return new ClientsDoNotSync();
        if (!actor.ReachesPlatforms) return new SandboxKeyStopsHere();
        await using var db = await studio.OpenAsync(actor, ct);
        var account = await db.AdAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == adAccountId, ct);
        if (account is null || !actor.Reads(account.Id, account.WorkspaceId)) return new NumbersOfAccountNotFound();
        return (await queue.AskAsync(db, account, SyncQueue.ByHand, ct)).TryGet(out var asked, out var refusal) ? asked.Run.Id : refusal;
    }
}
