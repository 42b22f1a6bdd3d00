using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Campaigns;

/// <summary>
/// Who sees a campaign: the workspace's admins; and those of its team who read one of its accounts, or wrote it, or when it has no account yet.
/// Who changes it: of those, who manages all of its accounts.
/// </summary>
public static class CampaignAccess
{
    public static IQueryable<Campaign> Visible(this IQueryable<Campaign> campaigns, Actor actor)
    {
        if (actor.IsOrganizationAdmin) return campaigns.Where(c => c.Workspace.DeletedAt == null);

        var administered = actor.IsClient ? [] : actor.AdminOfWorkspaces.ToList();
        var teams = actor.Teams.Keys.ToList();
        var accounts = actor.Accounts.Keys.Select(id => (Guid?)id).ToList();
        var me = actor.PersonId ?? actor.Id;
        return campaigns.Where(c => c.Workspace.DeletedAt == null
            && (administered.Contains(c.WorkspaceId)
                || (teams.Contains(c.TeamId)
                    && (c.CreatedById == me
                        || c.Targets.Any(t => accounts.Contains(t.AdAccountId))
                        || c.Platforms.Any(p => accounts.Contains(p.AdAccountId))
                        || (c.Targets.All(t => t.AdAccountId == null) && c.Platforms.All(p => p.AdAccountId == null))))));
    }

    /// <summary>The same for one campaign that is at hand with its platforms and targets.</summary>
    public static bool SeesCampaign(this Actor actor, Campaign campaign)
    {
        if (actor.Administers(campaign.WorkspaceId) || actor.IsOrganizationAdmin) return true;
        if (!actor.Teams.ContainsKey(campaign.TeamId)) return false;
        var accounts = AccountsOf(campaign).ToList();
        return campaign.CreatedById == (actor.PersonId ?? actor.Id) || accounts.Count == 0 || accounts.Any(actor.Accounts.ContainsKey);
    }

    /// <summary>May change it, and so spend from its accounts. Needs its platforms and targets at hand.</summary>
    public static bool ManagesCampaign(this Actor actor, Campaign campaign)
    {
        if (actor.IsClient || !actor.SeesCampaign(campaign)) return false;
        if (actor.Administers(campaign.WorkspaceId)) return true;
        var accounts = AccountsOf(campaign).ToList();
        return accounts.Count > 0
            ? accounts.All(a => actor.Manages(a, campaign.WorkspaceId))
            : actor.WritesCampaigns(campaign.TeamId, campaign.WorkspaceId);
    }

    /// <summary>May write campaigns for the team: its admins, and those of it who manage an ad account.</summary>
    public static bool WritesCampaigns(this Actor actor, Guid teamId, Guid workspaceId) =>
        !actor.IsClient && (actor.AdministersTeam(teamId, workspaceId) || (actor.Teams.ContainsKey(teamId) && actor.Accounts.Values.Contains(AccountAccess.Manager)));

    /// <summary>Tracked, with platforms and targets; null when there is none or the actor may not see it.</summary>
    public static async Task<Campaign?> FindVisibleCampaignAsync(this StudioDb db, Actor actor, Guid campaignId, CancellationToken ct)
    {
        var campaign = await db.Campaigns.Include(c => c.Platforms).Include(c => c.Targets).AsSplitQuery()
            .FirstOrDefaultAsync(c => c.Id == campaignId && c.Workspace.DeletedAt == null, ct);
        return campaign is not null && actor.SeesCampaign(campaign) ? campaign : null;
    }

    /// <summary>The campaign, or why the actor may not change it.</summary>
    public static async Task<Result<Campaign>> FindManagedCampaignAsync(this StudioDb db, Actor actor, Guid campaignId, CancellationToken ct)
    {
        var campaign = await db.FindVisibleCampaignAsync(actor, campaignId, ct);
        if (campaign is null) return new CampaignNotFound();
        return actor.ManagesCampaign(campaign) ? campaign : new ManagerNeeded(campaign.Name);
    }

    private static IEnumerable<Guid> AccountsOf(Campaign campaign) =>
        campaign.Targets.Select(t => t.AdAccountId).Concat(campaign.Platforms.Select(p => p.AdAccountId)).OfType<Guid>().Distinct();

    /// <summary>Refuses accounts in a spec that do not exist for the actor, or that they may only read: who saved such a spec would lock themselves out.</summary>
    internal static async Task<Refusal?> AccountProblemsAsync(this StudioDb db, Actor actor, Guid workspaceId, CampaignSpec spec, CancellationToken ct)
    {
        var ids = spec.Platforms.Select(p => p.AdAccountId).OfType<Guid>().Distinct().ToList();
        if (ids.Count == 0) return null;

        var accounts = await db.AdAccounts.Where(a => ids.Contains(a.Id) && a.WorkspaceId == workspaceId).Select(a => new { a.Id, a.Platform, a.Name }).ToListAsync(ct);
        var problems = new List<FieldProblem>();
        foreach (var (choice, index) in spec.Platforms.Select((p, i) => (p, i)))
        {
            if (choice.AdAccountId is not { } id) continue;
            var account = accounts.Find(a => a.Id == id);
            if (account is null || !actor.Reads(id, workspaceId) || account.Platform != choice.Platform)
                problems.Add(new($"platforms[{index}].adAccountId", $"There is no such {choice.Platform.Label()} account in this workspace."));
            else if (!actor.Manages(id, workspaceId))
                problems.Add(new($"platforms[{index}].adAccountId", $"You may only look at {account.Name}. Choose an account that you manage, or ask an admin of your team."));
        }
        return problems.Count > 0 ? new InvalidError(problems) : null;
    }
}
