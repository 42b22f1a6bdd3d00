using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Connections;

public sealed record NoPagesOn(Platform Platform) : ConflictError($"{Catalogue.Of(Platform).Name} has no pages to list.");

/// <summary>The pages for which ads of some ad accounts can run, asked of the platform now: each once, however many accounts reach it.</summary>
public sealed class ListPages(Studio studio, PlatformSet platforms, AskPlatform ask)
{
    /// <param name="adAccountIds">Of one platform.</param>
    public async Task<Result<IReadOnlyList<PlatformPage>>> RunAsync(Actor actor, IReadOnlyCollection<Guid> adAccountIds, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var accounts = await db.AdAccounts.AsNoTracking().Visible(actor).Where(a => adAccountIds.Contains(a.Id)).OrderBy(a => a.Id).ToListAsync(ct);
        if (accounts.Count == 0) return new AdAccountNotFound();

        var (found, ended) = (new List<PlatformPage>(), default(Refusal));
        // Pages are a matter of who consented, not of the account.
        foreach (var account in accounts.DistinctBy(a => a.ConnectionId))
        {
            if (platforms.Find<IListsPages>(account.Platform) is not { } lists) return new NoPagesOn(account.Platform);
            if (!(await ask.RunAsync(actor, account.Id, access => lists.ListPagesAsync(access, ct), ct)).TryGet(out var pages, out var refusal))
            {
                // A consent that has ended says nothing against the pages of the others.
                if (refusal is not (ConnectionExpired or ConnectionDisconnected)) return Result<IReadOnlyList<PlatformPage>>.Refused(refusal);
                ended = refusal;
                continue;
            }
            found.AddRange(pages.Where(p => found.All(f => f.Id != p.Id)));
        }
        return found.Count == 0 && ended is not null ? Result<IReadOnlyList<PlatformPage>>.Refused(ended) : found;
    }
}
