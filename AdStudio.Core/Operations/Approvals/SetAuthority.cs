using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Operations;

/// <summary>What rules, and where it comes from.</summary>
/// <param name="Own">The campaign's; null narrows nothing.</param>
public sealed record EffectiveAuthority(Authority OfWorkspace, Authority? Own, bool MayChange)
{
    public Authority Effective => OfWorkspace.TightenedBy(Own);
}

/// <summary>How far changes in a workspace go by themselves. Its admin says; a program may only tighten it.</summary>
public sealed class SetWorkspaceAuthority(Studio studio, TimeProvider time)
{
    public async Task<Result<Authority>> RunAsync(Actor actor, Guid workspaceId, Authority authority, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var workspace = await db.Workspaces.VisibleTo(actor).SingleOrDefaultAsync(w => w.Id == workspaceId, ct);
        if (workspace is null) return new WorkspaceNotFound();
        if (!actor.Administers(workspaceId)) return new WorkspaceAdminNeeded(workspace.Name);
        if (actor.Kind != ActorKind.Person && authority.IsLooserThan(workspace.Authority)) return new AuthorityLoosenedByPeople();

        (workspace.Authority, workspace.UpdatedAt) = (authority, time.GetUtcNow());
        db.AuditVerb = "changed the authority of";
        return await db.TrySaveAsync(ct) ? authority : new ChangedMeanwhile(workspace.Name);
    }
}

public sealed class GetWorkspaceAuthority(Studio studio)
{
    public async Task<Result<EffectiveAuthority>> RunAsync(Actor actor, Guid workspaceId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var authority = await db.Workspaces.VisibleTo(actor).Where(w => w.Id == workspaceId).Select(w => w.Authority).SingleOrDefaultAsync(ct);
        return authority is null ? new WorkspaceNotFound() : new EffectiveAuthority(authority, null, actor.Administers(workspaceId));
    }
}

/// <summary>Binds one campaign more tightly than its workspace; null lets the workspace's rule alone. A program may only tighten it.</summary>
public sealed class SetCampaignAuthority(Studio studio, TimeProvider time)
{
    public async Task<Result<EffectiveAuthority>> RunAsync(Actor actor, Guid campaignId, Authority? authority, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedCampaignAsync(actor, campaignId, ct)).TryGet(out var campaign, out var refusal)) return refusal;
        var workspace = await db.Workspaces.AsNoTracking().Where(w => w.Id == campaign.WorkspaceId).Select(w => w.Authority).SingleAsync(ct);
        if (actor.Kind != ActorKind.Person && (authority ?? Authority.Full).IsLooserThan(campaign.Authority ?? Authority.Full)) return new AuthorityLoosenedByPeople();

        campaign.Authority = authority == Authority.Full ? null : authority;
        campaign.UpdatedAt = time.GetUtcNow();
        db.AuditVerb = "changed the authority of";
        return await db.TrySaveAsync(ct) ? new EffectiveAuthority(workspace, campaign.Authority, true) : new ChangedMeanwhile(campaign.Name);
    }
}

public sealed class GetCampaignAuthority(Studio studio)
{
    public async Task<Result<EffectiveAuthority>> RunAsync(Actor actor, Guid campaignId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.FindVisibleCampaignAsync(actor, campaignId, ct) is not { } campaign) return new CampaignNotFound();
        var workspace = await db.Workspaces.AsNoTracking().Where(w => w.Id == campaign.WorkspaceId).Select(w => w.Authority).SingleAsync(ct);
        return new EffectiveAuthority(workspace, campaign.Authority, actor.ManagesCampaign(campaign));
    }
}
