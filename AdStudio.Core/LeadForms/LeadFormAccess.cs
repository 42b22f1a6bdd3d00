using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.LeadForms;

/// <summary>Who may read an ad account sees its forms and leads; who manages it changes them. Clients see neither: leads are other people's data.</summary>
internal static class LeadFormAccess
{
    public static IQueryable<LeadForm> Visible(this IQueryable<LeadForm> forms, Actor actor)
    {
        if (actor.IsClient) return forms.Where(_ => false);
        if (actor.IsOrganizationAdmin) return forms;
        var (workspaces, accounts) = (actor.AdminOfWorkspaces.ToList(), actor.Accounts.Keys.ToList());
        return forms.Where(f => workspaces.Contains(f.WorkspaceId) || accounts.Contains(f.AdAccountId));
    }

    public static async Task<Result<LeadForm>> FindManagedFormAsync(this StudioDb db, Actor actor, Guid formId, CancellationToken ct)
    {
        var form = await db.LeadForms.Visible(actor).SingleOrDefaultAsync(f => f.Id == formId, ct);
        if (form is null) return new LeadFormNotFound();
        return actor.Manages(form.AdAccountId, form.WorkspaceId) ? form : new LeadFormNeedsManager($"“{form.Name}”");
    }
}
