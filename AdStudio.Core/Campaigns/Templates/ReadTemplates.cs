using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Campaigns;

/// <param name="WorkspaceId">Null lists those of every workspace the actor is in.</param>
/// <param name="Search">In name and description.</param>
public sealed record TemplateFilter(Guid? WorkspaceId = null, string? Search = null, int Offset = 0, int Limit = 100);

/// <summary>Lists templates, the last changed first.</summary>
public sealed class ListTemplates(Studio studio)
{
    public async Task<Result<Page<TemplateRow>>> RunAsync(Actor actor, TemplateFilter filter, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var templates = db.CampaignTemplates.AsNoTracking().Visible(actor);
        if (filter.WorkspaceId is { } workspace) templates = templates.Where(t => t.WorkspaceId == workspace);
        foreach (var pattern in SearchWords.Of(filter.Search).Select(SearchWords.Pattern))
            templates = templates.Where(t => EF.Functions.Like(t.Name, pattern, "\\") || EF.Functions.Like(t.Description, pattern, "\\"));

        var (offset, limit) = (Math.Max(filter.Offset, 0), Math.Clamp(filter.Limit, 1, 200));
        var total = await templates.CountAsync(ct);
        var rows = await templates.OrderByDescending(t => t.UpdatedAt).ThenByDescending(t => t.Id).Skip(offset).Take(limit).ToListAsync(ct);
        var writable = new HashSet<Guid>();
        foreach (var id in rows.Select(t => t.WorkspaceId).Distinct())
            if (await db.MayWriteAsync(actor, id, ct)) writable.Add(id);
        return new Page<TemplateRow>([.. rows.Select(t => TemplateRow.Of(t, writable.Contains(t.WorkspaceId)))], total, offset, limit);
    }
}

public sealed class GetTemplate(Studio studio)
{
    public async Task<Result<TemplateRow>> RunAsync(Actor actor, Guid templateId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var template = await db.CampaignTemplates.AsNoTracking().Visible(actor).SingleOrDefaultAsync(t => t.Id == templateId, ct);
        return template is null ? new TemplateNotFound() : TemplateRow.Of(template, await db.MayWriteAsync(actor, template.WorkspaceId, ct));
    }
}
