using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Campaigns;

/// <summary>What a campaign from a template begins with.</summary>
/// <param name="Notes">What of the template is left out, in words.</param>
public sealed record TemplateDraft(Guid WorkspaceId, string Name, CampaignSpec Spec, IReadOnlyList<string> Notes);

/// <summary>Fits a template to who uses it: without the accounts that they may not spend from, and without what was deleted since.</summary>
public sealed class FitTemplate(Studio studio)
{
    public async Task<Result<TemplateDraft>> RunAsync(Actor actor, Guid templateId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.CampaignTemplates.AsNoTracking().Visible(actor).SingleOrDefaultAsync(t => t.Id == templateId, ct) is not { } template) return new TemplateNotFound();
        var (spec, notes) = await TemplateFitting.FitAsync(db, actor, template.WorkspaceId, template.Spec, ct);
        return new TemplateDraft(template.WorkspaceId, template.Name, spec, notes);
    }
}

/// <summary>Begins a campaign from a template, as a draft.</summary>
public sealed class CreateFromTemplate(FitTemplate fit, CreateCampaign create)
{
    /// <param name="name">Null takes the template's.</param>
    public async Task<Result<(Campaign Campaign, IReadOnlyList<string> Notes)>> RunAsync(Actor actor, Guid templateId, string? name, CancellationToken ct)
    {
        if (!(await fit.RunAsync(actor, templateId, ct)).TryGet(out var draft, out var refusal)) return refusal;
        var created = await create.RunAsync(actor, draft.WorkspaceId, name ?? draft.Name, draft.Spec, null, ct);
        return created.TryGet(out var campaign, out refusal) ? (campaign, draft.Notes) : refusal;
    }
}

internal static class TemplateFitting
{
    public static async Task<(CampaignSpec Spec, IReadOnlyList<string> Notes)> FitAsync(StudioDb db, Actor actor, Guid workspaceId, CampaignSpec spec, CancellationToken ct)
    {
        List<string> notes = [];
        var chosen = spec.Platforms.Select(p => p.AdAccountId).OfType<Guid>().ToList();
        var usable = (await db.AdAccounts.Where(a => chosen.Contains(a.Id) && a.WorkspaceId == workspaceId).Select(a => a.Id).ToListAsync(ct)).Where(a => actor.Manages(a, workspaceId)).ToHashSet();
        var asked = spec.Platforms.Select(p => p.LeadFormId).OfType<Guid>().ToList();
        var forms = asked.Count == 0 ? [] : (await db.LeadForms.Where(f => asked.Contains(f.Id) && f.WorkspaceId == workspaceId).Select(f => f.Id).ToListAsync(ct)).ToHashSet();
        var platforms = spec.Platforms.Select(p =>
        {
            if (p.AdAccountId is { } account && !usable.Contains(account))
            {
                notes.Add($"{p.Platform.Label()}: you can't spend from the template's ad account, so none is chosen yet.");
                // Pages, pixels, apps and forms, and the amount in its currency, belong to the account.
                return new PlatformChoice { Platform = p.Platform };
            }
            return p.LeadFormId is { } form && !forms.Contains(form) ? p with { LeadFormId = null } : p;
        }).ToList();

        var creatives = (await db.Creatives.Where(c => spec.CreativeIds.Contains(c.Id) && c.WorkspaceId == workspaceId).Select(c => c.Id).ToListAsync(ct)).ToHashSet();
        var audiences = (await db.AdAudiences.Where(a => spec.AudienceIds.Contains(a.Id) && a.WorkspaceId == workspaceId).Select(a => a.Id).ToListAsync(ct)).ToHashSet();
        var fitted = spec with { Platforms = platforms, CreativeIds = [.. spec.CreativeIds.Where(creatives.Contains)], AudienceIds = [.. spec.AudienceIds.Where(audiences.Contains)] };
        Gone(spec.CreativeIds.Count - fitted.CreativeIds.Count, "creative");
        Gone(spec.AudienceIds.Count - fitted.AudienceIds.Count, "audience");
        return (fitted, notes);

        void Gone(int count, string what)
        {
            if (count > 0) notes.Add($"{SpecWords.Count(count, what)} of the template {(count == 1 ? "was" : "were")} deleted since.");
        }
    }
}
