using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.LeadForms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Leads;

/// <summary>What is known of a lead beside its answers; null leaves it as it is.</summary>
/// <param name="AssignTo">A person of the organization; <see cref="Guid.Empty"/> for nobody.</param>
public sealed record LeadChange(LeadStatus? Status = null, Guid? AssignTo = null, bool? Archived = null);

/// <summary>Sets how far a lead is, whose it is, and whether it is out of the way.</summary>
public sealed class ChangeLead(Studio studio)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid leadId, LeadChange change, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedLeadAsync(actor, leadId, ct)).TryGet(out var lead, out var refusal)) return refusal;
        if (lead.ErasedAt is not null) return new LeadErased();
        var before = new { lead.Status, AssignedTo = lead.AssignedToName, lead.IsArchived };
        if (change.Status is { } status) lead.Status = status;
        if (change.Archived is { } archived) lead.IsArchived = archived;
        if (change.AssignTo is { } person)
        {
            var name = person == Guid.Empty ? null : await db.Users.Where(p => p.Id == person && p.OrganizationId == actor.OrganizationId).Select(p => p.Name).SingleOrDefaultAsync(ct);
            if (person != Guid.Empty && name is null) return new InvalidError("assignTo", "There is no such person here.");
            (lead.AssignedToId, lead.AssignedToName) = (person == Guid.Empty ? null : person, name);
        }
        var after = new { lead.Status, AssignedTo = lead.AssignedToName, lead.IsArchived };
        if (!before.Equals(after)) db.Record("changed", nameof(Lead), lead.Id, PublicId.Of("lead", lead.Id), lead.WorkspaceId, before, after);
        await db.SaveChangesAsync(ct);
        return Done.Value;
    }
}

public sealed class AddLeadNote(Studio studio, TimeProvider time)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid leadId, string text, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedLeadAsync(actor, leadId, ct)).TryGet(out var lead, out var refusal)) return refusal;
        if (lead.ErasedAt is not null) return new LeadErased();
        if (text.Trim().Length is 0 or > 4000) return new InvalidError("text", "Write a note of up to 4,000 characters.");
        db.Add(new LeadNote { LeadId = leadId, Text = text.Trim(), ByName = actor.Name, At = time.GetUtcNow() });
        db.Record("put a note on", nameof(Lead), lead.Id, PublicId.Of("lead", lead.Id), lead.WorkspaceId);
        await db.SaveChangesAsync(ct);
        return Done.Value;
    }
}

/// <summary>
/// Erases what is personal of a lead, with its notes, in every workspace of the organization where the same lead of the platform lies. The platform's own copy is the platform's to erase, which it does after 90 days.
/// </summary>
public sealed class EraseLead(Studio studio, TimeProvider time)
{
    public async Task<Result<int>> RunAsync(Actor actor, Guid leadId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedLeadAsync(actor, leadId, ct)).TryGet(out var lead, out var refusal)) return refusal;
        var now = time.GetUtcNow();
        var platform = lead.LeadForm.Platform;
        var same = await db.Leads.IgnoreQueryFilters([StudioDb.DeletedFilter]).Include(l => l.Notes).Where(l => l.ExternalId == lead.ExternalId && l.LeadForm.Platform == platform).ToListAsync(ct);
        foreach (var copy in same.Where(l => l.ErasedAt is null))
        {
            copy.Erase(now);
            db.RemoveRange(copy.Notes);
            db.Record("erased", nameof(Lead), copy.Id, PublicId.Of("lead", copy.Id), copy.WorkspaceId);
        }
        await db.SaveChangesAsync(ct);
        return same.Count;
    }
}

/// <summary>Erases leads that a workspace keeps no longer.</summary>
[WithoutActor]
public sealed class EraseOldLeads(Studio studio, TimeProvider time)
{
    public async Task RunAsync(CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var now = time.GetUtcNow();
        foreach (var settings in await db.LeadSettings.AsNoTracking().Where(s => s.RetentionDays != null).ToListAsync(ct))
        {
            var before = now.AddDays(-settings.RetentionDays!.Value);
            while (await db.Leads.IgnoreQueryFilters([StudioDb.DeletedFilter]).Include(l => l.Notes).Where(l => l.WorkspaceId == settings.WorkspaceId && l.ErasedAt == null && l.CreatedAt < before).OrderBy(l => l.Id).Take(200).ToListAsync(ct) is { Count: > 0 } old)
            {
                foreach (var lead in old)
                {
                    lead.Erase(now);
                    db.RemoveRange(lead.Notes);
                }
                db.Record("erased", nameof(LeadSettings), settings.WorkspaceId, old.Count == 1 ? "1 old lead" : $"{old.Count} old leads", settings.WorkspaceId, organizationId: settings.OrganizationId);
                await db.SaveChangesAsync(ct);
                db.ChangeTracker.Clear();
            }
        }
    }
}
