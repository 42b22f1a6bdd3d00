using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.LeadForms;

/// <summary>A lead form that stands on a page.</summary>
/// <param name="LeadFormId">As which it is known here; null when it is not.</param>
public sealed record StandingForm(string PageId, PlatformLeadForm Listed, Guid? LeadFormId, string? LeadFormName);

/// <summary>The lead forms on the pages of some ad accounts of one workspace, asked of the platform now; on one page only, if named.</summary>
public sealed class ListStandingForms(Studio studio, PlatformSet platforms, AskPlatform ask)
{
    public async Task<Result<IReadOnlyList<StandingForm>>> RunAsync(Actor actor, IReadOnlyCollection<Guid> adAccountIds, string? pageId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var accounts = (await db.AdAccounts.AsNoTracking().Where(a => adAccountIds.Contains(a.Id)).OrderBy(a => a.Id).ToListAsync(ct)).FindAll(a => actor.Reads(a.Id, a.WorkspaceId));
        if (accounts.Count == 0) return new AdAccountNotFound();
        // Several accounts may reach one page: whichever does.
        var pages = accounts.SelectMany(a => a.Assets.Where(x => x.Kind == AccountAssetKind.Page && (pageId is null || x.Id == pageId)).Select(x => (Account: a, Page: x.Id))).DistinctBy(p => p.Page).ToList();
        if (pageId is not null && pages.Count == 0) return new InvalidError("pageId", $"pageId is none of the pages of {accounts[0].Name}");

        var workspaces = accounts.Select(a => a.WorkspaceId).Distinct().ToList();
        var known = await db.LeadForms.AsNoTracking().Where(f => workspaces.Contains(f.WorkspaceId) && f.ExternalId != null).Select(f => new { f.Id, f.Name, f.Platform, f.ExternalId }).ToListAsync(ct);
        var (found, ended) = (new List<StandingForm>(), default(Refusal));
        foreach (var (account, page) in pages)
        {
            if (platforms.Find<ICollectsLeads>(account.Platform) is not { } leads) return new NoLeadForms(account.Platform);
            if (!(await ask.RunAsync(actor, account.Id, access => leads.ListFormsAsync(access, page, ct), ct)).TryGet(out var forms, out var refusal))
            {
                // A consent that has ended says nothing against the pages of the others.
                if (refusal is not (ConnectionExpired or ConnectionDisconnected)) return Result<IReadOnlyList<StandingForm>>.Refused(refusal);
                ended = refusal;
                continue;
            }
            found.AddRange(forms.Select(f => known.Find(k => k.Platform == account.Platform && k.ExternalId == f.ExternalId) is { } ours ? new StandingForm(page, f, ours.Id, ours.Name) : new StandingForm(page, f, null, null)));
        }
        return found.Count == 0 && ended is not null ? Result<IReadOnlyList<StandingForm>>.Refused(ended) : found;
    }
}
