using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.LeadForms;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Leads;

/// <param name="Assigned">A person's id; <see cref="Guid.Empty"/> for nobody's; null for all.</param>
/// <param name="Archived">Null shows both.</param>
public sealed record LeadFilter(Guid WorkspaceId, Guid? FormId = null, LeadStatus? Status = null, Guid? Assigned = null, string? Search = null, bool? Archived = false, DateOnly? From = null, DateOnly? To = null, int Offset = 0, int Limit = 50);

/// <summary>A lead as the inbox shows it.</summary>
public sealed record LeadRow(
    Guid Id, Guid FormId, string FormName, Platform Platform, string Name, string Email, string Phone, IReadOnlyList<LeadAnswer> Answers, Guid? CampaignId, string? CampaignName, bool IsOrganic, LeadStatus Status, Guid? AssignedToId, string? AssignedToName,
    bool IsArchived, bool IsErased, string ReceivedBy, DateTimeOffset CreatedAt, DateTimeOffset ReceivedAt, DateTimeOffset? ForwardedAt, string? ForwardFailure, DateTimeOffset? ForwardAt, int ForwardAttempts, IReadOnlyList<LeadNoteRow> Notes, bool MayChange, long Version)
{
    /// <summary>What it is called in a list: the name, else the address, else its number.</summary>
    public string Called => IsErased ? "Erased" : Name.Length > 0 ? Name : Email.Length > 0 ? Email : Phone.Length > 0 ? Phone : "Without a name";
}

public sealed record LeadNoteRow(string Text, string ByName, DateTimeOffset At);

/// <summary>The leads of a workspace that the actor may see, newest first.</summary>
public sealed class ListLeads(Studio studio)
{
    public const int MaxLimit = 5_000;

    public async Task<Result<Page<LeadRow>>> RunAsync(Actor actor, LeadFilter filter, CancellationToken ct)
    {
        if (filter.Limit is < 1 or > MaxLimit) return new InvalidError("limit", $"The limit is a number from 1 to {MaxLimit}.");
        await using var db = await studio.OpenAsync(actor, ct);
        var found = db.Leads.AsNoTracking().IgnoreQueryFilters([StudioDb.DeletedFilter]).Where(l => l.WorkspaceId == filter.WorkspaceId).Visible(actor);
        if (filter.FormId is { } form) found = found.Where(l => l.LeadFormId == form);
        if (filter.Status is { } status) found = found.Where(l => l.Status == status);
        if (filter.Archived is { } archived) found = found.Where(l => l.IsArchived == archived);
        if (filter.Assigned is { } person) found = person == Guid.Empty ? found.Where(l => l.AssignedToId == null) : found.Where(l => l.AssignedToId == person);
        if (filter.From is { } from) { var first = new DateTimeOffset(from.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero); found = found.Where(l => l.CreatedAt >= first); }
        if (filter.To is { } to) { var after = new DateTimeOffset(to.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero); found = found.Where(l => l.CreatedAt < after); }
        if (filter.Search?.Trim().ToLowerInvariant() is { Length: > 0 } words)
#pragma warning disable CA1304, CA1311, CA1862 // Runs in the database, which knows no cultures.
            found = found.Where(l => l.Name.ToLower().Contains(words) || l.Email.ToLower().Contains(words) || l.Phone.Contains(words));
#pragma warning restore CA1304, CA1311, CA1862

        var total = await found.CountAsync(ct);
        var page = await found.Include(l => l.LeadForm).Include(l => l.Notes).AsSplitQuery().OrderByDescending(l => l.CreatedAt).ThenBy(l => l.Id).Skip(filter.Offset).Take(filter.Limit).ToListAsync(ct);
        return new Page<LeadRow>(await RowsAsync(db, actor, page, ct), total, filter.Offset, filter.Limit);
    }

    internal static async Task<List<LeadRow>> RowsAsync(StudioDb db, Actor actor, List<Lead> leads, CancellationToken ct)
    {
        var campaigns = leads.Select(l => l.CampaignId).OfType<Guid>().Distinct().ToList();
        var names = campaigns.Count == 0 ? [] : await db.Campaigns.IgnoreQueryFilters([StudioDb.DeletedFilter]).Where(c => campaigns.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        return leads.ConvertAll(l => new LeadRow(l.Id, l.LeadFormId, l.LeadForm.Name, l.LeadForm.Platform, l.Name, l.Email, l.Phone, l.Answers, l.CampaignId, l.CampaignId is { } c ? names.GetValueOrDefault(c) : null, l.IsOrganic, l.Status, l.AssignedToId,
            l.AssignedToName, l.IsArchived, l.ErasedAt is not null, l.ReceivedBy, l.CreatedAt, l.ReceivedAt, l.ForwardedAt, l.ForwardFailure, l.ForwardAt, l.ForwardAttempts,
            [.. l.Notes.OrderByDescending(n => n.At).Select(n => new LeadNoteRow(n.Text, n.ByName, n.At))], actor.Manages(l.LeadForm.AdAccountId, l.WorkspaceId), l.Version));
    }
}

public sealed class GetLead(Studio studio)
{
    public async Task<Result<LeadRow>> RunAsync(Actor actor, Guid leadId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var lead = await db.Leads.AsNoTracking().IgnoreQueryFilters([StudioDb.DeletedFilter]).Include(l => l.LeadForm).Include(l => l.Notes).Visible(actor).SingleOrDefaultAsync(l => l.Id == leadId, ct);
        return lead is null ? new LeadNotFound() : (await ListLeads.RowsAsync(db, actor, [lead], ct))[0];
    }
}
