using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Operations;

/// <summary>
/// Asks for an import of what stands on an ad account: a campaign that the studio doesn't know becomes one here, what it knows is brought in step. A worker carries it out; one under way is joined.
/// </summary>
public sealed class ImportCampaigns(Studio studio, ImportQueue queue)
{
    public async Task<Result<CampaignImportRow>> RunAsync(Actor actor, Guid adAccountId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var account = await db.AdAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == adAccountId, ct);
        if (account is null || !actor.Sees(account)) return new AccountToImportNotFound();
        if (!actor.Manages(account.Id, account.WorkspaceId)) return new ImportingNeedsManager(account.Name);
        if (!actor.ReachesPlatforms) return new SandboxKeyStopsHere();
        var asked = await queue.AskAsync(db, actor, account, ct);
        return asked.TryGet(out var import, out var refusal) ? CampaignImportRow.Of(import, account.Name) : Result<CampaignImportRow>.Refused(refusal);
    }
}

/// <summary>The same, carried out at once: comes back when it is done.</summary>
public sealed class ImportCampaignsNow(ImportCampaigns import, CarryOutImport carryOut)
{
    public async Task<Result<CampaignImportRow>> RunAsync(Actor actor, Guid adAccountId, CancellationToken ct) =>
        (await import.RunAsync(actor, adAccountId, ct)).TryGet(out var asked, out var refusal) ? await carryOut.RunAsync(Actor.Studio(actor.OrganizationId), asked.Id, ct) : Result<CampaignImportRow>.Refused(refusal);
}

/// <summary>The same, for who waits for the outcome: one that a worker has taken up already is waited for, but no longer than a minute.</summary>
public sealed class ImportCampaignsAndWait(ImportCampaigns import, CarryOutImport carryOut, GetImport get, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1), Between = TimeSpan.FromMilliseconds(250);

    /// <returns>The import as it ended, or as far as it is.</returns>
    public async Task<Result<CampaignImportRow>> RunAsync(Actor actor, Guid adAccountId, CancellationToken ct)
    {
        if (!(await import.RunAsync(actor, adAccountId, ct)).TryGet(out var asked, out var refusal)) return refusal;
        var done = await carryOut.RunAsync(Actor.Studio(actor.OrganizationId), asked.Id, ct);
        if (done.Refusal is not ImportIsTaken) return done;
        for (var waited = TimeSpan.Zero; ; waited += Between)
        {
            var standing = await get.RunAsync(actor, asked.Id, ct);
            if (!standing.IsDone || !standing.Value.IsActive || waited >= Patience) return standing;
            await Task.Delay(Between, time, ct);
        }
    }
}

/// <summary>An import as it stands, by its id.</summary>
public sealed class GetImport(Studio studio)
{
    public async Task<Result<CampaignImportRow>> RunAsync(Actor actor, Guid importId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var import = await db.CampaignImports.AsNoTracking().Include(i => i.AdAccount).SingleOrDefaultAsync(i => i.Id == importId, ct);
        return import is not null && actor.Sees(import.AdAccount) ? CampaignImportRow.Of(import, import.AdAccount.Name) : new ImportNotFound();
    }
}

/// <summary>The last import of each account of a workspace that the actor sees.</summary>
public sealed class ListImports(Studio studio)
{
    public async Task<Result<IReadOnlyList<CampaignImportRow>>> RunAsync(Actor actor, Guid workspaceId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!actor.Sees(workspaceId) || !await db.Workspaces.AnyAsync(w => w.Id == workspaceId, ct)) return new WorkspaceToImportNotFound();
        var last = await db.AdAccounts.Where(a => a.WorkspaceId == workspaceId).Visible(actor)
            .Select(a => new { a.Name, Import = db.CampaignImports.Where(i => i.AdAccountId == a.Id).OrderByDescending(i => i.StartedAt).FirstOrDefault() }).Where(a => a.Import != null).ToListAsync(ct);
        return Result<IReadOnlyList<CampaignImportRow>>.Of([.. last.Select(a => CampaignImportRow.Of(a.Import!, a.Name)).OrderByDescending(i => i.StartedAt)]);
    }
}

