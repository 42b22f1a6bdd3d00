using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Campaigns;

/// <summary>Begins a campaign as a draft. <c>input</c> keeps the request as a program gave it.</summary>
public sealed class CreateCampaign(Studio studio, CampaignNumbers numbers, TimeProvider time)
{
    public async Task<Result<Campaign>> RunAsync(Actor actor, Guid workspaceId, string name, CampaignSpec spec, string? input, CancellationToken ct, GivenCampaign? given = null)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!actor.Sees(workspaceId) || !await db.Workspaces.AnyAsync(w => w.Id == workspaceId, ct)) return new WorkspaceOfCampaignNotFound();
        if (SpecRules.Check(name, spec) is { } wrong) return wrong;
        if (await TeamForAsync(db, actor, workspaceId, spec, ct) is not { } teamId) return new WritingNotAllowed();
        if (await db.AccountProblemsAsync(actor, workspaceId, spec, ct) is { } noAccount) return noAccount;

        var now = time.GetUtcNow();
        var campaign = new Campaign
        {
            OrganizationId = actor.OrganizationId, WorkspaceId = workspaceId, TeamId = teamId, Number = await numbers.NextAsync(actor.OrganizationId, ct),
            Input = GivenJson.WithoutSecrets(input), GivenType = given?.Type, Content = given?.Content, CreatedById = actor.PersonId ?? actor.Id, CreatedByName = actor.Name, CreatedAt = now, UpdatedAt = now,
        };
        campaign.Write(name.Trim(), spec);
        (campaign.Metadata, campaign.Authority) = (given?.Metadata, given?.Authority);
        db.Add(campaign);
        if (given?.Beside is { } beside) db.Add(beside(campaign));
        await db.SaveChangesAsync(ct);
        return campaign;
    }

    /// <summary>The team of the first chosen account, or the default team, or the first of those for which the actor may write.</summary>
    private static async Task<Guid?> TeamForAsync(StudioDb db, Actor actor, Guid workspaceId, CampaignSpec spec, CancellationToken ct)
    {
        var teams = await db.Teams.Where(t => t.WorkspaceId == workspaceId).OrderByDescending(t => t.IsDefault).ThenBy(t => t.CreatedAt).Select(t => t.Id).ToListAsync(ct);
        var writable = teams.Where(t => actor.WritesCampaigns(t, workspaceId)).ToList();
        if (writable.Count == 0) return null;

        var first = spec.Platforms.Select(p => p.AdAccountId).FirstOrDefault(a => a is not null);
        var ofAccount = first is null ? Guid.Empty : await db.AdAccounts.Where(a => a.Id == first && a.WorkspaceId == workspaceId).Select(a => a.TeamId).FirstOrDefaultAsync(ct);
        return writable.Contains(ofAccount) ? ofAccount : writable[0];
    }
}
