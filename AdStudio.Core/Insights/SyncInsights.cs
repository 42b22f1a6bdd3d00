using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

/// <summary>Reads an ad account's numbers now, and comes back when they are read. Two never read one account at once: the second is refused.</summary>
public sealed class SyncInsights(Studio studio, SyncQueue queue, CarryOutSync carryOut)
{
    public async Task<Result<SyncRun>> RunAsync(Actor actor, Guid adAccountId, CancellationToken ct)
    {
        if (actor.IsClient) return new ClientsDoNotSync();
        if (!actor.ReachesPlatforms) return new SandboxKeyStopsHere();
        await using var db = await studio.OpenAsync(actor, ct);
        var account = await db.AdAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == adAccountId, ct);
        if (account is null || !actor.Reads(account.Id, account.WorkspaceId)) return new NumbersOfAccountNotFound();

        var asked = await queue.AskAsync(db, account, SyncQueue.ByHand, ct);
        if (!asked.TryGet(out var reading, out var refusal)) return Result<SyncRun>.Refused(refusal);
        var carriedOut = await carryOut.RunAsync(Actor.Studio(account.OrganizationId), reading.Run.Id, ct);
        return carriedOut.Refusal is ReadingIsTaken ? new AlreadyReading(account.Name, reading.Run.Id) : carriedOut;
    }
}

/// <summary>"Sync now": asks for a reading of every account of a workspace that the actor reads. Workers carry it out; one that is under way is joined.</summary>
public sealed class SyncWorkspaceInsights(Studio studio, SyncQueue queue)
{
    public async Task<Result<IReadOnlyList<Guid>>> RunAsync(Actor actor, Guid workspaceId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!await db.IsThereAsync(actor, workspaceId, ct)) return new NumbersOfWorkspaceNotFound();
        if (actor.IsClient) return new ClientsDoNotSync();
        if (!actor.ReachesPlatforms) return new SandboxKeyStopsHere();
        var accounts = await db.AdAccounts.AsNoTracking().Where(a => a.WorkspaceId == workspaceId).OrderBy(a => a.Id).ToListAsync(ct);

        List<Guid> runs = [];
        foreach (var account in accounts.Where(a => actor.Reads(a.Id, a.WorkspaceId)))
        {
            var asked = await queue.AskAsync(db, account, SyncQueue.ByHand, ct);
            if (asked.TryGet(out var reading, out _)) runs.Add(reading.Run.Id);
        }
        return runs.Count > 0 ? runs : new NothingToRead();
    }
}