/// <summary>Imports that were asked for and wait for a worker. The rows are the queue: they outlive the process, and an account has one at most.</summary>
public sealed class ImportQueue(Studio studio, PlatformSet platforms, TimeProvider time)
{
    /// <summary>How often an account is read again from which campaigns were imported.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromHours(6);

    /// <summary>Puts an import into the queue, or gives the one that is there already.</summary>
    internal async Task<Result<CampaignImport>> AskAsync(StudioDb db, Actor actor, AdAccount account, CancellationToken ct)
    {
        if (platforms.Find<IImportsCampaigns>(account.Platform) is null) return new NoImportFrom(account.Platform);
        if (await ActiveAsync(db, account.Id, ct) is { } there) return there;

        var import = new CampaignImport
        {
            OrganizationId = account.OrganizationId, WorkspaceId = account.WorkspaceId, AdAccountId = account.Id, Platform = account.Platform, ActiveKey = account.Id, StartedAt = time.GetUtcNow(),
            RequestedByKind = actor.Kind, RequestedById = actor.Id, RequestedByName = actor.Name, RequestedVia = actor.Via,
        };
        db.CampaignImports.Add(import);
        try
        {
            await db.SaveChangesAsync(ct);
            return import;
        }
        catch (DbUpdateException failure) when (db.IsDuplicate(failure))
        {
            // Somebody else asked in the same moment; theirs is as good.
            db.Entry(import).State = EntityState.Detached;
            return await ActiveAsync(db, account.Id, ct) ?? await db.CampaignImports.AsNoTracking().Where(i => i.AdAccountId == account.Id).OrderByDescending(i => i.StartedAt).FirstAsync(ct);
        }
    }

    /// <summary>Asks for an import of every account from which campaigns were imported before and that was not read for some hours, so that what is changed on the platform shows here.</summary>
    public async Task<int> AskDueAsync(CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var now = time.GetUtcNow();
        var accounts = await db.AdAccounts.AsNoTracking()
            .Where(a => a.Connection.Health == ConnectionHealth.Good || a.Connection.Health == ConnectionHealth.Expiring)
            .Where(a => db.CampaignImports.Any(i => i.AdAccountId == a.Id && i.Status == ImportStatus.Succeeded) && !db.CampaignImports.Any(i => i.ActiveKey == a.Id))
            .Select(a => new { Account = a, Last = db.CampaignImports.Where(i => i.AdAccountId == a.Id).OrderByDescending(i => i.StartedAt).Select(i => new { i.StartedAt, i.RetryAt }).First() }).ToListAsync(ct);
        var due = accounts.Where(a => (a.Last.RetryAt ?? a.Last.StartedAt + Every) <= now).ToList();
        foreach (var one in due) await AskAsync(db, Actor.Studio(one.Account.OrganizationId), one.Account, ct);
        return due.Count;
    }

    /// <summary>The next import to carry out: one that waits, or whose worker has vanished; of a platform with none at work, so that one that does not answer holds up no other.</summary>
    public async Task<(Guid OrganizationId, Guid ImportId)?> NextAsync(IReadOnlyCollection<Guid> except, CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var now = time.GetUtcNow();
        var busy = await db.CampaignImports.Where(i => i.ActiveKey != null && i.LeaseUntil > now).Select(i => i.Platform).Distinct().ToListAsync(ct);
        var next = await db.CampaignImports.AsNoTracking().Where(i => i.ActiveKey != null && (i.LeaseUntil == null || i.LeaseUntil <= now) && !except.Contains(i.Id) && !busy.Contains(i.Platform))
            .OrderBy(i => i.RequestedByKind == ActorKind.Studio ? 1 : 0).ThenBy(i => i.StartedAt).Select(i => new { i.OrganizationId, i.Id }).FirstOrDefaultAsync(ct);
        return next is null ? null : (next.OrganizationId, next.Id);
    }

    private static Task<CampaignImport?> ActiveAsync(StudioDb db, Guid adAccountId, CancellationToken ct) => db.CampaignImports.AsNoTracking().SingleOrDefaultAsync(i => i.ActiveKey == adAccountId, ct);
}
