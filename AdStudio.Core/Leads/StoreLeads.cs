using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.LeadForms;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Leads;

/// <summary>Tells who listens that leads have come in; within this process.</summary>
public sealed class LeadSignals
{
    public event Action<Guid>? Arrived;
    internal void Tell(Guid workspaceId) => Arrived?.Invoke(workspaceId);
}

/// <summary>Keeps leads, each once, by whichever way they come and however often.</summary>
internal static class StoreLeads
{
    /// <summary>How many were new.</summary>
    public static async Task<int> AddAsync(StudioDb db, LeadForm form, IReadOnlyList<PlatformLead> leads, string by, DateTimeOffset now, CancellationToken ct)
    {
        var added = 0;
        foreach (var batch in leads.DistinctBy(l => l.ExternalId).Chunk(200))
            for (var tries = 0; ; tries++)
                if (await TryAsync(db, form, batch, by, now, tries < 3, ct) is { } fresh)
                {
                    added += fresh;
                    break;
                }
        return added;
    }

    /// <summary>Null when the webhook and the reading brought one in the same moment: then what is there has to be looked up again.</summary>
    private static async Task<int?> TryAsync(StudioDb db, LeadForm form, PlatformLead[] batch, string by, DateTimeOffset now, bool mayTryAgain, CancellationToken ct)
    {
        var ids = batch.Select(l => l.ExternalId).ToList();
        var known = await db.Leads.Where(l => l.LeadFormId == form.Id && ids.Contains(l.ExternalId)).Select(l => l.ExternalId).ToListAsync(ct);
        var fresh = batch.Where(l => !known.Contains(l.ExternalId)).ToList();
        if (fresh.Count == 0) return 0;
        var campaigns = fresh.Select(l => l.CampaignId).OfType<string>().Distinct().ToList();
        var ours = campaigns.Count == 0 ? [] : await db.PlatformCampaigns.Where(p => p.Platform == form.Platform && p.ExternalId != null && campaigns.Contains(p.ExternalId)).Select(p => new { p.ExternalId, p.CampaignId }).ToListAsync(ct);
        var settings = await db.LeadSettings.AsNoTracking().SingleOrDefaultAsync(s => s.WorkspaceId == form.WorkspaceId, ct);
        foreach (var lead in fresh)
        {
            var row = RowOf(form, lead, by, now);
            row.CampaignId = ours.Find(o => o.ExternalId == lead.CampaignId)?.CampaignId;
            row.ForwardAt = settings?.ForwardUrl is null ? null : now;
            db.Add(row);
        }
        try
        {
            await db.SaveChangesAsync(ct);
            return fresh.Count;
        }
        catch (DbUpdateException failure) when (mayTryAgain && db.IsDuplicate(failure))
        {
            db.ChangeTracker.Clear();
            return null;
        }
    }

    private static Lead RowOf(LeadForm form, PlatformLead lead, string by, DateTimeOffset now)
    {
        var answers = lead.Answers.Select(a => new LeadAnswer(a.Key, QuestionOf(form, a.Key), ChoiceOf(form, a.Key, a.Value))).ToList();
        string First(params LeadColumn[] columns) => answers.FirstOrDefault(a => columns.Contains(ColumnOf(form, a.Key)))?.Value ?? "";
        var name = First(LeadColumn.FullName) is { Length: > 0 } full ? full : $"{First(LeadColumn.FirstName)} {First(LeadColumn.LastName)}".Trim();
        return new Lead
        {
            OrganizationId = form.OrganizationId, WorkspaceId = form.WorkspaceId, LeadFormId = form.Id, ExternalId = lead.ExternalId, Name = Short(name, 256), Email = Short(First(LeadColumn.Email), 256), Phone = Short(First(LeadColumn.Phone), 64),
            Answers = answers, CampaignExternalId = lead.CampaignId, AdExternalId = lead.AdId, IsOrganic = lead.IsOrganic, ReceivedBy = by, CreatedAt = lead.CreatedAt, ReceivedAt = now,
        };
    }

    private static string QuestionOf(LeadForm form, string key)
    {
        var question = form.Content.Questions.FirstOrDefault(q => string.Equals(q.Key, key, StringComparison.OrdinalIgnoreCase));
        if (question is { Label.Length: > 0 }) return question.Label;
        if (LeadFormRules.TypeOf(question?.Type ?? key) is { Asks.Length: > 0 } type) return type.Asks;
        var words = key.Replace('_', ' ').Trim();
        return words.Length == 0 ? key : char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>An answer that was chosen comes as its key: people read what it said.</summary>
    private static string ChoiceOf(LeadForm form, string key, string value) =>
        form.Content.Questions.FirstOrDefault(q => string.Equals(q.Key, key, StringComparison.OrdinalIgnoreCase))?.Options.FirstOrDefault(o => string.Equals(o.Key, value, StringComparison.OrdinalIgnoreCase))?.Value ?? value;

    private static LeadColumn ColumnOf(LeadForm form, string key) =>
        LeadFormRules.TypeOf(form.Content.Questions.FirstOrDefault(q => string.Equals(q.Key, key, StringComparison.OrdinalIgnoreCase))?.Type ?? Guess(key))?.Holds ?? LeadColumn.None;

    private static string Guess(string key) => key.ToUpperInvariant() switch { "PHONE_NUMBER" => "PHONE", var other => other };

    private static string Short(string text, int most) => text.Length > most ? text[..most] : text;
}
