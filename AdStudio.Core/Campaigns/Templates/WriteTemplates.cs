using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Campaigns;

/// <summary>Makes a template anew.</summary>
public sealed class CreateTemplate(Studio studio, TimeProvider time)
{
    public async Task<Result<TemplateRow>> RunAsync(Actor actor, Guid workspaceId, TemplateInput input, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!actor.Sees(workspaceId) || !await db.Workspaces.AnyAsync(w => w.Id == workspaceId, ct)) return new WorkspaceOfCampaignNotFound();
        if (!await db.MayWriteAsync(actor, workspaceId, ct)) return new TemplatesNeedManager();
        if (input.Problems() is { } wrong) return wrong;
        if (await db.AccountProblemsAsync(actor, workspaceId, input.Spec, ct) is { } noAccount) return noAccount;

        var now = time.GetUtcNow();
        var template = new CampaignTemplate { OrganizationId = actor.OrganizationId, WorkspaceId = workspaceId, CreatedByName = actor.Name, CreatedAt = now, UpdatedAt = now };
        template.Write(input);
        db.Add(template);
        await db.SaveChangesAsync(ct);
        return TemplateRow.Of(template, mayWrite: true);
    }
}

/// <summary>Keeps a campaign as a template. Enough to see the campaign and to write templates in its workspace; accounts that the actor may not spend from stay out of it.</summary>
public sealed class SaveAsTemplate(Studio studio, CreateTemplate create)
{
    public async Task<Result<TemplateRow>> RunAsync(Actor actor, Guid campaignId, string name, string description, TemplateKeeps keeps, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.FindVisibleCampaignAsync(actor, campaignId, ct) is not { } campaign) return new CampaignNotFound();
        var (spec, _) = await TemplateFitting.FitAsync(db, actor, campaign.WorkspaceId, keeps.Of(campaign.Spec), ct);
        return await create.RunAsync(actor, campaign.WorkspaceId, new(name, description, spec), ct);
    }
}

/// <summary>Changes a template. Campaigns that were begun from it stay as they are.</summary>
public sealed class UpdateTemplate(Studio studio, TimeProvider time)
{
    /// <param name="version">The version the author has seen; null saves over whatever is there.</param>
    public async Task<Result<TemplateRow>> RunAsync(Actor actor, Guid templateId, TemplateInput input, long? version, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindWritableTemplateAsync(actor, templateId, ct)).TryGet(out var template, out var refusal)) return refusal;
        if (input.Problems() is { } wrong) return wrong;
        // An account that stands in it already may be somebody else's to spend from; a new one has to be the actor's.
        var known = template.Spec.Platforms.Select(p => p.AdAccountId).ToHashSet();
        var chosen = input.Spec with { Platforms = [.. input.Spec.Platforms.Select(p => known.Contains(p.AdAccountId) ? p with { AdAccountId = null } : p)] };
        if (await db.AccountProblemsAsync(actor, template.WorkspaceId, chosen, ct) is { } noAccount) return noAccount;
        if (version is { } read && read != template.Version) return new TemplateChangedMeanwhile(template.Name);

        template.Write(input);
        template.UpdatedAt = time.GetUtcNow();
        return await db.SavesTemplateAsync(ct) ? TemplateRow.Of(template, mayWrite: true) : new TemplateChangedMeanwhile(template.Name);
    }
}

/// <summary>Writes a campaign over a template; its name and description stay.</summary>
public sealed class ReplaceTemplate(Studio studio, UpdateTemplate update)
{
    public async Task<Result<TemplateRow>> RunAsync(Actor actor, Guid templateId, Guid campaignId, TemplateKeeps keeps, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindWritableTemplateAsync(actor, templateId, ct)).TryGet(out var template, out var refusal)) return refusal;
        if (await db.FindVisibleCampaignAsync(actor, campaignId, ct) is not { } campaign) return new CampaignNotFound();
        if (campaign.WorkspaceId != template.WorkspaceId) return new InvalidError("campaignId", "The campaign lies in another workspace than the template.");
        var (spec, _) = await TemplateFitting.FitAsync(db, actor, campaign.WorkspaceId, keeps.Of(campaign.Spec), ct);
        return await update.RunAsync(actor, templateId, new(template.Name, template.Description, spec), template.Version, ct);
    }
}

/// <summary>Deletes a template; <see cref="RestoreTemplate"/> brings it back. Campaigns that were begun from it stay.</summary>
public sealed class DeleteTemplate(Studio studio, TimeProvider time)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid templateId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindWritableTemplateAsync(actor, templateId, ct)).TryGet(out var template, out var refusal)) return refusal;
        template.DeletedAt = time.GetUtcNow();
        return await db.SavesTemplateAsync(ct) ? Done.Value : new TemplateChangedMeanwhile(template.Name);
    }
}

/// <summary>Brings a deleted template back.</summary>
public sealed class RestoreTemplate(Studio studio)
{
    public async Task<Result<TemplateRow>> RunAsync(Actor actor, Guid templateId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var template = await db.CampaignTemplates.IgnoreQueryFilters([StudioDb.DeletedFilter]).Visible(actor).SingleOrDefaultAsync(t => t.Id == templateId, ct);
        if (template is null) return new TemplateNotFound();
        if (!await db.MayWriteAsync(actor, template.WorkspaceId, ct)) return new TemplatesNeedManager();
        if (template.DeletedAt is null) return new TemplateNotDeleted(template.Name);
        template.DeletedAt = null;
        db.AuditVerb = "restored";
        return await db.SavesTemplateAsync(ct) ? TemplateRow.Of(template, mayWrite: true) : new TemplateChangedMeanwhile(template.Name);
    }
}
