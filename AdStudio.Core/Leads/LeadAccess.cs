using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Leads;

/// <summary>Who may read a form's ad account sees its leads; who manages it works on them. Clients see none.</summary>
internal static class LeadAccess
{
    public static IQueryable<Lead> Visible(this IQueryable<Lead> leads, Actor actor)
    {
        if (actor.IsClient) return leads.Where(_ => false);
        if (actor.IsOrganizationAdmin) return leads;
        var (workspaces, accounts) = (actor.AdminOfWorkspaces.ToList(), actor.Accounts.Keys.ToList());
        return leads.Where(l => workspaces.Contains(l.WorkspaceId) || accounts.Contains(l.LeadForm.AdAccountId));
    }

    public static async Task<Result<Lead>> FindManagedLeadAsync(this StudioDb db, Actor actor, Guid leadId, CancellationToken ct)
    {
        var lead = await db.Leads.Include(l => l.LeadForm).IgnoreQueryFilters([StudioDb.DeletedFilter]).Visible(actor).SingleOrDefaultAsync(l => l.Id == leadId, ct);
        if (lead is null) return new LeadNotFound();
        return actor.Manages(lead.LeadForm.AdAccountId, lead.WorkspaceId) ? lead : new LeadNeedsManager("this lead");
    }
}
