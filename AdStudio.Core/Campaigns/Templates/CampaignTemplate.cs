using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdStudio.Core.Campaigns;

/// <summary>A campaign's skeleton to begin others from: all of its spec but the dates. Belongs to a workspace, as the creatives and audiences that it may name.</summary>
public sealed class CampaignTemplate : IOrganizationRow, IVersionedRow, IAuditedRow, ISoftDeletedRow
{
    public const int MaxDescription = 500;

    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid WorkspaceId { get; set; }
    public Workspace Workspace { get; set; } = null!;
    public string Name { get; set; } = "";
    public string Description { get; set; } = "";
    public CampaignSpec Spec { get; set; } = new();
    public string CreatedByName { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
    public long Version { get; set; }

    string IAuditedRow.AuditName => Name;

    /// <summary>A skeleton has no dates; its zone stays.</summary>
    internal void Write(TemplateInput input) =>
        (Name, Description, Spec) = (input.Name.Trim(), input.Description.Trim(), input.Spec with { Schedule = new ScheduleSpec { TimeZone = input.Spec.Schedule.TimeZone } });
}

/// <summary>What a template says.</summary>
public sealed record TemplateInput(string Name, string Description, CampaignSpec Spec)
{
    internal Refusal? Problems()
    {
        var rules = SpecRules.Check(Name, Spec) as InvalidError;
        List<FieldProblem> problems = [.. rules?.Fields ?? []];
        if (Description.Length > CampaignTemplate.MaxDescription) problems.Add(new("description", $"The description has {Description.Length} characters; {CampaignTemplate.MaxDescription} are the most."));
        return problems.Count > 0 ? new InvalidError(problems) : null;
    }
}

/// <summary>What of a campaign a template takes over beside its skeleton.</summary>
public sealed record TemplateKeeps(bool Creatives = true, bool Audiences = true)
{
    public CampaignSpec Of(CampaignSpec spec) => spec with { CreativeIds = Creatives ? spec.CreativeIds : [], AudienceIds = Audiences ? spec.AudienceIds : [] };
}

/// <param name="MayWrite">Whether the actor may change it, and begin campaigns from it.</param>
public sealed record TemplateRow(Guid Id, Guid WorkspaceId, string Name, string Description, CampaignSpec Spec, string CreatedByName, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version, bool MayWrite)
{
    internal static TemplateRow Of(CampaignTemplate t, bool mayWrite) => new(t.Id, t.WorkspaceId, t.Name, t.Description, t.Spec, t.CreatedByName, t.CreatedAt, t.UpdatedAt, t.Version, mayWrite);
}

public sealed record TemplateNotFound() : NotFoundError("There is no such template.");

public sealed record TemplatesNeedManager() : ForbiddenError("You may look at templates here but not write any. Ask an admin of your team for the manager role on an ad account.");

public sealed record TemplateChangedMeanwhile(string Name) : ConflictError($"Somebody else changed the template “{Name}” in the meantime. Look at it again.");

public sealed record TemplateNotDeleted(string Name) : ConflictError($"The template “{Name}” isn't deleted, so there is nothing to bring back.");

internal static class TemplateAccess
{
    /// <summary>Templates of workspaces that the actor is in.</summary>
    public static IQueryable<CampaignTemplate> Visible(this IQueryable<CampaignTemplate> templates, Actor actor)
    {
        var there = templates.Where(t => t.Workspace.DeletedAt == null);
        if (actor.IsOrganizationAdmin) return there;
        var workspaces = actor.MemberOfWorkspaces.ToList();
        return there.Where(t => workspaces.Contains(t.WorkspaceId));
    }

    /// <summary>False when somebody else saved it in the meantime.</summary>
    public static async Task<bool> SavesTemplateAsync(this StudioDb db, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    /// <summary>The template, or why the actor may not change it.</summary>
    public static async Task<Result<CampaignTemplate>> FindWritableTemplateAsync(this StudioDb db, Actor actor, Guid id, CancellationToken ct)
    {
        if (await db.CampaignTemplates.Visible(actor).SingleOrDefaultAsync(t => t.Id == id, ct) is not { } template) return new TemplateNotFound();
        return await db.MayWriteAsync(actor, template.WorkspaceId, ct) ? template : new TemplatesNeedManager();
    }
}

internal sealed class TemplatesModel : IEntityTypeConfiguration<CampaignTemplate>
{
    public void Configure(EntityTypeBuilder<CampaignTemplate> b)
    {
        b.Property(t => t.Name).HasMaxLength(256);
        b.Property(t => t.Description).HasMaxLength(CampaignTemplate.MaxDescription);
        b.Property(t => t.CreatedByName).HasMaxLength(256);
        b.Property(t => t.Spec).HasConversion(new JsonText<CampaignSpec>(), JsonText<CampaignSpec>.Comparer);
        b.HasIndex(t => new { t.WorkspaceId, t.UpdatedAt });
        b.HasOne(t => t.Workspace).WithMany().HasForeignKey(t => t.WorkspaceId);
    }
}
