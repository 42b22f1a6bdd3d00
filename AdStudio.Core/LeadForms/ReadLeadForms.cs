using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.LeadForms;

/// <summary>A form in a list.</summary>
public sealed record LeadFormRow(
    Guid Id, Guid WorkspaceId, Guid AdAccountId, string AccountName, Platform Platform, string PageId, string PageName, string Name, string Language, int Questions, LeadFormStatus Status, string? ExternalId, bool IsImported,
    int Leads, DateTimeOffset? LastLeadAt, string? FailureText, string? ReadFailure, DateTimeOffset? LeadsReadAt, DateTimeOffset UpdatedAt, string CreatedByName);

/// <summary>A workspace's lead forms, the last changed first.</summary>
public sealed class ListLeadForms(Studio studio)
{
    public async Task<Result<IReadOnlyList<LeadFormRow>>> RunAsync(Actor actor, Guid workspaceId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var forms = await db.LeadForms.AsNoTracking().Include(f => f.AdAccount).IgnoreQueryFilters([StudioDb.DeletedFilter]).Where(f => f.DeletedAt == null && f.WorkspaceId == workspaceId).Visible(actor)
            .OrderByDescending(f => f.UpdatedAt).Take(500).ToListAsync(ct);
        var ids = forms.ConvertAll(f => f.Id);
        var counts = await db.Leads.Where(l => ids.Contains(l.LeadFormId)).GroupBy(l => l.LeadFormId).Select(g => new { g.Key, Count = g.Count(), Last = g.Max(l => l.CreatedAt) }).ToDictionaryAsync(x => x.Key, ct);
        return forms.ConvertAll(f => new LeadFormRow(f.Id, f.WorkspaceId, f.AdAccountId, f.AdAccount.Name, f.Platform, f.PageId, f.PageName, f.Name, f.Content.Language, f.Content.Questions.Count, f.Status, f.ExternalId, f.IsImported,
            counts.TryGetValue(f.Id, out var c) ? c.Count : 0, counts.TryGetValue(f.Id, out var l) ? l.Last : null, f.FailureText, f.ReadFailure, f.LeadsReadAt, f.UpdatedAt, f.CreatedByName));
    }
}

/// <summary>A form as its editor shows it.</summary>
/// <param name="MayChange">Whether the actor manages its account.</param>
public sealed record LeadFormView(Guid Id, Guid WorkspaceId, Guid AdAccountId, Platform Platform, string PageId, string PageName, string Name, LeadFormContent Content, LeadFormStatus Status, string? ExternalId, bool IsImported, string? FailureText,
    DateTimeOffset UpdatedAt, long Version, bool MayChange)
{
    internal static LeadFormView Of(LeadForm form, Actor actor) => new(form.Id, form.WorkspaceId, form.AdAccountId, form.Platform, form.PageId, form.PageName, form.Name, form.Content, form.Status, form.ExternalId, form.IsImported, form.FailureText,
        form.UpdatedAt, form.Version, actor.Manages(form.AdAccountId, form.WorkspaceId));
}

public sealed class GetLeadForm(Studio studio)
{
    public async Task<Result<LeadFormView>> RunAsync(Actor actor, Guid formId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var form = await db.LeadForms.AsNoTracking().Visible(actor).SingleOrDefaultAsync(f => f.Id == formId, ct);
        return form is null ? new LeadFormNotFound() : LeadFormView.Of(form, actor);
    }
}

/// <summary>Where a form can stand: a page of an account that the actor manages, on a platform that has lead forms.</summary>
public sealed record LeadFormPlace(Guid AdAccountId, string AccountName, Platform Platform, string PageId, string PageName);

public sealed class ListLeadFormPlaces(Studio studio, PlatformSet platforms)
{
    public async Task<Result<IReadOnlyList<LeadFormPlace>>> RunAsync(Actor actor, Guid workspaceId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var accounts = await db.AdAccounts.AsNoTracking().Visible(actor).Where(a => a.WorkspaceId == workspaceId).OrderBy(a => a.Name).ToListAsync(ct);
        return Result<IReadOnlyList<LeadFormPlace>>.Of([.. accounts.Where(a => actor.Manages(a.Id, workspaceId) && platforms.Find<ICollectsLeads>(a.Platform) is not null)
            .SelectMany(a => a.Assets.Where(x => x.Kind == AccountAssetKind.Page).Select(x => new LeadFormPlace(a.Id, a.Name, a.Platform, x.Id, x.Name)))]);
    }
}
